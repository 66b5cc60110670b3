//! The map of all films: its file, how well it keeps who is near to whom, and whose lists are drawn on it.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::LaidOut;
use crate::catalog::ItemRow;
use crate::engine::protocol::EngineError;
use crate::families::{self, Card};
use crate::map::{FilmMap, Layout};
use crate::state::compared::{Column, Compared};
use crate::state::latest::Latest;
use crate::state::lists::WITHIN;
use crate::state::recommended::RecommendedList;
use crate::state::shell::Shell;
use crate::state::shown::Shown;
use crate::state::site::Site;
use crate::ui::table::Table;

/// Made when the map is opened, and gone with it; the browser keeps the file. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct MapState {
    shell: Shell,
    /// The map, once its file is here.
    pub(super) loaded: Latest<Layout, Arc<FilmMap>>,
}

/// One family's first ranks, as they are drawn on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnList {
    pub card: &'static Card,
    /// Best first, at most [`WITHIN`].
    pub items: Vec<ItemRow>,
}

impl DrawnList {
    /// Where the list has `item`, 1 the best.
    pub fn rank_of(&self, item: ItemRow) -> Option<usize> {
        self.items.iter().position(|it| *it == item).map(|at| at + 1)
    }
}

impl MapState {
    pub(super) fn new(shell: Shell) -> Self {
        let laid_out = shell.get::<LaidOut>();
        let loaded =
            Latest::new(move || Some(laid_out.by()), move |layout| load(shell.site, layout));
        Self { shell, loaded }
    }

    /// The bytes of a layout's file, and the share of ten nearest films that it keeps.
    pub(super) fn layout_facts(self, layout: Layout) -> Option<(u64, f64)> {
        let manifest = self.shell.site.manifest();
        let map = manifest.map.as_ref()?;
        let n_bytes = map.files.get(layout.as_str())?.bytes;
        Some((n_bytes, map.kept_of_ten.get(layout.as_str()).copied()?))
    }
}

/// The lists that can be drawn: of the page's family, then of those that were chosen to be compared.
pub(super) fn drawn_lists(shell: Shell) -> Vec<DrawnList> {
    let own = shell.get::<RecommendedList>().listed().with(|it| it.as_ref().and_then(drawn));
    let own_name = own.as_ref().map(|it| it.card.name);
    let others = shell.made::<Compared>().map(Compared::chosen).unwrap_or_default();
    let others = others.into_iter().filter(|it| Some(it.card.name) != own_name);
    let of = |it: Column| it.shown().with(|shown| shown.as_ref().and_then(drawn));
    own.into_iter().chain(others.filter_map(of)).collect()
}

/// What is drawn, as tables.
pub(super) fn tables(shell: Shell) -> Vec<Table> {
    let catalogue = shell.site.catalogue();
    let lists = shell.made::<Compared>().map(|it| untrack(|| it.board())).unwrap_or_default();
    let table = |it: Column| {
        let shown = it.shown().get_untracked()?;
        Some(Table::ranked(it.card.title, &catalogue, &shown.list()))
    };
    lists.into_iter().filter_map(table).collect()
}

fn drawn(shown: &Shown) -> Option<DrawnList> {
    let card = families::find(&shown.family).map(|it| &it.card)?;
    Some(DrawnList { card, items: shown.rows.iter().take(WITHIN).map(|row| row.item).collect() })
}

/// Fetches and reads the file of `layout`.
async fn load(site: Site, layout: Layout) -> Result<Arc<FilmMap>, EngineError> {
    let (manifest, n_items) = (site.manifest(), site.catalogue().n_items());
    let file = manifest.map.as_ref().and_then(|map| map.files.get(layout.as_str()));
    let read = |bytes: &[u8]| FilmMap::from_bytes(bytes, n_items);
    site.fetch_as(layout.as_str(), file, read).await.map(Arc::new)
}
