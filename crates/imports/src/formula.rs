//! What a spreadsheet would run, made text, and back.

/// A text that no spreadsheet runs: one that begins as a formula does has an apostrophe before it.
pub(crate) fn defused(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text before it was [`defused`].
pub(crate) fn as_it_was(text: &str) -> &str {
    text.strip_prefix('\'').filter(|it| is_formula(it)).unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_come_back() {
        for text in
            ["=HYPERLINK(\"http://x\")", "+1", "-", "@x", "'=a", "''+b", "'til dawn", "Heat", ""]
        {
            assert_eq!(as_it_was(&defused(text)), text);
            assert!(!defused(text).starts_with(['=', '+', '-', '@']));
        }
        assert_eq!(defused("'Salem's Lot"), "'Salem's Lot");
    }
}
