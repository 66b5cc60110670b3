//! Starts the engine and mounts a page over it.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

mod app;
mod language;
mod opening;

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::answer::Answers;
use crate::engine::client::{Config, Engine};
use crate::engine::protocol::Backend;
use crate::engine::supply;
use crate::state::language::Language;
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;
use crate::state::watch::EngineWatch;
use app::App;

#[wasm_bindgen]
extern "C" {
    /// Puts a notice in the place of the page; see boot/guard.js.
    #[wasm_bindgen(catch, js_name = glassrecStopped)]
    fn page_stopped() -> Result<(), JsValue>;
}

/// Lets a panic be read on the console, and tell the reader: nothing of the program works after it.
pub fn tell_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // A worker has no page to say it on; its page hears that it ended.
        let _ = page_stopped();
    }));
}

/// Which page of the program the HTML asks for; empty for its first.
pub fn page() -> String {
    of_page("page").unwrap_or_default()
}

/// Mounts `page`, which finds its shell in its context, with an engine of its own.
pub fn mount(page: fn() -> AnyView, surroundings: Surroundings) {
    leptos::mount::mount_to_body(move || {
        if of_page("program").as_deref() == Some("glassrec") {
            supply::keep_program("glassrec_bg.wasm", wasm_bindgen::module());
        }
        let watch = EngineWatch::default();
        let config = Config::new(build(), Backend::Wasm);
        let engine: Rc<dyn Answers> =
            Rc::new(Engine::start(config, move |event| watch.hear(event)));
        view! { <App page engine watch surroundings /> }
    });
}

/// The language model of the page, where the site ships one: its engine is one of its own, which ends with it.
pub fn language(shell: Shell) -> Language {
    Language::new(Rc::new(language::OfPage::new(shell.engine.watch())), shell.clock)
}

/// The build that the page's HTML names, so that page and engine belong together.
fn build() -> String {
    // Without a name the engine is asked for by its plain address.
    of_page("build").unwrap_or_default()
}

/// What the page's HTML says of itself.
fn of_page(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name='glassrec-{name}']")).ok().flatten();
    meta?.get_attribute("content")
}
