//! Which words and which facts bring a text and a film together.

use leptos::prelude::*;

use super::words;
use crate::engine::protocol::SearchExplained;
use crate::plot::{self, Bar};

#[component]
pub fn Matches(matches: SearchExplained) -> impl IntoView {
    let words: Vec<(String, f32)> =
        matches.words.into_iter().map(|it| (it.word, it.similarity_drop)).collect();
    let facts: Vec<(String, f32)> =
        matches.facts.into_iter().map(|it| (it.text, it.similarity)).collect();
    view! {
        <h4 class="label">{words::WORDS}</h4>
        <p class="stated">{words::WORDS_NOTE}</p>
        <MatchTable rows=words />
        <h4 class="label">{words::FACTS}</h4>
        <p class="stated">{words::FACTS_NOTE}</p>
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
            <td class="number" translate="no">{words::signed(value)}</td>
        </tr>
    }
}
