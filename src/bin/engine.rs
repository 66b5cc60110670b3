//! The engine program: starts the engine loop in the worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(glassrec::engine::worker::serve());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    // Only the browser runs the engine; the empty program keeps host builds whole.
}
