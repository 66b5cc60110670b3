//! What it said after each pick, and what is left of each in the state.

use crate::catalog::Catalogue;
use crate::families::gru4rec::Shown;
use crate::features::inspect::tables::{pick, said};
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut traces = Table::new("trace in the state");
    for trace in &shown.traces {
        for (later, left) in trace.left.iter().enumerate() {
            pick(traces.row(), catalogue, picks, trace.at)
                .int("later_picks", later)
                .real("left", *left);
        }
    }
    vec![said(catalogue, &shown.said.iter().collect::<Vec<_>>()), traces]
}
