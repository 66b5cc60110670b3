//! What the reader picked, and said of films: every verb can be undone, and this device keeps it.

mod own;
mod said;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{GetUntracked, Set, UpdateValue, WithUntracked, WithValue};
use reactive_graph::wrappers::read::Signal;

use super::history::HistoryStore;
use super::kept_list::Keeper;
use super::notices::Notices;
use super::site::Site;
use super::texts::Texts;
use crate::catalog::ItemRow;
use crate::feedback::{Feedback, Feedbacks};
use crate::history::History;

pub use own::Origin;
use own::Ownership;
pub(super) use said::KEPT_FEEDBACK;

/// Something the reader did to the history, or said of films.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Picked(ItemRow),
    Removed(ItemRow),
    Moved(ItemRow),
    Cleared,
    TookExample,
    /// Films that the reader watched, as files told.
    TookWatched,
    LeftOut(Vec<ItemRow>),
    SwitchedOff(ItemRow),
    SwitchedOn(ItemRow),
    /// Several at once, and whether models read them again.
    SwitchedAll(Vec<ItemRow>, bool),
    Replaced {
        old: ItemRow,
        new: ItemRow,
    },
    /// `None` takes back what was said.
    Said(ItemRow, Option<Feedback>),
    /// Every hidden film is in lists again.
    BroughtBack,
    TookMadeUpMarks,
    ForgotMarks,
    /// Put a link into the open page.
    FollowedLink,
}

/// Brings back what a part of the page was at some moment.
pub type Restore = Arc<dyn Fn() + Send + Sync>;

type Keep = Rc<dyn Fn() -> Restore>;
/// Gets none where another history was put on the page.
type Hear = Rc<dyn Fn(Option<&Act>)>;

/// An act, and what belonged to the moment before it beside the picks.
#[derive(Clone)]
struct Moment {
    act: Act,
    /// Which link had brought the history; 0 where it was the reader's own.
    link: u32,
    /// What had been said of the films of which the act says something.
    said: Vec<(ItemRow, Option<Feedback>)>,
    restore: Vec<Restore>,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct Reader {
    site: Site,
    store: HistoryStore<Moment>,
    feedback: RwSignal<Feedbacks>,
    ownership: Ownership,
    keeper: Keeper,
    kept_with_acts: StoredValue<Vec<Keep>, LocalStorage>,
    heard_by: StoredValue<Vec<Hear>, LocalStorage>,
}

impl Reader {
    pub(super) fn new(site: Site, notices: Notices, texts: Rc<dyn Texts>) -> Self {
        Self {
            site,
            store: HistoryStore::default(),
            feedback: RwSignal::default(),
            ownership: Ownership::new(notices),
            keeper: Keeper::new(site, notices, texts),
            kept_with_acts: StoredValue::new_local(Vec::new()),
            heard_by: StoredValue::new_local(Vec::new()),
        }
    }

    /// The picks, oldest first.
    pub fn history(self) -> Signal<History> {
        self.store.picks().into()
    }

    /// The picks that models read: all but those that are switched off.
    pub fn read_history(self) -> Signal<History> {
        self.store.read().into()
    }

    /// The picks that no model reads.
    pub fn off(self) -> RwSignal<BTreeSet<ItemRow>> {
        self.store.off()
    }

    /// Whether `item` is a pick that no model reads.
    pub fn is_off(self, item: ItemRow) -> bool {
        self.store.is_off(item)
    }

    /// What models read before the newest act.
    pub fn read_before(self) -> Option<History> {
        self.store.read_before()
    }

    /// Undoing an act brings back what `keep` gave before it, as long as the shell lasts.
    pub fn keep_with_acts(self, keep: impl Fn() -> Restore + 'static) {
        self.kept_with_acts.update_value(|it| it.push(Rc::new(keep)));
    }

    /// Calls `hear` after each act, and with none where another history was put on the page, as long as the shell
    /// lasts.
    pub fn on_act(self, hear: impl Fn(Option<&Act>) + 'static) {
        self.heard_by.update_value(|it| it.push(Rc::new(hear)));
    }

    /// Adds `item` as the newest pick, or switches it on again.
    pub fn pick(self, item: ItemRow) {
        self.switch_on(item);
        self.change(Act::Picked(item), |history| history.add(item));
    }

    /// Takes `item` out of the history.
    pub fn unpick(self, item: ItemRow) {
        self.change(Act::Removed(item), |history| history.remove(item));
    }

    /// Puts `item` at `position`, 0 the oldest.
    pub fn move_pick(self, item: ItemRow, position: usize) {
        self.change(Act::Moved(item), |history| {
            history.position_of(item) != Some(position) && history.move_to(item, position)
        });
    }

    /// Lets no model read `item`, which stays among the picks.
    pub fn switch_off(self, item: ItemRow) {
        self.switch(&[item], false, Act::SwitchedOff(item));
    }

    /// Lets models read `item` again.
    pub fn switch_on(self, item: ItemRow) {
        self.switch(&[item], true, Act::SwitchedOn(item));
    }

    /// Lets models read `items`, or not, as one act.
    pub fn switch_all(self, items: &[ItemRow], is_on: bool) {
        self.switch(items, is_on, Act::SwitchedAll(items.to_vec(), is_on));
    }

    fn switch(self, items: &[ItemRow], is_on: bool, act: Act) {
        if self.store.switch(items, is_on, || self.moment(act.clone(), Vec::new())) {
            self.tell_of(Some(&act));
        }
    }

    /// Lets the film that is chosen next take the place of the pick `item`.
    pub fn start_replacing(self, item: ItemRow) {
        self.store.replacing().set(Some(item));
    }

    pub fn stop_replacing(self) {
        if self.store.replacing().with_untracked(Option::is_some) {
            self.store.replacing().set(None);
        }
    }

    /// The pick whose place the film that is chosen next takes.
    pub fn replacing(self) -> Signal<Option<ItemRow>> {
        self.store.replacing().into()
    }

    /// Puts `new` in the place of `old`; where `new` is picked already, nothing changes.
    pub fn replace_pick(self, old: ItemRow, new: ItemRow) {
        self.change(Act::Replaced { old, new }, |history| history.replace(old, new));
    }

    /// The film the reader looked for: in the place of the pick to be replaced, or as the newest.
    pub fn choose_film(self, item: ItemRow) {
        match self.store.replacing().get_untracked() {
            Some(old) => {
                self.stop_replacing();
                self.replace_pick(old, item);
            }
            None => self.pick(item),
        }
    }

    /// Takes out every pick.
    pub fn clear(self) {
        self.change(Act::Cleared, |history| {
            let was_full = !history.is_empty();
            history.clear();
            was_full
        });
    }

    /// Starts from the films of an example that this catalogue holds.
    pub fn use_example(self, movie_ids: &[u32]) {
        let catalogue = self.site.catalogue();
        let example: History = movie_ids.iter().filter_map(|&id| catalogue.row_of(id)).collect();
        self.change(Act::TookExample, |history| {
            let is_other = *history != example;
            *history = example;
            is_other
        });
    }

    /// Starts from films that the reader watched, oldest first.
    pub fn use_watched(self, items: &[ItemRow]) {
        let watched: History = items.iter().copied().collect();
        self.change(Act::TookWatched, |history| {
            let is_other = *history != watched;
            *history = watched;
            is_other
        });
    }

    /// Leaves out several picks at once.
    pub fn leave_out(self, items: &[ItemRow]) {
        self.change(Act::LeftOut(items.to_vec()), |history| {
            *history = history.without_items(items);
            true
        });
    }

    /// Takes back the newest act.
    pub fn undo(self) {
        let undone = self.store.undo(|moment| {
            self.tell_of(None);
            // Other tabs may have changed the reader's own history since it was set aside.
            let own = if moment.link == 0 { self.ownership.end_link() } else { None };
            self.ownership.return_to_link(moment.link);
            own
        });
        let Some(moment) = undone else { return };
        moment.restore.iter().for_each(|restore| restore());
        self.put_feedback(moment.said);
    }

    /// The newest act, if it can be undone.
    pub fn last_act(self) -> Option<Act> {
        self.store.last().map(|it| it.act)
    }

    /// Lets `alter` change the history, and remembers what was before if it did.
    fn change(self, act: Act, alter: impl FnOnce(&mut History) -> bool) {
        let moment = || {
            self.keep_first_history();
            self.moment(act.clone(), Vec::new())
        };
        if self.store.change(alter, moment) {
            self.tell_of(Some(&act));
        }
    }

    /// Puts `history` on the page; what is no pick of it is not switched off either.
    fn take(self, history: History) {
        self.tell_of(None);
        self.store.put(history);
    }

    /// Keeps what is now, so that `act` can be undone; `said` is what was said of its films.
    fn remember(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) {
        self.store.remember(self.moment(act.clone(), said));
        self.tell_of(Some(&act));
    }

    fn moment(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) -> Moment {
        let restore = self.kept_with_acts.with_value(|all| all.iter().map(|it| it()).collect());
        Moment { act, link: self.ownership.link(), said, restore }
    }

    fn tell_of(self, act: Option<&Act>) {
        for hear in self.heard_by.with_value(Vec::clone) {
            hear(act);
        }
    }
}

#[cfg(test)]
mod tests;
