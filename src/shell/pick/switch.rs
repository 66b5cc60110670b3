//! The switch of a pick: whether models read it. Pointing at it shows what switching would do.

use std::time::Duration;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

use super::{beside, focus_soon};
use crate::catalog::ItemRow;
use crate::shell::strip::Hand;
use crate::shell::words;
use crate::state::preview::Previewing;
use crate::state::shell::Shell;
use crate::ui::shell;
use crate::ui::words as text;

/// A pointer that only passes by asks nothing.
const REST: Duration = Duration::from_millis(120);

#[component]
pub(super) fn Switch(item: ItemRow, #[prop(into)] tabindex: Signal<&'static str>) -> impl IntoView {
    let shell = shell();
    let previewing = shell.get::<Previewing>();
    let hand: Hand = expect_context();
    let name = words::switch(&text::film(&shell.site.catalogue(), item));
    let is_on = move || !shell.reader.is_off(item);
    let resting = StoredValue::new(None::<TimeoutHandle>);
    // A pointer asks once each time it comes: not again after it has switched the pick, and not
    // when the strip scrolls under it.
    let is_asking = StoredValue::new(false);
    let stop_asking = move || {
        is_asking.set_value(false);
        if let Some(handle) = resting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let leave = move || {
        stop_asking();
        previewing.end_for(item);
    };
    // A pick that is taken out under the pointer is never left.
    on_cleanup(leave);
    let rest = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" && is_asking.get_value() {
            is_asking.set_value(false);
            let rest = set_timeout_with_handle(move || previewing.begin(item), REST);
            resting.set_value(rest.ok()); // without a timer there is no preview to wait for
        }
    };
    view! {
        <button
            class="pick-act pick-switch"
            role="switch"
            tabindex=tabindex
            aria-checked=move || if is_on() { "true" } else { "false" }
            aria-label=name
            on:pointerenter=move |_| is_asking.set_value(true)
            on:pointermove=rest
            on:pointerleave=move |event| {
                stop_asking();
                // The strip may scroll away under a pointer that the reader does not use.
                if !is_by_keyboard(&event) {
                    previewing.end_for(item);
                }
            }
            on:focus=move |event| {
                hand.cursor.set(Some(item));
                // A press on the switch is not yet pointing at it.
                if is_by_keyboard(&event) {
                    previewing.begin(item);
                }
            }
            on:blur=move |_| leave()
            on:keydown=move |event| walk(shell, item, &event)
            on:click=move |_| {
                leave();
                if untrack(is_on) {
                    shell.reader.switch_off(item);
                } else {
                    shell.reader.switch_on(item);
                }
            }
        >
            <span class="knob"></span>
        </button>
    }
}

/// Whether the switch that `event` happened to has the focus, and shows it.
fn is_by_keyboard(event: &Event) -> bool {
    let switch = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    // A browser that does not know the selector shows every focus.
    switch.is_some_and(|it| it.matches(":focus-visible").unwrap_or(true))
}

/// Arrow keys walk from switch to switch, Escape leaves the preview.
fn walk(shell: Shell, item: ItemRow, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "Escape" => return shell.get::<Previewing>().end_for(item),
        _ => return,
    };
    event.prevent_default();
    focus_soon(beside(event, step, ".pick-switch"));
}
