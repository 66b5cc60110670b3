//! Which words and which facts brought a found film here.

use leptos::prelude::*;

use crate::engine::protocol::SearchExplained;
use crate::plot::{self, Bar};
use crate::views::problem::Problem;
use crate::views::text;

#[component]
pub(super) fn Matched() -> impl IntoView {
    let session = super::session();
    let explained = session.explained_match();
    let title = move || {
        let item = session.matched_item().get()?;
        Some(text::why_title(session.catalogue().title(item)))
    };
    let failure = move || {
        let error = session.shown_failure(explained)?;
        Some(view! { <Problem error on_retry=move || explained.retry() /> })
    };
    let body = move || match explained.get() {
        Some(answered) if !explained.is_stale() => {
            view! { <Matches matches=answered.answer /> }.into_any()
        }
        _ if explained.is_waiting() => {
            view! { <p class="quiet spin">{text::FOUND_WAITING}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="match">
            <Show
                when=move || session.matched_item().with(Option::is_some)
                fallback=|| view! { <p class="quiet">{text::MATCH_HINT}</p> }
            >
                <h3>{title}</h3>
                {body}
                {failure}
            </Show>
        </div>
    }
}

#[component]
pub(crate) fn Matches(matches: SearchExplained) -> impl IntoView {
    let words: Vec<(String, f32)> =
        matches.words.into_iter().map(|it| (it.word, it.similarity_drop)).collect();
    let facts: Vec<(String, f32)> =
        matches.facts.into_iter().map(|it| (it.text, it.similarity)).collect();
    view! {
        <h4 class="label">{text::WORDS}</h4>
        <p class="stated">{text::WORDS_NOTE}</p>
        <MatchTable rows=words />
        <h4 class="label">{text::FACTS}</h4>
        <p class="stated">{text::FACTS_NOTE}</p>
        <MatchTable rows=facts />
    }
}

#[component]
fn MatchTable(rows: Vec<(String, f32)>) -> impl IntoView {
    let values: Vec<f32> = rows.iter().map(|(_, value)| *value).collect();
    let rows = rows
        .into_iter()
        .zip(plot::diverging_bars(&values))
        .map(|((name, value), bar)| view! { <MatchRow name value bar /> })
        .collect_view();
    view! { <table class="influence"><tbody>{rows}</tbody></table> }
}

#[component]
fn MatchRow(name: String, value: f32, bar: Bar) -> impl IntoView {
    let class = if value < 0.0 { "opposes" } else { "carries" };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="plot" aria-hidden="true">
                <svg viewBox="0 0 100 14" preserveAspectRatio="none">
                    <rect
                        class=class
                        x=bar.start_percent
                        y="2"
                        width=bar.length_percent
                        height="10"
                    />
                </svg>
            </td>
            <td class="number" translate="no">{text::signed(value)}</td>
        </tr>
    }
}
