//! What each pick does for a recommendation: a table whose bars are drawn beside their numbers.

use leptos::prelude::*;

use super::words;
use crate::catalog::ItemRow;
use crate::engine::protocol::Explanation;
use crate::families::ScoreMeaning;
use crate::figures;
use crate::history::History;
use crate::order::best_first;
use crate::plot::{self, Bar};
use crate::ui::shell;
use crate::ui::words as text;

/// More lines than this are behind a button.
const N_MAIN: usize = 8;

/// What a line of the table is about.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Pick(ItemRow),
    Popularity,
    /// So many picks that have no line of their own.
    Others(usize),
}

/// A part of the score, what is lost without it, and the film's rank then.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    of: Of,
    /// The exact part where the family is a sum, else what leaving it out loses.
    value: f32,
    /// What leaving it out loses, where that is another number than its part.
    lost: Option<f32>,
    rank_without: Option<usize>,
    bar: Bar,
}

/// What the table is made of, the strongest line first.
#[derive(Clone, PartialEq)]
pub(super) struct Influences {
    lines: Vec<Line>,
    /// The score that the lines add up to, where they do.
    total: Option<f32>,
    /// Whether leaving a pick out loses something else than its part.
    pub(super) has_lost: bool,
    digits: usize,
}

#[component]
pub(super) fn InfluenceTable(influences: Influences, meaning: ScoreMeaning) -> impl IntoView {
    let is_long = RwSignal::new(false);
    let Influences { lines, total, has_lost, digits } = influences;
    let (n_lines, is_exact) = (lines.len(), total.is_some());
    let rows = move || {
        let n = if is_long.get() { n_lines } else { N_MAIN };
        let rest = (n < n_lines && is_exact).then(|| others(&lines[n..]));
        let lines = lines.iter().take(n).copied().chain(rest);
        lines.map(|line| view! { <LineRow line has_lost digits /> }).collect_view()
    };
    let lost = words::score_lost(meaning);
    let columns =
        if is_exact { (text::PICK_SUMMAND, words::EXACT_PART) } else { (words::PICK, lost) };
    let total = total.map(|total| {
        view! {
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">{words::TOGETHER}</th>
                    <td class="number" translate="no">{figures::plain(total, digits)}</td>
                    <td colspan="2"></td>
                </tr>
            </tfoot>
        }
    });
    view! {
        <table class="influence">
            <thead>
                <tr>
                    <th scope="col">{columns.0}</th>
                    <td class="plot"></td>
                    <th scope="col" class="number">{columns.1}</th>
                    {has_lost.then(|| view! { <th scope="col" class="number">{lost}</th> })}
                    <th scope="col" class="number">{words::RANK_WITHOUT}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            {total}
        </table>
        <Show when=move || { n_lines > N_MAIN }>
            <button class="button is-bare" on:click=move |_| is_long.update(|it| *it = !*it)>
                {move || if is_long.get() { words::SHOW_MAIN_PICKS } else { words::SHOW_ALL_PICKS }}
            </button>
        </Show>
    }
}

#[component]
fn LineRow(line: Line, has_lost: bool, digits: usize) -> impl IntoView {
    // A title is a name, the others are words.
    let translate = if matches!(line.of, Of::Pick(_)) { "no" } else { "yes" };
    let name = match line.of {
        Of::Pick(pick) => shell().site.catalogue().title(pick).to_owned(),
        Of::Popularity => words::POPULARITY.to_owned(),
        Of::Others(n) => words::other_picks(n),
    };
    let class = if line.value < 0.0 { "opposes" } else { "carries" };
    let lost = line.lost.map(|lost| words::part(lost, digits));
    view! {
        <tr>
            <th scope="row" translate=translate>{name}</th>
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
            <td class="number" translate="no">{words::part(line.value, digits)}</td>
            {has_lost.then(|| view! { <td class="number" translate="no">{lost}</td> })}
            <td class="number" translate="no">{line.rank_without.map(|rank| rank.to_string())}</td>
        </tr>
    }
}

/// The lines behind the button as one, so that what stands there still adds up.
fn others(lines: &[Line]) -> Line {
    let bar = Bar { start_percent: 50.0, length_percent: 0.0 };
    let value = lines.iter().map(|it| it.value).sum();
    Line { of: Of::Others(lines.len()), value, lost: None, rank_without: None, bar }
}

impl Influences {
    /// `picks` are those the model read, oldest first.
    pub(super) fn of(explanation: &Explanation, picks: &History) -> Self {
        let lost: Vec<f32> = explanation.influence.iter().map(|it| it.score_drop).collect();
        let parts = explanation.contributions.as_ref();
        let mut values = parts.map_or(lost.as_slice(), |it| &it.picks).to_vec();
        let start = parts.map(|it| it.start).filter(|&start| start != 0.0);
        values.extend(start);
        let largest = values.iter().chain(&lost).fold(0.0_f32, |most, it| most.max(it.abs()));
        let digits = figures::digits_of(largest);
        let reads = |it: f32| figures::plain(it, digits);
        let has_lost =
            parts.is_some() && lost.iter().zip(&values).any(|(&a, &b)| reads(a) != reads(b));
        let bars = plot::diverging_bars(&values);
        let mut lines: Vec<Line> = values
            .into_iter()
            .zip(bars)
            .enumerate()
            .map(|(at, (value, bar))| {
                let of = picks.as_slice().get(at).map_or(Of::Popularity, |&pick| Of::Pick(pick));
                let rank_without = explanation.influence.get(at).map(|it| it.rank_without);
                Line { of, value, lost: lost.get(at).copied(), rank_without, bar }
            })
            .collect();
        // Popularity comes first, whatever it adds: it is no pick and stands behind no button.
        let strength = |it: &Line| match it.of {
            Of::Popularity => f32::INFINITY,
            _ => it.value.abs(),
        };
        best_first(&mut lines, strength);
        Self { lines, total: parts.map(|_| explanation.score), has_lost, digits }
    }
}
