//! The lists side by side and what they agree on, as tables.

use reactive_graph::graph::untrack;
use reactive_graph::traits::GetUntracked;

use crate::catalog::Catalogue;
use crate::state::compared::{Compared, Comparison, Side};
use crate::state::shell::Shell;
use crate::ui::table::Table;

pub(super) fn tables(shell: Shell) -> Vec<Table> {
    let compared = shell.get::<Compared>();
    let catalogue = shell.site.catalogue();
    let mut tables = Vec::new();
    for column in untrack(|| compared.board()) {
        if let Some(shown) = column.shown().get_untracked() {
            let name = match column.side {
                Side::Now => column.card.title.to_owned(),
                Side::Kept => format!("{}, kept", column.card.title),
            };
            tables.push(Table::ranked(name, &catalogue, &shown.list()));
        }
    }
    if let Some(comparison) = compared.comparison().get_untracked() {
        tables.push(of_agreement(&catalogue, &comparison));
    }
    if let Some(kept) = compared.kept().get_untracked() {
        tables.push(Table::picks("history kept beside", &catalogue, kept.as_slice()));
    }
    tables
}

fn of_agreement(catalogue: &Catalogue, comparison: &Comparison) -> Table {
    let mut agreed = Table::new("what the lists agree on");
    for placed in &comparison.consensus {
        agreed.row().film(catalogue, placed.item);
        for (card, ranks) in comparison.cards.iter().zip(&comparison.ranks) {
            agreed.int_if(&format!("rank {}", card.title), ranks.rank_of(placed.item));
        }
    }
    agreed
}
