//! Starts the engine and mounts a page over it.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::client::{Config, Engine, EngineEvent};
use crate::engine::protocol::Backend;
use crate::engine::supply;
use crate::session::{Answers, EngineWatch, StartEngine};
use crate::shell;
use crate::views::App;

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

/// Mounts `page`, which finds its session in its context, with an engine of its own.
pub fn mount(page: fn() -> AnyView) {
    leptos::mount::mount_to_body(move || {
        if of_page("program").as_deref() == Some("glassrec") {
            supply::keep_program("glassrec_bg.wasm", wasm_bindgen::module());
        }
        let watch = EngineWatch::default();
        let config = Config::new(build(), Backend::Wasm);
        let engine: Rc<dyn Answers> =
            Rc::new(Engine::start(config, move |event| watch.hear(event)));
        view! { <App page engine watch surroundings=shell::of_page() /> }
    });
}

/// Lets the page start an engine for the language model alone, which ends with it.
pub fn offer_language() {
    let start: StartEngine = |own, of_page| {
        // A slow device makes a session of a hundred megabytes for longer than any other model runs.
        let config =
            Config { silence_limit_millis: 120_000, ..Config::new(build(), Backend::Wasm) };
        Rc::new(Engine::start(config, move |event| {
            if let EngineEvent::Fetching(progress) = &event {
                of_page.note_file(progress.clone());
            }
            own.hear(event);
        }))
    };
    provide_context(start);
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
