//! Zoom and lasso, as buttons on the map.

use leptos::prelude::*;

use super::canvas::ZOOM_STEP;
use super::look::Look;
use super::words;

#[component]
pub(super) fn Controls() -> impl IntoView {
    let look: Look = expect_context();
    let is_whole = move || look.viewport.with(|it| it.zoom() <= 1.0);
    let is_closest = move || look.viewport.with(|it| it.is_closest());
    let is_lassoing = look.is_lassoing;
    view! {
        <div class="map-controls is-start" data-omit="">
            <button
                class="button"
                aria-pressed=move || if is_lassoing.get() { "true" } else { "false" }
                on:click=move |_| is_lassoing.update(|it| *it = !*it)
            >
                {words::LASSO}
            </button>
            <Show when=move || is_lassoing.get()>
                <p class="map-hint" role="status">{words::LASSO_HINT}</p>
            </Show>
        </div>
        <div class="map-controls is-end" data-omit="">
            <button
                class="button"
                aria-label=words::CLOSER
                disabled=is_closest
                on:click=move |_| look.zoom_to_middle(ZOOM_STEP)
            >
                "+"
            </button>
            <button
                class="button"
                aria-label=words::FARTHER
                disabled=is_whole
                on:click=move |_| look.zoom_to_middle(1.0 / ZOOM_STEP)
            >
                "−"
            </button>
            <button class="button" on:click=move |_| look.look_at_whole()>{words::WHOLE}</button>
        </div>
    }
}
