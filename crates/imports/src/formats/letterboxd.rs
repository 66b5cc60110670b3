//! Letterboxd's own export. The address in a diary is that of the entry and elsewhere that of the film, so
//! title and year are what joins them.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::format::Part;
use crate::question::{About, Choice, Question};
use crate::sheet::Sheet;

/// The films of a list's file, whether it is one, and how many lines stand before them.
pub(crate) fn films_of_list(text: &str) -> (bool, &str, u64) {
    if !text.starts_with("Letterboxd list export") {
        return (false, text, 0);
    }
    let Some(at) = text.find("\nPosition,") else { return (true, "", 0) };
    let skipped = text[..=at].bytes().filter(|it| *it == b'\n').count() as u64;
    (true, &text[at + 1..], skipped)
}

pub(super) fn read(mut sheet: Sheet<'_>, part: Part) {
    let stands = match part {
        Part::WatchList => Some(Choice::Wanted),
        Part::Likes => Some(Choice::Liked),
        Part::Unsure | Part::List => {
            let about = About::SeenOrWanted { file: sheet.name.to_owned() };
            sheet.ask(Question::new(about, vec![Choice::Seen, Choice::Wanted, Choice::Liked]))
        }
        _ => Some(Choice::Seen),
    };
    let is_diary = matches!(part, Part::Diary | Part::Reviews);
    let column = |name: &str| sheet.column(name);
    let plan = Plan {
        title: column("Name"),
        year: column("Year"),
        rating: column("Rating"),
        rewatch: column("Rewatch"),
        watched: column("Watched Date").filter(|_| is_diary),
        logged: column("Date"),
        ..Plan::default()
    };
    let first = sheet.gathered.import.entries.len();
    let liked = stands == Some(Choice::Liked);
    let file = sheet.file;
    let all = Sheet { name: sheet.name, table: sheet.table, gathered: &mut *sheet.gathered, file };
    plan.read(all, Scale::Five, |_, _, _| match &stands {
        Some(Choice::Seen) => Some(Stands::Seen),
        Some(Choice::Wanted) => Some(Stands::WatchList),
        Some(Choice::Liked) => Some(Stands::Said),
        _ => None,
    });
    for entry in &mut sheet.gathered.import.entries[first..] {
        entry.is_liked = liked.then_some(true);
    }
}
