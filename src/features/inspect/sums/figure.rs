//! A sum as a picture: films watched by films recommended, each part a square, and the sums along both edges.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::inspect::sums::{FilmSum, Shown};
use crate::figures;
use crate::history::History;
use crate::order::best_first;
use crate::ui::figure::pen::{Type, fit, linear, mark, title, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;

/// So many films watched have a column at most; the others share one.
const MOST: usize = 10;
/// So many that are left out are shown, the newest.
const N_LEFT_OUT: usize = 3;
/// The bars along the lower edge.
const GIVEN: f64 = 46.0;

/// What is drawn: the model's sums over the films it reads, and the films of the reader, with those that are left out.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub(super) shown: &'a Shown,
    /// The films that the model read, oldest first.
    pub(super) picks: &'a History,
    /// All of the reader's films, oldest first, and those that are left out.
    pub(super) films: &'a History,
    pub(super) off: &'a [ItemRow],
    /// The film that came first with all of them, where that was seen.
    pub(super) first_with_all: Option<ItemRow>,
    /// The film that is looked at, of those that are shown.
    pub(super) film: ItemRow,
}

/// A column.
enum Column {
    /// The film at that place of those that were read.
    Read(usize, ItemRow),
    LeftOut(ItemRow),
    /// So many that share a column.
    Others(usize),
}

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    names: f64,
    cell: f64,
    row: f64,
    top: f64,
    /// Where sums are, and how long the largest is.
    sums: f64,
    longest: f64,
    n_rows: usize,
    /// Titles of columns are turned where columns are narrow.
    is_turned: bool,
}

impl Room {
    fn new(n_columns: usize, n_rows: usize, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let names = if is_wide { (width * 0.28).clamp(168.0, 250.0) } else { width * 0.36 };
        let sums = if is_wide { 130.0 } else { 66.0 };
        let cell = (width - names - sums) / n_columns.max(1) as f64;
        let cell = cell.min(if is_wide { 84.0 } else { 60.0 });
        let is_turned = cell < 68.0;
        let top = match (n_columns, is_turned) {
            (0, _) => 28.0,
            (_, true) => 124.0,
            (_, false) => 78.0,
        };
        let at = names + cell * n_columns as f64 + 10.0;
        let row = if is_wide { 40.0 } else { 36.0 };
        let sums_end = width - at - 44.0;
        Self {
            is_wide,
            width,
            names,
            cell,
            row,
            top,
            sums: at,
            longest: sums_end.min(220.0),
            n_rows,
            is_turned,
        }
    }

    fn x(&self, column: usize) -> f64 {
        self.names + self.cell * (column as f64 + 0.5)
    }

    fn y(&self, row: usize) -> f64 {
        self.top + self.row * (row as f64 + 0.5)
    }

    fn foot(&self) -> f64 {
        self.top + self.row * self.n_rows as f64 + 12.0
    }
}

/// `None` where there is no film to recommend.
pub(super) fn draw(of: Of<'_>, catalogue: &Catalogue, width: f64) -> Option<Drawn> {
    let films = &of.shown.films;
    let at = films.iter().position(|it| it.item == of.film).unwrap_or(0);
    let film = films.get(at)?;
    let columns = columns(of, film, width);
    let n_read = columns.iter().filter(|it| !matches!(it, Column::LeftOut(_))).count();
    let room = Room::new(columns.len(), films.len(), width);
    let named: Vec<usize> = columns
        .iter()
        .filter_map(|it| if let Column::Read(at, _) = it { Some(*at) } else { None })
        .collect();
    let part = |film: &FilmSum, column: &Column| match column {
        Column::Read(at, _) => film.parts.get(*at).copied().unwrap_or(0.0),
        Column::LeftOut(_) => 0.0,
        Column::Others(_) => film.rest(&named),
    };
    let parts = films.iter().flat_map(|it| columns.iter().map(move |column| part(it, column)));
    let largest = parts.fold(0.0_f32, |most, it| most.max(it.abs()));
    let highest = films.iter().fold(0.0, |most, it| f32::max(most, it.score.abs()));
    let digits = if highest < 100.0 { figures::digits_of(highest) } else { 1 };
    let may_leave_out = of.picks.len() > 1;

    let mut shapes = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        shapes.push(lane(column, at, may_leave_out, catalogue, &room));
    }
    let given: Vec<f32> =
        columns.iter().map(|column| films.iter().map(|it| part(it, column)).sum()).collect();
    shapes.extend(headings(n_read > 0, &room));
    shapes.extend(edge(&columns, &given, digits, &room));
    let most = films.iter().map(|it| it.score).fold(0.0, f32::max);
    for (row, it) in films.iter().enumerate() {
        let parts: Vec<f32> = columns.iter().map(|column| part(it, column)).collect();
        let looks = Looks { largest, most, digits, is_on: row == at };
        shapes.push(line(it, row, &parts, looks, catalogue, &room));
    }
    let height = if n_read > 0 { room.foot() + GIVEN + 22.0 } else { room.foot() };
    let has_against = films.iter().any(|it| it.parts.iter().any(|&part| part < 0.0));
    let table = super::tables::tables(of.shown, of.picks, catalogue).into_iter().next();
    Some(Drawn {
        claim: claim(of, film, at, digits, catalogue),
        say: words::say(n_read > 0, has_against, may_leave_out, !of.off.is_empty()),
        picture: Picture { height, shapes },
        table: table.unwrap_or_else(|| Table::new("parts of the scores")),
    })
}

fn claim(of: Of<'_>, film: &FilmSum, at: usize, digits: usize, catalogue: &Catalogue) -> String {
    let films = &of.shown.films;
    if !of.off.is_empty() {
        let off: Vec<String> = of.off.iter().map(|&it| title(catalogue, it)).collect();
        let now = films.first().map(|it| title(catalogue, it.item)).unwrap_or_default();
        let before = of.first_with_all.map(|first| {
            let rank = films.iter().position(|it| it.item == first).map(|at| at + 1);
            (title(catalogue, first), rank)
        });
        return words::without(&off, &now, before.as_ref(), films.len());
    }
    let name = title(catalogue, film.item);
    if of.picks.is_empty() || film.parts.is_empty() {
        return words::known_alone(&name, at + 1, &figures::plain(film.score, digits));
    }
    let mut parts: Vec<(String, f32)> = of
        .picks
        .iter()
        .zip(&film.parts)
        .map(|(pick, part)| (title(catalogue, pick), *part))
        .chain([(words::ITS_POPULARITY.to_owned(), film.start)])
        .filter(|it| it.1 > 0.0)
        .collect();
    best_first(&mut parts, |it| it.1);
    let is_all = parts.len() == 1 && film.parts.iter().all(|&it| it >= 0.0) && film.start >= 0.0;
    parts.truncate(2);
    let parts: Vec<(String, String)> =
        parts.into_iter().map(|(name, part)| (name, figures::plain(part, digits))).collect();
    words::made_of(&name, at + 1, &figures::plain(film.score, digits), &parts, is_all)
}

/// The films that add or take most, in the order of the history, with those that are left out, and one for the rest.
fn columns(of: Of<'_>, film: &FilmSum, width: f64) -> Vec<Column> {
    let n_parts = film.parts.len();
    let off = &of.off[of.off.len().saturating_sub(N_LEFT_OUT)..];
    let fits = if width >= WIDE { MOST } else { ((width * 0.64 - 66.0) / 24.0) as usize };
    let n = fits.saturating_sub(off.len()).max(2);
    let mut named = of.shown.strongest(if n_parts > n { n - 1 } else { n });
    // What the claim names has a column.
    let mut order: Vec<usize> = (0..n_parts).collect();
    best_first(&mut order, |&at| film.parts[at]);
    let wanted: Vec<usize> = order.into_iter().take(2).filter(|it| !named.contains(it)).collect();
    let weight = |at: usize| of.shown.films.iter().map(|it| it.parts[at].abs()).sum::<f32>();
    for at in wanted.into_iter().take(named.len()) {
        let weakest =
            (0..named.len()).min_by(|&a, &b| weight(named[a]).total_cmp(&weight(named[b])));
        if let Some(weakest) = weakest {
            named[weakest] = at;
        }
    }
    named.sort_unstable();
    let read = |item: ItemRow| of.picks.position_of(item).filter(|at| named.contains(at));
    let mut columns: Vec<Column> = of
        .films
        .iter()
        .filter_map(|item| match read(item) {
            Some(at) => Some(Column::Read(at, item)),
            None => off.contains(&item).then_some(Column::LeftOut(item)),
        })
        .collect();
    if n_parts > named.len() {
        columns.push(Column::Others(n_parts - named.len()));
    }
    columns
}

fn headings(reads: bool, room: &Room) -> Vec<Shape> {
    let mut shapes = vec![
        Shape::text(
            room.sums,
            room.top - 14.0,
            if room.is_wide { words::SUM_LONG } else { words::SUM },
        )
        .class("xs f")
        .key("sum"),
    ];
    if reads {
        shapes.push(Shape::text(0.0, room.foot() + 12.0, words::GIVEN).class("xs f").key("given"));
    }
    shapes
}

/// A film that was watched, over its squares.
fn lane(
    column: &Column,
    at: usize,
    may_leave_out: bool,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let (film, name, is_on) = match column {
        Column::Read(_, film) => (Some(*film), title(catalogue, *film), true),
        Column::LeftOut(film) => (Some(*film), title(catalogue, *film), false),
        Column::Others(n) => (None, words::others(*n), true),
    };
    let high = room.foot() - room.top;
    let wide = room.cell - 2.0;
    let mut inside =
        vec![Shape::rect(-wide / 2.0, room.top - 6.0, wide, high).with("rx", 4).class("lane")];
    if let Some(film) = film {
        let y = if room.is_turned { room.top - 26.0 } else { 16.0 };
        let radius = (room.cell / 2.0 - 2.0).clamp(8.0, 12.0);
        let class = if is_on { "mark" } else { "mark is-faint" };
        inside.push(mark(catalogue, film, radius).at(0.0, y).class(class));
        if !is_on {
            let r = radius * 0.8;
            inside.push(Shape::line(-r, y + r, r, y - r).class("axis").key("out"));
        }
    }
    let class = if is_on { "xs" } else { "xs f struck" };
    if room.is_turned {
        let y = if film.is_some() { room.top - 42.0 } else { room.top - 16.0 };
        let words = fit(&name, if film.is_some() { 92.0 } else { 100.0 }, Type::Tick, false);
        let turned = Shape { text: Some(words), ..Shape::new("text") };
        let transform = format!("translate(2 {}) rotate(-52)", n1(y));
        inside.push(turned.with("transform", transform).class(class));
    } else {
        let lines = wrap(&name, room.cell - 4.0, Type::Tick, false, 2);
        for (line, words) in lines.into_iter().enumerate() {
            inside.push(
                Shape::text(0.0, 44.0 + 13.0 * line as f64, words).class(format!("{class} c")),
            );
        }
    }
    if let Some(film) = film.filter(|_| may_leave_out || !is_on) {
        let button = Shape::button(
            -wide / 2.0,
            0.0,
            wide,
            room.foot() + GIVEN,
            format!("out{}", film.0),
            &name,
        );
        inside.push(button.is_on(is_on).key("act"));
    }
    let key = film.map_or_else(|| "others".to_owned(), |it| format!("column{}", it.0));
    Shape::group(inside).at(room.x(at), 0.0).class("column glides").key(key)
}

/// What each column adds to the films that are shown, together.
fn edge(columns: &[Column], given: &[f32], digits: usize, room: &Room) -> Vec<Shape> {
    let most = given.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
    let high = |value: f32| if most > 0.0 { GIVEN * f64::from(value.abs() / most) } else { 0.0 };
    let mut shapes = Vec::new();
    for (at, (column, &given)) in columns.iter().zip(given).enumerate() {
        if matches!(column, Column::LeftOut(_)) {
            continue;
        }
        let wide = (room.cell * 0.56).min(34.0);
        let class = if given < 0.0 { "is-less" } else { "kind-fill" };
        let bar = Shape::rect(-wide / 2.0, 0.0, wide, high(given)).with("rx", 2).class(class);
        let mut inside = vec![bar];
        let words = figures::plain(given, digits.min(2));
        if crate::ui::figure::pen::width(&words, Type::Tick, false) < room.cell - 2.0 {
            inside.push(Shape::text(0.0, high(given) + 13.0, words).class("xs c m"));
        }
        let key = match column {
            Column::Read(_, film) | Column::LeftOut(film) => format!("given{}", film.0),
            Column::Others(_) => "given-others".to_owned(),
        };
        shapes
            .push(Shape::group(inside).at(room.x(at), room.foot()).class("given glides").key(key));
    }
    shapes
}

#[derive(Clone, Copy)]
struct Looks {
    /// The largest part, and the largest score.
    largest: f32,
    most: f32,
    digits: usize,
    is_on: bool,
}

/// A film that is recommended, with its parts and their sum.
fn line(
    it: &FilmSum,
    row: usize,
    parts: &[f32],
    looks: Looks,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let name = title(catalogue, it.item);
    let emphasis = if looks.is_on { " b" } else { "" };
    let mut inside = vec![
        Shape::line(0.0, room.row / 2.0, room.width, room.row / 2.0).class("rule"),
        Shape::text(16.0, 4.0, (row + 1).to_string()).class("xs e f"),
    ];
    let left = if room.is_wide { 48.0 } else { 22.0 };
    if room.is_wide {
        inside.push(mark(catalogue, it.item, 9.0).at(32.0, 0.0).class("mark"));
    }
    let n_lines = if room.is_wide { 1 } else { 2 };
    let lines = wrap(&name, room.names - left - 4.0, Type::Small, looks.is_on, n_lines);
    let first = 4.0 - 6.5 * (lines.len() as f64 - 1.0);
    for (at, words) in lines.into_iter().enumerate() {
        inside
            .push(Shape::text(left, first + 13.0 * at as f64, words).class(format!("s{emphasis}")));
    }
    let side = (room.cell.min(room.row) - 4.0).max(4.0);
    for (at, &part) in parts.iter().enumerate() {
        let share = if looks.largest > 0.0 { f64::from(part.abs() / looks.largest) } else { 0.0 };
        let wide = side * share.sqrt();
        if wide < 1.5 {
            inside.push(Shape::circle(room.x(at), 0.0, 1.0).class("none").key(format!("part{at}")));
            continue;
        }
        let class = if part < 0.0 { "part is-less" } else { "part kind-fill" };
        let square = Shape::rect(room.x(at) - wide / 2.0, -wide / 2.0, wide, wide);
        inside.push(square.with("rx", 2).class(class).key(format!("square{at}")));
    }
    let along =
        linear((0.0, f64::from(looks.most.max(f32::MIN_POSITIVE))), (0.0, room.longest.max(0.0)));
    let (sum, known) = (along(f64::from(it.score.max(0.0))), along(f64::from(it.start.max(0.0))));
    inside.push(Shape::rect(room.sums, -6.0, sum, 12.0).with("rx", 2).class("sum").key("sum"));
    if it.start > 0.0 && !parts.is_empty() {
        inside.push(
            Shape::rect(room.sums, -6.0, known.min(sum), 12.0)
                .with("rx", 2)
                .class("known")
                .key("known"),
        );
    }
    let score = figures::plain(it.score, looks.digits);
    inside.push(
        Shape::text(room.sums + sum + 5.0, 4.0, score)
            .class(format!("xs m{emphasis}"))
            .key("score"),
    );
    let button = Shape::button(
        0.0,
        -room.row / 2.0,
        room.names - 2.0,
        room.row,
        format!("film{}", it.item.0),
        &name,
    );
    inside.push(button.with("aria-pressed", looks.is_on).key("act"));
    Shape::group(inside).at(0.0, room.y(row)).class("film glides").key(format!("film{}", it.item.0))
}
