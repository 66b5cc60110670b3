//! Orders that look random and are the same every time: what an explanation has to beat.

use crate::catalog::ItemRow;
use crate::history::History;
use crate::random::SplitMix64;

/// The picks in an order that depends on nothing but `item` and the number of the draw.
pub(super) fn shuffled(history: &History, item: ItemRow, draw: u32) -> Vec<ItemRow> {
    let mut picks: Vec<ItemRow> = history.iter().collect();
    let seed = 0x9E37_79B9_7F4A_7C15_u64 ^ u64::from(item.0) ^ (u64::from(draw) << 32);
    SplitMix64::new(seed).shuffle(&mut picks);
    picks
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: ItemRow = ItemRow(100);

    #[test]
    fn an_order_is_the_same_every_time_and_a_real_shuffle() {
        let history: History = (0..20).map(ItemRow).collect();
        let once = shuffled(&history, ITEM, 0);
        assert_eq!(once, shuffled(&history, ITEM, 0));
        assert_ne!(once, history.as_slice());
        assert_eq!(once.iter().copied().collect::<std::collections::BTreeSet<_>>().len(), 20);
    }

    #[test]
    fn each_draw_and_each_film_has_an_order_of_its_own() {
        let history: History = (0..20).map(ItemRow).collect();
        assert_ne!(shuffled(&history, ITEM, 0), shuffled(&history, ITEM, 1));
        assert_ne!(shuffled(&history, ITEM, 0), shuffled(&history, ItemRow(101), 0));
    }
}
