//! A family that is a sum: its best films against the films watched, and the sum of one of them.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::families::inspect::sums::{FilmSum, Shown as Sums};
use crate::features::inspect::figure::InspectFigure;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, seen};
use crate::history::History;
use crate::order::best_first;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;
use crate::ui::figure::{Change, Draw};
use crate::ui::shell;
use crate::ui::table::Table;

/// What the parts of the view read.
#[derive(Clone, Copy)]
pub(in crate::features::inspect) struct Shown {
    seen: Memo<Option<Seen<Sums>>>,
    /// The film whose sum is written out.
    pub(in crate::features::inspect) film: Memo<Option<FilmSum>>,
}

impl Shown {
    pub(in crate::features::inspect) fn new() -> Self {
        let shell = shell();
        let chosen = shell.get::<Chosen>();
        let seen = seen::<Sums>();
        let film = Memo::new(move |_| {
            let focus = chosen.focus().get();
            seen.with(|it| {
                let films = &it.as_ref()?.of.films;
                films.iter().find(|it| Some(it.item) == focus).or(films.first()).cloned()
            })
        });
        Self { seen, film }
    }

    /// The pick at `at`, 0 the oldest that is read.
    pub(in crate::features::inspect) fn pick_at(self, at: usize) -> Option<ItemRow> {
        self.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())
    }
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::sums::Sums;
    const NAME: &'static str =
        <crate::families::inspect::sums::Sums as crate::families::inspect::Inspect>::FORM;

    fn show() -> AnyView {
        view! { <Inside shown=Shown::new() /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
pub(in crate::features::inspect) fn Inside(shown: Shown) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let with_off = Memo::new(move |before| drawn_of(shell, shown, before));
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        let film = shown.film.with(|it| it.as_ref().map(|it| it.item))?;
        with_off.with(|it| {
            let WithOff { seen, films, off, first_with_all, .. } = it.as_ref()?;
            let (shown, picks) = (&*seen.of, &seen.picks);
            let of = figure::Of { shown, picks, films, off, first_with_all: *first_with_all, film };
            figure::draw(of, &catalogue, width)
        })
    });
    let act = Callback::new(move |(what,): (String,)| {
        let row = |it: &str| it.parse().ok().map(ItemRow);
        if let Some(film) = what.strip_prefix("film").and_then(row) {
            chosen.focus_on(Some(film));
        } else if let Some(pick) = what.strip_prefix("out").and_then(row) {
            if shell.reader.is_off(pick) {
                shell.reader.switch_on(pick);
            } else {
                shell.reader.switch_off(pick);
            }
        }
    });
    let change = Change {
        is_changed: Signal::derive(move || {
            with_off.with(|it| it.as_ref().is_some_and(|it| !it.off.is_empty()))
        }),
        undo: Callback::new(move |()| {
            for item in shell.reader.off().get_untracked() {
                shell.reader.switch_on(item);
            }
        }),
    };
    let reads =
        Memo::new(move |_| shown.film.with(|it| it.as_ref().is_none_or(|it| !it.parts.is_empty())));
    let note = move || if reads.get() { words::NOTE } else { words::POPULARITY_NOTE };
    view! {
        <div class="inside-alone">
            <InspectFigure name="sums" about=words::ABOUT draw act change />
        </div>
        <WrittenOut shown />
        <p class="stated">{note}</p>
    }
}

/// What was seen, with the films that were left out for it.
#[derive(Clone, PartialEq)]
struct WithOff {
    family: FamilyName,
    seen: Seen<Sums>,
    films: History,
    off: Vec<ItemRow>,
    first_with_all: Option<ItemRow>,
}

/// Until the answer to other films is here, `before` stays.
fn drawn_of(shell: Shell, shown: Shown, before: Option<&Option<WithOff>>) -> Option<WithOff> {
    let family = shell.get::<Chosen>().family().get();
    let (films, read) = (shell.reader.history().get(), shell.reader.read_history().get());
    let seen = shown.seen.get()?;
    let before = before.and_then(Option::as_ref);
    if read.newest(seen.picks.len()) != seen.picks {
        return before.cloned();
    }
    let off: Vec<ItemRow> = films.iter().filter(|&it| !read.contains(it)).collect();
    let first = seen.of.films.first().map(|it| it.item);
    let known = before.filter(|it| it.films == films && it.family == family);
    let first_with_all =
        if off.is_empty() { first } else { known.and_then(|it| it.first_with_all) };
    Some(WithOff { family, seen, films, off, first_with_all })
}

/// The sum of the selected film, in one line.
#[component]
fn WrittenOut(shown: Shown) -> impl IntoView {
    let shell = shell();
    let said = move || {
        let film = shown.film.get()?;
        let picks = shown.seen.with(|it| it.as_ref().map(|it| it.picks.clone()))?;
        let catalogue = shell.site.catalogue();
        let parts = picks.iter().zip(film.parts.iter().copied());
        let mut parts: Vec<(String, f32)> =
            parts.map(|(pick, part)| (catalogue.title(pick).to_owned(), part)).collect();
        parts.retain(|(_, part)| *part != 0.0);
        best_first(&mut parts, |it| it.1.abs());
        Some(words::written_out(catalogue.title(film.item), film.score, film.start, &parts))
    };
    view! { <p class="written-out" role="status">{said}</p> }
}
