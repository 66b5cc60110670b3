//! Films alike by their texts.

use crate::ui::words::bytes;

pub(super) fn why_alike(pick: &str, film: &str, missing_bytes: u64) -> String {
    let fetch = match missing_bytes {
        0 => String::new(),
        n => format!(" (fetches a text encoder, {})", bytes(n)),
    };
    format!("Which words make {pick} and {film} alike?{fetch}")
}
