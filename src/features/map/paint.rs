//! Draws one frame: dots, picks, rings, the lasso, names. Reads no signal and decides nothing.

use std::f64::consts::TAU;

use web_sys::CanvasRenderingContext2d as Context;

use super::labels::{self, Name};
use super::palette::Palette;
use crate::catalog::ItemRow;
use crate::families::Kind;
use crate::map::{FilmMap, Point, Viewport, dot_radius};

/// What is to be seen.
pub(super) struct Scene<'a> {
    pub(super) map: &'a FilmMap,
    pub(super) viewport: Viewport,
    /// Every film, the best known first.
    pub(super) by_fame: &'a [ItemRow],
    /// By row; the films of a lasso or a region stand out of the others.
    pub(super) chosen: Option<&'a [bool]>,
    /// Oldest first.
    pub(super) picks: &'a [ItemRow],
    pub(super) lists: &'a [(Kind, Vec<ItemRow>)],
    /// The most important first.
    pub(super) names: &'a [Name],
    pub(super) pointed: Option<ItemRow>,
    pub(super) selected: Option<ItemRow>,
    /// In units of the layout.
    pub(super) lasso: &'a [Point],
    pub(super) is_aiming: bool,
}

/// Between the rings of two lists that hold the same film, in pixels.
const RING_STEP: f64 = 3.5;
const FIRST_RING: f64 = 6.0;
const PICK_RADIUS: f64 = 4.5;

/// Draws `scene`; gives the number of dots.
pub(super) fn paint(context: &Context, palette: &Palette, scene: &Scene<'_>) -> usize {
    let viewport = &scene.viewport;
    let (width, height) = (f64::from(viewport.width()), f64::from(viewport.height()));
    context.set_fill_style_str(&palette.surface);
    context.fill_rect(0.0, 0.0, width, height);
    let n_dots = if let Some(chosen) = scene.chosen {
        let far = dots(context, &palette.far_dot, scene, |row| !chosen[row]);
        far + dots(context, &palette.ink_2, scene, |row| chosen[row])
    } else {
        dots(context, &palette.dot, scene, |_| true)
    };
    path_of_picks(context, palette, scene);
    labels::paint(context, palette, viewport, scene.names);
    rings(context, palette, scene);
    picks(context, palette, scene);
    lasso(context, palette, scene);
    for (item, colour) in [(scene.selected, &palette.ink), (scene.pointed, &palette.focus)] {
        if let Some(at) = item.and_then(|it| place(scene, it)) {
            context.set_stroke_style_str(colour);
            context.set_line_width(2.0);
            circle(context, at, FIRST_RING + 4.0);
            context.stroke();
        }
    }
    if scene.is_aiming {
        cross(context, palette, viewport.middle());
    }
    n_dots
}

/// One colour at a time, so that the canvas is told it once. The best known go on top.
fn dots(
    context: &Context,
    colour: &str,
    scene: &Scene<'_>,
    is_meant: impl Fn(usize) -> bool,
) -> usize {
    context.set_fill_style_str(colour);
    let (viewport, points) = (&scene.viewport, scene.map.points());
    let is_round = dot_radius(0, viewport.scale()) > 3.0;
    let mut n_dots = 0;
    for (fame, item) in scene.by_fame.iter().enumerate().rev() {
        let point = points[item.index()];
        if !is_meant(item.index()) || !viewport.shows(point) {
            continue;
        }
        n_dots += 1;
        let at = viewport.to_screen(point);
        let radius = f64::from(dot_radius(fame, viewport.scale()));
        if is_round {
            circle(context, at, radius);
            context.fill();
        } else {
            // So small that nobody tells it from a circle, and much quicker.
            let (x, y) = (f64::from(at.x) - radius, f64::from(at.y) - radius);
            context.fill_rect(x, y, 2.0 * radius, 2.0 * radius);
        }
    }
    n_dots
}

fn path_of_picks(context: &Context, palette: &Palette, scene: &Scene<'_>) {
    context.set_stroke_style_str(&palette.ink);
    context.set_line_width(1.0);
    let places = scene.picks.iter().filter_map(|it| place(scene, *it));
    line(context, places);
    context.stroke();
}

fn picks(context: &Context, palette: &Palette, scene: &Scene<'_>) {
    for at in scene.picks.iter().filter_map(|it| place(scene, *it)) {
        context.set_fill_style_str(&palette.surface);
        circle(context, at, PICK_RADIUS + 1.5);
        context.fill();
        context.set_fill_style_str(&palette.ink);
        circle(context, at, PICK_RADIUS);
        context.fill();
    }
}

/// Every list's films in the colour of its kind; a film of several has a ring of each.
fn rings(context: &Context, palette: &Palette, scene: &Scene<'_>) {
    context.set_line_width(2.0);
    for (at, (kind, items)) in scene.lists.iter().enumerate() {
        context.set_stroke_style_str(palette.kind(*kind));
        for item in items {
            let before = scene.lists[..at].iter().filter(|it| it.1.contains(item)).count();
            if let Some(place) = place(scene, *item) {
                circle(context, place, FIRST_RING + RING_STEP * before as f64);
                context.stroke();
            }
        }
    }
}

fn lasso(context: &Context, palette: &Palette, scene: &Scene<'_>) {
    if scene.lasso.is_empty() {
        return;
    }
    context.set_stroke_style_str(&palette.focus);
    context.set_line_width(1.5);
    line(context, scene.lasso.iter().map(|it| scene.viewport.to_screen(*it)));
    context.close_path();
    context.stroke();
}

/// Where the keys aim.
fn cross(context: &Context, palette: &Palette, middle: Point) {
    const ARM: f32 = 9.0;
    context.set_stroke_style_str(&palette.focus);
    context.set_line_width(1.0);
    let Point { x, y } = middle;
    line(context, [Point { x: x - ARM, y }, Point { x: x + ARM, y }].into_iter());
    context.stroke();
    line(context, [Point { x, y: y - ARM }, Point { x, y: y + ARM }].into_iter());
    context.stroke();
}

fn place(scene: &Scene<'_>, item: ItemRow) -> Option<Point> {
    scene.map.point(item).map(|point| scene.viewport.to_screen(point))
}

fn line(context: &Context, places: impl Iterator<Item = Point>) {
    context.begin_path();
    for at in places {
        context.line_to(f64::from(at.x), f64::from(at.y));
    }
}

fn circle(context: &Context, at: Point, radius: f64) {
    context.begin_path();
    // Only a negative radius is refused.
    let _ = context.arc(f64::from(at.x), f64::from(at.y), radius, 0.0, TAU);
}
