//! The dialogue manager: what a message does to the reader's wish.

use super::lexicon::{
    AFTER, ASKS, BEFORE, CHATS, COMMON, DECADES, FRESH_STARTS, LIKINGS, NEGATIONS, NEWER, OLDER,
    QUESTIONS, REJECTIONS, SEEN, TURNS, WHYS,
};
use super::names::{Named, Names};
use super::words::{Word, words_of};
use super::{Field, Trait, Wish, Years};
use crate::catalog::{Catalogue, ItemRow};

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Opens a topic, or asks about a film.
    Ask,
    /// Adds to what is wanted.
    Refine,
    /// Says what is wrong with what was shown.
    Critique,
    /// Sends films away.
    Reject,
    /// Wants to know why.
    Explain,
    ChitChat,
}

/// A question about one film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub film: ItemRow,
    pub field: Field,
}

/// A message, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub intent: Intent,
    pub question: Option<Question>,
    /// What the reader wants from now on.
    pub wish: Wish,
    /// It was longer than anybody reads; the rest was left out.
    pub is_cut: bool,
}

/// No film is older than film.
const FIRST_YEAR: u16 = 1890;
const LAST_YEAR: u16 = 2035;
/// "Classic" with nothing to compare with.
const CLASSIC_TO: u16 = 1980;
const RECENT_FROM: u16 = 2010;
/// So much of what was said on a topic is searched by meaning.
const MAX_TEXT_WORDS: usize = 40;

impl Wish {
    /// Reads `message`, said after the films `shown`.
    #[must_use]
    pub fn hear(
        &self,
        message: &str,
        shown: &[ItemRow],
        names: &Names,
        catalogue: &Catalogue,
    ) -> Heard {
        let (words, is_cut) = words_of(message);
        let says = |phrases: &[&str]| phrases.iter().any(|it| position_of(&words, it).is_some());
        let is_fresh = says(FRESH_STARTS);
        let mut wish = if is_fresh {
            Self { rejected: self.rejected.clone(), ..Self::default() }
        } else {
            self.clone()
        };
        let mut reading = Reading {
            names,
            catalogue,
            shown,
            wish: &mut wish,
            films: Vec::new(),
            n_named: 0,
            is_critical: false,
            told: Vec::new(),
        };
        reading.read(&words);
        let Reading { films, n_named, is_critical, told, .. } = reading;

        let field = QUESTIONS
            .iter()
            .find(|(phrase, _)| position_of(&words, phrase).is_some_and(|at| at <= 3));
        let about = films.first().copied().or_else(|| shown.first().copied());
        let question = field.and_then(|(_, field)| Some(Question { film: about?, field: *field }));
        if let Some(question) = question.filter(|it| it.field != Field::Tags || !films.is_empty()) {
            return Heard {
                intent: Intent::Ask,
                question: Some(question),
                wish: self.clone(),
                is_cut,
            };
        }
        if says(WHYS) {
            return Heard { intent: Intent::Explain, question: None, wish: self.clone(), is_cut };
        }
        let sends_away = says(REJECTIONS) || (films.is_empty() && says(SEEN));
        if sends_away {
            let again = shown.iter().filter(|it| !films.contains(it));
            let new: Vec<ItemRow> =
                again.copied().filter(|it| !wish.rejected.contains(it)).collect();
            wish.rejected.extend(new);
        }
        let is_small_talk = n_named == 0 && words.len() <= 8 && says(CHATS) && !says(ASKS);
        let intent = match () {
            () if n_named == 0 && sends_away => Intent::Reject,
            () if is_small_talk || words.is_empty() => Intent::ChitChat,
            () if is_critical => Intent::Critique,
            () if is_fresh || self.is_empty() => Intent::Ask,
            () => Intent::Refine,
        };
        if intent != Intent::ChitChat && intent != Intent::Reject {
            wish.text = newest_words(&wish.text, &told);
        }
        Heard { intent, question: None, wish, is_cut }
    }
}

/// One pass over the words of a message.
struct Reading<'a> {
    names: &'a Names,
    catalogue: &'a Catalogue,
    shown: &'a [ItemRow],
    wish: &'a mut Wish,
    /// Films named, in their order.
    films: Vec<ItemRow>,
    n_named: usize,
    is_critical: bool,
    /// What is searched by meaning: all words but those of films, whose likeness counts instead.
    /// "Blade Runner" would find "Blades of Glory".
    told: Vec<String>,
}

impl Reading<'_> {
    fn read(&mut self, words: &[Word]) {
        let mut is_negated = false;
        let mut is_seen = false;
        let mut at = 0;
        while at < words.len() {
            let word = &words[at];
            let text = word.text.as_str();
            if word.starts_clause {
                (is_negated, is_seen) = (false, false);
            }
            if let Some(n) = self.read_years(words, at, is_negated) {
                self.tell(&words[at..at + n], is_negated);
                at += n;
                continue;
            }
            if NEGATIONS.contains(&text) {
                is_negated = true;
            } else if TURNS.contains(&text)
                && !(text == "want" && is_negated)
                && !(text == "more" && is_negated)
            {
                is_negated = false;
                self.is_critical |= text == "but" || text == "more";
            } else if matches!(text, "seen" | "watched" | "saw") {
                is_seen = true;
            } else if LIKINGS.contains(&text) {
                is_seen = false;
            }
            let Some((named, n)) = self.names.find(self.catalogue, words, at) else {
                self.tell(&words[at..=at], is_negated);
                at += 1;
                continue;
            };
            self.n_named += 1;
            self.is_critical |= is_negated;
            match named {
                Named::Film(film) => self.name_film(film, is_negated, is_seen),
                Named::Trait(it) => {
                    self.tell(&words[at..at + n], is_negated);
                    self.name_trait(it, is_negated);
                }
            }
            at += n;
        }
    }

    /// Keeps words for the search by meaning, which knows no "not" and is led astray by "with" and "like".
    fn tell(&mut self, words: &[Word], is_negated: bool) {
        let lists = [COMMON, LIKINGS, TURNS, ASKS, BEFORE, AFTER];
        let is_empty_word = |it: &&Word| lists.iter().any(|list| list.contains(&it.text.as_str()));
        if !is_negated {
            self.told
                .extend(words.iter().filter(|it| !is_empty_word(it)).map(|it| it.text.clone()));
        }
    }

    fn name_film(&mut self, film: ItemRow, is_negated: bool, is_seen: bool) {
        self.films.push(film);
        let Wish { liked, disliked, rejected, .. } = &mut *self.wish;
        // "I have not seen Alien" says nothing about it.
        if is_seen && is_negated {
            return;
        }
        if !is_seen {
            liked.retain(|it| *it != film);
            disliked.retain(|it| *it != film);
        }
        match (is_seen, is_negated) {
            (true, _) => add(rejected, film),
            (false, true) => add(disliked, film),
            (false, false) => add(liked, film),
        }
    }

    fn name_trait(&mut self, it: Trait, is_negated: bool) {
        let Wish { wanted, unwanted, .. } = &mut *self.wish;
        wanted.retain(|other| *other != it);
        unwanted.retain(|other| *other != it);
        add(if is_negated { unwanted } else { wanted }, it);
    }

    /// Years from `at` on, as a number of words; `None` where there are none.
    fn read_years(&mut self, words: &[Word], at: usize, is_negated: bool) -> Option<usize> {
        let text = words[at].text.as_str();
        let years = if OLDER.contains(&text) || NEWER.contains(&text) {
            self.compared(OLDER.contains(&text) != is_negated)
        } else if let Some((from, to)) = span(text) {
            let before = at.checked_sub(1).map_or("", |at| words[at].text.as_str());
            match () {
                () if BEFORE.contains(&before) || is_negated => {
                    Years { from: None, to: Some(from - 1) }
                }
                () if AFTER.contains(&before) && from == to => Years { from: Some(from), to: None },
                () if before == "than" && self.wish.years.to.is_some() => {
                    Years { from: None, to: Some(from - 1) }
                }
                () if before == "than" => Years { from: Some(to + 1), to: None },
                () => Years { from: Some(from), to: Some(to) },
            }
        } else {
            return None;
        };
        self.n_named += 1;
        self.is_critical |= !self.shown.is_empty();
        self.wish.years = years;
        Some(1)
    }

    /// Older or newer than what was shown.
    fn compared(&self, is_older: bool) -> Years {
        let mut years: Vec<u16> =
            self.shown.iter().filter_map(|&it| self.catalogue.year(it)).collect();
        years.sort_unstable();
        let middle = years.get(years.len() / 2).copied();
        if is_older {
            Years { from: None, to: Some(middle.map_or(CLASSIC_TO, |it| it.saturating_sub(1))) }
        } else {
            Years { from: Some(middle.map_or(RECENT_FROM, |it| it + 1)), to: None }
        }
    }
}

/// "1999", "1980s", "80s", "eighties": first and last year.
fn span(word: &str) -> Option<(u16, u16)> {
    if let Some((_, from)) = DECADES.iter().find(|(name, _)| *name == word) {
        return Some((*from, from + 9));
    }
    let is_decade = word.ends_with('s');
    let digits = word.trim_end_matches('s');
    let number: u16 =
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())??;
    match (digits.len(), is_decade) {
        (4, _) if !(FIRST_YEAR..=LAST_YEAR).contains(&number) => None,
        (4, true) => Some((number, number + 9)),
        (4, false) => Some((number, number)),
        (2, true) if number.is_multiple_of(10) => {
            let from = if number < 30 { 2000 + number } else { 1900 + number };
            Some((from, from + 9))
        }
        _ => None,
    }
}

fn position_of(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words
        .windows(phrase.len())
        .position(|run| run.iter().zip(&phrase).all(|(it, want)| it.text == *want))
}

/// The end of what was said, `told` last.
fn newest_words(before: &str, told: &[String]) -> String {
    let words: Vec<&str> =
        before.split_whitespace().chain(told.iter().map(String::as_str)).collect();
    words[words.len().saturating_sub(MAX_TEXT_WORDS)..].join(" ")
}

fn add<T: PartialEq>(list: &mut Vec<T>, it: T) {
    if !list.contains(&it) {
        list.push(it);
    }
}
