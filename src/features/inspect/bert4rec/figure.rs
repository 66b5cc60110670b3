//! A history with a blank as a picture: what is put there from the left, from the right and from both sides.

use super::line::{LINE, Line, buttons, history};
use super::words::{self, Side};
use crate::catalog::{Catalogue, ItemRow};
use crate::families::bert4rec::{Fill, Place, Shown};
use crate::history::History;
use crate::ui::figure::pen::{Type, curve, fit, logarithmic, mark, title, width as wide, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::ordinal;

/// Films of a column.
const N_FIRST: usize = 5;
/// Where the columns begin, and how high a film is.
const TOP: f64 = 132.0;
const ROW: f64 = 38.0;
const FOOT: f64 = TOP + ROW * N_FIRST as f64 + 4.0;
/// How high the ground is on which later ranks are, and the rank at its lower edge.
const GROUND: f64 = 102.0;
const DEEPEST: f64 = 10_000.0;

/// One reading as a column.
struct Column<'a> {
    side: Side,
    fill: &'a Fill,
    /// Which of [`crate::families::bert4rec::Standing::readings`] it is.
    reading: usize,
    /// Where it reads no film at all.
    is_empty: bool,
    x: f64,
    wide: f64,
}

/// The place that is masked, at `width` pixels; `None` without films.
pub(super) fn draw(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    let films = picks.as_slice();
    films.first()?;
    let blank = shown.masked.unwrap_or(films.len());
    let masked = shown.masked.and_then(|at| films.get(at).copied());
    let line = Line::new(films.len(), blank, width);
    let columns = columns(shown, films.len(), width);
    let mut shapes = history(&line, films, blank, catalogue, width);
    shapes.extend(braces(&line, films.len(), blank, &columns));
    if masked.is_some() {
        shapes.push(
            Shape::rect(0.0, FOOT + 2.0, width, GROUND).with("rx", 4).class("ground").key("ground"),
        );
        let scale = words::scale(width >= WIDE);
        shapes.push(
            Shape::text(width / 2.0, FOOT + GROUND + 16.0, scale).class("xs c f").key("scale"),
        );
    }
    shapes.extend(joins(&columns, shown, masked, catalogue, width));
    for column in &columns {
        shapes.extend(films_of(column, shown, masked, catalogue, width));
    }
    shapes.extend(buttons(&line, films, blank, catalogue));
    let height = if masked.is_some() { FOOT + GROUND + 24.0 } else { FOOT };
    let name = masked.map(|it| title(catalogue, it));
    let (claim, say) = match (&name, &shown.sides, shown.whole.masked) {
        (Some(name), Some(sides), Some(both)) => {
            let ranks =
                [sides.before.masked, sides.after.masked].map(|it| it.map_or(0, |it| it.rank));
            (words::claim(name, both.rank, ranks, blank, films.len()), words::say(Some(both.share)))
        }
        _ => {
            let first = shown.whole.top.first().map(|it| it.item);
            let share = first.and_then(|it| place(shown, it, 0)).map(|it| it.share);
            let last = title(catalogue, *films.last()?);
            let first = first.map(|it| title(catalogue, it)).unwrap_or_default();
            (words::claim_of_next(&first, share, &last), words::say(None))
        }
    };
    let picture = Picture { height, shapes };
    Some(Drawn { claim, say, picture, table: table(shown, &columns, catalogue) })
}

fn columns(shown: &Shown, n_films: usize, width: f64) -> Vec<Column<'_>> {
    let gap = if width >= WIDE { 48.0 } else { 22.0 };
    let wide = (width - 2.0 * gap) / 3.0;
    let x = |at: usize| (wide + gap) * at as f64;
    let whole =
        |side| Column { side, fill: &shown.whole, reading: 0, is_empty: false, x: x(1), wide };
    let Some(sides) = &shown.sides else {
        let wide = (width * 0.6).min(280.0);
        return vec![Column { x: (width - wide) / 2.0, wide, ..whole(Side::All) }];
    };
    let side = |side, fill, reading, is_empty, x| Column { side, fill, reading, is_empty, x, wide };
    let is_last = shown.masked.is_some_and(|at| at + 1 >= n_films);
    vec![
        side(Side::Left, &sides.before, 1, shown.masked == Some(0), x(0)),
        whole(Side::Both),
        side(Side::Right, &sides.after, 2, is_last, x(2)),
    ]
}

/// From what a column reads to the column.
fn braces(line: &Line, n_films: usize, blank: usize, columns: &[Column<'_>]) -> Vec<Shape> {
    let below = LINE + line.radius + 3.0;
    let bar = below + 8.0;
    let end = TOP - 24.0;
    let last_shown = (line.first + line.n).min(n_films);
    let brace = |column: &Column<'_>| {
        let to = column.x + column.wide / 2.0;
        let (from, until) = match column.side {
            Side::Left => (line.first, blank),
            Side::All => (line.first, last_shown),
            Side::Right => (blank + 1, last_shown),
            Side::Both => (blank, blank + 1),
        };
        if from >= until {
            return None;
        }
        let r = line.radius - 2.0;
        let (x0, x1) = (line.x(from) - r, line.x(until - 1) + r);
        let middle = f64::midpoint(x0, x1);
        let [x0, x1, middle, to, bar, end] = [x0, x1, middle, to, bar, end].map(n1);
        let bent = n1(f64::midpoint(bar, end));
        let stem = format!("M{middle} {bar}C{middle} {bent} {to} {bent} {to} {end}");
        let edge = n1(below);
        let d = match column.side {
            Side::Both => format!("M{middle} {edge}V{bar}{stem}"),
            _ => format!("M{x0} {edge}V{bar}H{x1}V{edge}{stem}"),
        };
        let is_whole = matches!(column.side, Side::Both | Side::All);
        let line = Shape::path(d).class("kind-line").key(format!("brace {}", column.reading));
        Some(if is_whole { line } else { line.with("opacity", 0.6) })
    };
    columns.iter().filter_map(brace).collect()
}

/// Where a film of `rank` is, in the columns or on the ground under them.
fn y_of(rank: usize) -> f64 {
    if rank <= N_FIRST {
        return TOP + ROW * (rank as f64 - 0.5);
    }
    let later = (N_FIRST + 1) as f64;
    logarithmic((later, DEEPEST), (FOOT + 20.0, FOOT + GROUND - 8.0))((rank as f64).min(DEEPEST))
}

fn place(shown: &Shown, item: ItemRow, reading: usize) -> Option<Place> {
    shown.films.iter().find(|it| it.item == item)?.readings.get(reading).copied()
}

/// What a column says of a masked film that is not among its first.
fn far(name: &str, rank: usize, room: f64, width: f64) -> String {
    let rank = ordinal(rank);
    if width < WIDE {
        return rank;
    }
    let rest = format!(", {rank}");
    let name = fit(name, room - 44.0 - wide(&rest, Type::Small, true), Type::Small, true);
    name + &rest
}

/// Lines from a film in one column to the same film in the next.
fn joins(
    columns: &[Column<'_>],
    shown: &Shown,
    masked: Option<ItemRow>,
    catalogue: &Catalogue,
    width: f64,
) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let indent = if width >= WIDE { 40.0 } else { 20.0 };
    for pair in columns.windows(2) {
        for film in &shown.films {
            let is_it = Some(film.item) == masked;
            let [Some(from), Some(to)] =
                [&pair[0], &pair[1]].map(|it| film.readings.get(it.reading))
            else {
                continue;
            };
            let is_far = |place: &Place| place.rank > N_FIRST;
            if !is_it && (is_far(from) || is_far(to)) {
                continue;
            }
            let (left, right) = (&pair[0], &pair[1]);
            let said = far(&title(catalogue, film.item), from.rank, left.wide, width);
            let (y0, edge) = (y_of(from.rank), left.x + left.wide + 2.0);
            // From a later rank it goes to the column's edge first, so that it crosses none of its names.
            let lead = if is_far(from) {
                let begin = left.x + indent + wide(&said, Type::Small, true) + 8.0;
                format!("M{} {}H{}", n1(begin.min(edge)), n1(y0), n1(edge))
            } else {
                String::new()
            };
            let x1 = right.x + if is_far(to) && width >= WIDE { 14.0 } else { -2.0 };
            let line = Shape::path(lead + &curve(edge, y0, x1, y_of(to.rank)))
                .class(if is_it { "thread is-strong" } else { "thread" })
                .with("stroke-width", if is_it { 4.0 } else { 1.2 })
                .key(format!("join {} {}", left.reading, film.item.0));
            shapes.push(if is_it { line } else { line.with("opacity", 0.55) });
        }
    }
    shapes
}

/// A column: the films it puts first, and on the ground the masked one where it is later.
fn films_of(
    column: &Column<'_>,
    shown: &Shown,
    masked: Option<ItemRow>,
    catalogue: &Catalogue,
    width: f64,
) -> Vec<Shape> {
    let is_wide = width >= WIDE;
    let Column { x, wide: room, reading, .. } = *column;
    let is_whole = matches!(column.side, Side::Both | Side::All);
    let (size, class) = if is_wide { (Type::Small, "s") } else { (Type::Tick, "xs") };
    let indent = if is_wide { 40.0 } else { 2.0 };
    let shares = shown
        .films
        .iter()
        .flat_map(|it| it.readings.iter().filter(|it| it.rank <= N_FIRST).map(|it| it.share));
    let largest = shares.fold(f32::MIN_POSITIVE, f32::max);
    let head =
        Shape::text(x + room / 2.0, TOP - 8.0, words::head(column.side, column.is_empty, is_wide))
            .class(if is_whole { "s c b" } else { "s c m" })
            .key(format!("head {reading}"));
    let mut shapes = vec![head];
    for (at, film) in column.fill.top.iter().take(N_FIRST).enumerate() {
        let is_it = Some(film.item) == masked;
        let mut inside = Vec::new();
        if is_it {
            inside.push(
                Shape::rect(0.0, 3.0 - ROW / 2.0, room, ROW - 6.0).with("rx", 6).class("noted"),
            );
        }
        if is_wide {
            inside.push(Shape::text(12.0, 4.0, (at + 1).to_string()).class("xs e f"));
            inside.push(mark(catalogue, film.item, 8.0).at(26.0, 0.0).class("mark"));
        }
        let lines = wrap(&title(catalogue, film.item), room - indent - 2.0, size, is_it, 2);
        let up = 6.5 * (lines.len() - 1) as f64;
        inside.extend(lines.iter().enumerate().map(|(at, words)| {
            let y = 3.0 - up + 13.0 * at as f64;
            Shape::text(indent, y, words.clone())
                .class(format!("{class}{}", if is_it { " b k" } else { "" }))
        }));
        let share = place(shown, film.item, reading).map_or(0.0, |it| it.share);
        let long = (room - indent - 6.0) * f64::from(share / largest);
        let class = if is_it { "kind-fill" } else { "amount" };
        inside.push(Shape::rect(indent, ROW / 2.0 - 6.0, long, 2.5).class(class).key("share"));
        shapes.push(
            Shape::group(inside)
                .at(x, y_of(at + 1))
                .class("glides")
                .with("data-row", film.item.0)
                .key(format!("film {reading} {}", film.item.0)),
        );
    }
    let later = masked.and_then(|it| Some((it, place(shown, it, reading)?)));
    if let Some((item, it)) = later.filter(|it| it.1.rank > N_FIRST) {
        let (at, from) = if is_wide { (26.0, 40.0) } else { (8.0, 20.0) };
        let said = far(&title(catalogue, item), it.rank, room, width);
        let inside = vec![
            mark(catalogue, item, 8.0).at(at, 0.0).class("mark"),
            Shape::text(from, 4.0, said).class("s b k"),
        ];
        shapes.push(
            Shape::group(inside)
                .at(x, y_of(it.rank))
                .class("glides far")
                .key(format!("film {reading} {}", item.0)),
        );
    }
    shapes
}

fn table(shown: &Shown, columns: &[Column<'_>], catalogue: &Catalogue) -> Table {
    let mut table = Table::new("what it puts there");
    for film in &shown.films {
        let row = table.row().film(catalogue, film.item);
        for column in columns {
            if let Some(place) = film.readings.get(column.reading) {
                let name = words::head(column.side, false, true);
                row.int(&format!("rank {name}"), place.rank);
                row.real(&format!("share {name}"), place.share);
            }
        }
    }
    table
}
