//! The browser's own address bar. The only file that names the page's address or its history.

use leptos::prelude::{document, window, window_event_listener_untyped};
use wasm_bindgen::JsValue;

use crate::state::address_bar::{AddressBar, Hear};

/// That of the page.
pub(super) struct WindowBar;

impl AddressBar for WindowBar {
    fn fragment(&self) -> String {
        // A page without an address, as in a sandboxed frame, starts afresh.
        window().location().hash().unwrap_or_default()
    }

    fn href(&self) -> String {
        window().location().href().unwrap_or_default()
    }

    fn name(&self, title: &str) {
        document().set_title(title);
    }

    fn mark(&self) -> Option<u32> {
        Some(window().history().ok()?.state().ok()?.as_f64()? as u32)
    }

    fn write(&self, fragment: Option<&str>, mark: u32, is_new: bool) {
        let location = window().location();
        let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let url = fragment.map(|it| format!("{path}{it}"));
        let written = window().history().and_then(|history| {
            let mark = JsValue::from(mark);
            if is_new {
                history.push_state_with_url(&mark, "", url.as_deref())
            } else {
                history.replace_state_with_url(&mark, "", url.as_deref())
            }
        });
        // Browsers refuse a flood of changes; the next one brings the address up to date.
        let _ = written;
    }

    fn reload(&self) {
        // A browser that refuses leaves its own button.
        let _ = window().location().reload();
    }

    fn back(&self) {
        // Where there is no way back, the next step writes.
        let _ = window().history().and_then(|it| it.back());
    }

    fn listen(&self, hear: Hear) -> Box<dyn FnOnce()> {
        let listener = window_event_listener_untyped("popstate", move |_| hear());
        Box::new(move || listener.remove())
    }
}
