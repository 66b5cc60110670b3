//! Anybody's own table, with names of columns in some language or with none, and a film a line.

use super::plan::{Plan, is_yes};
use crate::columns::{Column, column_named, plain};
use crate::entry::{self, Said, Scale, Stands};
use crate::question::{About, Choice, Question};
use crate::sheet::{Sheet, field, imdb_id, year};
use crate::table::{Row, Table};

pub(super) fn read(mut sheet: Sheet<'_>) {
    let table = sheet.table;
    let (plan, status) = match table.header.is_empty() {
        true => (guessed(table), None),
        false => (named(table), column_of(table, Column::Status)),
    };
    let scale = plan.rating.map_or(Scale::Five, |column| scale_of(&mut sheet, column));
    let tells_seen = plan.rating.is_some() || plan.watched.is_some() || status.is_some();
    let mut otherwise = Stands::Seen;
    let mut is_liked = false;
    if !tells_seen {
        let about = About::SeenOrWanted { file: sheet.name.to_owned() };
        let choices = vec![Choice::Seen, Choice::Wanted, Choice::Liked];
        match sheet.ask(Question::new(about, choices).meanwhile(Choice::Seen)) {
            Some(Choice::Wanted) => otherwise = Stands::WatchList,
            Some(Choice::Liked) => is_liked = true,
            _ => {}
        }
    }
    let first = sheet.gathered.import.entries.len();
    let (name, file) = (sheet.name, sheet.file);
    let all = Sheet { name, table, gathered: &mut *sheet.gathered, file };
    plan.read(all, scale, |row, is_rated, _| {
        Some(stands(row, status, is_rated).unwrap_or(otherwise))
    });
    if is_liked {
        sheet.gathered.import.entries[first..].iter_mut().for_each(|it| it.is_liked = Some(true));
    }
}

/// What a status says; nothing where there is none.
fn stands(row: &Row, status: Option<usize>, is_rated: bool) -> Option<Stands> {
    let text = field(row, status);
    let name = status.filter(|_| is_yes(text));
    let wanted = [
        "plantowatch",
        "watchlist",
        "wanttosee",
        "wanttowatch",
        "towatch",
        "wanted",
        "planned",
        "merkliste",
    ];
    match plain(text).as_str() {
        "" => None,
        it if wanted.contains(&it) => Some(Stands::WatchList),
        // A column that is called "watchlist" and says yes.
        _ if name.is_some() && !is_rated => Some(Stands::WatchList),
        _ => Some(Stands::Seen),
    }
}

fn column_of(table: &Table, column: Column) -> Option<usize> {
    table.header.iter().position(|it| column_named(it) == Some(column))
}

fn named(table: &Table) -> Plan {
    let column = |it| column_of(table, it);
    Plan {
        title: column(Column::Title),
        original: column(Column::OriginalTitle),
        year: column(Column::Year),
        imdb: column(Column::Imdb),
        tmdb: column(Column::Tmdb),
        movielens: column(Column::MovieLens),
        kind: column(Column::Kind),
        rating: column(Column::Rating),
        watched: column(Column::Watched),
        logged: column(Column::Rated),
        rewatch: None,
    }
}

/// Whether a table without names of columns has films in it: beside their titles, years, ids, dates or
/// ratings in every row, the first among them.
pub(crate) fn is_told(table: &Table) -> bool {
    let plan = guessed(table);
    let Some(first) = table.rows.first() else { return false };
    let told = [plan.year, plan.imdb, plan.watched, plan.rating];
    plan.title.or(plan.imdb).is_some()
        && told.iter().any(Option::is_some)
        && told
            .iter()
            .flatten()
            .all(|it| !field(first, Some(*it)).bytes().all(|it| it.is_ascii_alphabetic()))
}

/// Columns by what is in them, where none has a name: the title is what has most letters.
fn guessed(table: &Table) -> Plan {
    let n_columns = table.n_columns();
    let share = |column: usize, is: &dyn Fn(&str) -> bool| {
        let told = table.rows.iter().map(|it| field(it, Some(column))).filter(|it| !it.is_empty());
        let (n_such, n_told) =
            told.fold((0, 0), |sum, it| (sum.0 + usize::from(is(it)), sum.1 + 1));
        n_such as f32 / (n_told as f32).max(1.0)
    };
    let mut left: Vec<usize> = (0..n_columns).collect();
    let mut take = |is: &dyn Fn(&str) -> bool| {
        let found = left.iter().position(|it| share(*it, is) > 0.7)?;
        Some(left.remove(found))
    };
    let imdb = take(&|it| it.starts_with("tt") && imdb_id(it).is_some());
    let years = take(&|it| it.len() == 4 && year(it).is_some());
    let is_date = |it: &str| {
        crate::dates::parse(it, Some(crate::Order::DayFirst)).is_some()
            || crate::dates::parse(it, Some(crate::Order::MonthFirst)).is_some()
    };
    let watched = take(&is_date);
    let rating = take(&|it| {
        matches!(
            entry::said(it),
            Said::Zero | Said::Number(..=100.0) | Said::Of(..) | Said::Thumb(_)
        )
    });
    let letters = |column: &usize| {
        let all = table.rows.iter().map(|it| field(it, Some(*column)));
        all.map(|it| it.chars().filter(|it| it.is_alphabetic()).count()).sum::<usize>()
    };
    let title = left.iter().copied().max_by_key(|it| (letters(it), usize::MAX - it));
    // A table of years, ratings and dates alone: films whose titles are numbers.
    let (title, rating) = match title {
        None => (rating.or(years), None),
        title => (title, rating),
    };
    let years = years.filter(|it| Some(*it) != title);
    Plan { title, year: years, imdb, watched, rating, ..Plan::default() }
}

/// What ratings are numbers of: by the name of their column, else by the largest, which the reader can
/// correct.
fn scale_of(sheet: &mut Sheet<'_>, column: usize) -> Scale {
    let name = sheet.table.header.get(column).map(|it| plain(it)).unwrap_or_default();
    if name.ends_with("100") {
        return Scale::Hundred;
    }
    if name.ends_with("10") {
        return Scale::Ten;
    }
    let numbers: Vec<f32> = sheet
        .table
        .rows
        .iter()
        .filter_map(|it| match entry::said(field(it, Some(column))) {
            Said::Number(value) => Some(value),
            _ => None,
        })
        .collect();
    if numbers.is_empty() {
        return Scale::Five;
    }
    let largest = numbers.iter().copied().fold(0.0, f32::max);
    let likely = match largest {
        ..=5.0 => Scale::Five,
        ..=10.0 => Scale::Ten,
        _ => Scale::Hundred,
    };
    let about = About::Scale { file: sheet.name.to_owned() };
    let choices = [Scale::Five, Scale::Ten, Scale::Hundred].into_iter();
    let choices = choices.filter(|it| it.top() >= largest || *it == likely);
    let question = Question::new(about, choices.map(Choice::Scale).collect());
    match sheet.ask(question.meanwhile(Choice::Scale(likely))) {
        Some(Choice::Scale(scale)) => scale,
        _ => likely,
    }
}
