//! The places and points of every film of the list, and each model's own list.

use super::words::title_of;
use crate::catalog::Catalogue;
use crate::families::blend::Shown;
use crate::ui::table::Table;

pub(in crate::features::inspect) fn tables(shown: &Shown, catalogue: &Catalogue) -> Vec<Table> {
    let titles: Vec<&str> = shown.members.iter().map(|it| title_of(&it.family)).collect();
    let mut points = Table::new("places and points");
    for (at, film) in shown.films.iter().enumerate() {
        points.row().int("rank", at + 1).film(catalogue, film.item);
        for (title, given) in titles.iter().zip(&film.members) {
            points
                .int(&format!("{title}: place"), given.place)
                .real(&format!("{title}: points"), given.points);
        }
        points.real("score", film.score);
    }
    let mut alone = Table::new("each model alone");
    for (title, member) in titles.iter().zip(&shown.members) {
        for (at, choice) in member.top.iter().enumerate() {
            alone
                .row()
                .text("model_title", *title)
                .int("rank", at + 1)
                .film(catalogue, choice.item)
                .int("rank_together", choice.place);
        }
    }
    vec![points, alone]
}
