//! What the model is asked for the reader's own films: the ranking, and the ranking without some of them.

use std::sync::Arc;

use futures::future::join_all;

use super::basis::Basis;
use crate::catalog::ItemRow;
use crate::engine::protocol::{Cost, EngineError, Score, Scored};
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::{self, Recommendation};
use crate::state::engine::EngineHandle;
use crate::state::lists::Ranks;

/// So many runs are asked for at a time, so that a newer question need not wait for many of an older one.
const N_AT_ONCE: usize = 8;

/// What is asked of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub family: FamilyName,
    pub basis: Basis,
    /// Films that no list shows: those that were seen, and those that the reader sent away.
    pub hidden: Vec<ItemRow>,
}

/// Every film that may be recommended, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    pub order: Arc<Vec<Recommendation>>,
    pub ranks: Ranks,
    pub cost: Cost,
}

/// The ranks of all films without each pick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// Newest pick first.
    pub without: Vec<(ItemRow, Ranks)>,
    /// Inside the engine.
    pub millis: f64,
}

pub(super) async fn ranking(
    engine: EngineHandle,
    question: Question,
) -> Result<Ranking, EngineError> {
    let Question { family, basis, hidden } = question;
    let Scored { scores, cost } = engine.ask(score(&family, &basis)).await?;
    let (order, ranks) = in_order(scores.0, &basis.history, &hidden)?;
    Ok(Ranking { order: Arc::new(order), ranks, cost })
}

/// The ranks of all films by each of `bases` in place of that of `question`, a few at a time, and how long they took inside
/// the engine; `done` hears how many are behind.
pub(super) async fn ranks_by(
    engine: EngineHandle,
    question: Question,
    mut bases: impl Iterator<Item = Basis>,
    done: impl Fn(usize),
) -> Result<(Vec<Ranks>, f64), EngineError> {
    done(0);
    let Question { family, hidden, .. } = &question;
    let (mut found, mut spent_millis) = (Vec::new(), 0.0);
    loop {
        let few: Vec<Basis> = bases.by_ref().take(N_AT_ONCE).collect();
        if few.is_empty() {
            return Ok((found, spent_millis));
        }
        let answers = join_all(few.iter().map(|it| engine.ask(score(family, it)))).await;
        for (basis, answer) in few.iter().zip(answers) {
            let Scored { scores, cost } = answer?;
            found.push(in_order(scores.0, &basis.history, hidden)?.1);
            spent_millis += cost.millis;
        }
        done(found.len());
    }
}

fn score(family: &FamilyName, basis: &Basis) -> Score {
    let Basis { history, weights, .. } = basis;
    Score { family: family.clone(), history: history.clone(), weights: weights.clone() }
}

/// The films that may be shown, best first, and the rank of each.
fn in_order(
    mut scores: Vec<f32>,
    history: &History,
    hidden: &[ItemRow],
) -> Result<(Vec<Recommendation>, Ranks), EngineError> {
    recommend::hide(&mut scores, hidden);
    let order = recommend::rank_all(&scores, scores.len(), history)
        .map_err(|error| EngineError::ModelFailed { detail: error.to_string() })?;
    let ranks = Ranks::of(order.iter().map(|it| it.item), scores.len());
    Ok((order, ranks))
}
