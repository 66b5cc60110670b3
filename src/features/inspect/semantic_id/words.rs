//! A tree of codes, and a beam through it.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::semantic_id::Beam;
use crate::ui::words::{counted, listed, ordinal, titles};

pub(super) const LEAD: &str = "Every film has a code of three numbers, made from its text: films \
     with similar texts share a beginning. The model predicts the first number, then the second, \
     then the third. Choose a number to see how it goes on.";
pub(super) const BEAM_WIDTH: &str = "Beam width";
pub(super) const FOLLOW_FIRST: &str = "Back to the first film’s path";
pub(super) const CRUMBS: &str = "Levels of the tree";
pub(super) const PATH_FILMS: &str = "Films";
pub(super) const NOTE: &str = "A number has no meaning of its own. It is named here by what many \
     of its films share and few others have; three films or fewer are named themselves. Percent: \
     the probability of the number, given those before it; at the films, that of the whole code.";
pub(super) const BEAM_FILMS: &str = "Where the beam ends";

pub(super) fn level(level: usize) -> &'static str {
    match level {
        0 => "First number",
        1 => "Second number",
        _ => "Third number",
    }
}

/// What a column says until the path leads to it.
pub(super) fn choose_before(column: usize) -> String {
    format!("Choose a {} first.", level(column.saturating_sub(1)).to_lowercase())
}

/// "1st · 12", "Films".
pub(super) fn crumb(level: usize, code: Option<u32>) -> String {
    match (level, code) {
        (3.., _) => PATH_FILMS.to_owned(),
        (_, Some(code)) => format!("{} · {code}", ordinal(level + 1)),
        (_, None) => ordinal(level + 1),
    }
}

/// What a code is called, and what stands below that: "Horror, 1980s, robots" and "Alien and 119
/// more films"; few films, or films that share nothing, are called by their titles.
pub(super) fn code(catalogue: &Catalogue, films: &[ItemRow]) -> (String, String) {
    const N_TITLES: usize = 3;
    const N_COMMON: usize = 3;
    let in_common = catalogue.in_common(films, N_COMMON);
    let n_titles = films.len().min(N_TITLES);
    if films.len() <= N_TITLES || in_common.is_empty() {
        let titles = listed(&titles(catalogue, &films[..n_titles]));
        return (titles, counted(films.len(), "film", "films"));
    }
    let n_more = counted(films.len() - 1, "more film", "more films");
    (in_common.join(", "), format!("{} and {n_more}", catalogue.title(films[0])))
}

pub(super) fn kept_at(place: usize) -> String {
    format!(" · in the beam, {}", ordinal(place))
}

pub(super) fn beam_said(beam: &Beam) -> String {
    let n_listed = beam.films.len().min(10);
    format!(
        "A beam of {} keeps that many partial codes at each level and drops the rest. Of its first \
         {}, {} are among the first ten of all films.",
        beam.width,
        counted(n_listed, "film", "films"),
        beam.n_exact
    )
}
