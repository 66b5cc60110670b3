//! The tree of codes, level by level: how likely each code is, what a beam keeps of them, and the films where it ends.

use leptos::prelude::*;

use super::figure::{self, Look, N_LEVELS};
use super::words;
use crate::catalog::Catalogue;
use crate::families::semantic_id::{Beam, Path, Shown as SemanticId};
use crate::features::inspect::figure::InspectFigure;
use crate::features::inspect::films::Films;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::history::History;
use crate::recommend::Recommendation;
use crate::ui::figure::{Change, Choice, Draw, Steps};
use crate::ui::shell;
use crate::ui::table::Table;

/// How many of a beam's films are listed.
const N_FILMS: usize = 10;

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
    let (shell, inspecting) = (shell(), inspecting());
    let seen = seen::<SemanticId>();
    // The address keeps the width of the beam and the path; how far it is spelt is this view's.
    let level = RwSignal::new(N_LEVELS);
    let beam = Memo::new(move |_| {
        seen.with(|it| {
            let beams = &it.as_ref()?.of.beams;
            beams.get(inspecting.step_of(beams.len())).cloned()
        })
    });
    let steps = Steps {
        n: Memo::new(|_| N_LEVELS + 1),
        at: Memo::new(move |_| level.get()),
        go: Callback::new(move |(to,)| level.set(to)),
        name: words::WHICH_LEVEL,
        of: Callback::new(|(level,)| words::step(level)),
    };
    let is_own = Memo::new(move |_| inspecting.probe::<Path>() != Path::default());
    let change = Change {
        is_changed: Signal::derive(move || is_own.get()),
        undo: Callback::new(move |()| inspecting.try_probe(&Path::default())),
    };
    let act = Callback::new(move |(what,): (String,)| {
        let codes: Result<Vec<u32>, _> = what.split(',').map(str::parse).collect();
        let Ok(codes) = codes else { return };
        // The same again is the way back.
        let wanted = Path { codes: Some(codes) };
        let is_there = inspecting.probe_untracked::<Path>() == wanted;
        inspecting.try_probe(&if is_there { Path::default() } else { wanted });
    });
    let draw = Draw::new(move |width| {
        shell.site.has_details(); // tags and countries can be named from then on
        let catalogue = shell.site.catalogue();
        let beam = beam.get()?;
        let look = Look { beam: &beam, level: level.get(), is_own: is_own.get() };
        seen.with(|it| figure::draw(&it.as_ref()?.of, look, &catalogue, width))
    });
    view! {
        <div class="inside-figure">
            <InspectFigure
                name="codes"
                about=words::ABOUT
                draw
                act
                steps
                change
                beside=view! { <Widths seen beam /> }.into_any()
            />
            <BeamFilms beam />
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}

/// How wide the beam is.
#[component]
fn Widths(seen: Memo<Option<Seen<SemanticId>>>, beam: Memo<Option<Beam>>) -> impl IntoView {
    let inspecting = inspecting();
    let widths = Memo::new(move |_| {
        let widths = |it: &Seen<SemanticId>| it.of.beams.iter().map(|it| it.width).collect();
        seen.with(|it| it.as_ref().map_or(vec![], widths))
    });
    let choose = move |width: usize| {
        let at = widths.with_untracked(|it| it.iter().position(|it| *it == width));
        if let Some(at) = at {
            inspecting.go_to_step(at);
        }
    };
    let at = Signal::derive(move || beam.with(|it| it.as_ref().map(|it| it.width)));
    move || {
        let options = widths.get().into_iter().map(|it| (it, it.to_string())).collect();
        view! { <Choice name=words::BEAM_WIDTH is_named=true options at choose /> }
    }
}

/// Where the beam ends.
#[component]
fn BeamFilms(beam: Memo<Option<Beam>>) -> impl IntoView {
    let films = move || -> Vec<Recommendation> {
        let films = beam.with(|it| it.as_ref().map(|it| it.films.clone()));
        films.into_iter().flatten().take(N_FILMS).collect()
    };
    let said = move || beam.with(|it| it.as_ref().map(words::beam_said));
    view! {
        <div class="beside">
            <h3 class="label">{words::BEAM_FILMS}</h3>
            <Films films=Signal::derive(films) is_noted=|_| false />
            <p role="status">{said}</p>
        </div>
    }
}
