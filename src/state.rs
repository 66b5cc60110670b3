//! State that several features share, on signals alone: no browser, tested on the host.

pub mod history;
pub mod latest;
