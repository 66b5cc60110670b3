//! Every step of denoising, and which films stay under noise.

use crate::catalog::Catalogue;
use crate::families::diffrec::Shown;
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    _picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut steps = Table::new("steps");
    let mut lists = Table::new("lists of the steps");
    for (step, guess) in shown.steps.iter().enumerate() {
        steps
            .row()
            .int("step", step + 1)
            .real_if("change", guess.change)
            .real("mean_rank_of_picks", guess.mean_rank_of_picks);
        for (at, film) in guess.list.iter().enumerate() {
            lists.row().int("step", step + 1).ranked_film(catalogue, at, film);
        }
    }
    let mut kept = Table::new("films that stay under noise");
    if let Some(draws) = &shown.draws {
        for &(item, n) in &draws.kept {
            kept.row()
                .film(catalogue, item)
                .int("draws", draws.n_draws as usize)
                .int("stays_in", n as usize);
        }
    }
    vec![steps, lists, kept]
}
