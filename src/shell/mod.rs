//! What is around the features of a page: its head, its navigation, what is told, and the engine's notice. Names no
//! feature.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod feature;
pub mod layout;
mod navigation;
mod window_bar;

use std::rc::Rc;

use crate::profile::OnDevice;
use crate::state::surroundings::Surroundings;
use window_bar::WindowBar;

/// The address and the store of a shell that has the page to itself.
pub fn of_page() -> Surroundings {
    Surroundings { address: Rc::new(WindowBar), texts: Rc::new(OnDevice) }
}
