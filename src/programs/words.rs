//! What pages are called.

pub(crate) const SKIP_TO_TALK: &str = "Skip to the content";
pub(crate) const SKIP: &str = "Skip to the recommendations";
pub(crate) const OPEN_WHOLE: &str = "Open on Glassrec, with all models";
