//! A model that reads films in order: its figure after each film, and the list that it had there.

use leptos::prelude::*;

use super::figure::{InspectFigure, steps_of_films};
use super::next::Next;
use super::state::{inspecting, seen};
use crate::catalog::Catalogue;
use crate::families::inspect::said::Said;
use crate::history::History;
use crate::ui::figure::{Draw, Drawn};
use crate::ui::shell;

/// What is shown after each film, as a family gives it.
pub(super) struct FilmByFilm<T: 'static> {
    /// The figure's own name, and what it shows of the model.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// How many films were read.
    pub(super) n: fn(&T) -> usize,
    /// What the model said after the film at a step.
    pub(super) said: fn(&T, usize) -> Option<Said>,
    /// Draws the step for a width in pixels.
    pub(super) draw: fn(&T, &History, &Catalogue, usize, f64) -> Option<Drawn>,
    /// Under both.
    pub(super) note: fn(&T) -> String,
}

impl<T: PartialEq + Send + Sync + 'static> FilmByFilm<T> {
    pub(super) fn show(&self) -> AnyView {
        let (shell, inspecting) = (shell(), inspecting());
        let &Self { name, about, n, said, draw, note } = self;
        let seen = seen::<T>();
        let n_films = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| n(&it.of))));
        let steps = steps_of_films(n_films);
        let step = steps.at;
        let draw = Draw::new(move |width| {
            let catalogue = shell.site.catalogue();
            seen.with(|it| {
                let it = it.as_ref()?;
                draw(&it.of, &it.picks, &catalogue, step.get(), width)
            })
        });
        let go = Callback::new(move |(what,): (String,)| {
            if let Ok(step) = what.parse() {
                inspecting.go_to_step(step);
            }
        });
        let said = Signal::derive(move || seen.with(|it| said(&it.as_ref()?.of, step.get())));
        let next = Memo::new(move |_| {
            seen.with(|it| it.as_ref()?.picks.as_slice().get(step.get() + 1).copied())
        });
        let note = move || seen.with(|it| it.as_ref().map(|it| note(&it.of)));
        view! {
            <div class="inside-figure">
                <InspectFigure name about draw steps act=go />
                <Next said next />
            </div>
            <p class="stated">{note}</p>
        }
        .into_any()
    }
}
