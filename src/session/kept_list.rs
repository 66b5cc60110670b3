//! Lists of films that this device keeps and all tabs of the site share.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::protocol::StorageFault;
use crate::kept::{self, Entry};
use crate::session::{Notice, Session};

/// A list under a name. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct KeptList {
    name: &'static str,
    /// What may be said of its films; none for a list of films alone. Entries that say something
    /// else, and those of films that this catalogue lacks, stay on the device and come to no page.
    letters: &'static str,
    /// What this tab and the device last agreed on.
    agreed: StoredValue<Vec<Entry>>,
}

impl KeptList {
    pub(super) fn new(name: &'static str, letters: &'static str) -> Self {
        Self { name, letters, agreed: StoredValue::default() }
    }

    /// Takes in what other tabs made of the list, keeps what this tab made of it, which is `own`
    /// now, and gives what came of both. Writes only where this tab changed something.
    pub(super) fn agree(self, session: Session, own: &[Entry]) -> Vec<Entry> {
        self.agree_or_fail(session, own).unwrap_or_else(|fault| {
            session.tell(Notice::NotKept(fault));
            own.to_vec()
        })
    }

    fn agree_or_fail(self, session: Session, own: &[Entry]) -> Result<Vec<Entry>, StorageFault> {
        let catalogue = session.catalogue();
        let is_shown = |(movie_id, letter): &Entry| {
            let is_said = letter.map_or(self.letters.is_empty(), |it| self.letters.contains(it));
            is_said && catalogue.row_of(*movie_id).is_some()
        };
        let mut before = self.agreed.get_value();
        let is_first = before.is_empty();
        // Where nothing is kept, nobody took anything out: the browser's storage was emptied.
        let kept = session.texts().kept(self.name)?.map(|text| kept::read(&text));
        let (mut theirs, is_whole) = kept.unwrap_or_else(|| (before.clone(), true));
        if !is_whole && !is_first {
            theirs.clone_from(&before);
        }
        before.retain(is_shown);
        let mut agreed = kept::merge(&before, own, &theirs);
        let is_changed = agreed != theirs;
        if !is_whole && (is_changed || is_first) {
            session.keep_aside(self.name)?;
        }
        if is_changed {
            session.texts().keep(self.name, &kept::write(&agreed))?;
        }
        self.agreed.set_value(agreed.clone());
        agreed.retain(is_shown);
        Ok(agreed)
    }
}

impl Session {
    /// Keeps `list` on this device under `name`: loads it now, keeps what changes in it from here
    /// on, and takes in what other tabs do to it. What is said of a film is one of `values`, which
    /// `letters` stand for, one each.
    pub(super) fn keep_list<V>(
        self,
        name: &'static str,
        list: RwSignal<Vec<(ItemRow, V)>>,
        letters: &'static str,
        values: &'static [V],
    ) where
        V: Copy + PartialEq + Send + Sync + 'static,
    {
        let own = move || {
            let catalogue = self.catalogue();
            let entry = |&(item, value): &(ItemRow, V)| {
                let letter = letters.chars().zip(values).find(|it| *it.1 == value)?.0;
                Some((catalogue.movie_id(item)?, Some(letter)))
            };
            list.with(|it| it.iter().filter_map(entry).collect::<Vec<Entry>>())
        };
        let take = move |agreed: Vec<Entry>| {
            let catalogue = self.catalogue();
            let shown = |(movie_id, letter): Entry| {
                let value = letters.chars().zip(values).find(|it| Some(it.0) == letter)?.1;
                Some((catalogue.row_of(movie_id)?, *value))
            };
            list.set(agreed.into_iter().filter_map(shown).collect());
        };
        self.keep_in_step(KeptList::new(name, letters), own, take);
    }

    /// Keeps what `own` gives in step with the device; `take` gets what other tabs made of it.
    pub(super) fn keep_in_step(
        self,
        kept: KeptList,
        own: impl Fn() -> Vec<Entry> + Copy + 'static,
        take: impl Fn(Vec<Entry>) + Copy + 'static,
    ) {
        let agree = move || {
            let own = own();
            let agreed = kept.agree(self, &own);
            if agreed != own {
                take(agreed);
            }
        };
        untrack(agree);
        Effect::new(agree);
        when_kept_changes(move || untrack(agree));
    }

    /// Copies what is kept under `name`, which this version cannot read, to where nothing is
    /// written over it, and tells the reader.
    ///
    /// # Errors
    /// [`StorageFault`] as the browser says: then what is kept must not be written over.
    pub(super) fn keep_aside(self, name: &str) -> Result<(), StorageFault> {
        let text = self.texts().set_aside(name)?;
        self.tell(Notice::KeptAside { text });
        Ok(())
    }

    /// Tells the reader what an earlier visit set aside.
    pub(super) fn tell_aside(self) {
        // Where nothing is kept, that is told by whoever wants to keep something.
        if let Some(text) = self.texts().aside().ok().filter(|it| !it.is_empty()) {
            self.tell(Notice::KeptAside { text });
        }
    }

    /// Forgets what was set aside.
    pub fn forget_aside(self) {
        match self.texts().forget_aside() {
            Ok(()) => self.dismiss(&Notice::KeptAside { text: String::new() }),
            Err(fault) => self.tell(Notice::NotKept(fault)),
        }
    }
}

/// Calls `hear` when another tab keeps something, and when this page comes back from where the
/// browser had laid it: there it heard nothing.
pub(super) fn when_kept_changes(hear: impl Fn() + Copy + 'static) {
    for event in ["storage", "pageshow"] {
        let listener = window_event_listener_untyped(event, move |_| hear());
        on_cleanup(move || listener.remove());
    }
}
