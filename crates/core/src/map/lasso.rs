//! What lies inside a line drawn by hand. `geo` would be a dependency for ten lines.

use super::Point;

/// Whether `point` lies inside `polygon`, whose last corner is joined to its first.
///
/// Where the line crosses itself, what it goes round twice is outside. Fewer than three corners
/// hold nothing.
pub fn contains(polygon: &[Point], point: Point) -> bool {
    let Some(&last) = polygon.last() else { return false };
    let mut is_inside = false;
    let mut from = last;
    for &to in polygon {
        // A ray to the right crosses the side: half-open, so that a corner counts once.
        let spans = (from.y > point.y) != (to.y > point.y);
        if spans {
            let x = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x);
            is_inside ^= point.x < x;
        }
        from = to;
    }
    is_inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(polygon: &[(f32, f32)], inside: &[(f32, f32)], outside: &[(f32, f32)]) {
        let point = |&(x, y): &(f32, f32)| Point { x, y };
        let polygon: Vec<Point> = polygon.iter().map(point).collect();
        inside.iter().for_each(|it| assert!(contains(&polygon, point(it)), "{it:?} is inside"));
        outside.iter().for_each(|it| assert!(!contains(&polygon, point(it)), "{it:?} is outside"));
    }

    #[test]
    fn a_bay_is_outside() {
        let horseshoe = [
            (0.0, 0.0),
            (9.0, 0.0),
            (9.0, 9.0),
            (6.0, 9.0),
            (6.0, 3.0),
            (3.0, 3.0),
            (3.0, 9.0),
            (0.0, 9.0),
        ];
        check(
            &horseshoe,
            &[(1.0, 8.0), (8.0, 8.0), (4.5, 1.0)],
            &[(4.5, 8.0), (10.0, 1.0), (-1.0, 3.0)],
        );
    }

    #[test]
    fn what_is_gone_round_twice_is_outside() {
        let bow = [(0.0, 0.0), (8.0, 8.0), (8.0, 0.0), (0.0, 8.0)];
        check(&bow, &[(1.0, 4.0), (7.0, 4.0)], &[(4.0, 1.0), (4.0, 7.0)]);
    }

    #[test]
    fn a_line_holds_nothing() {
        check(&[(0.0, 0.0), (9.0, 9.0)], &[], &[(4.0, 4.0), (4.0, 5.0)]);
        check(&[(0.0, 0.0)], &[], &[(0.0, 0.0)]);
        check(&[], &[], &[(0.0, 0.0)]);
    }
}
