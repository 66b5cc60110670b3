//! The reader's steps along the browser's history: parts of the page that they opened, and sheets.
//!
//! Each entry carries a mark that says whose picks it shows. At an entry with one, Back changes what
//! is open and never the picks; an entry without one came by a link, so its picks count.

use leptos::prelude::*;

use crate::address::Address;
use crate::session::{Session, Tab};

/// What the next change of the address is to the browser's history, where it is a step at all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Another part of the page was opened.
    Part,
    /// A sheet was laid over the page.
    Sheet,
    /// The sheet's entry is being left, and nothing is written before that is done.
    Back,
}

/// What an entry of the browser's history says of itself.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which link brought its picks; 0 for none.
    pub(super) link: u32,
    /// That link came to a reader without a history.
    pub(super) is_first: bool,
    pub(super) is_sheet: bool,
}

impl Session {
    /// Opens `tab`; Back leads to what is open now.
    pub fn turn_to(self, tab: Tab) {
        if self.comparing.tab.get_untracked() != tab {
            self.place.step.set_value(Some(Step::Part));
            self.open_tab(tab);
        }
    }

    /// Where reasons are a sheet over the list, the next one is a step.
    pub(super) fn step_onto_sheet(self) {
        let narrow = window().match_media("(max-width: 820px)").ok().flatten();
        let is_closed = self.focus.with_untracked(Option::is_none);
        let is_of_list = self.comparing.tab.get_untracked() == Tab::Try;
        if is_closed && is_of_list && narrow.is_some_and(|it| it.matches()) {
            self.place.step.set_value(Some(Step::Sheet));
        }
    }

    /// Shows what the reader came to along the browser's history, or by a link that was put into
    /// the open page.
    pub(super) fn hear_step(self) {
        let place = self.place;
        place.step.set_value(None);
        let link_here = place.link();
        match self.mark_here() {
            Some(Mark { link, .. })
                if link == link_here || (link_here == 0 && place.is_own(link)) =>
            {
                self.show_part();
            }
            Some(Mark { link: 0, .. }) => {
                self.return_to_own_history();
                self.show_part();
            }
            mark => {
                let address = self.read_address();
                // A fragment that says nothing changes nothing.
                if address != Address::default() {
                    let newest = link_here.max(place.taken_link.get_value());
                    let new = Mark { link: newest + 1, ..Mark::default() };
                    self.follow(&address.history, mark.unwrap_or(new));
                    self.show(address);
                }
            }
        }
        self.write_address(&untrack(|| self.address()));
    }

    /// Opens the part of the page that the address names; the picks stay as they are.
    fn show_part(self) {
        let address =
            Address::from_fragment(&self.address_bar().fragment(), &self.catalogue()).address;
        self.open_tab(address.tab);
        let focus =
            address.focus.filter(|it| !self.store.picks().with_untracked(|all| all.contains(*it)));
        if self.focus.get_untracked() != focus {
            self.focus.set(focus);
        }
    }

    /// Writes `address` into the entry of the browser's history that is open, or into a new one.
    pub(super) fn write_address(self, address: &Address) {
        let step = self.place.step.get_value();
        let here = self.mark_here().unwrap_or_default();
        if step == Some(Step::Back) {
            return;
        }
        if step.is_none() && here.is_sheet && address.focus.is_none() {
            self.place.step.set_value(Some(Step::Back));
            // Where there is no way back, the next step writes.
            self.address_bar().back();
            return;
        }
        self.place.step.set_value(None);
        let is_sheet = step.map_or(here.is_sheet, |it| it == Step::Sheet);
        let is_first = self.place.is_first();
        let mark = Mark { link: self.place.link(), is_first, is_sheet };
        let written = address.to_fragment(&self.catalogue());
        if step.is_some()
            || written != self.address_bar().fragment()
            || self.mark_here() != Some(mark)
        {
            self.write_entry(Some(&written), mark, step.is_some());
        }
    }
}

impl Mark {
    fn of_number(number: u32) -> Self {
        Self { link: number >> 2, is_first: number & 2 != 0, is_sheet: number & 1 != 0 }
    }

    fn to_number(self) -> u32 {
        self.link << 2 | u32::from(self.is_first) << 1 | u32::from(self.is_sheet)
    }
}

impl Session {
    /// The mark of the entry that is open, if it is one of ours.
    pub(super) fn mark_here(self) -> Option<Mark> {
        self.address_bar().mark().map(Mark::of_number)
    }

    /// Writes `fragment`, where there is one, and `mark` into the open entry, or a new one behind it.
    pub(super) fn write_entry(self, fragment: Option<&str>, mark: Mark, is_new: bool) {
        self.address_bar().write(fragment, mark.to_number(), is_new);
    }
}
