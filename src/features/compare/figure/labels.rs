//! What is written beside the columns: films' names at both ends, and ranks beyond the first ten.

use super::{ROW, Room, Sides};
use crate::catalog::ItemRow;
use crate::features::compare::words::{BEYOND_TENTH, nth};
use crate::state::lists::WITHIN;
use crate::ui::figure::pen::{Type, apart, fit, width as width_of};
use crate::ui::figure::shape::Shape;
use crate::ui::words::grouped;

pub(super) fn labels(sides: &Sides<'_>, room: &Room) -> Vec<Shape> {
    let last = sides.cards.len() - 1;
    let on_right = ends(sides, room, last);
    let on_left = if room.is_wide { ends(sides, room, 0) } else { Vec::new() };
    let mut shapes = depths(room, &on_left);
    shapes.extend(numbers(sides, room));
    shapes.extend(on_left.iter().map(|it| name(it, sides, room, Side::Left)));
    shapes.extend(on_right.iter().map(|it| name(it, sides, room, Side::Right)));
    shapes
}

/// Where a line ends, and the name beside it.
struct End {
    item: ItemRow,
    rank: usize,
    y: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// The first ten of the list in `column`, and what stands out beyond them.
fn ends(sides: &Sides<'_>, room: &Room, column: usize) -> Vec<End> {
    let shown = sides.films().into_iter().filter_map(|item| {
        let rank = sides.rank(column, item)?;
        (rank <= WITHIN || sides.is_strong(item)).then_some((item, rank))
    });
    let mut shown: Vec<(ItemRow, usize)> = shown.collect();
    shown.sort_by_key(|it| it.1);
    let n_first = shown.iter().filter(|it| it.1 <= WITHIN).count();
    let wanted: Vec<f64> = shown[n_first..].iter().map(|it| room.y(it.1)).collect();
    let lowest = room.bottom() - ROW / 2.0;
    let beyond = apart(&wanted, ROW, (room.y(WITHIN) + ROW, lowest));
    let within = shown[..n_first].iter().map(|it| room.y(it.1));
    let places: Vec<f64> = within.chain(beyond).collect();
    shown.into_iter().zip(places).map(|((item, rank), y)| End { item, rank, y }).collect()
}

/// A film's name at the end of its line. On the left it is pressed by pointer alone: keys have the steps.
fn name(end: &End, sides: &Sides<'_>, room: &Room, side: Side) -> Shape {
    let &End { item, rank, y } = end;
    let is_strong = sides.is_strong(item);
    let title = sides.title(item);
    let x = match side {
        Side::Left => room.left - 22.0,
        Side::Right => room.right + if room.is_wide { 22.0 } else { 16.0 },
    };
    let space = match side {
        Side::Left => x,
        // With the halo, which is drawn around the letters.
        Side::Right => room.width - x - 3.0,
    };
    let more = if rank > WITHIN { format!(", {}", nth(rank)) } else { String::new() };
    let for_title = space - width_of(&more, Type::Small, is_strong);
    let shown = format!("{}{more}", fit(&title, for_title, Type::Small, is_strong));
    let emphasis = match (is_strong, sides.followed) {
        (true, _) => "b",
        (false, Some(_)) => "f",
        (false, None) => "m",
    };
    let (anchor, from) = match side {
        Side::Left => ("e", 0.0),
        Side::Right => ("", x - 8.0),
    };
    let wide = match side {
        Side::Left => x + 8.0,
        Side::Right => room.width - x + 8.0,
    };
    let mut inside = Vec::new();
    if rank > WITHIN {
        let (line_x, from_y) = match side {
            Side::Left => ((room.left - 7.0, x + 4.0), room.y(rank)),
            Side::Right => ((room.right + 7.0, x - 4.0), room.y(rank)),
        };
        inside.push(Shape::line(line_x.0, from_y, line_x.1, y).class("axis").key("to"));
    }
    inside.push(Shape::text(x, y + 4.0, shown).class(format!("s {anchor} {emphasis} halo")));
    inside.push(if side == Side::Left {
        Shape::rect(from, y - ROW / 2.0, wide, ROW).class("hit").with("data-act", item.0).key("act")
    } else {
        let is_on = sides.followed == Some(item);
        Shape::button(from, y - ROW / 2.0, wide, ROW, item.0, &title).is_on(is_on).key("act")
    });
    let end = if side == Side::Left { "first" } else { "last" };
    Shape::group(inside).class("name").key(format!("{end} {}", item.0))
}

/// A part of the picture that words take.
struct Box {
    left: f64,
    right: f64,
    baseline: f64,
}

impl Box {
    fn of(x: f64, baseline: f64, words: &str) -> Self {
        Self { left: x - 3.0, right: x + width_of(words, Type::Tick, false) + 3.0, baseline }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && (self.baseline - other.baseline).abs() < 12.0
    }
}

/// Where ranks beyond the first ten are, on the left where names leave room; on a phone the ranks on the lines say it.
fn depths(room: &Room, on_left: &[End]) -> Vec<Shape> {
    if !room.is_wide {
        return Vec::new();
    }
    let depth = |rank: usize| {
        let y = room.y(rank);
        let mut inside = vec![Shape::line(room.left - 12.0, y, room.right + 12.0, y).class("rule")];
        if on_left.iter().all(|it| (it.y - y).abs() > 15.0) {
            inside.push(Shape::text(room.left - 18.0, y + 4.0, nth(rank)).class("xs e f"));
        }
        Shape::group(inside).key(format!("depth {rank}"))
    };
    // Three of a scale have room.
    let ranks = if room.deepest == 100 { [20, 50, 100] } else { [100, 1_000, 10_000] };
    ranks.into_iter().filter(|&it| it <= room.deepest).map(depth).collect()
}

/// The ranks beyond the first ten of what stands out, the farthest first, as many as there is room for; those at the
/// ends are beside the names.
fn numbers(sides: &Sides<'_>, room: &Room) -> Vec<Shape> {
    let mut taken: Vec<Box> = Vec::new();
    let last = sides.cards.len() - 1;
    let mut wanted: Vec<(usize, usize, ItemRow)> = Vec::new();
    for &item in &sides.strong {
        for (at, rank) in sides.ranks(item).into_iter().enumerate() {
            let is_named = at == last || (at == 0 && room.is_wide);
            wanted.extend(rank.filter(|it| *it > WITHIN && !is_named).map(|it| (it, at, item)));
        }
    }
    wanted.sort_by_key(|it| std::cmp::Reverse(it.0));
    let mut shapes = Vec::new();
    if wanted.is_empty() && !room.is_wide {
        let text = Shape::text(room.left - 4.0, room.cut() + 16.0, BEYOND_TENTH).class("xs f");
        shapes.push(text.key("beyond the tenth"));
    }
    for (rank, at, item) in wanted {
        let (x, y) = (room.x(at), room.y(rank));
        let words = grouped(rank);
        let wide = width_of(&words, Type::Tick, false);
        let places = [
            (x + 8.0, y + 4.0),
            (x - wide / 2.0, y - 9.0),
            (x - wide / 2.0, y + 16.0),
            (x - wide - 8.0, y + 4.0),
        ];
        let free = places.into_iter().map(|(x, y)| (x, y, Box::of(x, y, &words))).find(|it| {
            let is_inside = it.2.left >= 0.0
                && it.2.right <= room.right + 4.0
                && it.1 <= room.bottom() - 2.0
                && it.1 >= room.cut() + 10.0;
            is_inside && !taken.iter().any(|other| other.meets(&it.2))
        });
        if let Some((x, y, of_words)) = free {
            taken.push(of_words);
            let text = Shape::text(x, y, words).class("xs halo glides");
            shapes.push(text.key(format!("rank {at} {}", item.0)));
        }
    }
    shapes
}
