//! The one program: the engine in a worker, the app on a page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;

    console_error_panic_hook::set_once();
    if js_sys::global().is_instance_of::<web_sys::DedicatedWorkerGlobalScope>() {
        wasm_bindgen_futures::spawn_local(glassrec::engine::worker::serve());
    } else {
        mount_page();
    }
}

/// Starts the engine and mounts the app.
#[cfg(target_arch = "wasm32")]
fn mount_page() {
    use std::rc::Rc;

    use glassrec::engine::client::{Config, Engine};
    use glassrec::engine::protocol::Backend;
    use glassrec::session::{Answers, EngineWatch};
    use glassrec::views::App;
    use leptos::prelude::*;

    leptos::mount::mount_to_body(|| {
        let watch = EngineWatch::default();
        let config = Config::new(build(), Backend::Wasm);
        let engine: Rc<dyn Answers> =
            Rc::new(Engine::start(config, move |event| watch.hear(event)));
        view! { <App engine watch /> }
    });
}

/// The build that index.html names, so that page and engine belong together.
#[cfg(target_arch = "wasm32")]
fn build() -> String {
    let meta = leptos::prelude::document().query_selector("meta[name='glassrec-build']");
    // Without a name the engine is asked for by its plain address.
    meta.ok().flatten().and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Page and engine run in browsers only; on the host there is the library and its tests.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
