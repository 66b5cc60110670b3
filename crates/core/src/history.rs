//! What the reader picked, oldest first.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;

/// Picks in the order they were made, oldest first, each item once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<ItemRow>", into = "Vec<ItemRow>")]
pub struct History {
    // Invariant: no item twice.
    picks: Vec<ItemRow>,
}

impl History {
    /// Adds `item` as the newest pick; `false` if it was picked before, which changes nothing.
    pub fn add(&mut self, item: ItemRow) -> bool {
        let is_new = !self.contains(item);
        if is_new {
            self.picks.push(item);
        }
        is_new
    }

    /// Takes `item` back; `false` if it was not picked.
    pub fn remove(&mut self, item: ItemRow) -> bool {
        let position = self.position_of(item);
        if let Some(position) = position {
            self.picks.remove(position);
        }
        position.is_some()
    }

    /// Moves `item` to `position`, 0 the oldest; past the end means the newest.
    /// `false` if it was not picked.
    pub fn move_to(&mut self, item: ItemRow, position: usize) -> bool {
        if !self.remove(item) {
            return false;
        }
        self.picks.insert(position.min(self.picks.len()), item);
        true
    }

    /// Puts `new` in the place of `old`; `false` if `old` was not picked, or `new` was.
    pub fn replace(&mut self, old: ItemRow, new: ItemRow) -> bool {
        let position = self.position_of(old).filter(|_| !self.contains(new));
        if let Some(position) = position {
            self.picks[position] = new;
        }
        position.is_some()
    }

    pub fn clear(&mut self) {
        self.picks.clear();
    }

    /// The same history with the pick at `position` left out; past the end, the same history.
    #[must_use]
    pub fn without(&self, position: usize) -> Self {
        let mut picks = self.picks.clone();
        if position < picks.len() {
            picks.remove(position);
        }
        Self { picks }
    }

    /// The same history with all of `items` left out.
    #[must_use]
    pub fn without_items(&self, items: &[ItemRow]) -> Self {
        Self { picks: self.iter().filter(|item| !items.contains(item)).collect() }
    }

    /// The same history with all of the set `items` left out.
    #[must_use]
    pub fn without_all(&self, items: &BTreeSet<ItemRow>) -> Self {
        Self { picks: self.iter().filter(|item| !items.contains(item)).collect() }
    }

    /// The picks before `position`, 0 the oldest; past the end, the same history.
    #[must_use]
    pub fn before(&self, position: usize) -> Self {
        Self { picks: self.picks[..position.min(self.len())].to_vec() }
    }

    /// The last `n` picks, still oldest first.
    #[must_use]
    pub fn newest(&self, n: usize) -> Self {
        Self { picks: self.picks[self.len().saturating_sub(n)..].to_vec() }
    }

    pub fn contains(&self, item: ItemRow) -> bool {
        self.picks.contains(&item)
    }

    /// Where `item` stands, 0 the oldest.
    pub fn position_of(&self, item: ItemRow) -> Option<usize> {
        self.picks.iter().position(|&pick| pick == item)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = ItemRow> + ExactSizeIterator + '_ {
        self.picks.iter().copied()
    }

    pub fn as_slice(&self) -> &[ItemRow] {
        &self.picks
    }

    pub fn len(&self) -> usize {
        self.picks.len()
    }

    pub fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }
}

/// An item that comes twice keeps its first place.
impl FromIterator<ItemRow> for History {
    fn from_iter<I: IntoIterator<Item = ItemRow>>(items: I) -> Self {
        let mut seen = BTreeSet::new();
        Self { picks: items.into_iter().filter(|&item| seen.insert(item)).collect() }
    }
}

impl From<Vec<ItemRow>> for History {
    fn from(items: Vec<ItemRow>) -> Self {
        items.into_iter().collect()
    }
}

impl From<History> for Vec<ItemRow> {
    fn from(history: History) -> Self {
        history.picks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn check(got: &History, want: &[u32]) {
        let got: Vec<u32> = got.iter().map(|item| item.0).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn a_pick_that_comes_twice_keeps_its_first_place() {
        check(&history(&[3, 1, 3, 2, 1]), &[3, 1, 2]);
    }

    #[test]
    fn reading_a_message_upholds_each_item_once() {
        let read: History = serde_json::from_str("[3,1,3]").unwrap();
        check(&read, &[3, 1]);
        assert_eq!(serde_json::to_string(&read).unwrap(), "[3,1]");
    }

    #[test]
    fn adding_and_removing_say_whether_something_changed() {
        let mut it = history(&[1, 2]);
        assert!(it.add(ItemRow(3)));
        assert!(!it.add(ItemRow(1)));
        assert!(it.remove(ItemRow(2)));
        assert!(!it.remove(ItemRow(2)));
        check(&it, &[1, 3]);
        it.clear();
        assert!(it.is_empty());
    }

    #[test]
    fn moving_keeps_the_others_in_order() {
        let mut it = history(&[1, 2, 3, 4]);
        assert!(it.move_to(ItemRow(4), 0));
        check(&it, &[4, 1, 2, 3]);
        assert!(it.move_to(ItemRow(4), 2));
        check(&it, &[1, 2, 4, 3]);
        assert!(it.move_to(ItemRow(1), 99));
        check(&it, &[2, 4, 3, 1]);
        assert!(!it.move_to(ItemRow(7), 0));
        check(&it, &[2, 4, 3, 1]);
    }

    #[test]
    fn a_film_takes_the_place_of_another_once() {
        let mut it = history(&[1, 2, 3]);
        assert!(it.replace(ItemRow(2), ItemRow(9)));
        check(&it, &[1, 9, 3]);
        assert!(!it.replace(ItemRow(9), ItemRow(3)), "it is picked already");
        assert!(!it.replace(ItemRow(2), ItemRow(4)), "it is not picked");
        check(&it, &[1, 9, 3]);
    }

    #[test]
    fn leaving_out_touches_nothing_else() {
        let it = history(&[1, 2, 3]);
        check(&it.without(1), &[1, 3]);
        check(&it.without(3), &[1, 2, 3]);
        check(&it.without_items(&[ItemRow(3), ItemRow(1), ItemRow(9)]), &[2]);
        check(&it.without_all(&[ItemRow(3), ItemRow(1), ItemRow(9)].into()), &[2]);
    }

    #[test]
    fn the_newest_come_last() {
        check(&history(&[1, 2, 3]).newest(2), &[2, 3]);
        check(&history(&[1, 2, 3]).newest(9), &[1, 2, 3]);
        check(&history(&[1, 2, 3]).newest(0), &[]);
    }
}
