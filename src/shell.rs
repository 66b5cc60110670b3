//! The shell over which features stand: what it takes from the page around it.

mod window_bar;

use std::rc::Rc;

use crate::profile::OnDevice;
use crate::state::surroundings::Surroundings;
use window_bar::WindowBar;

/// Those of a shell that has the page to itself.
pub fn of_page() -> Surroundings {
    Surroundings { address: Rc::new(WindowBar), texts: Rc::new(OnDevice) }
}
