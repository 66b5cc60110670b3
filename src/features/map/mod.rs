//! All films on a plane: the canvas, what is selected, what is drawn, and the same films as a table.

mod canvas;
mod controls;
mod films;
mod hand;
mod labels;
mod layout;
mod legend;
mod look;
mod names;
mod paint;
mod palette;
mod regions;
mod selected;
mod state;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use crate::map::FilmMap;
use crate::views::{session, text};

use canvas::Canvas;
use films::Films;
use layout::LayoutChoice;
use legend::Legend;
use look::{Hidden, Look};
use regions::Regions;
use selected::Selected;
use state::MapState;

/// `body` is where a reader who skips the head arrives.
#[component]
pub fn Map(body: NodeRef<leptos::html::Div>) -> impl IntoView {
    let state = MapState::new(session());
    provide_context(state);
    let hidden = Hidden::default();
    let sheet = Memo::new(move |_| state.loaded.get().map(|it| Sheet(it.answer)));
    view! {
        <section class="map" data-view="" aria-labelledby="map-title">
            <h2 class="visually-hidden" id="map-title">{words::TITLE}</h2>
            <LayoutChoice />
            <Coming />
            <div class="map-body" tabindex="-1" node_ref=body>
                {move || sheet.get().map(|Sheet(map)| view! { <Drawn map hidden /> })}
            </div>
        </section>
    }
}

/// A map that is the same one only if it is the same object: films are not compared one by one.
#[derive(Clone)]
struct Sheet(Arc<FilmMap>);

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The file is on its way, or did not come.
#[component]
fn Coming() -> impl IntoView {
    let session = session();
    let state: MapState = expect_context();
    let loaded = state.loaded;
    let n_bytes = move || state.layout_facts(session.layout().get()).map_or(0, |it| it.0);
    let failure = move || {
        let error = loaded.failure()?;
        Some(view! {
            <div class="problem" role="alert">
                <p>{words::failure(&error)}</p>
                <button class="button is-main" on:click=move |_| loaded.retry()>
                    {text::TRY_AGAIN}
                </button>
            </div>
        })
    };
    view! {
        <Show when=move || loaded.is_waiting()>
            <p class="quiet spin" role="status">{move || words::waiting(n_bytes())}</p>
        </Show>
        {failure}
    }
}

#[component]
fn Drawn(map: Arc<FilmMap>, hidden: Hidden) -> impl IntoView {
    let look = Look::new(session(), map, hidden);
    provide_context(look);
    view! {
        <div class="map-stage">
            <Canvas />
            <div class="map-side">
                <Selected />
                <Legend />
                <Regions />
            </div>
        </div>
        <Films />
    }
}
