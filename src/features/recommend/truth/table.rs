//! The picture's numbers, and which picks each order names first.

use leptos::prelude::*;

use crate::engine::protocol::{Explainer, ExplanationTest, Trial};
use crate::features::recommend::words;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn TruthTable(test: ExplanationTest) -> impl IntoView {
    let heads = (1..=test.most_left_out())
        .map(|n| view! { <th scope="col" class="number" translate="no">{n}</th> })
        .collect_view();
    let within = test.within;
    let rows = test.trials.into_iter().map(|trial| view! { <Row trial within /> }).collect_view();
    view! {
        <table class="influence truth-table">
            <caption>{words::TRUTH_TABLE}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::TRUTH_WHO}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(trial: Trial, within: usize) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let named = words::truth_named(&catalogue, &trial);
    // Films; the random one has words in their place.
    let translate = if trial.explainer == Explainer::Random { "yes" } else { "no" };
    let ranks = trial
        .after
        .iter()
        .map(|it| {
            let rank = text::grouped(it.rank);
            let rank =
                if it.rank > within { view! { <b>{rank}</b> }.into_any() } else { rank.into_any() };
            view! { <td class="number" translate="no">{rank}</td> }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                {words::explainer(trial.explainer)}" "<small class="truth-named" translate=translate>{named}</small>
            </th>
            {ranks}
        </tr>
    }
}
