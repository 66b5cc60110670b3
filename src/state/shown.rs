//! The list on the page, and how each film moved since the list before.

use reactive_graph::computed::Memo;
use reactive_graph::traits::Get;

use super::latest::{Answered, Latest};
use super::lists::{ListQuestion, Ranked, Ranks, WITHIN};
use crate::catalog::ItemRow;
use crate::engine::protocol::Cost;
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::Recommendation;

/// A list the engine answered, set beside the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub family: FamilyName,
    pub history: History,
    pub rows: Vec<ShownRow>,
    /// Films that stood in the first ranks of the list before and do not now.
    pub gone: Vec<Gone>,
    /// Of all films, where the whole ranking is here.
    pub ranks: Ranks,
    pub cost: Cost,
}

/// A film that left the first ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    pub item: ItemRow,
    /// Where it stands now, if the list still holds it.
    pub rank: Option<usize>,
}

/// One ranked film as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownRow {
    pub item: ItemRow,
    /// 1 is best.
    pub rank: usize,
    pub score: f32,
    pub movement: Movement,
    /// Where the family has it, if a re-ranker made the order.
    pub plain_rank: Option<usize>,
}

/// Where a film stood in the list before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// There is no list to compare with.
    First,
    Stayed,
    Up(usize),
    Down(usize),
    New,
}

impl Shown {
    /// The films with their scores, best first.
    pub fn list(&self) -> Vec<Recommendation> {
        self.rows.iter().map(|it| Recommendation { item: it.item, score: it.score }).collect()
    }

    /// Each list of `latest`, set beside the one before it.
    pub(crate) fn following(latest: Latest<ListQuestion, Ranked>) -> Memo<Option<Self>> {
        Memo::new(move |before: Option<&Option<Self>>| {
            latest.with(|it| it.map(|it| Self::after(it, before.and_then(Option::as_ref))))
        })
    }

    /// As [`Self::following`], but set beside `other` while `has_other`.
    pub(crate) fn beside(
        latest: Latest<ListQuestion, Ranked>,
        has_other: impl Fn() -> bool + Send + Sync + 'static,
        other: Memo<Option<Self>>,
    ) -> Memo<Option<Self>> {
        Memo::new(move |before: Option<&Option<Self>>| {
            let other = has_other().then(|| other.get());
            let before = other.as_ref().or(before).and_then(Option::as_ref);
            latest.with(|it| it.map(|it| Self::after(it, before)))
        })
    }

    /// The list of `answered`, with each film's movement since `before`.
    pub fn after(answered: &Answered<ListQuestion, Ranked>, before: Option<&Self>) -> Self {
        let before: Vec<ItemRow> =
            before.map(|it| it.rows.iter().map(|row| row.item).collect()).unwrap_or_default();
        let Ranked { list, plain_ranks, ranks, .. } = &answered.answer;
        let rows = rows_beside(list, plain_ranks, &before);
        let ListQuestion { history, preferences, .. } = &answered.question;
        let is_out = |item| history.contains(item) || preferences.hidden.contains(&item);
        Self {
            family: answered.question.family.clone(),
            history: answered.question.history.clone(),
            gone: gone(&rows, &before, is_out),
            rows,
            ranks: ranks.clone(),
            cost: answered.answer.cost,
        }
    }
}

impl Movement {
    /// How `item`, now at `rank`, moved against `before`, best first.
    pub fn since(before: &[ItemRow], item: ItemRow, rank: usize) -> Self {
        if before.is_empty() {
            return Self::First;
        }
        Self::between(before.iter().position(|&it| it == item).map(|at| at + 1), rank)
    }

    /// From one rank to another; `None` where the film did not stand before.
    pub fn between(before: Option<usize>, rank: usize) -> Self {
        match before {
            None => Self::New,
            Some(old) if old > rank => Self::Up(old - rank),
            Some(old) if old < rank => Self::Down(rank - old),
            Some(_) => Self::Stayed,
        }
    }
}

/// Sets `list` beside the films of the list `before` it; `plain_ranks` as in [`Ranked`].
pub fn rows_beside(
    list: &[Recommendation],
    plain_ranks: &[usize],
    before: &[ItemRow],
) -> Vec<ShownRow> {
    list.iter()
        .zip(1..)
        .map(|(&Recommendation { item, score }, rank)| {
            let movement = Movement::since(before, item, rank);
            let plain_rank = plain_ranks.get(rank - 1).copied();
            ShownRow { item, rank, score, movement, plain_rank }
        })
        .collect()
}

/// The films of the first ranks of the list `before` that are not in those of `rows`. A film that
/// `is_out` of every list is where the reader put it.
fn gone(rows: &[ShownRow], before: &[ItemRow], is_out: impl Fn(ItemRow) -> bool) -> Vec<Gone> {
    let rank_of = |item| rows.iter().find(|row| row.item == item).map(|row| row.rank);
    before
        .iter()
        .take(WITHIN)
        .filter(|&&item| !is_out(item))
        .map(|&item| Gone { item, rank: rank_of(item) })
        .filter(|it| it.rank.is_none_or(|rank| rank > WITHIN))
        .collect()
}
