//! How films, numbers and errors are written, wherever they are.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::EngineError;
use crate::figures;

pub const TRY_AGAIN: &str = "Try again";

/// "Alien (1979)".
pub fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    let title = catalogue.title(item);
    catalogue.year(item).map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// "1979 · Horror, Sci-Fi · Ridley Scott".
pub fn facts(catalogue: &Catalogue, item: ItemRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(catalogue.year(item).map(|year| year.to_string()));
    parts.push(catalogue.genres(item).join(", "));
    parts.push(catalogue.directors(item).join(", "));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "Alien", "Alien and Heat", "Alien, Heat and Fargo".
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub fn titles(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    items.iter().map(|&item| catalogue.title(item).to_owned()).collect()
}

/// "1st", "22nd", "113th".
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "1 film", "2 films".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// "12,345".
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "617 kB", "2.7 MB".
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}

/// "7 ms", "0.4 ms", "1.2 s".
pub fn millis(n: f64) -> String {
    match n {
        n if n < 1.0 => format!("{n:.1} ms"),
        n if n < 1_000.0 => format!("{n:.0} ms"),
        n => format!("{:.1} s", n / 1_000.0),
    }
}

/// "+0.62", "−0.18".
pub fn signed(value: f32) -> String {
    figures::signed(value, 2)
}

/// "0.62", "−0.18".
pub fn score(value: f32) -> String {
    figures::plain(value, 2)
}

pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// An error as a sentence.
pub fn error(error: &EngineError) -> String {
    sentence(&error.to_string())
}

/// With a capital, and a stop.
pub fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}
