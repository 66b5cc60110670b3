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
fn folded(text: &str) -> String {
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

/// The slips between `typed` and `word`: letters left out, added, replaced or swapped with their
/// neighbour. With `is_prefix`, the best over all beginnings of `word`.
///
/// `None` if there are more than `limit`.
pub(super) fn slips(typed: &str, word: &str, limit: usize, is_prefix: bool) -> Option<usize> {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if typed.len() > word.len() + limit || (!is_prefix && word.len() > typed.len() + limit) {
        return None;
    }
    // A longer beginning than this costs more than `limit` for its length alone.
    let word = &word[..word.len().min(typed.len() + limit)];
    let width = word.len() + 1;
    // Rows of the table for the last two typed letters and this one.
    let mut before = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (i, &letter) in typed.iter().enumerate() {
        row[0] = i + 1;
        for (j, &wanted) in word.iter().enumerate() {
            let replaced = last[j] + usize::from(letter != wanted);
            let mut cost = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && letter == word[j - 1] && typed[i - 1] == wanted {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        if row.iter().all(|&cost| cost > limit) && last.iter().all(|&cost| cost > limit) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    let cost = if is_prefix { last.iter().copied().min() } else { last.last().copied() };
    cost.filter(|&cost| cost <= limit)
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
    fn check_slips(typed: &str, word: &str, want: Option<usize>) {
        assert_eq!(slips(typed, word, 2, false), want);
    }

    #[test]
    fn each_sort_of_slip_counts_once() {
        check_slips("matrix", "matrix", Some(0));
        check_slips("matrx", "matrix", Some(1));
        check_slips("mattrix", "matrix", Some(1));
        check_slips("metrix", "matrix", Some(1));
        check_slips("martix", "matrix", Some(1));
        check_slips("amtirx", "matrix", Some(2));
        check_slips("alien", "matrix", None);
        check_slips("", "ab", Some(2));
    }

    #[test]
    fn a_beginning_is_enough_where_one_is_asked_for() {
        assert_eq!(slips("termn", "terminator", 1, true), Some(1));
        assert_eq!(slips("termin", "terminator", 1, true), Some(0));
        assert_eq!(slips("termin", "terminator", 1, false), None);
        assert_eq!(slips("retmin", "terminator", 1, true), None);
    }

    #[test]
    fn short_words_and_numbers_mean_what_they_say() {
        assert_eq!(["up", "2001", "alien", "terminator"].map(forgiven), [0, 0, 1, 2]);
    }
}
