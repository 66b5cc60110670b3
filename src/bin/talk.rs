//! The second program: the page of conversations. Its engine is the first program, in a worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    console_error_panic_hook::set_once();
    glassrec::start::mount(|| {
        glassrec::start::offer_language();
        glassrec::views::TalkPage().into_any()
    });
}

/// Pages run in browsers only; on the host there is the library and its tests.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
