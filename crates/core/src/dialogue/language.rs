//! Whether a message is in English, and what in it is a name that the catalogue lacks.

use super::Trait;
use super::lexicon::LEXICON;
use super::names::{Named, Names, is_common};
use super::words::{Word, span, text_at};
use crate::catalog::Catalogue;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Other,
    /// Of another script than Latin.
    OfOtherLetters,
}

/// Past these, letters are of no alphabet that English is written in.
const LAST_LATIN: char = '\u{24f}';
/// So many words of another language, and more than of English, make a message of it.
const LEAST_FOREIGN: usize = 2;

pub(super) fn tongue_of(
    message: &str,
    words: &[Word],
    names: &Names,
    catalogue: &Catalogue,
) -> Tongue {
    let letters = || message.chars().filter(|it| it.is_alphabetic());
    if letters().filter(|it| *it > LAST_LATIN).count() * 2 > letters().count() {
        return Tongue::OfOtherLetters;
    }
    let (mut n_foreign, mut n_english, mut at) = (0, 0, 0);
    while let Some(word) = words.get(at) {
        // "La La Land", "Das Boot".
        if let Some((Named::Film(_), n)) = names.find(catalogue, words, at).filter(|(_, n)| *n > 1)
        {
            at += n;
            continue;
        }
        if LEXICON.foreign.has(&word.text) {
            n_foreign += 1;
        } else if is_common(word) || LEXICON.negations.has(&word.text) {
            n_english += 1;
        }
        at += 1;
    }
    if n_foreign >= LEAST_FOREIGN && n_foreign > n_english {
        Tongue::Other
    } else {
        Tongue::English
    }
}

/// Titles that are quoted, have their year in brackets or follow "like", and names after "with", that the
/// catalogue does not know: where they begin, and how many words they take.
pub(super) fn unknown_names(
    words: &[Word],
    names: &Names,
    catalogue: &Catalogue,
) -> Vec<(usize, usize)> {
    let is_in_title_case = words.iter().skip(1).all(|it| it.is_marked);
    let mut unknown = Vec::new();
    let (mut at, mut person_end) = (0, None);
    while at < words.len() {
        if let Some((named, n)) = names.find(catalogue, words, at) {
            at += n;
            person_end = matches!(named, Named::Trait(Trait::Person(_))).then_some(at);
            continue;
        }
        // "Tarkovsky or Béla Tarr."
        let is_beside_person = person_end.is_some_and(|end| end + 1 == at);
        let n = name_at(words, at, is_in_title_case, is_beside_person);
        let is_known = (at..at + n).any(|it| names.find(catalogue, words, it).is_some());
        if n > 0 && !is_known {
            unknown.push((at, n));
        }
        at += n.max(1);
    }
    unknown
}

/// How many words from `at` on are marked as a name.
fn name_at(words: &[Word], at: usize, is_in_title_case: bool, is_beside_person: bool) -> usize {
    let run = |is_of_it: fn(&Word) -> bool| {
        let rest = words[at..].iter().enumerate();
        rest.take_while(|(n, it)| is_of_it(it) && (*n == 0 || !it.starts_clause)).count()
    };
    if words[at].starts_quote {
        let rest = words[at + 1..].iter();
        return 1 + rest.take_while(|it| it.is_quoted && !it.starts_quote).count();
    }
    let is_particle = |it: &Word| {
        matches!(
            &*it.text,
            "de" | "del" | "della" | "di" | "la" | "le" | "van" | "von" | "der" | "den" | "ten"
        )
    };
    let mut n = run(|it| it.is_marked && span(&it.text).is_none());
    // "Louis de Funès."
    let after = words[at..].iter().skip(n).take_while(|it| is_particle(it)).count();
    let goes_on = words.get(at + n + after).is_some_and(|it| it.is_marked && !it.starts_clause);
    if n > 0 && after > 0 && goes_on {
        n += after + 1;
    }
    let has_year = words.get(at + n).is_some_and(|it| it.is_bracketed && span(&it.text).is_some());
    let before = at.checked_sub(1).map_or("", |at| text_at(words, at));
    let article = usize::from(before == "the");
    let before_article = at.checked_sub(1 + article).map_or("", |at| text_at(words, at));
    // "Just not the Beatles."
    let is_excepted =
        matches!(before_article, "not" | "no" | "except" | "without") && !words[at].starts_clause;
    let is_named = !is_in_title_case
        && (LEXICON.likings.has(before)
            || is_excepted
            || (n >= 2
                && (matches!(before, "with" | "by" | "starring" | "featuring")
                    || (matches!(before, "or" | "and") && is_beside_person))));
    match n {
        0 => 0,
        _ if has_year => n + 1,
        _ if is_named && !is_common(&words[at]) => n,
        _ => 0,
    }
}
