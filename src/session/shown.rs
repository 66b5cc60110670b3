//! The list on the page, and how each film moved since the list before.

use crate::catalog::ItemRow;
use crate::engine::protocol::Cost;
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::session::{Answered, ListQuestion, Ranked};

/// A list the engine answered, set beside the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub family: FamilyName,
    pub history: History,
    pub rows: Vec<ShownRow>,
    pub cost: Cost,
}

/// One ranked film as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownRow {
    pub item: ItemRow,
    /// 1 is best.
    pub rank: usize,
    pub score: f32,
    pub movement: Movement,
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
    /// The list of `answered`, with each film's movement since `before`.
    pub fn after(answered: &Answered<ListQuestion, Ranked>, before: Option<&Self>) -> Self {
        let before: Vec<ItemRow> =
            before.map(|it| it.rows.iter().map(|row| row.item).collect()).unwrap_or_default();
        Self {
            family: answered.question.family.clone(),
            history: answered.question.history.clone(),
            rows: rows(&answered.answer.list, &before),
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
        match before.iter().position(|&it| it == item).map(|position| position + 1) {
            None => Self::New,
            Some(old) if old > rank => Self::Up(old - rank),
            Some(old) if old < rank => Self::Down(rank - old),
            Some(_) => Self::Stayed,
        }
    }
}

/// Sets `list` beside the films of the list `before` it.
fn rows(list: &[Recommendation], before: &[ItemRow]) -> Vec<ShownRow> {
    list.iter()
        .zip(1..)
        .map(|(&Recommendation { item, score }, rank)| {
            let movement = Movement::since(before, item, rank);
            ShownRow { item, rank, score, movement }
        })
        .collect()
}
