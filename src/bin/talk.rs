//! The second program: the page of conversations. Its engine is the first program, in a worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    glassrec::start::tell_of_panics();
    let surroundings = glassrec::shell::of_page();
    glassrec::start::mount(|| glassrec::programs::talk::TalkPage().into_any(), surroundings);
}

/// Pages run in browsers only; on the host there is the library and its tests.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
