//! Attention as a picture: arcs from the film at a step to those before it, a side for a layer, and beside each film the
//! rank that it had just before it was watched.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::inspect::positions::Shown;
use crate::features::inspect::tables::{layers, pick};
use crate::features::inspect::words as shared;
use crate::history::History;
use crate::order::best_first;
use crate::ui::figure::pen::{Type, fit, logarithmic, mark, title, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::{grouped, ordinal, percent};

const TOP: f64 = 40.0;
/// So many films have a line each, one below another; of more, these.
const FEW: usize = 8;
const MOST: usize = 16;
/// Of those the newest, and those before them that a layer looks at most.
const N_NEWEST: usize = 9;
const N_LOOKED_AT: usize = 4;
/// How wide the widest arc of a step is, half of that where there are many; and the share of attention that no arc of that width is less than.
const WIDEST: f64 = 16.0;
const LEAST: f64 = 0.12;
/// Behind the dots, for the ranks.
const RIGHT: f64 = 42.0;

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    is_close: bool,
    width: f64,
    row: f64,
    /// Where the films are, and how far arcs reach to either side.
    films: f64,
    arc: f64,
    names: f64,
    /// Where the shares of attention end, where they have columns of their own.
    shares: f64,
    /// From the first rank to the last.
    ranks: (f64, f64),
    last_rank: f64,
    n_rows: usize,
}

impl Room {
    fn of(n_rows: usize, furthest: usize, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let is_close = n_rows > FEW;
        let arc = (width * 0.19).min(116.0);
        let films = arc + 12.0;
        let names = films + 16.0 + arc * 0.86;
        let room = if is_wide { width * 0.22 } else { width * 0.27 };
        let shares = if is_wide { names + room + 78.0 } else { names + room };
        let last_rank = 10_f64.powf((furthest.max(100) as f64).log10().ceil());
        Self {
            is_wide,
            is_close,
            width,
            row: if is_close { 34.0 } else { 52.0 },
            films,
            arc,
            names,
            shares,
            ranks: (shares + 14.0, width - RIGHT),
            last_rank,
            n_rows,
        }
    }

    fn y(&self, row: usize) -> f64 {
        TOP + self.row * (row as f64 + 0.5)
    }

    fn rank(&self, rank: usize) -> f64 {
        logarithmic((1.0, self.last_rank), self.ranks)(rank as f64)
    }

    fn bottom(&self) -> f64 {
        TOP + self.row * self.n_rows as f64
    }
}

/// The rank of the film at `at` before it was watched.
fn rank_before(shown: &Shown, at: usize) -> Option<usize> {
    shown.positions.get(at.checked_sub(1)?)?.said.rank_of_next
}

/// What the model looked at from the film at `step`, at `width` pixels; `None` where it read nothing.
pub(super) fn draw(
    shown: &Shown,
    picks: &History,
    catalogue: &Catalogue,
    step: usize,
    width: f64,
) -> Option<Drawn> {
    let films = picks.as_slice();
    let n = films.len().min(shown.positions.len());
    let step = step.min(n.checked_sub(1)?);
    let attention = &shown.positions[step].attention;
    let ranks: Vec<Option<usize>> = (0..n).map(|at| rank_before(shown, at)).collect();
    let worst = (0..n).filter(|&at| ranks[at].is_some()).max_by_key(|&at| (ranks[at], n - at));
    let rows = rows(attention, step, n, worst);
    let room = Room::of(rows.len(), ranks.iter().copied().flatten().max().unwrap_or(1), width);

    let mut shapes = headings(attention.len(), &room);
    shapes.extend(links(&rows, &room));
    let at = rows.iter().position(|&it| it == step)?;
    let all = attention.iter().flat_map(|layer| rows.iter().filter_map(|&of| layer.get(of)));
    let largest = all.fold(0.0, |most, &it| f64::max(most, f64::from(it)));
    let widest = if room.is_close { WIDEST / 2.0 } else { WIDEST };
    let scale = widest / largest.max(LEAST);
    let last_layer = attention.len().saturating_sub(1);
    // One layer alone is on the right.
    let sides = [(last_layer > 0).then_some((0, -1.0)), Some((last_layer, 1.0))];
    for (layer, side) in sides.into_iter().flatten() {
        if let Some(weights) = attention.get(layer) {
            shapes.extend(rows.iter().enumerate().filter(|it| *it.1 <= step).map(|(row, &of)| {
                arc(f64::from(weights[of]) * scale, at, row, side, &room)
                    .key(format!("arc{layer}-{of}"))
            }));
        }
    }
    for (row, &of) in rows.iter().enumerate() {
        let weights: Vec<f32> = attention.iter().filter_map(|it| it.get(of).copied()).collect();
        let it = Film { of, film: films[of], rank: ranks[of], weights };
        let is_worst = worst == Some(of);
        shapes.push(line(&it, row, step, is_worst, catalogue, &room));
    }
    if rows.len() < n {
        let rest = |it: &Vec<f32>| -> f32 {
            it.iter().enumerate().filter(|it| !rows.contains(&it.0)).map(|it| it.1).sum()
        };
        let rest: Vec<f32> = attention.iter().map(rest).collect();
        let said = words::others(n - rows.len(), &rest);
        let said = fit(&said, width, Type::Small, false);
        shapes.push(Shape::text(0.0, room.bottom() + 16.0, said).class("s f").key("others"));
    }
    let last = attention.last().map(Vec::as_slice).unwrap_or_default();
    let most = (0..=step.min(last.len().saturating_sub(1))).max_by(|&a, &b| {
        last.get(a).partial_cmp(&last.get(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let name = |at: usize| title(catalogue, films[at]);
    let first = shown.positions[step].said.top.first().map(|it| title(catalogue, it.item));
    let next = (step + 1 < n)
        .then(|| (name(step + 1), ranks[step + 1]))
        .and_then(|it| Some((it.0, it.1?)));
    let looked = most.filter(|_| step > 0).map(|most| words::Looked {
        from: name(step),
        most: (most != step).then(|| name(most)),
        share: last[most],
        layer: attention.len(),
    });
    let expected = worst.map(|at| (name(at), ranks[at].unwrap_or(1)));
    let mut table = Table::new("attention and ranks");
    for (at, rank) in ranks.iter().enumerate() {
        let row = table.row();
        pick(row, catalogue, picks, at);
        layers(row, attention, at);
        row.int_if("rank_before", *rank);
    }
    let height = room.bottom() + if rows.len() < n { 26.0 } else { 8.0 };
    Some(Drawn {
        claim: words::claim(looked.as_ref(), expected.as_ref(), &name(step)),
        say: words::say(
            &name(step),
            first.as_deref(),
            next.as_ref().map(|it| (it.0.as_str(), it.1)),
        ),
        picture: Picture { height, shapes },
        table,
    })
}

/// The films that have a line, oldest first: all where they are few; else the newest up to the step and the next, those
/// that were looked at most, and the one that was expected least.
fn rows(attention: &[Vec<f32>], step: usize, n: usize, worst: Option<usize>) -> Vec<usize> {
    if n <= MOST {
        return (0..n).collect();
    }
    let mut rows: Vec<usize> =
        (0..=step + 1).rev().filter(|&at| at < n).take(N_NEWEST + 1).collect();
    for layer in [attention.first(), attention.last()].into_iter().flatten() {
        let mut order: Vec<usize> = (0..layer.len()).collect();
        best_first(&mut order, |&at| layer[at]);
        order.truncate(N_LOOKED_AT / 2);
        rows.extend(order);
    }
    rows.extend(worst);
    rows.sort_unstable();
    rows.dedup();
    // Films to come fill what is left.
    let mut later = step + 2;
    while rows.len() < MOST && later < n {
        if !rows.contains(&later) {
            rows.push(later);
        }
        later += 1;
    }
    rows.sort_unstable();
    rows
}

fn headings(n_layers: usize, room: &Room) -> Vec<Shape> {
    let x = room.films;
    let mut shapes = Vec::new();
    if n_layers > 1 {
        shapes.push(Shape::text(x - 12.0, 12.0, words::layer(1)).class("s e f").key("first"));
    }
    shapes.push(Shape::text(x + 12.0, 12.0, words::layer(n_layers)).class("s f").key("last"));
    let heading = if room.is_wide { words::RANK_BEFORE_LONG } else { words::RANK_BEFORE };
    shapes.push(Shape::text(room.width, 12.0, heading).class("s e f").key("ranks"));
    let mut end = f64::NEG_INFINITY;
    let mut tick = 1;
    while tick as f64 <= room.last_rank {
        let rank = room.rank(tick);
        shapes.push(
            Shape::line(rank, TOP - 4.0, rank, room.bottom())
                .class("rule")
                .key(format!("tick{tick}")),
        );
        if rank - end > 40.0 || tick == 1 {
            end = rank;
            shapes.push(
                Shape::text(rank, TOP - 10.0, grouped(tick))
                    .class("xs c f")
                    .key(format!("of{tick}")),
            );
        }
        tick *= 10;
    }
    shapes
}

/// From film to film; dashed where there are others between.
fn links(rows: &[usize], room: &Room) -> Vec<Shape> {
    let link = |(row, pair): (usize, &[usize])| {
        let (from, to) = (room.y(row) + 12.0, room.y(row + 1) - 12.0);
        let line =
            Shape::line(room.films, from, room.films, to).class("rule").key(format!("link{row}"));
        if pair[0] + 1 == pair[1] {
            line
        } else {
            line.with("stroke-dasharray", "1 4").with("data-gap", "")
        }
    };
    rows.windows(2).enumerate().map(link).collect()
}

/// From the film of row `from` to that of row `to`, `wide` by the attention.
fn arc(wide: f64, from: usize, to: usize, side: f64, room: &Room) -> Shape {
    let x = n1(room.films + side * 12.0);
    let (y0, y1) = (room.y(from), room.y(to));
    let d = if from == to {
        let out = n1(room.films + side * (12.0 + f64::min(room.arc * 0.5, 30.0)));
        let [above, below, high, low] = [y0 - 3.0, y0 + 3.0, y0 - 17.0, y0 + 17.0].map(n1);
        format!("M{x} {above}C{out} {high} {out} {low} {x} {below}")
    } else {
        let furthest = room.row * (room.n_rows.max(2) - 1) as f64;
        let reach = 10.0 + (room.arc - 30.0) * (y0 - y1).abs() / furthest;
        // A curve reaches three quarters of the way to its control points.
        let out = n1(room.films + side * (12.0 + reach / 0.75));
        let [y0, y1] = [y0, y1].map(n1);
        format!("M{x} {y0}C{out} {y0} {out} {y1} {x} {y1}")
    };
    Shape::path(d).class("look glides").with("stroke-width", n1(wide))
}

struct Film {
    of: usize,
    film: ItemRow,
    rank: Option<usize>,
    /// What each layer gives it from the step; nothing where it comes later.
    weights: Vec<f32>,
}

/// A film with its shares of attention, and its rank before.
fn line(
    it: &Film,
    row: usize,
    step: usize,
    is_worst: bool,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let (is_here, is_later) = (it.of == step, it.of > step);
    let name = title(catalogue, it.film);
    let mut inside = Vec::new();
    if is_here {
        inside.push(Shape::circle(room.films, 0.0, 13.0).class("kind-line ring").key("here"));
    }
    let seen = if is_later { "mark is-faint" } else { "mark" };
    inside.push(mark(catalogue, it.film, 10.0).at(room.films, 0.0).class(seen));
    let has_shares = !room.is_wide && !room.is_close && !it.weights.is_empty();
    let wide = if room.is_wide { room.shares - 76.0 } else { room.shares } - room.names;
    let lines =
        wrap(&name, wide, Type::Small, is_here, if room.is_close || has_shares { 1 } else { 2 });
    let class = match (is_here, is_later) {
        (true, _) => "s b",
        (_, true) => "s f",
        _ => "s",
    };
    let lift = 14.0 * (lines.len() as f64 - 1.0) / 2.0 + if has_shares { 6.0 } else { 0.0 };
    for (at, words) in lines.into_iter().enumerate() {
        let y = 4.0 - lift + 14.0 * at as f64;
        inside.push(Shape::text(room.names, y, words).class(class));
    }
    if let (Some(first), Some(last)) = (it.weights.first(), it.weights.last()) {
        let several = it.weights.len() > 1;
        if room.is_wide {
            inside.push(Shape::text(room.shares, 4.0, percent(*last)).class("xs e m").key("last"));
            if several {
                inside.push(
                    Shape::text(room.shares - 40.0, 4.0, percent(*first))
                        .class("xs e m")
                        .key("first"),
                );
            }
        } else if has_shares {
            let words = if several { words::shares(*first, *last) } else { percent(*last) };
            inside.push(Shape::text(room.names, 13.0, words).class("xs m").key("shares"));
        }
    }
    if let Some(rank) = it.rank {
        let x = room.rank(rank);
        inside.push(Shape::line(room.ranks.0, 0.0, x, 0.0).class("kind-line"));
        inside.push(Shape::circle(x, 0.0, 4.5).class("kind-fill"));
        let class = if is_worst { "s b halo" } else { "s halo" };
        let words = if room.is_wide { ordinal(rank) } else { grouped(rank) };
        let words = if rank > 999 { grouped(rank) } else { words };
        inside.push(Shape::text(x + 7.0, 4.0, words).class(class));
    }
    let label = shared::after_film(&name);
    let button = Shape::button(0.0, -room.row / 2.0, room.width, room.row, it.of, &label);
    inside.push(button.key("act"));
    Shape::group(inside).at(0.0, room.y(row)).class("film glides").key(it.of)
}
