//! Ranks that change step by step, one line each, on a logarithmic scale with the best on top.

use crate::order::best_first;

/// The room of the drawing, in the units of its view box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

/// One line and where its name stands at its right end.
#[derive(Clone, Debug, PartialEq)]
pub struct RankLine {
    /// For an SVG path.
    pub path: String,
    /// Where the line ends.
    pub end_y: f32,
    /// Near its end, and far enough from the other names.
    pub name_y: f32,
}

/// Lines of ranks, and a scale to read them by.
#[derive(Clone, Debug, PartialEq)]
pub struct RankLines {
    pub lines: Vec<RankLine>,
    /// Powers of ten, and where they stand.
    pub ticks: Vec<(usize, f32)>,
    /// Where each step stands.
    pub steps: Vec<f32>,
}

/// Draws each of `series`, one rank a step, all of one length, in `room`; names stand at least
/// `name_gap` apart.
pub fn rank_lines(series: &[Vec<usize>], room: Room, name_gap: f32) -> RankLines {
    let n_steps = series.iter().map(Vec::len).max().unwrap_or(0);
    let worst = series.iter().flatten().copied().max().unwrap_or(1).max(20);
    let y = |rank: usize| {
        let share = (rank.max(1) as f32).ln() / (worst as f32).ln();
        room.top + share * (room.bottom - room.top)
    };
    let x = |step: usize| {
        let share = step as f32 / n_steps.saturating_sub(1).max(1) as f32;
        room.left + share * (room.right - room.left)
    };
    let ends: Vec<f32> = series.iter().map(|ranks| y(*ranks.last().unwrap_or(&1))).collect();
    let names = spread(&ends, name_gap);
    let path = |ranks: &Vec<usize>| {
        let points = ranks.iter().enumerate().map(|(step, &rank)| (step, x(step), y(rank)));
        points
            .map(|(step, x, y)| format!("{}{x:.1} {y:.1}", if step == 0 { "M" } else { "L" }))
            .collect()
    };
    RankLines {
        lines: (series.iter().map(path).zip(ends).zip(names))
            .map(|((path, end_y), name_y)| RankLine { path, end_y, name_y })
            .collect(),
        ticks: std::iter::successors(Some(1_usize), |tick| tick.checked_mul(10))
            .take_while(|&tick| tick <= worst)
            .map(|tick| (tick, y(tick)))
            .collect(),
        steps: (0..n_steps).map(x).collect(),
    }
}

/// Places near `wanted`, at least `gap` apart, in the same order from the top; equal ones keep
/// theirs. Whoever does not fit is moved down, and all are moved back up by half of the most.
fn spread(wanted: &[f32], gap: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    best_first(&mut order, |&at| -wanted[at]);
    let mut placed = wanted.to_vec();
    for pair in order.windows(2) {
        placed[pair[1]] = placed[pair[1]].max(placed[pair[0]] + gap);
    }
    // From the bottom up, so that a crowd at the end does not run out of the room.
    let lowest = wanted.iter().copied().fold(f32::NEG_INFINITY, f32::max) + gap;
    let mut bar = lowest;
    for &at in order.iter().rev() {
        placed[at] = placed[at].min(bar);
        bar = placed[at] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { left: 10.0, right: 110.0, top: 0.0, bottom: 90.0 };

    #[test]
    fn the_best_rank_is_on_top_and_each_tenfold_is_as_far() {
        let drawn = rank_lines(&[vec![1, 10, 1000], vec![1, 1, 100]], ROOM, 5.0);
        assert_eq!(drawn.lines[0].path, "M10.0 0.0L60.0 30.0L110.0 90.0");
        assert_eq!(drawn.lines[1].path, "M10.0 0.0L60.0 0.0L110.0 60.0");
        assert_eq!(drawn.steps, [10.0, 60.0, 110.0]);
        let ticks: Vec<usize> = drawn.ticks.iter().map(|tick| tick.0).collect();
        assert_eq!(ticks, [1, 10, 100, 1000]);
        assert!((drawn.ticks[2].1 - 60.0).abs() < 1e-3);
    }

    #[test]
    fn small_ranks_are_not_blown_up_to_a_large_fall() {
        let drawn = rank_lines(&[vec![1, 2]], ROOM, 5.0);
        assert!(drawn.lines[0].end_y < 30.0, "second place is near the top: {drawn:?}");
    }

    #[test]
    fn names_keep_apart_and_in_order() {
        for wanted in [vec![0.0, 0.0, 0.0], vec![90.0, 90.0, 89.0, 1.0], vec![5.0, 80.0, 7.0]] {
            let got = spread(&wanted, 11.0);
            let mut order: Vec<usize> = (0..wanted.len()).collect();
            order.sort_by(|&a, &b| got[a].total_cmp(&got[b]));
            for pair in order.windows(2) {
                assert!(got[pair[1]] - got[pair[0]] >= 10.99, "{wanted:?} gave {got:?}");
                assert!(wanted[pair[0]] <= wanted[pair[1]], "{wanted:?} gave {got:?}");
            }
        }
        assert_eq!(spread(&[3.0, 40.0], 11.0), [3.0, 40.0], "who has room stays");
    }

    #[test]
    fn nothing_draws_nothing() {
        assert_eq!(rank_lines(&[], ROOM, 5.0).lines, []);
    }
}
