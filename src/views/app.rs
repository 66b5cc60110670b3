//! Opens the site, then shows the page; or says why it cannot.

use std::rc::Rc;

use leptos::prelude::*;

use crate::session::{Answers, EngineWatch, OpeningError, Session, open};
use crate::state::surroundings::Surroundings;
use crate::views::text;

/// `page`, once the site is here. `engine` was started before, so that both fetch side by side.
#[component]
pub fn App(
    page: fn() -> AnyView,
    engine: Rc<dyn Answers>,
    watch: EngineWatch,
    surroundings: Surroundings,
) -> impl IntoView {
    let surroundings = StoredValue::new_local(surroundings);
    let engine = StoredValue::new_local(engine);
    let opening = LocalResource::new(move || open(watch));
    let main = move || match opening.get()? {
        Ok(site) => {
            let session = Session::new(site, engine.get_value(), watch, surroundings.get_value());
            session.load_taught();
            session.load_place();
            session.load_details_when_idle();
            provide_context(session);
            Some(page())
        }
        Err(error) => {
            Some(view! { <CannotOpen error on_retry=move || opening.refetch() /> }.into_any())
        }
    };
    view! {
        {main}
        <Show when=move || opening.with(Option::is_none)>
            <p class="page quiet visually-hidden" role="status">{text::LOADING}</p>
        </Show>
    }
}

#[component]
fn CannotOpen(error: OpeningError, on_retry: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    hide_skeleton();
    view! {
        <div class="page">
            <main class="full-stop" role="alert">
                <h1 class="wordmark">"glass"<span>"rec"</span></h1>
                <h2>{text::CANNOT_OPEN}</h2>
                <p>{text::opening_error(&error)}</p>
                <button class="button is-main" on:click=move |_| on_retry()>{text::TRY_AGAIN}</button>
            </main>
        </div>
    }
}

/// Takes the painted placeholder of index.html away.
pub(crate) fn hide_skeleton() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
