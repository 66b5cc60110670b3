//! What a message says beside names: films on screen that it points at, years, and what no file of ours tells.

use super::lexicon::LEXICON;
use super::names::{FOR_CHILDREN, Named, phrase_at};
use super::negation::Kind;
use super::reading::Reading;
use super::told::{language_as_said, told_at};
use super::words::{Word, is_at, n_words, text_at, written};
use super::years::{longest_at, number_at, running_time_at, years_at};
use super::{Trait, Unmet, Why, Years};
use crate::catalog::ItemRow;

/// "Classic" with nothing to compare with.
const CLASSIC_TO: u16 = 1980;
const RECENT_FROM: u16 = 2010;

impl Reading<'_> {
    /// Years from `at` on, which are then taken over; how many words say them.
    pub(super) fn years(&mut self, words: &[Word], at: usize) -> Option<usize> {
        if let Some((years, n)) = self.years_beside_film(words, at) {
            self.wants_years(years, self.negation.is_some());
            return Some(n);
        }
        let text = text_at(words, at);
        let said = years_at(words, at, self.names.last_year);
        let is_older = LEXICON.older.has(text);
        let (years, n) = match said {
            Some(said) if !words[at].is_bracketed => (said.years, said.n),
            _ if is_older || LEXICON.newer.has(text) => {
                if !self.is_of_films(words, at) {
                    return None;
                }
                // "Those look too old."
                let is_negated =
                    self.negation.is_some() || text_at(words, at.wrapping_sub(1)) == "too";
                let (years, n) = self.compared(words, at, is_older != is_negated);
                self.wants_years(years, false);
                return Some(n);
            }
            _ => return None,
        };
        let last_year = self.names.last_year;
        if years.from.is_some_and(|from| from > last_year) {
            let words = written(words, at, n);
            self.unmet.push(Unmet { words, why: Why::BeyondCatalogue { last_year } });
            return Some(n);
        }
        self.wants_years(years, self.negation.is_some());
        Some(n)
    }

    /// "Before Jaws", "older than E.T.": the film itself is not asked for.
    fn years_beside_film(&self, words: &[Word], at: usize) -> Option<(Years, usize)> {
        let (before, after) =
            (longest_at(&LEXICON.before, words, at), longest_at(&LEXICON.after, words, at));
        let phrase = before.or(after)?;
        // "From Alien" is no time.
        if matches!(phrase, "from" | "past" | "starting" | "up to") {
            return None;
        }
        let next = at + n_words(phrase);
        let (Named::Film(film), n) = self.names.find(self.catalogue, words, next)? else {
            return None;
        };
        let is_dated = text_at(words, next + n - 1).parse() == Ok(self.catalogue.year(film)?);
        let film = if is_dated { film } else { self.namesake(film) };
        let year = self.catalogue.year(film)?;
        let by = u16::from(!LEXICON.inclusive.has(phrase));
        let years = match before {
            Some(_) => Years { to: Some(year - by), ..Years::default() },
            None => Years { from: Some(year + by), ..Years::default() },
        };
        Some((years, n_words(phrase) + n))
    }

    fn wants_years(&mut self, years: Years, is_negated: bool) {
        self.n_named += 1;
        self.is_critical |= !self.scene.shown.is_empty();
        let years = if is_negated { years.turned_round() } else { years };
        // "After 1970 but before 1980."
        self.wish.years = match (self.years_said, years) {
            (Years { from, to: None, .. }, Years { from: None, to, except: None })
            | (Years { from: None, to, .. }, Years { from, to: None, except: None })
                if from <= to =>
            {
                Years { from, to, except: None }
            }
            _ => years,
        };
        self.years_said = self.wish.years;
        if let Some(negation) = &mut self.negation {
            negation.kind = Some(Kind::Fact);
        }
    }

    /// Whether "old" or "newer" is about the films wanted, not about one film or the reader.
    pub(super) fn is_of_films(&self, words: &[Word], at: usize) -> bool {
        let next = words.get(at + 1);
        if words[at].text.ends_with("er") {
            // "The older one loves dinosaurs" is a child.
            return !(next.is_some_and(|it| it.text == "one")
                && LEXICON.likings.has(text_at(words, at + 2)));
        }
        if matches!(text_at(words, at.wrapping_sub(1)), "more" | "something" | "anything") {
            return true;
        }
        let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
        let is_blamed = text_at(words, at.wrapping_sub(1)) == "too";
        let is_told = !is_blamed && words[start..at].iter().any(|it| LEXICON.being.has(&it.text));
        let is_last =
            next.is_none_or(|it| it.starts_clause || matches!(&*it.text, "please" | "thanks"));
        let is_film_word = next.is_some_and(|it| LEXICON.film_words.has(&it.text));
        let is_trait = || {
            let found = next.and_then(|_| self.names.find(self.catalogue, words, at + 1));
            matches!(found, Some((Named::Trait(_), _)))
        };
        !is_told && (is_last || is_film_word || is_trait())
    }

    /// Older or newer than the films pointed at, "older than these", else than the film spoken of, else than most
    /// of those on screen; how many words say it.
    fn compared(&self, words: &[Word], at: usize, is_older: bool) -> (Years, usize) {
        let year = |it: ItemRow| self.catalogue.year(it);
        let years = |films: &[ItemRow]| {
            let mut years: Vec<u16> = films.iter().copied().filter_map(year).collect();
            years.sort_unstable();
            years
        };
        let than = (text_at(words, at + 1) == "than").then_some(at + 2);
        let pointed_at = than.and_then(|it| {
            let all =
                || LEXICON.plurals.has(text_at(words, it)).then(|| (self.scene.shown.to_vec(), 1));
            self.ordinal_at(words, it).or_else(all)
        });
        // "Those are all too old."
        let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
        let is_of_all =
            |it: &Word| LEXICON.plurals.has(&it.text) || matches!(&*it.text, "they" | "all");
        let blamed = (text_at(words, at.wrapping_sub(1)) == "too"
            && words[start..at].iter().any(is_of_all))
        .then(|| (self.scene.shown.to_vec(), 1));
        if let Some((films, n)) = pointed_at.map(|(films, n)| (films, 2 + n)).or(blamed) {
            let years = years(&films);
            let (first, last) = (years.first().copied(), years.last().copied());
            let years = if is_older {
                Years { to: first.map(|it| it.saturating_sub(1)), ..Years::default() }
            } else {
                Years { from: last.map(|it| it + 1), ..Years::default() }
            };
            return (years, n);
        }
        let about = self.films.last().copied().or(self.scene.about).and_then(year);
        let years = years(self.scene.shown);
        let middle = about.or(years.get(years.len() / 2).copied());
        let years = if is_older {
            let to = middle.map_or(CLASSIC_TO, |it| it.saturating_sub(1));
            Years { to: Some(to), ..Years::default() }
        } else {
            let from = middle.map_or(RECENT_FROM, |it| it + 1);
            Years { from: Some(from), ..Years::default() }
        };
        (years, 1)
    }

    /// What no file of ours tells, and degrees; how many words say it.
    pub(super) fn beside_the_catalogue(&mut self, words: &[Word], at: usize) -> Option<usize> {
        if let Some(n) = self.audience_at(words, at) {
            let is_out = self.negation.is_some_and(|it| {
                words[it.at + 1..at].iter().all(|it| LEXICON.film_words.has(&it.text))
            });
            if !is_out {
                self.negation = None;
            }
            self.take(
                Named::Trait(Trait::Genre(FOR_CHILDREN.to_owned())),
                &words[at..at],
                is_out,
                false,
            );
            return Some(n);
        }
        if let Some((it, n)) = told_at(self.names, self.catalogue, self.scene.shown, words, at) {
            // "Too long" and "not too long" both want it shorter.
            let is_asked = matches!(it, Trait::Length(_)) && text_at(words, at + n - 1) == "long";
            let is_negated = self.negation.is_some() && !is_asked;
            self.wish.make_room_for(&it);
            self.take(Named::Trait(it), &words[at..at], is_negated, false);
            return Some(n);
        }
        // A time that is no wish: "give me a minute".
        if let Some(n) = running_time_at(words, at) {
            return Some(n);
        }
        let said = LEXICON.languages.iter().filter(|it| is_at(words, at, it)).map(n_words).max();
        if let Some(n) = said {
            if let Some((it, is_out)) = language_as_said(self.names, words, at) {
                let is_negated = self.negation.is_some() != is_out;
                self.take(Named::Trait(it), &words[at..at], is_negated, false);
            } else {
                self.unmet.push(Unmet { words: written(words, at, n), why: Why::SpokenLanguage });
            }
            return Some(n);
        }
        // "The darker the better", "something newer would be better".
        let is_polite = matches!(text_at(words, at.wrapping_sub(1)), "the" | "be" | "even");
        if text_at(words, at) == "better" && is_polite && at > 2 {
            return Some(1);
        }
        if let Some((tag, n)) = phrase_at(&LEXICON.degrees, words, at) {
            let why = if text_at(words, at) == "better" { Why::Comparison } else { Why::Degree };
            let meant = self.names.trait_called(tag);
            // "Scary", "scarier" asks for a degree.
            if let Some(it) = meant.filter(|it| !self.wish.wanted.contains(it)) {
                self.take(Named::Trait(it), &[], self.negation.is_some(), false);
            } else {
                self.unmet.push(Unmet { words: written(words, at, n), why });
            }
            return Some(n);
        }
        if LEXICON.foreign_words.has(text_at(words, at)) {
            let abroad = self.negation.is_none();
            self.take(Named::Trait(Trait::Country("USA".to_owned())), &[], abroad, false);
            return Some(1);
        }
        let (why, n) = phrase_at(&LEXICON.unmet, words, at)?;
        let is_grown_up = matches!(text_at(words, at + 1), "adults" | "grown");
        let is_animated = self.wish.wanted.contains(&Trait::Genre("Animation".to_owned()));
        if let Some(it) = self.names.trait_called("adult animation")
            && is_grown_up
            && is_animated
        {
            self.take(Named::Trait(it), &[], self.negation.is_some(), false);
            return Some(n);
        }
        // What was no wish for a length tells of a film: "not too long ago".
        if *why != Why::RunningTime {
            self.unmet.push(Unmet { words: written(words, at, n), why: *why });
        }
        Some(n)
    }

    /// "For my kids", "with the whole family", "my 7 year old", "our daughter wants": how many words.
    pub(super) fn audience_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let is_told = matches!(text_at(words, at), "for" | "with");
        let is_own = matches!(text_at(words, at), "my" | "our");
        let age_at = |at: usize| {
            let is_young = text_at(words, at).parse::<u8>().is_ok_and(|age| age <= 12);
            let is_age =
                is_young && matches!(text_at(words, at + 1), "year" | "years" | "yr" | "yo");
            is_age.then(|| 2 + usize::from(matches!(text_at(words, at + 2), "old" | "olds")))
        };
        let is_within = |it: &Word| !it.starts_clause && LEXICON.before_audiences.has(&it.text);
        let mut next = at + usize::from(is_told || is_own);
        if is_told || is_own {
            while words.get(next).is_some_and(is_within) && age_at(next).is_none() {
                next += 1;
            }
        }
        let n_age = age_at(next);
        next += n_age.unwrap_or(0);
        let has_word = words
            .get(next)
            .is_some_and(|it| LEXICON.audiences.has(&it.text) && (next == at || !it.starts_clause));
        // A film may be ten years old as well.
        let is_of_film = LEXICON.film_words.has(text_at(words, next));
        let wishes = matches!(
            text_at(words, next + 1),
            "want" | "wants" | "would" | "need" | "needs" | "to" | "likes" | "loves" | "like"
        );
        // "My daughter is six."
        let is_aged = matches!(text_at(words, next + 1), "is" | "are")
            && number_at(words, next + 2).is_some_and(|age| age <= 12);
        let is_audience = match n_age {
            Some(_) => has_word || !is_of_film,
            None => has_word && (is_told || (is_own && (wishes || is_aged))),
        };
        let n_aged = if n_age.is_none() && is_own && is_aged { 2 } else { 0 };
        is_audience.then(|| next + usize::from(has_word) + n_aged - at)
    }

    /// A film pointed at: "the second one", "not the first"; how many words.
    pub(super) fn pointed_at(&mut self, words: &[Word], at: usize, is_seen: bool) -> Option<usize> {
        let rest = self.rest_at(words, at);
        self.n_rest = rest.as_ref().map_or(self.n_rest, |(films, _)| films.len());
        let (films, n) = rest.or_else(|| self.ordinal_at(words, at))?;
        self.is_pointing = true;
        let before = |n: usize| text_at(words, at.wrapping_sub(n));
        let is_liked = LEXICON.likings.has(before(1)) && before(2) != "would";
        let is_negated = self.negation.is_some();
        let is_hated = self.negation.is_some_and(|it| LEXICON.dislikes.has(text_at(words, it.at)));
        for film in films {
            self.mention(film);
            match (is_negated, is_seen) {
                (true, true) => self.wish.rejected.retain(|it| *it != film),
                (true, false) if is_liked || is_hated => self.name_film(film, true, false),
                (true, false) | (false, true) => self.put_away(film),
                (false, false) if is_liked => self.name_film(film, false, false),
                (false, false) => continue,
            }
            self.n_named += 1;
            self.is_critical |= is_negated;
        }
        Some(n)
    }

    /// Whether a bare number is a film's place on screen: "seen 1 and 3", "not 2".
    pub(super) fn is_place_at(&self, words: &[Word], at: usize) -> bool {
        let is_place =
            |it: &str| it.parse().is_ok_and(|it: usize| (1..=self.scene.shown.len()).contains(&it));
        let before = text_at(words, at.wrapping_sub(1));
        let is_said = matches!(before, "seen" | "watched" | "saw" | "not")
            || (matches!(before, "and" | "or") && is_place(text_at(words, at.wrapping_sub(2))))
            || is_place(before);
        let is_counted = LEXICON.units.has(text_at(words, at + 1))
            || LEXICON.plurals.has(text_at(words, at + 1));
        is_place(text_at(words, at)) && is_said && !is_counted
    }

    /// The films on screen that an ordinal at `at` means, and how many words it takes.
    pub(super) fn ordinal_at(&self, words: &[Word], at: usize) -> Option<(Vec<ItemRow>, usize)> {
        let shown = self.scene.shown;
        let has_article = matches!(text_at(words, at), "the" | "that" | "your");
        let is_numbered = matches!(text_at(words, at), "number" | "nr" | "film" | "movie");
        // "The first and third."
        let is_listed = matches!(text_at(words, at.wrapping_sub(1)), "and" | "or")
            && LEXICON.ordinals.iter().any(|(it, _)| *it == text_at(words, at.wrapping_sub(2)));
        let next = at + usize::from(has_article || is_numbered);
        let text = text_at(words, next);
        let named = LEXICON.ordinals.iter().find(|(word, _)| word == text).map(|(_, it)| *it);
        let is_place = self.is_place_at(words, at);
        let place = if is_numbered || is_place {
            text.parse().ok().or(number_at(words, next).map(|it| it as i16))?
        } else {
            named?
        };
        let follows = words.get(next + 1).filter(|it| !it.starts_clause);
        let is_of_ones = follows.is_some_and(|it| LEXICON.ones.has(&it.text));
        let ends = follows.is_none_or(|it| {
            LEXICON.after_ordinals.has(&it.text) || matches!(&*it.text, "are" | "were")
        });
        // "The last samurai", "a second chance", "first of all" are about no film on screen.
        if !(is_place || is_numbered && ends || is_of_ones || ((has_article || is_listed) && ends))
        {
            return None;
        }
        let n = next + 1 + usize::from(is_of_ones && !is_numbered) - at;
        let several = follows.filter(|_| is_of_ones).map_or(1, |it| match it.text.as_str() {
            "two" | "ones" => 2,
            "three" => 3,
            _ => 1,
        });
        let films: Vec<ItemRow> = match place {
            -1 => shown.iter().rev().take(several).copied().collect(),
            0 => shown.get(shown.len() / 2).copied().into_iter().collect(),
            1.. => shown.iter().skip(place as usize - 1).take(several).copied().collect(),
            _ => Vec::new(),
        };
        (!films.is_empty()).then_some((films, n))
    }
}
