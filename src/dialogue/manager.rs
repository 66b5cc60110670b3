//! The dialogue manager: what a message does to the reader's wish.

use super::lexicon::{LEXICON, Words};
use super::names::{Named, Names};
use super::words::{Word, span, words_of};
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
        let says = |phrases: &Words| phrases.iter().any(|it| position_of(&words, it).is_some());
        let is_early = |phrase: &str| position_of(&words, phrase).is_some_and(|at| at <= 3);
        let is_fresh = says(&LEXICON.fresh_starts);
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

        let field = LEXICON.questions.iter().find(|(phrase, _)| is_early(phrase));
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
        if LEXICON.whys.iter().any(is_early) {
            return Heard { intent: Intent::Explain, question: None, wish: self.clone(), is_cut };
        }
        let sends_away = says(&LEXICON.rejections) || (films.is_empty() && says(&LEXICON.seen));
        if sends_away {
            let again = shown.iter().filter(|it| !films.contains(it));
            let new: Vec<ItemRow> =
                again.copied().filter(|it| !wish.rejected.contains(it)).collect();
            wish.rejected.extend(new);
        }
        let is_small_talk =
            n_named == 0 && words.len() <= 8 && says(&LEXICON.chats) && !says(&LEXICON.asks);
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
            let found = self.names.find(self.catalogue, words, at);
            // "2001: A Space Odyssey" is a film before it is a year.
            let is_longer = found.as_ref().is_some_and(|(_, n)| *n > 1);
            if !is_longer && self.reads_years(words, at, is_negated) {
                at += 1;
                continue;
            }
            if LEXICON.negations.has(text) {
                // "No I liked it" answers a question.
                is_negated = !(text == "no" && LEXICON.subjects.has(text_at(words, at + 1)));
            } else if LEXICON.turns.has(text) && !(matches!(text, "want" | "more") && is_negated) {
                is_negated = false;
                self.is_critical |= matches!(text, "but" | "more");
            } else if matches!(text, "seen" | "watched" | "saw") {
                is_seen = true;
            } else if LEXICON.likings.has(text) {
                is_seen = false;
            }
            let Some((named, n)) = found else {
                self.read_opinion(words, at, is_negated);
                self.tell(&words[at..=at], is_negated);
                at += 1;
                continue;
            };
            match named {
                Named::Film(film) => {
                    self.films.push(film);
                    self.name_film(film, is_negated, is_seen);
                }
                Named::Trait(it) => {
                    self.tell(&words[at..at + n], is_negated);
                    // "I have not seen Star Trek" says nothing about it.
                    if is_seen && is_negated {
                        at += n;
                        continue;
                    }
                    self.name_trait(it, is_negated);
                }
            }
            at += n;
            self.n_named += 1;
            self.is_critical |= is_negated;
        }
    }

    /// "Loved it", "that was great": of the film last named, or shown first; "loved both".
    fn read_opinion(&mut self, words: &[Word], at: usize, is_negated: bool) {
        let text = words[at].text.as_str();
        let before = |n: usize| at.checked_sub(n).map_or("", |at| text_at(words, at));
        let follows = text_at(words, at + 1);
        let is_plural = LEXICON.plurals.has(follows);
        let is_liking = LEXICON.likes.has(text)
            && (is_plural || LEXICON.pronouns.has(follows))
            && !LEXICON.not_yet.has(before(1));
        // "Was it great" asks.
        let says_being = |n: usize| {
            LEXICON.being.has(before(n)) && !LEXICON.pronouns.has(text_at(words, at - n + 1))
        };
        let is_praise = LEXICON.praises.has(text) && (1..=3).any(says_being);
        if !is_liking && !is_praise {
            return;
        }
        let spoken_of: Vec<ItemRow> = if is_plural {
            self.films.clone()
        } else {
            self.films.last().or(self.shown.first()).copied().into_iter().collect()
        };
        self.n_named += spoken_of.len();
        spoken_of.into_iter().for_each(|film| self.name_film(film, is_negated, false));
    }

    /// Keeps words for the search by meaning.
    fn tell(&mut self, words: &[Word], is_negated: bool) {
        if !is_negated {
            let telling = words.iter().filter(|it| !LEXICON.is_empty_word(&it.text));
            self.told.extend(telling.map(|it| it.text.clone()));
        }
    }

    fn name_film(&mut self, film: ItemRow, is_negated: bool, is_seen: bool) {
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

    /// Whether the word at `at` is about years, which are then taken over.
    fn reads_years(&mut self, words: &[Word], at: usize, is_negated: bool) -> bool {
        let word = &words[at];
        let text = word.text.as_str();
        let is_older = LEXICON.older.has(text);
        let up_to = |year: u16| Years { from: None, to: Some(year) };
        let since = |year: u16| Years { from: Some(year), to: None };
        let years = if is_older || LEXICON.newer.has(text) {
            if !self.is_of_films(words, at) {
                return false;
            }
            self.compared(is_older != is_negated)
        } else if let Some((from, to)) = span(text).filter(|_| !word.is_bracketed) {
            let before = at.checked_sub(1).map_or("", |at| text_at(words, at));
            let is_than = before == "than";
            let is_before = LEXICON.before.has(before) || (is_than && self.wish.years.to.is_some());
            let is_after = is_than || (LEXICON.after.has(before) && from == to);
            match (is_before, is_after, is_negated) {
                (true, _, true) => since(from),
                (true, _, false) | (false, _, true) => up_to(from - 1),
                (false, true, false) => since(if is_than { to + 1 } else { from }),
                (false, false, false) => Years { from: Some(from), to: Some(to) },
            }
        } else {
            return false;
        };
        self.n_named += 1;
        self.is_critical |= !self.shown.is_empty();
        self.wish.years = years;
        true
    }

    /// Whether "old" or "newer" is about the films wanted, not about one film or the reader.
    fn is_of_films(&self, words: &[Word], at: usize) -> bool {
        if words[at].text.ends_with("er") {
            return true;
        }
        let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
        let is_told = words[start..at].iter().any(|it| LEXICON.being.has(&it.text));
        let next = words.get(at + 1);
        let is_last = next.is_none_or(|it| it.starts_clause);
        let is_film_word = next.is_some_and(|it| LEXICON.film_words.has(&it.text));
        let is_trait = || {
            let found = next.and_then(|_| self.names.find(self.catalogue, words, at + 1));
            matches!(found, Some((Named::Trait(_), _)))
        };
        !is_told && (is_last || is_film_word || is_trait())
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

/// The word at `at`, or none.
fn text_at(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |it| it.text.as_str())
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
