//! What each modality is worth, as a picture: a switch for each over the parts that it gives to scores, lines from the list
//! by all four to the list by what is on, and the films nearest to one by each.

use super::{near, switches, words};
use crate::catalog::{Catalogue, ItemRow};
use crate::families::inspect::walk::Walk;
use crate::families::multimodal::{Modality, Near, Parted, Shown};
use crate::ui::figure::pen::{self, Type, curve, fit, mark, title, wrap};
use crate::ui::figure::shape::Shape;
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::{grouped, is_first};

/// The list that readers see.
pub(super) const TEN: usize = 10;
pub(super) const TOP: f64 = 110.0;
const ROW: f64 = 34.0;
/// Between films beyond the list.
const GAP: f64 = 16.0;
/// The modalities, and popularity.
const N_COLUMNS: usize = Modality::ALL.len() + 1;
pub(super) const POPULARITY: usize = N_COLUMNS - 1;

/// How the picture is laid out.
pub(super) struct Room {
    pub(super) is_wide: bool,
    pub(super) width: f64,
    /// Where lines begin and end.
    from: f64,
    to: f64,
    names: f64,
    /// Where the columns of parts begin, and how wide each is.
    parts: f64,
    pub(super) cell: f64,
    /// How many films there are beyond the list.
    n_beyond: usize,
}

impl Room {
    fn new(walks: &[Walk], width: f64) -> Self {
        let is_wide = width >= WIDE;
        let (names, cell, score) = if is_wide {
            ((width * 0.2).clamp(112.0, 190.0), (width * 0.064).min(54.0), 40.0)
        } else {
            (0.0, (width * 0.083).min(34.0), 0.0)
        };
        let of_rank = |it: &Walk| pen::width(&grouped(rank_in(it, 0)), Type::Tick, false) + 8.0;
        let of_ranks = walks.iter().map(of_rank).fold(26.0, f64::max);
        let from = if is_wide { names + 26.0 } else { of_ranks };
        let to = from + if is_wide { width * 0.115 } else { width * 0.13 };
        let beyond = |at: usize| walks.iter().filter(|it| !is_first(rank_in(it, at))).count();
        Self {
            is_wide,
            width,
            from,
            to,
            names: to + if is_wide { 44.0 } else { 22.0 },
            parts: width - score - cell * N_COLUMNS as f64,
            cell,
            n_beyond: beyond(0).max(beyond(1)),
        }
    }

    /// The height of a rank of the list.
    fn rank(&self, rank: usize) -> f64 {
        TOP + ROW * (rank.max(1) as f64 - 0.5)
    }

    /// The heights of all films by their rank in one of the lists, 0 the one by all: beyond the list one below another.
    fn heights(&self, walks: &[Walk], at: usize) -> Vec<f64> {
        let ranks: Vec<usize> = walks.iter().map(|it| rank_in(it, at)).collect();
        let mut beyond: Vec<usize> = ranks.iter().copied().filter(|it| !is_first(*it)).collect();
        beyond.sort_unstable();
        let below = |rank: &usize| beyond.partition_point(|it| it < rank) as f64;
        let height = |rank: &usize| {
            if is_first(*rank) { self.rank(*rank) } else { self.cut() + 18.0 + GAP * below(rank) }
        };
        ranks.iter().map(height).collect()
    }

    /// Where the list ends.
    pub(super) fn cut(&self) -> f64 {
        TOP + ROW * TEN as f64
    }

    fn bottom(&self) -> f64 {
        match self.n_beyond {
            0 => self.cut(),
            n => self.cut() + 10.0 + GAP * n as f64,
        }
    }

    pub(super) fn column(&self, at: usize) -> f64 {
        self.parts + self.cell * (at as f64 + 0.5)
    }
}

/// The film `followed` is in focus where there is one; `None` where nothing is left to recommend.
pub(super) fn draw(
    shown: &Shown,
    followed: Option<&Near>,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    let first = shown.list.first()?;
    let room = Room::new(&shown.walks, width);
    let is_changed = shown.switches.off().next().is_some();
    let mut shapes = headings(shown, &room);
    shapes.extend(switches::shapes(shown, &room));
    shapes.extend(lines(shown, &room));
    shapes.extend(before(shown, catalogue, &room));
    let all = shown.list.iter().flat_map(parts);
    let largest = all.fold(0.0_f32, |most, it| most.max(it.abs()));
    let on = followed.map(|it| it.item);
    for (at, it) in shown.list.iter().enumerate() {
        shapes.push(film(it, at, largest, on == Some(it.film.item), shown, catalogue, &room));
    }
    shapes.extend(left(shown, catalogue, &room));
    let mut height = room.bottom() + 10.0;
    if let Some(followed) = followed {
        let (nearest, end) = near::shapes(followed, catalogue, height + 26.0, &room);
        shapes.extend(nearest);
        height = end;
    }
    let name = |item: ItemRow| title(catalogue, item);
    let n = shown.before.len().clamp(1, TEN);
    let n_changed = shown.n_kept.map(|kept| n.saturating_sub(kept));
    let claim = if is_changed {
        let off: Vec<Modality> = shown.switches.off().collect();
        let kept = shown
            .list
            .iter()
            .filter(|it| shown.before.iter().take(n).any(|of| *of == it.film.item));
        let own =
            shown.walks.first().map(|it| (name(it.item), it.ranks.get(1).copied().unwrap_or(1)));
        words::without(&off, n - kept.count().min(n), n, own.as_ref(), &name(first.film.item))
    } else {
        words::each_without(n_changed, n)
    };
    Some(Drawn {
        claim,
        say: words::say(is_changed).to_owned(),
        picture: Picture { height: height + 4.0, shapes },
        table: table(shown, followed, catalogue),
    })
}

/// By each modality, then the popularity.
fn parts(it: &Parted) -> [f32; N_COLUMNS] {
    let mut parts = [it.start; N_COLUMNS];
    parts[..POPULARITY].copy_from_slice(&it.by_modality);
    parts
}

fn headings(shown: &Shown, room: &Room) -> Vec<Shape> {
    let y = TOP - 10.0;
    let mut shapes = Vec::new();
    let heading = |x: f64, words: &str, class: &str| {
        Shape::text(x, y, words).class(format!("xs {class}")).key(words.to_owned())
    };
    if room.is_wide {
        shapes.push(heading(room.from - 26.0, words::BY_ALL, "f e"));
        let now = if shown.switches.off().next().is_some() {
            words::BY_THOSE_ON
        } else {
            words::THE_SAME
        };
        shapes.push(Shape::text(room.names, y, now).class("xs f").key("now"));
        shapes.push(heading(room.width, words::SCORE, "f e"));
    }
    // In line with the numbers of the switches.
    let beside = if room.is_wide { room.parts - 8.0 } else { room.parts - 4.0 };
    let said = if room.is_wide { words::CHANGE_LONG } else { words::CHANGE_SHORT };
    let space = if room.is_wide { beside } else { beside - 2.0 };
    shapes.push(
        Shape::text(beside, switches::CHANGE, fit(said, space, Type::Tick, false))
            .class("xs f e")
            .key("change"),
    );
    shapes
}

/// The rank in one of the lists, 0 the one by all.
fn rank_in(walk: &Walk, at: usize) -> usize {
    walk.ranks.get(at).copied().unwrap_or(1)
}

/// From the rank by all to the rank by what is on.
fn lines(shown: &Shown, room: &Room) -> Vec<Shape> {
    let (was, now) = (room.heights(&shown.walks, 0), room.heights(&shown.walks, 1));
    let line = |(it, (was, now)): (&Walk, (&f64, &f64))| {
        let is_new = !is_first(rank_in(it, 0));
        let class = match (is_new, is_first(rank_in(it, 1))) {
            (true, _) => "thread is-strong glides",
            (false, false) => "thread is-left glides",
            (false, true) => "thread glides",
        };
        Shape::path(curve(room.from, *was, room.to, *now))
            .class(class)
            .with("stroke-width", if is_new { 2.4 } else { 1.6 })
            .with("data-row", it.item.0)
            .key(format!("line{}", it.item.0))
    };
    let mut shapes: Vec<Shape> = shown.walks.iter().zip(was.iter().zip(&now)).map(line).collect();
    if room.n_beyond > 0 {
        let y = room.cut() + 2.0;
        let cut = Shape::line(room.from - 14.0, y, room.to + 14.0, y).class("axis");
        shapes.push(cut.with("stroke-dasharray", "1 4").key("cut"));
    }
    shapes
}

/// The list by all, and from where films beyond it come.
fn before(shown: &Shown, catalogue: &Catalogue, room: &Room) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (it, y) in shown.walks.iter().zip(room.heights(&shown.walks, 0)) {
        let rank = rank_in(it, 0);
        if !is_first(rank) {
            let words = if room.is_wide { words::was(rank) } else { grouped(rank) };
            let came = Shape::text(room.from - 8.0, y + 4.0, words).class("xs e m");
            shapes.push(came.key(format!("came{}", it.item.0)));
            continue;
        }
        let number = Shape::text(room.from - 8.0, y + 4.0, rank.to_string()).class("xs e f");
        shapes.push(number.key(format!("was{rank}")));
        if room.is_wide {
            let class = if is_first(rank_in(it, 1)) { "s e f" } else { "s e m" };
            let name = fit(&title(catalogue, it.item), room.from - 28.0, Type::Small, false);
            let name = Shape::text(room.from - 26.0, y + 4.0, name).class(class);
            shapes.push(name.key(format!("before{}", it.item.0)));
        }
    }
    shapes
}

/// Films of the list by all that are no longer in it.
fn left(shown: &Shown, catalogue: &Catalogue, room: &Room) -> Vec<Shape> {
    let placed = shown.walks.iter().zip(room.heights(&shown.walks, 1));
    let said = |(it, y): (&Walk, f64)| {
        let rank = words::ranked(rank_in(it, 1));
        let start = room.to + 8.0;
        let space = room.width - start - pen::width(&rank, Type::Tick, false) - 8.0;
        let name = fit(&title(catalogue, it.item), space, Type::Small, false);
        let after = start + pen::width(&name, Type::Small, false) + 8.0;
        let name = Shape::text(start, y + 4.0, name).class("s f");
        let rank = Shape::text(after, y + 4.0, rank).class("xs m");
        [name.key(format!("gone{}", it.item.0)), rank.key(format!("now{}", it.item.0))]
    };
    placed.filter(|it| !is_first(rank_in(it.0, 1))).flat_map(said).collect()
}

/// A film of the list, and a square for each part of its score.
fn film(
    it: &Parted,
    at: usize,
    largest: f32,
    is_on: bool,
    shown: &Shown,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let item = it.film.item;
    let name = title(catalogue, item);
    let emphasis = if is_on { " b" } else { "" };
    let mut inside = vec![
        Shape::text(room.names - if room.is_wide { 24.0 } else { 4.0 }, 4.0, (at + 1).to_string())
            .class(format!("xs e f{emphasis}"))
            .key("rank"),
    ];
    if room.is_wide {
        inside
            .push(mark(catalogue, item, 8.0).at(room.names - 11.0, 0.0).class("mark").key("mark"));
    }
    let lines = wrap(&name, room.parts - room.names - 6.0, Type::Small, is_on, 2);
    let first = 4.0 - 6.5 * (lines.len() as f64 - 1.0);
    for (line, words) in lines.into_iter().enumerate() {
        let y = first + 13.0 * line as f64;
        inside.push(
            Shape::text(room.names, y, words)
                .class(format!("s{emphasis}"))
                .key(format!("title{line}")),
        );
    }
    let side = (room.cell.min(ROW) - 4.0).max(4.0);
    for (of, part) in parts(it).into_iter().enumerate() {
        let share = if largest > 0.0 { f64::from(part.abs() / largest) } else { 0.0 };
        let wide = side * share.sqrt();
        let x = room.column(of);
        if wide < 1.5 {
            inside.push(Shape::circle(x, 0.0, 1.0).class("none").key(format!("part{of}")));
            continue;
        }
        let class = match (of, part < 0.0) {
            (_, true) => "part is-less",
            (POPULARITY, _) => "part known",
            _ => "part kind-fill",
        };
        let square = Shape::rect(x - wide / 2.0, -wide / 2.0, wide, wide);
        inside.push(square.with("rx", 2).class(class).key(format!("square{of}")));
    }
    if room.is_wide {
        let score = format!("{:.2}", it.film.score);
        inside.push(
            Shape::text(room.width, 4.0, score).class(format!("xs e m{emphasis}")).key("score"),
        );
    }
    let was =
        shown.walks.iter().find(|it| it.item == item).and_then(|it| it.ranks.first().copied());
    let label = words::aloud(&name, at + 1, was);
    let left = room.to + 2.0;
    let button = Shape::button(
        left,
        -ROW / 2.0,
        room.parts - left - 2.0,
        ROW,
        format!("film{}", item.0),
        &label,
    );
    inside.push(button.with("aria-pressed", is_on).key("act"));
    Shape::group(inside)
        .at(0.0, room.rank(at + 1))
        .class("film glides")
        .with("data-row", item.0)
        .key(format!("film{}", item.0))
}

/// The list with its parts, then what is nearest to the film in focus.
fn table(shown: &Shown, followed: Option<&Near>, catalogue: &Catalogue) -> Table {
    let mut table = super::tables::parts(shown, catalogue);
    for it in shown.walks.iter().filter(|it| it.ranks.get(1).is_some_and(|rank| !is_first(*rank))) {
        let was = it.ranks.first().copied();
        table
            .row()
            .int_if("rank", it.ranks.get(1).copied())
            .film(catalogue, it.item)
            .int_if("rank by all", was);
    }
    if let Some(followed) = followed {
        super::tables::nearest(&mut table, followed, catalogue);
    }
    table
}
