//! Switches with words on them, in lines.

use crate::ui::figure::pen::{Type, fit, width};
use crate::ui::figure::shape::Shape;

/// How high a line is: what is hit, which is more than what is seen.
pub(super) const LINE: f64 = 34.0;
const HIGH: f64 = 26.0;
/// Left and right of the words.
const PAD: f64 = 10.0;
const GAP: f64 = 6.0;

/// A switch.
pub(super) struct Chip {
    pub(super) label: String,
    /// What the figure hears.
    pub(super) what: String,
    pub(super) is_on: bool,
}

/// `chips` in lines no wider than `room`, and how high they are.
pub(super) fn lined(chips: Vec<Chip>, room: f64) -> (Vec<Shape>, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let mut shapes = Vec::new();
    for chip in chips {
        let shown = fit(&chip.label, room - 2.0 * PAD, Type::Small, false);
        let wide = width(&shown, Type::Small, false) + 2.0 * PAD;
        if x > 0.0 && x + wide > room {
            (x, y) = (0.0, y + LINE);
        }
        shapes.push(switch(&chip, shown, wide).at(x, y));
        x += wide + GAP;
    }
    (shapes, y + LINE)
}

fn switch(chip: &Chip, shown: String, wide: f64) -> Shape {
    let (class, words) = if chip.is_on { ("chip", "s c") } else { ("chip is-off", "s c f struck") };
    let inside = vec![
        Shape::rect(0.0, (LINE - HIGH) / 2.0, wide, HIGH).class(class).with("rx", HIGH / 2.0),
        Shape::text(wide / 2.0, LINE / 2.0 + 4.0, shown).class(words),
        Shape::button(0.0, 0.0, wide, LINE, &chip.what, &chip.label).is_on(chip.is_on).key("act"),
    ];
    Shape::group(inside).class("glides").key(&chip.what)
}
