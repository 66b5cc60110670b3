//! Words of what is recommended from the reader's own films.

use crate::engine::protocol::Cost;
use crate::features::import::state::basis::{Basis, Span};
use crate::ui::words::{counted, grouped, listed, millis, ordinal};

pub(crate) const RECOMMENDED: &str = "Recommended for you";
pub(crate) const LIST: &str = "Recommended, best first";
pub(crate) const SHOW_MORE: &str = "Show ranks 11 to 50";
pub(crate) const SHOW_FEWER: &str = "Show the first 10";
pub(crate) const SEEN_HIDDEN: &str = "Films you watched are not listed.";
pub(crate) const BASED_ON: &str = "Based on";
pub(crate) const COUNT_STARS: &str = "Count my stars";
pub(crate) const WANTED: &str = "watch-list";
pub(crate) const LEAVE_OUT: &str = "Leave out";
pub(crate) const BRING_BACK: &str = "Count them again";
pub(crate) const FALLS: &str = "Its rank among all films, and without each of these:";
pub(crate) const NO_REASON: &str = "Without any one of your films it does not fall.";
pub(crate) const REASONS_COMING: &str = "Your films are being left out one after another…";
pub(crate) const IN_EXPLORE: &str =
    "See in Explore how it came about, by the order of your films alone";

pub(crate) fn span(span: Span) -> String {
    match span {
        Span::AllYears => "All years".to_owned(),
        Span::Newest(n) => format!("Newest {n}"),
    }
}

/// Which films count, in which order, and what stars do.
pub(crate) fn based_on(basis: &Basis, span: Span, has_stars: bool) -> String {
    let n = basis.history.len();
    if n == 0 {
        return "No film is left to base a list on.".to_owned();
    }
    let mut words = match span {
        Span::AllYears if n == basis.n_seen => {
            format!("From {} you watched.", counted(n, "film", "films"))
        }
        Span::AllYears => {
            format!(
                "From {} of the {} you watched.",
                grouped(n),
                counted(basis.n_seen, "film", "films")
            )
        }
        Span::Newest(_) => format!("From the {} you watched last.", counted(n, "film", "films")),
    };
    words += match (basis.n_undated, n) {
        (0, 1) => "",
        (0, _) => " Newer ones count more.",
        (undated, n) if undated == n => {
            " None has a day of its own, so those you rated higher count more."
        }
        _ => "",
    };
    if basis.n_undated > 0 && basis.n_undated < n {
        words += &format!(
            " Newer ones count more; {} without a day of {} own count as the oldest.",
            grouped(basis.n_undated),
            if basis.n_undated == 1 { "its" } else { "their" },
        );
    }
    words += &stars(basis, has_stars);
    words
}

fn stars(basis: &Basis, has_stars: bool) -> String {
    let unloved = match basis.n_unloved {
        0 => String::new(),
        1 => " One film a star or more under it is left out.".to_owned(),
        n => format!(" {} films a star or more under it are left out.", grouped(n)),
    };
    match basis.mean_stars {
        Some(mean) => format!(" More stars count more; your average is {mean:.1}.{unloved}"),
        None if has_stars => " They have no stars.".to_owned(),
        None => " Your stars do not count.".to_owned(),
    }
}

/// "because of Heat and Fargo".
pub(crate) fn because(films: &[String]) -> String {
    match films {
        [] => "no single film carries it".to_owned(),
        films => format!("because of {}", listed(films)),
    }
}

pub(crate) fn falls(rank: usize, without: usize) -> String {
    format!("{} → {}", ordinal(rank), ordinal(without))
}

pub(crate) fn leave_out(film: &str) -> String {
    format!("{LEAVE_OUT} {film}")
}

pub(crate) fn out(films: &[String]) -> String {
    match films {
        [_] | [_, _] | [_, _, _] => format!("Left out: {}.", listed(films)),
        _ => format!("Left out: {}.", counted(films.len(), "film", "films")),
    }
}

/// What came of leaving out the last of `films`; `foretold` is the rank it was said to give.
pub(crate) fn tried(
    films: &[String],
    film: &str,
    before: usize,
    foretold: usize,
    rank: usize,
) -> String {
    let verdict = if rank == foretold { "as foretold" } else { "not as foretold" };
    format!("{} {film} was {} and is {}, {verdict}.", out(films), ordinal(before), ordinal(rank))
}

/// "Blend, 266 films, 12 ms."
pub(crate) fn ran(model: &str, n_films: usize, cost: Cost) -> String {
    format!("{model}, {}, {}.", counted(n_films, "film", "films"), millis(cost.millis))
}

pub(crate) fn reasons_coming(n: usize, of: usize) -> String {
    format!("Reasons: {} of {} left out so far.", grouped(n), counted(of, "film", "films"))
}

pub(crate) fn reasons_ran(n_runs: usize, spent: f64) -> String {
    format!(
        "Reasons: each film left out once, {}, {}.",
        counted(n_runs, "run", "runs"),
        millis(spent)
    )
}
