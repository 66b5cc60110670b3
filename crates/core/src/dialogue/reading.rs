//! One pass over the words of a message: what it names, and whether it wants that.

use std::mem::discriminant;

use super::aside::{asks_why, is_remark, replaces, same_but};
use super::language::unknown_names;
use super::lexicon::LEXICON;
use super::names::{NAMES_OF_SERIES, Named, Names, phrase_at};
use super::negation::{Kind, Manner, Negation};
use super::words::{Word, is_in_clause, text_at, written};
use super::{Scene, Trait, Unmet, Why, Wish, Years};
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
    pub search_words: Vec<String>,
    /// What is no word, as far as its letters tell.
    pub strange: Vec<String>,
    /// Names that the catalogue lacks: where they begin, and how many words they take.
    lacking: Vec<(usize, usize)>,
    pub(super) negation: Option<Negation>,
    /// Where the name of the person wanted last ended.
    person_end: Option<usize>,
    /// Whether people stand beside each other, "X with Y", and none in a list of several to choose from.
    are_joined: Option<bool>,
    /// The countries of a part of the world that was named; those named after it alone are meant.
    region: Vec<Trait>,
    /// What was wanted before a message that puts something else in its place.
    replaced: Vec<Trait>,
    /// "Not just jump scares": these words are not searched for.
    pub(super) is_mute: bool,
    /// What happens in a film is being described.
    pub(super) is_plot: bool,
    /// How many films "the other two" were.
    pub n_rest: usize,
    /// Years that this message has said so far.
    pub(super) years_said: Years,
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
            search_words: Vec::new(),
            strange: Vec::new(),
            lacking: Vec::new(),
            negation: None,
            person_end: None,
            are_joined: None,
            region: Vec::new(),
            replaced: Vec::new(),
            is_mute: false,
            is_plot: false,
            n_rest: 0,
            years_said: Years::default(),
        }
    }

    pub(super) fn read(&mut self, words: &[Word]) {
        self.lacking = unknown_names(words, self.names, self.catalogue);
        if replaces(words) {
            self.replaced.clone_from(&self.wish.wanted);
        } else if let Some(but) = same_but(words) {
            // A film has one country and one cast, and may be more than "funny".
            let is_kind = words.get(but + 1).is_some_and(Word::is_article);
            let is_one = |it: &&Trait| match it {
                Trait::Country(_)
                | Trait::Person(_)
                | Trait::Language(_)
                | Trait::Prize(_)
                | Trait::Length(_) => true,
                Trait::Genre(_) => is_kind,
                Trait::Tag(_) => false,
            };
            self.replaced = self.wish.wanted.iter().filter(is_one).cloned().collect();
        }
        let mut is_seen = false;
        let mut at = 0;
        while at < words.len() {
            self.at = at;
            let word = &words[at];
            let text = word.text.as_str();
            self.is_mute &= !word.starts_clause && !LEXICON.turns.has(text);
            // "My dog died last week" is no plot.
            self.is_mute |= word.starts_clause && matches!(text, "my" | "our");
            self.is_plot = self.is_plot_at(words, at);
            self.complain(words, at);
            if word.starts_clause {
                is_seen &= !word.starts_sentence;
                if !self.list_goes_on(words, at) {
                    (self.negation, is_seen) = (None, false);
                }
            }
            let is_lacking = self.known_by_surname(words, at).is_none();
            if let Some(&(_, n)) = self.lacking.iter().find(|(from, _)| *from == at && is_lacking) {
                self.unmet.push(Unmet { words: written(words, at, n), why: Why::NoSuchFilm });
                at += n;
                continue;
            }
            if let Some(n) = self.aside_at(words, at) {
                at += n;
                continue;
            }
            let found = self.names.find(self.catalogue, words, at);
            let found = self.known_by_surname(words, at).or(found);
            self.end_negation(words, at, found.is_some());
            // "2001: A Space Odyssey" is a film before it is a year, and so is "I liked 1917".
            // "The Oscar" is no film.
            let is_unknowable = !word.is_quoted
                && phrase_at(&LEXICON.unmet, words, at)
                    .is_some_and(|(_, n)| found.as_ref().is_none_or(|(_, of_name)| n >= *of_name));
            let is_film = matches!(found, Some((Named::Film(_), _))) && !is_unknowable;
            let is_longer = found.as_ref().is_some_and(|(_, n)| *n > 1);
            let is_place = self.is_place_at(words, at);
            let is_rest = self.rest_at(words, at).is_some();
            if is_rest || !is_longer && (!is_film || word.starts_clause || is_place) {
                let n = self.makers_at(words, at).or_else(|| self.story_time_at(words, at));
                let n = n.or_else(|| self.years(words, at));
                let n = n.or_else(|| self.beside_the_catalogue(words, at));
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
            let is_known = || text == "know" && is_in_clause(words, at, "already");
            if matches!(text, "seen" | "watched" | "saw") || is_known() {
                is_seen = true;
            } else if LEXICON.likings.has(text) {
                is_seen = false;
            }
            let Some((named, n)) =
                found.filter(|(it, _)| self.is_read(it) && !is_remark(it, words, at))
            else {
                if !self.opinion(words, at) {
                    self.tell_or_wonder(word);
                }
                at += 1;
                continue;
            };
            // "Too scary" has it, and is not wanted so.
            let before = |n: usize| text_at(words, at.wrapping_sub(n));
            let is_too_much = before(1) == "too"
                || (before(2) == "too" && matches!(before(1), "much" | "many"))
                // "Why are these so violent?"
                || (before(1) == "so" && asks_why(words, at));
            let is_negated =
                self.negation.is_some() || (is_too_much && matches!(named, Named::Trait(_)));
            // "She has seen every John Wayne."
            let is_negated = is_negated || (is_seen && self.has_seen_all(&named, words, at));
            let is_seen = is_seen && !self.has_seen_all(&named, words, at);
            if let Named::Trait(Trait::Person(_)) = named
                && !is_negated
            {
                self.join(words, at);
                self.person_end = Some(at + n);
            }
            let n_blame =
                matches!(named, Named::Film(_)).then(|| Self::blame_after(words, at, n)).flatten();
            let is_negated = is_negated || n_blame.is_some();
            let is_except = n_blame.is_none()
                && matches!(named, Named::Film(_))
                && self.negation.is_some_and(|it| it.is_exception(words, at));
            if let Named::Film(film) = named
                && is_except
            {
                self.wish.liked.retain(|it| *it != film);
            }
            let is_seen = is_seen || is_except;
            if let Named::Film(film) = named
                && (is_negated || is_seen)
            {
                self.series_of(film, words, at, n)
                    .into_iter()
                    .for_each(|it| self.name_film(it, is_negated, is_seen));
            }
            self.take(named, &words[at..at + n], is_negated && !is_except, is_seen);
            at += n + n_blame.unwrap_or(0);
        }
        if self.are_joined.is_some() || self.person_end.is_some() {
            let has_all = |it| self.wish.has_all_people(self.catalogue, it);
            self.wish.are_together =
                self.are_joined == Some(true) && self.catalogue.rows().any(has_all);
        }
    }

    /// Keeps whether the person at `at` and the one before are wanted in one film.
    fn join(&mut self, words: &[Word], at: usize) {
        let Some(end) = self.person_end else {
            // "And Meg Ryan too."
            let goes_on = at == 1 && text_at(words, 0) == "and";
            self.are_joined = goes_on.then_some(true);
            return;
        };
        let is_joint = |it: &Word| {
            matches!(&*it.text, "with" | "and" | "alongside" | "opposite" | "together" | "plus")
        };
        let between = &words[end..at];
        let is_joined = between.iter().any(is_joint) && !between.iter().any(|it| it.text == "or");
        self.are_joined = Some(is_joined && self.are_joined != Some(false));
    }

    /// The films of a series if all are meant: "the Godfather films".
    fn series_of(&self, film: ItemRow, words: &[Word], at: usize, n: usize) -> Vec<ItemRow> {
        let before = text_at(words, at.wrapping_sub(1));
        let is_of_all = matches!(before, "the" | "all" | "any" | "those") || words[at].is_article();
        let follows = text_at(words, at + n);
        let names_all = follows == "ones" || NAMES_OF_SERIES.contains(&follows);
        let Some((series, _)) = self.catalogue.series(film) else { return Vec::new() };
        let is_part = |it: &ItemRow| {
            *it != film && self.catalogue.series(*it).is_some_and(|(name, _)| name == series)
        };
        if names_all && is_of_all {
            self.catalogue.rows().filter(is_part).collect()
        } else {
            Vec::new()
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
        if self.negation.is_none() && !self.is_foreign && !self.is_mute {
            let is_empty = |it: &Word| {
                // "The same day over and over" is described in small words.
                LEXICON.is_empty_word(&it.text)
                    && (!self.is_plot || !LEXICON.common.has(&it.text) || it.is_article())
            };
            let telling = words.iter().filter(|it| !it.is_bracketed && !is_empty(it));
            self.search_words.extend(telling.map(|it| it.text.clone()));
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
        // "Nordic crime, Danish or Swedish."
        if self.region.contains(&all[0]) {
            let region = std::mem::take(&mut self.region);
            self.wish.wanted.retain(|it| !region.contains(it));
        }
        if all.len() > 1 && !is_negated && matches!(all[0], Trait::Country(_)) {
            self.region.clone_from(&all);
        }
        let replaced = if is_negated { Vec::new() } else { std::mem::take(&mut self.replaced) };
        let (same, other): (Vec<Trait>, Vec<Trait>) =
            replaced.into_iter().partition(|it| discriminant(it) == discriminant(&all[0]));
        same.iter().for_each(|it| self.wish.forget_words(it));
        self.wish.wanted.retain(|it| !same.contains(it));
        if !is_negated {
            self.replaced = other;
        }
        let takes_back = self.negation.is_some_and(|it| it.manner == Manner::Exchange);
        for it in all {
            let was_unwanted = self.wish.unwanted.contains(&it);
            self.wish.wanted.retain(|other| *other != it);
            self.wish.unwanted.retain(|other| *other != it);
            // "Forget what I said about blood."
            if is_negated && takes_back && was_unwanted {
                continue;
            }
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
