//! Says aloud, politely, that what is shown changed.

use leptos::prelude::*;

use super::layout::Features;
use crate::ui::shell;

#[component]
pub(super) fn Announcer() -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let news = move || {
        let open = features.find(shell.address.open_feature().get())?;
        (open.here?.news)(shell)
    };
    view! { <p class="visually-hidden" role="status" aria-live="polite">{news}</p> }
}
