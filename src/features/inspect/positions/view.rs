//! A model that reads films in order: where each layer looked from every film, and what it would have recommended then.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::inspect::positions::Shown as Positions;
use crate::features::inspect::figure::{InspectFigure, steps_of_films};
use crate::features::inspect::next::Next;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{inspecting, seen};
use crate::history::History;
use crate::ui::figure::Draw;
use crate::ui::shell;
use crate::ui::table::Table;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::positions::Positions;
    const NAME: &'static str =
        <crate::families::inspect::positions::Positions as crate::families::inspect::Inspect>::FORM;

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
    let seen = seen::<Positions>();
    let n_films =
        Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.positions.len())));
    let steps = steps_of_films(n_films);
    let step = steps.at;
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        seen.with(|it| {
            let it = it.as_ref()?;
            figure::draw(&it.of, &it.picks, &catalogue, step.get(), width)
        })
    });
    let go = Callback::new(move |(what,): (String,)| {
        if let Ok(step) = what.parse() {
            inspecting.go_to_step(step);
        }
    });
    let said = Signal::derive(move || {
        seen.with(|it| it.as_ref()?.of.positions.get(step.get()).map(|it| it.said.clone()))
    });
    let next = Memo::new(move |_| {
        seen.with(|it| it.as_ref()?.picks.as_slice().get(step.get() + 1).copied())
    });
    view! {
        <div class="inside-figure">
            <InspectFigure name="attention" about=words::ABOUT draw steps act=go />
            <Next said next />
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}
