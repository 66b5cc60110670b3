//! Which format a file is of, by what is in it; by its name only where two formats are the same.

use std::ops::ControlFlow;

use crate::columns::{Column, column_named, plain};
use crate::format::{Format, Part};
use crate::formats;
use crate::import::ReadAs;
use crate::note::What;
use crate::sheet::{Gathered, Sheet};
use crate::table::Table;
use crate::text::{self, Letters};

/// Reads a file into `gathered`. `None` if `step`, which is told the bytes read so far, stopped it.
pub(crate) fn read(
    gathered: &mut Gathered,
    name: &str,
    bytes: &[u8],
    step: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Option<()> {
    let is_in = |folder: &str| name.split('/').rev().skip(1).any(|it| it == folder);
    if is_in("deleted") || is_in("orphaned") {
        gathered.tell(name, None, What::Deleted);
        return Some(());
    }
    let Some(decoded) = text::decode(bytes) else {
        gathered.tell(name, None, What::Unreadable);
        return Some(());
    };
    if step(0).is_break() {
        return None;
    }
    if decoded.has_nul {
        gathered.tell(name, None, What::NulBytes);
    }
    let whole = decoded.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if is_json(whole) {
        formats::json(gathered, name, whole, decoded.letters);
        return Some(());
    }
    let (is_list, text, skipped) = formats::letterboxd::films_of_list(&decoded.text);
    if is_list && is_in("lists") {
        gathered.tell(name, None, What::List);
        return Some(());
    }
    let mut table = Table::read(text, skipped, step)?;
    let format =
        if is_list { Some(Format::Letterboxd(Part::List)) } else { format_of(name, &table) };
    match format {
        Some(format) => read_table(gathered, name, &mut table, format, decoded.letters),
        None => gathered.tell(name, None, what_else(name, &table)),
    }
    Some(())
}

/// Whether a text begins as JSON does; "[REC] (2007)" is a film.
fn is_json(text: &str) -> bool {
    let after = |sign: char| text.strip_prefix(sign).map(str::trim_start);
    after('[').is_some_and(|it| it.starts_with(['{', '[', ']', '"']))
        || after('{').is_some_and(|it| it.starts_with(['"', '}']))
}

fn read_table(
    gathered: &mut Gathered,
    name: &str,
    table: &mut Table,
    format: Format,
    letters: Letters,
) {
    if !matches!(format, Format::Columns | Format::Titles) && !table.header.is_empty() {
        table.refuse_uneven();
    }
    for line in &table.broken {
        gathered.tell(name, Some(*line), What::BrokenRow);
    }
    if table.is_respelt {
        gathered.tell(name, None, What::Respelt);
    }
    gathered.import.files.push(ReadAs {
        name: name.to_owned(),
        format,
        letters,
        between: table.between.to_owned(),
        header: table.header.clone(),
        preview: table.rows.iter().take(3).map(|it| it.fields.clone()).collect(),
        n_rows: table.rows.len(),
        scale: None,
        order: None,
    });
    let file = gathered.import.files.len() - 1;
    formats::table(Sheet { name, table, gathered, file }, format);
}

/// The format of a table; `None` for one that is about no films seen.
fn format_of(name: &str, table: &Table) -> Option<Format> {
    let columns: Vec<String> = table.header.iter().map(|it| plain(it)).collect();
    let has = |name: &str| columns.iter().any(|it| it == name);
    let has_all = |names: &[&str]| names.iter().all(|it| has(it));
    if columns.is_empty() {
        let is_set = formats::movielens::is_set(table);
        return match table.n_columns() {
            _ if is_set => Some(Format::MovieLensSet),
            1 => Some(Format::Titles),
            _ => formats::any::is_told(table).then_some(Format::Columns),
        };
    }
    if has_all(&["datejoined", "username"])
        || has_all(&["date", "comment"])
        || has_all(&["date", "content"])
    {
        return None;
    }
    if has_all(&["userid", "movieid", "rating"]) {
        return Some(Format::MovieLensSet);
    }
    if has_all(&["movieid", "title"]) && (has("averagerating") || has("imdbid")) {
        return Some(Format::MovieLensSite);
    }
    let is_of_films_alone = has("movieid") && (has("genres") || has("imdbid") || has("tag"));
    if is_of_films_alone && !has("rating") {
        return None;
    }
    if has_all(&["profilename", "starttime", "title"]) {
        return Some(Format::NetflixActivity);
    }
    if has_all(&["profilename", "titlename"]) {
        return Some(Format::NetflixRatings);
    }
    if columns == ["title", "date"] {
        return Some(Format::NetflixHistory);
    }
    if has("const") && (has("yourrating") || has("yourated") || has("position")) {
        return Some(Format::Imdb);
    }
    if has("simklid") {
        return Some(Format::Simkl);
    }
    if has("traktid") || has("traktrating") {
        return Some(Format::TraktCsv);
    }
    if has("globaltitleidentifier") {
        return Some(Format::Prime);
    }
    if has_all(&["tmdbid", "type", "name", "yourrating"]) {
        return Some(Format::Tmdb);
    }
    if has_all(&["date", "name", "year", "letterboxduri"]) {
        return Some(Format::Letterboxd(part_of(name, &columns)));
    }
    if formats::letterboxd_import::is_it(&columns) {
        return Some(Format::LetterboxdImport);
    }
    let mut named = table.header.iter().filter_map(|it| column_named(it));
    let is_about_films = named
        .any(|it| matches!(it, Column::Title | Column::Imdb | Column::Tmdb | Column::MovieLens));
    is_about_films.then_some(Format::Columns)
}

fn part_of(name: &str, columns: &[String]) -> Part {
    let has = |name: &str| columns.iter().any(|it| it == name);
    if has("review") {
        return Part::Reviews;
    }
    if has("watcheddate") {
        return Part::Diary;
    }
    if has("rating") {
        return Part::Ratings;
    }
    let lower = name.to_lowercase();
    let mut steps = lower.rsplit('/');
    let last = steps.next().unwrap_or_default();
    match last {
        _ if last.starts_with("watchlist") => Part::WatchList,
        _ if last.starts_with("watched") => Part::Watched,
        _ if last.starts_with("films") && steps.next() == Some("likes") => Part::Likes,
        _ => Part::Unsure,
    }
}

fn what_else(name: &str, table: &Table) -> What {
    let has = |name: &str| table.header.iter().any(|it| plain(it) == name);
    if has("movieid") {
        return What::NoReader;
    }
    let is_personal = has("datejoined") || has("comment") || has("content");
    let is_of_likes = name.contains("likes/");
    if is_personal || is_of_likes { What::NotRead } else { What::Unknown }
}
