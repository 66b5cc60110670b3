//! The switches of the picture: a column a modality, over the parts that it gives to scores.

use super::figure::{POPULARITY, Room, TEN, TOP};
use super::words;
use crate::families::multimodal::{Modality, Shown};
use crate::ui::figure::shape::Shape;

/// Of the switches: where names end, which are turned, the numbers, and the knobs.
const NAME: f64 = 64.0;
pub(super) const CHANGE: f64 = 79.0;
const KNOB: f64 = 93.0;

pub(super) fn shapes(shown: &Shown, room: &Room) -> Vec<Shape> {
    let switches = Modality::ALL.map(|it| switch(it, shown, room));
    switches.into_iter().chain([start(shown, room)]).collect()
}

/// A modality's column: its name, how many films of the list by all change without it, and the area to act on.
fn switch(modality: Modality, shown: &Shown, room: &Room) -> Shape {
    let at = modality as usize;
    let (is_on, is_last) = (shown.switches.is_on(modality), shown.switches.is_last(modality));
    let wide = room.cell - 2.0;
    let n = shown.before.len().min(TEN);
    let n_changed = n.saturating_sub(shown.n_kept[at]);
    let class = if is_on { "s b" } else { "s f struck" };
    let lane = Shape::rect(-wide / 2.0, 0.0, wide, room.cut()).with("rx", 4);
    let mut inside = vec![lane.class(if is_on { "lane" } else { "lane is-off" }).key("lane")];
    inside.push(turned(words::modality(modality), class).key("name"));
    let change = Shape::text(0.0, CHANGE, n_changed.to_string()).class("s c m");
    inside.push(change.key("change"));
    inside.push(knob(is_on).at(0.0, KNOB).key("knob"));
    let button = Shape::button(
        -wide / 2.0,
        0.0,
        wide,
        TOP - 4.0,
        format!("switch{at}"),
        &words::switch(modality, n_changed),
    );
    let button = button.is_on(is_on).key("act");
    inside.push(if is_last { button.with("aria-disabled", true) } else { button });
    Shape::group(inside).at(room.column(at), 0.0).class("modality").key(format!("modality{at}"))
}

/// Over a column.
fn turned(words: &str, class: &str) -> Shape {
    let transform = format!("translate(4 {NAME}) rotate(52)");
    let text = Shape { text: Some(words.to_owned()), ..Shape::new("text") };
    text.with("transform", transform).class(format!("{class} e"))
}

fn knob(is_on: bool) -> Shape {
    Shape::group(vec![
        Shape::rect(-11.0, -6.0, 22.0, 12.0).with("rx", 6).class(if is_on {
            "kind-fill"
        } else {
            "track"
        }),
        Shape::circle(0.0, 0.0, 4.2).at(if is_on { 5.0 } else { -5.0 }, 0.0).class("thumb glides"),
    ])
}

fn start(shown: &Shown, room: &Room) -> Shape {
    let wide = room.cell - 2.0;
    let is_on = shown.switches.is_on(Modality::Behaviour);
    let lane = Shape::rect(-wide / 2.0, 0.0, wide, room.cut()).with("rx", 4);
    let class = if is_on { "s m" } else { "s f struck" };
    Shape::group(vec![
        lane.class(if is_on { "lane" } else { "lane is-off" }).key("lane"),
        turned(words::POPULARITY, class).key("name"),
    ])
    .at(room.column(POPULARITY), 0.0)
    .key("start")
}
