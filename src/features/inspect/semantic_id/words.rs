//! A tree of codes, and a beam through it.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::semantic_id::Beam;
use crate::features::inspect::words::tenth_percent;
use crate::ui::words::{counted, listed, ordinal, percent, titles};

pub(super) const ABOUT: &str = "beam search over a tree of codes";
pub(super) const WHICH_LEVEL: &str = "Level of the beam";
pub(super) const BEAM_WIDTH: &str = "Beam width";
pub(super) const BEAM_FILMS: &str = "Where the beam ends";
pub(super) const FILM: &str = "film";
pub(super) const PICKED: &str = "your film";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";
pub(super) const NOTE: &str = "Every film has a code of three numbers, made from its text: films \
     with similar texts share a beginning. The model predicts the first number, then the second, \
     then the third. A number has no meaning of its own; it is named here by what many of its \
     films share and few others have, and three films or fewer are named themselves.";

/// Over a level.
pub(super) fn head(level: usize, is_wide: bool) -> String {
    match (level, is_wide) {
        (0, true) => "first code".to_owned(),
        (1, true) => "second code".to_owned(),
        (_, true) => "third code".to_owned(),
        (_, false) => ordinal(level + 1),
    }
}

/// "10 kept, 58 %".
pub(super) fn kept((n, share): (usize, f32), is_wide: bool) -> String {
    if is_wide { format!("{n} kept, {}", percent(share)) } else { percent(share) }
}

/// What a step is called.
pub(super) fn step(level: usize) -> String {
    match level {
        0 => "nothing spelt".to_owned(),
        _ => head(level - 1, true),
    }
}

/// "53 · 38 · 26".
pub(super) fn spelt(codes: &[u32]) -> String {
    codes.iter().map(u32::to_string).collect::<Vec<_>>().join(" · ")
}

/// `lost` are those of the `n_asked` likeliest films that a beam of `width` does not end at.
pub(super) fn claim(width: usize, n_asked: usize, lost: &[String]) -> String {
    let beam = format!("A beam of {width} finds");
    match (n_asked, lost) {
        (0, _) => format!("{beam} no film that is new to you"),
        (1, []) => format!("{beam} the likeliest film"),
        (n, []) => format!("{beam} all of the {n} likeliest films"),
        (n, lost) => {
            let n_named = if lost.len() <= 2 { lost.len() } else { 1 };
            let n_more = lost.len() - n_named;
            let mut names = lost[..n_named].to_vec();
            if n_more > 0 {
                names.push(counted(n_more, "other", "others"));
            }
            let lie = if lost.len() == 1 { "lies" } else { "lie" };
            let n_found = n - lost.len();
            format!(
                "{beam} {n_found} of the {n} likeliest films; {} {lie} on branches it left",
                listed(&names)
            )
        }
    }
}

pub(super) fn say_of_level(level: usize, (n, share): (usize, f32)) -> String {
    let height = "Height: probability.";
    match level {
        0 => format!("{height} No code is spelt yet."),
        _ => {
            let kept = match level {
                1 => counted(n, "first code", "first codes"),
                _ => counted(n, "pair of codes", "pairs of codes"),
            };
            format!("{height} The beam keeps {kept}, with {} of all probability.", percent(share))
        }
    }
}

/// Of the first film that the beam ends at; `has_instead` where it ends at films in place of likelier ones.
pub(super) fn say_of_film(film: Option<(String, &[u32])>, has_instead: bool) -> String {
    let mut parts = vec!["Height: probability.".to_owned()];
    parts
        .extend(film.map(|(title, codes)| format!("{title} comes first, spelt {}.", spelt(codes))));
    parts.extend(has_instead.then(|| "Bold: found instead.".to_owned()));
    parts.join(" ")
}

/// Of a code that the reader chose; see [`code`].
pub(super) fn say_of_code(
    codes: &[u32],
    (name, about): (String, String),
    probability: f32,
) -> String {
    format!("Code {} has {}: {name} ({about}).", spelt(codes), share(probability))
}

/// "8.0 %", "under 0.1 %".
pub(super) fn share(probability: f32) -> String {
    const LEAST: f32 = 0.0005;
    if probability < LEAST { "under 0.1 %".to_owned() } else { tenth_percent(probability) }
}

pub(super) fn code_button(codes: &[u32], name: Option<&str>) -> String {
    let of = name.map_or_else(String::new, |it| format!(": {it}"));
    format!("Code {}{of}", spelt(codes))
}

pub(super) fn film_button(title: &str, codes: &[u32]) -> String {
    format!("Code of {title}: {}", spelt(codes))
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
