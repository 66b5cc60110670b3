//! An answer that did not come, and what to do about it.

use leptos::prelude::*;

use crate::engine::protocol::EngineError;
use crate::ui::shell;
use crate::ui::words as text;

/// Shows `error` with two ways on: ask again, or restart the engine first.
#[component]
pub(crate) fn Problem(error: EngineError, on_retry: impl Fn() + 'static) -> impl IntoView {
    let shell = shell();
    view! {
        <div class="problem" role="alert">
            <p>{text::error(&error)}</p>
            <button class="button is-main" on:click=move |_| on_retry()>{text::TRY_AGAIN}</button>
            " "
            <button class="button" on:click=move |_| shell.engine.restart()>{text::RESTART}</button>
        </div>
    }
}
