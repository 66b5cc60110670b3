//! A generator and a discriminator, round by round: what one draws, what the other makes of it, and
//! whether the rounds helped.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::irgan::{Round, Shown as Irgan};
use crate::features::inspect::figure::{InspectFigure, steps};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{inspecting, seen};
use crate::history::History;
use crate::state::chosen::Chosen;
use crate::ui::figure::Draw;
use crate::ui::shell;
use crate::ui::table::Table;

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
    let (shell, inspecting) = (shell(), inspecting());
    let seen = seen::<Irgan>();
    let n_steps =
        Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.rounds.len())));
    let steps = steps(n_steps, words::WHICH_ROUND, move |step| words::round(step, n_steps.get()));
    let step = steps.at;
    // Measured once for the site.
    let name = shell.get::<Chosen>().card().map_or("", |card| card.name);
    let measured = shell.site.manifest().family(name).and_then(|it| it.rounds.clone());
    let helped = measured.as_ref().map(|it| {
        let said = words::helped(it);
        view! {
            <h3 class="label">{words::HELPED_TITLE}</h3>
            <p>{said}</p>
        }
    });
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        let measured = measured.as_ref();
        seen.with(|it| figure::draw(&it.as_ref()?.of, measured, &catalogue, step.get(), width))
    });
    let go = Callback::new(move |(what,): (String,)| {
        if let Ok(step) = what.parse() {
            inspecting.go_to_step(step);
        }
    });
    let round = Memo::new(move |_| seen.with(|it| it.as_ref()?.of.rounds.get(step.get()).cloned()));
    view! {
        <div class="inside-figure">
            <InspectFigure name="duel" about=words::ABOUT draw act=go steps />
            <div class="beside">
                <Changed round />
                {helped}
            </div>
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}

/// The round in words.
#[component]
fn Changed(round: Memo<Option<Round>>) -> impl IntoView {
    let shell = shell();
    let kept = move || round.with(|it| it.as_ref().map(words::round_kept));
    let left = move || {
        round.with(|it| it.as_ref().map(|it| words::left(&shell.site.catalogue(), &it.left)))
    };
    let agreement = move || {
        round.with(|it| it.as_ref().map(|it| words::agreement(it.agreement, it.n_compared)))
    };
    view! {
        <h3 class="label">{words::ROUND_CHANGED}</h3>
        <p role="status">{kept}" "{left}</p>
        <p>{agreement}</p>
    }
}
