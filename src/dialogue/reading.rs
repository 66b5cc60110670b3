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
    pub n_named: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Film,
    Person,
    /// Genres, tags and countries stand in one list.
    Fact,
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
            let word = &words[at];
            let text = word.text.as_str();
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
            if !is_longer && (!is_film || word.starts_clause) {
                let n = self.years(words, at).or_else(|| self.beside_the_catalogue(words, at));
                if let Some(n) = n.or_else(|| self.pointed_at(words, at, is_seen)) {
                    at += n;
                    continue;
                }
            }
            if let Some(n) = self.negation_at(words, at) {
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
        let kind = match &named {
            Named::Film(film) => {
                self.films.push(*film);
                // "I have not seen Alien" takes back that it was seen, and says no more.
                if is_seen && is_negated {
                    self.wish.rejected.retain(|it| it != film);
                    return;
                }
                self.name_film(*film, is_negated, is_seen);
                Kind::Film
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
                if matches!(it, Trait::Person(_)) { Kind::Person } else { Kind::Fact }
            }
        };
        if let Some(negation) = &mut self.negation {
            negation.kind = Some(kind);
            negation.n_named += 1;
        }
        self.n_named += 1;
        self.is_critical |= is_negated;
    }

    /// Whether the word at `at` begins a negation, which is then open; how many words it takes.
    fn negation_at(&mut self, words: &[Word], at: usize) -> Option<usize> {
        let longest = |phrases: &'static Words| {
            phrases.iter().filter(|it| is_at(words, at, it)).map(n_words).max()
        };
        if let Some(n) = longest(&LEXICON.affirmations) {
            self.negation = None;
            return Some(n);
        }
        let of_language = self.is_foreign && LEXICON.foreign_negations.has(text_at(words, at));
        let n = longest(&LEXICON.negations).or(of_language.then_some(1))?;
        // "No I liked it" answers a question.
        let is_answer =
            n == 1 && text_at(words, at) == "no" && (LEXICON.subjects.has(text_at(words, at + 1)));
        // A list goes on: "no horror, no war".
        let open = Negation { at: at + n - 1, kind: None, n_named: 0 };
        self.negation = (!is_answer).then_some(open);
        Some(n)
    }

    /// Ends the negation at words that turn to what is wanted.
    fn end_negation(&mut self, words: &[Word], at: usize, is_name: bool) {
        let text = text_at(words, at);
        let is_turn = LEXICON.turns.has(text) && !is_name;
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
        let Some(Negation { kind: Some(kind), n_named, .. }) = self.negation else { return false };
        let (mut n_items, mut has_or, mut ends_with_but) = (n_named, false, false);
        let mut next = at;
        let mut first_is_in = false;
        while let Some(word) = words.get(next) {
            if word.starts_sentence {
                break;
            }
            if let Some((named, n)) = self.names.find(self.catalogue, words, next) {
                let other = match named {
                    Named::Film(_) => Kind::Film,
                    Named::Trait(Trait::Person(_)) => Kind::Person,
                    Named::Trait(_) => Kind::Fact,
                };
                if other != kind {
                    return false;
                }
                n_items += 1;
                first_is_in = true;
                next += n;
                continue;
            }
            match word.text.as_str() {
                "or" | "nor" | "and" => has_or = true,
                "any" | "other" => {}
                "please" if has_or => {}
                it if first_is_in && LEXICON.film_words.has(it) => {}
                // Something else begins.
                _ if first_is_in && word.starts_clause => {
                    ends_with_but = matches!(word.text.as_str(), "but" | "just" | "only");
                    break;
                }
                _ => return false,
            }
            next += 1;
        }
        // Two genres may as well be set against each other: "no horror, comedy".
        first_is_in && (has_or || ends_with_but || n_items >= 3 || kind != Kind::Fact)
    }

    /// "Loved it", "that was great": of the film last named, or shown first; "loved both".
    fn opinion(&mut self, words: &[Word], at: usize) {
        let text = words[at].text.as_str();
        let before = |n: usize| at.checked_sub(n).map_or("", |at| text_at(words, at));
        let follows = text_at(words, at + 1);
        let is_plural = LEXICON.plurals.has(follows);
        let is_liking = LEXICON.likes.has(text)
            && (is_plural || LEXICON.pronouns.has(follows))
            && !LEXICON.not_yet.has(before(1))
            // "More like this" is said below.
            && self.ordinal_at(words, at + 1).is_none();
        // "Was it great" asks.
        let says_being = |n: usize| {
            LEXICON.being.has(before(n)) && !LEXICON.pronouns.has(text_at(words, at - n + 1))
        };
        let is_praise = LEXICON.praises.has(text) && (1..=3).any(says_being);
        if !is_liking && !is_praise {
            return;
        }
        let spoken_of: Vec<ItemRow> = if is_plural && !self.films.is_empty() {
            self.films.clone()
        } else if is_plural {
            self.scene.shown.to_vec()
        } else {
            self.films.last().copied().or(self.meant()).into_iter().collect()
        };
        let is_negated = self.negation.is_some();
        self.n_named += spoken_of.len();
        spoken_of.into_iter().for_each(|film| self.name_film(film, is_negated, false));
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

fn add<T: PartialEq>(list: &mut Vec<T>, it: T) {
    if !list.contains(&it) {
        list.push(it);
    }
}
