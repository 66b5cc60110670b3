//! The hidden state as a picture: a ridge a film, as high as what is left of it after each later one.

use super::words;
use crate::catalog::Catalogue;
use crate::families::gru4rec::Shown;
use crate::features::inspect::words as shared;
use crate::history::History;
use crate::ui::figure::pen::{Type, fit, linear, mark, title};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::percent;

/// Above the first base line, for its ridge and the labels of the steps.
const TOP: f64 = 56.0;
/// Behind the newest film, for the shares.
const RIGHT: f64 = 46.0;
const MARK: f64 = 9.0;
/// More films than this are drawn closer.
const FEW: usize = 8;

/// How the picture is laid out.
struct Room {
    /// The first film that is followed, of those that were read.
    first: usize,
    left: f64,
    /// From one film to the next.
    across: f64,
    row: f64,
    /// A share of 1.
    tall: f64,
}

impl Room {
    fn x(&self, film: usize) -> f64 {
        self.left + self.across * (film - self.first) as f64
    }

    fn y(&self, film: usize) -> f64 {
        TOP + self.row * (film - self.first) as f64
    }
}

/// The state after the film at `step`, at `width` pixels; `None` where nothing is followed.
pub(super) fn draw(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
    step: usize,
    width: f64,
) -> Option<Drawn> {
    let films = picks.as_slice();
    let oldest = shown.traces.first()?;
    let first = oldest.at;
    let last = films.len().checked_sub(1)?;
    let is_wide = width >= WIDE;
    let n_rows = last - first + 1;
    let row = match (n_rows > FEW, is_wide) {
        (false, _) => 56.0,
        (true, true) => 34.0,
        (true, false) => 30.0,
    };
    let left = if is_wide { 176.0 } else { 112.0 };
    let across = (width - left - RIGHT) / (n_rows.max(2) - 1) as f64;
    let tall = if n_rows > FEW { 46.0 } else { 52.0 };
    let room = Room { first, left, across, row, tall };
    let mut shapes: Vec<Shape> = shown
        .traces
        .iter()
        .map(|it| ridge(&room, it.at, &it.left, step, films, catalogue))
        .collect();
    let bottom = room.y(last);
    let at = step.max(first);
    let now = if step == last { shared::NOW.to_owned() } else { shared::after(step + 1) };
    shapes.push(
        Shape::path(format!("M{} 8V{}", n1(room.x(at)), n1(bottom + 8.0)))
            .key("now")
            .class("axis glides")
            .with("stroke-dasharray", "2 3"),
    );
    shapes.push(Shape::text(room.x(at), bottom + 24.0, now).key("now-name").class("s c m glides"));
    let mut table = Table::new("trace in the state");
    for trace in &shown.traces {
        let row = table.row();
        row.int("pick", trace.at + 1).film(catalogue, *films.get(trace.at)?);
        for (later, left) in trace.left.iter().enumerate() {
            row.real(&format!("after {}", trace.at + later + 1), *left);
        }
    }
    let said = shown.said.get(step).and_then(|it| it.top.first());
    Some(Drawn {
        claim: words::claim(&title(catalogue, *films.get(oldest.at)?), oldest, at - oldest.at),
        say: words::say(
            (step < last).then(|| title(catalogue, films[step])),
            said.map(|it| title(catalogue, it.item)),
        ),
        picture: Picture { height: bottom + 32.0, shapes },
        table,
    })
}

/// What is left of the film at `at`, from it to the step and, paler, beyond.
fn ridge(
    room: &Room,
    at: usize,
    left: &[f32],
    step: usize,
    films: &[crate::catalog::ItemRow],
    catalogue: &Catalogue,
) -> Shape {
    let (x, y) = (room.x(at), room.y(at));
    let name = title(catalogue, films[at]);
    let (is_here, is_later) = (at == step, at > step);
    let height = linear((0.0, 1.0), (0.0, room.tall));
    let point = |later: usize| {
        let share = f64::from(left[later]);
        format!("{} {}", n1(room.x(at + later)), n1(y - height(share)))
    };
    let area = |to: usize| {
        let points: Vec<String> = (0..=to).map(point).collect();
        format!("M{} {}L{}L{} {}Z", n1(x), n1(y), points.join("L"), n1(room.x(at + to)), n1(y))
    };
    let n = left.len() - 1;
    let seen = step.saturating_sub(at).min(n);
    let end = room.x(at + n);
    let mut inside = vec![Shape::line(x, y, end, y).class("rule")];
    if n > 0 {
        inside.push(Shape::path(area(n)).key("all").class("beyond"));
    }
    if seen > 0 && !is_later {
        inside.push(Shape::path(area(seen)).key("area").class("kind-area"));
    }
    let stem = format!("M{} {}L{}", n1(x), n1(y), point(0));
    inside.push(Shape::path(stem).class(if is_later { "axis" } else { "kind-line stem" }));
    let emphasis = match (is_here, is_later) {
        (true, _) => "b",
        (_, true) => "f",
        _ => "m",
    };
    let mark_x = x - MARK - 5.0;
    inside.push(mark(catalogue, films[at], MARK).at(mark_x, y - 8.0).class(if is_later {
        "mark is-faint"
    } else {
        "mark"
    }));
    let shown = fit(&name, mark_x - MARK - 6.0, Type::Small, is_here);
    inside.push(
        Shape::text(mark_x - MARK - 4.0, y - 4.0, shown).class(format!("s e halo {emphasis}")),
    );
    if !is_later {
        let share = left[seen];
        let high = height(f64::from(share));
        inside.push(
            Shape::circle(room.x(at + seen), y - high, 3.0).key("dot").class("kind-fill glides"),
        );
        let lift = if is_here { high - 4.0 } else { (high - 4.0).max(1.0) };
        inside.push(
            Shape::text(room.x(at + seen) + 7.0, y - lift, percent(share))
                .key("share")
                .class(format!("xs halo glides {}", if is_here { "b" } else { "m" })),
        );
    }
    let top = y - room.row * 0.7;
    let label = shared::after_film(&name);
    inside.push(Shape::button(0.0, top, end + RIGHT, room.row, at, &label).key("act"));
    Shape::group(inside).class("ridge").key(at)
}
