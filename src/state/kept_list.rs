//! Lists of films that this device keeps and all tabs of the site share.

use std::rc::Rc;

use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{LocalStorage, StoredValue, on_cleanup};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{GetValue, Set, SetValue, UpdateValue, With};

use super::notices::{Notice, Notices};
use super::site::Site;
use super::texts::Texts;
use crate::catalog::ItemRow;
use crate::engine::protocol::StorageFault;
use crate::kept::{self, Entry};

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

/// Keeps lists, and tells the reader where that fails. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    site: Site,
    notices: Notices,
    texts: StoredValue<Rc<dyn Texts>, LocalStorage>,
}

impl Keeper {
    pub(super) fn new(site: Site, notices: Notices, texts: Rc<dyn Texts>) -> Self {
        Self { site, notices, texts: StoredValue::new_local(texts) }
    }

    fn texts(self) -> Rc<dyn Texts> {
        self.texts.get_value()
    }

    pub(super) fn list(self, name: &'static str, letters: &'static str) -> KeptList {
        KeptList { name, letters, agreed: StoredValue::default() }
    }

    /// Whether something is kept under `name`; not where storage is forbidden.
    pub(super) fn has(self, name: &str) -> bool {
        self.texts().kept(name).is_ok_and(|it| it.is_some())
    }

    /// Takes in what other tabs made of `list`, keeps what this tab made of it, which is `own` now, and gives what
    /// came of both. Writes only where this tab changed something.
    pub(super) fn agree(self, list: KeptList, own: &[Entry]) -> Vec<Entry> {
        self.agree_or_fail(list, own).unwrap_or_else(|fault| {
            self.notices.tell(Notice::NotKept(fault));
            own.to_vec()
        })
    }

    fn agree_or_fail(self, list: KeptList, own: &[Entry]) -> Result<Vec<Entry>, StorageFault> {
        let catalogue = self.site.catalogue();
        let is_shown = |(movie_id, letter): &Entry| {
            let is_said = letter.map_or(list.letters.is_empty(), |it| list.letters.contains(it));
            is_said && catalogue.row_of(*movie_id).is_some()
        };
        let mut before = list.agreed.get_value();
        let is_first = before.is_empty();
        // Where nothing is kept, nobody took anything out: the browser's storage was emptied.
        let kept = self.texts().kept(list.name)?.map(|text| kept::read(&text));
        let kept = kept.map(|(entries, is_whole)| {
            (kept::each_once(entries, |id| catalogue.kept_id(id)), is_whole)
        });
        let (mut theirs, is_whole) = kept.unwrap_or_else(|| (before.clone(), true));
        if !is_whole && !is_first {
            theirs.clone_from(&before);
        }
        before.retain(is_shown);
        let mut agreed = kept::merge(&before, own, &theirs);
        let is_changed = agreed != theirs;
        if !is_whole && (is_changed || is_first) {
            self.set_aside(list.name)?;
        }
        if is_changed {
            self.texts().keep(list.name, &kept::write(&agreed))?;
        }
        list.agreed.set_value(agreed.clone());
        agreed.retain(is_shown);
        Ok(agreed)
    }

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
            let catalogue = self.site.catalogue();
            let entry = |&(item, value): &(ItemRow, V)| {
                let letter = letters.chars().zip(values).find(|it| *it.1 == value)?.0;
                Some((catalogue.movie_id(item)?, Some(letter)))
            };
            list.with(|it| it.iter().filter_map(entry).collect::<Vec<Entry>>())
        };
        let take = move |agreed: Vec<Entry>| {
            let catalogue = self.site.catalogue();
            let shown = |(movie_id, letter): Entry| {
                let value = letters.chars().zip(values).find(|it| Some(it.0) == letter)?.1;
                Some((catalogue.row_of(movie_id)?, *value))
            };
            list.set(agreed.into_iter().filter_map(shown).collect());
        };
        self.keep_in_step(self.list(name, letters), own, take);
    }

    /// Keeps what `own` gives in step with the device; `take` gets what other tabs made of it.
    pub(super) fn keep_in_step(
        self,
        list: KeptList,
        own: impl Fn() -> Vec<Entry> + Copy + 'static,
        take: impl Fn(Vec<Entry>) + Copy + 'static,
    ) {
        let agree = move || {
            let own = own();
            let agreed = self.agree(list, &own);
            if agreed != own {
                take(agreed);
            }
        };
        untrack(agree);
        Effect::new(agree);
        when_kept_changes(&*self.texts(), move || untrack(agree));
    }

    /// Copies what is kept under `name`, which this version cannot read, to where nothing is
    /// written over it, and tells the reader.
    ///
    /// # Errors
    /// [`StorageFault`] as the browser says: then what is kept must not be written over.
    pub(super) fn set_aside(self, name: &str) -> Result<(), StorageFault> {
        let text = self.texts().set_aside(name)?;
        self.notices.tell(Notice::KeptAside { text });
        Ok(())
    }

    /// Tells the reader what an earlier visit set aside.
    pub(super) fn tell_aside(self) {
        // Where nothing is kept, that is told by whoever wants to keep something.
        if let Some(text) = self.texts().aside().ok().filter(|it| !it.is_empty()) {
            self.notices.tell(Notice::KeptAside { text });
        }
    }

    /// Forgets what was set aside.
    pub(super) fn forget_aside(self) {
        match self.texts().forget_aside() {
            Ok(()) => self.notices.dismiss(&Notice::KeptAside { text: String::new() }),
            Err(fault) => self.notices.tell(Notice::NotKept(fault)),
        }
    }
}

/// Calls `hear` when another tab keeps something, until the owner of the moment ends.
pub fn when_kept_changes(texts: &dyn Texts, hear: impl Fn() + 'static) {
    let stop = StoredValue::new_local(Some(texts.listen(Rc::new(hear))));
    on_cleanup(move || {
        if let Some(stop) = stop.try_update_value(Option::take).flatten() {
            stop();
        }
    });
}
