//! Years in running words: "before the 90s", "between 1990 and 1995", "the last ten years", "early 2000s".

use super::Years;
use super::lexicon::{LEXICON, Words};
use super::words::{Word, is_at, n_words, span, text_at};

/// Years, and how many words say them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub years: Years,
    pub n: usize,
    /// A bare year, which may as well be the name of a film.
    pub is_bare: bool,
}

/// What the words from `at` on say of years; `last_year` is the newest there is.
pub(super) fn years_at(words: &[Word], at: usize, last_year: u16) -> Option<Said> {
    if let Some(said) = lately(words, at, last_year) {
        return Some(said);
    }
    if text_at(words, at) == "between" {
        let (from, n) = time_at(words, at + 1)?;
        let and = at + 1 + n;
        let (to, n) =
            matches!(text_at(words, and), "and" | "to").then(|| time_at(words, and + 1))??;
        let (from, to) = (from.0.min(to.0), from.1.max(to.1));
        return Some(Said { years: of(from, to), n: and + 1 + n - at, is_bare: false });
    }
    let (before, after) =
        (longest_at(&LEXICON.before, words, at), longest_at(&LEXICON.after, words, at));
    let longest = [before, after].into_iter().flatten().max_by_key(|it| n_words(it));
    let start = at + longest.map_or(0, n_words);
    let (time, n) = time_at(words, start)?;
    let mut end = start + n;
    let is_inclusive = longest.is_some_and(|it| LEXICON.inclusive.has(it));
    // "From 1990 to 1995", "80s and 90s", "1990 or older".
    let joined = matches!(text_at(words, end), "to" | "until" | "till" | "through" | "and" | "or");
    if joined && words.get(end).is_some_and(|it| !it.starts_clause) {
        if let Some((to, n)) = time_at(words, end + 1) {
            let years = of(time.0.min(to.0), time.1.max(to.1));
            let is_open = longest.is_none_or(|it| it == "from");
            return is_open.then_some(Said { years, n: end + 1 + n - at, is_bare: false });
        }
        let open = match text_at(words, end + 1) {
            "older" | "earlier" | "before" => Some(Years { to: Some(time.1), ..Years::default() }),
            "newer" | "later" | "after" | "up" | "since" => {
                Some(Years { from: Some(time.0), ..Years::default() })
            }
            _ => None,
        };
        if let Some(years) = open {
            return Some(Said { years, n: end + 2 - at, is_bare: false });
        }
    }
    let mut is_onwards = false;
    while matches!(text_at(words, end), "onwards" | "onward" | "on" | "upwards" | "forward") {
        is_onwards = true;
        end += 1;
    }
    let is_decade = time.0 != time.1;
    let years = match longest {
        Some(it) if LEXICON.before.has(it) => {
            let to = if is_inclusive { time.1 } else { time.0 - 1 };
            Years { to: Some(to), ..Years::default() }
        }
        // "From the 90s" is of them.
        Some("from") if is_decade && !is_onwards => of(time.0, time.1),
        Some(_) => {
            let from = if is_inclusive { time.0 } else { time.1 + 1 };
            Years { from: Some(from), ..Years::default() }
        }
        None if is_onwards => Years { from: Some(time.0), ..Years::default() },
        None => of(time.0, time.1),
    };
    Some(Said { years, n: end - at, is_bare: longest.is_none() && !is_onwards && !is_decade })
}

/// The longest of `phrases` that stands at `at`.
pub(super) fn longest_at<'a>(phrases: &'a Words, words: &[Word], at: usize) -> Option<&'a str> {
    phrases.iter().filter(|it| is_at(words, at, it)).max_by_key(|it| n_words(it))
}

impl Years {
    /// What "not" makes of them.
    pub(super) fn turned_round(self) -> Self {
        match (self.from, self.to) {
            (Some(from), None) => Self { to: Some(from - 1), ..Self::default() },
            (None, Some(to)) => Self { from: Some(to + 1), ..Self::default() },
            (Some(from), Some(to)) => Self { except: Some((from, to)), ..Self::default() },
            (None, None) => self,
        }
    }
}

fn of(from: u16, to: u16) -> Years {
    Years { from: Some(from), to: Some(to), except: None }
}

/// "The last ten years", "the past decade": counted back from the catalogue's last.
fn lately(words: &[Word], at: usize, last_year: u16) -> Option<Said> {
    let mut next = at;
    while matches!(text_at(words, next), "from" | "in" | "within" | "of" | "the") {
        next += 1;
    }
    if !matches!(text_at(words, next), "last" | "past" | "recent") {
        return None;
    }
    let (n, unit) = match number_at(words, next + 1) {
        Some(n) => (n, next + 2),
        None => (1, next + 1),
    };
    let n_years = match text_at(words, unit) {
        "year" | "years" => n,
        "decade" | "decades" => n * 10,
        _ => return None,
    };
    // "Recent years" without a number are five.
    let n_years = if text_at(words, next) == "recent" { n_years.max(5) } else { n_years };
    let from = last_year.saturating_sub(n_years.saturating_sub(1));
    let years = Years { from: Some(from), ..Years::default() };
    Some(Said { years, n: unit + 1 - at, is_bare: false })
}

/// "The early 90s", "1994": first and last year, and how many words.
fn time_at(words: &[Word], at: usize) -> Option<((u16, u16), usize)> {
    let mut next = at;
    let mut part = None;
    while let Some(word) = words.get(next) {
        let found = LEXICON.parts_of_decades.iter().find(|(name, _)| *name == word.text);
        match (found, word.text.as_str()) {
            (Some((_, first)), _) => part = Some(*first),
            (None, "the" | "year" | "years" | "around" | "about" | "circa" | "of") => {}
            _ => break,
        }
        next += 1;
    }
    let word = words.get(next).filter(|it| !it.is_bracketed)?;
    let (from, to) = span(&word.text)?;
    // Early, mid and late take four, three and three years of ten.
    let time = match part {
        Some(first) if to > from => (from + first, from + first + if first == 0 { 3 } else { 2 }),
        _ => (from, to),
    };
    Some((time, next + 1 - at))
}

pub(super) fn number_at(words: &[Word], at: usize) -> Option<u16> {
    let text = text_at(words, at);
    let of_word = || LEXICON.numbers.iter().find(|(name, _)| name == text).map(|(_, it)| *it);
    text.parse().ok().filter(|it| *it < 1000).or_else(of_word)
}

/// How many words from `at` on say how long a film may be: "under 90 minutes", "2 hours".
pub(super) fn running_time_at(words: &[Word], at: usize) -> Option<usize> {
    let limit =
        LEXICON.limits.iter().filter(|it| is_at(words, at, it)).max_by_key(|it| n_words(it));
    let mut next = at + limit.map_or(0, n_words);
    let is_number = number_at(words, next).is_some();
    next += usize::from(is_number);
    // "Two and a half hours", "an hour and a half".
    while matches!(text_at(words, next), "and" | "half" | "a") {
        next += 1;
    }
    (is_number && LEXICON.units.has(text_at(words, next))).then(|| {
        let rest = [" and a half", " long"].iter().find(|it| is_at(words, next + 1, it.trim()));
        next + 1 + rest.map_or(0, |it| n_words(it.trim())) - at
    })
}
