//! The search through all rows: the best seen so far, and the score a further row has to beat.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// The `top` rows of `rows` with the largest dot product with `query`, as (row, score), best
/// first; equal scores keep row order. A row's score is its exact integer dot product as f32,
/// times its `scale` if there is one, which must stay finite.
///
/// `rows` has shape `[n, query.len()]`.
pub fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    /// Scored together: nearly all of them are turned away by one look.
    const ROWS: usize = 64;
    if query.is_empty() {
        return Vec::new();
    }
    let mut best = Best::new(top);
    let mut scores = [0.0; ROWS];
    for (first_row, rows) in (0..).step_by(ROWS).zip(rows.chunks(ROWS * query.len())) {
        let scores = &mut scores[..rows.len() / query.len()];
        glassrec_loops::int8_dots(rows, query, scores);
        if let Some(scale) = scale {
            let scale = scale.get(first_row..).unwrap_or_default();
            let scale = scale.iter().chain(std::iter::repeat(&0.0));
            scores.iter_mut().zip(scale).for_each(|(score, scale)| *score *= scale);
        }
        if glassrec_loops::is_any_above(scores, best.threshold()) {
            (first_row as u32..).zip(&*scores).for_each(|(row, &score)| best.offer(row, score));
        }
    }
    best.into_list()
}

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
