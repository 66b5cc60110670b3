//! What lists of one history have in common.

use std::collections::BTreeMap;

use super::Column;
use crate::catalog::ItemRow;
use crate::compare::{self, Disputed, Extremes, Placed};
use crate::families::Card;
use crate::history::History;
use crate::state::lists::{Ranks, WITHIN};

/// The lists that are here, set side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub history: History,
    /// In the order of the page.
    pub cards: Vec<&'static Card>,
    /// The films that stand in the first ranks of one list at least, and those that most lists agree on, best agreed
    /// first.
    pub films: Vec<ItemRow>,
    /// Where every film stands, by position in `cards`.
    pub ranks: Vec<Ranks>,
    /// Positions in `cards`, so that lists which share films are neighbours; as it was while the models are the same.
    pub order: Vec<usize>,
    /// The films most lists agree on, best first.
    pub consensus: Vec<Placed>,
    pub disputed: Option<Disputed>,
    /// By position in `cards`.
    pub extremes: Option<Extremes>,
    /// In how many lists a film stands in the first ranks.
    pub n_lists_with: BTreeMap<ItemRow, usize>,
}

/// Sets the lists of `history` side by side. While some of them are on their way, and fewer are
/// here than were `before`, that one stays: a picture that shrinks and grows tells nothing.
pub(super) fn compared(
    columns: &[Column],
    history: &History,
    before: Option<&Comparison>,
) -> Option<Comparison> {
    let mut cards = Vec::new();
    let mut lists: Vec<Vec<ItemRow>> = Vec::new();
    let mut ranks = Vec::new();
    let mut n_waiting = 0;
    for column in columns {
        n_waiting += usize::from(column.is_waiting());
        column.latest.with(|it| {
            if let Some(it) = it.filter(|it| it.question.history == *history) {
                cards.push(column.card);
                lists.push(it.answer.list.iter().map(|it| it.item).collect());
                ranks.push(it.answer.ranks.clone());
            }
        });
    }
    let is_chosen = |card: &&Card| columns.iter().any(|it| it.card.name == card.name);
    if let Some(before) = before
        && n_waiting > 0
        && cards.len() < before.cards.len()
        && before.cards.iter().all(is_chosen)
    {
        return Some(before.clone());
    }
    if lists.is_empty() {
        return None;
    }
    let mut now = Comparison::of(history.clone(), cards, &lists, ranks);
    if let Some(before) = before.filter(|it| it.cards == now.cards) {
        now.order.clone_from(&before.order);
    }
    Some(now)
}

impl Comparison {
    /// Of the first films of each list, best first, and where it has all of them.
    pub fn of(
        history: History,
        cards: Vec<&'static Card>,
        lists: &[Vec<ItemRow>],
        ranks: Vec<Ranks>,
    ) -> Self {
        let n_lists_with = compare::n_lists_with(lists, WITHIN);
        let mut consensus = compare::consensus(lists, usize::MAX);
        let agreed = consensus.iter().enumerate();
        let is_shown =
            |(at, it): &(usize, &Placed)| *at < WITHIN || n_lists_with.contains_key(&it.item);
        let films = agreed.filter(is_shown).map(|it| it.1.item).collect();
        consensus.truncate(WITHIN);
        Self {
            history,
            cards,
            films,
            ranks,
            order: compare::neighbours(lists, WITHIN),
            consensus,
            disputed: compare::most_disputed(lists, WITHIN),
            extremes: compare::extremes(lists, WITHIN),
            n_lists_with,
        }
    }
}
