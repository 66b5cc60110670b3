//! The page: one component per file. Views read signals and call verbs; they compute nothing.

mod mark;

use leptos::prelude::*;

use crate::session::Session;

/// The session of this page.
fn session() -> Session {
    expect_context()
}
