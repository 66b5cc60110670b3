//! Words as titles have them and readers type them, folded to plain letters and plain numbers.

use super::numbers;

/// A word, and what stands for it whatever way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded.
    pub(super) raw: String,
    /// With numbers in digits and some words shortened: what two writings share.
    pub(super) plain: String,
}

/// The words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Those that tell texts apart, in order: no articles, unless they are all there is.
    pub(super) telling: Vec<Word>,
    /// What may be typed as well: articles, "part" and "volume", joined and split forms.
    pub(super) further: Vec<String>,
    /// All words without spaces, articles as well: "thesilenceofthelambs".
    run_together: String,
    /// The length of the article that it begins with.
    leading_bytes: usize,
    /// The first letter of each word, numbers as a whole: "bttf2".
    initials: String,
}

impl Words {
    /// What all writings of the text share, without spaces: "kill bill vol ii" is "killbill2".
    pub(super) fn key(&self) -> String {
        self.telling.iter().map(|word| word.plain.as_str()).collect()
    }

    /// All words without spaces, with all articles and without the first.
    pub(super) fn run_together(&self) -> [&str; 2] {
        [&self.run_together, &self.run_together[self.leading_bytes..]]
    }

    /// What a text may be called for short, "tesb" and "esb"; nothing where that tells too little:
    /// at least three letters, or one and a number.
    pub(super) fn initials(&self) -> impl Iterator<Item = &str> {
        [self.initials.as_str(), self.initials_without_article()].into_iter().filter(|it| {
            let has_number = it.ends_with(|last: char| last.is_ascii_digit());
            it.starts_with(|first: char| first.is_ascii_lowercase())
                && it.len() >= if has_number { 2 } else { 3 }
        })
    }

    /// What stands for a text beside other words: "hp" of "hp goblet of fire".
    pub(super) fn short_form(&self) -> Option<String> {
        let short = self.initials_without_article();
        (short.len() > 1).then(|| short.to_owned())
    }

    /// "t2" of "t2 judgment day".
    pub(super) fn numbered_short_form(&self, number: u16) -> String {
        format!("{}{number}", self.initials_without_article())
    }

    fn initials_without_article(&self) -> &str {
        &self.initials[usize::from(self.leading_bytes > 0)..]
    }

    pub(super) fn are_numbers(&self) -> bool {
        self.telling.iter().all(|word| word.plain.bytes().all(|byte| byte.is_ascii_digit()))
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.telling.extend(other.telling);
        self.further.extend(other.further);
        if self.run_together.is_empty() {
            self.leading_bytes = other.leading_bytes;
        }
        self.run_together.push_str(&other.run_together);
        self.initials.push_str(&other.initials);
    }
}

/// The words of `text`, and other ways to type them.
pub(super) fn words_of(text: &str) -> Words {
    let (mut raw, mut further): (Vec<String>, Vec<String>) = Default::default();
    for piece in text.split_whitespace() {
        let folded = folded(piece);
        let parts: Vec<&str> = folded.split_whitespace().collect();
        let joined = parts.concat();
        // "A.I." and "M*A*S*H" are one word, "Spider-Man" is two, and either may be typed so.
        if parts.len() > 1 && parts.iter().all(|it| is_one_letter(it)) {
            further.extend(parts.into_iter().map(str::to_owned));
            raw.push(joined);
            continue;
        }
        for part in &parts {
            let (word, number) = before_number(part);
            if !number.is_empty() {
                further.push((*part).to_owned());
                raw.push(word.to_owned());
            }
            let last = if number.is_empty() { word } else { number };
            raw.push(last.to_owned());
        }
        if parts.len() > 1 {
            further.push(joined);
        }
    }
    let raw = with_numbers_joined(raw, &mut further);
    let mut telling = Vec::with_capacity(raw.len());
    for (at, word) in raw.iter().enumerate() {
        let next = raw.get(at + 1);
        if numbers::is_marker(word) && next.is_some_and(|it| numbers::digits(it).is_some()) {
            further.push(word.clone());
            continue;
        }
        let is_after_marker = at > 0 && numbers::is_marker(&raw[at - 1]);
        let is_number = !numbers::is_letter(word) || is_after_marker || (at > 0 && next.is_none());
        let plain = numbers::digits(word).filter(|_| is_number);
        // "Batman v Superman", not "V for Vendetta".
        let is_versus = word == "v" && at > 0 && next.is_some() && !is_after_marker;
        // "10 things i hate about u", not "U Turn".
        let is_you = word == "u" && at > 0;
        let spoken = if is_versus { "versus" } else { word };
        let spoken = if is_you { "you" } else { spoken };
        let plain = plain.unwrap_or_else(|| short(spoken).to_owned());
        if plain != *word {
            further.push(word.clone());
        }
        telling.push(Word { raw: word.clone(), plain });
    }
    let run_together = telling.iter().map(|word| word.plain.as_str()).collect();
    let leading = telling.first().map(|word| word.raw.as_str()).filter(|it| is_article(it));
    let leading_bytes = leading.map_or(0, str::len);
    let initials = telling.iter().map(|word| initial(&word.plain)).collect();
    let (articles, others): (Vec<Word>, Vec<Word>) =
        telling.into_iter().partition(|word| is_article(&word.raw));
    if others.is_empty() {
        return Words { telling: articles, further, run_together, leading_bytes, initials };
    }
    further.extend(articles.into_iter().map(|word| word.raw));
    Words { telling: others, further, run_together, leading_bytes, initials }
}

/// The first letter, or the whole number.
fn initial(word: &str) -> &str {
    let n_letters = if word.bytes().all(|it| it.is_ascii_digit()) { word.len() } else { 1 };
    word.char_indices().nth(n_letters).map_or(word, |(end, _)| &word[..end])
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an")
}

/// "twenty eight" becomes "28"; the words it was written in go to `further`.
fn with_numbers_joined(words: Vec<String>, further: &mut Vec<String>) -> Vec<String> {
    let mut joined = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let Some((number, n_words)) = numbers::spelt(&words[at..]) else {
            joined.push(words[at].clone());
            at += 1;
            continue;
        };
        joined.push(number.to_string());
        further.extend_from_slice(&words[at..at + n_words]);
        at += n_words;
    }
    joined
}

fn is_one_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|it| it.is_ascii_lowercase())
}

/// "alien3" as "alien" and "3"; what is shorter means itself, as "x2" does.
fn before_number(word: &str) -> (&str, &str) {
    let letters = word.trim_end_matches(|it: char| it.is_ascii_digit());
    let is_split = letters.len() >= 3 && letters.bytes().all(|it| it.is_ascii_lowercase());
    word.split_at(if is_split { letters.len() } else { word.len() })
}

/// One writing for words that are as well written short.
fn short(word: &str) -> &str {
    match word {
        "doctor" => "dr",
        "mister" => "mr",
        "saint" => "st",
        "mount" => "mt",
        "junior" => "jr",
        "brothers" => "bros",
        "boulevard" => "blvd",
        "hours" => "hrs",
        "n" => "and",
        "oh" => "o",
        "versus" => "vs",
        "deux" => "2",
        "ur" | "youre" => "your",
        "luv" => "love",
        "thru" => "through",
        "nite" => "night",
        _ => word,
    }
}

/// Lower case, accents taken off, apostrophes left out, other marks turned into spaces.
///
/// `deunicode` carries all of Unicode; titles here need these letters.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `plain` as words with spaces, `further` in any order.
    #[track_caller]
    fn check(text: &str, plain: &str, further: &str) {
        let mut got = words_of(text);
        got.further.sort();
        let words: Vec<&str> = got.telling.iter().map(|word| word.plain.as_str()).collect();
        assert_eq!((words.join(" ").as_str(), got.further.join(" ").as_str()), (plain, further));
    }

    #[test]
    fn accents_case_and_marks_do_not_matter() {
        check("Amélie", "amelie", "");
        check("Ame\u{301}lie", "amelie", "");
        check("ÆON Flux", "aeon flux", "");
        check("Airplane!", "airplane", "");
        check("Lock, Stock & Barrel", "lock stock and barrel", "");
        check("  ", "", "");
    }

    #[test]
    fn words_that_a_mark_splits_are_joined_as_well() {
        check("Spider-Man", "spider man", "spiderman");
        check("M*A*S*H", "mash", "a h m s");
        check("A.I. Artificial", "ai artificial", "a i");
        check("WALL·E", "wall e", "walle");
        check("20,000 Leagues", "20 000 leagues", "20000");
    }

    #[test]
    fn numbers_are_one_in_all_their_writings() {
        check("Ocean's Eleven", "oceans 11", "eleven");
        check("Rocky II", "rocky 2", "ii");
        check("Kill Bill: Vol. 2", "kill bill 2", "vol");
        check("The Godfather: Part II", "godfather 2", "ii part the");
        check("Alien³", "alien 3", "alien3");
        check("Shrek the Third", "shrek 3", "the third");
        check("8 ½ Women", "8 1 2 women", "12");
        check("X2", "x2", "");
        check("Se7en", "se7en", "");
        check("Forty-Eight Hours", "48 hrs", "eight forty fortyeight hours");
    }

    #[test]
    fn a_letter_is_a_number_at_the_end_or_after_a_marker_only() {
        check("Rocky V", "rocky 5", "v");
        check("V for Vendetta", "v for vendetta", "");
        check("Episode V - The Empire", "5 empire", "episode the v");
        check("I", "i", "");
    }

    #[test]
    fn articles_count_where_they_are_all_there_is() {
        check("The A", "the a", "");
        check("A Prophet", "prophet", "a");
    }

    #[test]
    fn initials_are_those_of_all_words_and_numbers_stay_whole() {
        let check = |text: &str, want: &[&str]| {
            assert_eq!(words_of(text).initials().collect::<Vec<_>>(), want, "{text}");
        };
        check("The Empire Strikes Back", &["tesb", "esb"]);
        check("Back to the Future Part II", &["bttf2", "bttf2"]);
        check("Terminator 2", &["t2", "t2"]);
        check("Pulp Fiction", &[]);
        check("2001: A Space Odyssey", &[]);
        check("千と千尋の神隠し", &[]);
        check("The", &[]);
        assert_eq!(words_of("Harry Potter").short_form().as_deref(), Some("hp"));
    }

    #[test]
    fn two_writings_share_a_key() {
        for (one, other) in [
            ("kill bill 2", "Kill Bill: Vol. 2"),
            ("old boy", "Oldboy"),
            ("spiderman2", "Spider-Man 2"),
            ("doctor strangelove", "Dr. Strangelove"),
            ("batman vs superman", "Batman v Superman"),
            ("rock n roll", "Rock & Roll"),
        ] {
            assert_eq!(words_of(one).key(), words_of(other).key(), "{one}");
        }
    }
}
