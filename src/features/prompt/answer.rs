//! The candidates as the model ranks them, drawn, and what moved them beside taste.

use leptos::prelude::*;

use super::figure;
use super::state::{Candidates, Doing, Effort, Prompted};
use super::view::state;
use super::words::{self, figure as text};
use crate::ui;
use crate::ui::dom_id;
use crate::ui::figure::{Draw, Figure, Source, Steps};
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
            <Show when=move || state.prompted().with(Option::is_some)><Ranking /></Show>
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

/// The newest ranking; pale while another is on its way.
#[component]
fn Ranking() -> impl IntoView {
    let (shell, state) = (shell(), state());
    let prompted = state.prompted();
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        prompted.with(|it| figure::draw(it.as_ref()?, &catalogue, width))
    });
    let n = Memo::new(move |_| state.films().len());
    let at = Memo::new(move |_| state.n_told().saturating_sub(1));
    let go = Callback::new(move |(step,): (usize,)| state.tell(step + 1));
    let of = Callback::new(move |(step,): (usize,)| text::step(step + 1, n.get()));
    let act = Callback::new(move |(what,): (String,)| {
        if let Ok(step) = what.parse::<usize>() {
            state.tell(step + 1);
        }
    });
    let source = move || {
        let settings = prompted.with(|it| it.as_ref().map(|it| it.settings));
        let model = state.language().model();
        let more = settings
            .zip(model)
            .map(|(it, model)| text::source(&model, it.is_adapted, it.calibration));
        Source { family: None, cost: None, more: more.unwrap_or_default() }
    };
    let is_stale = move || state.doing().with(|it| matches!(it, Doing::Ranking { .. }));
    view! {
        <div class="prompted" class:is-stale=is_stale>
            <Figure
                name="prompt"
                title=Signal::derive(|| words::MODEL.to_owned())
                about=text::ABOUT
                source=Signal::derive(source)
                draw
                act=Some(act)
                steps=Some(Steps { n, at, go, name: text::STEPS, of })
            />
            {move || prompted.get().map(|it| view! { <Biases it /> })}
        </div>
    }
}

#[component]
fn Biases(it: Prompted) -> impl IntoView {
    let position = it.position.map(|bias| view! { <p>{words::position_bias(bias)}</p> });
    view! {
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
