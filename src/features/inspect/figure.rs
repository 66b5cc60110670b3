//! A figure of what the chosen family shows of itself.

use leptos::prelude::*;

use super::state::{InspectState, inspecting};
use super::words;
use crate::state::chosen::Chosen;
use crate::ui::figure::{Change, Drag, Draw, Figure, Source, Steps};
use crate::ui::shell;

/// `about` is what it shows of the model, `draw` its picture. With `steps`, the address keeps the step.
#[component]
pub(super) fn InspectFigure(
    name: &'static str,
    about: &'static str,
    draw: Draw,
    #[prop(optional)] act: Option<Callback<(String,)>>,
    #[prop(optional)] steps: Option<Steps>,
    #[prop(optional)] drag: Option<Drag>,
    #[prop(optional)] change: Option<Change>,
    #[prop(optional)] beside: Option<AnyView>,
) -> impl IntoView {
    let chosen = shell().get::<Chosen>();
    let looked = expect_context::<InspectState>().looked;
    let title = move || chosen.card().map_or("", |it| it.title).to_owned();
    let source = move || {
        let (family, cost) =
            looked.with(|it| it.map(|it| (it.question.family.clone(), it.answer.cost))).unzip();
        Source { family, cost, more: String::new() }
    };
    view! {
        <Figure
            name
            title=Signal::derive(title)
            about
            source=Signal::derive(source)
            draw
            act
            steps
            drag
            change
            beside
        />
    }
}

/// Steps that the address keeps. `name` says what is stepped through, `of` what a step is called.
pub(super) fn steps(
    n: Memo<usize>,
    name: &'static str,
    of: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Steps {
    let inspecting = inspecting();
    let at = Memo::new(move |_| inspecting.step_of(n.get()));
    let go = Callback::new(move |(step,)| inspecting.go_to_step(step));
    Steps { n, at, go, name, of: Callback::new(move |(step,)| of(step)) }
}

/// The steps of a model that reads in order: after each film, "after 3 of 5".
pub(super) fn steps_of_films(n: Memo<usize>) -> Steps {
    steps(n, words::AFTER_WHICH, move |step| words::after_of(step + 1, n.get()))
}
