//! Of tests: where the words of a picture stand, by the widths that a picture is laid out with.

use super::Picture;
use super::pen::{self, Type};
use super::shape::Shape;

/// Words and their box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    pub(crate) words: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) baseline: f64,
    height: f64,
}

impl Words {
    fn meets(&self, other: &Self) -> bool {
        let is_beside = self.right <= other.left + 0.5 || other.right <= self.left + 0.5;
        let (above, below) =
            if self.baseline < other.baseline { (self, other) } else { (other, self) };
        !is_beside && below.baseline - above.baseline < below.height * 0.8
    }
}

/// All words of a picture, in the order in which they are drawn; without those that are turned.
pub(crate) fn words(picture: &Picture) -> Vec<Words> {
    let mut found = Vec::new();
    picture.shapes.iter().for_each(|it| gather(it, (0.0, 0.0), &mut found));
    found
}

/// That nothing stands beyond `width` and no words on others.
#[track_caller]
pub(crate) fn check(picture: &Picture, width: f64) {
    let all = words(picture);
    for (at, one) in all.iter().enumerate() {
        assert!(one.left >= -0.5 && one.right <= width + 0.5, "{width}: beyond it: {one:?}");
        assert!(one.baseline <= picture.height, "{width}: below the picture: {one:?}");
        for other in &all[at + 1..] {
            assert!(!one.meets(other), "{width}: {one:?} is on {other:?}");
        }
    }
    picture.shapes.iter().for_each(|it| check_buttons(it, (0.0, 0.0), width));
}

#[track_caller]
fn check_buttons(shape: &Shape, from: (f64, f64), width: f64) {
    let at = moved(shape, from);
    if attribute(shape, "data-act").is_some() {
        let number = |name| attribute(shape, name).and_then(|it| it.parse().ok()).unwrap_or(0.0);
        let (x, w): (f64, f64) = (number("x") + at.0, number("width"));
        let h: f64 = number("height");
        assert!(x >= -0.5 && x + w <= width + 0.5, "{width}: {shape:?}");
        assert!(h >= 33.9, "too low to be hit: {shape:?}");
    }
    shape.inside.iter().for_each(|it| check_buttons(it, at, width));
}

fn attribute<'a>(shape: &'a Shape, name: &str) -> Option<&'a str> {
    shape.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}

fn moved(shape: &Shape, from: (f64, f64)) -> (f64, f64) {
    let by = attribute(shape, "transform").and_then(|it| {
        let (x, y) = it.strip_prefix("translate(")?.split_once(')')?.0.split_once(' ')?;
        Some((x.parse::<f64>().ok()?, y.parse::<f64>().ok()?))
    });
    by.map_or(from, |(x, y)| (from.0 + x, from.1 + y))
}

fn gather(shape: &Shape, from: (f64, f64), found: &mut Vec<Words>) {
    let at = moved(shape, from);
    // What is turned takes another room.
    let is_turned = attribute(shape, "transform").is_some_and(|it| it.contains("rotate"));
    if let Some(words) = shape.text.as_ref().filter(|_| !is_turned) {
        let classes: Vec<&str> = attribute(shape, "class").unwrap_or_default().split(' ').collect();
        let (size, height) = match () {
            () if classes.contains(&"xs") => (Type::Tick, 11.0),
            () if classes.contains(&"s") => (Type::Small, 12.0),
            () => (Type::Label, 13.0),
        };
        // Estimates of widths are generous.
        let wide = pen::width(words, size, classes.contains(&"b"));
        let left = match () {
            () if classes.contains(&"e") => at.0 - wide,
            () if classes.contains(&"c") => at.0 - wide / 2.0,
            () => at.0,
        };
        let words = words.clone();
        found.push(Words { words, left, right: left + wide, baseline: at.1, height });
    }
    shape.inside.iter().for_each(|it| gather(it, at, found));
}
