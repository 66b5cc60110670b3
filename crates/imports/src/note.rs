//! What a reader is told of files beside the films in them.

/// Something to be told, where it is. [`words`](crate::words) has its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file as it was handed over: "letterboxd.zip/deleted/diary.csv".
    pub file: String,
    /// The line in the file, from 1.
    pub line: Option<u64>,
    pub what: What,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing is lost.
    Told,
    /// A file that holds no films of the reader's was passed over.
    Ignored,
    /// A row does not count; the others do.
    Skipped,
    /// A file does not count.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Files of the system: `__MACOSX`, `.DS_Store`.
    Junk,
    /// What was deleted on Letterboxd, or belongs to nothing any more.
    Deleted,
    /// About the person, or not about films seen: never read.
    NotRead,
    /// A list of an export: it does not say who saw its films.
    List,
    /// Films and no reader: MovieLens' `movies.csv`.
    NoReader,
    /// Trakt's `_errors.json`: what it could not export.
    ExportErrors(usize),
    Empty,
    WebPage,
    Unknown,
    /// Our own file, of a version that is not known yet.
    NewerVersion,
    Unreadable,
    Encrypted,
    /// Of Excel or LibreOffice.
    Spreadsheet,
    CutOff,
    TooLarge {
        most_bytes: u64,
    },
    TooManyFiles {
        most: usize,
    },
    /// Would be many times as large as it is packed.
    Bomb,
    TooDeep,
    UnsafeName,
    /// More people than one could mean.
    ManyPeople {
        more_than: usize,
    },
    /// MovieLens 100K counts its films by itself.
    OwnNumbers,
    /// A line has too few or too many fields, or its quotes do not close.
    BrokenRow,
    NoFilm,
    UnreadableRating(String),
    UnreadableDate(String),
    /// Dates of both orders; those that can be read either way have none now.
    MixedDates,
    /// Letters were spoilt by reading UTF-8 as something else, and put right.
    Respelt,
    NulBytes,
    /// Trailers and the like.
    NotTheFilm(usize),
}

impl What {
    pub fn weight(&self) -> Weight {
        match self {
            Self::Junk | Self::Deleted | Self::NotRead | Self::List | Self::NoReader => {
                Weight::Ignored
            }
            Self::ExportErrors(_)
            | Self::MixedDates
            | Self::Respelt
            | Self::NulBytes
            | Self::UnreadableDate(_)
            | Self::UnreadableRating(_)
            | Self::NotTheFilm(_) => Weight::Told,
            Self::BrokenRow | Self::NoFilm => Weight::Skipped,
            _ => Weight::Failed,
        }
    }
}
