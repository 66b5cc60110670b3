//! A model that reads films in order: where each layer looked from every film, and what it would have recommended then.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::inspect::positions::Shown as Positions;
use crate::features::inspect::film_by_film::FilmByFilm;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::history::History;
use crate::ui::table::Table;

const VIEW: FilmByFilm<Positions> = FilmByFilm {
    name: "attention",
    about: words::ABOUT,
    n: |shown| shown.positions.len(),
    said: |shown, step| shown.positions.get(step).map(|it| it.said.clone()),
    draw: figure::draw,
    note: |_| words::NOTE.to_owned(),
};

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::positions::Positions;
    const NAME: &'static str =
        <crate::families::inspect::positions::Positions as crate::families::inspect::Inspect>::FORM;

    fn show() -> AnyView {
        VIEW.show()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}
