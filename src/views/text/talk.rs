//! Words of the page of conversations.

pub(crate) const TO_TALK: &str = "Go on to the conversation";
pub(crate) const SKIP_TO_TALK: &str = "Skip to the conversation";
