//! The latent dimensions with the films at their ends, and the list from there.

use crate::catalog::Catalogue;
use crate::families::mult_vae::Shown;
use crate::features::inspect::tables::titles;
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    _picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut dimensions = Table::new("directions");
    for it in &shown.dimensions {
        dimensions
            .row()
            .int("direction", it.number as usize + 1)
            .real("mean", it.mean)
            .real("deviation", it.deviation)
            .real("bits", it.bits);
        if let Some(ends) = shown.ends.iter().find(|ends| ends.dimension == it.number) {
            dimensions
                .text("low", titles(catalogue, &ends.low))
                .text("high", titles(catalogue, &ends.high));
        }
    }
    vec![dimensions, Table::ranked("the list from there", catalogue, &shown.list)]
}
