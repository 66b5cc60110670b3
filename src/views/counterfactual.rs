//! The small set of picks a recommendation stands on, and the button that tests it.

use leptos::prelude::*;

use crate::engine::protocol::{Counterfactual, Explanation};
use crate::session::WITHIN;
use crate::views::text;

#[component]
pub(super) fn CounterfactualLine(explanation: Explanation) -> impl IntoView {
    let session = super::session();
    let tried = session.tried().get_untracked().filter(|tried| tried.item == explanation.item);
    let rank = explanation.rank;
    let body = match (tried, explanation.counterfactual) {
        (Some(tried), _) => view! {
            <p>{text::tried(&session.catalogue(), &tried, rank)}</p>
            <div class="acts">
                <button class="button is-main" on:click=move |_| session.undo()>{text::UNDO}</button>
            </div>
        }
        .into_any(),
        (None, Some(counterfactual)) => view! { <Claim rank counterfactual /> }.into_any(),
        (None, None) if rank > WITHIN => view! { <p>{text::NOT_IN_FIRST}</p> }.into_any(),
        (None, None) => view! { <p>{text::NO_COUNTERFACTUAL}</p> }.into_any(),
    };
    view! { <div class="counterfactual">{body}</div> }
}

#[component]
fn Claim(rank: usize, counterfactual: Counterfactual) -> impl IntoView {
    let session = super::session();
    let titles = text::titles(&session.catalogue(), &counterfactual.removed);
    let names = titles
        .iter()
        .enumerate()
        .map(|(at, title)| {
            let joint = match at {
                0 => "",
                at if at + 1 == titles.len() => " and ",
                _ => ", ",
            };
            view! { {joint} <b>{title.clone()}</b> }
        })
        .collect_view();
    let Counterfactual { removed, rank_after, .. } = &counterfactual;
    let drop = text::drop(rank, *rank_after);
    let compared = text::compared(
        removed.len(),
        counterfactual.rank_without_most_recent,
        counterfactual.rank_without_random,
    );
    view! {
        <p>"Without " {names} {drop} " " <span class="quiet">{compared}</span></p>
        <div class="acts">
            <button class="button is-main" on:click=move |_| session.apply_counterfactual()>
                {text::TRY_IT}
            </button>
        </div>
    }
}
