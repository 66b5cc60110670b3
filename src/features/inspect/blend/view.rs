//! Ranks of several models added up: bars of points first, then each model's own list, then all in numbers.

mod alone;
mod numbers;
mod picture;

use leptos::prelude::*;

use self::alone::Alone;
use self::numbers::Numbers;
use self::picture::{Film, Stacks};
use super::words;
use crate::catalog::Catalogue;
use crate::families::blend::{FilmPoints, Shown as Blend};
use crate::families::{self, FamilyName, Kind};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, seen};
use crate::history::History;
use crate::state::chosen::Chosen;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::table::Table;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Blend>>>,
    /// Where in the list the film is that is written out, 0 the best.
    at: Memo<usize>,
}

impl Shown {
    fn new() -> Self {
        let chosen = shell().get::<Chosen>();
        let seen = seen::<Blend>();
        let at = Memo::new(move |_| {
            let focus = chosen.focus().get();
            let place = |it: &Seen<Blend>| it.of.films.iter().position(|it| Some(it.item) == focus);
            seen.with(|it| it.as_ref().and_then(place)).unwrap_or(0)
        });
        Self { seen, at }
    }

    /// Reads what is shown, if anything is.
    fn with<T>(self, read: impl FnOnce(&Blend) -> T) -> Option<T> {
        self.seen.with(|it| it.as_ref().map(|it| read(&it.of)))
    }

    /// Reads the film that is written out.
    fn with_film<T>(self, read: impl FnOnce(&Blend, &FilmPoints, usize) -> T) -> Option<T> {
        let at = self.at.get();
        self.with(|it| it.films.get(at).map(|film| read(it, film, at)))?
    }

    /// Whether the film at `at` is written out.
    fn is_on(self, at: usize) -> Memo<bool> {
        Memo::new(move |_| self.at.get() == at)
    }
}

/// How the part of the member `at` of `family` looks: the colour of its kind, a pattern of its own.
fn look(family: &FamilyName, at: usize) -> String {
    let kind = families::find(family).map_or(Kind::Hybrid, |it| it.card.kind);
    format!("{} pattern-{}", kind_class(kind), at % N_PATTERNS)
}

/// More members than these repeat them; see style/inspect_blend.css.
const N_PATTERNS: usize = 4;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::blend::Blend;
    const NAME: &'static str = "blend";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, _picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let shown = Shown::new();
    view! {
        <p class="quiet list-lead">{move || shown.with(words::lead)}</p>
        <Film shown />
        <Stacks shown />
        <Alone shown />
        <Numbers shown />
    }
}
