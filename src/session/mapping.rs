//! The map of all films: by what it is laid out, its file, and whose lists are drawn on it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::protocol::EngineError;
use crate::families::{self, Card};
use crate::map::{FilmMap, Layout};
use crate::session::opening;
use crate::session::{Column, EngineWatch, Latest, Session, Shown, Site, Tab, WITHIN};

/// The state of the tab: cheap to copy, a part of the session.
#[derive(Clone, Copy)]
pub(super) struct Mapping {
    layout: RwSignal<Layout>,
    loaded: Latest<Layout, Arc<FilmMap>>,
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

impl Mapping {
    /// Fetches nothing before the tab is opened for the first time.
    pub(super) fn new(site: &Site, watch: EngineWatch, tab: RwSignal<Tab>) -> Self {
        let layout = RwSignal::new(Layout::default());
        let was_opened = Memo::new(move |before: Option<&bool>| {
            before.copied().unwrap_or(false) || tab.get() == Tab::Map
        });
        let site = site.clone();
        let loaded = Latest::new(
            move || was_opened.get().then(|| layout.get()),
            move |layout| load(site.clone(), watch, layout),
        );
        Self { layout, loaded }
    }
}

impl Session {
    /// Whether the site ships a map.
    pub fn has_map(self) -> bool {
        self.manifest().map.is_some()
    }

    /// What the map is laid out by.
    pub fn layout(self) -> Signal<Layout> {
        self.mapping.layout.into()
    }

    pub fn lay_out_by(self, layout: Layout) {
        if self.mapping.layout.get_untracked() != layout {
            self.mapping.layout.set(layout);
        }
    }

    /// The map, once its file is here.
    pub fn film_map(self) -> Latest<Layout, Arc<FilmMap>> {
        self.mapping.loaded
    }

    /// The bytes of a layout's file, and the share of ten nearest films that it keeps.
    pub fn layout_facts(self, layout: Layout) -> Option<(u64, f64)> {
        let manifest = self.manifest();
        let map = manifest.map.as_ref()?;
        let n_bytes = map.files.get(layout.as_str())?.bytes;
        Some((n_bytes, map.kept_of_ten.get(layout.as_str()).copied()?))
    }

    /// The lists that can be drawn: of the page's family, then of those chosen in Compare.
    pub fn drawn_lists(self) -> Vec<DrawnList> {
        let own = self.shown.with(|it| it.as_ref().and_then(drawn));
        let own_name = own.as_ref().map(|it| it.card.name);
        let others = self.compared().into_iter().filter(|it| Some(it.card.name) != own_name);
        let of = |it: Column| it.shown().with(|shown| shown.as_ref().and_then(drawn));
        own.into_iter().chain(others.filter_map(of)).collect()
    }
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
