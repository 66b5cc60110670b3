//! A model that keeps one state: what each film changed in it, and how that fades as others come.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::gru4rec::Shown as Gru4Rec;
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
    type Of = crate::families::gru4rec::Gru4Rec;
    const NAME: &'static str = "gru4rec";

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
    let seen = seen::<Gru4Rec>();
    let n_films = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.said.len())));
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
    let said =
        Signal::derive(move || seen.with(|it| it.as_ref()?.of.said.get(step.get()).cloned()));
    let next = Memo::new(move |_| {
        seen.with(|it| it.as_ref()?.picks.as_slice().get(step.get() + 1).copied())
    });
    let left_out = move || {
        let n_followed = seen.with(|it| it.as_ref().map_or(0, |it| it.of.traces.len()));
        words::only_newest_followed(n_followed, n_films.get())
    };
    view! {
        <div class="inside-figure">
            <InspectFigure name="memory" about=words::ABOUT draw steps act=go />
            <Next said next />
        </div>
        <p class="stated">{words::NOTE} {left_out}</p>
    }
}
