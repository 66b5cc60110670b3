//! What the reader said of films: liked, not for me, seen.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Set, Update, WithUntracked};

use super::{Act, Reader};
use crate::catalog::ItemRow;
use crate::feedback::{self, Feedback, Feedbacks};

/// Under this name the device keeps it.
pub(in crate::state) const KEPT_FEEDBACK: &str = "feedback";

impl Reader {
    /// What the reader said of films.
    pub fn feedback(self) -> RwSignal<Feedbacks> {
        self.feedback
    }

    /// Says `feedback` of `item`; said again, takes it back.
    pub fn say_of(self, item: ItemRow, feedback: Feedback) {
        let was = self.feedback.with_untracked(|it| feedback::of(it, item));
        let said = (was != Some(feedback)).then_some(feedback);
        self.say_all(Act::Said(item, said), vec![(item, said)]);
    }

    /// Lets lists show every film again.
    pub fn bring_all_back(self) {
        let hidden = self.feedback.with_untracked(|it| feedback::hidden(it));
        self.say_all(Act::BroughtBack, hidden.into_iter().map(|it| (it, None)).collect());
    }

    /// Says something of several films, or takes it back: one act.
    pub fn say_all(self, act: Act, said: Vec<(ItemRow, Option<Feedback>)>) {
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

    /// Takes up what an earlier visit said, `old` where nothing was kept since, and from now on keeps it.
    pub(in crate::state) fn keep_feedback(self, old: Feedbacks) {
        let all = &[Feedback::Liked, Feedback::NotForMe, Feedback::Seen];
        self.keeper.keep_list(KEPT_FEEDBACK, self.feedback, "lns", all);
        if !old.is_empty() {
            self.feedback.set(old);
        }
    }
}
