//! Every summand of the shown films.

use crate::catalog::Catalogue;
use crate::families::inspect::sums::Shown;
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut table = Table::new("parts of the scores");
    for film in &shown.films {
        table.row().film(catalogue, film.item);
        for (pick, part) in picks.iter().zip(&film.parts) {
            table.real(catalogue.title(pick), *part);
        }
        table.real("popularity_part", film.start).real("score", film.score);
    }
    vec![table]
}
