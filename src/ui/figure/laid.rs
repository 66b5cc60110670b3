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
    picture.shapes.iter().for_each(|it| check_turned(it, (0.0, 0.0), width));
}

/// That turned words do not end beyond the picture either.
#[track_caller]
fn check_turned(shape: &Shape, from: (f64, f64), width: f64) {
    let at = moved(shape, from);
    if let (Some(words), Some(turn)) = (&shape.text, turn(shape)) {
        let (size, height, is_bold, anchor) = written(shape);
        let long = pen::width(words, size, is_bold);
        let (down, along) = turn.to_radians().sin_cos();
        for share in anchor.ends() {
            // The upper edge of the letters.
            let (x, y) = (at.0 + share * long * along, at.1 + share * long * down - height * along);
            assert!(y >= 0.0 && x >= -0.5 && x <= width + 0.5, "{width}: {words} ends at {x}, {y}");
        }
    }
    shape.inside.iter().for_each(|it| check_turned(it, at, width));
}

/// By how many degrees a shape is turned.
fn turn(shape: &Shape) -> Option<f64> {
    let (_, turn) = attribute(shape, "transform")?.split_once("rotate(")?;
    turn.trim_end_matches(')').parse().ok()
}

/// Which part of words stands at their place.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Where words begin and end, in their own length from their place.
    fn ends(self) -> [f64; 2] {
        match self {
            Self::Start => [0.0, 1.0],
            Self::Middle => [-0.5, 0.5],
            Self::End => [-1.0, 0.0],
        }
    }
}

/// How the words of a shape are written: type, height in pixels, whether bold, and anchor.
fn written(shape: &Shape) -> (Type, f64, bool, Anchor) {
    let classes: Vec<&str> = attribute(shape, "class").unwrap_or_default().split(' ').collect();
    let has = |name| classes.contains(&name);
    let (size, height) = match () {
        () if has("xs") => (Type::Tick, 11.0),
        () if has("s") => (Type::Small, 12.0),
        () => (Type::Label, 13.0),
    };
    let anchor = match () {
        () if has("e") => Anchor::End,
        () if has("c") => Anchor::Middle,
        () => Anchor::Start,
    };
    (size, height, has("b"), anchor)
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
    if let Some(words) = shape.text.as_ref().filter(|_| turn(shape).is_none()) {
        let (size, height, is_bold, anchor) = written(shape);
        // Estimates of widths are generous.
        let wide = pen::width(words, size, is_bold);
        let left = at.0 + anchor.ends()[0] * wide;
        let words = words.clone();
        found.push(Words { words, left, right: left + wide, baseline: at.1, height });
    }
    shape.inside.iter().for_each(|it| gather(it, at, found));
}
