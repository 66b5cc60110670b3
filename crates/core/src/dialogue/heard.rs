//! What comes of reading a message.

use serde::{Deserialize, Serialize};

use super::{Field, Wish};
use crate::catalog::ItemRow;

/// What a message is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// Opens a topic, or asks about a film.
    #[default]
    Ask,
    /// Adds to what is wanted.
    Refine,
    /// Says what is wrong with what was shown.
    Critique,
    /// Sends films away.
    Reject,
    /// Wants the films after those on screen.
    More,
    /// Takes the last message back.
    Undo,
    /// Forgets all that was said; the wish is empty.
    StartOver,
    /// Wants to know why, of [`Heard::about`] or of all on screen.
    Explain,
    /// Sets films beside each other: [`Heard::compared`].
    Compare,
    ChitChat,
    /// Nothing in it could be read: [`Heard::unmet`] says why. It changes no wish and should bring no films.
    Unread,
}

/// A question about one film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub film: ItemRow,
    pub field: Field,
}

/// What a message is said before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scene<'a> {
    /// The films on screen, in their order, and no others: only they are meant by "the second one" or "not those".
    pub shown: &'a [ItemRow],
    /// The film last spoken of, [`Heard::about`] of the turn before: what "it" is.
    pub about: Option<ItemRow>,
    /// The wish before the last turn, to which "undo" goes back.
    pub before: Option<&'a Wish>,
}

/// A message, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    pub intent: Intent,
    pub question: Option<Question>,
    /// The film that was asked about or named last.
    pub about: Option<ItemRow>,
    /// All films named or pointed at, in their order.
    pub films: Vec<ItemRow>,
    /// Films to be set beside each other, in the order named.
    pub compared: Vec<ItemRow>,
    /// Films that this message puts away: at most those on screen or named.
    pub put_away: Vec<ItemRow>,
    /// What could not be taken over, in the order said.
    pub unmet: Vec<Unmet>,
    /// What the reader wants from now on; see [`Wish::parts`].
    pub wish: Wish,
    /// It was longer than anybody reads; the rest was left out.
    pub is_cut: bool,
}

/// Words that a wish cannot hold, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// As the reader wrote them.
    pub words: String,
    pub why: Why,
}

/// Why words were not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Neither a word of English nor a name of the catalogue.
    Unreadable,
    /// Names, years and people were taken from it, the rest was not read.
    OtherLanguage,
    /// Which of two films is better: no file of ours judges.
    Comparison,
    /// "Softer", or "scarier" than what is scary already: a film has a tag or has it not, there is no more or less.
    Degree,
    /// Words about lengths that are no wish for one, as the lexicon marks them; nothing is said of them.
    RunningTime,
    /// Subtitles and dubbing: only what is spoken is known.
    SpokenLanguage,
    /// Who watches along, where a film can be watched, what critics think.
    NotInCatalogue,
    /// A title that is quoted or has a year in brackets, which no film of the catalogue has.
    NoSuchFilm,
    /// Of two questions the first is answered.
    SecondQuestion,
    /// Later than the catalogue's last year, this one.
    BeyondCatalogue { last_year: u16 },
}
