//! Numbers to lengths, positions and arcs. Knows nothing of films or models.

mod curves;
mod ranks;

pub use curves::{Curves, curves};
pub use ranks::{RankLine, RankLines, Room, rank_lines};

/// The length of a bar for `value`, in percent of the room, where `largest` fills it.
///
/// Negative and unknown values have no length; a value that is there always shows.
pub fn bar_percent(value: f32, largest: f32) -> f32 {
    const SHORTEST: f32 = 1.0;
    if value.is_nan() || largest.is_nan() || value <= 0.0 || largest <= 0.0 {
        return 0.0;
    }
    (100.0 * (value / largest).min(1.0)).max(SHORTEST)
}

/// A bar that grows from a middle line, left for negative values and right for positive ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it starts, in percent of the room from the left.
    pub start_percent: f32,
    pub length_percent: f32,
}

/// The bars of `values` around a common zero, so that the largest of them, either way, reaches
/// its edge. All bars have no length if there is nothing but zero.
pub fn diverging_bars(values: &[f32]) -> Vec<Bar> {
    let largest = values.iter().fold(0.0_f32, |reach, value| reach.max(value.abs()));
    let bar = |&value: &f32| {
        let length_percent = bar_percent(value.abs(), largest) / 2.0;
        let start_percent = if value < 0.0 { 50.0 - length_percent } else { 50.0 };
        Bar { start_percent, length_percent }
    };
    values.iter().map(bar).collect()
}

/// One arc of a ring as numbers for an SVG circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// Length of the visible dash along the circle.
    pub dash: f32,
    /// The rest of the circle, left empty.
    pub gap: f32,
    /// `stroke-dashoffset`: negative, so that the arc starts that far along.
    pub offset: f32,
}

/// A circle of `radius` cut into `n` equal arcs with `gap` between neighbours, from the start of
/// the circle onwards. A single arc is the whole circle.
pub fn ring(n: usize, radius: f32, gap: f32) -> Vec<Arc> {
    let around = std::f32::consts::TAU * radius;
    if n == 1 {
        return vec![Arc { dash: around, gap: 0.0, offset: 0.0 }];
    }
    let share = around / n as f32;
    let dash = (share - gap).max(share / 2.0);
    (0..n).map(|at| Arc { dash, gap: around - dash, offset: -(share * at as f32) }).collect()
}

/// One row of [`links`], in its own units.
const ROW: f32 = 10.0;

/// Curves between two lists whose rows are equally high: each from the middle of a row on the left
/// to the middle of one on the right, 1 the top row. The path of an SVG of [`links_view_box`].
pub fn links(rows: &[(usize, usize)]) -> String {
    let middle = |row: usize| (row as f32 - 0.5) * ROW;
    let curve = |&(left, right): &(usize, usize)| {
        let (from, to) = (middle(left), middle(right));
        format!("M0 {from}C5 {from} 5 {to} 10 {to}")
    };
    rows.iter().map(curve).collect()
}

/// The view box of [`links`] between lists of `n_rows`; stretch it over the room between them.
pub fn links_view_box(n_rows: usize) -> String {
    format!("0 0 10 {}", n_rows as f32 * ROW)
}

/// Where `rank` stands on a line from 1 to `last`, in percent, with room for a dot at both ends.
pub fn rank_percent(rank: usize, last: usize) -> f32 {
    const ROOM: f32 = 2.0;
    let share = rank.saturating_sub(1) as f32 / last.saturating_sub(1).max(1) as f32;
    ROOM + share.min(1.0) * (100.0 - 2.0 * ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_join_the_middles_of_rows() {
        assert_eq!(links(&[(1, 3)]), "M0 5C5 5 5 25 10 25");
        assert_eq!(links(&[]), "");
        assert_eq!(links_view_box(11), "0 0 10 110");
    }

    #[test]
    fn ranks_stand_between_the_ends_of_their_line() {
        assert_eq!([1, 26, 51].map(|rank| rank_percent(rank, 51)), [2.0, 50.0, 98.0]);
        assert_eq!(rank_percent(90, 51), 98.0);
        assert_eq!(rank_percent(1, 1), 2.0);
    }

    #[test]
    fn the_largest_value_fills_the_room() {
        assert_eq!(bar_percent(3.0, 3.0), 100.0);
        assert_eq!(bar_percent(1.5, 3.0), 50.0);
        assert_eq!(bar_percent(9.0, 3.0), 100.0);
    }

    #[test]
    fn a_small_value_still_shows_and_nothing_does_not() {
        assert_eq!(bar_percent(1e-9, 3.0), 1.0);
        for (value, largest) in
            [(0.0, 3.0), (-1.0, 3.0), (1.0, 0.0), (f32::NAN, 1.0), (1.0, f32::NAN)]
        {
            assert_eq!(bar_percent(value, largest), 0.0);
        }
    }

    #[test]
    fn diverging_bars_meet_in_the_middle() {
        let bars = diverging_bars(&[2.0, -1.0, 0.0]);
        assert_eq!(bars[0], Bar { start_percent: 50.0, length_percent: 50.0 });
        assert_eq!(bars[1], Bar { start_percent: 25.0, length_percent: 25.0 });
        assert_eq!(bars[2].length_percent, 0.0);
        assert!(diverging_bars(&[0.0, 0.0]).iter().all(|bar| bar.length_percent == 0.0));
        assert_eq!(diverging_bars(&[]), []);
    }

    #[test]
    fn arcs_share_the_ring() {
        let arcs = ring(4, 10.0, 2.0);
        let around = std::f32::consts::TAU * 10.0;
        assert_eq!(arcs.len(), 4);
        for (at, arc) in arcs.iter().enumerate() {
            assert!((arc.dash + arc.gap - around).abs() < 1e-3, "a dash and its gap go round once");
            assert!((arc.offset + around / 4.0 * at as f32).abs() < 1e-3);
            assert!((arc.dash + 2.0 - around / 4.0).abs() < 1e-3);
        }
    }

    #[test]
    fn one_arc_is_the_whole_ring_and_many_still_show() {
        assert_eq!(ring(1, 10.0, 2.0)[0].gap, 0.0);
        assert_eq!(ring(0, 10.0, 2.0), []);
        assert!(ring(200, 10.0, 2.0).iter().all(|arc| arc.dash > 0.0));
    }
}
