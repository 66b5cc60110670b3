//! Name, places, and what is true of this visit.

use leptos::prelude::*;

use super::layout::Features;
use super::navigation::Places;
use super::words;
use crate::state::chosen::Chosen;
use crate::state::recommended::RecommendedList;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn Header() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let list = shell.get::<RecommendedList>();
    let features: Features = expect_context();
    let film = move || chosen.focus().get().map(|it| text::film(&shell.site.catalogue(), it));
    Effect::new(move || {
        let here = features.find(shell.address.open_feature().get()).and_then(|it| it.here);
        let heading = here.map(|it| (it.heading)(shell)).unwrap_or_default();
        shell.address.name(&words::document_title(heading, film()));
    });
    let watch = shell.engine.watch();
    let requests = move || words::requests(watch.n_requests_since_load());
    let engine = move || words::engine_chip(watch.is_ready(), watch.backend(), list.cost());
    view! {
        <header class="top">
            <div class="top-row">
                <a class="wordmark" href=shell.href("./") translate="no">"glass"<span>"rec"</span></a>
                <Places />
                <div class="chips">
                    <span class="chip"><span class="dot" aria-hidden="true"></span>{requests}</span>
                    <span class="chip is-engine">
                        <span
                            class="dot"
                            aria-hidden="true"
                            class:is-waiting=move || !watch.is_ready()
                            class:is-down=move || watch.backend().is_none()
                        ></span>
                        {engine}
                    </span>
                </div>
            </div>
        </header>
    }
}
