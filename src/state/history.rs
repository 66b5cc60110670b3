//! The picks of the page: which are read, which is to be replaced, and every act that can be undone.

use std::collections::BTreeSet;

use reactive_graph::computed::Memo;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, With, WithUntracked};

use crate::catalog::ItemRow;
use crate::history::History;

/// How many acts can be undone.
const N_UNDO: usize = 100;

/// Cheap to copy. `M` is what else belongs to the moment before an act: what the act was, and what
/// other features want back with it.
pub struct HistoryStore<M: Send + Sync + 'static> {
    picks: RwSignal<History>,
    /// Picks that stay and that no model reads.
    off: RwSignal<BTreeSet<ItemRow>>,
    read: Memo<History>,
    /// The pick that the next film takes the place of.
    replacing: RwSignal<Option<ItemRow>>,
    past: RwSignal<Vec<Past<M>>>,
}

/// What was before an act.
#[derive(Clone, Debug, PartialEq)]
struct Past<M> {
    picks: History,
    off: BTreeSet<ItemRow>,
    moment: M,
}

impl<M: Send + Sync + 'static> Clone for HistoryStore<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Send + Sync + 'static> Copy for HistoryStore<M> {}

impl<M: Clone + Send + Sync + 'static> Default for HistoryStore<M> {
    fn default() -> Self {
        let picks = RwSignal::new(History::default());
        let off = RwSignal::new(BTreeSet::new());
        let read = Memo::new(move |_| off.with(|off| picks.with(|it| it.without_all(off))));
        Self { picks, off, read, replacing: RwSignal::new(None), past: RwSignal::new(Vec::new()) }
    }
}

impl<M: Clone + Send + Sync + 'static> HistoryStore<M> {
    /// All picks, oldest first.
    pub fn picks(self) -> RwSignal<History> {
        self.picks
    }

    /// Picks that are switched off.
    pub fn off(self) -> RwSignal<BTreeSet<ItemRow>> {
        self.off
    }

    /// The picks that models read: all but those switched off.
    pub fn read(self) -> Memo<History> {
        self.read
    }

    /// The pick whose place the next film takes.
    pub fn replacing(self) -> RwSignal<Option<ItemRow>> {
        self.replacing
    }

    /// Lets `alter` change the picks; if it did, keeps what was before, with `moment`, before they change.
    pub fn change(
        self,
        alter: impl FnOnce(&mut History) -> bool,
        moment: impl FnOnce() -> M,
    ) -> bool {
        let mut after = self.picks.get_untracked();
        let is_changed = alter(&mut after);
        if is_changed {
            self.remember(moment());
            self.put(after);
        }
        is_changed
    }

    /// Lets no model read the picks among `items`, or lets them again; `false` where that changes nothing.
    pub fn switch(self, items: &[ItemRow], is_on: bool, moment: impl FnOnce() -> M) -> bool {
        let mut off = self.off.get_untracked();
        let mut is_changed = false;
        self.picks.with_untracked(|picks| {
            for item in items.iter().filter(|it| picks.contains(**it)) {
                is_changed |= if is_on { off.remove(item) } else { off.insert(*item) };
            }
        });
        if is_changed {
            self.remember(moment());
            self.off.set(off);
        }
        is_changed
    }

    /// Puts `picks` on the page, without an act; what is no pick of them is neither off nor replaced.
    pub fn put(self, picks: History) {
        let is_gone = |item: &ItemRow| !picks.contains(*item);
        if self.replacing.with_untracked(|it| it.as_ref().is_some_and(is_gone)) {
            self.replacing.set(None);
        }
        if self.off.with_untracked(|off| off.iter().any(is_gone)) {
            self.off.update(|off| off.retain(|item| picks.contains(*item)));
        }
        self.picks.set(picks);
    }

    /// Switches off just those of `off` that are picks.
    pub fn put_off(self, off: BTreeSet<ItemRow>) {
        let off = self
            .picks
            .with_untracked(|all| off.into_iter().filter(|it| all.contains(*it)).collect());
        if self.off.with_untracked(|it| *it != off) {
            self.off.set(off);
        }
    }

    /// Keeps what is now, so that an act can be undone that is about to come.
    pub fn remember(self, moment: M) {
        let past =
            Past { picks: self.picks.get_untracked(), off: self.off.get_untracked(), moment };
        self.past.update(|acts| {
            acts.push(past);
            if acts.len() > N_UNDO {
                acts.remove(0);
            }
        });
    }

    /// Takes back the newest act. `instead` may give other picks than those that were there then.
    pub fn undo(self, instead: impl FnOnce(&M) -> Option<History>) -> Option<M> {
        let mut newest = None;
        self.past.update(|acts| newest = acts.pop());
        let Past { picks, off, moment } = newest?;
        self.picks.set(instead(&moment).unwrap_or(picks));
        if self.off.with_untracked(|it| *it != off) {
            self.off.set(off);
        }
        Some(moment)
    }

    /// The moment of the newest act.
    pub fn last(self) -> Option<M> {
        self.past.with(|acts| acts.last().map(|it| it.moment.clone()))
    }

    /// What models read before the newest act.
    pub fn read_before(self) -> Option<History> {
        self.past.with_untracked(|acts| acts.last().map(|it| it.picks.without_all(&it.off)))
    }

    /// Forgets the newest acts as long as `is_over` holds for them.
    pub fn forget_while(self, is_over: impl Fn(&M) -> bool) {
        self.past.update(|acts| while acts.pop_if(|it| is_over(&it.moment)).is_some() {});
    }

    /// Lets `alter` change the picks of all that can be undone, as another tab changed those of now.
    pub fn rewrite(self, alter: impl Fn(&M, &mut History)) {
        self.past.update(|acts| {
            acts.iter_mut().for_each(|it| alter(&it.moment, &mut it.picks));
        });
    }

    /// Whether `item` is a pick that no model reads.
    pub fn is_off(self, item: ItemRow) -> bool {
        self.off.with(|off| off.contains(&item))
    }

    /// All picks, for what follows them.
    pub fn get(self) -> History {
        self.picks.get()
    }
}

#[cfg(test)]
mod tests {
    use reactive_graph::owner::Owner;

    use super::*;

    fn rows(of: &[u32]) -> History {
        of.iter().copied().map(ItemRow).collect()
    }

    /// A store whose acts are named.
    fn check(act: impl FnOnce(HistoryStore<&'static str>)) {
        let owner = Owner::new();
        owner.with(|| act(HistoryStore::default()));
    }

    fn pick(store: HistoryStore<&'static str>, item: u32) -> bool {
        store.change(|it| it.add(ItemRow(item)), || "pick")
    }

    #[test]
    fn an_act_that_changes_nothing_is_not_remembered() {
        check(|store| {
            assert!(pick(store, 3) && !pick(store, 3));
            assert!(
                !store.switch(&[ItemRow(9)], false, || "off")
                    && !store.switch(&[ItemRow(3)], true, || "on")
            );
            assert_eq!(store.undo(|_| None), Some("pick"));
            assert_eq!((store.undo(|_| None), store.get()), (None, rows(&[])));
        });
    }

    #[test]
    fn what_is_off_stays_a_pick_that_nobody_reads() {
        check(|store| {
            (1..4).for_each(|it| assert!(pick(store, it)));
            assert!(store.switch(&[ItemRow(2)], false, || "off"));
            assert_eq!((store.get(), store.read().get()), (rows(&[1, 2, 3]), rows(&[1, 3])));
            assert!(store.is_off(ItemRow(2)));
            assert!(store.change(|it| it.remove(ItemRow(2)), || "remove"));
            assert!(pick(store, 2));
            assert!(!store.is_off(ItemRow(2)), "a film that comes again is read");
            assert_eq!(store.undo(|_| None), Some("pick"));
            assert_eq!(store.undo(|_| None), Some("remove"));
            assert!(store.is_off(ItemRow(2)), "and undoing brings back how it was");
            assert_eq!(store.read().get(), rows(&[1, 3]));
        });
    }

    #[test]
    fn several_are_switched_as_one_act() {
        check(|store| {
            (1..5).for_each(|it| assert!(pick(store, it)));
            assert!(store.switch(&[ItemRow(2)], false, || "one"));
            assert!(store.switch(&[ItemRow(1), ItemRow(2), ItemRow(9)], false, || "two"));
            assert_eq!(store.read().get(), rows(&[3, 4]));
            assert!(!store.switch(&[ItemRow(2), ItemRow(9)], false, || "none"));
            assert_eq!(store.undo(|_| None), Some("two"));
            assert_eq!(store.read().get(), rows(&[1, 3, 4]));
            assert!(store.switch(&[ItemRow(1), ItemRow(2)], true, || "on"));
            assert_eq!(store.read().get(), rows(&[1, 2, 3, 4]));
        });
    }

    #[test]
    fn what_is_to_be_replaced_is_a_pick() {
        check(|store| {
            (1..3).for_each(|it| assert!(pick(store, it)));
            store.replacing().set(Some(ItemRow(2)));
            assert!(store.change(|it| it.remove(ItemRow(1)), || "remove"));
            assert_eq!(store.replacing().get(), Some(ItemRow(2)));
            store.put(rows(&[5]));
            assert_eq!(store.replacing().get(), None);
        });
    }

    #[test]
    fn undoing_gives_back_every_state_up_to_a_hundred() {
        check(|store| {
            (0..130).for_each(|it| assert!(pick(store, it)));
            let mut n_undone = 0;
            while store.undo(|_| None).is_some() {
                n_undone += 1;
                assert_eq!(store.get().len(), 130 - n_undone);
            }
            assert_eq!(n_undone, N_UNDO);
        });
    }

    #[test]
    fn undoing_may_bring_other_picks_than_there_were() {
        check(|store| {
            assert!(pick(store, 1) && pick(store, 2));
            assert_eq!(store.undo(|_| Some(rows(&[7, 8]))), Some("pick"));
            assert_eq!(store.get(), rows(&[7, 8]));
            store.rewrite(|_, picks| *picks = rows(&[9]));
            assert_eq!(store.undo(|_| None), Some("pick"));
            assert_eq!(store.get(), rows(&[9]));
        });
    }

    #[test]
    fn acts_are_forgotten_from_the_newest_on() {
        check(|store| {
            assert!(pick(store, 1));
            store.remember("link");
            store.remember("link");
            store.forget_while(|it| *it == "link");
            assert_eq!(store.last(), Some("pick"));
            assert_eq!(store.read_before(), Some(rows(&[])));
        });
    }

    #[test]
    fn only_picks_are_switched_off_by_a_link() {
        check(|store| {
            store.put(rows(&[1, 2]));
            store.put_off([ItemRow(2), ItemRow(5)].into());
            assert_eq!(store.off().get(), [ItemRow(2)].into());
            assert_eq!(store.read().get(), rows(&[1]));
        });
    }
}
