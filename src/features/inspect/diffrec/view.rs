//! A model that guesses everything a reader would like again and again: its guesses, step by step.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::diffrec::{Noise, Shown as DiffRec};
use crate::features::inspect::figure::{InspectFigure, steps};
use crate::features::inspect::moved::{Moved, MovedFilms};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::history::History;
use crate::ui::figure::{Change, Choice, Draw};
use crate::ui::shell;
use crate::ui::table::Table;

const N_SHOWN: usize = 10;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::diffrec::DiffRec;
    const NAME: &'static str = "diffrec";

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
    let seen = seen::<DiffRec>();
    let is_noisy =
        Memo::new(move |_| seen.with(|it| it.as_ref().is_some_and(|it| it.of.draws.is_some())));
    let n_steps = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.steps.len())));
    let of = move |step| words::step(step, n_steps.get(), is_noisy.get());
    let steps = steps(n_steps, words::WHICH_STEP, of);
    let step = steps.at;
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        seen.with(|it| figure::draw(&it.as_ref()?.of, &catalogue, step.get(), width))
    });
    let go = Callback::new(move |(what,): (String,)| {
        if let Ok(step) = what.parse() {
            inspecting.go_to_step(step);
        }
    });
    let seed = Memo::new(move |_| inspecting.probe::<Noise>().seed);
    let change = Change {
        is_changed: Signal::derive(move || seed.get().is_some()),
        undo: Callback::new(move |()| inspecting.try_probe(&Noise::default())),
    };
    let moved = Memo::new(move |_| moved(seen, step.get()));
    let said = move || words::step_changes(step.get(), moved.with(|it| it.changes), is_noisy.get());
    let heading = move || match seed.get() {
        Some(seed) if is_noisy.get() => words::list_of_draw(seed),
        _ => words::LIST.to_owned(),
    };
    view! {
        <div class="inside-figure">
            <InspectFigure
                name="denoising"
                about=words::ABOUT
                draw
                act=go
                steps
                change
                beside=view! { <Sampling seed /> }.into_any()
            />
            <div>
                <h3 class="label">{heading}</h3>
                <MovedFilms moved />
                <p class="stated" role="status">{said}</p>
            </div>
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}

/// Whether noise is drawn, and which.
#[component]
fn Sampling(seed: Memo<Option<u32>>) -> impl IntoView {
    let inspecting = inspecting();
    let again = move || inspecting.try_probe(&inspecting.probe_untracked::<Noise>().again());
    let choose = move |is_noisy| match (is_noisy, seed.get_untracked()) {
        (true, None) => again(),
        (true, Some(_)) => {}
        (false, _) => inspecting.try_probe(&Noise::default()),
    };
    let options = vec![(false, words::QUIET.to_owned()), (true, words::NOISY.to_owned())];
    let at = Signal::derive(move || Some(seed.get().is_some()));
    view! {
        <Choice name=words::NOISE options at choose />
        <Show when=move || seed.get().is_some()>
            <button class="button" on:click=move |_| again()>{words::AGAIN}</button>
        </Show>
    }
}

/// The first films of `step`, beside those of the step before.
fn moved(seen: Memo<Option<Seen<DiffRec>>>, step: usize) -> Moved {
    seen.with(|it| {
        let Some(it) = it else { return Moved::default() };
        let list = |step: usize| it.of.steps.get(step).map_or(&[][..], |it| &it.list);
        let before = step.checked_sub(1).map(list).unwrap_or_default();
        let before: Vec<_> = before.iter().map(|it| it.item).collect();
        let now = list(step);
        Moved::since(&before, &now[..N_SHOWN.min(now.len())])
    })
}
