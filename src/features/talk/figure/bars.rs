//! What the ranker adds up for the first films: a bar each, of its pieces.

use super::super::state::Turn;
use super::super::words::figure::{self as text, Lead};
use crate::catalog::Catalogue;
use crate::dialogue::Ranked;
use crate::ui::figure::WIDE;
use crate::ui::figure::pen::{Type, fit, linear, mark, title, width as wide_of};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::words::{score, was};

/// So many films are drawn, of those that are ranked.
const N_DRAWN: usize = 6;
/// A piece smaller than this is not seen.
const LEAST: f32 = 0.005;
/// A line of labels over the bars.
const LABELS: f64 = 15.0;
/// For titles and sums beside the bars of a wide picture.
const TITLES: f64 = 214.0;
const SUMS: f64 = 46.0;

/// In the order of [`text::PIECES`].
pub(super) fn pieces(it: &Ranked) -> [f32; 7] {
    [it.meaning, it.likeness, it.shared, it.traits, it.popularity, it.named, it.next]
}

/// Why the first film is the first, of `n_left`.
pub(super) fn lead(turn: &Turn, n_left: usize, catalogue: &Catalogue) -> Lead {
    let Some(first) = turn.ranked.first() else { return Lead::None };
    let film = title(catalogue, first.item);
    if !turn.plain_ranks.is_empty() {
        return Lead::Reranked(film);
    }
    let Some(second) = turn.ranked.get(1) else {
        return if n_left == 1 { Lead::Only(film) } else { Lead::None };
    };
    let other = title(catalogue, second.item);
    if first.score - second.score < LEAST {
        return Lead::Level(film, other);
    }
    let ahead = pieces(first).into_iter().zip(pieces(second)).map(|(it, other)| it - other);
    let by = ahead.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |it| it.0);
    Lead::Ahead(film, other, by)
}

/// How bars are laid out.
struct Room {
    is_wide: bool,
    width: f64,
    row: f64,
    /// Where a sum of 0 is, and how wide a sum of 1.
    zero: f64,
    scale: f64,
}

/// A piece of a bar: which one, from where to where.
type Part = (usize, f64, f64);

impl Room {
    /// What speaks for a film is to the right of 0, what speaks against it to the left.
    fn parts(&self, it: &Ranked) -> Vec<Part> {
        let (mut right, mut left) = (self.zero, self.zero);
        let part = |(at, piece): (usize, f32)| {
            let long = f64::from(piece) * self.scale;
            let end = if piece < 0.0 { &mut left } else { &mut right };
            let from = *end;
            *end += long;
            (at, from, *end)
        };
        pieces(it).into_iter().enumerate().map(part).collect()
    }
}

/// Draws from `y` on and gives where it ends.
pub(super) fn draw(
    turn: &Turn,
    catalogue: &Catalogue,
    mut y: f64,
    width: f64,
    shapes: &mut Vec<Shape>,
) -> f64 {
    let drawn = &turn.ranked[..turn.ranked.len().min(N_DRAWN)];
    let Some(first) = drawn.first() else { return y };
    let is_wide = width >= WIDE;
    let sum_of = |is_of: fn(f32) -> bool| {
        let sums = drawn.iter().map(move |it| {
            pieces(it)
                .into_iter()
                .filter(|&it| is_of(it))
                .map(|it| f64::from(it.abs()))
                .sum::<f64>()
        });
        sums.fold(0.0, f64::max)
    };
    let (most, least) = (sum_of(|it| it > 0.0), sum_of(|it| it < 0.0));
    let (from, to) = if is_wide { (TITLES, width - SUMS) } else { (0.0, width) };
    let scale = (to - from) / (most + least).max(1e-6);
    let zero = linear((-least, most), (from, to))(0.0);
    let room = Room { is_wide, width, row: if is_wide { 32.0 } else { 42.0 }, zero, scale };
    let is_used = |at: usize| drawn.iter().any(|it| pieces(it)[at].abs() >= LEAST);
    let used: Vec<Part> = room.parts(first).into_iter().filter(|it| is_used(it.0)).collect();
    let named = turn.on_screen();
    let n_named = drawn.iter().take_while(|it| named.contains(&it.item)).count();
    y += 18.0;
    y += labels(&used, y, (from, width), &room, n_named > 0, shapes);
    let bottom = y + room.row * drawn.len() as f64;
    // On a phone titles stand over the bars, which begin at the edge.
    if is_wide {
        shapes.push(Shape::line(zero, y - 2.0, zero, bottom).class("axis").key("zero"));
    }
    for (at, it) in drawn.iter().enumerate() {
        let is_named = named.contains(&it.item);
        let was = turn.plain_ranks.get(at).filter(|&&rank| rank != at + 1).copied();
        let row = bar(it, at, is_named, was, catalogue, &room);
        shapes.push(row.at(0.0, y + room.row * at as f64));
    }
    if n_named > 0 && n_named < drawn.len() {
        let cut = y + room.row * n_named as f64;
        shapes.push(
            Shape::line(0.0, cut, width, cut)
                .class("axis")
                .with("stroke-dasharray", "2 3")
                .key("cut"),
        );
    }
    bottom
}

/// The names of the pieces over the first bar; gives how high they are.
fn labels(
    used: &[Part],
    y: f64,
    (from, to): (f64, f64),
    room: &Room,
    has_answer: bool,
    shapes: &mut Vec<Shape>,
) -> f64 {
    let wide = |it: &Part| wide_of(text::PIECES[it.0], Type::Tick, false) + 8.0;
    let n_lines = if used.iter().map(wide).sum::<f64>() <= to - from { 1 } else { 2 };
    let mut names = Vec::new();
    let mut height = LABELS * f64::from(n_lines);
    if has_answer && !room.is_wide {
        height += LABELS;
    }
    for line in 0..n_lines {
        let of_line: Vec<&Part> =
            used.iter().skip(line as usize).step_by(n_lines as usize).collect();
        let wanted: Vec<(f64, f64)> =
            of_line.iter().map(|it| (f64::midpoint(it.1, it.2), wide(it))).collect();
        let baseline = y + LABELS * f64::from(line);
        for (it, x) in of_line.iter().zip(beside(&wanted, (from, to))) {
            let name = text::PIECES[it.0];
            let middle = f64::midpoint(it.1, it.2);
            let top = y + height + if room.is_wide { 6.0 } else { 24.0 };
            let lead = format!("M{} {}L{} {}", n1(x), n1(baseline + 3.0), n1(middle), n1(top));
            if room.is_wide {
                shapes.push(Shape::path(lead).class("rule glides").key(format!("lead {name}")));
            }
            let label = Shape::text(x, baseline, name).class("xs c f halo glides");
            names.push(label.key(format!("piece {name}")));
        }
    }
    shapes.extend(names);
    if has_answer {
        let (x, y) = if room.is_wide {
            (46.0, y + height - LABELS)
        } else {
            (0.0, y + height - LABELS + 2.0)
        };
        shapes.push(Shape::text(x, y, text::IN_ANSWER).class("xs k").key("answer"));
    }
    height
}

/// The middles of labels that want to be at `wanted`, each that wide, in their order, within `room`.
fn beside(wanted: &[(f64, f64)], room: (f64, f64)) -> Vec<f64> {
    let mut placed = Vec::with_capacity(wanted.len());
    let mut left = room.0;
    for &(middle, wide) in wanted {
        let at = middle.max(left + wide / 2.0);
        placed.push(at);
        left = at + wide / 2.0;
    }
    let mut right = room.1;
    for (at, &(_, wide)) in placed.iter_mut().zip(wanted).rev() {
        *at = at.min(right - wide / 2.0);
        right = *at - wide / 2.0;
    }
    placed
}

fn bar(
    it: &Ranked,
    at: usize,
    is_named: bool,
    rank_before: Option<usize>,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let name = title(catalogue, it.item);
    let was = rank_before.map(was);
    let was_wide = was.as_ref().map_or(0.0, |it| wide_of(it, Type::Tick, false) + 8.0);
    let (x, size, middle) =
        if room.is_wide { (46.0, Type::Label, 16.0) } else { (24.0, Type::Small, 12.0) };
    let end = if room.is_wide { TITLES - 10.0 } else { room.width - SUMS };
    let name = fit(&name, end - x - was_wide, size, is_named);
    let class = format!("{} {}", size.class(), if is_named { "b" } else { "m" });
    let mut inside = vec![
        mark(catalogue, it.item, if room.is_wide { 10.0 } else { 8.0 })
            .at(if room.is_wide { 30.0 } else { 10.0 }, middle)
            .class("mark"),
        Shape::text(x, middle + 4.0, name).class(class).with("data-film", it.item.0).key("name"),
    ];
    if room.is_wide {
        inside.push(
            Shape::text(12.0, middle + 4.0, (at + 1).to_string()).class("xs e f").key("rank"),
        );
    }
    if let Some(was) = was {
        inside.push(Shape::text(end, middle + 4.0, was).class("xs e f").key("was"));
    }
    let (top, high) = if room.is_wide { (8.0, 16.0) } else { (24.0, 10.0) };
    for (piece, from, to) in room.parts(it) {
        let (left, long) = (from.min(to), (to - from).abs());
        if long >= 0.5 {
            let against = if to < from { " is-against" } else { "" };
            let class = format!("piece is-{}{against} glides", text::PIECES[piece]);
            let shape = Shape::rect(left, top, (long - 1.0).max(0.6), high).class(class);
            inside.push(shape.key(text::PIECES[piece]));
        }
    }
    let sum = Shape::text(room.width, middle + 4.0, score(it.score)).class(if is_named {
        "s e b"
    } else {
        "s e m"
    });
    inside.push(sum.key("sum"));
    let class = if is_named { "ranked glides" } else { "ranked is-below glides" };
    Shape::group(inside).class(class).with("data-row", it.item.0).key(format!("film{}", it.item.0))
}
