//! One pass over the words of a message: what it names, and whether it wants that.

use super::language::unknown_names;
use super::lexicon::{LEXICON, Words};
use super::names::{Named, Names};
use super::words::{Word, is_at, n_words, text_at, written};
use super::{Scene, Trait, Unmet, Why, Wish};
use crate::catalog::{Catalogue, ItemRow};

pub(super) struct Reading<'a> {
    pub names: &'a Names,
    pub catalogue: &'a Catalogue,
    pub scene: Scene<'a>,
    pub wish: &'a mut Wish,
    /// Only names, people and years are read of other languages.
    pub is_foreign: bool,
    /// Films named or pointed at, in their order.
    pub films: Vec<ItemRow>,
    /// Where each of them stands.
    pub places: Vec<usize>,
    /// The word that is read now.
    at: usize,
    pub put_away: Vec<ItemRow>,
    /// Films it points at and does not name: "the second one".
    pub is_pointing: bool,
    pub n_named: usize,
    pub is_critical: bool,
    pub unmet: Vec<Unmet>,
    /// What is searched by meaning: all words but those of films, whose likeness counts instead.
    /// "Blade Runner" would find "Blades of Glory".
    pub told: Vec<String>,
    /// What is no word, as far as its letters tell.
    pub strange: Vec<String>,
    /// Names that the catalogue lacks: where they begin, and how many words they take.
    lacking: Vec<(usize, usize)>,
    pub(super) negation: Option<Negation>,
}

/// What is not wanted, up to the end of a clause or of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Negation {
    /// Of its last word.
    pub at: usize,
    /// What it has named last, if anything.
    pub kind: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Film,
    Person,
    /// Genres, tags and countries stand in one list.
    Fact,
}

impl Kind {
    fn of(named: &Named) -> Self {
        match named {
            Named::Film(_) => Self::Film,
            Named::Trait(Trait::Person(_)) => Self::Person,
            Named::Trait(_) => Self::Fact,
        }
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        names: &'a Names,
        catalogue: &'a Catalogue,
        scene: Scene<'a>,
        wish: &'a mut Wish,
        is_foreign: bool,
    ) -> Self {
        Self {
            names,
            catalogue,
            scene,
            wish,
            is_foreign,
            films: Vec::new(),
            places: Vec::new(),
            at: 0,
            put_away: Vec::new(),
            is_pointing: false,
            n_named: 0,
            is_critical: false,
            unmet: Vec::new(),
            told: Vec::new(),
            strange: Vec::new(),
            lacking: Vec::new(),
            negation: None,
        }
    }

    pub(super) fn read(&mut self, words: &[Word]) {
        self.lacking = unknown_names(words, self.names, self.catalogue);
        let mut is_seen = false;
        let mut at = 0;
        while at < words.len() {
            self.at = at;
            let word = &words[at];
            let text = word.text.as_str();
            self.is_critical |= !self.scene.shown.is_empty() && is_too_much_at(words, at);
            if word.starts_clause {
                is_seen &= !word.starts_sentence;
                if !self.list_goes_on(words, at) {
                    (self.negation, is_seen) = (None, false);
                }
            }
            if let Some(&(_, n)) = self.lacking.iter().find(|(from, _)| *from == at) {
                self.unmet.push(Unmet { words: written(words, at, n), why: Why::NoSuchFilm });
                at += n;
                continue;
            }
            let found = self.names.find(self.catalogue, words, at);
            self.end_negation(words, at, found.is_some());
            // "2001: A Space Odyssey" is a film before it is a year, and so is "I liked 1917".
            let is_film = matches!(found, Some((Named::Film(_), _)));
            let is_longer = found.as_ref().is_some_and(|(_, n)| *n > 1);
            let is_place = self.is_place_at(words, at);
            if !is_longer && (!is_film || word.starts_clause || is_place) {
                let n = self.years(words, at).or_else(|| self.beside_the_catalogue(words, at));
                if let Some(n) = n.or_else(|| self.pointed_at(words, at, is_seen)) {
                    at += n;
                    continue;
                }
            }
            if let Some(n) = self.negation_at(words, at) {
                self.opinion(words, at);
                at += n;
                continue;
            }
            if matches!(text, "seen" | "watched" | "saw") {
                is_seen = true;
            } else if LEXICON.likings.has(text) {
                is_seen = false;
            }
            let Some((named, n)) = found.filter(|(it, _)| self.is_read(it)) else {
                self.opinion(words, at);
                self.tell_or_wonder(word);
                at += 1;
                continue;
            };
            // "Too scary" has it, and is not wanted so.
            let is_too_much = text_at(words, at.wrapping_sub(1)) == "too";
            let is_negated =
                self.negation.is_some() || (is_too_much && matches!(named, Named::Trait(_)));
            self.take(named, &words[at..at + n], is_negated, is_seen);
            at += n;
        }
    }

    /// Of other languages genres and tags are not read: their negations are not either.
    fn is_read(&self, named: &Named) -> bool {
        !self.is_foreign || matches!(named, Named::Film(_) | Named::Trait(Trait::Person(_)))
    }

    pub(super) fn take(&mut self, named: Named, words: &[Word], is_negated: bool, is_seen: bool) {
        let kind = Kind::of(&named);
        match &named {
            Named::Film(film) => {
                self.mention(*film);
                // "I have not seen Alien" takes back that it was seen, and says no more.
                if is_seen && is_negated {
                    self.wish.rejected.retain(|it| it != film);
                    return;
                }
                self.name_film(*film, is_negated, is_seen);
            }
            Named::Trait(it) => {
                if !is_negated {
                    self.tell(words);
                }
                // "I have not seen Star Trek" says nothing about it.
                if is_seen && is_negated {
                    return;
                }
                self.name_trait(it.clone(), is_negated);
            }
        }
        if let Some(negation) = &mut self.negation {
            negation.kind = Some(kind);
        }
        self.n_named += 1;
        self.is_critical |= is_negated;
    }

    /// Whether the word at `at` begins a negation, which is then open; how many words it takes.
    fn negation_at(&mut self, words: &[Word], at: usize) -> Option<usize> {
        let longest = |phrases: &'static Words| {
            phrases.iter().filter(|it| is_at(words, at, it)).map(n_words).max()
        };
        let negation = longest(&LEXICON.negations);
        // "Don't care" is none, "don't care for" is one.
        if let Some(n) =
            longest(&LEXICON.affirmations).filter(|it| negation.is_none_or(|n| n <= *it))
        {
            self.negation = None;
            return Some(n);
        }
        let of_language = self.is_foreign && LEXICON.foreign_negations.has(text_at(words, at));
        let n = negation.or(of_language.then_some(1))?;
        // "No I liked it" answers a question.
        let is_answer =
            n == 1 && text_at(words, at) == "no" && (LEXICON.subjects.has(text_at(words, at + 1)));
        // A list goes on: "no horror, no war".
        let open = Negation { at: at + n - 1, kind: None };
        self.negation = (!is_answer).then_some(open);
        Some(n)
    }

    /// Ends the negation at words that turn to what is wanted.
    fn end_negation(&mut self, words: &[Word], at: usize, is_name: bool) {
        let text = text_at(words, at);
        let is_any_more = text == "more" && text_at(words, at.wrapping_sub(1)) == "any";
        let is_turn = LEXICON.turns.has(text) && !is_name && !is_any_more;
        self.is_critical |= is_turn && matches!(text, "but" | "more");
        let Some(Negation { at: from, kind, .. }) = self.negation else { return };
        // "I do not want", "I do not really want", "I do not think I want".
        let between = words.get(from + 1..at).unwrap_or(&[]);
        let belongs = between.iter().all(|it| LEXICON.adverbs.has(&it.text))
            || between.first().is_some_and(|it| LEXICON.thinks.has(&it.text));
        let has_named = kind.is_some();
        let next = text_at(words, at + 1);
        let audience = || matches!(text, "for" | "with") && self.audience_at(words, at).is_some();
        let is_over = (is_turn && !(belongs && matches!(text, "want" | "more")))
            || (has_named && (LEXICON.scope_ends.has(text) || LEXICON.likes.has(text)))
            || (has_named
                && text == "and"
                && matches!(
                    next,
                    "a" | "an" | "i" | "something" | "some" | "maybe" | "give" | "show"
                ))
            || (!between.iter().all(|it| LEXICON.film_words.has(&it.text)) && audience());
        if is_over {
            self.negation = None;
        }
    }

    /// Whether a comma stands within a list of what is not wanted: "no horror, thriller or war".
    fn list_goes_on(&self, words: &[Word], at: usize) -> bool {
        let Some(Negation { kind: Some(kind), .. }) = self.negation else { return false };
        let mut next = at;
        let mut has_named = false;
        while let Some(word) = words.get(next).filter(|it| !it.starts_sentence) {
            if let Some((named, n)) = self.names.find(self.catalogue, words, next) {
                if Kind::of(&named) != kind {
                    return false;
                }
                has_named = true;
                next += n;
                continue;
            }
            let goes_on = match word.text.as_str() {
                "or" | "nor" | "and" | "any" | "other" => true,
                it => has_named && (it == "please" || LEXICON.film_words.has(it)),
            };
            if !goes_on {
                // Something else may begin: "no horror, comedy, just space".
                return has_named && word.starts_clause;
            }
            next += 1;
        }
        has_named
    }

    /// The film that "it" is: last spoken of if it is there to be seen, else shown first.
    pub(super) fn meant(&self) -> Option<ItemRow> {
        self.scene.about.or(self.scene.shown.first().copied())
    }

    /// Keeps a word that is no name, if it is a word.
    fn tell_or_wonder(&mut self, word: &Word) {
        if self.is_foreign || self.names.is_word_like(&word.text) || word.is_bracketed {
            self.tell(std::slice::from_ref(word));
        } else {
            self.strange.push(word.text.clone());
        }
    }

    /// Keeps words for the search by meaning.
    pub(super) fn tell(&mut self, words: &[Word]) {
        if self.negation.is_none() && !self.is_foreign {
            let telling =
                words.iter().filter(|it| !it.is_bracketed && !LEXICON.is_empty_word(&it.text));
            self.told.extend(telling.map(|it| it.text.clone()));
        }
    }

    /// Keeps a film that was named or pointed at.
    pub(super) fn mention(&mut self, film: ItemRow) {
        self.films.push(film);
        self.places.push(self.at);
    }

    pub(super) fn name_film(&mut self, film: ItemRow, is_negated: bool, is_seen: bool) {
        let Wish { liked, disliked, rejected, .. } = &mut *self.wish;
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

    pub(super) fn put_away(&mut self, film: ItemRow) {
        if !self.wish.rejected.contains(&film) {
            self.wish.rejected.push(film);
            self.put_away.push(film);
        }
    }

    pub(super) fn name_trait(&mut self, it: Trait, is_negated: bool) {
        let all = match &it {
            Trait::Country(names) => {
                names.split('|').map(|it| Trait::Country(it.to_owned())).collect()
            }
            Trait::Person(names) => {
                names.split('|').map(|it| Trait::Person(it.to_owned())).collect()
            }
            _ => vec![it],
        };
        for it in all {
            self.wish.wanted.retain(|other| *other != it);
            self.wish.unwanted.retain(|other| *other != it);
            if is_negated {
                self.wish.forget_words(&it);
                add(&mut self.wish.unwanted, it);
            } else {
                add(&mut self.wish.wanted, it);
            }
        }
    }
}

/// "It was too dry", "too much talking", but not "I liked that too".
fn is_too_much_at(words: &[Word], at: usize) -> bool {
    let before = text_at(words, at.wrapping_sub(1));
    let is_said = words[at].starts_clause
        || LEXICON.being.has(before)
        || matches!(before, "bit" | "little" | "looks" | "seems" | "sounds" | "way" | "no" | "are");
    let next = words.get(at + 1).filter(|it| !it.starts_clause);
    words[at].text == "too"
        && next.is_some_and(|it| is_said || matches!(&*it.text, "much" | "many"))
}

fn add<T: PartialEq>(list: &mut Vec<T>, it: T) {
    if !list.contains(&it) {
        list.push(it);
    }
}
