//! Prime Video, as the exporter for browsers writes it: names alone.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

pub(super) fn read(sheet: Sheet<'_>) {
    let plan = Plan {
        title: sheet.column("Title"),
        kind: sheet.column("Type"),
        watched: sheet.column("Date Watched"),
        ..Plan::default()
    };
    plan.read(sheet, Scale::Ten, |_, _, _| Some(Stands::Seen));
}
