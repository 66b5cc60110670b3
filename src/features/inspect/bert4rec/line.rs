//! The history that is read, as a line of marks with a blank in it.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::ui::figure::WIDE;
use crate::ui::figure::pen::{Type, fit, mark, title, width as wide};
use crate::ui::figure::shape::Shape;

/// The middle of the history's marks.
pub(super) const LINE: f64 = 52.0;
/// Names are over their marks where there is so much room.
const FOR_NAMES: f64 = 76.0;

/// How the history is laid out: the places that are shown, the one after the last film among them.
pub(super) struct Line {
    pub(super) first: usize,
    pub(super) n: usize,
    left: f64,
    across: f64,
    pub(super) radius: f64,
}

impl Line {
    pub(super) fn new(n_films: usize, blank: usize, width: f64) -> Self {
        let (most, radius) = if width >= WIDE { (14, 15.0) } else { (9, 11.0) };
        let n_places = n_films + 1;
        let n = n_places.min(most);
        let first = blank.saturating_sub(n / 2).min(n_places - n);
        let edge: f64 = if n_places > n { 40.0 } else { radius + 4.0 };
        let across = ((width - 2.0 * edge) / (n.max(2) - 1) as f64).min(120.0);
        let left = (width - across * (n - 1) as f64) / 2.0;
        Self { first, n, left, across, radius }
    }

    pub(super) fn x(&self, place: usize) -> f64 {
        self.left + self.across * place.saturating_sub(self.first) as f64
    }

    fn places(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.n
    }
}

/// The films that are read, in order, and the place that is filled in.
pub(super) fn history(
    line: &Line,
    films: &[ItemRow],
    blank: usize,
    catalogue: &Catalogue,
    width: f64,
) -> Vec<Shape> {
    let last = line.first + line.n - 1;
    let mut shapes =
        vec![Shape::line(line.x(line.first), LINE, line.x(last), LINE).class("rule").key("line")];
    let hidden =
        [(line.first, 0.0, "xs m"), (films.len().saturating_sub(last + 1), width, "xs e m")];
    for (n, x, class) in hidden.into_iter().filter(|it| it.0 > 0) {
        shapes.push(
            Shape::text(x, LINE + 4.0, format!("+{n}")).class(class).key(format!("hidden {x}")),
        );
    }
    let has_names = line.across >= FOR_NAMES;
    for place in line.places() {
        let x = line.x(place);
        let film = films.get(place).copied();
        let name = film.map_or_else(|| words::NEXT.to_owned(), |it| title(catalogue, it));
        let r = line.radius;
        let shape = match film {
            Some(film) if place != blank => mark(catalogue, film, r),
            _ => {
                let room = Shape::rect(-r, -r, 2.0 * r, 2.0 * r)
                    .with("rx", 5)
                    .with("stroke-dasharray", "4 3")
                    .class(if place == blank { "blank" } else { "blank is-faint" });
                let asked = (place == blank).then(|| Shape::text(0.0, 5.0, "?").class("b c k"));
                Shape::group([room].into_iter().chain(asked).collect())
            }
        };
        let kind = if place == blank || film.is_none() { "place" } else { "mark" };
        shapes.push(shape.at(x, LINE).class(kind).key(format!("{kind} {place}")));
        if has_names {
            let emphasis = if place == blank { "b k" } else { "m" };
            // At either end a name leans inwards.
            let half = line.across / 2.0 - 3.0;
            let (at, room, anchor) = match () {
                () if x < half => (0.0, x + half, ""),
                () if width - x < half => (width, width - x + half, "e "),
                () => (x, 2.0 * half, "c "),
            };
            let shown = fit(&name, room, Type::Tick, place == blank);
            shapes.push(
                Shape::text(at, 20.0, shown)
                    .class(format!("xs {anchor}{emphasis}"))
                    .key(format!("name {place}")),
            );
        } else if place == blank {
            let shown = fit(&name, width, Type::Label, true);
            let half = wide(&shown, Type::Label, true) / 2.0;
            let x = x.clamp(half, (width - half).max(half));
            shapes.push(Shape::text(x, 20.0, shown).class("b c k").key("name"));
        }
    }
    shapes
}

/// Areas over the history: a film is masked, the place after the last masks nothing.
pub(super) fn buttons(
    line: &Line,
    films: &[ItemRow],
    blank: usize,
    catalogue: &Catalogue,
) -> Vec<Shape> {
    let wide = (2.0 * line.radius + 6.0).min(line.across);
    let button = |place: usize| {
        let name = match films.get(place) {
            Some(&film) => words::mask_button(&title(catalogue, film), place == blank),
            None => words::MASK_NOTHING.to_owned(),
        };
        Shape::button(line.x(place) - wide / 2.0, LINE - 24.0, wide, 48.0, place, &name)
            .is_on(place == blank)
            .key(format!("act {place}"))
    };
    line.places().map(button).collect()
}
