//! A generator and a discriminator, round by round: what one draws, what the other makes of it, and
//! whether the rounds helped.

mod helped;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::irgan::{Drawn, Round, Shown as Irgan};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::features::inspect::stepper::Stepper;
use crate::features::inspect::words as shared;
use crate::history::History;
use crate::plot;
use crate::state::shown::Movement;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

use helped::Helped;

const MARK: f64 = 18.0;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Irgan>>>,
    round: Memo<Option<Round>>,
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::irgan::Irgan;
    const NAME: &'static str = "irgan";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let inspecting = inspecting();
    let seen = seen::<Irgan>();
    let n_steps =
        Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.rounds.len())));
    let step = Memo::new(move |_| inspecting.step_of(n_steps.get()));
    let round = Memo::new(move |_| seen.with(|it| it.as_ref()?.of.rounds.get(step.get()).cloned()));
    let shown = Shown { seen, round };
    let at = move |step| words::round(step, n_steps.get());
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <Stepper n_steps name=words::WHICH_ROUND at />
        <div class="inside-columns">
            <Draws shown />
            <div class="rounds-side">
                <Changed shown />
                <Helped />
            </div>
        </div>
    }
}

/// The generator's first films, and the discriminator's verdict on each.
#[component]
fn Draws(shown: Shown) -> impl IntoView {
    // Of all rounds, so that bars grow from one to the next.
    let largest = Memo::new(move |_| {
        shown.seen.with(|it| {
            let films = it.iter().flat_map(|it| &it.of.rounds).flat_map(|it| &it.films);
            films.fold(0.0_f32, |largest, film| largest.max(film.share))
        })
    });
    let rows = move || {
        let films = shown.round.with(|it| it.as_ref().map(|it| it.films.clone()));
        let films = films.unwrap_or_default().into_iter().zip(1..);
        films.map(|(film, rank)| view! { <Row film rank largest=largest.get() /> }).collect_view()
    };
    view! {
        <div>
            <table class="inside-table rounds">
                <caption class="label">{words::TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::FILM}</th>
                        <th scope="col" class="number">{words::DRAWN}</th>
                        <th scope="col" class="number">{words::TAKEN_FOR_REAL}</th>
                        <th scope="col" class="number">{words::RANK_THERE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="stated">{words::NOTE}</p>
        </div>
    }
}

#[component]
fn Row(film: Drawn, rank: usize, largest: f32) -> impl IntoView {
    let item = film.item;
    let name = text::film(&shell().site.catalogue(), item);
    let movement =
        film.rank_before.map_or(Movement::First, |before| Movement::between(Some(before), rank));
    let length = plot::bar_percent(film.share, largest);
    view! {
        <tr data-row=item.0>
            <th scope="row">
                <span class="drawn">
                    <span class="place-rank" translate="no">{rank}</span>
                    <Mark item size=MARK />
                    <span>
                        <span translate="no">{name}</span>
                        <span class=movement_class(movement) aria-hidden="true">
                            {text::movement(movement)}
                        </span>
                        <span class="visually-hidden">{text::movement_aloud(movement)}</span>
                    </span>
                </span>
            </th>
            <td class="number weight" translate="no">
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=format!("{length:.1}%")></span>
                </span>
                {shared::tenth_percent(film.share)}
            </td>
            <td class="number" translate="no">{shared::tenth_percent(film.taken_for_real)}</td>
            <td class="number" translate="no">{text::ordinal(film.rank_by_discriminator)}</td>
        </tr>
    }
}

fn movement_class(movement: Movement) -> &'static str {
    match movement {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        _ => "move",
    }
}

/// The round in words.
#[component]
fn Changed(shown: Shown) -> impl IntoView {
    let shell = shell();
    let kept = move || shown.round.with(|it| it.as_ref().map(words::round_kept));
    let share = move || {
        let before = shown.seen.with(|it| it.as_ref()?.of.rounds.first().map(|it| it.share))?;
        shown.round.with(|it| it.as_ref().map(|it| words::round_share(it.share, before)))
    };
    let left = move || {
        shown.round.with(|it| it.as_ref().map(|it| words::left(&shell.site.catalogue(), &it.left)))
    };
    let agreement = move || {
        shown.round.with(|it| it.as_ref().map(|it| words::agreement(it.agreement, it.n_compared)))
    };
    view! {
        <h3 class="label">{words::ROUND_CHANGED}</h3>
        <p role="status">{kept}" "{left}</p>
        <p>{share}</p>
        <p>{agreement}</p>
    }
}
