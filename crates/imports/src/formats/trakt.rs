//! Trakt's JSON. Each entry is read by itself and for what it has: ids may be null, missing or text,
//! and one that cannot be read never costs the others.

use serde_json::Value;

use crate::dates::{self, Date};
use crate::entry::{Entry, Named, Place, Rating, Scale, Stands};
use crate::format::Format;
use crate::note::What;
use crate::question::{About, Choice, Question};
use crate::sheet::Gathered;

/// Reads one file of an export; gives nothing where it is about no films seen.
pub(super) fn read(
    gathered: &mut Gathered,
    name: &str,
    value: &Value,
    file: usize,
) -> Option<Format> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let what = match value.as_array() {
        Some(list) if last.starts_with("_errors") => What::ExportErrors(list.len()),
        None if last.starts_with("_errors") => What::ExportErrors(1),
        Some(list) if list.is_empty() => What::Empty,
        Some(list) if list.iter().any(is_about_a_film) => {
            read_list(gathered, name, list, file)?;
            return Some(Format::TraktJson);
        }
        _ if is_known(last) => What::NotRead,
        Some(list) if list.iter().any(|it| it.get("show").is_some()) => What::NotRead,
        _ => What::Unknown,
    };
    gathered.tell(name, None, what);
    None
}

/// Files of an export that hold no films seen.
fn is_known(name: &str) -> bool {
    let known = [
        "user-",
        "hidden-",
        "comments-",
        "collection-",
        "lists-",
        "watched-",
        "ratings-",
        "network-",
        "notes-",
        "likes-",
    ];
    known.iter().any(|it| name.starts_with(it))
}

fn is_about_a_film(value: &Value) -> bool {
    value.get("movie").is_some_and(Value::is_object)
}

fn read_list(gathered: &mut Gathered, name: &str, list: &[Value], file: usize) -> Option<()> {
    let has = |key: &str| list.iter().any(|it| it.get(key).is_some_and(|it| !it.is_null()));
    // Owned, hidden, or not watched to the end.
    if has("collected_at") || has("hidden_at") || has("progress") || has("comment") {
        gathered.tell(name, None, What::NotRead);
        return None;
    }
    let mut stands = Stands::Seen;
    let mut is_liked = None;
    if has("listed_at") {
        let choice = match name.rsplit('/').next().unwrap_or(name) {
            it if it.contains("watchlist") => Some(Choice::Wanted),
            it if it.contains("favorites") || it.contains("recommendations") => Some(Choice::Liked),
            _ => {
                let about = About::SeenOrWanted { file: name.to_owned() };
                gathered
                    .ask(Question::new(about, vec![Choice::Seen, Choice::Wanted, Choice::Liked]))
            }
        };
        (stands, is_liked) = match choice? {
            Choice::Wanted => (Stands::WatchList, None),
            Choice::Liked => (Stands::Said, Some(true)),
            _ => (Stands::Seen, None),
        };
    }
    let today = gathered.options.today;
    let mut entries = Vec::new();
    for (line, value) in (1..).zip(list) {
        let Some(movie) = value.get("movie").filter(|it| it.is_object()) else { continue };
        let Some(named) = named(movie) else {
            gathered.tell(name, Some(line), What::NoFilm);
            continue;
        };
        let date = |key: &str| {
            let date = value.get(key).and_then(Value::as_str).and_then(Date::parse);
            date.filter(|it| !dates::is_unknown(*it, today))
        };
        let number = |key: &str| value.get(key).and_then(Value::as_f64);
        let rating = number("rating").and_then(|it| Rating::new(it as f32, Scale::Ten));
        let plays = number("plays").map_or(1, |it| it.clamp(0.0, 9_999.0) as u32);
        entries.push(Entry {
            named,
            rating,
            watched: date("watched_at").or_else(|| date("last_watched_at")),
            logged: date("rated_at").or_else(|| date("listed_at")),
            stands,
            is_liked,
            n_viewings: if stands == Stands::Seen { plays } else { 0 },
            is_rewatch: false,
            place: Place { file, line },
        });
    }
    // A history has the newest first.
    if has("watched_at") {
        entries.reverse();
    }
    gathered.import.entries.extend(entries);
    Some(())
}

fn named(movie: &Value) -> Option<Named> {
    let ids = movie.get("ids");
    let id = |key: &str| ids.and_then(|it| it.get(key));
    let named = Named {
        title: movie.get("title").and_then(Value::as_str).unwrap_or_default().trim().to_owned(),
        year: movie.get("year").and_then(number).and_then(|it| u16::try_from(it).ok()),
        imdb: id("imdb").and_then(|it| match it {
            Value::String(text) => crate::sheet::imdb_id(text),
            other => number(other),
        }),
        tmdb: id("tmdb").and_then(number),
        ..Named::default()
    };
    let is_named = !named.title.is_empty() || named.imdb.or(named.tmdb).is_some();
    is_named.then_some(named)
}

/// A number, or a text that is one; 0 is none.
fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|it| it.try_into().ok()),
        Value::String(text) => crate::sheet::id(text.trim()),
        _ => None,
    }
    .filter(|it| *it > 0)
}
