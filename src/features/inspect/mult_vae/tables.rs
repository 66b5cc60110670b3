//! The latent dimensions with the films at their ends, the reader's list, and the films that come first on the plane.

use crate::catalog::Catalogue;
use crate::families::mult_vae::{Shown, point};
use crate::features::inspect::tables::titles;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(shown: &Shown, catalogue: &Catalogue) -> Vec<Table> {
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
    let list = Table::ranked("the list from there", catalogue, &shown.list);
    let mut plane = Table::new("first on the plane");
    let pushed = |number: u32| format!("direction {}", number + 1);
    for (at, films) in shown.plane.lists.iter().enumerate() {
        let (right, up) = point(at);
        if let Some(&first) = films.first() {
            plane
                .row()
                .real(&pushed(shown.plane.right), right)
                .real(&pushed(shown.plane.up), up)
                .film(catalogue, first);
        }
    }
    vec![dimensions, list, plane]
}
