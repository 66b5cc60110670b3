//! What columns are called, in files of known sites and in those that people make.

/// What a column of somebody's own file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Title,
    OriginalTitle,
    Year,
    Rating,
    Watched,
    Rated,
    Imdb,
    Tmdb,
    MovieLens,
    Kind,
    Status,
}

/// A name without case, blanks and marks: "Letterboxd URI" is "letterboxduri".
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a column of that name holds. The ratings of other people are nobody's: they have no column here.
pub(crate) fn column_named(name: &str) -> Option<Column> {
    Some(match plain(name).as_str() {
        "title" | "titel" | "titre" | "título" | "titulo" | "titolo" | "tytuł" | "name" | "nom"
        | "nombre" | "nome" | "film" | "films" | "movie" | "movies" | "movietitle"
        | "filmtitle" | "moviename" | "filmname" | "filmtitel" | "película" | "pelicula"
        | "タイトル" | "名前" | "название" => Column::Title,
        "originaltitle" | "originaltitel" | "titreoriginal" | "títulooriginal"
        | "titulooriginal" | "titolooriginale" => Column::OriginalTitle,
        "year" | "jahr" | "année" | "annee" | "año" | "ano" | "anno" | "rok" | "jaar" | "år"
        | "releaseyear" | "erscheinungsjahr" | "yearreleased" | "releasedate" | "released"
        | "год" => Column::Year,
        "rating" | "yourrating" | "myrating" | "userrating" | "bewertung" | "meinebewertung"
        | "note" | "manote" | "puntuación" | "puntuacion" | "voto" | "ilmiovoto" | "nota"
        | "ocena" | "score" | "myscore" | "stars" | "sterne" | "étoiles" | "estrellas"
        | "rating10" | "rating5" | "rating100" | "betyg" | "cijfer" | "beoordeling"
        | "calificación" | "calificacion" | "оценка" => Column::Rating,
        "date" | "datum" | "fecha" | "data" | "watched" | "watcheddate" | "datewatched"
        | "watchedat" | "watchedon" | "watchdate" | "viewed" | "dateseen" | "seen" | "gesehen"
        | "gesehenam" | "vule" | "visto" | "дата" => Column::Watched,
        "daterated" | "ratedat" | "ratingdate" | "ratedon" | "bewertetam" => Column::Rated,
        "imdb" | "imdbid" | "const" | "tconst" | "imdburl" => Column::Imdb,
        "tmdb" | "tmdbid" | "themoviedb" | "themoviedbid" => Column::Tmdb,
        "movielens" | "movielensid" | "movieid" => Column::MovieLens,
        "type" | "typ" | "titletype" | "mediatype" | "kind" | "tipo" => Column::Kind,
        "status" | "list" | "watchlist" | "state" => Column::Status,
        _ => return None,
    })
}

/// Whether a column is called so in any file that is known.
pub(crate) fn is_known(name: &str) -> bool {
    const OTHERS: [&str; 49] = [
        "letterboxduri",
        "rewatch",
        "tags",
        "review",
        "directors",
        "director",
        "userid",
        "timestamp",
        "averagerating",
        "movieid",
        "genres",
        "position",
        "created",
        "modified",
        "description",
        "url",
        "imdbrating",
        "runtimemins",
        "numvotes",
        "youraterd",
        "yourated",
        "profilename",
        "starttime",
        "duration",
        "titlename",
        "simklid",
        "traktid",
        "globaltitleidentifier",
        "watchlist",
        "lastepwatched",
        "seasonnumber",
        "episodenumber",
        "datejoined",
        "username",
        "ratingtype",
        "thumbsvalue",
        "traktrating",
        "memo",
        "givenname",
        "familyname",
        "emailaddress",
        "location",
        "website",
        "bio",
        "pronoun",
        "favoritefilms",
        "content",
        "comment",
        "tag",
    ];
    column_named(name).is_some() || OTHERS.contains(&plain(name).as_str())
}

/// Whether a row names columns: most of what is in it are names, or its first two are.
pub(crate) fn is_header(fields: &[String]) -> bool {
    let n_told = fields.iter().filter(|it| !it.is_empty()).count();
    let n_known = fields.iter().filter(|it| is_known(it)).count();
    if n_told == 1 && fields.len() == 1 {
        return column_named(&fields[0]) == Some(Column::Title);
    }
    n_known > 0 && (n_known * 2 >= n_told || n_known >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratings_of_others_are_no_column() {
        for name in ["IMDb Rating", "average_rating", "trakt_rating", "Num Votes", "vote_average"] {
            assert_eq!(column_named(name), None, "{name}");
        }
        assert_eq!(column_named("Your Rating"), Some(Column::Rating));
    }

    #[test]
    fn a_header_is_told_from_films() {
        let is = |line: &str| is_header(&line.split(';').map(str::to_owned).collect::<Vec<_>>());
        assert!(is("Titel;Jahr;Bewertung;Datum"));
        assert!(is("Titre;Année;Note;Date"));
        assert!(is("Title"));
        assert!(!is("Heat;1995;8"));
        assert!(!is("Men in Black (1997)"));
        // A film of that name, in a file without names of columns.
        assert!(!is("Seen;2001;8;2024-01-01"));
    }
}
