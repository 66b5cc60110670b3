//! Shapes on the screen: what changed of them is changed, and the rest stays as it is.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

use super::Picture;
use super::shape::{self, Shape};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A shape and the element that shows it.
struct Mounted {
    shape: Shape,
    element: Element,
    inside: Vec<Mounted>,
}

/// Keeps the `<svg>` in `room` as `picture` says.
pub(super) fn draw(room: NodeRef<Div>, picture: Memo<Option<Picture>>) {
    let mounted = StoredValue::new_local(None::<Vec<Mounted>>);
    Effect::new(move || {
        let Some(svg) = room.get().and_then(|it| it.first_element_child()) else { return };
        picture.with(|picture| {
            let Some(Picture { shapes, .. }) = picture else { return };
            // What was there before the program could draw.
            let old = mounted.try_update_value(Option::take).flatten().unwrap_or_else(|| {
                svg.set_inner_html("");
                Vec::new()
            });
            let now = brought(&svg, old, shapes);
            mounted.set_value(Some(now));
        });
    });
}

/// The markup of `picture`, for whoever draws without a screen.
pub(super) fn markup(picture: &Picture) -> String {
    shape::markup(&picture.shapes)
}

/// Brings what is inside `parent` to `wanted`.
fn brought(parent: &Element, old: Vec<Mounted>, wanted: &[Shape]) -> Vec<Mounted> {
    let mut old: Vec<Option<Mounted>> = old.into_iter().map(Some).collect();
    let found: Vec<_> = wanted.iter().enumerate().map(|it| taken(&mut old, it)).collect();
    // What goes is taken out first, so that what stays is not moved and keeps its focus.
    for gone in old.into_iter().flatten() {
        gone.element.remove();
    }
    let mut before: Option<Element> = None;
    let mut newest = None;
    let mut now = Vec::with_capacity(wanted.len());
    for (shape, found) in wanted.iter().zip(found) {
        let is_in_place = found.as_ref().is_some_and(|(at, _)| newest.is_none_or(|it| it < *at));
        let mounted = match found {
            Some((at, mounted)) => {
                newest = newest.max(Some(at));
                mounted.become_like(shape)
            }
            None => match Mounted::new(shape) {
                Some(mounted) => mounted,
                None => continue,
            },
        };
        if !is_in_place {
            let behind = match &before {
                Some(before) => before.next_sibling(),
                None => parent.first_child(),
            };
            let _ = parent.insert_before(&mounted.element, behind.as_ref());
        }
        before = Some(mounted.element.clone());
        now.push(mounted);
    }
    now
}

/// What shows `shape` already, with its place among the `old`: by its key, else by its place.
fn taken(old: &mut [Option<Mounted>], (at, shape): (usize, &Shape)) -> Option<(usize, Mounted)> {
    let is_it = |it: &Option<Mounted>| {
        it.as_ref().is_some_and(|it| it.shape.tag == shape.tag && it.shape.key == shape.key)
    };
    let here = old.get(at).is_some_and(is_it).then_some(at);
    let found = here.or_else(|| {
        shape.key.as_ref()?;
        old.iter().position(is_it)
    })?;
    Some((found, old[found].take()?))
}

impl Mounted {
    /// `None` where the browser knows no such element.
    fn new(shape: &Shape) -> Option<Self> {
        let element = document().create_element_ns(Some(SVG), shape.tag).ok()?;
        let bare = Self { shape: Shape::new(shape.tag), element, inside: Vec::new() };
        Some(bare.become_like(shape))
    }

    fn become_like(mut self, shape: &Shape) -> Self {
        for (name, value) in &shape.attributes {
            if !self.shape.attributes.iter().any(|it| it.0 == *name && it.1 == *value) {
                let _ = self.element.set_attribute(name, value);
            }
        }
        for (name, _) in &self.shape.attributes {
            if !shape.attributes.iter().any(|it| it.0 == *name) {
                let _ = self.element.remove_attribute(name);
            }
        }
        if self.shape.text != shape.text {
            self.element.set_text_content(shape.text.as_deref());
        }
        self.inside = brought(&self.element, std::mem::take(&mut self.inside), &shape.inside);
        self.shape = Shape { inside: Vec::new(), ..shape.clone() };
        self
    }
}

/// Keeps `width` as wide as `room`, in pixels.
pub(super) fn watch_width(room: NodeRef<Div>, width: RwSignal<f64>) {
    Effect::new(move || {
        let Some(room) = room.get() else { return };
        let measured = room.clone();
        let measure = move || {
            let now = f64::from(measured.client_width());
            // Nothing is drawn anew for a figure that is hidden.
            if now > 0.0 && now.to_bits() != width.get_untracked().to_bits() {
                width.set(now);
            }
        };
        measure();
        let changed = Closure::<dyn Fn()>::new(measure);
        let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
        observer.observe(&room);
        let watch = StoredValue::new_local(Some((observer, changed)));
        on_cleanup(move || {
            if let Some((observer, _)) = watch.try_update_value(Option::take).flatten() {
                observer.disconnect();
            }
        });
    });
}
