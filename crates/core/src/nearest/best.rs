//! The best rows seen so far, and the score a further row has to beat.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Keeps the `top` best of the rows offered to it in ascending order of row.
pub(super) struct Best {
    top: usize,
    // The worst kept row is on top.
    kept: BinaryHeap<Reverse<Scored>>,
}

#[derive(Clone, Copy)]
struct Scored {
    score: f32,
    row: u32,
}

impl Best {
    pub(super) fn new(top: usize) -> Self {
        Self { top, kept: BinaryHeap::with_capacity(top.saturating_add(1).min(1 << 16)) }
    }

    /// A row must score more than this to be kept. Rows come in order, so a tie comes too late.
    pub(super) fn threshold(&self) -> f32 {
        if self.kept.len() < self.top {
            return f32::NEG_INFINITY;
        }
        self.kept.peek().map_or(f32::INFINITY, |worst| worst.0.score)
    }

    pub(super) fn offer(&mut self, row: u32, score: f32) {
        if score > self.threshold() {
            self.kept.push(Reverse(Scored { score, row }));
            if self.kept.len() > self.top {
                self.kept.pop();
            }
        }
    }

    /// Best first.
    pub(super) fn into_list(self) -> Vec<(u32, f32)> {
        // Sorted in ascending order of `Reverse`, so the best comes first.
        self.kept.into_sorted_vec().into_iter().map(|it| (it.0.row, it.0.score)).collect()
    }
}

/// Greater is better: a larger score, or the same score earlier.
impl Ord for Scored {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.row.cmp(&self.row))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Scored {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Scored {}
