//! Questions about one film: what of it is asked for.

use super::lexicon::LEXICON;
use super::manager::Said;
use super::names::Named;
use super::reading::Reading;
use super::words::{Word, text_at};
use super::{Field, Trait, Wish};

/// In longer messages a question further on is talk between others.
const MAX_SHORT_WORDS: usize = 10;
/// Between "is it" and what is asked: "is it really a French film".
const BEFORE_ASKED: [&str; 27] = [
    "a", "an", "the", "in", "from", "of", "set", "made", "very", "really", "so", "more", "like",
    "kind", "sort", "actually", "film", "movie", "one", "good", "about", "at", "all", "spoken",
    "too", "mostly", "also",
];
const PRIZE_WORDS: [&str; 8] =
    ["oscar", "oscars", "win", "won", "nominated", "nomination", "nominations", "academy"];
/// Prizes that no file of ours lists.
const OTHER_PRIZES: [&str; 10] =
    ["globe", "globes", "bafta", "baftas", "cannes", "palme", "emmy", "emmys", "razzie", "razzies"];

/// Where in the message something of one film is asked for, and what. `before` is the wish until then.
pub(super) fn asked(
    said: &Said<'_>,
    reading: &Reading<'_>,
    before: &Wish,
) -> Option<(usize, Field)> {
    let words = said.0;
    let is_short = words.len() <= MAX_SHORT_WORDS;
    let phrases = LEXICON
        .questions
        .iter()
        .filter_map(|(phrase, field)| Some((said.at(phrase)?, phrase, *field)))
        .filter(|(at, ..)| *at <= 3 || (is_short && words[*at].starts_clause));
    let phrase = phrases.max_by_key(|(_, phrase, _)| phrase.len()).map(|(at, _, it)| (at, it));
    // "Is Al Pacino in it?"
    let is_new = |it: &&Trait| matches!(it, Trait::Person(_)) && !before.wanted.contains(it);
    let names_person = reading.wish.wanted.iter().any(|it| is_new(&it));
    let asks_of_part =
        is_short && names_person && said.any(&LEXICON.parts_in_it) && said.starts_with_being();
    phrase
        .or(asks_of_part.then_some((0, Field::Cast)))
        .or_else(|| prizes(words, reading).filter(|_| is_short))
        .or_else(|| is_it_so(words, reading).filter(|_| is_short))
        .or_else(|| is_one_pointed_at_so(said, reading))
}

/// "Did it win an Oscar?", "how many Oscars has Titanic won?"
fn prizes(words: &[Word], reading: &Reading<'_>) -> Option<(usize, Field)> {
    let has = |those: &[&str]| words.iter().any(|it| those.contains(&it.text.as_str()));
    let at = (0..words.len()).find(|&at| {
        matches!(text_at(words, at), "did" | "has" | "had" | "was" | "is" | "does")
            && is_subject(words, at + 1, reading)
    })?;
    let field = if has(&OTHER_PRIZES) { Field::Unknown } else { Field::Prizes };
    has(&PRIZE_WORDS).then_some((at.min(reading.places.first().copied().unwrap_or(at)), field))
}

/// "Is it in French?", "is Heat a comedy?", "was that very sad?"
fn is_it_so(words: &[Word], reading: &Reading<'_>) -> Option<(usize, Field)> {
    let at = (0..words.len()).find(|&at| {
        words[at].starts_clause && matches!(text_at(words, at), "is" | "was" | "isnt" | "wasnt")
    })?;
    if !is_subject(words, at + 1, reading) {
        return None;
    }
    let is_named = reading.places.iter().any(|it| *it > at);
    let mut next = at + 1 + usize::from(!is_named);
    while let Some(word) = words.get(next).filter(|it| !it.starts_clause) {
        let is_language = matches!(text_at(words, next - 1), "in" | "spoken" | "speaking")
            && reading.names.languages.contains_key(&word.text);
        if is_language {
            return Some((at, Field::Languages));
        }
        match reading.names.find(reading.catalogue, words, next) {
            Some((Named::Trait(it), _)) => return Some((at, field_of(&it))),
            Some((Named::Film(_), n)) if is_named => next += n,
            _ if is_named || BEFORE_ASKED.contains(&word.text.as_str()) => next += 1,
            _ => return None,
        }
    }
    None
}

/// "Is the second one too long?", "is Titanic based on a true story?"
fn is_one_pointed_at_so(said: &Said<'_>, reading: &Reading<'_>) -> Option<(usize, Field)> {
    let asks = matches!(text_at(said.0, 0), "is" | "was")
        && text_at(said.0, 1) != "there"
        && reading.n_named > 0
        && (reading.is_pointing || said.at("based on").is_some());
    let kind = match reading.wish.wanted.last() {
        Some(it @ (Trait::Genre(_) | Trait::Language(_) | Trait::Prize(_) | Trait::Length(_))) => {
            field_of(it)
        }
        _ => Field::Tags,
    };
    asks.then_some((0, kind))
}

/// Whether one film stands at `at`: "it", or one that is named or pointed at.
fn is_subject(words: &[Word], at: usize, reading: &Reading<'_>) -> bool {
    let is_named = reading.places.iter().any(|it| *it == at || *it == at + 1);
    is_named || matches!(text_at(words, at), "it" | "that" | "this")
}

fn field_of(it: &Trait) -> Field {
    match it {
        Trait::Genre(_) => Field::Genres,
        Trait::Tag(_) => Field::Tags,
        Trait::Person(_) => Field::Cast,
        Trait::Country(_) => Field::Country,
        Trait::Language(_) => Field::Languages,
        Trait::Prize(_) => Field::Prizes,
        Trait::Length(_) => Field::Minutes,
    }
}
