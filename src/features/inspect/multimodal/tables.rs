//! The list with the parts of its scores, and the films nearest to each film.

use super::words;
use crate::catalog::Catalogue;
use crate::families::multimodal::{Modality, Near, Shown};
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(shown: &Shown, catalogue: &Catalogue) -> Vec<Table> {
    let mut near = Table::new("nearest films");
    for it in shown.picks.iter().chain(&shown.listed) {
        nearest(&mut near, it, catalogue);
    }
    vec![parts(shown, catalogue), near]
}

pub(super) fn parts(shown: &Shown, catalogue: &Catalogue) -> Table {
    let mut parts = Table::new("parts of the scores");
    for (at, it) in shown.list.iter().enumerate() {
        let row = parts.row().ranked_film(catalogue, at, &it.film);
        for modality in Modality::ALL {
            row.real(words::modality(modality), it.by_modality[modality as usize]);
        }
        let walk = shown.walks.iter().find(|walk| walk.item == it.film.item);
        let was = walk.and_then(|it| it.ranks.first().copied());
        row.real(words::POPULARITY, it.start).int_if("rank by all", was);
    }
    parts
}

pub(super) fn nearest(table: &mut Table, near: &Near, catalogue: &Catalogue) {
    for modality in Modality::ALL {
        for film in near.by_modality[modality as usize].iter().flatten() {
            table
                .row()
                .text("near", catalogue.title(near.item).to_owned())
                .text("by", words::modality(modality).to_owned())
                .film(catalogue, film.item)
                .real("cosine", film.cosine);
        }
    }
}
