//! The films of every round, and what the discriminator made of them.

use crate::catalog::Catalogue;
use crate::families::irgan::Shown;
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    _picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut rounds = Table::new("rounds");
    for (number, round) in shown.rounds.iter().enumerate() {
        for (at, film) in round.films.iter().enumerate() {
            rounds
                .row()
                .int("round", number)
                .int("rank", at + 1)
                .film(catalogue, film.item)
                .real("drawn", film.share)
                .real("taken_for_real", film.taken_for_real)
                .int("rank_by_discriminator", film.rank_by_discriminator);
        }
    }
    vec![rounds]
}
