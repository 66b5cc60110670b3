//! Words on several lines around a place.

use crate::ui::figure::shape::Shape;

/// From one line to the next, in pixels.
pub(super) const LINE: f64 = 14.0;

/// Lines of words around `y`.
pub(super) fn lined(lines: &[String], x: f64, y: f64, class: &str) -> Vec<Shape> {
    let first = y + 4.0 - LINE * (lines.len() as f64 - 1.0) / 2.0;
    let line = |(at, line): (usize, &String)| {
        Shape::text(x, first + LINE * at as f64, line.clone()).class(class.to_owned())
    };
    lines.iter().enumerate().map(line).collect()
}
