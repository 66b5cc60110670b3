//! Whose history is on the page: the reader's own, or one that came by link while the own is set aside.

use std::collections::BTreeSet;

use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{
    Get, GetUntracked, GetValue, Set, SetValue, Update, With, WithUntracked,
};

use super::{Act, Reader};
use crate::catalog::ItemRow;
use crate::history::History;
use crate::kept::{self, Entry};
use crate::state::notices::{Notice, Notices};

/// Under this name the device keeps the history.
const KEPT_HISTORY: &str = "history";

/// Where a history came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Which link brought it; 0 for none.
    pub link: u32,
    /// That link came to a reader without a history.
    pub is_first: bool,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Ownership {
    notices: Notices,
    /// The reader's own history while one that came by link is on the page.
    set_aside: RwSignal<Option<History>>,
    /// Which link brought the history on the page, counted along the browser's history; 0 for none.
    link: StoredValue<u32>,
    /// The link whose history the reader made their own.
    taken_link: StoredValue<u32>,
}

impl Ownership {
    pub(super) fn new(notices: Notices) -> Self {
        Self {
            notices,
            set_aside: RwSignal::default(),
            link: StoredValue::default(),
            taken_link: StoredValue::default(),
        }
    }

    /// Which link brought the history on the page; 0 where it is the reader's own.
    pub(super) fn link(self) -> u32 {
        self.link.get_value()
    }

    /// Whether a link brought the reader the first history there is.
    fn is_first(self) -> bool {
        self.set_aside.with_untracked(|it| it.as_ref().is_some_and(History::is_empty))
    }

    /// Whether the history that `link` brought is the reader's own by now.
    fn is_own(self, link: u32) -> bool {
        link == 0 || link == self.taken_link.get_value()
    }

    /// From here on the page shows the reader's own history; gives that which was set aside.
    pub(super) fn end_link(self) -> Option<History> {
        self.link.set_value(0);
        self.notices.dismiss(&Notice::LinkedHistory { n_films: 0, n_own: 0 });
        self.set_aside.try_update(Option::take).flatten()
    }

    /// The page shows what `link` brought, as it did before.
    pub(super) fn return_to_link(self, link: u32) {
        if self.set_aside.with_untracked(Option::is_some) {
            self.link.set_value(link);
        }
    }
}

impl Reader {
    /// Takes up the history kept on this device, or sets it aside for the one that a link brought, and from now on
    /// keeps it. `origin` is that of the open address, if the page was here before.
    pub(in crate::state) fn start(self, linked: &History, origin: Option<Origin>) {
        // Where storage is forbidden, the list below tells.
        let has_kept = self.keeper.has(KEPT_HISTORY);
        let kept = self.keeper.list(KEPT_HISTORY, "");
        let own = self.history_of(&self.keeper.agree(kept, &[]));
        self.keeper.tell_aside();
        match origin {
            // The page was here before; meanwhile another may have changed the history.
            Some(Origin { link: 0, .. }) if has_kept => self.take(own),
            origin => {
                let origin = origin.unwrap_or(Origin { link: 1, is_first: false });
                self.arrive(own, linked.clone(), origin);
            }
        }
        self.keeper.keep_in_step(
            kept,
            move || self.entries_of(&self.own_history()),
            move |agreed| self.take_from_other_tab(&self.history_of(&agreed)),
        );
    }

    /// Where the history on the page came from; again whenever that may have changed.
    pub(in crate::state) fn origin(self) -> Origin {
        self.ownership.set_aside.with(|_| ());
        Origin { link: self.ownership.link(), is_first: self.ownership.is_first() }
    }

    /// Whether `link` brought the history that is on the page, or what became it.
    pub(in crate::state) fn shows(self, link: u32) -> bool {
        let here = self.ownership.link();
        link == here || (here == 0 && self.ownership.is_own(link))
    }

    /// The number for a link that is new to the page.
    pub(in crate::state) fn next_link(self) -> u32 {
        self.ownership.link().max(self.ownership.taken_link.get_value()) + 1
    }

    /// Puts a history that came by link on the open page.
    pub(in crate::state) fn follow(self, linked: &History, origin: Origin) {
        if !linked.is_empty() && self.store.picks().with_untracked(|it| it != linked) {
            self.remember(Act::FollowedLink, Vec::new());
            self.arrive(untrack(|| self.own_history()), linked.clone(), origin);
        }
    }

    /// Switches off just those of `off` that are picks.
    pub(in crate::state) fn put_off(self, off: BTreeSet<ItemRow>) {
        self.store.put_off(off);
    }

    /// Goes back to the reader's own history, which a link had set aside.
    pub fn return_to_own_history(self) {
        // What was done to the other history, and the step to it, cannot be undone here.
        self.store.forget_while(|it| !self.ownership.is_own(it.link));
        self.store.forget_while(|it| it.act == Act::FollowedLink);
        if let Some(own) = self.ownership.end_link() {
            self.take(own);
        }
    }

    /// Keeps the history that came by link in place of the reader's own.
    pub fn keep_linked_history(self) {
        self.ownership.taken_link.set_value(self.ownership.link());
        self.ownership.end_link();
    }

    /// A reader without a history who does something with one that came by link makes it theirs.
    pub(super) fn keep_first_history(self) {
        if self.ownership.is_first() {
            self.keep_linked_history();
        }
    }

    /// Forgets what was set aside because this version cannot read it.
    pub fn forget_aside(self) {
        self.keeper.forget_aside();
    }

    /// Puts `linked` on the page and sets `own` aside, or puts that there where the link brought no other. A link that
    /// came before there was a history may have become that, and grown.
    fn arrive(self, own: History, linked: History, origin: Origin) {
        let has_become_own = origin.is_first && linked.iter().all(|it| own.contains(it));
        if linked.is_empty() || linked == own || has_become_own {
            self.ownership.end_link();
            return self.take(own);
        }
        let (n_films, n_own) = (linked.len(), own.len());
        self.ownership.link.set_value(origin.link.max(1));
        self.ownership.set_aside.set(Some(own));
        self.take(linked);
        if n_own > 0 {
            self.ownership.notices.tell(Notice::LinkedHistory { n_films, n_own });
        }
    }

    /// The reader's own history, wherever it is.
    fn own_history(self) -> History {
        self.ownership.set_aside.get().unwrap_or_else(|| self.store.get())
    }

    /// Another tab made `agreed` of the reader's own history.
    fn take_from_other_tab(self, agreed: &History) {
        let before = self.own_history();
        // What is undone here undoes nothing there.
        let entries = |it: &History| it.iter().map(|it| (it.0, None)).collect::<Vec<Entry>>();
        self.store.rewrite(|moment, picks| {
            if self.ownership.is_own(moment.link) {
                let merged = kept::merge(&entries(&before), &entries(picks), &entries(agreed));
                *picks = merged.into_iter().map(|it| ItemRow(it.0)).collect();
            }
        });
        let link = self.ownership.link();
        if link == 0 {
            return self.take(agreed.clone());
        }
        let origin = Origin { link, is_first: before.is_empty() };
        self.arrive(agreed.clone(), self.store.picks().get_untracked(), origin);
    }

    fn entries_of(self, history: &History) -> Vec<Entry> {
        let catalogue = self.site.catalogue();
        history.iter().filter_map(|it| Some((catalogue.movie_id(it)?, None))).collect()
    }

    fn history_of(self, entries: &[Entry]) -> History {
        let catalogue = self.site.catalogue();
        entries.iter().filter_map(|it| catalogue.row_of(it.0)).collect()
    }
}
