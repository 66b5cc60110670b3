//! What is known of a reader and a film, from one site or several joined.

use std::collections::BTreeMap;

use glassrec_core::catalog::ItemRow;
use serde::{Deserialize, Serialize};

use crate::dates::Date;
use crate::entry::{Entry, Rating, Stands};
use crate::format::Format;

/// A film of the catalogue and what files say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    pub item: ItemRow,
    pub told: Told,
}

/// What files say of a film, without the film.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Told {
    pub rating: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated_by: Option<Site>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated_on: Option<Date>,
    /// Days on which it was seen, ascending, each once. Days that nobody wrote down are not here.
    pub viewings: Vec<Date>,
    /// The day of a row that has no viewing: of a tick, of a place on a watch-list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logged_on: Option<Date>,
    pub is_seen: bool,
    /// On a watch-list, and not seen.
    pub is_wanted: bool,
    /// `Some(false)` is "not for me". Films without it are no less liked.
    pub is_liked: Option<bool>,
    /// Viewings after the first.
    pub n_rewatches: u32,
    /// Its day is one on which many films were entered at once, and says nothing of their order.
    pub is_of_bulk_day: bool,
    /// Ascending.
    pub sites: Vec<Site>,
}

/// Where something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Site {
    Letterboxd,
    /// Of a converter that writes Letterboxd's form.
    Converter,
    Imdb,
    Netflix,
    Trakt,
    MovieLens,
    Tmdb,
    Simkl,
    Prime,
    /// The reader's own table or list.
    Own,
}

/// Films by the order in which they were seen, as far as anybody knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ordered {
    /// Oldest first; of one day, as the files have them.
    pub dated: Vec<ItemRow>,
    /// Without a day, or of a day of many: they belong to no sequence, least of all to its beginning.
    pub undated: Vec<ItemRow>,
}

/// More films than this have not been seen on one day.
const MOST_OF_A_DAY: usize = 12;

/// The seen films in the order of their days.
pub fn in_order(films: &[Interaction]) -> Ordered {
    let seen = films.iter().filter(|it| it.told.is_seen);
    let (mut dated, mut undated) = (Vec::new(), Vec::new());
    for film in seen {
        match film.told.day().filter(|_| !film.told.is_of_bulk_day) {
            Some(day) => dated.push((day, film.item)),
            None => undated.push(film.item),
        }
    }
    // The sort is stable: of one day the order of the files stays.
    dated.sort_by_key(|it| it.0);
    Ordered { dated: dated.into_iter().map(|it| it.1).collect(), undated }
}

impl Site {
    pub(crate) fn of(format: Format) -> Self {
        match format {
            Format::Letterboxd(_) => Self::Letterboxd,
            Format::LetterboxdImport => Self::Converter,
            Format::Imdb => Self::Imdb,
            Format::NetflixHistory | Format::NetflixActivity | Format::NetflixRatings => {
                Self::Netflix
            }
            Format::TraktJson | Format::TraktCsv => Self::Trakt,
            Format::MovieLensSet | Format::MovieLensSite => Self::MovieLens,
            Format::Tmdb => Self::Tmdb,
            Format::Simkl => Self::Simkl,
            Format::Prime => Self::Prime,
            Format::Columns | Format::Titles | Format::Glassrec => Self::Own,
        }
    }
}

impl Told {
    /// The day by which the film has its place: of the last viewing, else of the rating, else of the
    /// row.
    pub fn day(&self) -> Option<Date> {
        self.viewings.last().copied().or(self.rated_on).or(self.logged_on)
    }

    /// What the entries of one site say of one film, which came out in `year`.
    pub(crate) fn of(entries: &[&Entry], site: Site, year: Option<u16>) -> Self {
        let mut told = Self { sites: vec![site], ..Self::default() };
        let mut rewatched: Vec<Date> = Vec::new();
        let mut n_viewings = 0;
        for entry in entries {
            told.is_seen |= entry.stands == Stands::Seen;
            told.is_wanted |= entry.stands == Stands::WatchList;
            told.is_liked = entry.is_liked.or(told.is_liked);
            n_viewings = n_viewings.max(entry.n_viewings);
            // Nobody saw a film years before it was made.
            let is_after = |it: &Date| year.is_none_or(|year| it.year() + 1 >= year);
            let watched = entry.watched.filter(is_after);
            told.viewings.extend(watched);
            rewatched.extend(watched.filter(|_| entry.is_rewatch));
            if told.logged_on.is_none_or(|it| entry.logged.is_some_and(|other| other < it)) {
                told.logged_on = entry.logged.or(told.logged_on);
            }
            let day = entry.logged.or(entry.watched);
            if let Some(rating) = entry.rating
                && (told.rating.is_none() || day >= told.rated_on)
            {
                (told.rating, told.rated_by, told.rated_on) = (Some(rating), Some(site), day);
            }
        }
        told.viewings.sort_unstable();
        told.viewings.dedup();
        if site == Site::Netflix {
            // Begun in the evening and ended the day after.
            told.viewings.dedup_by(|later, earlier| later.days_from(*earlier) <= 1);
        }
        rewatched.sort_unstable();
        rewatched.dedup();
        let n_viewings = n_viewings.max(told.viewings.len() as u32);
        let n_rewatched = rewatched.len() as u32;
        told.n_rewatches = n_viewings.saturating_sub(1).max(n_rewatched);
        told.is_wanted &= !told.is_seen;
        told
    }
}

/// Marks the films whose day is a bulk day. MovieLens' days have seconds, and so an order.
pub(crate) fn mark_bulk_days(films: &mut [(ItemRow, Told)], site: Site) {
    if site == Site::MovieLens {
        return;
    }
    let mut n_of_day: BTreeMap<Date, usize> = BTreeMap::new();
    for (_, told) in films.iter().filter(|it| it.1.is_seen) {
        // Ticked that day and seen on another: it belongs to the many of that day.
        let logged = told.logged_on.filter(|it| Some(*it) != told.day());
        for day in told.day().into_iter().chain(logged) {
            *n_of_day.entry(day).or_default() += 1;
        }
    }
    for (_, told) in films {
        let n_films = told.day().and_then(|it| n_of_day.get(&it).copied());
        told.is_of_bulk_day = n_films.is_some_and(|it| it > MOST_OF_A_DAY);
    }
}
