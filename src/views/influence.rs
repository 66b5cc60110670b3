//! What each pick does for a recommendation: a table whose bars are drawn beside their numbers.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::protocol::Explanation;
use crate::history::History;
use crate::plot::{self, Bar};
use crate::views::text;

/// More picks than this are behind a button.
const N_MAIN: usize = 8;

/// A pick, what it adds to the score, and the film's rank without it.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    pick: ItemRow,
    value: f32,
    rank_without: Option<usize>,
    bar: Bar,
}

/// `picks` are those the model read, oldest first.
#[component]
pub(super) fn InfluenceTable(explanation: Explanation, picks: History) -> impl IntoView {
    let is_long = RwSignal::new(false);
    let is_exact = explanation.contributions.is_some();
    let lines = lines(&explanation, &picks);
    let n_lines = lines.len();
    let rows = move || {
        let n = if is_long.get() { n_lines } else { N_MAIN };
        lines.iter().take(n).map(|&line| view! { <LineRow line /> }).collect_view()
    };
    view! {
        <table class="influence">
            <thead>
                <tr>
                    <th scope="col">{if is_exact { text::PICK_SUMMAND } else { text::PICK }}</th>
                    <td class="plot"></td>
                    <th scope="col" class="number">
                        {if is_exact { text::EXACT_PART } else { text::SCORE_CHANGE }}
                    </th>
                    <th scope="col" class="number">{text::RANK_WITHOUT}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Show when=move || { n_lines > N_MAIN }>
            <button class="button is-bare" on:click=move |_| is_long.update(|it| *it = !*it)>
                {move || if is_long.get() { text::SHOW_MAIN_PICKS } else { text::SHOW_ALL_PICKS }}
            </button>
        </Show>
    }
}

#[component]
fn LineRow(line: Line) -> impl IntoView {
    let title = super::session().catalogue().title(line.pick).to_owned();
    let class = if line.value < 0.0 { "opposes" } else { "carries" };
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td class="plot" aria-hidden="true">
                <svg viewBox="0 0 100 14" preserveAspectRatio="none">
                    <line class="zero" x1="50" x2="50" y1="-6" y2="20" />
                    <rect
                        class=class
                        x=line.bar.start_percent
                        y="2"
                        width=line.bar.length_percent
                        height="10"
                    />
                </svg>
            </td>
            <td class="number">{text::signed(line.value)}</td>
            <td class="number">{line.rank_without.map(|rank| rank.to_string())}</td>
        </tr>
    }
}

/// The exact summands where the family is a sum, else leave-one-out; the strongest first.
fn lines(explanation: &Explanation, picks: &History) -> Vec<Line> {
    let rank_of = |pick: ItemRow| {
        explanation.influence.iter().find(|it| it.pick == pick).map(|it| it.rank_without)
    };
    let values: Vec<(ItemRow, f32)> = match &explanation.contributions {
        Some(parts) => picks.iter().zip(parts.iter().copied()).collect(),
        None => explanation.influence.iter().map(|it| (it.pick, it.score_drop)).collect(),
    };
    let numbers: Vec<f32> = values.iter().map(|(_, value)| *value).collect();
    let mut lines: Vec<Line> = values
        .into_iter()
        .zip(plot::diverging_bars(&numbers))
        .map(|((pick, value), bar)| Line { pick, value, rank_without: rank_of(pick), bar })
        .collect();
    lines.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    lines
}
