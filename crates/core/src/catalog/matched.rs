//! What a search by title gives, and what it weighs.

use super::ItemRow;

/// Where a film matched what the reader typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedField {
    Title,
    /// Another title of the film, or its name in a series.
    OtherTitle,
    Director,
    Cast,
}

/// A film that matched, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleMatch {
    pub item: ItemRow,
    pub field: MatchedField,
    /// The matched title or name as the catalogue writes it.
    pub text: String,
    /// 1 for the whole title, 0.86 for a part of it or a number in a series, 0.63 for its
    /// beginning, less for words from within it, for people and for each misspelling.
    pub certainty: f32,
}

impl TitleMatch {
    /// Whether the reader surely means a film that is called so.
    pub fn is_clear(&self) -> bool {
        self.field <= MatchedField::OtherTitle && self.certainty >= CLEAR
    }
}

/// A film that goes by a name, and how surely, as in [`TitleMatch::certainty`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedFilm {
    pub item: ItemRow,
    pub certainty: f32,
}

/// A misspelt beginning of a title is clear, words scattered over it with a misspelling are not.
const CLEAR: f32 = 0.38;

/// What a match costs, in doublings of the number of ratings: a film known twice as well makes up
/// for one.
pub(super) mod cost {
    use crate::catalog::names::NameKind;

    pub(in crate::catalog) const OTHER_TITLE: u32 = 1;
    pub(in crate::catalog) const SERIES: u32 = 6;
    pub(in crate::catalog) const START: u32 = 7;
    pub(in crate::catalog) const OPEN: u32 = 9;
    /// "T2" is nothing else; "som" may become Some Like It Hot rather than The Sound of Music.
    pub(in crate::catalog) const INITIALS_AND_NUMBER: u32 = 8;
    pub(in crate::catalog) const INITIALS: u32 = 11;
    pub(in crate::catalog) const PHRASE: u32 = 11;
    pub(in crate::catalog) const OPEN_PHRASE: u32 = 13;
    pub(in crate::catalog) const SCATTERED: u32 = 14;
    pub(in crate::catalog) const DIRECTOR: u32 = 15;
    pub(in crate::catalog) const CAST: u32 = 17;
    /// A year beside the film's: lists differ by one, festivals come before cinemas.
    pub(in crate::catalog) const NEAR_YEAR: u32 = 8;
    /// A part of what was typed names the director or an actor.
    pub(in crate::catalog) const WITH_PERSON: u32 = 6;
    pub(in crate::catalog) const EDIT: u32 = 12;
    /// "Rocky 1" for the film that is just called so.
    pub(in crate::catalog) const FIRST: u32 = 4;

    pub(in crate::catalog) fn of_name(kind: NameKind) -> u32 {
        match kind {
            NameKind::Title => 0,
            NameKind::OtherTitle => OTHER_TITLE,
            NameKind::TitlePart | NameKind::NumberInSeries => 2,
            NameKind::Subtitle => 4,
            NameKind::Series => SERIES,
        }
    }
}
