//! What is dragged in a picture, by pointer and by touch.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

use super::{Drag, NARROWEST, WIDEST};

/// What the pointer takes hold of, and the value of what every pointer does.
const HELD: &str = "data-drag";
const BY_ALL: &str = "hold";

/// The pointer that holds something, if any.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    drag: Option<Drag>,
    width: RwSignal<f64>,
    holding: StoredValue<Option<i32>>,
}

impl Hand {
    /// Over a picture that is drawn for `width`; idle without a `drag`.
    pub(super) fn new(drag: Option<Drag>, width: RwSignal<f64>) -> Self {
        Self { drag, width, holding: StoredValue::new(None) }
    }

    pub(super) fn take(self, event: &PointerEvent) {
        let how = self.drag.and(held(event)).and_then(|it| it.get_attribute(HELD));
        let is_mouse = event.pointer_type() == "mouse" && event.button() == 0;
        if how.is_some_and(|it| it == BY_ALL || is_mouse) {
            self.holding.set_value(Some(event.pointer_id()));
            if let Some(picture) = picture(event) {
                // Where it cannot be captured it is followed within the picture.
                let _ = picture.set_pointer_capture(event.pointer_id());
            }
        }
    }

    pub(super) fn follow(self, event: &PointerEvent) {
        if self.holding.get_value() == Some(event.pointer_id()) {
            self.go(event);
        }
    }

    pub(super) fn leave(self, event: &PointerEvent) {
        if self.holding.get_value() == Some(event.pointer_id()) {
            self.holding.set_value(None);
        }
    }

    /// What is tapped on without being held is gone to.
    pub(super) fn tap(self, event: &MouseEvent) {
        if held(event).is_some() {
            self.go(event);
        }
    }

    pub(super) fn press(self, key: &str) -> bool {
        self.drag.is_some_and(|drag| drag.press.run((key.to_owned(),)))
    }

    fn go(self, event: &MouseEvent) {
        let (Some(drag), Some(picture)) = (self.drag, picture(event)) else { return };
        let from = picture.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let width = self.width.get_untracked().clamp(NARROWEST, WIDEST);
        drag.to.run((x - from.left(), y - from.top(), width));
    }
}

fn picture(event: &web_sys::Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// What may be held at the event's place.
fn held(event: &web_sys::Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{HELD}]")).ok().flatten()
}
