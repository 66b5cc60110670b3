//! The small set of picks a recommendation stands on, and the button that tests it.

use leptos::prelude::*;

use super::view::state;
use super::words;
use crate::engine::protocol::{Counterfactual, Explanation};
use crate::explain::Support;
use crate::history::History;
use crate::state::lists::WITHIN;
use crate::ui::shell;
use crate::ui::words as text;

/// `picks` are those the model read, oldest first.
#[component]
pub(super) fn CounterfactualLine(explanation: Explanation, picks: History) -> impl IntoView {
    let shell = shell();
    let state = state();
    let tried = state.tried().get_untracked().filter(|tried| tried.item == explanation.item);
    let rank = explanation.rank;
    let body = match (tried, explanation.support(WITHIN)) {
        (Some(tried), _) => view! {
            <p>{words::tried(&shell.site.catalogue(), &tried, rank)}</p>
            <div class="acts">
                <button class="button is-main" on:click=move |_| shell.reader.undo()>{text::UNDO}</button>
            </div>
        }
        .into_any(),
        (None, Support::Few(set)) => view! { <Claim rank set=set.clone() picks /> }.into_any(),
        (None, support) => view! { <p>{words::support(support, picks.len())}</p> }.into_any(),
    };
    view! { <div class="counterfactual">{body}</div> }
}

#[component]
fn Claim(rank: usize, set: Counterfactual, picks: History) -> impl IntoView {
    let shell = shell();
    let state = state();
    let titles = text::titles(&shell.site.catalogue(), &set.removed);
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
    let drop = words::drop(rank, set.rank_after);
    let are_newest = picks.newest(set.removed.len()).iter().all(|it| set.removed.contains(&it));
    let compared = words::compared(&set, are_newest);
    view! {
        <p>"Without " {names} {drop} " " <span class="quiet">{compared}</span></p>
        <div class="acts">
            <button class="button is-main" on:click=move |_| state.apply_counterfactual()>
                {words::TRY_IT}
            </button>
        </div>
    }
}
