//! What is around the features of a page: its head, its history, its navigation, what is told, and the engine's notice.
//! Names no feature.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

mod announcer;
mod engine_notice;
pub mod feature;
mod files;
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

use leptos::prelude::document;

use crate::profile::OnDevice;
use crate::state::surroundings::Surroundings;
use window_bar::WindowBar;

/// The address and the store of a shell that has the page to itself.
pub fn of_page() -> Surroundings {
    Surroundings { address: Rc::new(WindowBar), texts: Rc::new(OnDevice) }
}

/// Takes the painted placeholder of index.html away.
pub(crate) fn hide_skeleton() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
