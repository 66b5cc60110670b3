//! The list with the parts of its scores, and the films nearest to each pick.

use super::words;
use crate::catalog::Catalogue;
use crate::families::multimodal::{Modality, Shown};
use crate::history::History;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(
    shown: &Shown,
    _picks: &History,
    catalogue: &Catalogue,
) -> Vec<Table> {
    let mut parts = Table::new("parts of the scores");
    for (at, it) in shown.list.iter().enumerate() {
        let row = parts.row().ranked_film(catalogue, at, &it.film);
        for modality in Modality::ALL {
            row.real(words::modality(modality), it.by_modality[modality as usize]);
        }
        row.real(words::POPULARITY, it.start);
    }
    let mut nearest = Table::new("nearest films");
    for near in &shown.picks {
        for modality in Modality::ALL {
            for film in near.by_modality[modality as usize].iter().flatten() {
                nearest
                    .row()
                    .text("near", catalogue.title(near.pick).to_owned())
                    .text("by", words::modality(modality).to_owned())
                    .film(catalogue, film.item)
                    .real("cosine", film.cosine);
            }
        }
    }
    vec![parts, nearest]
}
