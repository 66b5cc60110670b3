//! State that several features share, on signals alone: no browser, tested on the host.

pub mod address_bar;
pub mod engine;
pub mod history;
pub mod inspecting;
pub mod latest;
pub mod surroundings;
pub mod texts;
