//! What the reader does with the history: every verb can be undone.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::feedback::Feedback;
use crate::history::History;
use crate::session::Session;

/// So many acts can be undone.
const N_UNDO: usize = 100;

/// Something the reader did to the history, or said of films.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Picked(ItemRow),
    Removed(ItemRow),
    Moved(ItemRow),
    Cleared,
    TookExample,
    LeftOut(Vec<ItemRow>),
    SwitchedOff(ItemRow),
    SwitchedOn(ItemRow),
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

/// What was before an act.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Past {
    pub(super) act: Act,
    pub(super) history: History,
    /// Which link had brought that history; 0 where it was the reader's own.
    pub(super) link: u32,
    off: BTreeSet<ItemRow>,
    focus: Option<ItemRow>,
    tried: Option<Tried>,
    /// What had been said of the films of which the act says something.
    said: Vec<(ItemRow, Option<Feedback>)>,
}

impl Past {
    /// What the models read then.
    pub(super) fn read(&self) -> History {
        self.history.without_all(&self.off)
    }
}

/// A counterfactual the reader is trying: the claim, to be held against what the model says now.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    pub item: ItemRow,
    pub removed: Vec<ItemRow>,
    pub rank_before: usize,
    /// The rank the explanation foretold.
    pub rank_foretold: usize,
}

impl Session {
    /// Adds `item` as the newest pick, or switches it on again.
    pub fn pick(self, item: ItemRow) {
        self.switch_on(item);
        self.change(Act::Picked(item), |history| history.add(item));
        if self.focus.get_untracked() == Some(item) {
            self.focus.set(None);
        }
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
        let is_on = !self.off.with_untracked(|off| off.contains(&item));
        if is_on && self.history.with_untracked(|it| it.contains(item)) {
            self.remember(Act::SwitchedOff(item), Vec::new());
            self.off.update(|off| {
                off.insert(item);
            });
        }
    }

    /// Lets models read `item` again.
    pub fn switch_on(self, item: ItemRow) {
        if self.off.with_untracked(|off| off.contains(&item)) {
            self.remember(Act::SwitchedOn(item), Vec::new());
            self.off.update(|off| {
                off.remove(&item);
            });
        }
    }

    /// Lets the film that is chosen next take the place of the pick `item`.
    pub fn start_replacing(self, item: ItemRow) {
        self.replacing.set(Some(item));
    }

    pub fn stop_replacing(self) {
        if self.replacing.with_untracked(Option::is_some) {
            self.replacing.set(None);
        }
    }

    /// The pick whose place the film that is chosen next takes.
    pub fn replacing(self) -> Signal<Option<ItemRow>> {
        self.replacing.into()
    }

    /// Puts `new` in the place of `old`; where `new` is picked already, nothing changes.
    pub fn replace_pick(self, old: ItemRow, new: ItemRow) {
        self.change(Act::Replaced { old, new }, |history| history.replace(old, new));
        if self.focus.get_untracked() == Some(new) {
            self.focus.set(None);
        }
    }

    /// The film the reader looked for: in the place of the pick to be replaced, or as the newest.
    pub fn choose_film(self, item: ItemRow) {
        match self.replacing.get_untracked() {
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
        self.focus.set(None);
    }

    /// Starts from the films of an example that this catalogue holds.
    pub fn use_example(self, movie_ids: &[u32]) {
        let catalogue = self.catalogue();
        let example: History = movie_ids.iter().filter_map(|&id| catalogue.row_of(id)).collect();
        self.change(Act::TookExample, |history| {
            let is_other = *history != example;
            *history = example;
            is_other
        });
        self.focus.set(None);
    }

    /// Chooses which family recommends.
    pub fn choose_family(self, name: FamilyName) {
        self.previewing.end();
        if self.family.with_untracked(|family| *family != name) {
            self.forget_probe();
            self.family.set(name);
        }
    }

    /// Asks why `item` stands where it stands.
    pub fn focus_on(self, item: ItemRow) {
        self.step_onto_sheet();
        self.focus.set(Some(item));
    }

    /// Goes back to the first film of the list.
    pub fn unfocus(self) {
        self.focus.set(None);
    }

    /// Leaves out the picks that the explanation names, so that the reader can see what it is worth.
    pub fn apply_counterfactual(self) {
        let Some(explained) = self.explained.good_untracked() else { return };
        let explanation = explained.answer.explanation;
        let Some(counterfactual) = explanation.counterfactual else { return };
        let removed = counterfactual.removed;
        self.change(Act::LeftOut(removed.clone()), |history| {
            *history = history.without_items(&removed);
            true
        });
        self.focus.set(Some(explanation.item));
        self.tried.set(Some(Tried {
            item: explanation.item,
            removed,
            rank_before: explanation.rank,
            rank_foretold: counterfactual.rank_after,
        }));
    }

    /// Takes back the newest act.
    pub fn undo(self) {
        let Some(past) = self.past.try_update(Vec::pop).flatten() else { return };
        self.previewing.end();
        // Other tabs may have changed the reader's own history since it was set aside.
        let own = if past.link == 0 { self.end_link() } else { None };
        self.return_to_link(past.link);
        self.history.set(own.unwrap_or(past.history));
        if self.off.with_untracked(|off| *off != past.off) {
            self.off.set(past.off);
        }
        self.focus.set(past.focus);
        self.tried.set(past.tried);
        self.put_feedback(past.said);
    }

    /// The newest act, if it can be undone.
    pub fn last_act(self) -> Option<Act> {
        self.past.with(|past| past.last().map(|it| it.act.clone()))
    }

    /// The counterfactual under trial.
    pub fn tried(self) -> Signal<Option<Tried>> {
        self.tried.into()
    }

    /// Lets `alter` change the history, and remembers what was before if it did.
    fn change(self, act: Act, alter: impl FnOnce(&mut History) -> bool) {
        let mut after = self.history.get_untracked();
        if !alter(&mut after) {
            return;
        }
        self.keep_first_history();
        self.remember(act, Vec::new());
        self.take(after);
    }

    /// Puts `history` on the page; what is no pick of it is not switched off either.
    pub(super) fn take(self, history: History) {
        self.previewing.end();
        if self.replacing.get_untracked().is_some_and(|item| !history.contains(item)) {
            self.replacing.set(None);
        }
        let is_gone = |item: &ItemRow| !history.contains(*item);
        if self.off.with_untracked(|off| off.iter().any(is_gone)) {
            self.off.update(|off| off.retain(|item| history.contains(*item)));
        }
        self.history.set(history);
    }

    /// Keeps what is now, so that `act` can be undone; `said` is what was said of its films.
    pub(super) fn remember(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) {
        self.previewing.end();
        let past = Past {
            act,
            link: self.place.link(),
            history: self.history.get_untracked(),
            off: self.off.get_untracked(),
            focus: self.focus.get_untracked(),
            tried: self.tried.get_untracked(),
            said,
        };
        self.past.update(|acts| {
            acts.push(past);
            if acts.len() > N_UNDO {
                acts.remove(0);
            }
        });
        self.tried.set(None);
    }
}
