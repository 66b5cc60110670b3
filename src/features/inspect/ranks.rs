//! How films' ranks change over the steps of a model, as a picture: a line a film, the first ten ranks a row each, what is
//! beyond them closer and closer.

use crate::catalog::{Catalogue, ItemRow};
use crate::state::shown::Movement;
use crate::ui::figure::WIDE;
use crate::ui::figure::pen::{self, Type, apart, curves, fit, logarithmic, mark, title};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::words::{grouped, movement, ordinal};

/// The list that readers see.
pub(super) const TEN: usize = 10;
/// Farther down all ranks are drawn at one height.
const DEEPEST: usize = 1_000;
const TOP: f64 = 40.0;
const MARK: f64 = 9.0;
/// Between labels.
const GAP: f64 = 16.0;

/// A film on its way.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) item: ItemRow,
    /// One a step, 1 the best.
    pub(super) ranks: Vec<usize>,
    /// How thick its line is, in pixels.
    pub(super) thick: f64,
    pub(super) is_strong: bool,
    /// At the end of its line, where there is room.
    pub(super) note: Option<String>,
}

impl Walk {
    pub(super) fn first(&self) -> usize {
        self.ranks.first().copied().unwrap_or(0)
    }

    pub(super) fn last(&self) -> usize {
        self.ranks.last().copied().unwrap_or(0)
    }

    /// By how many ranks it rises from the first step to the last; below 0 it falls.
    pub(super) fn rise(&self) -> i64 {
        self.first() as i64 - self.last() as i64
    }
}

/// How the picture is laid out.
#[derive(Clone, Debug)]
pub(super) struct Room {
    width: f64,
    /// Where the first step is, and the last.
    left: f64,
    right: f64,
    row: f64,
    n_steps: usize,
    /// The farthest rank that has a height of its own.
    deepest: usize,
    pub(super) bottom: f64,
}

impl Room {
    /// `walks` are all that are drawn, `more` the farthest rank beside them, `note` how wide notes are.
    pub(super) fn new(width: f64, n_steps: usize, walks: &[Walk], more: usize, note: f64) -> Self {
        let is_wide = width >= WIDE;
        let of_rank = |it: &Walk| pen::width(&grouped(it.first()), Type::Tick, false);
        let of_ranks = walks.iter().filter(|it| is_named(it)).map(of_rank).fold(14.0, f64::max);
        let left = if is_wide { (width * 0.22).clamp(172.0, 220.0) } else { of_ranks + 8.0 };
        let names = if is_wide { (width * 0.26).clamp(168.0, 250.0) } else { 130.0 };
        let row = 25.0;
        let ranks = walks.iter().flat_map(|it| &it.ranks).copied();
        let deepest = ranks.fold(more, usize::max).min(DEEPEST);
        let n_beyond = |rank: fn(&Walk) -> usize| {
            walks.iter().filter(|it| is_named(it) && rank(it) > TEN).count()
        };
        let n = n_beyond(Walk::first).max(n_beyond(Walk::last));
        let beyond = match deepest {
            ..=TEN => 0.0,
            deepest => {
                let room = (8.0 * (deepest - TEN) as f64).min(120.0);
                row + room.max(GAP * n.saturating_sub(1) as f64)
            }
        };
        let (left, right) = (left + 6.0, width - names.max(112.0 + note) - 10.0);
        let bottom = TOP + row * (TEN - 1) as f64 + beyond;
        Self { width, left, right, row, n_steps, deepest, bottom }
    }

    pub(super) fn x(&self, step: usize) -> f64 {
        let across = self.right - self.left;
        self.left + across * step as f64 / self.n_steps.saturating_sub(1).max(1) as f64
    }

    pub(super) fn y(&self, rank: usize) -> f64 {
        let row = |rank: usize| TOP + self.row * rank.saturating_sub(1) as f64;
        if rank <= TEN {
            return row(rank);
        }
        let eleventh = (TEN + 1) as f64;
        let deepest = (self.deepest as f64).max(eleventh + 1.0);
        let y = logarithmic((eleventh, deepest), (row(TEN + 1), self.bottom.max(row(TEN + 1))));
        y((rank as f64).min(deepest))
    }

    /// The line of `ranks` up to `step`.
    pub(super) fn line(&self, ranks: &[usize], step: usize) -> String {
        let points = ranks.iter().enumerate().take(step + 1);
        curves(&points.map(|(at, &rank)| (self.x(at), self.y(rank))).collect::<Vec<_>>())
    }

    pub(super) fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    pub(super) fn n_steps(&self) -> usize {
        self.n_steps
    }

    /// From one step to the next.
    pub(super) fn step(&self) -> f64 {
        self.x(1) - self.x(0)
    }

    /// Where lines over all steps begin and end.
    pub(super) fn sides(&self) -> (f64, f64) {
        (self.left - 14.0, self.right + 14.0)
    }

    /// Where the names at the right begin.
    pub(super) fn of_names(&self) -> f64 {
        self.right + 20.0
    }

    /// The step that is looked at, its name over it, and the names of the others; `below` is how far they reach.
    pub(super) fn steps(
        &self,
        at: usize,
        name: impl Fn(usize) -> String,
        below: f64,
    ) -> Vec<Shape> {
        let here =
            Shape::rect(-15.0, TOP - 16.0, 30.0, below - TOP + 30.0).with("rx", 15).class("here");
        let mut shapes =
            vec![Shape::group(vec![here]).at(self.x(at), 0.0).key("here").class("glides")];
        let names = (0..self.n_steps).map(|step| {
            let emphasis = if step == at { "b" } else { "f" };
            Shape::text(self.x(step), 14.0, name(step))
                .key(format!("step {step}"))
                .class(format!("s c {emphasis}"))
        });
        shapes.extend(names);
        shapes
    }

    /// Areas over the picture that lead to a step.
    pub(super) fn buttons(&self, name: impl Fn(usize) -> String, below: f64) -> Vec<Shape> {
        let wide = self.step().min(90.0);
        let button = |step: usize| {
            let x = self.x(step) - wide / 2.0;
            Shape::button(x.max(0.0), 0.0, wide, below, step, &name(step)).key(format!("go {step}"))
        };
        (0..self.n_steps).map(button).collect()
    }

    /// A rank beyond the list, at the height `y`.
    pub(super) fn depth(&self, y: f64, name: String) -> Shape {
        let line = Shape::line(self.left, y, self.right, y).class("rule");
        let name_at = Shape::text(self.of_names(), y + 4.0, name.clone()).class("xs f");
        Shape::group(vec![line, name_at]).key(format!("depth {name}"))
    }

    /// Where the list ends.
    pub(super) fn end_of_list(&self) -> Shape {
        let y = f64::midpoint(self.y(TEN), self.y(TEN) + self.row);
        let (left, right) = self.sides();
        Shape::line(left, y, right, y)
            .class("axis")
            .with("stroke-dasharray", "1 4")
            .key("end of list")
    }
}

/// Whether it is in the ten at the first step or the last; the others only pass through.
fn is_named(walk: &Walk) -> bool {
    walk.first() <= TEN || walk.last() <= TEN
}

/// The lines up to step `at`, paler beyond; strong ones lie on top.
pub(super) fn lines(room: &Room, walks: &[Walk], at: usize) -> Vec<Shape> {
    let line = |walk: &Walk| {
        let all = Shape::path(room.line(&walk.ranks, walk.ranks.len())).class("thread is-later");
        let class = if walk.is_strong { "thread is-strong" } else { "thread" };
        let so_far = Shape::path(room.line(&walk.ranks, at))
            .class(class)
            .with("stroke-width", n1(walk.thick));
        Shape::group(vec![all, so_far])
            .key(format!("line {}", walk.item.0))
            .with("data-row", walk.item.0)
    };
    let (strong, others): (Vec<&Walk>, Vec<&Walk>) = walks.iter().partition(|it| it.is_strong);
    others.into_iter().chain(strong).map(line).collect()
}

/// The films of the ten at step `at`, each on its line, and those with a name that are beyond it.
pub(super) fn marks(room: &Room, walks: &[Walk], at: usize, catalogue: &Catalogue) -> Vec<Shape> {
    let shown = walks.iter().filter_map(|walk| Some((walk, *walk.ranks.get(at)?)));
    let shown = shown.filter(|(_, rank)| *rank <= TEN);
    shown
        .map(|(walk, rank)| {
            mark(catalogue, walk.item, MARK)
                .at(room.x(at), room.y(rank))
                .class("mark glides")
                .key(format!("mark {}", walk.item.0))
        })
        .collect()
}

/// The names at both ends of the lines, with the rank at the first step.
pub(super) fn names(room: &Room, walks: &[Walk], catalogue: &Catalogue) -> Vec<Shape> {
    let named: Vec<&Walk> = walks.iter().filter(|it| is_named(it)).collect();
    let places = |rank: fn(&Walk) -> usize| {
        let is_in = |it: &&&Walk| rank(it) <= TEN;
        let beyond: Vec<&Walk> = named.iter().filter(|it| !is_in(it)).copied().collect();
        let wanted: Vec<f64> = beyond.iter().map(|it| room.y(rank(it))).collect();
        let from = room.y(TEN) + room.row;
        let placed = apart(&wanted, GAP, (from, room.bottom.max(from)));
        let within = named.iter().filter(is_in).map(|it| (*it, room.y(rank(it))));
        within.chain(beyond.into_iter().zip(placed)).collect::<Vec<_>>()
    };
    let mut shapes = Vec::new();
    for (walk, y) in places(Walk::first) {
        let rank = grouped(walk.first());
        let room_of_rank = pen::width(&rank, Type::Tick, false);
        shapes.push(
            Shape::text(room.left - 13.0, y + 4.0, rank)
                .class("xs e f")
                .key(format!("first {}", walk.item.0)),
        );
        let end = room.left - 19.0 - room_of_rank.max(14.0);
        if room.is_wide() {
            let shown = fit(&title(catalogue, walk.item), end, Type::Small, false);
            shapes.push(
                Shape::text(end, y + 4.0, shown)
                    .class(format!("s e {}", emphasis(walk)))
                    .key(format!("from {}", walk.item.0)),
            );
        }
    }
    for (walk, y) in places(Walk::last) {
        let note = match (walk.last() > TEN, &walk.note) {
            (true, _) => Some(ordinal(walk.last())),
            (false, note) => note.clone(),
        };
        let of_note = note.as_ref().map_or(0.0, |it| pen::width(it, Type::Tick, false) + 6.0);
        let x = room.of_names();
        let shown = fit(&title(catalogue, walk.item), room.width - x - of_note, Type::Small, false);
        shapes.push(
            Shape::text(x, y + 4.0, shown)
                .class(format!("s {}", if walk.last() > TEN { "f" } else { emphasis(walk) }))
                .key(format!("name {}", walk.item.0)),
        );
        shapes.extend(note.map(|note| {
            Shape::text(room.width, y + 4.0, note)
                .class("xs e m")
                .key(format!("note {}", walk.item.0))
        }));
    }
    shapes
}

fn emphasis(walk: &Walk) -> &'static str {
    if walk.is_strong { "k" } else { "" }
}

/// "▲10" of a film that rises, "▼3" of one that falls.
pub(super) fn rise(walk: &Walk) -> Option<String> {
    let by = walk.rise();
    let far = by.unsigned_abs() as usize;
    match by {
        1.. => Some(movement(Movement::Up(far))),
        0 => None,
        _ => Some(movement(Movement::Down(far))),
    }
}
