//! The recommendations with the films that carry them, and what groups carry, as tables.

use reactive_graph::graph::untrack;
use reactive_graph::traits::With;

use super::state::for_you::ForYou;
use super::words;
use crate::catalog::ItemRow;
use crate::recommend::Recommendation;
use crate::state::shell::Shell;
use crate::ui::table::Table;
use crate::ui::words::titles;

pub(super) fn tables(shell: Shell) -> Vec<Table> {
    untrack(|| {
        let for_you = shell.get::<ForYou>();
        let mut tables = Vec::new();
        tables.extend(list(shell, for_you));
        tables.extend(beliefs(for_you));
        tables
    })
}

fn list(shell: Shell, for_you: ForYou) -> Option<Table> {
    let catalogue = shell.site.catalogue();
    let rows = for_you.listed().with(|it| Some(it.as_ref()?.rows.clone()))?;
    let mut table = Table::new(words::RECOMMENDED);
    for (at, row) in rows.iter().enumerate() {
        let film = Recommendation { item: row.item, score: row.score };
        table.row().ranked_film(&catalogue, at, &film);
        let because: Vec<ItemRow> =
            for_you.reasons(row.item).unwrap_or_default().iter().map(|it| it.pick).collect();
        table.text("because_of", titles(&catalogue, &because).join("; "));
    }
    Some(table)
}

fn beliefs(for_you: ForYou) -> Option<Table> {
    let beliefs = for_you.beliefs().good_untracked()?.answer;
    let mut table = Table::new(words::BELIEFS);
    for it in &beliefs {
        table.row().text("group", words::common(&it.group.common));
        table.int("films", it.group.films.len()).int("changed_of_first_ten", it.n_changed);
    }
    Some(table)
}
