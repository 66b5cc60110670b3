//! Netflix's short file: titles and days, the newest first. Series stand between the films and have no
//! mark of it, so whether a row is a film is found where the films are known.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

pub(super) fn read(sheet: Sheet<'_>) {
    let plan =
        Plan { title: sheet.column("Title"), watched: sheet.column("Date"), ..Plan::default() };
    let first = sheet.gathered.import.entries.len();
    let file = sheet.file;
    let Sheet { name, table, gathered, .. } = sheet;
    plan.read(Sheet { name, table, gathered: &mut *gathered, file }, Scale::Ten, |_, _, _| {
        Some(Stands::Seen)
    });
    // Of one day the newest stands first; everything else is the oldest first.
    gathered.import.entries[first..].reverse();
}
