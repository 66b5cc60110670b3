//! Netflix's long files: each sitting of each profile, and thumbs. Trailers and what a preview played
//! are marked; a film in three sittings is three rows.

use std::collections::BTreeMap;

use crate::dates::Date;
use crate::entry::{Entry, Named, Rating, Scale, Stands};
use crate::note::What;
use crate::question::{About, Choice, Question};
use crate::sheet::{Sheet, field};
use crate::titles;

/// Fewer minutes of a film are not the film, unless the reader says so.
const FEW_MINUTES: u32 = 15;
/// Profiles are the same in all files of Netflix.
const SITE: &str = "Netflix";

pub(super) fn read(mut sheet: Sheet<'_>) {
    let table = sheet.table;
    let Some(profile) = profile(&mut sheet) else { return };
    let column = |name: &str| sheet.column(name);
    let [whose, start, duration, title, supplemental] =
        ["Profile Name", "Start Time", "Duration", "Title", "Supplemental Video Type"].map(column);
    let dates = sheet.dates(&[start]);
    let mut n_not_films = 0;
    let mut sittings: BTreeMap<&str, Vec<Sitting>> = BTreeMap::new();
    for row in table.rows.iter().filter(|it| field(it, whose) == profile) {
        if !field(row, supplemental).is_empty() {
            n_not_films += 1;
            continue;
        }
        let day = sheet.date(dates, row, start);
        let seconds = seconds_of(field(row, duration));
        let title = field(row, title);
        if title.is_empty() {
            sheet.tell(row.line, What::NoFilm);
            continue;
        }
        let place = sheet.place(row);
        sittings.entry(title).or_default().push(Sitting { day, seconds, place });
    }
    if n_not_films > 0 {
        let name = sheet.name;
        sheet.gathered.tell(name, None, What::NotTheFilm(n_not_films));
    }
    let mut viewings: Vec<(&str, Sitting)> = Vec::new();
    for (title, sittings) in sittings {
        viewings.extend(joined(sittings).into_iter().map(|it| (title, it)));
    }
    // The file has the newest first.
    viewings.sort_by_key(|it| std::cmp::Reverse(it.1.place));
    let is_short = |it: &Sitting| it.seconds < FEW_MINUTES * 60;
    let short: Vec<String> = viewings
        .iter()
        .filter(|it| is_short(&it.1) && !titles::looks_like_episode(it.0))
        .map(|it| it.0.to_owned())
        .collect();
    let mut is_short_seen = false;
    if !short.is_empty() {
        let about = About::ShortViewings { file: sheet.name.to_owned() };
        let question = Question::new(about, vec![Choice::LeaveOut, Choice::Count])
            .meanwhile(Choice::LeaveOut)
            .with_examples(short.into_iter().take(3));
        is_short_seen = sheet.ask(question) == Some(Choice::Count);
    }
    for (title, viewing) in viewings {
        if is_short_seen || !is_short(&viewing) {
            sheet.push(entry(title, viewing));
        }
    }
}

pub(super) fn read_ratings(mut sheet: Sheet<'_>) {
    let table = sheet.table;
    let Some(profile) = profile(&mut sheet) else { return };
    let column = |name: &str| sheet.column(name);
    let [whose, title, stars, thumbs, at] =
        ["Profile Name", "Title Name", "Star Value", "Thumbs Value", "Event Utc Ts"].map(column);
    let dates = sheet.dates(&[at]);
    for row in table.rows.iter().filter(|it| field(it, whose) == profile) {
        let title = field(row, title);
        if title.is_empty() {
            sheet.tell(row.line, What::NoFilm);
            continue;
        }
        // 1 is down, 2 is up, 3 is two thumbs up.
        let is_liked = match field(row, thumbs) {
            "1" => Some(false),
            "2" | "3" => Some(true),
            _ => None,
        };
        let stars = field(row, stars).parse().unwrap_or(0.0);
        let rating = Rating::new(stars, Scale::Five).filter(|_| is_liked.is_none());
        if rating.is_none() && is_liked.is_none() {
            continue;
        }
        let day = sheet.date(dates, row, at);
        let place = sheet.place(row);
        let said = entry(title, Sitting { day, seconds: 0, place });
        let stands = if rating.is_some() { Stands::Seen } else { Stands::Said };
        let n_viewings = u32::from(stands == Stands::Seen);
        sheet.push(Entry {
            rating,
            is_liked,
            stands,
            n_viewings,
            watched: None,
            logged: day,
            ..said
        });
    }
}

/// One sitting, or several of the same film joined.
#[derive(Clone, Copy)]
struct Sitting {
    day: Option<Date>,
    seconds: u32,
    place: crate::Place,
}

/// Sittings of one film on one day, or one after another through the night, are one viewing. They come
/// newest first and keep that order.
fn joined(sittings: Vec<Sitting>) -> Vec<Sitting> {
    let mut viewings: Vec<Sitting> = Vec::new();
    for it in sittings {
        match viewings.last_mut().filter(|last| is_near(last.day, it.day)) {
            Some(last) => {
                last.seconds = last.seconds.saturating_add(it.seconds);
                last.day = it.day.or(last.day);
            }
            None => viewings.push(it),
        }
    }
    viewings
}

fn is_near(one: Option<Date>, other: Option<Date>) -> bool {
    one == other || one.zip(other).is_some_and(|(one, other)| one.days_from(other) <= 1)
}

fn profile(sheet: &mut Sheet<'_>) -> Option<String> {
    let whose = sheet.column("Profile Name");
    let mut people: Vec<String> =
        sheet.table.rows.iter().map(|it| field(it, whose).to_owned()).collect();
    people.sort();
    people.dedup();
    if people.is_empty() {
        return None;
    }
    let about = About::Whose { file: SITE.to_owned() };
    let choices: Vec<Choice> = people.iter().cloned().map(Choice::Person).collect();
    let is_asked = sheet.gathered.import.questions.iter().any(|it| it.about == about);
    if let [only] = people.as_slice()
        && !is_asked
    {
        return Some(only.clone());
    }
    match sheet.ask(Question::new(about, choices)) {
        Some(Choice::Person(person)) => Some(person),
        _ => None,
    }
}

/// "01:40:00".
fn seconds_of(duration: &str) -> u32 {
    let parts = duration.split(':').map(|it| it.parse::<u32>().unwrap_or(0).min(99_999));
    parts.fold(0_u32, |sum, it| sum.saturating_mul(60).saturating_add(it))
}

fn entry(title: &str, viewing: Sitting) -> Entry {
    Entry {
        named: Named { title: title.to_owned(), ..Named::default() },
        rating: None,
        watched: viewing.day,
        logged: None,
        stands: Stands::Seen,
        is_liked: None,
        n_viewings: 1,
        is_rewatch: false,
        place: viewing.place,
    }
}
