//! The films nearest to one film by each modality, as a picture: a column a modality.

use super::figure::Room;
use super::words;
use crate::catalog::Catalogue;
use crate::families::multimodal::{Modality, Near};
use crate::ui::figure::pen::{self, Type, fit, title, wrap};
use crate::ui::figure::shape::Shape;

const LINE: f64 = 17.0;
/// Films in a column.
const MOST: usize = 5;
/// Between columns.
const GUTTER: f64 = 14.0;

/// From `top` on, and where it ends.
pub(super) fn shapes(of: &Near, catalogue: &Catalogue, top: f64, room: &Room) -> (Vec<Shape>, f64) {
    let n_columns = if room.is_wide { 4 } else { 2 };
    let wide = (room.width + GUTTER) / n_columns as f64 - GUTTER;
    let high = LINE * (MOST as f64 + 1.0) + 16.0;
    let heading = words::nearest(&title(catalogue, of.item), room.is_wide);
    let heading = fit(&heading, room.width, Type::Small, false);
    let mut shapes = vec![Shape::text(0.0, top, heading).class("s f").key("nearest")];
    for modality in Modality::ALL {
        let (row, column) = (modality as usize / n_columns, modality as usize % n_columns);
        let at = (column as f64 * (wide + GUTTER), top + 22.0 + row as f64 * high);
        shapes.push(column_of(of, modality, wide, catalogue).at(at.0, at.1));
    }
    let n_rows = Modality::ALL.len().div_ceil(n_columns) as f64;
    (shapes, top + 22.0 + n_rows * high - 16.0 - LINE + 6.0)
}

fn column_of(of: &Near, modality: Modality, wide: f64, catalogue: &Catalogue) -> Shape {
    let mut inside = vec![Shape::text(0.0, 0.0, words::by(modality)).class("s b").key("by")];
    let line = |at: usize| LINE * (at as f64 + 1.0);
    match &of.by_modality[modality as usize] {
        None => {
            let lines = wrap(words::lacks(modality), wide, Type::Tick, false, 2);
            inside.extend(lines.into_iter().enumerate().map(|(at, words)| {
                Shape::text(0.0, line(at), words).class("xs f").key(format!("lacks{at}"))
            }));
        }
        Some(films) => {
            for (at, it) in films.iter().take(MOST).enumerate() {
                let cosine = format!("{:.2}", it.cosine);
                let space = wide - pen::width(&cosine, Type::Tick, false) - 6.0;
                let name = fit(&title(catalogue, it.item), space, Type::Tick, false);
                let name = Shape::text(0.0, 0.0, name).class("xs").key("title");
                let cosine = Shape::text(wide, 0.0, cosine).class("xs e f").key("cosine");
                let film = Shape::group(vec![name, cosine]).at(0.0, line(at));
                inside
                    .push(film.class("near").with("data-row", it.item.0).key(format!("near{at}")));
            }
        }
    }
    Shape::group(inside).class("nearest-by").key(format!("by{}", modality as usize))
}
