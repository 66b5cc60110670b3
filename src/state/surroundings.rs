//! What a shell may use of the page around it.

use std::rc::Rc;

use super::{address_bar, texts};
use address_bar::AddressBar;
use texts::Texts;

/// An address and a store: the browser's own for the shell that has the page to itself, memory for a guest.
#[derive(Clone)]
pub struct Surroundings {
    pub address: Rc<dyn AddressBar>,
    pub texts: Rc<dyn Texts>,
}

impl Surroundings {
    /// Those of a shell that leaves nothing behind and opens at `fragment`; empty for a first visit.
    pub fn in_memory(fragment: &str) -> Self {
        Self {
            address: Rc::new(address_bar::InMemory::at(fragment)),
            texts: Rc::new(texts::InMemory::default()),
        }
    }
}
