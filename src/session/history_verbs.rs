//! What the reader does with the history: every verb can be undone.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::feedback::Feedback;
use crate::history::History;
use crate::session::Session;

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

/// An act, and what belonged to the moment before it beside the picks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    pub(super) act: Act,
    /// Which link had brought the history; 0 where it was the reader's own.
    pub(super) link: u32,
    focus: Option<ItemRow>,
    tried: Option<Tried>,
    /// What had been said of the films of which the act says something.
    said: Vec<(ItemRow, Option<Feedback>)>,
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
        self.switch(item, false, Act::SwitchedOff(item));
    }

    /// Lets models read `item` again.
    pub fn switch_on(self, item: ItemRow) {
        self.switch(item, true, Act::SwitchedOn(item));
    }

    fn switch(self, item: ItemRow, is_on: bool, act: Act) {
        if self.store.switch(item, is_on, || self.moment(act, Vec::new())) {
            self.begin_anew();
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
        if self.focus.get_untracked() == Some(new) {
            self.focus.set(None);
        }
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
            self.inspecting.reset();
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
        let undone = self.store.undo(|moment| {
            self.previewing.end();
            // Other tabs may have changed the reader's own history since it was set aside.
            let own = if moment.link == 0 { self.end_link() } else { None };
            self.return_to_link(moment.link);
            own
        });
        let Some(moment) = undone else { return };
        self.focus.set(moment.focus);
        self.tried.set(moment.tried);
        self.put_feedback(moment.said);
    }

    /// The newest act, if it can be undone.
    pub fn last_act(self) -> Option<Act> {
        self.store.last().map(|it| it.act)
    }

    /// The counterfactual under trial.
    pub fn tried(self) -> Signal<Option<Tried>> {
        self.tried.into()
    }

    /// Lets `alter` change the history, and remembers what was before if it did.
    fn change(self, act: Act, alter: impl FnOnce(&mut History) -> bool) {
        let moment = || {
            self.keep_first_history();
            self.moment(act, Vec::new())
        };
        if self.store.change(alter, moment) {
            self.begin_anew();
        }
    }

    /// Puts `history` on the page; what is no pick of it is not switched off either.
    pub(super) fn take(self, history: History) {
        self.previewing.end();
        self.store.put(history);
    }

    /// Keeps what is now, so that `act` can be undone; `said` is what was said of its films.
    pub(super) fn remember(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) {
        self.store.remember(self.moment(act, said));
        self.begin_anew();
    }

    fn moment(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) -> Moment {
        let (focus, tried) = (self.focus.get_untracked(), self.tried.get_untracked());
        Moment { act, link: self.place.link(), focus, tried, said }
    }

    /// After an act nothing is under trial, and nothing previewed.
    fn begin_anew(self) {
        self.previewing.end();
        self.tried.set(None);
    }
}
