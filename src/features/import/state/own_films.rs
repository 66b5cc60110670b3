//! The films that a reader took from files, as this device keeps them: one file of our own form, for all tabs.

use std::sync::Arc;

use reactive_graph::graph::untrack;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::catalog::ItemRow;
use crate::engine::protocol::StorageFault;
use crate::imports::{Interaction, KeptFilm, Merged, in_order, kept_films, merge, write};
use crate::state::kept_list::when_kept_changes;
use crate::state::notices::Notice;
use crate::state::shell::Shell;

/// Under this name the device keeps them; another form has another name.
pub const NAME: &str = "films.v1";

/// Films of this catalogue, and those of others, which stay as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Films {
    pub here: Vec<Interaction>,
    elsewhere: Vec<KeptFilm>,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnFilms {
    shell: Shell,
    films: RwSignal<Arc<Films>>,
    not_kept: RwSignal<Option<NotKept>>,
}

/// What went wrong with keeping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NotKept {
    Storage(StorageFault),
    /// What is kept is damaged, or of a newer version.
    Unreadable,
}

/// What came of joining films into those that were kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    pub merged: Merged,
    pub n_new: usize,
}

enum Kept {
    Nothing,
    Films(Films),
    /// Not of a form that this version knows.
    Unreadable,
}

impl OwnFilms {
    /// Those that the device keeps, from here on in step with other tabs.
    pub fn new(shell: Shell) -> Self {
        let own = Self { shell, films: RwSignal::default(), not_kept: RwSignal::default() };
        own.load();
        when_kept_changes(&*shell.texts(), move || untrack(|| own.load()));
        own
    }

    pub fn films(self) -> RwSignal<Arc<Films>> {
        self.films
    }

    /// Why the device does not keep what is here.
    pub fn not_kept(self) -> RwSignal<Option<NotKept>> {
        self.not_kept
    }

    /// Joins `new` into what the device has, which another tab may have changed, and keeps what comes of it.
    pub fn join(self, new: &[Interaction]) -> Joined {
        self.load();
        let films = self.films.get_untracked();
        let n_before = films.here.len();
        let merged = merge(&films.here, new);
        let films = Films { here: merged.films.clone(), elsewhere: films.elsewhere.clone() };
        let kept = self.keep(&films);
        self.films.set(Arc::new(films));
        self.not_kept.set(kept.err().map(NotKept::Storage));
        Joined { n_new: merged.films.len() - n_before, merged }
    }

    /// Forgets all films, here and on the device. The history stays.
    pub fn clear(self) {
        let forgotten = self.shell.texts().forget(NAME);
        self.films.set(Arc::default());
        self.not_kept.set(forgotten.err().map(NotKept::Storage));
    }

    /// All of them as a file of our own form.
    pub fn as_file(self) -> String {
        let films = self.films.get_untracked();
        write::glassrec_json(&films.here, &films.elsewhere, &self.shell.site.catalogue())
    }

    /// The newest `n` films whose day tells of their order, oldest first.
    pub fn newest(self, n: usize) -> Vec<ItemRow> {
        let dated = in_order(&self.films.get().here).dated;
        dated[dated.len().saturating_sub(n)..].to_vec()
    }

    fn load(self) {
        // What the device could not take lasts as long as the page.
        if self.not_kept.get_untracked().is_some() && !self.films.get_untracked().is_empty() {
            return;
        }
        let (films, not_kept) = match self.kept() {
            Ok(Kept::Films(films)) => (films, None),
            Ok(Kept::Nothing) => (Films::default(), None),
            Ok(Kept::Unreadable) => (Films::default(), Some(NotKept::Unreadable)),
            Err(fault) => (Films::default(), Some(NotKept::Storage(fault))),
        };
        self.not_kept.set(not_kept);
        if films != *self.films.get_untracked() {
            self.films.set(Arc::new(films));
        }
    }

    fn kept(self) -> Result<Kept, StorageFault> {
        let Some(text) = self.shell.texts().kept(NAME)? else { return Ok(Kept::Nothing) };
        let films = match kept_films(&text) {
            Ok(films) => films,
            Err(_newer_or_damaged) => return Ok(Kept::Unreadable),
        };
        let catalogue = self.shell.site.catalogue();
        let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
        for film in films {
            match film.row_in(&catalogue) {
                Some(item) => here.push(Interaction { item, told: film.told }),
                None => elsewhere.push(film),
            }
        }
        // Two films of another catalogue may be one of this.
        Ok(Kept::Films(Films { here: merge(&[], &here).films, elsewhere }))
    }

    /// What this version cannot read is set aside before anything is written over it.
    fn keep(self, films: &Films) -> Result<(), StorageFault> {
        let texts = self.shell.texts();
        if let Kept::Unreadable = self.kept()? {
            let text = texts.set_aside(NAME)?;
            self.shell.notices.tell(Notice::KeptAside { text });
        }
        let catalogue = self.shell.site.catalogue();
        texts.keep(NAME, &write::kept_json(&films.here, &films.elsewhere, &catalogue))
    }
}

impl Films {
    pub fn is_empty(&self) -> bool {
        self.here.is_empty() && self.elsewhere.is_empty()
    }

    pub fn n_seen(&self) -> usize {
        self.here.iter().filter(|it| it.told.is_seen).count()
    }

    pub fn n_wanted(&self) -> usize {
        self.here.iter().filter(|it| it.told.is_wanted).count()
    }
}
