//! The site's unchanging part: its films, its models, and what was measured of them.

use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use futures::future::{FutureExt, LocalBoxFuture, ready};
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, WithValue};

use super::files::Files;
use super::notices::{Notice, Notices};
use super::until::until;
use crate::catalog::Catalogue;
use crate::engine::protocol::EngineError;
use crate::families::{self, Card, FIRST_FAMILY, FamilyName, Kind};
use crate::manifest::{FileRef, Manifest, Results};

/// What has to be here before the page can name a film.
#[derive(Clone, Debug)]
pub struct Opened {
    pub catalogue: Arc<Catalogue>,
    pub manifest: Arc<Manifest>,
}

/// How far the details have come: cast, tags and countries, half of the catalogue's bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Details {
    #[default]
    Missing,
    Coming,
    Here,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct Site {
    opened: StoredValue<Opened>,
    files: StoredValue<Rc<dyn Files>, LocalStorage>,
    notices: Notices,
    details: RwSignal<Details>,
    /// They came, or did not: from here on the page has asked for all it asks for by itself.
    have_details_settled: RwSignal<bool>,
}

impl Site {
    pub fn new(opened: Opened, files: Rc<dyn Files>, notices: Notices) -> Self {
        Self {
            opened: StoredValue::new(opened),
            files: StoredValue::new_local(files),
            notices,
            details: RwSignal::default(),
            have_details_settled: RwSignal::default(),
        }
    }

    pub fn catalogue(self) -> Arc<Catalogue> {
        self.opened.with_value(|it| it.catalogue.clone())
    }

    pub fn manifest(self) -> Arc<Manifest> {
        self.opened.with_value(|it| it.manifest.clone())
    }

    /// Fetches `file` and reads it; `name` is said where the manifest names no such file.
    ///
    /// # Errors
    /// As [`Files::fetch`], and [`EngineError::Damaged`] where it cannot be read: its checksum is right, so this file
    /// and this site were not made for each other.
    pub async fn fetch_as<T, E>(
        self,
        name: &str,
        file: Option<&FileRef>,
        read: impl FnOnce(&[u8]) -> Result<T, E>,
    ) -> Result<T, EngineError> {
        let path = file.map_or(name, |it| it.path.as_str()).to_owned();
        let bytes = self.fetch_named(&path, file).await?;
        read(&bytes).map_err(|_unread| EngineError::Damaged { path })
    }

    /// Not generic: many files are read in many ways.
    fn fetch_named(
        self,
        name: &str,
        file: Option<&FileRef>,
    ) -> LocalBoxFuture<'static, Result<Vec<u8>, EngineError>> {
        match file {
            Some(file) => self.files.with_value(|it| it.fetch(file)),
            None => ready(Err(EngineError::Unreachable { path: name.to_owned() })).boxed_local(),
        }
    }

    /// How the shipped file of `family` did on held-out readers.
    pub fn results(self, family: &str) -> Option<Results> {
        self.manifest().family(family).and_then(|entry| entry.results.clone())
    }

    /// The plain baseline that did best on the same table as `family`, other than itself.
    pub fn best_baseline(self, family: &str) -> Option<(&'static Card, Results)> {
        let manifest = self.manifest();
        let table = self.results(family)?.table;
        families::shipped(&manifest)
            .filter(|it| it.card.kind == Kind::Baseline && it.card.name != family)
            .filter_map(|it| Some((&it.card, manifest.family(it.card.name)?.results.clone()?)))
            .filter(|(_, results)| results.table == table)
            .max_by(|(_, a), (_, b)| a.ndcg_at_10.total_cmp(&b.ndcg_at_10))
    }

    /// The bytes of all files of `family`, and of those of which it is made.
    pub fn family_bytes(self, family: &str) -> u64 {
        self.manifest().family_files(family).iter().map(|it| it.bytes).sum()
    }

    /// The families of which `family` is made, in its order.
    pub fn members(self, family: &str) -> Vec<&'static Card> {
        let manifest = self.manifest();
        let members = manifest.family(family).into_iter().flat_map(|it| &it.members);
        let card = |name: &String| families::find(&FamilyName(name.clone())).map(|it| &it.card);
        members.filter_map(|it| card(&it.family)).collect()
    }

    /// The family to start with, out of the `allowed`: the usual one, else the best that is shipped.
    pub fn first_family(self, allowed: impl Fn(&str) -> bool) -> FamilyName {
        let manifest = self.manifest();
        let ndcg = |name: &str| {
            let results = manifest.family(name).and_then(|entry| entry.results.as_ref());
            results.map_or(0.0, |results| results.ndcg_at_10)
        };
        let name = families::shipped(&manifest)
            .map(|it| it.card.name)
            .filter(|name| allowed(name))
            .max_by(|a, b| {
                let usual = (*a == FIRST_FAMILY).cmp(&(*b == FIRST_FAMILY));
                usual.then_with(|| ndcg(a).total_cmp(&ndcg(b)))
            })
            .unwrap_or(FIRST_FAMILY);
        FamilyName(name.to_owned())
    }

    /// Fetches the details unless they are here or on their way.
    pub fn load_details(self) {
        if self.details.get_untracked() != Details::Missing {
            return;
        }
        self.details.set(Details::Coming);
        self.notices.forget(|it| matches!(it, Notice::NoDetails(_)));
        Executor::spawn_local(async move {
            let Opened { catalogue, manifest } = self.opened.with_value(Clone::clone);
            let file = &manifest.catalogue.details;
            let added = self.fetch_as(&file.path, Some(file), |it| catalogue.add_details(it)).await;
            match added {
                Ok(()) => self.details.set(Details::Here),
                Err(error) => {
                    self.details.set(Details::Missing);
                    self.notices.tell(Notice::NoDetails(error));
                }
            }
            self.have_details_settled.set(true);
        });
    }

    /// Fetches the details unless they are here; ends once they have come or failed, and tells whether they are here.
    pub async fn details_settled(self) -> bool {
        self.load_details();
        until(move || self.details.get() != Details::Coming).await;
        self.details.get_untracked() == Details::Here
    }

    /// Whether a film's cast and tags are known yet.
    pub fn has_details(self) -> bool {
        self.details.get() == Details::Here
    }

    /// Whether the details have come, or failed to.
    pub fn have_details_settled(self) -> bool {
        self.have_details_settled.get()
    }
}
