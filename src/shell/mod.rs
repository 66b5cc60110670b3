//! What is around the features of a page: its head, its history, its navigation, what is told, and the engine's notice.
//! Names no feature.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

mod announcer;
mod engine_notice;
pub mod feature;
mod files;
mod folded;
mod header;
pub mod layout;
mod navigation;
mod page_files;
mod pick;
mod strip;
mod take_away;
mod webgpu;
mod window_bar;
pub(crate) mod words;

use std::rc::Rc;

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use crate::fetch;
use crate::profile::OnDevice;
use crate::state::address_bar::{self, AddressBar};
use crate::state::surroundings::Surroundings;
use crate::state::texts;
use crate::ui::clock;
use window_bar::WindowBar;

/// The address and the store of a shell that has the page to itself.
pub fn of_page() -> Surroundings {
    let has = |of: &JsValue, name: &str| {
        js_sys::Reflect::get(of, &name.into()).is_ok_and(|it| !it.is_undefined())
    };
    Surroundings {
        address: Rc::new(WindowBar),
        texts: Rc::new(OnDevice),
        clock: clock::of_page(),
        today: clock::today,
        random: js_sys::Math::random,
        folder: String::new(),
        base: fetch::address_of(""),
        has_webgpu: has(&window().navigator(), "gpu"),
        has_own_model: has(&window(), "LanguageModel"),
        page_files: page_files::of_page,
    }
}

/// Those of a figure in a frame: it opens at the frame's address, and keeps neither that nor anything else.
pub fn of_frame() -> Surroundings {
    let address = address_bar::InMemory::at(&WindowBar.fragment());
    Surroundings {
        address: Rc::new(address),
        texts: Rc::new(texts::InMemory::default()),
        ..of_page()
    }
}

#[cfg(test)]
mod tests;
