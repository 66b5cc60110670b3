//! Wishes for what other sources tell of films: how long they take, what is spoken in them, and which
//! Academy Awards they won.

use serde::{Deserialize, Serialize};

use super::lexicon::LEXICON;
use super::names::{Names, key};
use super::words::{Word, is_at, is_in_clause, n_words, text_at};
use super::years::{longest_at, number_at, running_time_at};
use super::{Trait, Wish};
use crate::catalog::{Catalogue, Form, ItemRow};

/// What is neither short nor long, in minutes: "not too long", "something shorter".
const SHORT: u16 = 100;
const LONG: u16 = 150;
/// A "90 minute film" may be so much off.
const ABOUT: u16 = 10;
/// What takes less is no film but a moment.
const LEAST: u16 = 20;
/// What the Academy calls a short.
const SHORT_FILM: u16 = 40;

pub(super) const WINNER: &str = "Oscar winner";
pub(super) const NOMINEE: &str = "Oscar nominee";
const FOR: &str = "Oscar for ";
/// What names an award, and what it says of a film. "It won" tells of one that was seen, "that won" asks.
const PRIZES: [(&str, &str); 17] = [
    ("oscar nominated", NOMINEE),
    ("oscar nominee", NOMINEE),
    ("oscar nominees", NOMINEE),
    ("nominated for an oscar", NOMINEE),
    ("nominated for oscars", NOMINEE),
    ("academy award nominated", NOMINEE),
    ("academy award nominee", NOMINEE),
    ("oscar winning", WINNER),
    ("oscar winner", WINNER),
    ("oscar winners", WINNER),
    ("won an oscar", WINNER),
    ("won the oscar", WINNER),
    ("won oscars", WINNER),
    ("won an academy award", WINNER),
    ("academy award winning", WINNER),
    ("academy award winner", WINNER),
    ("academy award winners", WINNER),
];
/// Before "won" and "nominated" they ask for such films.
const ASKING: [&str; 9] =
    ["that", "which", "who", "has", "have", "film", "films", "movie", "movies"];
/// Before a language they say that it is spoken, and behind it.
const SPOKEN: [&str; 5] = ["in", "spoken in", "speaking", "speak", "speaks"];
const IS_SPOKEN: [&str; 3] = ["language", "speaking", "dialogue"];
/// What a catalogue calls otherwise.
const DIALECTS: [(&str, &str); 2] = [("mandarin", "chinese"), ("cantonese", "chinese")];

/// How long a film may take, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u16, u16)", into = "(u16, u16)")]
pub struct Length {
    least: u16,
    most: u16,
    name: String,
}

impl Length {
    pub fn holds(&self, minutes: u16) -> bool {
        (self.least..=self.most).contains(&minutes)
    }

    /// Reads back as the same: "under 90 minutes".
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl From<(u16, u16)> for Length {
    /// From the least and the most minutes.
    fn from((least, most): (u16, u16)) -> Self {
        let name = match (least, most) {
            (0, most) if most % 10 == 9 => format!("under {} minutes", most + 1),
            (0, most) => format!("at most {most} minutes"),
            (least, u16::MAX) => format!("at least {least} minutes"),
            (least, most) => format!("about {} minutes", least.midpoint(most)),
        };
        Self { least, most, name }
    }
}

impl From<Length> for (u16, u16) {
    fn from(length: Length) -> Self {
        (length.least, length.most)
    }
}

pub(super) fn has_prize(catalogue: &Catalogue, item: ItemRow, name: &str) -> bool {
    let won = catalogue.prizes_won(item);
    match name {
        WINNER => !won.is_empty(),
        NOMINEE => !won.is_empty() || !catalogue.nominations(item).is_empty(),
        _ => name.strip_prefix(FOR).is_some_and(|it| won.contains(&it)),
    }
}

/// The wish for such a thing that begins at `at`, and how many words say it. `shown` are the films on
/// screen, which "shorter" is said of.
pub(super) fn told_at(
    names: &Names,
    catalogue: &Catalogue,
    shown: &[ItemRow],
    words: &[Word],
    at: usize,
) -> Option<(Trait, usize)> {
    let length = || {
        let (length, n) =
            length_at(names, words, at).or_else(|| comparison_at(catalogue, shown, words, at))?;
        Some((Trait::Length(length.into()), n))
    };
    prize_at(names, words, at).or_else(|| language_at(names, words, at)).or_else(length)
}

/// "Under two hours", "at least 2 1/2 hours", "a 90-minute film": the least and the most minutes.
fn length_at(names: &Names, words: &[Word], at: usize) -> Option<((u16, u16), usize)> {
    let n = running_time_at(words, at)?;
    let limit = longest_at(&LEXICON.limits, words, at);
    let start = at + limit.map_or(0, n_words);
    let number = number_at(words, start)?;
    let said = &words[start..at + n];
    let has = |text: &str| said.iter().any(|it| it.text == text);
    let is_hours = ["hour", "hours", "hr", "hrs"].into_iter().any(has);
    let unit = if is_hours { 60 } else { 1 };
    let half = if has("half") { unit / 2 } else { 0 };
    let minutes = number.checked_mul(unit)?.checked_add(half)?;
    // "Give me two minutes", "the first two hours".
    let is_of_film = has("long")
        || LEXICON.film_words.has(text_at(words, at + n))
        || matches!(names.trait_called(text_at(words, at + n)), Some(Trait::Genre(_)));
    // "How about One Hour Photo?"
    let is_alone = words.get(at + n).is_none_or(|it| it.starts_clause);
    let is_asked = match limit {
        None => is_of_film,
        Some("about" | "around") => is_of_film || is_alone,
        Some(_) => true,
    };
    if minutes < LEAST || !is_asked {
        return None;
    }
    let span = match limit {
        Some("over" | "more than" | "longer than") => (minutes + 1, u16::MAX),
        Some("at least") => (minutes, u16::MAX),
        Some("under" | "less than" | "shorter than" | "below") => (0, minutes.saturating_sub(1)),
        Some("about" | "around") | None => (minutes.saturating_sub(ABOUT).max(1), minutes + ABOUT),
        Some(_) => (0, minutes),
    };
    Some((span, n))
}

/// "Shorter", "not too long", "a short film".
fn comparison_at(
    catalogue: &Catalogue,
    shown: &[ItemRow],
    words: &[Word],
    at: usize,
) -> Option<((u16, u16), usize)> {
    let mut minutes: Vec<u16> = shown.iter().filter_map(|&it| catalogue.minutes(it)).collect();
    minutes.sort_unstable();
    let middle = minutes.get(minutes.len() / 2).copied();
    let shorter = (0, middle.map_or(SHORT, |it| it.saturating_sub(1)));
    let longer = (middle.map_or(LONG, |it| it + 1), u16::MAX);
    let said: [(&str, (u16, u16)); 18] = [
        ("shorter", shorter),
        ("too long", shorter),
        ("longer", longer),
        ("too short", longer),
        ("short one", (0, SHORT)),
        ("short movie", (0, SHORT)),
        ("short movies", (0, SHORT)),
        ("short film", (0, SHORT_FILM)),
        ("short films", (0, SHORT_FILM)),
        ("not too long", (0, SHORT)),
        ("not so long", (0, SHORT)),
        ("not very long", (0, SHORT)),
        ("quick watch", (0, SHORT)),
        ("long movie", (LONG, u16::MAX)),
        ("long movies", (LONG, u16::MAX)),
        ("long film", (LONG, u16::MAX)),
        ("long films", (LONG, u16::MAX)),
        ("not too short", (SHORT, u16::MAX)),
    ];
    let found = said.into_iter().filter(|(phrase, _)| is_at(words, at, phrase));
    let (phrase, span) = found.max_by_key(|(phrase, _)| n_words(phrase))?;
    let n = n_words(phrase);
    // "Not too long ago"; "I thought it was too long" tells of a film that was seen.
    let is_past = text_at(words, at + n) == "ago" || is_in_clause(words, at, "was");
    (!is_past).then_some((span, n))
}

/// "In French", "French speaking", "foreign language" is not here: that is a wish against one.
fn language_at(names: &Names, words: &[Word], at: usize) -> Option<(Trait, usize)> {
    let named = |at: usize| {
        let word = text_at(words, at);
        let word = DIALECTS.iter().find(|it| it.0 == word).map_or(word, |it| it.1);
        names.languages.get(word).filter(|_| !word.is_empty())
    };
    let trait_of = |language: &String| Trait::Language(language.clone());
    let before = SPOKEN.into_iter().filter(|it| is_at(words, at, it)).max_by_key(|it| n_words(it));
    if let Some(n) = before.map(n_words)
        && let Some(language) = named(at + n)
        && words.get(at + n).is_some_and(|it| !it.starts_clause)
    {
        // "In French cinema" is of a country.
        let behind = text_at(words, at + n + 1);
        // "Is it in English?"
        let is_asked = matches!(text_at(words, at.wrapping_sub(1)), "it" | "that" | "this");
        let is_of_country = matches!(behind, "cinema" | "history" | "society" | "film" | "films");
        return (!is_of_country && !is_asked).then(|| (trait_of(language), n + 1));
    }
    let language = named(at)?;
    let n = IS_SPOKEN.into_iter().find(|it| is_at(words, at + 1, it)).map(n_words)?;
    Some((trait_of(language), 1 + n))
}

/// "English films", "foreign language": the language, and whether another is wanted.
pub(super) fn language_as_said(names: &Names, words: &[Word], at: usize) -> Option<(Trait, bool)> {
    let is_foreign = text_at(words, at) == "foreign";
    let said = if is_foreign { "english" } else { text_at(words, at) };
    names.languages.get(said).map(|it| (Trait::Language(it.clone()), is_foreign))
}

/// "Oscar winning", "won the Oscar for best picture", "best picture winner".
fn prize_at(names: &Names, words: &[Word], at: usize) -> Option<(Trait, usize)> {
    let prize = |name: String, n: usize| Some((Trait::Prize(name), n));
    if let Some((category, n)) = category_at(names, words, at) {
        let n_behind = ["winner", "winners", "winning", "oscar", "oscars"]
            .into_iter()
            .filter(|it| is_at(words, at + n, it))
            .count();
        let is_said = n_behind > 0 || category == "Best Picture";
        return is_said.then(|| prize(format!("{FOR}{category}"), n + n_behind)).flatten();
    }
    let found = PRIZES.iter().filter(|(phrase, _)| is_at(words, at, phrase));
    let longest = found.max_by_key(|(phrase, _)| n_words(phrase));
    let is_told = at > 0
        && matches!(text_at(words, at), "won" | "nominated")
        && !ASKING.contains(&text_at(words, at - 1));
    let n = match longest {
        Some((phrase, _)) if !is_told => n_words(phrase),
        None if text_at(words, at) == "oscar" => 1,
        _ => return None,
    };
    if text_at(words, at + n) == "for"
        && let Some((category, more)) = category_at(names, words, at + n + 1)
    {
        return prize(format!("{FOR}{category}"), n + 1 + more);
    }
    prize(longest?.1.to_owned(), n)
}

/// The longest category that stands at `at`: "best supporting actress".
fn category_at<'a>(names: &'a Names, words: &[Word], at: usize) -> Option<(&'a str, usize)> {
    let found = names.prizes.iter().filter(|(words_of, _)| is_at(words, at, words_of));
    let (said, name) = found.max_by_key(|(said, _)| n_words(said))?;
    Some((name, n_words(said)))
}

/// Names of the catalogue by their folded words.
pub(super) fn by_key(names: &[String]) -> Vec<(String, String)> {
    names.iter().map(|name| (key(name), name.clone())).collect()
}

impl Wish {
    /// Takes out what a film cannot be at once: it has one length.
    pub(super) fn make_room_for(&mut self, it: &Trait) {
        if matches!(it, Trait::Length(_)) {
            self.wanted.retain(|other| !matches!(other, Trait::Length(_)));
        }
    }

    /// Whether `item` may be shown for all that was not said: shorts and series are not what a wish for
    /// a short running time means, unless it asks for shorts.
    pub(super) fn is_of_form(&self, catalogue: &Catalogue, item: ItemRow) -> bool {
        let lengths = self.wanted.iter().filter_map(|it| match it {
            Trait::Length(length) => Some(length),
            _ => None,
        });
        lengths.into_iter().all(|length| match catalogue.form(item) {
            Form::Film => true,
            Form::Short => length.most <= SHORT_FILM,
            Form::Serial => length.most == u16::MAX,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;
    use crate::dialogue::{Scene, Wish};

    #[track_caller]
    fn check(message: &str, shown: &[u32], want: &[&str], unwanted: &[&str]) {
        let catalogue = made_up();
        let names = Names::new(&catalogue);
        let shown: Vec<ItemRow> = shown.iter().copied().map(ItemRow).collect();
        let scene = Scene { shown: &shown, ..Scene::default() };
        let heard = Wish::default().hear(message, scene, &names, &catalogue);
        let named =
            |traits: &[Trait]| traits.iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
        assert_eq!(named(&heard.wish.wanted), want, "{message}");
        assert_eq!(named(&heard.wish.unwanted), unwanted, "{message}");
        assert!(heard.unmet.is_empty(), "{message}: {:?}", heard.unmet);
    }

    #[test]
    fn a_running_time_is_a_wish() {
        check("something under two hours", &[], &["under 120 minutes"], &[]);
        check("at least 2 and a half hours", &[], &["at least 150 minutes"], &[]);
        check("nothing over 100 minutes", &[], &[], &["at least 101 minutes"]);
        check("not too long", &[], &["at most 100 minutes"], &[]);
        // The Matrix and Amélie take 136 and 122 minutes.
        check("something shorter", &[2, 3], &["at most 135 minutes"], &[]);
        check("a short film, or under 90 minutes", &[], &["under 90 minutes"], &[]);
    }

    #[test]
    fn a_language_is_spoken_and_no_country() {
        check("something in French", &[], &["French"], &[]);
        check("a foreign language film", &[], &[], &["English"]);
        check("French speaking please", &[], &["French"], &[]);
    }

    #[test]
    fn prizes_are_won_or_nominated_for() {
        check("an oscar winner", &[], &["Oscar winner"], &[]);
        check("a film nominated for an Oscar", &[], &["Oscar nominee"], &[]);
        let category = "Oscar for Best Visual Effects";
        check("one that won the oscar for best visual effects", &[], &[category], &[]);
        check("a best visual effects winner", &[], &[category], &[]);
    }

    #[test]
    fn what_is_told_of_a_film_is_no_wish() {
        check("let me think for one minute", &[], &[], &[]);
        check("how about one hour photo", &[], &[], &[]);
        check("I slept for the first 2 hours", &[], &[], &[]);
        check("I saw it, not too long ago", &[], &[], &[]);
    }

    #[test]
    fn a_film_has_what_is_told_of_it() {
        let catalogue = made_up();
        let rows = |it: Trait| -> Vec<u32> {
            catalogue.rows().filter(|&row| it.is_of(&catalogue, row)).map(|row| row.0).collect()
        };
        assert_eq!(rows(Trait::Length((0, 120).into())), [0]);
        assert_eq!(rows(Trait::Language("French".into())), [3]);
        assert_eq!(rows(Trait::Prize(WINNER.into())), [0, 1]);
        assert_eq!(rows(Trait::Prize(format!("{FOR}Best Production Design"))), Vec::<u32>::new());
    }

    #[test]
    fn a_wish_for_a_length_is_for_films_unless_it_is_for_shorts() {
        let catalogue = made_up();
        let with = |least, most| Wish {
            wanted: vec![Trait::Length((least, most).into())],
            ..Wish::default()
        };
        // Of the made-up catalogue the third is a series and the fifth a short.
        let fits = |wish: &Wish| [0, 2, 4].map(|row| wish.is_of_form(&catalogue, ItemRow(row)));
        assert_eq!(fits(&with(0, 90)), [true, false, false]);
        assert_eq!(fits(&with(0, SHORT_FILM)), [true, false, true]);
        assert_eq!(fits(&Wish::default()), [true, true, true]);
    }
}
