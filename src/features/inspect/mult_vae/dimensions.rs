//! The strongest dimensions as a picture: the reader's narrow bell in everybody's wide one, between the films at their ends.

use super::figure::Room;
use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::mult_vae::{Dimension, Ends, FARTHEST, Shift, Shown};
use crate::features::inspect::tables::titles;
use crate::ui::figure::pen::{Type, fit, linear, title};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::table::Table;

const ROW: f64 = 30.0;
/// How high the bells are.
const HIGH: f64 = 21.0;
const PRIOR: f64 = 7.0;
/// From a bell's end to the words beside it.
const ASIDE: f64 = 10.0;
/// The room of the arrow that says where a dimension leads on the plane.
const ARROW: f64 = 18.0;
/// Points of a bell to either side, and how far they reach, in its deviations.
const N_POINTS: i32 = 14;
const REACH: f64 = 3.5;

/// The dimensions that have films at their ends, below `from`, and where they end.
pub(super) fn shapes(
    shown: &Shown,
    shift: &Shift,
    catalogue: &Catalogue,
    from: f64,
    room: &Room,
) -> (Vec<Shape>, f64) {
    let all = dimensions(shown);
    let wide = if room.is_wide { 220.0 } else { 104.0 };
    let left = (room.width - wide) / 2.0 - ARROW / 2.0;
    // All of them where they are pushed, and the prior.
    let place = |it: &Dimension| it.mean + shift.of(it.number);
    let far =
        all.iter().map(|(it, _)| place(it).abs() + 4.0 * it.deviation).fold(FARTHEST, f32::max);
    let far = f64::from(far);
    let x = linear((-far, far), (left, left + wide));
    let top = from + 38.0;
    let heading = words::dimensions(all.len(), shown.dimensions.len(), room.is_wide);
    let heading = fit(&heading, room.width, Type::Small, false);
    let mut shapes = vec![Shape::text(0.0, top - 12.0, heading).class("s f").key("dimensions")];
    for (row, (it, ends)) in all.iter().enumerate() {
        let bell = |mean: f64, deviation: f64, high: f64| {
            let point = |at: i32| {
                let away = REACH * f64::from(at) / f64::from(N_POINTS);
                let value = (mean + away * deviation).clamp(-far, far);
                format!("L{} {}", n1(x(value)), n1(-high * (-away * away / 2.0).exp()))
            };
            let points: String = (-N_POINTS..=N_POINTS).map(point).collect();
            let ends = [-REACH, REACH].map(|it| n1(x((mean + it * deviation).clamp(-far, far))));
            Shape::path(format!("M{} 0{points}L{} 0Z", ends[0], ends[1]))
        };
        let leads = match it.number {
            number if number == shown.plane.right => words::RIGHTWARDS,
            number if number == shown.plane.up => words::UPWARDS,
            _ => "",
        };
        let faint = if leads.is_empty() { 0.5 } else { 1.0 };
        let mut inside = vec![
            bell(0.0, 1.0, PRIOR).class("beyond").key("prior"),
            bell(f64::from(place(it)), f64::from(it.deviation), HIGH)
                .class("bell kind-fill")
                .with("fill-opacity", faint)
                .key("bell"),
            Shape::line(left, 0.0, left + wide, 0.0).class("rule").key("axis"),
        ];
        if !leads.is_empty() {
            inside.push(
                Shape::text(left + wide + ARROW / 2.0 + 2.0, 1.0, leads)
                    .class("s b k c")
                    .key("leads"),
            );
        }
        let side = |films: &[ItemRow], space: f64| {
            let n = if room.is_wide { 2 } else { 1 };
            let titles: Vec<String> =
                films.iter().take(n).map(|it| title(catalogue, *it)).collect();
            fit(&titles.join(", "), space, Type::Tick, false)
        };
        let right = left + wide + ARROW + 4.0;
        inside.extend([
            Shape::text(left - ASIDE, 1.0, side(&ends.low, left - ASIDE))
                .class("xs e m")
                .key("low"),
            Shape::text(right, 1.0, side(&ends.high, room.width - right)).class("xs m").key("high"),
        ]);
        let y = top + HIGH + ROW * row as f64;
        shapes.push(
            Shape::group(inside)
                .at(0.0, y)
                .class("dimension")
                .with("data-dimension", it.number)
                .with("data-pushed", shift.of(it.number))
                .key(format!("z{}", it.number)),
        );
    }
    (shapes, top + HIGH + ROW * all.len().saturating_sub(1) as f64 + 10.0)
}

/// Those with films at their ends, the one that holds most first.
fn dimensions(shown: &Shown) -> Vec<(Dimension, &Ends)> {
    let found =
        |ends| Some((shown.dimension(ends)?, shown.ends.iter().find(|it| it.dimension == ends)?));
    shown.ends.iter().filter_map(|it| found(it.dimension)).collect()
}

pub(super) fn rows(table: &mut Table, shown: &Shown, shift: &Shift, catalogue: &Catalogue) {
    for (it, ends) in dimensions(shown) {
        table
            .row()
            .int("dimension", it.number as usize + 1)
            .real("mean", it.mean)
            .real("deviation", it.deviation)
            .real("bits", it.bits)
            .real("pushed", shift.of(it.number))
            .text("low", titles(catalogue, &ends.low))
            .text("high", titles(catalogue, &ends.high));
    }
}
