//! What the reader taught the page about films: which ones lists leave out, and who orders them.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::feedback::{self, Feedback, Feedbacks};
use crate::session::kept_list::when_kept_changes;
use crate::session::{Act, Session, keeping};
use crate::state::reranker::Reranker;

/// Goes with every question for a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taught {
    /// Films that no list shows.
    pub hidden: Vec<ItemRow>,
    /// Who puts the list in another order.
    pub reranker: Option<Reranker>,
}

impl Session {
    /// What the reader said of films.
    pub fn feedback(self) -> Signal<Feedbacks> {
        self.feedback.into()
    }

    /// Says `feedback` of `item`; said again, takes it back.
    pub fn say_of(self, item: ItemRow, feedback: Feedback) {
        let was = self.feedback.with_untracked(|it| feedback::of(it, item));
        let said = (was != Some(feedback)).then_some(feedback);
        self.say_all(Act::Said(item, said), vec![(item, said)]);
        if said.is_some_and(Feedback::hides) {
            for explained in [self.focus, self.matched_item] {
                if explained.get_untracked() == Some(item) {
                    explained.set(None);
                }
            }
        }
    }

    /// Lets lists show every film again.
    pub fn bring_all_back(self) {
        let hidden = self.feedback.with_untracked(|it| feedback::hidden(it));
        self.say_all(Act::BroughtBack, hidden.into_iter().map(|it| (it, None)).collect());
    }

    /// Says something of several films, or takes it back: one act.
    pub(crate) fn say_all(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) {
        let before =
            |all: &Feedbacks| said.iter().map(|it| (it.0, feedback::of(all, it.0))).collect();
        let before: Vec<_> = self.feedback.with_untracked(before);
        if before != said {
            self.remember(act, before);
            self.put_feedback(said);
        }
    }

    pub(super) fn put_feedback(self, said: Vec<(ItemRow, Option<Feedback>)>) {
        if !said.is_empty() {
            self.feedback.update(|all| {
                said.into_iter().for_each(|(item, it)| feedback::say(all, item, it));
            });
        }
    }

    /// Takes up what an earlier visit taught, and from now on keeps it.
    pub fn load_taught(self) {
        self.load_reranker();
        when_kept_changes(move || self.load_reranker());
        let old = keeping::old_feedback(&*self.texts(), &self.catalogue());
        let all = &[Feedback::Liked, Feedback::NotForMe, Feedback::Seen];
        self.keep_list(keeping::KEPT_FEEDBACK, self.feedback, "lns", all);
        if !old.is_empty() {
            self.feedback.set(old);
        }
    }
}
