//! State that several features share, on signals alone: no browser, tested on the host.

pub mod address_bar;
pub mod clock;
pub mod engine;
pub mod history;
pub mod inspecting;
pub mod language;
pub mod lasting;
pub mod latest;
pub mod reranker;
pub mod surroundings;
pub mod texts;
pub mod until;
