//! Keys that belong to somebody else.

use leptos::ev::KeyboardEvent;

/// Whether the key belongs to an input method: it ends or changes what is being composed.
///
/// Some browsers say that composition is over before they send the key that ended it; its code then is 229.
pub(super) fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
