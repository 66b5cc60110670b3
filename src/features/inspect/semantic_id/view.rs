//! The tree of codes, level by level: each code named by what its films share, what a beam keeps of
//! them, and where a path ends.

mod column;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::semantic_id::{Beam, Path, Shown as SemanticId};
use crate::features::inspect::films::Films;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::history::History;
use crate::recommend::Recommendation;
use crate::ui::dom_id;
use crate::ui::table::Table;

use column::Column;

/// Columns of codes; the films stand behind them.
const N_COLUMNS: usize = 3;
/// How many of a beam's films are listed.
const N_FILMS: usize = 10;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<SemanticId>>>,
    path: Memo<Vec<u32>>,
    beam: Memo<Option<Beam>>,
    /// The column that a phone shows, the films behind the last.
    open: RwSignal<usize>,
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::semantic_id::SemanticId;
    const NAME: &'static str = "semantic_id";

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
    let seen = seen::<SemanticId>();
    let path =
        Memo::new(move |_| seen.with(|it| it.as_ref().map_or(vec![], |it| it.of.path.clone())));
    let beam = Memo::new(move |_| {
        seen.with(|it| {
            let beams = &it.as_ref()?.of.beams;
            beams.get(inspecting.step_of(beams.len())).cloned()
        })
    });
    let shown = Shown { seen, path, beam, open: RwSignal::new(0) };
    let columns = (0..N_COLUMNS).map(|level| view! { <Column shown level /> }).collect_view();
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <Widths shown />
        <Crumbs shown />
        <div class="tree" on:keydown=|event| column::walk(&event)>
            {columns}
            <PathFilms shown />
        </div>
        <p class="stated">{words::NOTE}</p>
        <BeamFilms shown />
    }
}

/// How wide the beam is, and the way back to its own path.
#[component]
fn Widths(shown: Shown) -> impl IntoView {
    let inspecting = inspecting();
    let widths = Memo::new(move |_| {
        let widths = |it: &Seen<SemanticId>| it.of.beams.iter().map(|it| it.width).collect();
        shown.seen.with(|it| it.as_ref().map_or(vec![], widths))
    });
    let buttons = move || {
        let button = |(at, width): (usize, usize)| {
            let is_on =
                move || shown.beam.with(|it| it.as_ref().is_some_and(|it| it.width == width));
            view! {
                <button
                    class="button"
                    aria-pressed=move || if is_on() { "true" } else { "false" }
                    on:click=move |_| inspecting.go_to_step(at)
                >
                    {width}
                </button>
            }
        };
        widths.get().into_iter().enumerate().map(button).collect_view()
    };
    let has_walked = move || inspecting.probe::<Path>() != Path::default();
    view! {
        <div class="tree-widths" role="group" aria-labelledby=dom_id("tree-width")>
            <span id=dom_id("tree-width")>{words::BEAM_WIDTH}</span>
            {buttons}
            <Show when=has_walked>
                <button class="button" on:click=move |_| inspecting.try_probe(&Path::default())>
                    {words::FOLLOW_FIRST}
                </button>
            </Show>
        </div>
    }
}

/// On a phone one column shows at a time: these choose it.
#[component]
fn Crumbs(shown: Shown) -> impl IntoView {
    let crumb = |level: usize| {
        let said = move || words::crumb(level, shown.path.with(|it| it.get(level).copied()));
        let is_open = move || shown.open.get() == level;
        view! {
            <button
                class="tab"
                aria-current=move || is_open().then_some("step")
                on:click=move |_| shown.open.set(level)
            >
                {said}
            </button>
        }
    };
    view! {
        <nav class="tree-crumbs" aria-label=words::CRUMBS>
            {(0..=N_COLUMNS).map(crumb).collect_view()}
        </nav>
    }
}

/// The films that the chosen path spells.
#[component]
fn PathFilms(shown: Shown) -> impl IntoView {
    let films = move || {
        let films = |it: &Seen<SemanticId>| it.of.films.clone();
        shown.seen.with(|it| it.as_ref().map_or_else(Vec::new, films))
    };
    let is_open = move || shown.open.get() == N_COLUMNS;
    let is_short = move || shown.path.with(|it| it.len() < N_COLUMNS);
    let picks = Memo::new(move |_| shown.seen.with(|it| it.as_ref().map(|it| it.picks.clone())));
    let is_picked = move |item| picks.with(|it| it.as_ref().is_some_and(|it| it.contains(item)));
    view! {
        <section class="tree-column" class:is-open=is_open aria-labelledby=dom_id("tree-films")>
            <h3 class="label" id=dom_id("tree-films")>{words::PATH_FILMS}</h3>
            <Show when=is_short>
                <p class="quiet">{words::choose_before(N_COLUMNS)}</p>
            </Show>
            <Films films=Signal::derive(films) is_noted=is_picked />
        </section>
    }
}

/// Where the beam ends.
#[component]
fn BeamFilms(shown: Shown) -> impl IntoView {
    let films = move || -> Vec<Recommendation> {
        let films = shown.beam.with(|it| it.as_ref().map(|it| it.films.clone()));
        films.into_iter().flatten().take(N_FILMS).collect()
    };
    let said = move || shown.beam.with(|it| it.as_ref().map(words::beam_said));
    view! {
        <div class="beam-films">
            <h3 class="label">{words::BEAM_FILMS}</h3>
            <Films films=Signal::derive(films) is_noted=|_| false />
            <p role="status">{said}</p>
        </div>
    }
}
