//! What is said aloud of a list that changed.

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::state::recommended::RecommendedList;
use crate::state::shell::Shell;
use crate::state::shown::ShownRow;

/// So many films are read out.
const N_ALOUD: usize = 3;

/// Of the list of the chosen family, tracked.
pub fn news_of_list(shell: Shell) -> Option<String> {
    let shown = shell.get::<RecommendedList>().listed().get()?;
    Some(news_of(&shell.site.catalogue(), &shown.rows))
}

/// The first of `rows`, each with its movement.
pub fn news_of(catalogue: &Catalogue, rows: &[ShownRow]) -> String {
    let first = rows.iter().take(N_ALOUD).map(|row| {
        let title = catalogue.title(row.item);
        format!("{} {title}{}", row.rank, words::movement_aloud(row.movement))
    });
    words::list_changed(&first.collect::<Vec<_>>())
}
