//! What is said aloud of a list that changed.

use leptos::prelude::*;

use super::words;
use crate::state::recommended::RecommendedList;
use crate::state::shell::Shell;

/// So many films are read out.
const N_ALOUD: usize = 3;

/// Of the list of the chosen family, tracked.
pub fn news_of_list(shell: Shell) -> Option<String> {
    let shown = shell.get::<RecommendedList>().listed().get()?;
    let catalogue = shell.site.catalogue();
    let first: Vec<String> = shown
        .rows
        .iter()
        .take(N_ALOUD)
        .map(|row| {
            let title = catalogue.title(row.item);
            format!("{} {title}{}", row.rank, words::movement_aloud(row.movement))
        })
        .collect();
    Some(words::list_changed(&first))
}
