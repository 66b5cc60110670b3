//! The dialogue manager: what a message does to the reader's wish.

use super::asking::asked;
use super::language::{Tongue, tongue_of};
use super::lexicon::{LEXICON, Words};
use super::names::Names;
use super::reading::Reading;
use super::words::{Word, is_at, n_words, words_of, written};
use super::{Field, Heard, Intent, Question, Scene, Unmet, Why, Wish};
use crate::catalog::{Catalogue, ItemRow};

/// So much of what was said on a topic is searched by meaning.
const MAX_TEXT_WORDS: usize = 40;

/// In longer ones "go back" is said of something else.
const MAX_UNDO_WORDS: usize = 7;

impl Wish {
    /// Reads `message`, said in `scene`.
    #[must_use]
    pub fn hear(
        &self,
        message: &str,
        scene: Scene<'_>,
        names: &Names,
        catalogue: &Catalogue,
    ) -> Heard {
        let (mut words, is_cut) = words_of(message);
        let is_fresh = take_out(&mut words, &LEXICON.fresh_starts);
        let said = Said(&words);
        let asks_for_more = said.all(&LEXICON.more, &LEXICON.more_fillers);
        let mut wish = if is_fresh {
            Self { rejected: self.rejected.clone(), ..Self::default() }
        } else {
            self.clone()
        };
        let tongue = tongue_of(message, &words, names, catalogue);
        let is_foreign = tongue != Tongue::English;
        let mut reading = Reading::new(names, catalogue, scene, &mut wish, is_foreign);
        if !asks_for_more {
            reading.read(&words);
        }
        if is_foreign {
            reading
                .unmet
                .insert(0, Unmet { words: message.trim().to_owned(), why: Why::OtherLanguage });
        }

        let unchanged = |intent: Intent| Heard {
            intent,
            about: scene.about,
            films: reading.films.clone(),
            wish: self.clone(),
            is_cut,
            ..Heard::default()
        };
        if words.len() <= MAX_UNDO_WORDS && reading.n_named == 0 && said.any(&LEXICON.undo) {
            let wish = scene.before.unwrap_or(self).clone();
            return Heard { wish, about: None, ..unchanged(Intent::Undo) };
        }
        let compared: Vec<ItemRow> = match (&reading.films[..], scene.shown) {
            (films @ [_, _, ..], _) => films.to_vec(),
            ([], shown) if said.early(&LEXICON.compares, 3) => shown.to_vec(),
            _ => Vec::new(),
        };
        if compared.len() >= 2 && said.any(&LEXICON.compares) {
            let unmet = vec![Unmet { words: message.trim().to_owned(), why: Why::Comparison }];
            return Heard { compared, unmet, ..unchanged(Intent::Compare) };
        }
        let asked = asked(&said, &reading, self);
        let field = asked.map(|(_, field)| field);
        // "Seen the first, what is the second about?"
        let from = asked.map_or(0, |(at, _)| at);
        let named = reading.films.iter().zip(&reading.places);
        let meant = named.filter(|(_, at)| **at >= from).map(|(it, _)| *it).next();
        let meant = meant.or(reading.films.first().copied()).or(reading.meant());
        let points = !reading.films.is_empty() || said.any(&LEXICON.pronouns);
        let is_asked = |field: &Field| !matches!(field, Field::Facts | Field::Tags) || points;
        let question =
            field.filter(is_asked).and_then(|field| Some(Question { film: meant?, field }));
        if let Some(question) = question {
            let (question, about) = (Some(question), Some(question.film));
            let wish = Self { rejected: reading.wish.rejected.clone(), ..self.clone() };
            let put_away = reading.put_away.clone();
            let second = (from + 2..words.len()).find(|&at| said.begins_question(at));
            let unmet = second.map(|at| Unmet {
                words: written(&words, at, words.len()),
                why: Why::SecondQuestion,
            });
            let unmet = unmet.into_iter().collect();
            return Heard { unmet, question, about, wish, put_away, ..unchanged(Intent::Ask) };
        }
        // "The second one": which was that?
        let is_seen = said.any_not_negated(&LEXICON.seen);
        let is_only = reading.n_named == 0
            && reading.films.len() == 1
            && reading.search_words.is_empty()
            && !is_seen;
        if is_only && reading.is_pointing {
            let film = reading.films.first().copied();
            if said.early(&LEXICON.whys, 3) {
                return Heard { about: film, ..unchanged(Intent::Explain) };
            }
            let question = film.map(|film| Question { film, field: Field::Facts });
            return Heard { question, about: film, ..unchanged(Intent::Ask) };
        }
        // "Why are these so violent? I would like something else" asks for films.
        let wishes = reading.n_named > 0 && said.any(&LEXICON.asks);
        if said.early(&LEXICON.whys, 3) && !wishes {
            let about = points.then_some(meant).flatten();
            return Heard { about, ..unchanged(Intent::Explain) };
        }

        // "Nah, those are too old" says what is wrong with them.
        let is_one_sent = (said.any(&LEXICON.rejections) && !said.is_nay(&reading))
            || (reading.n_named == 0 && said.any_far_negated(&LEXICON.tastes))
            || ((reading.films.is_empty() || reading.is_pointing) && is_seen);
        let are_all_sent = said.any(&LEXICON.rejections_all)
            || (reading.films.is_empty()
                && reading.n_named == 0
                && said.any_not_negated(&LEXICON.seen_all));
        let sends_away = (is_one_sent || are_all_sent) && !is_foreign && !is_fresh;
        if is_fresh {
            // "Nah, start again."
        } else if are_all_sent {
            scene.shown.iter().for_each(|&film| reading.put_away(film));
        } else if is_one_sent && reading.n_rest > 0 {
            let rest = reading.films[reading.films.len() - reading.n_rest..].to_vec();
            rest.into_iter().for_each(|film| reading.put_away(film));
        } else if is_one_sent && reading.put_away.is_empty() {
            let on_screen = scene.about.filter(|it| scene.shown.contains(it));
            let new = |it: &ItemRow| !reading.wish.rejected.contains(it);
            let pointed_at = reading.films.last().copied().filter(|_| reading.is_pointing);
            let one = pointed_at.into_iter().chain(on_screen).chain(scene.shown.iter().copied());
            let one = one.into_iter().find(new);
            one.into_iter().for_each(|film| reading.put_away(film));
        } else if reading.films.is_empty() && said.any_negated(&LEXICON.seen) {
            let is_there = |it: &ItemRow| scene.shown.is_empty() || scene.shown.contains(it);
            let back = scene.about.filter(is_there);
            if back.is_some_and(|it| self.rejected.contains(&it)) {
                reading.wish.rejected.retain(|it| Some(*it) != back);
                let wish = reading.wish.clone();
                return Heard { wish, about: back, ..unchanged(Intent::Undo) };
            }
        }
        let Reading {
            films,
            put_away,
            n_named,
            n_rest,
            is_critical,
            mut unmet,
            search_words,
            strange,
            ..
        } = reading;
        let wants_others =
            asks_for_more || (said.any(&LEXICON.others) && !sends_away && n_rest == 0);
        if wants_others {
            let new: Vec<ItemRow> =
                scene.shown.iter().copied().filter(|it| !wish.passed.contains(it)).collect();
            wish.passed.extend(new);
        }
        let is_small_talk = n_named == 0
            && unmet.is_empty()
            && words.len() <= 8
            && !words.first().is_some_and(Word::is_article)
            && said.any(&LEXICON.chats)
            && !said.any(&LEXICON.asks)
            && !said.any(&LEXICON.requests);
        let is_bare = n_named == 0 && search_words.is_empty() && unmet.is_empty();
        let intent = match () {
            () if is_fresh && is_bare => Intent::StartOver,
            () if n_named == 0 && asks_for_more => Intent::More,
            () if !put_away.is_empty() && n_named <= put_away.len() && search_words.is_empty() => {
                Intent::Reject
            }
            () if n_named == 0 && sends_away => Intent::Reject,
            () if is_small_talk || message.trim().is_empty() => Intent::ChitChat,
            // "I have not seen Alien", "never heard of it" wish nothing.
            () if is_bare && (!films.is_empty() || said.any_negated(&LEXICON.seeing)) => {
                Intent::ChitChat
            }
            () if n_named == 0 && wants_others && search_words.is_empty() => Intent::More,
            // "Suggest me your favourites" says no more.
            () if is_bare
                && strange.is_empty()
                && said.any(&LEXICON.requests)
                && self.is_empty() =>
            {
                Intent::Ask
            }
            () if n_named == 0 && search_words.is_empty() => Intent::Unread,
            () if is_critical => Intent::Critique,
            () if is_fresh || self.is_empty() => Intent::Ask,
            () => Intent::Refine,
        };
        if !strange.is_empty() && (intent != Intent::ChitChat) {
            unmet.push(Unmet { words: strange.join(" "), why: Why::Unreadable });
        }
        if intent == Intent::Unread && unmet.is_empty() {
            unmet.push(Unmet { words: message.trim().to_owned(), why: Why::Unreadable });
        }
        match intent {
            Intent::StartOver => wish = Self::default(),
            Intent::ChitChat | Intent::Reject | Intent::More | Intent::Unread => {}
            _ => wish.text = newest_words(&wish.text, &search_words),
        }
        let about = films.last().or(put_away.last()).copied();
        let about = about.or(scene.about.filter(|it| scene.shown.contains(it)));
        Heard { intent, about, films, put_away, unmet, wish, is_cut, ..Heard::default() }
    }
}

/// The words of a message, asked for phrases.
pub(super) struct Said<'a>(pub(super) &'a [Word]);

impl Said<'_> {
    /// Where `phrase` stands first.
    pub(super) fn at(&self, phrase: &str) -> Option<usize> {
        (0..self.0.len()).find(|&at| is_at(self.0, at, phrase))
    }

    pub(super) fn any(&self, phrases: &Words) -> bool {
        phrases.iter().any(|it| self.at(it).is_some())
    }

    /// Whether one of them stands among the first words.
    fn early(&self, phrases: &Words, last: usize) -> bool {
        phrases.iter().any(|it| self.at(it).is_some_and(|at| at <= last))
    }

    fn any_not_negated(&self, phrases: &Words) -> bool {
        phrases.iter().any(|it| self.at(it).is_some_and(|at| !self.is_negated(at)))
    }

    fn any_negated(&self, phrases: &Words) -> bool {
        phrases.iter().any(|it| self.at(it).is_some_and(|at| self.is_negated(at)))
    }

    /// "I have not seen it", "I never watched that".
    fn is_negated(&self, at: usize) -> bool {
        self.0[at.saturating_sub(2)..at]
            .iter()
            .any(|it| LEXICON.negations.has(&it.text) && it.text != "no")
    }

    /// A "nah" before what is wanted.
    fn is_nay(&self, reading: &Reading<'_>) -> bool {
        let is_nay = self.0.first().is_some_and(|it| matches!(&*it.text, "nah" | "meh"));
        is_nay && reading.n_named > 0 && reading.films.is_empty()
    }

    /// "Not really my kind of thing".
    fn any_far_negated(&self, phrases: &Words) -> bool {
        let is_negated = |at: usize| {
            let start = (0..=at).rev().find(|&it| self.0[it].starts_clause).unwrap_or(0);
            self.0[start.max(at.saturating_sub(5))..at]
                .iter()
                .any(|it| LEXICON.negations.has(&it.text))
        };
        phrases.iter().any(|it| self.at(it).is_some_and(is_negated))
    }

    /// "Is it", "and who was": where a question begins, or the next one.
    fn begins_question(&self, at: usize) -> bool {
        let is_start = self.0.get(at).is_some_and(|it| it.starts_sentence)
            || (at > 0 && self.0[at - 1].text == "and");
        let asks = ["is", "was", "who", "when", "what", "where", "how", "which", "does", "did"];
        is_start && self.0.get(at).is_some_and(|it| asks.contains(&it.text.as_str()))
    }

    /// "Is it", "cool, was he": a question that begins so.
    pub(super) fn starts_with_being(&self) -> bool {
        self.0
            .iter()
            .any(|it| it.starts_clause && matches!(it.text.as_str(), "is" | "was" | "are" | "isnt"))
    }

    /// Whether all words are one of the two kinds, and one at least is of the first.
    fn all(&self, telling: &Words, others: &Words) -> bool {
        self.0.iter().any(|it| telling.has(&it.text))
            && self.0.iter().all(|it| telling.has(&it.text) || others.has(&it.text))
    }
}

/// Takes the first of `phrases` that is there out of `words`, and tells whether one was.
fn take_out(words: &mut Vec<Word>, phrases: &Words) -> bool {
    let found = phrases.iter().filter_map(|it| Some((Said(words).at(it)?, n_words(it))));
    let Some((at, n)) = found.max_by_key(|(_, n)| *n) else { return false };
    words.drain(at..at + n);
    if let Some(next) = words.get_mut(at) {
        (next.starts_clause, next.starts_sentence) = (true, true);
    }
    true
}

/// The end of what was said, `newest` last.
fn newest_words(before: &str, newest: &[String]) -> String {
    let words: Vec<&str> =
        before.split_whitespace().chain(newest.iter().map(String::as_str)).collect();
    words[words.len().saturating_sub(MAX_TEXT_WORDS)..].join(" ")
}
