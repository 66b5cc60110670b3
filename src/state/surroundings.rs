//! What a shell may use of the page around it.

use std::rc::Rc;

use crate::engine::protocol::FetchProgress;

use super::{address_bar, clock, texts};
use address_bar::AddressBar;
use clock::Clock;
use texts::Texts;

/// An address and a store: the browser's own for the shell that has the page to itself, memory for a guest.
#[derive(Clone)]
pub struct Surroundings {
    pub address: Rc<dyn AddressBar>,
    pub texts: Rc<dyn Texts>,
    pub clock: Clock,
    /// Year, month and day where the reader is.
    pub today: fn() -> [u16; 3],
    /// From 0 to 1, and never 1.
    pub random: fn() -> f64,
    /// What the addresses of the site's other pages begin with: nothing where they lie beside this one.
    pub folder: String,
    /// The whole address of the site's folder, for what is pasted elsewhere.
    pub base: String,
    /// Whether there is a graphics device that models could run on.
    pub has_webgpu: bool,
    /// Whether the browser may have a language model of its own.
    pub has_own_model: bool,
    /// What was fetched for the page itself; nothing for a guest.
    pub page_files: fn() -> Vec<FetchProgress>,
}

impl Surroundings {
    /// Those of a shell that leaves nothing behind and opens at `fragment`; empty for a first visit.
    pub fn in_memory(fragment: &str, clock: Clock) -> Self {
        Self {
            address: Rc::new(address_bar::InMemory::at(fragment)),
            texts: Rc::new(texts::InMemory::default()),
            clock,
            today: || [2026, 12, 1],
            random: || 0.5,
            folder: String::new(),
            base: "https://site.example/".to_owned(),
            has_webgpu: false,
            has_own_model: false,
            page_files: Vec::new,
        }
    }
}
