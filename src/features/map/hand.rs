//! What fingers, mouse and wheel do to the map.

use leptos::prelude::*;
use web_sys::{HtmlCanvasElement, MouseEvent, PointerEvent, WheelEvent};

use super::look::Look;
use crate::map::Point;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;

/// A press that moved less than this is a click, in pixels.
const STILL: f32 = 4.0;
/// How near a mouse or a finger has to come to a dot, in pixels.
const NEAR: f32 = 9.0;
const NEAR_FINGER: f32 = 18.0;
/// One notch of a wheel is some 100 pixels.
const WHEEL_STEP: f32 = 0.0022;

/// The fingers on the map, or the pressed mouse.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    down: StoredValue<Vec<(i32, Point)>>,
    /// How far it went since it came down, at most.
    moved: StoredValue<f32>,
}

impl Hand {
    pub(super) fn new() -> Self {
        Self { down: StoredValue::default(), moved: StoredValue::new(0.0) }
    }

    pub(super) fn press(self, look: Look, canvas: &HtmlCanvasElement, event: &PointerEvent) {
        // Without it, a drag that leaves the map is cut short; nothing else is lost.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        look.is_aiming.set(false);
        if self.down.with_value(Vec::is_empty) {
            self.moved.set_value(0.0);
        }
        self.down.update_value(|down| down.push((event.pointer_id(), place(event))));
        if look.is_lassoing.get_untracked() {
            look.line.set(vec![look.viewport.get_untracked().to_map(place(event))]);
        }
    }

    pub(super) fn go(self, look: Look, event: &PointerEvent) {
        let to = place(event);
        let down = self.down.get_value();
        let Some(&(_, from)) = down.iter().find(|it| it.0 == event.pointer_id()) else {
            if event.pointer_type() != "touch" {
                look.is_aiming.set(false);
                look.point_at(look.film_at(to, NEAR));
            }
            return;
        };
        let step = from.square_to(to).sqrt();
        self.moved.update_value(|moved| *moved += step);
        if look.is_lassoing.get_untracked() {
            look.line.update(|line| line.push(look.viewport.get_untracked().to_map(to)));
        } else if let Some(&(_, other)) = down.iter().find(|it| it.0 != event.pointer_id()) {
            let (before, after) = (other.square_to(from).sqrt(), other.square_to(to).sqrt());
            let middle = Point { x: (other.x + to.x) / 2.0, y: (other.y + to.y) / 2.0 };
            look.zoom_by(after.max(1.0) / before.max(1.0), middle);
        } else if self.moved.get_value() >= STILL {
            look.point_at(None);
            look.look_at(look.viewport.get_untracked().panned(to.x - from.x, to.y - from.y));
        }
        self.down.update_value(|down| {
            down.iter_mut().filter(|it| it.0 == event.pointer_id()).for_each(|it| it.1 = to);
        });
    }

    pub(super) fn lift(self, shell: Shell, look: Look, event: &PointerEvent) {
        let n_down = self.down.with_value(Vec::len);
        self.down.update_value(|down| down.retain(|it| it.0 != event.pointer_id()));
        if look.is_lassoing.get_untracked() {
            look.close_line();
        } else if n_down == 1 && self.moved.get_value() < STILL {
            let radius = if event.pointer_type() == "touch" { NEAR_FINGER } else { NEAR };
            match look.film_at(place(event), radius) {
                Some(item) => shell.get::<Chosen>().focus_on(Some(item)),
                None => shell.get::<Chosen>().focus_on(None),
            }
        }
    }

    /// The browser took the gesture over.
    pub(super) fn give_up(self, look: Look) {
        self.down.set_value(Vec::new());
        look.give_up_line();
    }
}

/// Adds the film that is clicked twice.
pub(super) fn add(shell: Shell, look: Look, event: &MouseEvent) {
    let place = Point { x: event.offset_x() as f32, y: event.offset_y() as f32 };
    if let Some(item) = look.film_at(place, NEAR) {
        shell.reader.pick(item);
    }
}

/// Zooms where the wheel turns, once the reader has taken hold of the map or with Ctrl, which is
/// also what a pinch on a touchpad says. Else, and as close or far as it goes, the page scrolls on.
pub(super) fn turn(look: Look, event: &WheelEvent) {
    let in_focus = document().active_element().map(web_sys::EventTarget::from);
    if !event.ctrl_key() && event.current_target() != in_focus {
        return;
    }
    let pixels = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 33.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    } * event.delta_y() as f32;
    let at = Point { x: event.offset_x() as f32, y: event.offset_y() as f32 };
    if look.zoom_by((-pixels * WHEEL_STEP).exp(), at) {
        event.prevent_default();
    }
}

fn place(event: &PointerEvent) -> Point {
    Point { x: event.offset_x() as f32, y: event.offset_y() as f32 }
}
