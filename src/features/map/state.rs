//! The map of all films: its file, how well it keeps who is near to whom, and whose lists are drawn on it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::protocol::EngineError;
use crate::families::{self, Card};
use crate::map::{FilmMap, Layout};
use crate::session::{Column, EngineWatch, Latest, Session, Shown, Site, WITHIN, opening};

/// Made when the map is opened, and gone with it; the browser keeps the file. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct MapState {
    session: Session,
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
    pub(super) fn new(session: Session) -> Self {
        let (site, watch) = (session.site(), session.engine_watch());
        let loaded = Latest::new(
            move || Some(session.layout().get()),
            move |layout| load(site.clone(), watch, layout),
        );
        Self { session, loaded }
    }

    /// The bytes of a layout's file, and the share of ten nearest films that it keeps.
    pub(super) fn layout_facts(self, layout: Layout) -> Option<(u64, f64)> {
        let manifest = self.session.manifest();
        let map = manifest.map.as_ref()?;
        let n_bytes = map.files.get(layout.as_str())?.bytes;
        Some((n_bytes, map.kept_of_ten.get(layout.as_str()).copied()?))
    }
}

/// The lists that can be drawn: of the page's family, then of those chosen in Compare.
pub(super) fn drawn_lists(session: Session) -> Vec<DrawnList> {
    let own = session.shown().with(|it| it.as_ref().and_then(drawn));
    let own_name = own.as_ref().map(|it| it.card.name);
    let others = session.compared().into_iter().filter(|it| Some(it.card.name) != own_name);
    let of = |it: Column| it.shown().with(|shown| shown.as_ref().and_then(drawn));
    own.into_iter().chain(others.filter_map(of)).collect()
}

fn drawn(shown: &Shown) -> Option<DrawnList> {
    let card = families::find(&shown.family).map(|it| &it.card)?;
    Some(DrawnList { card, items: shown.rows.iter().take(WITHIN).map(|row| row.item).collect() })
}

/// Fetches and reads the file of `layout`.
async fn load(site: Site, watch: EngineWatch, layout: Layout) -> Result<Arc<FilmMap>, EngineError> {
    let entry = site.manifest.map.as_ref().and_then(|map| map.files.get(layout.as_str()));
    let missing = || EngineError::Unreachable { path: layout.as_str().to_owned() };
    let file = entry.ok_or_else(missing)?;
    let bytes = opening::fetched(file, watch).await?;
    // Its checksum is right, so this file and this site were not made for each other.
    let damaged = |_| EngineError::Damaged { path: file.path.clone() };
    let map = FilmMap::from_bytes(&bytes, site.catalogue.n_items()).map_err(damaged)?;
    Ok(Arc::new(map))
}
