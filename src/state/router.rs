//! Which feature is open, and the address of all that is shown: what a reader can bookmark, send and go back to.
//!
//! Each entry of the browser's history carries a mark that says whose picks it shows. At an entry with one, Back
//! changes what is open and never the picks; an entry without one came by a link, so its picks count.

use std::rc::Rc;

use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{LocalStorage, StoredValue, on_cleanup};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{
    Get, GetUntracked, GetValue, Set, SetValue, UpdateValue, WithUntracked, WithValue,
};
use reactive_graph::wrappers::read::Signal;

use super::address_bar::AddressBar;
use super::chosen::Chosen;
use super::notices::Notice;
use super::reader::Origin;
use super::shell::Shell;
use crate::address::{self, Address, AddressWarning, Piece};
use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::history::History;

/// By which the page, its address and its sheets name a feature.
pub type FeatureId = &'static str;

/// A place of the site, as the head of every page names it: what a reader comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: &'static str,
    /// The page without a program that it begins with, where it does.
    pub page: Option<&'static str>,
}

pub const EXPLORE: Section = Section { title: "Explore", page: None };
pub const FOR_YOU: Section = Section { title: "For you", page: None };
pub const LEARN: Section = Section { title: "Learn", page: Some("learn/") };
pub const RESULTS: Section = Section { title: "Results", page: Some("results.html") };

/// What several features of one section are called together.
pub const WITH_WORDS: &str = "With words";

/// How a feature is called on every page of the site, whether it has it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    pub id: FeatureId,
    pub title: &'static str,
    /// The place of the site it belongs to.
    pub section: Section,
    /// Its part of the section, where it shares that with others; else it is a part by itself.
    pub shared_part: Option<&'static str>,
    /// By which addresses name it; empty for the first feature of the site.
    pub letter: &'static str,
    /// Of the pieces of addresses that are its own.
    pub keys: &'static [&'static str],
    /// A piece that old addresses named it by in place of a letter.
    pub named_by: Option<&'static str>,
    /// The page that has it.
    pub page: &'static str,
}

impl Door {
    /// What its part of the section is called.
    pub fn part(&self) -> &'static str {
        self.shared_part.unwrap_or(self.title)
    }
}

/// The part of the address that a feature writes and reads itself.
pub trait AddressPart {
    /// What is shown, tracked.
    fn write(&self) -> Vec<Piece>;

    /// Shows what `address` says, and what the feature first shows where it says nothing; gives what of it means
    /// nothing.
    fn read(&self, address: &Address) -> Vec<AddressWarning>;
}

/// A feature as the address knows it.
#[derive(Clone, Copy)]
pub struct Place {
    pub door: Door,
    /// Nothing where the feature writes nothing, or another page has it.
    pub part: Option<fn(Shell) -> Rc<dyn AddressPart>>,
}

/// What the next change of the address is to the browser's history, where it is a step at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Another feature was opened.
    Feature,
    /// A sheet was laid over the page.
    Sheet,
    /// The sheet's entry is being left, and nothing is written before that is done.
    Back,
}

/// What an entry of the browser's history says of itself.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    origin: Origin,
    is_sheet: bool,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct Router {
    bar: StoredValue<Rc<dyn AddressBar>, LocalStorage>,
    places: StoredValue<Vec<Place>>,
    open: RwSignal<FeatureId>,
    step: StoredValue<Option<Step>>,
}

impl Router {
    pub(super) fn new(bar: Rc<dyn AddressBar>) -> Self {
        Self {
            bar: StoredValue::new_local(bar),
            places: StoredValue::default(),
            open: RwSignal::new(""),
            step: StoredValue::default(),
        }
    }

    /// Takes up the state of the address and the history that is kept, and from now on keeps both up to date. `places`
    /// are the features of the site.
    pub(super) fn start(self, shell: Shell, places: Vec<Place>) {
        self.places.set_value(places);
        let address = self.read(shell);
        let origin = self.mark_here().map(|it| it.origin);
        shell.reader.start(&address.history, origin);
        self.show(shell, address);
        Effect::new(move |was_written: Option<()>| {
            let address = self.address(shell);
            let origin = shell.reader.origin();
            // A page that opens empty keeps its plain address.
            if was_written.is_none() && address.history.is_empty() {
                return self.write_entry(None, Mark::default(), false);
            }
            self.write(shell, &address, origin);
        });
        let stop = self.bar().listen(Rc::new(move || self.hear_step(shell)));
        let stop = StoredValue::new_local(Some(stop));
        on_cleanup(move || {
            if let Some(stop) = stop.try_update_value(Option::take).flatten() {
                stop();
            }
        });
    }

    fn bar(self) -> Rc<dyn AddressBar> {
        self.bar.get_value()
    }

    /// The feature that is open.
    pub fn open_feature(self) -> Signal<FeatureId> {
        self.open.into()
    }

    pub fn is_open(self, id: FeatureId) -> bool {
        self.open.get() == id
    }

    /// The whole address of what is shown; empty where there is none.
    pub fn href(self) -> String {
        self.bar().href()
    }

    /// Calls the page `title`, where it is the shell's own.
    pub fn name(self, title: &str) {
        self.bar().name(title);
    }

    /// Opens the page afresh.
    pub fn reload(self) {
        self.bar().reload();
    }

    /// Opens the feature `id` as an entry of the browser's history: Back leads to what is open now.
    pub fn turn_to(self, id: FeatureId) {
        if self.open.get_untracked() != id {
            self.step.set_value(Some(Step::Feature));
            self.open(id);
        }
    }

    /// Opens the feature `id` in the place of what is open.
    pub fn open(self, id: FeatureId) {
        if self.open.get_untracked() != id {
            self.open.set(id);
        }
    }

    /// What is shown next lies over the page as a sheet: Back closes it.
    pub fn step_onto_sheet(self) {
        self.step.set_value(Some(Step::Sheet));
    }

    /// The address of the feature behind `door`, with the picks, the family and the film in focus that are here.
    pub fn link_to(self, shell: Shell, door: Door) -> String {
        let address = Address { letter: door.letter.to_owned(), ..self.shared(shell) };
        shell.href(&format!("{}{}", door.page, address.to_fragment(&shell.site.catalogue())))
    }

    /// The address of the site's first feature, where `family` explains `film` after `history`.
    pub fn link_to_list(
        self,
        shell: Shell,
        family: FamilyName,
        history: History,
        film: ItemRow,
    ) -> String {
        let page = self.place(|it| it.door.letter.is_empty()).map_or("", |it| it.door.page);
        let (family, focus) = (Some(family), Some(film));
        let address = Address { history, family, focus, ..Address::default() };
        shell.href(&format!("{page}{}", address.to_fragment(&shell.site.catalogue())))
    }

    /// The address of all that is shown, on the page of the site that has it, tracked.
    pub fn link_here(self, shell: Shell) -> String {
        let page = self.place(|it| it.door.id == self.open.get()).map_or("", |it| it.door.page);
        let address = self.address(shell).to_fragment(&shell.site.catalogue());
        shell.href(&format!("{page}{address}"))
    }

    /// The door of the feature `id`, where the site has it.
    pub fn door(self, id: FeatureId) -> Option<Door> {
        self.place(|it| it.door.id == id).map(|it| it.door)
    }

    /// What every feature has in its address, tracked.
    fn shared(self, shell: Shell) -> Address {
        let chosen = shell.get::<Chosen>();
        Address {
            history: shell.reader.history().get(),
            off: shell.reader.off().get(),
            family: Some(chosen.family().get()),
            focus: chosen.focus().get(),
            ..Address::default()
        }
    }

    /// What is shown, tracked.
    fn address(self, shell: Shell) -> Address {
        let place = self.place(|it| it.door.id == self.open.get());
        let part = place.and_then(|it| it.part).map(|it| it(shell));
        Address {
            letter: place.map_or("", |it| it.door.letter).to_owned(),
            pieces: part.map(|it| it.write()).unwrap_or_default(),
            ..self.shared(shell)
        }
    }

    fn place(self, is_it: impl Fn(&Place) -> bool) -> Option<Place> {
        self.places.with_value(|all| all.iter().copied().find(is_it))
    }

    /// What the open entry holds; what cannot be read of it is told.
    fn read(self, shell: Shell) -> Address {
        let (mut address, warnings) = self.peek(shell);
        for warning in warnings {
            shell.notices.tell(Notice::Address(warning));
        }
        // A piece of another feature than the one that is named means nothing.
        let keys = self.named(&address).map_or(&[][..], |it| it.door.keys);
        address.pieces.retain(|it| keys.contains(&it.0.as_str()));
        address
    }

    fn peek(self, shell: Shell) -> (Address, Vec<AddressWarning>) {
        let keys: Vec<&str> =
            self.places.with_value(|all| all.iter().flat_map(|it| it.door.keys).copied().collect());
        let fragment = self.bar().fragment();
        let arrival = Address::from_fragment(&fragment, &shell.site.catalogue(), &keys);
        let address::Arrival { mut address, mut warnings } = arrival;
        if self.place(|it| it.door.letter == address.letter).is_none() {
            warnings.push(AddressWarning::damaged_piece("t", &address.letter));
            address.letter.clear();
        }
        (address, warnings)
    }

    /// The feature that `address` is of.
    fn named(self, address: &Address) -> Option<Place> {
        let old_name = |it: &Place| it.door.named_by.is_some_and(|it| address.piece(it).is_some());
        let by_old_name = || self.place(old_name).filter(|_| address.letter.is_empty());
        by_old_name().or_else(|| self.place(|it| it.door.letter == address.letter))
    }

    /// Shows all that `address` holds beside the picks.
    fn show(self, shell: Shell, address: Address) {
        let Some(place) = self.named(&address) else { return };
        shell.get::<Chosen>().arrive(shell, address.family.clone(), address.focus);
        if !address.history.is_empty() {
            shell.reader.put_off(address.off.clone());
        }
        if let Some(part) = place.part {
            for warning in address::gathered(part(shell).read(&address)) {
                shell.notices.tell(Notice::Address(warning));
            }
        }
        self.open(place.door.id);
    }

    /// Shows what the reader came to along the browser's history, or by a link that was put into
    /// the open page.
    fn hear_step(self, shell: Shell) {
        self.step.set_value(None);
        match self.mark_here().map(|it| it.origin) {
            Some(origin) if shell.reader.shows(origin.link) => self.show_entry(shell),
            Some(Origin { link: 0, .. }) => {
                shell.get::<Chosen>().focus_on(None);
                shell.reader.return_to_own_history();
                self.show_entry(shell);
            }
            origin => {
                let address = self.read(shell);
                // A fragment that says nothing changes nothing.
                if !address.is_empty() {
                    let new = Origin { link: shell.reader.next_link(), is_first: false };
                    shell.reader.follow(&address.history, origin.unwrap_or(new));
                    self.show(shell, address);
                }
            }
        }
        let (address, origin) = untrack(|| (self.address(shell), shell.reader.origin()));
        self.write(shell, &address, origin);
    }

    /// Opens the feature that the entry names; the picks stay as they are.
    fn show_entry(self, shell: Shell) {
        let (address, _) = self.peek(shell);
        if let Some(place) = self.named(&address) {
            self.open(place.door.id);
        }
        let is_pick = |item| shell.reader.history().with_untracked(|all| all.contains(item));
        shell.get::<Chosen>().focus_on(address.focus.filter(|it| !is_pick(*it)));
    }

    /// Writes `address` into the entry of the browser's history that is open, or into a new one.
    fn write(self, shell: Shell, address: &Address, origin: Origin) {
        let step = self.step.get_value();
        let here = self.mark_here().unwrap_or_default();
        if step == Some(Step::Back) {
            return;
        }
        if step.is_none() && here.is_sheet && address.focus.is_none() {
            self.step.set_value(Some(Step::Back));
            // Where there is no way back, the next step writes.
            self.bar().back();
            return;
        }
        self.step.set_value(None);
        let is_sheet = step.map_or(here.is_sheet, |it| it == Step::Sheet);
        let mark = Mark { origin, is_sheet };
        let written = address.to_fragment(&shell.site.catalogue());
        if step.is_some() || written != self.bar().fragment() || self.mark_here() != Some(mark) {
            self.write_entry(Some(&written), mark, step.is_some());
        }
    }

    /// The mark of the entry that is open, if it is one of ours.
    fn mark_here(self) -> Option<Mark> {
        self.bar().mark().map(Mark::of_number)
    }

    /// Writes `fragment`, where there is one, and `mark` into the open entry, or a new one behind it.
    fn write_entry(self, fragment: Option<&str>, mark: Mark, is_new: bool) {
        self.bar().write(fragment, mark.to_number(), is_new);
    }
}

impl Mark {
    fn of_number(number: u32) -> Self {
        let origin = Origin { link: number >> 2, is_first: number & 2 != 0 };
        Self { origin, is_sheet: number & 1 != 0 }
    }

    fn to_number(self) -> u32 {
        self.origin.link << 2 | u32::from(self.origin.is_first) << 1 | u32::from(self.is_sheet)
    }
}

#[cfg(test)]
mod tests;
