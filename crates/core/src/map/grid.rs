//! Films by the square they lie in, so that the nearest to a point is found among a few.
//! `rstar` and `kiddo` keep trees; for some thousand points that stay where they are, squares do.

use super::{Point, SIDE};
use crate::catalog::ItemRow;

const N_SQUARES: usize = 64;
const SQUARE: f32 = SIDE / N_SQUARES as f32;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    // Invariant: the films of square s are rows[start[s]..start[s + 1]].
    start: Vec<usize>,
    rows: Vec<u32>,
}

impl Grid {
    pub(super) fn new(points: &[Point]) -> Self {
        let mut order: Vec<(usize, u32)> =
            points.iter().zip(0..).map(|(it, row)| (square_of(*it), row)).collect();
        order.sort_unstable();
        let starts_at = |square| order.partition_point(|it| it.0 < square);
        let start = (0..=N_SQUARES * N_SQUARES).map(starts_at).collect();
        Self { start, rows: order.into_iter().map(|it| it.1).collect() }
    }

    /// The film nearest to `point` within `radius`; of films at one place the first.
    pub(super) fn nearest(&self, points: &[Point], point: Point, radius: f32) -> Option<ItemRow> {
        let columns = step(point.x - radius)..=step(point.x + radius);
        let squares = (step(point.y - radius)..=step(point.y + radius))
            .flat_map(|line| columns.clone().map(move |column| line * N_SQUARES + column));
        squares
            .flat_map(|it| &self.rows[self.start[it]..self.start[it + 1]])
            .map(|&row| (points[row as usize].square_to(point), row))
            .filter(|it| it.0 <= radius * radius)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|it| ItemRow(it.1))
    }
}

fn square_of(point: Point) -> usize {
    step(point.y) * N_SQUARES + step(point.x)
}

/// The square along one axis; what lies outside counts to the nearest.
fn step(at: f32) -> usize {
    // A cast of a float to an integer stays within the integer's range.
    ((at / SQUARE) as usize).min(N_SQUARES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Films all over the map, in no order; the same each time.
    fn scattered() -> Vec<Point> {
        let mut state = 12_345_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 20) as f32
        };
        (0..3_000).map(|_| Point { x: next(), y: next() }).collect()
    }

    #[test]
    fn the_nearest_film_is_the_one_that_a_look_at_all_of_them_finds() {
        let points = scattered();
        let grid = Grid::new(&points);
        for (x, y, radius) in [(0.0, 0.0, 90.0), (2048.0, 1000.0, 300.0), (4095.0, 63.9, 5000.0)] {
            let point = Point { x, y };
            let nearest = (0..)
                .zip(&points)
                .min_by(|a, b| a.1.square_to(point).total_cmp(&b.1.square_to(point)));
            let (row, at) = nearest.unwrap();
            let is_near = at.square_to(point) <= radius * radius;
            assert_eq!(grid.nearest(&points, point, radius), is_near.then_some(ItemRow(row)));
        }
    }

    #[test]
    fn nothing_is_near_where_nothing_lies() {
        let points = vec![Point { x: 100.0, y: 100.0 }; 2];
        let grid = Grid::new(&points);
        let at = |x, y, radius| grid.nearest(&points, Point { x, y }, radius);
        assert_eq!(at(103.0, 104.0, 4.9), None);
        assert_eq!(at(103.0, 104.0, 5.0), Some(ItemRow(0)), "the first of two at one place");
        assert_eq!(at(-9e9, f32::NAN, 1.0), None);
        assert_eq!(Grid::new(&[]).nearest(&[], Point::default(), 1e9), None);
    }
}
