//! All films on a plane: the figure, what is selected, what is drawn, and the same films as a table.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::LaidOut;
use super::films::Films;
use super::frame::MapFigure;
use super::layout::LayoutChoice;
use super::legend::Legend;
use super::look::{Hidden, Look};
use super::regions::Regions;
use super::selected::Selected;
use super::state::MapState;
use super::{DOOR, address, state, words};
use crate::map::FilmMap;
use crate::shell::feature::Here;
use crate::state::compared::Compared;
use crate::ui::dom_id;
use crate::ui::shell;
use crate::ui::words as text;

pub const HERE: Here = Here {
    figure: Some(|| view! { <Map body=NodeRef::new() /> }.into_any()),
    part: Some(address::part),
    tables: state::tables,
    ..Here::of(|body| view! { <Map body /> }.into_any(), |_| DOOR.title.to_owned())
};

/// `body` is where a reader who skips the head arrives.
#[component]
fn Map(body: NodeRef<leptos::html::Div>) -> impl IntoView {
    let shell = shell();
    let state = MapState::new(shell);
    provide_context(state);
    if let Some(compared) = shell.made::<Compared>() {
        compared.want();
    }
    let hidden = Hidden::default();
    let sheet = Memo::new(move |_| state.loaded.get().map(|it| Sheet(it.answer)));
    view! {
        <section class="map" data-view="" aria-labelledby=dom_id("map-title")>
            <h2 class="visually-hidden" id=dom_id("map-title")>{words::TITLE}</h2>
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
    let laid_out = shell().get::<LaidOut>();
    let _shell = shell();
    let state: MapState = expect_context();
    let loaded = state.loaded;
    let n_bytes = move || state.layout_facts(laid_out.by()).map_or(0, |it| it.0);
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
    let look = Look::new(shell(), map, hidden);
    provide_context(look);
    view! {
        <div class="map-stage">
            <MapFigure />
            <div class="map-side">
                <Selected />
                <Legend />
                <Regions />
            </div>
        </div>
        <Films />
    }
}
