//! Training with its curve, and what the check says.

use leptos::prelude::*;

use super::state::TrainingState;
use super::view::state;
use super::words;
use crate::plot::{self, Room};
use crate::reranker::{Check, CurvePoint, Settings, Verdict};
use crate::ui;

const ROOM: Room = Room { left: 34.0, right: 246.0, top: 10.0, bottom: 118.0 };
/// Every so many epochs the scale has a number.
const EPOCHS_A_NUMBER: usize = 4;

#[component]
pub(super) fn Learning() -> impl IntoView {
    let state = state();
    let is_at_work = Memo::new(move |_| {
        state
            .training()
            .with(|it| matches!(it, TrainingState::Fetching | TrainingState::Training(_)))
    });
    let act = move |_| if is_at_work.get_untracked() { state.cancel() } else { state.train() };
    let act_name = move || if is_at_work.get() { words::CANCEL_TRAINING } else { words::TRAIN };
    let curve = Memo::new(move |_| match state.training().get() {
        TrainingState::Training(curve) => curve,
        _ => state
            .store()
            .trained()
            .with(|it| it.as_ref().map(|it| it.curve.clone()))
            .unwrap_or_default(),
    });
    let chosen = move || {
        state
            .store()
            .trained()
            .with(|it| it.as_ref().map(|it| it.n_epochs))
            .filter(|_| !is_at_work.get())
    };
    let check = move || state.store().trained().with(|it| it.as_ref().map(|it| it.check));
    view! {
        <h3>{words::LEARNING}</h3>
        <p class="quiet">{words::LEARNING_LEAD}</p>
        <div class="training">
            <button class="button" class:is-main=move || !is_at_work.get() on:click=act>{act_name}</button>
            <State />
        </div>
        {move || curve.with(|it| (!it.is_empty()).then(|| view! { <Curve curve=it.clone() chosen=chosen() /> }))}
        {move || check().map(|check| view! { <CheckView check /> })}
        <Show when=move || state.is_outdated()><p class="note">{words::OUTDATED}</p></Show>
    }
}

/// How the training stands, aloud; what went wrong, at once.
#[component]
fn State() -> impl IntoView {
    let state = state();
    let said = move || match state.training().get() {
        TrainingState::Idle | TrainingState::Refused(_) | TrainingState::Failed(_) => None,
        TrainingState::Fetching => Some(words::FETCHING_VECTORS.to_owned()),
        TrainingState::Training(_) => Some(words::TRAINING.to_owned()),
        TrainingState::Done { millis } => Some(words::trained_in(millis)),
    };
    let wrong = move || match state.training().get() {
        TrainingState::Refused(error) => Some(words::refused(&error)),
        TrainingState::Failed(error) => Some(ui::words::error(&error)),
        _ => None,
    };
    view! {
        <p class="quiet" role="status">{said}</p>
        {move || wrong().map(|it| view! { <p class="problem" role="alert">{it}</p> })}
    }
}

/// The loss of marks learned from and of marks held out, with the epoch that was chosen.
#[component]
fn Curve(curve: Vec<CurvePoint>, chosen: Option<usize>) -> impl IntoView {
    let lines = [
        curve.iter().map(|it| it.trained).collect(),
        curve.iter().map(|it| it.held_out).collect::<Vec<f32>>(),
    ];
    let drawn = plot::curves(&lines, Settings::default().most_epochs + 1, ROOM);
    let ticks = drawn.ticks.iter().map(|&(value, y)| view! {
        <line class="truth-tick" x1=ROOM.left x2=ROOM.right y1=y y2=y />
        <text class="truth-number" x=ROOM.left - 6.0 y=y + 4.0 text-anchor="end">{format!("{value:.1}")}</text>
    });
    let ticks = ticks.collect_view();
    let numbers = drawn.steps.iter().enumerate().step_by(EPOCHS_A_NUMBER).map(|(epoch, &x)| {
        view! {
            <text class="truth-number" x=x y=ROOM.bottom + 14.0 text-anchor="middle">{epoch}</text>
        }
    });
    let numbers = numbers.collect_view();
    let mark = chosen.and_then(|at| drawn.steps.get(at).copied()).map(|x| {
        view! {
            <line class="curve-chosen" x1=x x2=x y1=ROOM.top y2=ROOM.bottom />
        }
    });
    let paths = drawn.paths.into_iter().zip(["is-trained", "is-held-out"]);
    let paths = paths
        .map(|(d, class)| view! { <path class=format!("curve-line {class}") d=d /> })
        .collect_view();
    let rows = curve.iter().enumerate().map(|(epoch, it)| {
        view! {
            <tr class:is-on=Some(epoch) == chosen>
                <th scope="row" translate="no">{epoch}</th>
                <td translate="no">{words::loss(it.trained)}</td>
                <td translate="no">{words::loss(it.held_out)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <figure class="curve">
            <svg viewBox="0 0 256 138" role="img" aria-label=words::CURVE>{ticks}{numbers}{mark}{paths}</svg>
            <figcaption class="quiet">
                <span class="key is-trained">{words::TRAINED_LOSS}</span>
                <span class="key is-held-out">{words::HELD_OUT_LOSS}</span>
                {chosen.map(words::chosen_epoch)}
            </figcaption>
            <details class="marks">
                <summary>{words::CURVE_TABLE}</summary>
                <table class="ranked">
                    <thead>
                        <tr>
                            <th scope="col">{words::EPOCH}</th>
                            <th scope="col">{words::TRAINED_LOSS}</th>
                            <th scope="col">{words::HELD_OUT_LOSS}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
}

#[component]
fn CheckView(check: Check) -> impl IntoView {
    let verdict = check.verdict();
    let class = if verdict == Verdict::Helps { "verdict is-good" } else { "verdict" };
    let row = |name: &'static str, value: String, interval: String| {
        view! { <tr><th scope="row">{name}</th><td translate="no">{value}</td><td translate="no">{interval}</td></tr> }
    };
    let area = |name, it| row(name, words::area(it), words::area_interval(it));
    view! {
        <h3>{words::CHECK}</h3>
        <p class=class role="status">{words::verdict(&check)}</p>
        <p class="quiet">{words::check_of(&check)}</p>
        <table class="ranked">
            <thead>
                <tr>
                    <th scope="col">{words::AREA}</th>
                    <th scope="col">{words::MEASURED}</th>
                    <th scope="col">{words::INTERVAL}</th>
                </tr>
            </thead>
            <tbody>
                {area(words::AREA_RERANKER, check.reranker)}
                {area(words::AREA_PLAIN, check.plain)}
                {row(
                    words::AREA_DIFFERENCE,
                    words::area_difference(check.difference.value),
                    words::area_difference_interval(check.difference),
                )}
            </tbody>
        </table>
    }
}
