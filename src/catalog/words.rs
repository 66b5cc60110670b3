//! Words as a reader types them: folded to plain letters, compared with slips forgiven.

/// The words of `text` in plain lower-case letters and digits, and joined forms of words that a
/// mark splits ("Spider-Man" as "spiderman"), which a reader may type as well.
pub(super) fn words_of(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut words, mut joined) = (Vec::new(), Vec::new());
    for piece in text.split_whitespace() {
        let folded = folded(piece);
        let parts: Vec<&str> = folded.split_whitespace().collect();
        if parts.len() > 1 {
            joined.push(parts.concat());
        }
        words.extend(parts.into_iter().map(str::to_owned));
    }
    (words, joined)
}

/// Lower case, accents taken off, apostrophes left out, other marks turned into spaces.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => folded.push(letter),
            '\'' | '’' | '‘' | '`' => {}
            '&' => folded.push_str(" and "),
            _ => match plain_letters(letter) {
                Some(plain) => folded.push_str(plain),
                None if letter.is_alphanumeric() => folded.push(letter),
                None => folded.push(' '),
            },
        }
    }
    folded
}

fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '²' => "2",
        '³' => "3",
        '½' => " 1 2",
        // A combining accent after its letter, as some keyboards write it.
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

/// How many slips a typed word is forgiven. Short words and numbers mean what they say.
pub(super) fn forgiven(typed: &str) -> usize {
    let is_number = typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed.len() {
        4..8 if !is_number => 1,
        8.. if !is_number => 2,
        _ => 0,
    }
}

/// The letters a word has, one bit each, so that most pairs are told apart without counting.
pub(super) fn letters_of(word: &str) -> u64 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte % 64))
}

/// How far a typed word is from a word: letters left out, added, replaced or swapped with their
/// neighbour. `None` where that takes more slips than are forgiven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slips {
    /// From the whole word.
    pub(super) whole: Option<u8>,
    /// From the nearest of its beginnings.
    pub(super) start: Option<u8>,
}

/// Typed words longer than this mean what they say.
const LONGEST: usize = 28;
const FAR: u8 = u8::MAX / 2;

/// The slips between `typed` and `word`, up to `limit`, which is at most 2.
pub(super) fn slips(typed: &str, word: &str, limit: usize) -> Slips {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if typed.len() > LONGEST || typed.len() > word.len() + limit {
        return Slips::default();
    }
    // A longer beginning than this costs more than `limit` for its length alone.
    let start = &word[..word.len().min(typed.len() + limit)];
    // Rows of the usual table, for the last two typed letters and this one; only places within
    // `limit` of the diagonal can matter, all others stay `FAR`.
    let mut before = [FAR; LONGEST + 3];
    let mut last = before;
    last.iter_mut().zip(0..=limit).for_each(|(cost, at)| *cost = at as u8);
    for (i, &letter) in typed.iter().enumerate() {
        let mut row = [FAR; LONGEST + 3];
        let mut least = FAR;
        if i < limit {
            row[0] = i as u8 + 1;
            least = row[0];
        }
        for j in i.saturating_sub(limit)..start.len().min(i + 1 + limit) {
            let wanted = start[j];
            let replaced = last[j] + u8::from(letter != wanted);
            let mut cost = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && letter == start[j - 1] && typed[i - 1] == wanted {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        let least_before = last.iter().copied().min().unwrap_or(FAR);
        if usize::from(least.min(least_before)) > limit {
            return Slips::default();
        }
        before = last;
        last = row;
    }
    let forgiven = |cost: u8| (usize::from(cost) <= limit).then_some(cost);
    let is_all = start.len() == word.len();
    Slips {
        whole: forgiven(last[start.len()]).filter(|_| is_all),
        start: last.into_iter().min().and_then(forgiven),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_words(text: &str, words: &str, joined: &str) {
        let got = words_of(text);
        assert_eq!((got.0.join(" ").as_str(), got.1.join(" ").as_str()), (words, joined));
    }

    #[test]
    fn accents_case_and_marks_do_not_matter() {
        check_words("Amélie", "amelie", "");
        check_words("Ame\u{301}lie", "amelie", "");
        check_words("ÆON Flux", "aeon flux", "");
        check_words("Ocean's Eleven", "oceans eleven", "");
        check_words("Airplane!", "airplane", "");
        check_words("Lock, Stock & Barrel", "lock stock and barrel", "");
        check_words("Alien³", "alien3", "");
        check_words("8 ½ Women", "8 1 2 women", "12");
        check_words("  ", "", "");
    }

    #[test]
    fn words_split_by_a_mark_are_joined_as_well() {
        check_words("Spider-Man 2", "spider man 2", "spiderman");
        check_words("M*A*S*H", "m a s h", "mash");
        check_words("WALL·E", "wall e", "walle");
        check_words("E.T. the", "e t the", "et");
        check_words("20,000 Leagues", "20 000 leagues", "20000");
    }

    #[track_caller]
    fn check_slips(typed: &str, word: &str, whole: Option<u8>, start: Option<u8>) {
        assert_eq!(slips(typed, word, 2), Slips { whole, start }, "{typed} for {word}");
    }

    #[test]
    fn each_sort_of_slip_counts_once() {
        check_slips("matrix", "matrix", Some(0), Some(0));
        check_slips("matrx", "matrix", Some(1), Some(1));
        check_slips("mattrix", "matrix", Some(1), Some(1));
        check_slips("metrix", "matrix", Some(1), Some(1));
        check_slips("martix", "matrix", Some(1), Some(1));
        check_slips("amtirx", "matrix", Some(2), Some(2));
        check_slips("alien", "matrix", None, None);
        check_slips("", "ab", Some(2), Some(0));
    }

    #[test]
    fn a_beginning_is_measured_as_well() {
        check_slips("termn", "terminator", None, Some(1));
        check_slips("termin", "terminator", None, Some(0));
        check_slips("treminator", "terminators", Some(2), Some(1));
        assert_eq!(slips("retmin", "terminator", 1), Slips::default());
    }

    #[test]
    fn slips_agree_with_the_whole_table() {
        let words = ["abcd", "abdc", "bacd", "acd", "abcde", "xabcd", "abxcd", "dcba", "ab", "b"];
        for typed in words {
            for word in words {
                let want = table(typed.as_bytes(), word.as_bytes());
                let got = slips(typed, word, 2).whole;
                assert_eq!(got, Some(want).filter(|&it| it <= 2), "{typed} for {word}");
            }
        }
    }

    /// The slips by their definition, over all ways to begin.
    fn table(typed: &[u8], word: &[u8]) -> u8 {
        match (typed, word) {
            ([], rest) | (rest, []) => rest.len() as u8,
            ([a, typed_rest @ ..], [b, word_rest @ ..]) => {
                let replaced = table(typed_rest, word_rest) + u8::from(a != b);
                let either = table(typed_rest, word).min(table(typed, word_rest)) + 1;
                let swapped = match (typed, word) {
                    ([a, b, typed @ ..], [c, d, word @ ..]) if a == d && b == c => {
                        table(typed, word) + 1
                    }
                    _ => u8::MAX,
                };
                replaced.min(either).min(swapped)
            }
        }
    }

    #[test]
    fn a_very_long_word_means_what_it_says() {
        let long = "x".repeat(500);
        assert_eq!(slips(&long, &long, 2), Slips::default());
        assert_eq!(slips(&long[..28], &long, 2).start, Some(0));
    }

    #[test]
    fn short_words_and_numbers_mean_what_they_say() {
        assert_eq!(["up", "2001", "alien", "terminator"].map(forgiven), [0, 0, 1, 2]);
    }
}
