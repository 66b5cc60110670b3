//! What one row of a file says of one film.

use serde::{Deserialize, Serialize};

use crate::dates::Date;

/// A row of a file that is about a film.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub named: Named,
    pub rating: Option<Rating>,
    /// The day of the viewing.
    pub watched: Option<Date>,
    /// The day of the rating, or on which the row was logged.
    pub logged: Option<Date>,
    pub stands: Stands,
    /// `false` is "not for me", in thumbs.
    pub is_liked: Option<bool>,
    /// Viewings that the row speaks of.
    pub n_viewings: u32,
    pub is_rewatch: bool,
    pub place: Place,
}

/// How a row stands to its film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stands {
    #[default]
    Seen,
    /// Wanted, which is not seen.
    WatchList,
    /// Said something of, and nothing of having seen it.
    Said,
}

/// How a file names a film. What it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    pub title: String,
    /// In the original language, or as some lists write beside.
    pub other_titles: Vec<String>,
    pub year: Option<u16>,
    /// The number of `tt0114369`.
    pub imdb: Option<u32>,
    /// Of films; TMDB counts series apart.
    pub tmdb: Option<u32>,
    pub movielens: Option<u32>,
    pub is_series: bool,
}

/// Where a row stands: a file of [`Import::files`](crate::Import), and the line, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: usize,
    pub line: u64,
}

/// Stars, as half stars from 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    // Invariant: 1 to 10.
    half_stars: u8,
    pub scale: Scale,
}

/// What a number out of a file is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scale {
    Five,
    Ten,
    Hundred,
}

/// What a text says where a rating is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Said {
    Nothing,
    Zero,
    /// On the scale of its column.
    Number(f32),
    /// On a scale that it names itself.
    Of(f32, Scale),
    Thumb(bool),
    Unreadable,
}

impl Rating {
    /// `value` of `scale` in half stars, rounded up from the middle, never less than one; `None` for
    /// what the scale does not have, and for zero.
    pub fn new(value: f32, scale: Scale) -> Option<Self> {
        let is_of_scale = value > 0.0 && value <= scale.top();
        let half_stars = (value / scale.top() * 10.0 + 0.001).round().clamp(1.0, 10.0);
        is_of_scale.then_some(Self { half_stars: half_stars as u8, scale })
    }

    /// 0.5 to 5.
    pub fn stars(self) -> f32 {
        f32::from(self.half_stars) / 2.0
    }

    pub(crate) fn lowest(scale: Scale) -> Self {
        Self { half_stars: 1, scale }
    }

    pub(crate) fn is_sound(self) -> bool {
        (1..=10).contains(&self.half_stars)
    }
}

impl Scale {
    pub fn top(self) -> f32 {
        match self {
            Self::Five => 5.0,
            Self::Ten => 10.0,
            Self::Hundred => 100.0,
        }
    }
}

/// Reads what people and programs write for a rating: "7,5", "9/10", "★★★½", "80 %", "👍".
pub(crate) fn said(text: &str) -> Said {
    let text = text.trim().trim_end_matches("\u{fe0f}");
    if text.is_empty() || text == "-" {
        return Said::Nothing;
    }
    match text {
        "👍" => return Said::Thumb(true),
        "👎" => return Said::Thumb(false),
        _ => {}
    }
    if text.starts_with(['★', '½']) {
        let full = text.chars().filter(|it| *it == '★').count() as f32;
        let half = if text.contains('½') { 0.5 } else { 0.0 };
        let is_stars = text.chars().all(|it| matches!(it, '★' | '☆' | '½'));
        return if is_stars { Said::Of(full + half, Scale::Five) } else { Said::Unreadable };
    }
    let number =
        |it: &str| it.trim().replace(',', ".").parse::<f32>().ok().filter(|it| it.is_finite());
    if let Some((value, of)) = text.split_once('/') {
        let scale = match of.trim() {
            "5" => Scale::Five,
            "10" => Scale::Ten,
            "100" => Scale::Hundred,
            _ => return Said::Unreadable,
        };
        return number(value).map_or(Said::Unreadable, |it| Said::Of(it, scale));
    }
    if let Some(percent) = text.strip_suffix('%') {
        return number(percent).map_or(Said::Unreadable, |it| Said::Of(it, Scale::Hundred));
    }
    match number(text) {
        Some(0.0) => Said::Zero,
        Some(value) if value > 0.0 => Said::Number(value),
        _ => Said::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_read_as_people_write_them() {
        for (text, want) in [
            ("", Said::Nothing),
            ("0", Said::Zero),
            ("0,0", Said::Zero),
            ("4.5", Said::Number(4.5)),
            ("4,5", Said::Number(4.5)),
            ("★★★½", Said::Of(3.5, Scale::Five)),
            ("★★★☆☆", Said::Of(3.0, Scale::Five)),
            ("9/10", Said::Of(9.0, Scale::Ten)),
            ("90", Said::Number(90.0)),
            ("80 %", Said::Of(80.0, Scale::Hundred)),
            ("👍", Said::Thumb(true)),
            ("-3", Said::Unreadable),
            ("NaN", Said::Unreadable),
            ("good", Said::Unreadable),
        ] {
            assert_eq!(said(text), want, "{text}");
        }
    }

    #[test]
    fn every_scale_becomes_half_stars() {
        let stars = |value, scale| Rating::new(value, scale).map(Rating::stars);
        assert_eq!(stars(9.0, Scale::Ten), Some(4.5));
        assert_eq!(stars(5.0, Scale::Ten), Some(2.5));
        assert_eq!(stars(8.5, Scale::Ten), Some(4.5));
        assert_eq!(stars(5.0, Scale::Five), Some(5.0));
        assert_eq!(stars(0.1, Scale::Ten), Some(0.5));
        assert_eq!(stars(90.0, Scale::Hundred), Some(4.5));
        assert_eq!(stars(0.0, Scale::Ten), None);
        assert_eq!(stars(11.0, Scale::Ten), None);
    }
}
