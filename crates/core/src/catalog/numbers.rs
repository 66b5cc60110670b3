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
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// From two to twelve in French, Spanish, German and Italian; one is their article.
const FOREIGN: [[&str; 4]; 11] = [
    ["deux", "dos", "zwei", "due"],
    ["trois", "tres", "drei", "tre"],
    ["quatre", "cuatro", "vier", "quattro"],
    ["cinq", "cinco", "funf", "cinque"],
    ["six", "seis", "sechs", "sei"],
    ["sept", "siete", "sieben", "sette"],
    ["huit", "ocho", "acht", "otto"],
    ["neuf", "nueve", "neun", "nove"],
    ["dix", "diez", "zehn", "dieci"],
    ["onze", "once", "elf", "undici"],
    ["douze", "doce", "zwolf", "dodici"],
];
const FOREIGN_HUNDREDS: [&str; 6] = ["cent", "cents", "cien", "ciento", "hundert", "cento"];
const FOREIGN_THOUSANDS: [&str; 4] = ["mille", "mil", "tausend", "mila"];
/// What stands before the number of a film in its series.
const MARKERS: [&str; 10] =
    ["part", "pt", "vol", "volume", "episode", "ep", "chapter", "number", "no", "nr"];

/// The number that a folded word writes, in digits: "11" of "11", "xi", "eleven", "11th"; "40" of
/// "forty".
pub(super) fn digits(word: &str) -> Option<String> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let bare = bare.unwrap_or(word);
    if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(bare.to_owned());
    }
    if let Some(tens) = tens(word) {
        return Some(tens.to_string());
    }
    let lists = [&WORDS[..], &ORDINALS, &ROMAN];
    let position = lists.iter().find_map(|list| list.iter().position(|it| *it == word))?;
    Some((position + 1).to_string())
}

/// The number that `words` begin with, and how many of them it takes, where those are two or more:
/// "twenty eight", "one hundred and one", "20 thousand".
pub(super) fn spelt(words: &[String]) -> Option<(u32, usize)> {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it == word);
    let (mut number, mut n_words) = below_hundred(words)?;
    if is(n_words, "hundred") {
        (number, n_words) = (number * 100, n_words + 1);
        let rest = &words[n_words + usize::from(is(n_words, "and"))..];
        if let Some((further, n_further)) = below_hundred(rest) {
            (number, n_words) = (number + further, words.len() - rest.len() + n_further);
        }
    }
    if is(n_words, "thousand") {
        (number, n_words) = (number * 1000, n_words + 1);
    }
    (n_words > 1).then_some((number, n_words))
}

/// A folded title with its foreign number words in digits, "les 400 coups", where it has some: only
/// one more way to type it, so that it does no harm where "once" is an English word.
pub(super) fn foreign_in_digits(title: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    // The number that the last of `words` writes.
    let mut number: Option<u32> = None;
    let mut has_some = false;
    for word in title.split_whitespace() {
        let times = match word {
            _ if FOREIGN_HUNDREDS.contains(&word) => Some(100),
            _ if FOREIGN_THOUSANDS.contains(&word) => Some(1000),
            _ => None,
        };
        let small = (2..).zip(FOREIGN).find(|it| it.1.contains(&word)).map(|it| it.0);
        if times.is_some() && number.is_some() {
            words.pop();
        }
        number = times.map(|times| number.unwrap_or(1).saturating_mul(times)).or(small);
        has_some |= number.is_some();
        words.push(number.map_or_else(|| word.to_owned(), |it| it.to_string()));
    }
    has_some.then(|| words.join(" "))
}

fn below_hundred(words: &[String]) -> Option<(u32, usize)> {
    let small = |word: &String| (1..).zip(WORDS).find(|it| it.1 == word).map(|it| it.0);
    let (first, second) = (words.first()?, words.get(1));
    match (tens(first), second.and_then(small)) {
        (Some(tens), Some(ones @ 1..=9)) => Some((tens + ones, 2)),
        (Some(tens), _) => Some((tens, 1)),
        _ => small(first).or_else(|| first.parse().ok().filter(|it| *it < 100)).map(|it| (it, 1)),
    }
}

fn tens(word: &str) -> Option<u32> {
    (2..).zip(TENS).find(|it| it.1 == word).map(|it| it.0 * 10)
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

    #[test]
    fn foreign_numbers_are_read_as_well() {
        for (title, want) in [
            ("les quatre cents coups", Some("les 400 coups")),
            ("sette note in nero", Some("7 note in nero")),
            ("cien anos", Some("100 anos")),
            ("zwolf uhr", Some("12 uhr")),
            ("une femme", None),
            ("", None),
        ] {
            assert_eq!(foreign_in_digits(title).as_deref(), want, "{title}");
        }
    }

    #[test]
    fn numbers_of_several_words_are_read_as_one() {
        for (text, want) in [
            ("twenty eight days", Some((28, 2))),
            ("five hundred days", Some((500, 2))),
            ("one hundred and one dalmatians", Some((101, 4))),
            ("one hundred and counting", Some((100, 2))),
            ("20 thousand leagues", Some((20_000, 2))),
            ("forty winks", None),
            ("one two three", None),
            ("20 1", None),
            ("hundred", None),
            ("", None),
        ] {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            assert_eq!(spelt(&words), want, "{text}");
        }
    }
}
