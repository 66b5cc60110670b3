//! A model that keeps one state: what each film changed in it, and how that fades as others come.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::gru4rec::Shown as Gru4Rec;
use crate::features::inspect::film_by_film::FilmByFilm;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::history::History;
use crate::ui::table::Table;

const VIEW: FilmByFilm<Gru4Rec> = FilmByFilm {
    name: "memory",
    about: words::ABOUT,
    n: |shown| shown.said.len(),
    said: |shown, step| shown.said.get(step).cloned(),
    draw: figure::draw,
    note: |shown| words::note(shown.traces.len(), shown.said.len()),
};

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::gru4rec::Gru4Rec;
    const NAME: &'static str = "gru4rec";

    fn show() -> AnyView {
        VIEW.show()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}
