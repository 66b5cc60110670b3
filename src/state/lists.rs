//! Ranked lists: what is asked for, and in which order it comes.

use std::sync::Arc;

use reactive_graph::computed::Memo;
use reactive_graph::traits::{Get, With};

use super::engine::EngineHandle;
use super::latest::Latest;
use super::reranker::{Reranker, RerankerStore};
use super::shell::{Lasting, Shell};
use crate::catalog::ItemRow;
use crate::engine::protocol::{Cost, EngineError, Recommend, Recommended, Score, Scored};
use crate::families::FamilyName;
use crate::feedback;
use crate::history::History;
use crate::recommend::{self, Recommendation};
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
    /// Of all films, where the whole ranking is here.
    pub ranks: Ranks,
    pub cost: Cost,
}

/// Where every film stands in a whole ranking. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranks {
    /// By row; 0 for a film that is in no list.
    ranks: Arc<[u32]>,
}

impl Ranks {
    /// Of `list`, best first, out of `n_items` films.
    pub fn of(list: impl IntoIterator<Item = ItemRow>, n_items: usize) -> Self {
        let mut ranks = vec![0; n_items];
        for (item, rank) in list.into_iter().zip(1..) {
            if let Some(of_item) = ranks.get_mut(item.index()) {
                *of_item = rank;
            }
        }
        Self { ranks: ranks.into() }
    }

    /// The films of the first `n` ranks, in no order.
    pub fn first(&self, n: usize) -> Vec<ItemRow> {
        let rows = (0..).map(ItemRow).zip(self.ranks.iter());
        rows.filter(|it| (1..=n as u32).contains(it.1)).map(|it| it.0).collect()
    }

    /// 1 the best; `None` for a film that the list leaves out.
    pub fn rank_of(&self, item: ItemRow) -> Option<usize> {
        self.ranks.get(item.index()).copied().filter(|&it| it > 0).map(|it| it as usize)
    }
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
        self.asked(of, move |ListQuestion { family, history, preferences }| {
            let Preferences { hidden, reranker } = preferences;
            let top = if reranker.is_some() { N_RERANKED.max(N_RANKED) } else { N_RANKED };
            let asked = self.engine.ask(Recommend { family, history, hidden, top });
            async move {
                let Recommended { list, cost } = asked.await?;
                let (mut list, mut plain_ranks) = in_order(list, reranker.as_ref());
                list.truncate(N_RANKED);
                plain_ranks.truncate(N_RANKED);
                Ok(Ranked { list, plain_ranks, ranks: Ranks::default(), cost })
            }
        })
    }

    /// As [`Self::ranked`], with the ranks of all films.
    pub fn ranked_whole(
        self,
        of: impl Fn() -> Option<(FamilyName, History)> + Send + Sync + 'static,
    ) -> Latest<ListQuestion, Ranked> {
        self.asked(of, move |ListQuestion { family, history, preferences }| {
            let asked =
                self.engine.ask(Score { family, history: history.clone(), weights: Vec::new() });
            async move {
                let Scored { scores, cost } = asked.await?;
                let mut scores = scores.0;
                recommend::hide(&mut scores, &preferences.hidden);
                whole(&scores, &history, preferences.reranker.as_ref(), cost)
            }
        })
    }

    fn asked<F>(
        self,
        of: impl Fn() -> Option<(FamilyName, History)> + Send + Sync + 'static,
        ask: impl Fn(ListQuestion) -> F + 'static,
    ) -> Latest<ListQuestion, Ranked>
    where
        F: Future<Output = Result<Ranked, EngineError>> + 'static,
    {
        let question = move || {
            let (family, history) = of().filter(|it| !it.1.is_empty())?;
            Some(ListQuestion { family, history, preferences: self.preferences.get() })
        };
        Latest::new(question, ask)
    }
}

/// The list of `scores` and the ranks of all films. A re-ranker puts the first ones in another order, as it does in
/// lists that are asked for.
fn whole(
    scores: &[f32],
    history: &History,
    reranker: Option<&Reranker>,
    cost: Cost,
) -> Result<Ranked, EngineError> {
    let mut first = recommend::rank_all(scores, scores.len(), history)
        .map_err(|error| EngineError::ModelFailed { detail: error.to_string() })?;
    let rest = first.split_off(first.len().min(N_RERANKED.max(N_RANKED)));
    let (mut list, mut plain_ranks) = in_order(first, reranker);
    let ranks = Ranks::of(list.iter().chain(&rest).map(|it| it.item), scores.len());
    list.truncate(N_RANKED);
    plain_ranks.truncate(N_RANKED);
    Ok(Ranked { list, plain_ranks, ranks, cost })
}

/// The films of `list` in the order of the `reranker`, where there is one, each with the rank it had.
fn in_order(
    list: Vec<Recommendation>,
    reranker: Option<&Reranker>,
) -> (Vec<Recommendation>, Vec<usize>) {
    let Some(reranker) = reranker else { return (list, Vec::new()) };
    let order = reranker.rerank(&list).into_iter();
    order.map(|it| (list[it.rank_before - 1], it.rank_before)).unzip()
}
