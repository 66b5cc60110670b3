//! What it puts under the mask, read from both sides and from each, and where it looked.

use crate::catalog::Catalogue;
use crate::families::bert4rec::Shown;
use crate::features::inspect::tables::{layers, pick};
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let masked = shown.masked.and_then(|at| picks.as_slice().get(at).copied());
    let mut fills = vec![("both sides", &shown.whole)];
    if let Some(sides) = &shown.sides {
        fills.extend([("before only", &sides.before), ("after only", &sides.after)]);
    }
    let mut put = Table::new("what it puts there");
    for (reading, fill) in fills {
        for (at, film) in fill.top.iter().enumerate() {
            put.row();
            if let Some(masked) = masked {
                put.text("covered", catalogue.title(masked));
            }
            put.text("reading", reading)
                .ranked_film(catalogue, at, film)
                .int_if("rank_of_covered", fill.masked.map(|it| it.rank))
                .real_if("share_of_covered", fill.masked.map(|it| it.share));
        }
    }
    let mut looked = Table::new("attention");
    for at in 0..shown.attention.first().map_or(0, Vec::len) {
        pick(looked.row(), catalogue, picks, at);
        layers(&mut looked, &shown.attention, at);
    }
    vec![put, looked]
}
