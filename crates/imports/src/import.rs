//! What reading depends on, and what comes of it.

use crate::dates::{Date, Order};
use crate::entry::{Entry, Scale};
use crate::format::Format;
use crate::kept::KeptFilm;
use crate::note::Note;
use crate::question::{Answers, Question};
use crate::text::Letters;

/// What reading depends on beside the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// No day after it counts. There is no clock here.
    pub today: Date,
    pub answers: Answers,
}

/// What came of files.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// In the order of the files' names and of their rows.
    pub entries: Vec<Entry>,
    /// The films of our own file, as they were kept.
    pub kept: Vec<KeptFilm>,
    pub questions: Vec<Question>,
    /// Each file that was read, as what.
    pub files: Vec<ReadAs>,
    /// What else is to be told: ignored files, broken rows, files that failed.
    pub notes: Vec<Note>,
}

/// As what a file was read, to be shown with its first rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAs {
    pub name: String,
    pub format: Format,
    pub letters: Letters,
    /// The sign between fields; empty where each line is one text, or it is JSON.
    pub between: String,
    pub header: Vec<String>,
    /// The first rows, three at most.
    pub preview: Vec<Vec<String>>,
    pub n_rows: usize,
    /// What its ratings are numbers of, where it has some.
    pub scale: Option<Scale>,
    /// How its dates are read, where they can be read two ways.
    pub order: Option<Order>,
}
