//! The formats there are.

/// What a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Letterboxd(Part),
    /// Letterboxd's form for imports, which converters of other sites write.
    LetterboxdImport,
    Imdb,
    NetflixHistory,
    NetflixActivity,
    NetflixRatings,
    TraktJson,
    TraktCsv,
    /// MovieLens' data sets.
    MovieLensSet,
    /// What MovieLens' site gives its readers.
    MovieLensSite,
    Tmdb,
    Simkl,
    Prime,
    /// Somebody's own columns.
    Columns,
    /// A film a line.
    Titles,
    /// Our own file.
    Glassrec,
}

/// Files of a Letterboxd export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Watched,
    Ratings,
    Diary,
    Reviews,
    WatchList,
    Likes,
    List,
    /// Watched, wanted or liked: these three look the same.
    Unsure,
}
