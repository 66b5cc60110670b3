//! Ranked lists: what is asked for, and in which order it comes.

use reactive_graph::computed::Memo;
use reactive_graph::traits::{Get, With};

use super::engine::EngineHandle;
use super::latest::Latest;
use super::reranker::{Reranker, RerankerStore};
use super::shell::{Lasting, Shell};
use crate::catalog::ItemRow;
use crate::engine::protocol::{Cost, Recommend, Recommended};
use crate::families::FamilyName;
use crate::feedback;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::reranker::N_RERANKED;

/// So many ranks are asked for; the page shows the first ten until asked for the rest.
pub const N_RANKED: usize = 50;
/// The first ranks: what leaves them is named, and lists are compared within them.
pub const WITHIN: usize = 10;

/// What the reader wants of every list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// Films that no list shows.
    pub hidden: Vec<ItemRow>,
    /// Who puts the list in another order.
    pub reranker: Option<Reranker>,
}

/// Which list: this family's, for this history, and as the reader wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuestion {
    pub family: FamilyName,
    pub history: History,
    pub preferences: Preferences,
}

/// A ranked list and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub list: Vec<Recommendation>,
    /// Of each film the rank that the family gave it, where a re-ranker made the order; else empty.
    pub plain_ranks: Vec<usize>,
    pub cost: Cost,
}

/// Who asks for lists. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Lists {
    engine: EngineHandle,
    preferences: Memo<Preferences>,
}

impl Lasting for Lists {
    fn of(shell: Shell) -> Self {
        let feedback = shell.reader.feedback();
        let reranker = shell.get::<RerankerStore>().active();
        let preferences = Memo::new(move |_| Preferences {
            hidden: feedback.with(|it| feedback::hidden(it)),
            reranker: reranker.get(),
        });
        Self { engine: shell.engine.handle(), preferences }
    }
}

impl Lists {
    pub fn preferences(self) -> Memo<Preferences> {
        self.preferences
    }

    /// The list of the family and history that `of` gives, again whenever they change; nothing for an empty history.
    pub fn ranked(
        self,
        of: impl Fn() -> Option<(FamilyName, History)> + Send + Sync + 'static,
    ) -> Latest<ListQuestion, Ranked> {
        let question = move || {
            let (family, history) = of().filter(|it| !it.1.is_empty())?;
            Some(ListQuestion { family, history, preferences: self.preferences.get() })
        };
        Latest::new(question, move |ListQuestion { family, history, preferences }| {
            let Preferences { hidden, reranker } = preferences;
            let top = if reranker.is_some() { N_RERANKED.max(N_RANKED) } else { N_RANKED };
            let asked = self.engine.ask(Recommend { family, history, hidden, top });
            async move {
                let Recommended { list, cost } = asked.await?;
                let (list, plain_ranks) = in_order(list, reranker);
                Ok(Ranked { list, plain_ranks, cost })
            }
        })
    }
}

/// The first films of `list` in the order of the `reranker`, where there is one, each with the rank it had.
fn in_order(
    list: Vec<Recommendation>,
    reranker: Option<Reranker>,
) -> (Vec<Recommendation>, Vec<usize>) {
    let Some(reranker) = reranker else { return (list, Vec::new()) };
    let order = reranker.rerank(&list).into_iter().take(N_RANKED);
    order.map(|it| (list[it.rank_before - 1], it.rank_before)).unzip()
}
