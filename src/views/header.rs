//! Name, promise, and the two figures that keep it.

use leptos::prelude::*;

use crate::session::Session;
use crate::views::text;

#[component]
pub(crate) fn Header() -> impl IntoView {
    let session = super::session();
    Effect::new(move || {
        document().set_title(&text::document_title(
            session.tab().get(),
            session.card(),
            film(session),
        ))
    });
    let watch = session.engine_watch();
    let requests = move || text::requests(watch.n_requests_since_load());
    let engine = move || text::engine_chip(watch.is_ready(), watch.backend(), session.last_cost());
    view! {
        <header class="masthead">
            <h1 class="wordmark">"glass"<span>"rec"</span></h1>
            <p class="tagline">{text::TAGLINE}</p>
            <div class="chips">
                <span class="chip"><span class="dot" aria-hidden="true"></span>{requests}</span>
                <span class="chip">
                    <span
                        class="dot"
                        aria-hidden="true"
                        class:is-waiting=move || !watch.is_ready()
                        class:is-down=move || watch.backend().is_none()
                    ></span>
                    {engine}
                </span>
            </div>
        </header>
    }
}

/// The film in hand.
fn film(session: Session) -> Option<String> {
    session.focus().get().map(|item| text::film(&session.catalogue(), item))
}
