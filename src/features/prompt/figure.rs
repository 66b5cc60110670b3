//! A ranking as a picture: for each title a line from its log-probability without the history to that with it.

use super::state::Prompted;
use super::words::{self, figure as text};
use crate::catalog::{Catalogue, ItemRow};
use crate::figures;
use crate::language::Scored;
use crate::ui::figure::pen::{Type, fit, linear, mark, title, width as wide_of, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;

#[cfg(test)]
mod tests;

/// So many titles are drawn, the first of the ranking.
const N_DRAWN: usize = 20;
/// Over the first title: the history that the prompt names, and the names of the dots.
const TOP: f64 = 104.0;
/// For the gain behind a line.
const RIGHT: f64 = 52.0;
/// Further below the likeliest title than this, in nats, a few titles are written and not drawn.
const FAR: f32 = 20.0;

/// Numbers of the scale are at least as far from each other.
const APART: f64 = 34.0;

/// A title with its numbers.
struct Row {
    /// 0 the first.
    at: usize,
    item: ItemRow,
    with: f32,
    without: f32,
}

impl Row {
    fn gain(&self) -> f32 {
        self.with - self.without
    }
}

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    /// Where titles end and where lines do.
    left: f64,
    right: f64,
    row: f64,
    /// The least and the most that is drawn, in nats.
    low: f32,
    high: f32,
}

impl Room {
    fn of(rows: &[Row], width: f64) -> Self {
        let is_wide = width >= WIDE;
        let all = || rows.iter().flat_map(|it| [it.with, it.without]);
        let (least, most) = (all().fold(f32::MAX, f32::min), all().fold(f32::MIN, f32::max));
        let is_far = |it: &&Row| it.with.min(it.without) < most - FAR;
        let near = rows.iter().filter(|it| !is_far(it)).flat_map(|it| [it.with, it.without]);
        let are_few = rows.iter().filter(is_far).count() * 4 <= rows.len();
        let low = if are_few { near.fold(most, f32::min) } else { least };
        Self {
            is_wide,
            width,
            left: if is_wide { 216.0 } else { 124.0 },
            right: width - RIGHT,
            row: if is_wide { 28.0 } else { 34.0 },
            low: low.floor(),
            high: most.ceil().max(low.floor() + 1.0),
        }
    }

    fn x(&self, nats: f32) -> f64 {
        let domain = (f64::from(self.low), f64::from(self.high));
        linear(domain, (self.left + 12.0, self.right - 8.0))(nats.into())
    }

    fn is_far(&self, it: &Row) -> bool {
        it.with.min(it.without) < self.low
    }
}

/// `None` where nothing was ranked.
pub(super) fn draw(it: &Prompted, catalogue: &Catalogue, width: f64) -> Option<Drawn> {
    let row = |(at, scored): (usize, &Scored)| {
        let item = *it.candidates.get(scored.candidate)?;
        Some(Row { at, item, with: scored.with_history, without: scored.without_history })
    };
    let mut rows: Vec<Row> = it.scored.iter().enumerate().filter_map(row).collect();
    let first = title(catalogue, rows.first()?.item);
    let most = rows.iter().reduce(|most, it| if it.gain() > most.gain() { it } else { most })?;
    let claim = text::claim(&told(it, catalogue), &title(catalogue, most.item), most.gain());
    let most = most.at;
    let n_ranked = rows.len();
    // What the claim is about is drawn, wherever it stands.
    rows.retain(|it| it.at < N_DRAWN || it.at == most);
    let room = Room::of(&rows, width);
    let bottom = TOP + room.row * rows.len() as f64;
    let mut shapes = history(it, catalogue, &room);
    shapes.extend(scale(&room, bottom));
    shapes.extend(heads(&rows, &room));
    shapes.extend(rows.iter().enumerate().map(|(line, it)| {
        let y = TOP + room.row * (line as f64 + 0.5);
        drawn_row(it, it.at == most, catalogue, &room).at(0.0, y)
    }));
    if n_ranked > rows.len() {
        let more = text::more(n_ranked - rows.len());
        shapes.push(Shape::text(0.0, bottom + 36.0, more).class("xs f").key("more"));
    }
    let height = bottom + if n_ranked > rows.len() { 42.0 } else { 26.0 };
    Some(Drawn {
        claim,
        say: text::say(it.settings.calibration, &first),
        picture: Picture { height, shapes },
        table: table(it, catalogue),
    })
}

/// Whom the prompt told of.
fn told(it: &Prompted, catalogue: &Catalogue) -> text::Told {
    match it.n_told {
        None => text::Told::Own,
        Some(1) => {
            text::Told::One(it.films.first().map_or_else(String::new, |it| title(catalogue, *it)))
        }
        Some(n) => text::Told::Films(n),
    }
}

/// The films of the history; those that the prompt does not name are pale.
fn history(it: &Prompted, catalogue: &Catalogue, room: &Room) -> Vec<Shape> {
    let n_told = it.n_told.unwrap_or_default();
    let n = it.films.len();
    let told = text::names(it.n_told, n);
    let mut shapes = vec![Shape::text(0.0, 12.0, told).class("s f").key("told")];
    let across = (room.width / n.max(1) as f64).min(34.0);
    for (at, &film) in it.films.iter().enumerate() {
        let (x, name) = (across * (at as f64 + 0.5), title(catalogue, film));
        let class = if at < n_told { "mark" } else { "mark is-faint" };
        let inside = vec![
            mark(catalogue, film, 11.0).class(class),
            Shape::button(-across / 2.0, -17.0, across, 34.0, at, &text::up_to(&name)).key("act"),
        ];
        shapes.push(Shape::group(inside).at(x, 38.0).key(format!("film{at}")));
    }
    let from = across * n as f64 + 8.0;
    let names: Vec<String> = it.films[..n_told].iter().map(|&it| title(catalogue, it)).collect();
    let named = match names.as_slice() {
        [] => String::new(),
        [first, .., last] if names.len() > 3 => format!("{first} … {last}"),
        few => few.join(", "),
    };
    if room.width - from > 90.0 && !named.is_empty() {
        let named = fit(&named, room.width - from, Type::Small, false);
        shapes.push(Shape::text(from, 42.0, named).class("s m").key("names"));
    }
    shapes
}

/// Lines at round numbers of nats.
fn scale(room: &Room, bottom: f64) -> Vec<Shape> {
    let is_apart = |step: &f32| room.x(room.low + step) - room.x(room.low) >= APART;
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
    let step = steps.into_iter().find(is_apart).unwrap_or(100.0);
    let mut shapes = Vec::new();
    let mut at = (room.low / step).ceil() * step;
    while at <= room.high {
        let x = room.x(at);
        let key = figures::plain(at, 0);
        shapes.push(
            Shape::line(x, TOP - 4.0, x, bottom + 4.0).class("rule").key(format!("line{key}")),
        );
        shapes.push(Shape::text(x, bottom + 18.0, &key).class("xs c f").key(format!("tick{key}")));
        at += step;
    }
    let unit = if room.is_wide { text::LOG_PROBABILITY } else { text::NATS };
    shapes.push(Shape::text(0.0, bottom + 18.0, unit).class("xs f").key("unit"));
    shapes
}

/// What the dots are, over those of the first title that is drawn.
fn heads(rows: &[Row], room: &Room) -> Vec<Shape> {
    let gain = Shape::text(room.width, TOP - 10.0, text::GAIN).class("xs e f").key("gain");
    let Some(it) = rows.iter().find(|it| !room.is_far(it)) else { return vec![gain] };
    let names = if room.is_wide { text::DOTS_WIDE } else { text::DOTS };
    let mut dots = [(room.x(it.without), names[0], "xs f"), (room.x(it.with), names[1], "xs k")];
    dots.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [low, high] = dots;
    let wide = |words: &str| wide_of(words, Type::Tick, false);
    let right = (high.0 - 6.0).min(room.right - 6.0 - wide(high.1)).max(wide(low.1) + 10.0);
    let left = (low.0 + 6.0).min(right - 10.0);
    vec![
        Shape::text(left, TOP - 10.0, low.1).class(format!("{} e glides", low.2)).key(low.1),
        Shape::text(right, TOP - 10.0, high.1).class(format!("{} glides", high.2)).key(high.1),
        gain,
    ]
}

fn drawn_row(it: &Row, is_most: bool, catalogue: &Catalogue, room: &Room) -> Shape {
    let name = title(catalogue, it.item);
    let (mark_x, x) = if room.is_wide { (32.0, 48.0) } else { (8.0, 21.0) };
    let size = if room.is_wide { Type::Label } else { Type::Small };
    let n_lines = if room.is_wide { 1 } else { 2 };
    let lines = wrap(&name, room.left - x - 4.0, size, is_most, n_lines);
    let class = format!("{} {}", size.class(), if is_most { "b" } else { "" });
    let mut inside = vec![
        Shape::line(0.0, room.row / 2.0, room.width, room.row / 2.0).class("rule"),
        mark(catalogue, it.item, if room.is_wide { 9.0 } else { 7.5 })
            .at(mark_x, 0.0)
            .class("mark"),
    ];
    if room.is_wide {
        inside.push(Shape::text(16.0, 4.0, (it.at + 1).to_string()).class("xs e f").key("rank"));
    }
    let lift = (lines.len() as f64 - 1.0) / 2.0;
    for (at, line) in lines.into_iter().enumerate() {
        inside.push(Shape::text(x, 4.0 + 13.0 * (at as f64 - lift), line).class(class.trim()));
    }
    let (is_up, gain) = (it.gain() >= 0.0, figures::signed(it.gain(), 1));
    if room.is_far(it) {
        let far = text::far(it.without, it.with);
        inside.push(Shape::text(room.left + 12.0, 4.0, far).class("xs m halo").key("far"));
    } else {
        let (from, to) = (n1(room.x(it.without)), n1(room.x(it.with)));
        let class = if is_up { "kind-line span" } else { "down-line span" };
        inside.push(
            Shape::path(format!("M{from} 0H{to}")).class(format!("{class} glides")).key("span"),
        );
        inside.push(Shape::circle(from, 0.0, 4.0).class("without glides").key("without"));
        let class = if is_up { "kind-fill glides" } else { "down-fill glides" };
        inside.push(Shape::circle(to, 0.0, 5.0).class(class).key("with"));
    }
    let class =
        format!("s e {} {}", if is_up { "k" } else { "down" }, if is_most { "b" } else { "" });
    inside.push(Shape::text(room.width, 4.0, gain).class(class.trim_end()).key("gain"));
    Shape::group(inside)
        .class("title glides")
        .with("data-row", it.item.0)
        .key(format!("row{}", it.item.0))
}

fn table(it: &Prompted, catalogue: &Catalogue) -> Table {
    let mut table = Table::new(words::RANKING.to_lowercase());
    for (at, scored) in it.scored.iter().enumerate() {
        let Some(&film) = it.candidates.get(scored.candidate) else { continue };
        table
            .row()
            .int("rank", at + 1)
            .film(catalogue, film)
            .real("score", scored.score)
            .real("with", scored.with_history)
            .real("without", scored.without_history)
            .real("gain", scored.with_history - scored.without_history)
            .int("rank_before", scored.candidate + 1);
    }
    table
}
