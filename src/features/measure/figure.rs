//! Models measured user after user: a line each, the interval of those that matter, and what they have come to.

use crate::measure::{Estimate, Measure};
use crate::ui::families::kind_class;
use crate::ui::figure::pen::{Type, apart, fit, linear, width as wide_of};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;

use super::state::{Line, Summary};
use super::words;

/// Lines begin here: what a handful of users says swings too far to be drawn.
const FIRST_USER: usize = 10;
/// From one name to the next, beside the lines and below them.
const NAME: f64 = 19.0;
const NAME_BELOW: f64 = 28.0;
const TOP: f64 = 12.0;
const FOOT: f64 = 34.0;

struct Room {
    is_wide: bool,
    width: f64,
    left: f64,
    right: f64,
    bottom: f64,
    n_users: usize,
    low: f64,
    high: f64,
}

impl Room {
    fn of(it: &Summary, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let (low, high) = reach(it);
        let ticks = [low, high].map(|at| wide_of(&words::value(it.measure, at), Type::Tick, false));
        let high_enough =
            if is_wide { f64::max(290.0, NAME * it.lines.len() as f64) } else { 210.0 };
        Self {
            is_wide,
            width,
            left: ticks[0].max(ticks[1]) + 8.0,
            right: width - if is_wide { 200.0 } else { 6.0 },
            bottom: TOP + high_enough,
            n_users: it.n_users.max(2),
            low,
            high,
        }
    }

    /// How high the names are that stand below the lines.
    fn below(&self, n_names: usize) -> f64 {
        if self.is_wide { 0.0 } else { NAME_BELOW * n_names.div_ceil(2) as f64 + 6.0 }
    }

    fn x(&self, n_users: usize) -> f64 {
        linear((1.0, self.n_users as f64), (self.left, self.right))(n_users as f64)
    }

    fn y(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        linear((self.low, self.high), (self.bottom, TOP))(value)
    }
}

/// What is drawn of a line.
fn drawn(line: &Line) -> &[Estimate] {
    let from = if line.points.len() > FIRST_USER { FIRST_USER - 1 } else { 0 };
    &line.points[from..]
}

/// The least and the most that is drawn; from 0 where that is not far.
fn reach(it: &Summary) -> (f64, f64) {
    let points = || it.lines.iter().flat_map(drawn).map(|it| it.value);
    let ends = it.lines.iter().filter_map(Line::last).filter_map(|it| it.interval);
    let low = points().chain(ends.clone().map(|it| it.0)).fold(f64::MAX, f64::min);
    let high = points().chain(ends.map(|it| it.1)).fold(f64::MIN, f64::max);
    let may_be_below = it.measure == Measure::PopularityLift;
    let low = if low < 0.5 * high && !may_be_below { 0.0 } else { low };
    let room = ((high - low) * 0.06).max(1e-4);
    let floor = if may_be_below { low - room } else { (low - room).max(0.0) };
    (floor, high + room)
}

/// At `width` pixels, with the model that is followed.
pub(super) fn draw(it: &Summary, followed: Option<&str>, width: f64) -> Drawn {
    let room = Room::of(it, width);
    let mut shapes = axes(it, &room);
    let followed = followed.filter(|name| it.lines.iter().any(|line| line.card.name == *name));
    let is_strong = |line: &Line| match followed {
        Some(name) => line.card.name == name,
        None => it.lines.len() <= 3 || it.is_in_claim(line.card),
    };
    let mut lines: Vec<&Line> = it.lines.iter().collect();
    lines.sort_by_key(|line| is_strong(line));
    // Bands over one another say nothing: one is filled, of the others there are the edges.
    let filled = followed.or_else(|| it.leader.as_ref().map(|it| it.first.name));
    shapes.extend(lines.iter().filter(|line| is_strong(line)).flat_map(|line| {
        let is_filled = filled == Some(line.card.name);
        band(line, is_filled, &room)
    }));
    shapes.extend(lines.iter().map(|line| path(line, is_strong(line), &room)));
    shapes.extend(names(it, &is_strong, &room));
    Drawn {
        claim: words::claim(it),
        say: words::say(it),
        picture: Picture { height: room.bottom + FOOT + room.below(it.lines.len()), shapes },
        table: table(it),
    }
}

fn axes(it: &Summary, room: &Room) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let step = step_of((room.high - room.low) / 4.0);
    let mut at = (room.low / step).ceil() * step;
    while at <= room.high {
        let y = room.y(at);
        let said = words::value(it.measure, at);
        let key = format!("{at:.6}");
        shapes
            .push(Shape::line(room.left, y, room.right, y).class("rule").key(format!("rule{key}")));
        let tick = Shape::text(room.left - 6.0, y + 4.0, said).class("xs e f");
        shapes.push(tick.key(format!("tick{key}")));
        at += step;
    }
    let y = room.bottom;
    shapes.push(Shape::line(room.left, y, room.right, y).class("axis").key("axis"));
    for n in ticks_of(room.n_users) {
        let tick = Shape::text(room.x(n), y + 15.0, n.to_string()).class("xs c f");
        shapes.push(tick.key(format!("users{n}")));
    }
    let name = Shape::text(room.left, y + 30.0, words::AXIS).class("xs f");
    shapes.push(name.key("users"));
    shapes
}

/// The nearest of 1, 2 and 5, times a power of ten.
fn step_of(wanted: f64) -> f64 {
    let power = 10.0_f64.powf(wanted.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|it| it * power >= wanted).unwrap_or(10.0);
    step * power
}

fn ticks_of(n_users: usize) -> Vec<usize> {
    let step = step_of(n_users as f64 / 4.0).max(1.0) as usize;
    std::iter::once(1).chain((1..).map(|it| it * step).take_while(|it| *it <= n_users)).collect()
}

/// The interval, narrower from user to user; nothing where there is none.
fn band(line: &Line, is_filled: bool, room: &Room) -> Option<Shape> {
    let of = |side: fn((f64, f64)) -> f64| {
        let at = move |it: &Estimate| Some((room.x(it.n_users), room.y(side(it.interval?))));
        drawn(line).iter().filter_map(at).collect::<Vec<_>>()
    };
    let (above, mut below) = (of(|it| it.1), of(|it| it.0));
    if above.is_empty() {
        return None;
    }
    let inside = if is_filled {
        below.reverse();
        vec![Shape::path(joined(above.iter().chain(&below))).class("noted").key("band")]
    } else {
        let edge = |points: &[(f64, f64)], key: &str| {
            Shape::path(joined(points.iter())).class("kind-line edge").key(key)
        };
        vec![edge(&above, "high"), edge(&below, "low")]
    };
    let of = Shape::group(inside).class(kind_class(line.card.kind));
    Some(of.key(format!("band {}", line.card.name)))
}

fn path(line: &Line, is_strong: bool, room: &Room) -> Shape {
    let points: Vec<_> =
        drawn(line).iter().map(|it| (room.x(it.n_users), room.y(it.value))).collect();
    let mut inside = vec![
        Shape::path(joined(points.iter()))
            .class("kind-line")
            .with("stroke-width", if is_strong { 2.4 } else { 1.2 })
            .key("line"),
    ];
    if let Some(&(x, y)) = points.last() {
        let radius = if is_strong { 4.0 } else { 2.6 };
        inside.push(Shape::circle(x, y, radius).class("kind-fill").key("end"));
    }
    let faint = if is_strong { "" } else { " is-behind" };
    let end = line.last().copied();
    Shape::group(inside)
        .class(format!("{}{faint}", kind_class(line.card.kind)))
        .with("data-family", line.card.name)
        .with("data-value", end.map_or(0.0, |it| it.value))
        .with("data-users", end.map_or(0, |it| it.n_users))
        .key(format!("line {}", line.card.name))
}

fn joined<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> String {
    let mut path = String::new();
    for (at, &(x, y)) in points.enumerate() {
        path += &format!("{}{} {}", if at == 0 { "M" } else { "L" }, n1(x), n1(y));
    }
    path
}

/// What each line is, and what it has come to: beside its end, or on a phone below all lines, the highest first.
fn names(it: &Summary, is_strong: &dyn Fn(&Line) -> bool, room: &Room) -> Vec<Shape> {
    let mut ends: Vec<(&Line, &Estimate)> =
        it.lines.iter().filter_map(|line| Some((line, line.last()?))).collect();
    // In the order in which they stand, for those who go through them by key.
    ends.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let wanted: Vec<f64> = ends.iter().map(|it| room.y(it.1.value)).collect();
    let beside = apart(&wanted, NAME, (TOP, room.bottom - 4.0));
    let (across, high) = if room.is_wide {
        (room.width - room.right - 8.0, NAME)
    } else {
        (room.width / 2.0 - 6.0, NAME_BELOW)
    };
    let name = |(at, (line, of)): (usize, (&Line, &Estimate))| {
        let (x, y) = if room.is_wide {
            (room.right + 8.0, beside[at])
        } else {
            let (row, column) = ((at / 2) as f64, (at % 2) as f64);
            (column * (across + 12.0), room.bottom + FOOT + NAME_BELOW * (row + 0.5))
        };
        let said = words::value(it.measure, of.value);
        let is_strong = is_strong(line);
        let for_title = across - wide_of(&said, Type::Small, is_strong) - 22.0;
        let title = fit(line.card.title, for_title, Type::Small, is_strong);
        let class = if is_strong { "s b" } else { "s m" };
        let pressed = words::follow(line.card.title, &said);
        let inside = vec![
            Shape::circle(5.0, 0.0, 4.0).class("kind-fill"),
            Shape::text(14.0, 4.0, title).class(class).key("title"),
            Shape::text(across, 4.0, said).class(format!("{class} e")).key("value"),
            Shape::button(0.0, -high / 2.0, across, high, line.card.name, &pressed).key("act"),
        ];
        Shape::group(inside)
            .at(x, y)
            .class(format!("{} glides", kind_class(line.card.kind)))
            .key(format!("name {}", line.card.name))
    };
    ends.into_iter().enumerate().map(name).collect()
}

/// A row a model: what is measured, with its interval.
pub(super) fn table(it: &Summary) -> Table {
    let mut table = Table::new(words::TABLE);
    for line in &it.lines {
        let Some(of) = line.last() else { continue };
        table
            .row()
            .text("model", line.card.title)
            .real(words::title(it.measure), of.value as f32)
            .real_if("low", of.interval.map(|it| it.0 as f32))
            .real_if("high", of.interval.map(|it| it.1 as f32))
            .int("users", of.n_users);
    }
    table
}

/// Every point of every line, for who takes it along.
pub(super) fn curves(it: &Summary) -> Table {
    let mut table = Table::new(words::CURVES);
    for line in &it.lines {
        for of in &line.points {
            table
                .row()
                .text("model", line.card.title)
                .int("users", of.n_users)
                .real(words::title(it.measure), of.value as f32)
                .real_if("low", of.interval.map(|it| it.0 as f32))
                .real_if("high", of.interval.map(|it| it.1 as f32));
        }
    }
    table
}
