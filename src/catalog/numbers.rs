//! Numbers as titles and readers write them: digits, Roman, words, ordinals.

const WORDS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const ORDINALS: [&str; 13] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
];
const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    "xvi", "xvii", "xviii", "xix", "xx",
];
/// What stands before the number of a film in its series.
const MARKERS: [&str; 10] =
    ["part", "pt", "vol", "volume", "episode", "ep", "chapter", "number", "no", "nr"];

/// The number that a folded word writes, in digits: "11" of "11", "xi", "eleven", "11th".
pub(super) fn digits(word: &str) -> Option<String> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let bare = bare.unwrap_or(word);
    if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(bare.to_owned());
    }
    let lists = [&WORDS[..], &ORDINALS, &ROMAN];
    let position = lists.iter().find_map(|list| list.iter().position(|it| *it == word))?;
    Some((position + 1).to_string())
}

/// Whether a folded word is only a number beside a marker, or at the end: "i", "v", "x".
pub(super) fn is_letter(word: &str) -> bool {
    matches!(word, "i" | "v" | "x")
}

pub(super) fn is_marker(word: &str) -> bool {
    MARKERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_in_all_its_writings() {
        for (want, written) in
            [("11", ["11", "xi", "eleven", "11th"]), ("3", ["third", "3rd", "iii", "three"])]
        {
            written.iter().for_each(|it| assert_eq!(digits(it).as_deref(), Some(want), "{it}"));
        }
        for word in ["th", "alien", "", "iiii", "3d", "se7en", "1st2nd"] {
            assert_eq!(digits(word), None, "{word}");
        }
    }
}
