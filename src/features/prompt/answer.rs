//! The candidates as the model ranks them, beside the family's order, and what moved them beside taste.

use leptos::prelude::*;

use super::state::{Candidates, Doing, Effort, Prompted};
use super::view::state;
use super::words;
use crate::ui;
use crate::ui::dom_id;
use crate::ui::shell;

#[component]
pub(super) fn AnswerCard() -> impl IntoView {
    let state = state();
    let n_candidates = move || state.candidates().with(|it| it.films().len());
    let can_rank = move || state.language().is_ready() && n_candidates() > 0 && !state.is_busy();
    view! {
        <section class="card step" aria-labelledby=dom_id("ranking-title")>
            <h3 id=dom_id("ranking-title")>{words::RANKING}</h3>
            <p class="quiet">{words::RANKING_LEAD}</p>
            <div class="buttons">
                <button
                    class="button is-main"
                    prop:disabled=move || !can_rank()
                    on:click=move |_| state.rank()
                >
                    {move || words::rank_candidates(n_candidates())}
                </button>
                <Cancel />
            </div>
            <p class="quiet" role="status">{why_not}</p>
            <Working />
            {move || state.prompted().get().map(|it| view! { <Ranking it /> })}
        </section>
    }
}

/// What is still missing.
fn why_not() -> Option<String> {
    match state().candidates().get() {
        Candidates::None => Some(words::NO_PICKS_YET.to_owned()),
        Candidates::Coming => Some(words::CANDIDATES_COMING.to_owned()),
        Candidates::Failed(error) => Some(ui::words::error(&error)),
        Candidates::Here(_) => {
            (!state().language().is_ready()).then(|| words::NO_MODEL_YET.to_owned())
        }
    }
}

#[component]
pub(super) fn Cancel() -> impl IntoView {
    let state = state();
    view! {
        <Show when=move || state.is_busy()>
            <button class="button" on:click=move |_| state.cancel()>{words::CANCEL}</button>
        </Show>
    }
}

#[component]
fn Working() -> impl IntoView {
    let state = state();
    move || match state.doing().get() {
        Doing::Ranking { n_done, n_steps } => Some(
            view! {
                <label class="progress">
                    <span>{words::READING}</span>
                    <progress max=n_steps.to_string() value=n_done.to_string()></progress>
                </label>
            }
            .into_any(),
        ),
        Doing::Failed(error) => Some(
            view! {
                <p class="note" role="alert">{words::failure(&error)}</p>
            }
            .into_any(),
        ),
        Doing::Nothing | Doing::Naming { .. } => None,
    }
}

#[component]
fn Ranking(it: Prompted) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let rows = it
        .scored
        .iter()
        .enumerate()
        .filter_map(|(at, scored)| {
            let film = *it.candidates.get(scored.candidate)?;
            let numbers = [scored.score, scored.with_history, scored.without_history];
            let cells = numbers.map(|it| view! { <td translate="no">{words::nats(it)}</td> });
            Some(view! {
                <tr data-row=film.0>
                    <td translate="no">{at + 1}</td>
                    <th scope="row" translate="no">{ui::words::film(&catalogue, film)}</th>
                    {cells.into_iter().collect_view()}
                    <td translate="no">{scored.candidate + 1}</td>
                </tr>
            })
        })
        .collect_view();
    let heads = words::PROMPTED_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    let position = it.position.map(|bias| view! { <p>{words::position_bias(bias)}</p> });
    view! {
        <div class="scroller" tabindex="0" role="group" aria-label=words::RANKING>
            <table class="ranked prompted">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <h4>{words::BIASES}</h4>
        <p>{words::popularity_bias(it.popularity, it.settings.calibration)}</p>
        {position}
        <EffortLine effort=it.effort />
    }
}

#[component]
pub(super) fn EffortLine(effort: Effort) -> impl IntoView {
    view! { <p class="cost figure">{words::effort(effort)}</p> }
}
