//! Names on the map: of regions, of places in them, of films; as many as there is room for.

use web_sys::CanvasRenderingContext2d as Context;

use super::palette::Palette;
use crate::map::{Point, Room, Viewport, apart};

/// What a name is of: it decides how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Region,
    Place,
    Pick,
    Film,
}

/// A name and where it belongs, in units of the layout.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) at: Point,
    pub(super) sort: Sort,
}

/// From its point to the name of a film beside it, in pixels.
const BESIDE: f32 = 9.0;
/// A canvas of fewer pixels is a phone's.
const NARROW: f32 = 480.0;
/// Around a name nothing else is set.
const AIR: f32 = 3.0;

/// Sets those of `names`, the most important first, that lie on the screen and not over another.
pub(super) fn paint(context: &Context, palette: &Palette, viewport: &Viewport, names: &[Name]) {
    context.set_text_baseline("middle");
    context.set_line_join("round");
    let set: Vec<(&Name, Room)> = names
        .iter()
        .filter(|it| viewport.shows(it.at))
        .map(|it| (it, room(context, palette, viewport, it)))
        .collect();
    let is_whole = |room: &Room| {
        room.left >= 0.0
            && room.top >= 0.0
            && room.left + room.width <= viewport.width()
            && room.top + room.height <= viewport.height()
    };
    let set: Vec<_> = set.into_iter().filter(|it| is_whole(&it.1)).collect();
    let rooms: Vec<Room> = set.iter().map(|it| it.1).collect();
    for (name, room) in apart(&rooms).into_iter().map(|at| &set[at]) {
        context.set_font(&font(palette, viewport, name.sort));
        let (x, y) = (f64::from(room.left + AIR), f64::from(room.top + room.height / 2.0));
        context.set_stroke_style_str(&palette.surface);
        context.set_line_width(3.5);
        // A browser that cannot write leaves the map without names; the table has them all.
        let _ = context.stroke_text(&name.text, x, y);
        let colour = if name.sort == Sort::Place { &palette.ink_2 } else { &palette.ink };
        context.set_fill_style_str(colour);
        let _ = context.fill_text(&name.text, x, y);
    }
}

fn room(context: &Context, palette: &Palette, viewport: &Viewport, name: &Name) -> Room {
    context.set_font(&font(palette, viewport, name.sort));
    let measured = context.measure_text(&name.text).map_or(0.0, |it| it.width()) as f32;
    let (width, height) = (measured + 2.0 * AIR, size(viewport, name.sort) + 2.0 * AIR);
    let at = viewport.to_screen(name.at);
    let left = match name.sort {
        Sort::Region | Sort::Place => at.x - width / 2.0,
        Sort::Pick | Sort::Film => at.x + BESIDE,
    };
    Room { left, top: at.y - height / 2.0, width, height }
}

/// In pixels; on a phone a little less, so that more names find room.
fn size(viewport: &Viewport, sort: Sort) -> f32 {
    let usual = match sort {
        Sort::Region => 13.5,
        Sort::Place | Sort::Pick => 12.5,
        Sort::Film => 11.5,
    };
    if viewport.width() < NARROW { usual - 1.5 } else { usual }
}

fn font(palette: &Palette, viewport: &Viewport, sort: Sort) -> String {
    let (style, family) = match sort {
        Sort::Region => ("600", &palette.serif),
        Sort::Place => ("italic", &palette.serif),
        Sort::Pick => ("600", &palette.sans),
        Sort::Film => ("400", &palette.sans),
    };
    format!("{style} {}px {family}", size(viewport, sort))
}
