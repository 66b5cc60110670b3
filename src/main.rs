//! The first program: the engine in a worker, the app on a page. `bin/talk.rs` is the other.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;

    glassrec::start::tell_of_panics();
    if js_sys::global().is_instance_of::<web_sys::DedicatedWorkerGlobalScope>() {
        wasm_bindgen_futures::spawn_local(glassrec::engine::worker::serve());
    } else {
        let mounted = glassrec::programs::of_name(&glassrec::start::page());
        glassrec::start::mount(mounted.page, (mounted.surroundings)());
    }
}

/// Page and engine run in browsers only; on the host there is the library and its tests.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
