//! The open codes, the films spelt by the path, and what each beam found.

use crate::catalog::Catalogue;
use crate::families::semantic_id::Shown;
use crate::features::inspect::tables::titles;
use crate::history::History;
use crate::ui::table::Table;

/// So many films stand for a code.
const N_TITLES: usize = 3;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    _picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut codes = Table::new("codes");
    for it in shown.columns.iter().flatten() {
        codes
            .row()
            .text("code", spelt(&it.codes))
            .real("probability", it.probability)
            .real("share", it.share)
            .int("films", it.films.len())
            .text("best_known", titles(catalogue, &it.films[..it.films.len().min(N_TITLES)]));
    }
    let mut beams = Table::new("beams");
    for beam in &shown.beams {
        for (at, film) in beam.films.iter().enumerate() {
            beams.row().int("width", beam.width).ranked_film(catalogue, at, film);
        }
    }
    let spelt = format!("films spelt {}", spelt(&shown.path));
    vec![codes, Table::ranked(spelt, catalogue, &shown.films), beams]
}

fn spelt(codes: &[u32]) -> String {
    codes.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
