//! MovieLens: its data sets (of many people, with seconds) and what its site gives its readers.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::dates::{self, Date};
use crate::entry::{Entry, Named, Rating, Scale, Stands};
use crate::limits::MOST_PEOPLE;
use crate::note::What;
use crate::question::{About, Choice, Question};
use crate::sheet::{Sheet, field, id};
use crate::table::Table;

/// The oldest set counts its films by itself, to this.
const LAST_OF_100K: u32 = 1_682;

/// Whether a table without names is `ratings.dat` or `u.data`: four numbers, the last of them seconds.
pub(crate) fn is_set(table: &Table) -> bool {
    let is_such = |fields: &[String]| {
        let is_number =
            |it: &String| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        fields.len() == 4
            && fields.iter().all(is_number)
            && fields[3].parse::<f64>().is_ok_and(|it| it > 7.0e8)
    };
    let mut rows = table.rows.iter().take(20);
    !table.rows.is_empty() && rows.all(|it| is_such(&it.fields))
}

/// `userId,movieId,rating,timestamp`, with or without these names.
pub(super) fn read_set(mut sheet: Sheet<'_>) {
    let table = sheet.table;
    let column =
        |name: &str, at: usize| sheet.column(name).or(table.header.is_empty().then_some(at));
    let [user, film, rating, seconds] =
        [("userId", 0), ("movieId", 1), ("rating", 2), ("timestamp", 3)]
            .map(|it| column(it.0, it.1));
    let mut n_rows_of: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &table.rows {
        *n_rows_of.entry(field(row, user)).or_default() += 1;
        if n_rows_of.len() > MOST_PEOPLE {
            let name = sheet.name;
            return sheet.gathered.tell(name, None, What::ManyPeople { more_than: MOST_PEOPLE });
        }
    }
    let has_own_numbers = table.header.is_empty()
        && table.between == "\t"
        && table.rows.iter().filter_map(|it| id(field(it, film))).all(|it| it <= LAST_OF_100K);
    if has_own_numbers {
        let name = sheet.name;
        return sheet.gathered.tell(name, None, What::OwnNumbers);
    }
    let mut whose = None;
    if n_rows_of.len() > 1 {
        let mut people: Vec<(&str, usize)> = n_rows_of.into_iter().collect();
        people.sort_by_key(|it| std::cmp::Reverse(it.1));
        let choices = people.iter().map(|it| Choice::Person(it.0.to_owned())).collect();
        let about = About::Whose { file: sheet.name.to_owned() };
        match sheet.ask(Question::new(about, choices)) {
            Some(Choice::Person(person)) => whose = Some(person),
            _ => return,
        }
    }
    let ratings = sheet.scaled(Scale::Five, rating);
    let today = sheet.gathered.options.today;
    // Their order is that of the seconds; equal ones keep the order of the file.
    let mut entries: Vec<(i64, Entry)> = Vec::new();
    for row in &table.rows {
        if whose.as_ref().is_some_and(|it| it != field(row, user)) {
            continue;
        }
        let Some(movielens) = id(field(row, film)) else {
            sheet.tell(row.line, What::NoFilm);
            continue;
        };
        let seconds: i64 = field(row, seconds).parse().unwrap_or(0);
        let day = Date::of_seconds(seconds).filter(|it| !dates::is_unknown(*it, today));
        let named = Named { movielens: Some(movielens), ..Named::default() };
        let rating: Option<Rating> = sheet.rating(ratings, row).0;
        let entry = Entry {
            named,
            rating,
            watched: None,
            logged: day,
            stands: Stands::Seen,
            is_liked: None,
            n_viewings: 1,
            is_rewatch: false,
            place: sheet.place(row),
        };
        entries.push((seconds, entry));
    }
    entries.sort_by_key(|it| it.0);
    entries.into_iter().for_each(|it| sheet.push(it.1));
}

/// `movie_id,imdb_id,tmdb_id,rating,average_rating,title`.
pub(super) fn read_site(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let rating = column("rating");
    let plan = Plan {
        title: column("title"),
        imdb: column("imdb_id"),
        tmdb: column("tmdb_id"),
        movielens: column("movie_id"),
        rating,
        ..Plan::default()
    };
    plan.read(sheet, Scale::Five, |_, is_rated, _| {
        Some(if is_rated { Stands::Seen } else { Stands::WatchList })
    });
}
