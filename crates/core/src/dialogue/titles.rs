//! Which running words call a film: "the matrix", "liked heat", "Alien (1979)", "the Ocean's films".

use super::lexicon::LEXICON;
use super::names::{NAMES_OF_SERIES, Named, Names, is_common, key};
use super::words::{Word, is_at, n_words, span, text_at};
use super::{Trait, years};
use crate::catalog::{Catalogue, ItemRow, NamedFilm, likely_years};

/// A name that is a tag as well means a film only from here on: "Harry Potter" is the tag.
const PART_OF_TITLE: f32 = 0.8;

impl Names {
    /// The film called by the `n` words at `at`, which are `name`.
    pub(super) fn film(
        &self,
        catalogue: &Catalogue,
        words: &[Word],
        at: usize,
        name: &str,
        n: usize,
    ) -> Option<(Named, usize)> {
        let run = &words[at..at + n];
        // "I" is the next sentence, and no number.
        if n > 1 && (run[n - 1].is_article() || run[n - 1].text == "i") {
            return None;
        }
        // "Seen it like ten times."
        if n == 1 && text_at(words, at + 1) == "times" {
            return None;
        }
        // "The Ocean's films": "ocean" alone is a tag.
        let names_all = NAMES_OF_SERIES.contains(&text_at(words, at + n));
        let is_tag = self.traits.get(name).is_some_and(|it| key(it.name()) == name);
        if let Some(film) = self.series.get(name).filter(|_| names_all && !is_tag) {
            return Some((Named::Film(*film), n));
        }
        let (years, is_sure) = years_at(words, at + n);
        let is_title = self.is_title(name, words, at, n);
        if !is_title && years.is_empty() {
            return None;
        }
        let is_plain = run.iter().all(is_common);
        let is_trait = self.traits.contains_key(name);
        let is_meant = |it: &NamedFilm| {
            let title = key(catalogue.title(it.item));
            // "The alien" is "Alien" one word on.
            // Of common words only titles as they are: "what" and "the first" are no films.
            let is_whole = without_article(&title) == without_article(name);
            let is_of_title = n == 1
                || !run[0].is_article()
                || title.starts_with(&run[0].text)
                || (n > 2 && is_whole);
            is_of_title && (is_whole || !is_plain) && (!is_trait || it.certainty >= PART_OF_TITLE)
        };
        let films = catalogue.films_called(name, None).into_iter().filter(is_meant);
        let films: Vec<ItemRow> = films.map(|it| it.item).collect();
        let best = films.first().copied()?;
        if n == 1 && !run[0].is_quoted && self.people.is_famous(name) {
            return None;
        }
        let of = |year: u16| films.iter().copied().find(|&it| catalogue.year(it) == Some(year));
        if let Some(film) = years.into_iter().find_map(of) {
            return Some((Named::Film(film), n + 1));
        }
        // With another year in brackets it is another film, which the catalogue lacks.
        if is_sure || !is_title {
            return None;
        }
        // "War of the Worlds with Tom Cruise" is the one he plays in.
        let people = |it: ItemRow| catalogue.directors(it).into_iter().chain(catalogue.cast(it));
        let of_person = films.iter().filter(|_| films.len() > 1).find_map(|&it| {
            let n_more = people(it).find_map(|person| made_by(words, at + n, &key(person)))?;
            Some((Named::Film(it), n + n_more))
        });
        Some(of_person.unwrap_or((Named::Film(best), n)))
    }

    /// Whether words that are a title are meant as one.
    fn is_title(&self, name: &str, words: &[Word], at: usize, n: usize) -> bool {
        let run = &words[at..at + n];
        let known = self.traits.get(name);
        // Tags are written small: "not Aliens" is about a film.
        let is_small = matches!(known, Some(Trait::Tag(it)) if !it.contains(char::is_uppercase));
        // "Mid 90s" are years before they are a film.
        let has_decade = n > 1 && run.iter().any(|it| span(&it.text).is_some_and(|(a, b)| a < b));
        let said = || years::years_at(words, at, self.last_year);
        if has_decade && said().is_some_and(|it| it.n >= n && !it.is_bare) {
            return is_after_liking(words, at);
        }
        let is_whole = n == words.len() && !LEXICON.common.has(name);
        if is_whole && (known.is_none() || (is_small && run.iter().all(|it| it.is_marked))) {
            return true;
        }
        if run.iter().all(|it| it.is_quoted) {
            return true;
        }
        let before = at.checked_sub(1).map_or("", |at| text_at(words, at));
        if n >= 2 {
            // "The Matrix", "toy story", "liked the matrix", but not "for the kids".
            let n_telling = run.iter().filter(|it| !is_common(it)).count();
            let is_marked = run.iter().all(|it| it.is_marked || is_common(it))
                && run.iter().any(|it| it.is_marked);
            // "Anything else" has the capital of its sentence.
            let is_begun = word_begins(run) && n_telling == 0;
            let is_marked = is_marked && !is_begun;
            let is_liked = n_telling >= 1 && is_after_liking(words, at);
            let is_long = n_telling >= 2 || (n >= 4 && n_telling >= 1);
            // "A black and white film".
            let is_tag = known.is_some() || self.traits.contains_key(without_article(name));
            // "A good ghost story" is any.
            let is_any = matches!(before, "a" | "an" | "any" | "some" | "good" | "great" | "nice");
            return is_marked || is_liked || (is_long && !is_tag && !is_any);
        }
        let word = &run[0];
        let (is_plain, is_trait) = (is_common(word), known.is_some());
        let after_liking = LEXICON.likings.has(before);
        // "I", and messages in title case: there a capital tells nothing.
        let is_always_capital =
            name.len() == 1 || name == "im" || words.iter().all(|it| it.is_marked);
        let is_named = word.is_marked
            && !is_always_capital
            && (!is_trait || after_liking || (is_small && !word.starts_sentence));
        // "A korean thriller, not parasite."
        let is_excepted = matches!(before, "not" | "except" | "besides" | "unlike")
            && words
                .get(at + 1)
                .is_none_or(|it| it.starts_clause || matches!(&*it.text, "or" | "and" | "nor"));
        // "The matrix and inception", "Alien vs Aliens".
        let is_listed = matches!(before, "and" | "or" | "nor")
            && (is_after_liking(words, at) || is_after_exception(words, at));
        let is_set_beside =
            [before, text_at(words, at + 1)].iter().any(|it| matches!(*it, "vs" | "versus"));
        if is_set_beside && !is_plain {
            return true;
        }
        let is_year = span(name).is_some();
        if is_year || word.text.bytes().all(|it| it.is_ascii_digit()) {
            return after_liking;
        }
        // "New Wave" is no "Wave".
        let is_part = is_plain
            && !word.starts_clause
            && at.checked_sub(1).is_some_and(|it| {
                words[it].is_marked
                    && is_common(&words[it])
                    && !words[it].starts_clause
                    && !words[it].is_article()
            });
        (is_named && !is_part && (!word.starts_clause || !is_plain))
            || ((after_liking || is_excepted || is_listed) && !is_plain && !is_trait)
    }
}

/// The years that a film named before `at` may be of, the likeliest first, and whether the word there can
/// only be a film's year: then it may be off by one.
fn years_at(words: &[Word], at: usize) -> (Vec<u16>, bool) {
    let year = words.get(at).and_then(|it| Some((it, it.text.parse::<u16>().ok()?)));
    match year {
        Some((word, year)) if word.is_bracketed && span(&word.text).is_some() => {
            (likely_years(year).to_vec(), true)
        }
        Some((_, year)) => (vec![year], false),
        None => (Vec::new(), false),
    }
}

fn without_article(name: &str) -> &str {
    ["the ", "a ", "an "].iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name)
}

/// Whether a sentence begins with `run`, and only its first word has a capital.
fn word_begins(run: &[Word]) -> bool {
    run[0].starts_sentence && !run[1..].iter().any(|it| it.is_marked)
}

/// How many words from `at` on say that it is with `person` or by them.
fn made_by(words: &[Word], at: usize, person: &str) -> Option<usize> {
    let says_so = matches!(text_at(words, at), "with" | "by" | "starring" | "from");
    (says_so && is_at(words, at + 1, person)).then(|| 1 + n_words(person))
}

/// Whether the clause says before `at` that something is liked or seen.
fn is_after_liking(words: &[Word], at: usize) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    words[start..at].iter().any(|it| LEXICON.likings.has(&it.text))
}

/// Whether the word at `at` goes on with a list of films left out: "not Parasite or Oldboy".
fn is_after_exception(words: &[Word], at: usize) -> bool {
    let starts_list = |it: &str| matches!(it, "not" | "except" | "besides" | "unlike");
    at >= 3 && !words[at].starts_clause && starts_list(text_at(words, at - 3))
}
