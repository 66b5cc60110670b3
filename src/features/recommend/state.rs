//! The list of the chosen family as it is shown, and why a film stands where it stands in it.

use reactive_graph::computed::Memo;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::catalog::ItemRow;
use crate::engine::protocol::{Explain, Explained, ExplanationTested, TestExplanation};
use crate::families::FamilyName;
use crate::history::History;
use crate::manifest::Faithfulness;
use crate::state::chosen::Chosen;
use crate::state::latest::Latest;
use crate::state::lists::{ListQuestion, Lists, Ranked, WITHIN};
use crate::state::preview::{self, Previewing};
use crate::state::recommended::RecommendedList;
use crate::state::shell::{Lasting, Shell};
use crate::state::shown::Shown;

mod reasons;

pub use reasons::Reasons;

/// Why a film stands where it stands in a list that is already here.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyQuestion {
    pub family: FamilyName,
    pub history: History,
    pub hidden: Vec<ItemRow>,
    pub item: ItemRow,
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

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct RecommendState {
    shell: Shell,
    chosen: Chosen,
    list: RecommendedList,
    previewed: Latest<ListQuestion, Ranked>,
    shown: Memo<Option<Shown>>,
    explained: Latest<WhyQuestion, Explained>,
    reasons: Memo<Option<Reasons>>,
    is_testing: RwSignal<bool>,
    tested: Latest<WhyQuestion, ExplanationTested>,
    tried: RwSignal<Option<Tried>>,
}

impl Lasting for RecommendState {
    fn of(shell: Shell) -> Self {
        let chosen = shell.get::<Chosen>();
        let list = shell.get::<RecommendedList>();
        let preview = shell.get::<Previewing>().history();
        // Nobody asks while another feature is open.
        let is_open = move || shell.address.is_open(super::ID);
        let previewed = shell.get::<Lists>().ranked(move || {
            let history = preview.get().filter(|_| is_open())?;
            Some((chosen.family().get(), history))
        });
        let explained = explained(shell, list, chosen, is_open);
        let is_testing = RwSignal::new(false);
        let tried = RwSignal::new(None::<Tried>);
        shell.reader.keep_with_acts(move || {
            let before = tried.get_untracked();
            std::sync::Arc::new(move || tried.set(before.clone()))
        });
        shell.reader.on_act(move |act| {
            // After an act nothing is under trial.
            if act.is_some() {
                tried.set(None);
            }
        });
        Self {
            shell,
            chosen,
            list,
            previewed,
            shown: preview::shown_with(list.listed(), previewed),
            explained,
            reasons: reasons::reasons(shell, list, explained),
            is_testing,
            tested: tested(shell, explained, is_testing),
            tried,
        }
    }
}

impl RecommendState {
    /// The list of the page, or that of a preview, moved against the page's.
    pub fn shown(self) -> Memo<Option<Shown>> {
        self.shown
    }

    /// What the preview of the moment changes; `None` until it is here.
    pub fn previewed_changes(self) -> Option<crate::compare::Changes> {
        preview::changes(self.list.listed(), self.previewed)
    }

    /// Why the film in focus, or else the first, stands where it stands.
    pub fn explained(self) -> Latest<WhyQuestion, Explained> {
        self.explained
    }

    /// The same with the films and the list that it is about.
    pub fn reasons(self) -> Memo<Option<Reasons>> {
        self.reasons
    }

    /// Leaves out the film `item`, or brings it back, and stays with the film that is explained.
    pub fn switch(self, item: ItemRow) {
        if self.shell.reader.is_off(item) {
            self.shell.reader.switch_on(item);
            return;
        }
        if let Some(explained) = self.explained.good_untracked() {
            self.chosen.focus_on(Some(explained.question.item));
        }
        self.shell.reader.switch_off(item);
    }

    /// Brings back every film that is left out.
    pub fn bring_back(self) {
        for item in self.shell.reader.off().get_untracked() {
            self.shell.reader.switch_on(item);
        }
    }

    /// Whether the reader wants to see explanations put to the test.
    pub fn is_testing(self) -> RwSignal<bool> {
        self.is_testing
    }

    /// Starts to put each explanation to the test, or stops.
    pub fn test_explanations(self, is_testing: bool) {
        if self.is_testing.get_untracked() != is_testing {
            self.is_testing.set(is_testing);
        }
    }

    /// The explanation on the page, put to the test.
    pub fn tested(self) -> Latest<WhyQuestion, ExplanationTested> {
        self.tested
    }

    /// What the explainers of `family` are worth over held-out readers.
    pub fn faithfulness(self, family: &str) -> Option<Faithfulness> {
        let manifest = self.shell.site.manifest();
        manifest.family(family).and_then(|entry| entry.faithfulness.clone())
    }

    /// The counterfactual under trial.
    pub fn tried(self) -> RwSignal<Option<Tried>> {
        self.tried
    }

    /// Leaves out the picks that the explanation names, so that the reader can see what it is worth.
    pub fn apply_counterfactual(self) {
        let Some(explained) = self.explained.good_untracked() else { return };
        let explanation = explained.answer.explanation;
        let Some(counterfactual) = explanation.counterfactual else { return };
        let removed = counterfactual.removed;
        self.shell.reader.leave_out(&removed);
        self.chosen.focus_on(Some(explanation.item));
        self.tried.set(Some(Tried {
            item: explanation.item,
            removed,
            rank_before: explanation.rank,
            rank_foretold: counterfactual.rank_after,
        }));
    }
}

/// Why the film in focus, or else the first, stands where it stands in the list that is here.
fn explained(
    shell: Shell,
    list: RecommendedList,
    chosen: Chosen,
    is_open: impl Fn() -> bool + Send + Sync + 'static,
) -> Latest<WhyQuestion, Explained> {
    let question = move || {
        if !is_open() {
            return None;
        }
        let focus = chosen.focus().get();
        list.latest().with(|answered| {
            let answered = answered?;
            let ListQuestion { family, history, preferences } = answered.question.clone();
            let hidden = preferences.hidden;
            let item = focus
                .filter(|item| !history.contains(*item) && !hidden.contains(item))
                .or_else(|| answered.answer.list.first().map(|best| best.item))?;
            Some(WhyQuestion { family, history, hidden, item })
        })
    };
    Latest::new(question, move |WhyQuestion { family, history, hidden, item }| {
        shell.engine.ask(Explain { family, history, hidden, item, within: WITHIN })
    })
}

/// Whether the picks that explain the film of `explained` carry it; asked where the reader wants
/// to know, and once the explanation itself is here.
fn tested(
    shell: Shell,
    explained: Latest<WhyQuestion, Explained>,
    is_testing: RwSignal<bool>,
) -> Latest<WhyQuestion, ExplanationTested> {
    let question = move || {
        let is_testing = is_testing.get();
        explained.with(|it| it.filter(|_| is_testing).map(|it| it.question.clone()))
    };
    Latest::new(question, move |WhyQuestion { family, history, hidden, item }| {
        shell.engine.ask(TestExplanation { family, history, hidden, item, within: WITHIN })
    })
}

#[cfg(test)]
mod tests;
