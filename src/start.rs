//! Starts the engine and mounts a page over it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::engine::client::{Config, Engine};
use crate::engine::protocol::Backend;
use crate::session::{Answers, EngineWatch};
use crate::views::App;

/// Mounts `page`, which finds its session in its context, with an engine of its own.
pub fn mount(page: fn() -> AnyView) {
    leptos::mount::mount_to_body(move || {
        let watch = EngineWatch::default();
        let config = Config::new(build(), Backend::Wasm);
        let engine: Rc<dyn Answers> =
            Rc::new(Engine::start(config, move |event| watch.hear(event)));
        view! { <App page engine watch /> }
    });
}

/// An engine for the language model alone, ended with it.
pub fn start_language(watch: EngineWatch) -> Rc<dyn Answers> {
    let config = Config::new(build(), Backend::Wasm);
    Rc::new(Engine::start(config, move |event| watch.hear(event)))
}

/// The build that the page's HTML names, so that page and engine belong together.
fn build() -> String {
    let meta = document().query_selector("meta[name='glassrec-build']");
    // Without a name the engine is asked for by its plain address.
    meta.ok().flatten().and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
