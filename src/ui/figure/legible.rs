//! Where the words of a picture are, for tests of how it is laid out.

use super::Picture;
use super::pen::{Type, width};
use super::shape::Shape;

/// Words and the room that they take, in pixels.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) words: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) base: f64,
    high: f64,
}

fn attribute<'a>(shape: &'a Shape, name: &str) -> Option<&'a str> {
    shape.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}

/// Where a shape is moved to, and whether it is turned as well.
fn moved(shape: &Shape) -> ((f64, f64), bool) {
    let Some(transform) = attribute(shape, "transform") else { return ((0.0, 0.0), false) };
    let place = transform.strip_prefix("translate(").and_then(|it| it.split_once(')'));
    let place = place.and_then(|it| it.0.split_once(' '));
    let place = place.map_or((0.0, 0.0), |it| (it.0.parse().unwrap(), it.1.parse().unwrap()));
    (place, transform.contains("rotate"))
}

/// The labels of `picture`; those that are turned are left out.
pub(crate) fn labels(picture: &Picture) -> Vec<Label> {
    fn add(shapes: &[Shape], (x, y): (f64, f64), labels: &mut Vec<Label>) {
        for shape in shapes {
            let ((dx, dy), is_turned) = moved(shape);
            let (x, y) = (x + dx, y + dy);
            add(&shape.inside, (x, y), labels);
            let Some(words) = shape.text.clone().filter(|_| !is_turned) else { continue };
            let classes = attribute(shape, "class").unwrap_or_default();
            let has = |class: &str| classes.split(' ').any(|it| it == class);
            let (size, high) = match () {
                () if has("xs") => (Type::Tick, 8.0),
                () if has("s") => (Type::Small, 9.0),
                () => (Type::Label, 10.0),
            };
            let wide = width(&words, size, has("b"));
            let left = match () {
                () if has("e") => x - wide,
                () if has("c") => x - wide / 2.0,
                () => x,
            };
            labels.push(Label { words, left, right: left + wide, base: y, high });
        }
    }
    let mut labels_of = Vec::new();
    add(&picture.shapes, (0.0, 0.0), &mut labels_of);
    labels_of
}

/// That no words are beyond the picture or on other words.
#[track_caller]
pub(crate) fn assert_legible(picture: &Picture, wide: f64) {
    let all = labels(picture);
    for (at, it) in all.iter().enumerate() {
        let is_inside = it.left >= -0.5 && it.right <= wide + 0.5;
        let is_high = it.base >= it.high && it.base <= picture.height;
        assert!(is_inside && is_high, "{it:?} is out of {wide} × {}", picture.height);
        for other in &all[at + 1..] {
            let is_beside = it.right <= other.left || other.right <= it.left;
            let is_above = it.base <= other.base - other.high || other.base <= it.base - it.high;
            assert!(is_beside || is_above, "{wide}: {it:?} is on {other:?}");
        }
    }
}
