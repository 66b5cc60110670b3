//! What it said after each pick, and where each layer looked.

use crate::catalog::Catalogue;
use crate::families::inspect::positions::Shown;
use crate::features::inspect::tables::{layers, pick, said};
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut looked = Table::new("attention");
    for (after, position) in shown.positions.iter().enumerate() {
        for at in 0..position.attention.first().map_or(0, Vec::len) {
            pick(looked.row().int("after_pick", after + 1), catalogue, picks, at);
            layers(&mut looked, &position.attention, at);
        }
    }
    let all: Vec<_> = shown.positions.iter().map(|it| &it.said).collect();
    vec![said(catalogue, &all), looked]
}
