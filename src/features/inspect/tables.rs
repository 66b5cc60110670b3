//! What families show of themselves, as tables: what several have in common.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::inspect::said::Said;
use crate::history::History;
use crate::ui::table::Table;

/// The cells of the pick at position `at` of those that were read, counted from 1.
pub(super) fn pick<'a>(
    row: &'a mut Table,
    catalogue: &Catalogue,
    picks: &History,
    at: usize,
) -> &'a mut Table {
    row.int("pick", at + 1);
    match picks.as_slice().get(at) {
        Some(&item) => row.film(catalogue, item),
        None => row,
    }
}

/// What a model that reads in order said after each pick.
pub(super) fn said(catalogue: &Catalogue, all: &[&Said]) -> Table {
    let mut table = Table::new("what it said after each pick");
    for (after, said) in all.iter().enumerate() {
        for (at, film) in said.top.iter().enumerate() {
            table
                .row()
                .int("after_pick", after + 1)
                .ranked_film(catalogue, at, film)
                .int_if("rank_of_next_pick", said.rank_of_next);
        }
    }
    table
}

/// One cell a layer: the weights at position `at` of `attention`, shape `[layers][picks]`.
pub(super) fn layers(row: &mut Table, attention: &[Vec<f32>], at: usize) {
    for (layer, weights) in attention.iter().enumerate() {
        row.real_if(&format!("layer {}", layer + 1), weights.get(at).copied());
    }
}

/// Titles in one cell.
pub(super) fn titles(catalogue: &Catalogue, items: &[ItemRow]) -> String {
    items.iter().map(|it| catalogue.title(*it)).collect::<Vec<_>>().join(" | ")
}
