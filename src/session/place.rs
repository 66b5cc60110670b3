//! Where the page's state lives beside its memory: the address, and this device. And whose history
//! is on the page: the reader's own, or one that came by link.

use std::rc::Rc;

use leptos::prelude::*;

use crate::address::{Address, AddressWarning};
use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::history::History;
use crate::kept::{self, Entry};
use crate::session::kept_list::KeptList;
use crate::session::steps::{Mark, Step};
use crate::session::{Act, Column, Notice, Session, Tab, first_family};

/// Under this name the device keeps the history.
const KEPT_HISTORY: &str = "history";

/// Whose history the page shows, and how it goes on along the browser's. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Place {
    kept: KeptList,
    /// The reader's own history while one that came by link is on the page.
    set_aside: RwSignal<Option<History>>,
    /// Which link brought the history on the page, counted along the browser's history; 0 for none.
    link: StoredValue<u32>,
    /// The link whose history the reader made their own.
    pub(super) taken_link: StoredValue<u32>,
    pub(super) step: StoredValue<Option<Step>>,
}

impl Place {
    pub(super) fn new() -> Self {
        Self {
            kept: KeptList::new(KEPT_HISTORY, ""),
            set_aside: RwSignal::default(),
            link: StoredValue::default(),
            taken_link: StoredValue::default(),
            step: StoredValue::default(),
        }
    }

    /// Which link brought the history on the page; 0 where it is the reader's own.
    pub(super) fn link(self) -> u32 {
        self.link.get_value()
    }

    /// Whether a link brought the reader the first history there is.
    pub(super) fn is_first(self) -> bool {
        self.set_aside.with_untracked(|it| it.as_ref().is_some_and(History::is_empty))
    }

    /// Whether the history that `link` brought is the reader's own by now.
    pub(super) fn is_own(self, link: u32) -> bool {
        link == 0 || link == self.taken_link.get_value()
    }
}

impl Session {
    /// Takes up the state of the address, or else the history kept on this device, and from
    /// now on keeps both up to date.
    pub fn load_place(self) {
        let place = self.place;
        // Where storage is forbidden, the list below tells.
        let has_kept = self.texts().kept(KEPT_HISTORY).is_ok_and(|it| it.is_some());
        let own = self.history_of(&place.kept.agree(self, &[]));
        self.tell_aside();
        let address = self.read_address();
        match self.mark_here() {
            // The page was here before; meanwhile another may have changed the history.
            Some(Mark { link: 0, .. }) if has_kept => self.take(own),
            mark => {
                let mark = mark.unwrap_or(Mark { link: 1, ..Mark::default() });
                self.arrive(own, address.history.clone(), mark);
            }
        }
        self.show(address);
        self.keep_in_step(
            place.kept,
            move || self.entries_of(&self.own_history()),
            move |agreed| self.take_from_other_tab(&self.history_of(&agreed)),
        );
        Effect::new(move |was_written: Option<()>| {
            let address = self.address();
            place.set_aside.track();
            // A page that opens empty keeps its plain address.
            if was_written.is_none() && address.history.is_empty() {
                return self.write_entry(None, Mark::default(), false);
            }
            self.write_address(&address);
        });
        let stop = self.address_bar().listen(Rc::new(move || self.hear_step()));
        let stop = StoredValue::new_local(Some(stop));
        on_cleanup(move || {
            if let Some(stop) = stop.try_update_value(Option::take).flatten() {
                stop();
            }
        });
    }

    /// Goes back to the reader's own history, which a link had set aside.
    pub fn return_to_own_history(self) {
        let place = self.place;
        // What was done to the other history, and the step to it, cannot be undone here.
        self.store.forget_while(|it| !place.is_own(it.link));
        self.store.forget_while(|it| it.act == Act::FollowedLink);
        if let Some(own) = self.end_link() {
            self.focus.set(None);
            self.take(own);
        }
    }

    /// Keeps the history that came by link in place of the reader's own.
    pub fn keep_linked_history(self) {
        self.place.taken_link.set_value(self.place.link());
        self.end_link();
    }

    /// A reader without a history who does something with one that came by link makes it theirs.
    pub(super) fn keep_first_history(self) {
        if self.place.is_first() {
            self.keep_linked_history();
        }
    }

    /// From here on the page shows the reader's own history; gives that which was set aside.
    pub(super) fn end_link(self) -> Option<History> {
        self.place.link.set_value(0);
        self.dismiss(&Notice::LinkedHistory { n_films: 0, n_own: 0 });
        self.place.set_aside.try_update(Option::take).flatten()
    }

    /// The page shows what `link` brought, as it did before.
    pub(super) fn return_to_link(self, link: u32) {
        if self.place.set_aside.with_untracked(Option::is_some) {
            self.place.link.set_value(link);
        }
    }

    /// Where `tab` is, with the picks and the family that are here.
    pub fn link_to(self, tab: Tab) -> String {
        let page = if is_of_talk(tab) { "talk.html" } else { "./" };
        let chosen = || self.comparing.chosen.get().unwrap_or_else(|| self.first_compared());
        let compared = (tab == Tab::Compare).then(|| chosen().into_iter().collect());
        let address = Address {
            history: self.store.get(),
            off: self.store.off().get(),
            family: Some(self.family.get()),
            tab,
            compared,
            ..Address::default()
        };
        format!("{page}{}", address.to_fragment(&self.catalogue()))
    }

    pub(super) fn address(self) -> Address {
        let (step, probe) = self.inspecting.in_address();
        Address {
            history: self.store.get(),
            off: self.store.off().get(),
            family: Some(self.family.get()),
            focus: self.focus.get(),
            tab: self.comparing.tab.get(),
            compared: self.compared_in_link(),
            kept: self.comparing.kept.get(),
            step,
            probe,
            is_testing: self.is_testing.get(),
            layout: self.layout().get(),
        }
        .settled()
    }

    /// Puts a history that came by link on the open page.
    pub(super) fn follow(self, linked: &History, mark: Mark) {
        if !linked.is_empty() && self.store.picks().with_untracked(|it| it != linked) {
            self.remember(Act::FollowedLink, Vec::new());
            self.arrive(untrack(|| self.own_history()), linked.clone(), mark);
        }
    }

    /// Puts `linked` on the page and sets `own` aside, or puts that there where the link brought
    /// no other. A link that came before there was a history may have become that, and grown.
    fn arrive(self, own: History, linked: History, mark: Mark) {
        let has_become_own = mark.is_first && linked.iter().all(|it| own.contains(it));
        if linked.is_empty() || linked == own || has_become_own {
            self.end_link();
            return self.take(own);
        }
        let (n_films, n_own) = (linked.len(), own.len());
        self.place.link.set_value(mark.link.max(1));
        self.place.set_aside.set(Some(own));
        self.take(linked);
        if n_own > 0 {
            self.tell(Notice::LinkedHistory { n_films, n_own });
        }
    }

    /// The reader's own history, wherever it is.
    fn own_history(self) -> History {
        self.place.set_aside.get().unwrap_or_else(|| self.store.get())
    }

    /// Another tab made `agreed` of the reader's own history.
    fn take_from_other_tab(self, agreed: &History) {
        let before = self.own_history();
        // What is undone here undoes nothing there.
        let entries = |it: &History| it.iter().map(|it| (it.0, None)).collect::<Vec<Entry>>();
        let is_own = |link| self.place.is_own(link);
        self.store.rewrite(|moment, picks| {
            if is_own(moment.link) {
                let merged = kept::merge(&entries(&before), &entries(picks), &entries(agreed));
                *picks = merged.into_iter().map(|it| ItemRow(it.0)).collect();
            }
        });
        let link = self.place.link();
        if link == 0 {
            return self.take(agreed.clone());
        }
        let mark = Mark { link, is_first: before.is_empty(), ..Mark::default() };
        self.arrive(agreed.clone(), self.store.picks().get_untracked(), mark);
    }

    fn entries_of(self, history: &History) -> Vec<Entry> {
        let catalogue = self.catalogue();
        history.iter().filter_map(|it| Some((catalogue.movie_id(it)?, None))).collect()
    }

    fn history_of(self, entries: &[Entry]) -> History {
        let catalogue = self.catalogue();
        entries.iter().filter_map(|it| catalogue.row_of(it.0)).collect()
    }

    /// What the address holds; what cannot be read of it is told.
    pub(super) fn read_address(self) -> Address {
        let arrival = Address::from_fragment(&self.address_bar().fragment(), &self.catalogue());
        for warning in arrival.warnings {
            self.tell(Notice::Address(warning));
        }
        arrival.address
    }

    /// Shows all that `address` holds beside the picks.
    pub(super) fn show(self, address: Address) {
        let Address { history, off, family, focus, tab, compared, kept, step, probe, .. } = address;
        self.test_explanations(address.is_testing);
        self.lay_out_by(address.layout);
        self.choose_family(self.shipped_family(family));
        if !history.is_empty() {
            self.store.put_off(off);
        }
        self.focus.set(focus);
        self.inspecting.put(step, probe);
        self.comparing.kept.set(kept);
        match compared {
            Some(compared) => self.load_compared(compared),
            None => self.open_tab(tab),
        }
    }

    /// The families side by side, where the page shows them so.
    fn compared_in_link(self) -> Option<Vec<FamilyName>> {
        let names = |it: Column| FamilyName(it.card.name.to_owned());
        let is_open = self.comparing.tab.get() == Tab::Compare;
        is_open.then(|| self.compared().into_iter().map(names).collect())
    }

    fn load_compared(self, compared: Vec<FamilyName>) {
        let manifest = self.manifest();
        let (shipped, unknown): (Vec<_>, Vec<_>) =
            compared.into_iter().partition(|it| manifest.family(&it.0).is_some());
        if !unknown.is_empty() {
            let names: Vec<String> = unknown.into_iter().map(|it| it.0).collect();
            let families = names.join(", ");
            self.tell(Notice::Address(AddressWarning::UnknownCompared { families }));
        }
        let shipped = shipped.into_iter().collect();
        if self.comparing.chosen.with_untracked(|it| it.as_ref() != Some(&shipped)) {
            self.comparing.chosen.set(Some(shipped));
        }
        self.open_tab(Tab::Compare);
    }

    /// `wanted` if the site ships it, else the first.
    fn shipped_family(self, wanted: Option<FamilyName>) -> FamilyName {
        let manifest = self.manifest();
        match wanted {
            Some(family) if manifest.family(&family.0).is_some() => family,
            Some(family) => {
                let family = family.0;
                self.tell(Notice::Address(AddressWarning::UnknownFamily { family }));
                first_family(&manifest, |_| true)
            }
            None => first_family(&manifest, |_| true),
        }
    }
}

/// Whether `tab` is a part of the page of conversations.
fn is_of_talk(tab: Tab) -> bool {
    matches!(tab, Tab::Talk | Tab::Prompt | Tab::Teach)
}
