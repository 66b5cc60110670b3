//! Rows that are alike in all formats: a film by name and ids, a rating, two dates.

use crate::columns::plain;
use crate::entry::{Entry, Named, Scale, Stands};
use crate::note::What;
use crate::sheet::{Sheet, field, id, imdb_id, year};
use crate::table::Row;
use crate::titles;

/// Which column holds what.
#[derive(Clone, Copy, Default)]
pub(super) struct Plan {
    pub(super) title: Option<usize>,
    pub(super) original: Option<usize>,
    pub(super) year: Option<usize>,
    pub(super) imdb: Option<usize>,
    pub(super) tmdb: Option<usize>,
    pub(super) movielens: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) rating: Option<usize>,
    pub(super) watched: Option<usize>,
    pub(super) logged: Option<usize>,
    pub(super) rewatch: Option<usize>,
}

impl Plan {
    /// Reads all rows. `stands` tells how a row stands to its film, from whether it is rated and
    /// dated; nothing to leave it out.
    pub(super) fn read(
        self,
        mut sheet: Sheet<'_>,
        scale: Scale,
        stands: impl Fn(&Row, bool, bool) -> Option<Stands>,
    ) {
        let table = sheet.table;
        let dates = sheet.dates(&[self.watched, self.logged]);
        let ratings = sheet.scaled(scale, self.rating);
        for row in &table.rows {
            let Some(named) = self.named(row) else {
                sheet.tell(row.line, What::NoFilm);
                continue;
            };
            let (rating, is_liked) = sheet.rating(ratings, row);
            let watched = sheet.date(dates, row, self.watched);
            let logged = sheet.date(dates, row, self.logged);
            let Some(stands) = stands(row, rating.is_some(), watched.is_some()) else { continue };
            let is_rewatch = is_yes(field(row, self.rewatch));
            let place = sheet.place(row);
            let n_viewings = u32::from(stands == Stands::Seen);
            sheet.push(Entry {
                named,
                rating,
                watched,
                logged,
                stands,
                is_liked,
                n_viewings,
                is_rewatch,
                place,
            });
        }
    }

    /// How a row names its film; nothing where it does not.
    pub(super) fn named(self, row: &Row) -> Option<Named> {
        let is_series = is_series(field(row, self.kind));
        let title = field(row, self.title);
        let other = field(row, self.original);
        let told_year = year(field(row, self.year));
        let (title, year) = match told_year {
            Some(_) => (title, told_year),
            None => titles::title_and_year(title),
        };
        let is_other = !other.is_empty() && other != title;
        let named = Named {
            title: title.to_owned(),
            other_titles: if is_other { vec![other.to_owned()] } else { Vec::new() },
            year,
            imdb: imdb_id(field(row, self.imdb)),
            // TMDB counts series by themselves: 550 is a film and a series.
            tmdb: id(field(row, self.tmdb)).filter(|_| !is_series),
            movielens: id(field(row, self.movielens)),
            is_series,
        };
        let is_named =
            !named.title.is_empty() || named.imdb.or(named.tmdb).or(named.movielens).is_some();
        is_named.then_some(named)
    }
}

/// "Yes", "true": nothing else was seen for a film that was seen before.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(plain(text).as_str(), "yes" | "true" | "1" | "y" | "ja" | "oui" | "si" | "sí")
}

/// Whether a word for a kind means series, episodes or games rather than films, in the languages
/// that exports are written in.
pub(super) fn is_series(kind: &str) -> bool {
    const FILMS: [&str; 12] = [
        "movie",
        "film",
        "special",
        "short",
        "filme",
        "kurz",
        "court",
        "corto",
        "película",
        "фильм",
        "kısa",
        "映画",
    ];
    const OTHERS: [&str; 26] = [
        "tv",
        "serie",
        "série",
        "episod",
        "épisod",
        "folge",
        "show",
        "season",
        "staffel",
        "saison",
        "temporada",
        "stagione",
        "dizi",
        "bölüm",
        "сериал",
        "эпизод",
        "podcast",
        "game",
        "gioco",
        "spiel",
        "jeu",
        "juego",
        "odcinek",
        "serial",
        "aflevering",
        "avsnitt",
    ];
    let kind = kind.to_lowercase();
    !FILMS.iter().any(|it| kind.contains(it)) && OTHERS.iter().any(|it| kind.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_a_film_in_every_language_and_a_series_is_none() {
        for kind in [
            "Movie",
            "movie",
            "Film",
            "TV Movie",
            "tvMovie",
            "Feature Film",
            "TV Special",
            "Short",
            "Téléfilm",
            "",
            "anime",
        ] {
            assert!(!is_series(kind), "{kind}");
        }
        for kind in [
            "TV Series",
            "Serie TV",
            "Mini serie TV",
            "tvEpisode",
            "TV Episode",
            "TV-Serie",
            "Fernsehserie",
            "tv show",
            "Video Game",
            "Série télé",
            "TV Mini Series",
        ] {
            assert!(is_series(kind), "{kind}");
        }
    }
}
