//! Lists side by side as a picture: a column a model, the first ten ranks a row each, what is beyond them closer and
//! closer. A line joins a film's ranks from list to list.

mod labels;

use crate::catalog::{Catalogue, ItemRow};
use crate::families::Card;
use crate::state::compared::Comparison;
use crate::state::lists::WITHIN;
use crate::ui::families::kind_class;
use crate::ui::figure::pen::{Type, curve, fit, logarithmic, mark, title, width as width_of};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;

use super::words::{self, Spot};

/// From one rank of the first ten to the next: as high as what is pressed.
const ROW: f64 = 34.0;
/// All ranks beyond them.
const BEYOND: f64 = 88.0;
/// No title of a model is wider.
const LONGEST: f64 = 164.0;

/// How the picture is laid out.
struct Room {
    width: f64,
    is_wide: bool,
    /// The first column and the last.
    left: f64,
    right: f64,
    n: usize,
    /// By how many degrees titles are turned.
    turn: f64,
    /// Where the columns begin, and their first rank.
    head: f64,
    top: f64,
    /// How large a film's mark is; where columns are close there are dots.
    mark: Option<f64>,
    /// The last rank that has a height of its own.
    deepest: usize,
}

impl Room {
    /// `deepest` is the farthest rank that is drawn.
    fn new(cards: &[&Card], deepest: usize, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let n = cards.len();
        let (before, behind) = match (is_wide, n > 10) {
            (true, _) => ((width * 0.2).clamp(140.0, 210.0), (width * 0.24).clamp(160.0, 240.0)),
            (false, false) => (0.0, 112.0),
            (false, true) => (0.0, 96.0),
        };
        let (left, right) = (before + 13.0, width - behind - 14.0);
        let across = (right - left) / (n.max(2) - 1) as f64;
        let radius = if is_wide { 10.0 } else { 8.0 };
        let mark = (across >= 2.0 * radius + 5.0).then_some(radius);
        let longest = cards.iter().map(|it| width_of(it.title, Type::Small, true));
        let longest = longest.fold(0.0, f64::max).min(LONGEST);
        let turn = match across {
            _ if longest + 12.0 <= across => 0.0_f64,
            44.0.. => 42.0,
            15.0.. => 58.0,
            _ => 90.0,
        };
        let head = if turn > 0.0 { 22.0 + longest * turn.to_radians().sin() } else { 24.0 };
        let deepest = match deepest {
            ..=100 => 100,
            101..=1_000 => 1_000,
            _ => 10_000,
        };
        Self { width, is_wide, left, right, n, turn, head, top: head + 24.0, mark, deepest }
    }

    fn x(&self, column: usize) -> f64 {
        self.left + (self.right - self.left) * column as f64 / (self.n.max(2) - 1) as f64
    }

    fn across(&self) -> f64 {
        self.x(1) - self.x(0)
    }

    fn y(&self, rank: usize) -> f64 {
        let row = |rank: usize| self.top + ROW * (rank as f64 - 1.0);
        if rank <= WITHIN {
            return row(rank);
        }
        let from = row(WITHIN + 1);
        let beyond = (WITHIN as f64 + 1.0, self.deepest as f64);
        logarithmic(beyond, (from, from + BEYOND))((rank as f64).min(self.deepest as f64))
    }

    /// Where the first ten end.
    fn cut(&self) -> f64 {
        self.y(WITHIN) + ROW / 2.0
    }

    fn bottom(&self) -> f64 {
        self.y(WITHIN + 1) + BEYOND + ROW / 2.0
    }
}

/// The lists in the order of the picture.
struct Sides<'a> {
    of: &'a Comparison,
    catalogue: &'a Catalogue,
    cards: Vec<&'static Card>,
    followed: Option<ItemRow>,
    /// What stands out: the film that is followed, else the agreed and the disputed one.
    strong: Vec<ItemRow>,
}

impl<'a> Sides<'a> {
    fn new(of: &'a Comparison, followed: Option<ItemRow>, catalogue: &'a Catalogue) -> Self {
        let cards = of.order.iter().filter_map(|&at| of.cards.get(at).copied()).collect();
        // A film that no list holds has no line.
        let is_anywhere = |item: &ItemRow| of.ranks.iter().any(|it| it.rank_of(*item).is_some());
        let followed = followed.filter(is_anywhere);
        let agreed = of.consensus.first().map(|it| it.item);
        let disputed = of.disputed.as_ref().map(|it| it.placed.item);
        let strong = match followed {
            Some(item) => vec![item],
            None => {
                let second = disputed.filter(|it| agreed != Some(*it));
                agreed.into_iter().chain(second).collect()
            }
        };
        Self { of, catalogue, cards, followed, strong }
    }

    fn rank(&self, column: usize, item: ItemRow) -> Option<usize> {
        self.of.ranks.get(*self.of.order.get(column)?)?.rank_of(item)
    }

    fn ranks(&self, item: ItemRow) -> Vec<Option<usize>> {
        (0..self.cards.len()).map(|column| self.rank(column, item)).collect()
    }

    fn is_strong(&self, item: ItemRow) -> bool {
        self.strong.contains(&item)
    }

    fn is_first(&self, column: usize, item: ItemRow) -> bool {
        self.rank(column, item).is_some_and(|rank| rank <= WITHIN)
    }

    fn title(&self, item: ItemRow) -> String {
        title(self.catalogue, item)
    }

    /// All that is drawn, what stands out on top.
    fn films(&self) -> Vec<ItemRow> {
        let mut films = of_steps(self.of, self.followed);
        films.sort_by_key(|it| self.is_strong(*it));
        films
    }

    fn spot(&self, item: ItemRow) -> Spot {
        let ranks = self.ranks(item);
        Spot {
            title: self.title(item),
            n_first: (0..ranks.len()).filter(|&it| self.is_first(it, item)).count(),
            best: ranks.iter().flatten().min().copied().unwrap_or_default(),
            worst: ranks
                .iter()
                .copied()
                .collect::<Option<Vec<_>>>()
                .and_then(|it| it.into_iter().max()),
        }
    }
}

/// The films that can be followed one after another: those of most lists first, then as agreed.
pub(super) fn of_steps(it: &Comparison, followed: Option<ItemRow>) -> Vec<ItemRow> {
    let n_lists = |item: &ItemRow| it.n_lists_with.get(item).copied().unwrap_or(0);
    let mut films = it.films.clone();
    films.sort_by_key(|item| std::cmp::Reverse(n_lists(item)));
    films.extend(followed.filter(|it| !films.contains(it)));
    films
}

/// The lists at `width` pixels, with the film that is followed; `None` for fewer than two lists.
pub(super) fn draw(
    it: &Comparison,
    followed: Option<ItemRow>,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    if it.cards.len() < 2 {
        return None;
    }
    let sides = Sides::new(it, followed, catalogue);
    let of_strong = sides.strong.iter().flat_map(|&it| sides.ranks(it)).flatten();
    let room = Room::new(&sides.cards, of_strong.max().unwrap_or(1), width);
    let mut shapes = columns(&sides.cards, &room);
    let films = sides.films();
    shapes.extend(films.iter().map(|&it| line(it, &sides, &room)));
    shapes.extend(films.iter().map(|&it| nodes(it, &sides, &room)));
    shapes.extend(labels::labels(&sides, &room));
    Some(Drawn {
        claim: claim(&sides),
        say: match (sides.followed, &it.extremes) {
            (None, Some(extremes)) => words::extremes(&it.cards, extremes),
            _ => words::BEYOND.to_owned(),
        },
        picture: Picture { height: room.bottom() + 6.0, shapes },
        table: table(&sides),
    })
}

/// Columns of `cards` whose lists are still asked for, as high as the picture that takes their place.
pub(super) fn waiting(cards: &[&Card], width: f64) -> Drawn {
    let room = Room::new(cards, 1, width);
    let picture = Picture { height: room.bottom() + 6.0, shapes: columns(cards, &room) };
    let table = Table::new(words::TABLE);
    Drawn { claim: String::new(), say: words::WAITING.to_owned(), picture, table }
}

fn claim(sides: &Sides<'_>) -> String {
    let n = sides.cards.len();
    if let Some(item) = sides.followed {
        let named = |it: (usize, Option<usize>)| Some((it.1?, sides.cards[it.0].title));
        let ranks: Vec<(usize, &str)> =
            sides.ranks(item).into_iter().enumerate().filter_map(named).collect();
        let best = ranks.iter().min_by_key(|it| it.0).copied().unwrap_or_default();
        let worst = ranks.iter().rev().max_by_key(|it| it.0).copied().unwrap_or_default();
        return words::followed(n, &sides.spot(item), best, worst, n - ranks.len());
    }
    let agreed = sides.strong.first().map(|&it| sides.spot(it)).unwrap_or_default();
    match &sides.of.disputed {
        Some(disputed) if disputed.spread > 0.0 => {
            let disputed = sides.spot(disputed.placed.item);
            words::claim(n, &agreed, &disputed)
        }
        _ => words::alike(n, &agreed),
    }
}

/// A line, a dot in the colour of its kind and a title a model; below the first ten all other ranks.
fn columns(cards: &[&Card], room: &Room) -> Vec<Shape> {
    let (left, right) = (room.left - 12.0, room.right + 12.0);
    let beyond = Shape::rect(left, room.cut(), right - left, room.bottom() - room.cut());
    let mut shapes = vec![beyond.with("rx", 4).class("here").key("beyond")];
    for (at, card) in cards.iter().enumerate() {
        let x = room.x(at);
        let class = match room.mark {
            Some(_) => "s b",
            None if room.turn < 90.0 => "s",
            None => "xs",
        };
        let title = fit(card.title, LONGEST, Type::Small, room.mark.is_some());
        let name = if room.turn > 0.0 {
            let place = format!(
                "translate({} {}) rotate(-{})",
                n1(x + 3.5),
                n1(room.head - 8.0),
                room.turn
            );
            let at = Shape::new("text").with("transform", place).class(class);
            Shape { text: Some(title), ..at }
        } else {
            let half = width_of(&title, Type::Small, true) / 2.0;
            let x = x.clamp(half, room.width - half);
            Shape::text(x, room.head - 10.0, title).class(format!("{class} c"))
        };
        let inside = vec![
            Shape::line(x, room.top - 12.0, x, room.bottom()).class("rule"),
            Shape::circle(x, room.head + 1.0, 4.0).class("kind-fill"),
            name,
        ];
        let kind = kind_class(card.kind);
        shapes.push(Shape::group(inside).class(kind).key(format!("model {}", card.name)));
    }
    shapes
}

/// A film's way through the lists: all of it where it stands out, else what runs within the first ten.
fn line(item: ItemRow, sides: &Sides<'_>, room: &Room) -> Shape {
    let is_strong = sides.is_strong(item);
    let mut path = String::new();
    for at in 1..sides.cards.len() {
        let both = sides.rank(at - 1, item).zip(sides.rank(at, item));
        let drawn = both.filter(|(a, b)| is_strong || (*a <= WITHIN && *b <= WITHIN));
        if let Some((a, b)) = drawn {
            path += &curve(room.x(at - 1), room.y(a), room.x(at), room.y(b));
        }
    }
    let is_disputed = sides.followed.is_none() && sides.strong.get(1) == Some(&item);
    let class = match (is_strong, is_disputed, sides.followed) {
        (true, true, _) => "thread is-strong is-disputed",
        (true, false, _) => "thread is-strong",
        (false, _, Some(_)) => "thread is-later",
        (false, ..) => "thread",
    };
    let thick = if is_strong { 3.0 } else { 1.2 };
    Shape::path(path)
        .class(format!("{class} glides"))
        .with("stroke-width", thick)
        .with("data-row", item.0)
        .key(format!("line {}", item.0))
}

/// Where lists have a film: its mark, or where there is no room a dot that is darker in more lists. Each is pressed to
/// follow the film; for keys there are the names and the steps.
fn nodes(item: ItemRow, sides: &Sides<'_>, room: &Room) -> Shape {
    let n_first = (0..sides.cards.len()).filter(|&it| sides.is_first(it, item)).count();
    let share = n_first as f64 / sides.cards.len() as f64;
    let is_strong = sides.is_strong(item);
    let mut inside = Vec::new();
    for (at, card) in sides.cards.iter().enumerate() {
        let Some(rank) = sides.rank(at, item).filter(|it| is_strong || *it <= WITHIN) else {
            continue;
        };
        let mut node = Vec::new();
        match (room.mark, is_strong) {
            (Some(radius), _) if rank <= WITHIN => {
                node.push(mark(sides.catalogue, item, radius).class("mark"));
                if is_strong {
                    node.push(Shape::circle(0.0, 0.0, radius + 2.0).class("kind-line").key("ring"));
                }
            }
            (_, true) => {
                node.push(Shape::circle(0.0, 0.0, 5.0).class("kind-fill edged").key("dot"))
            }
            (_, false) => {
                let strength = n1(0.25 + 0.75 * share);
                let dot = Shape::circle(0.0, 0.0, if room.is_wide { 4.6 } else { 3.8 });
                node.push(dot.class("dot").with("fill-opacity", strength).key("dot"));
            }
        }
        let wide = room.across().min(ROW).min(2.0 * room.left);
        if rank <= WITHIN {
            let hit = Shape::rect(-wide / 2.0, -ROW / 2.0, wide, ROW);
            node.push(hit.class("hit").with("data-act", item.0).key("act"));
        }
        let is_pale = sides.followed.is_some() && !is_strong;
        let pale = if is_pale { " is-faint" } else { "" };
        inside.push(
            Shape::group(node)
                .at(room.x(at), room.y(rank))
                .class(format!("{} glides{pale}", kind_class(card.kind)))
                .key(card.name),
        );
    }
    Shape::group(inside)
        .class("nodes")
        .with("aria-hidden", "true")
        .with("data-row", item.0)
        .key(format!("nodes {}", item.0))
}

/// Every film that is drawn with its rank in each list, the best agreed first.
fn table(sides: &Sides<'_>) -> Table {
    let mut table = Table::new(words::TABLE);
    let films = sides.of.films.iter().copied();
    for item in films.chain(sides.followed.filter(|it| !sides.of.films.contains(it))) {
        let row = table.row().film(sides.catalogue, item);
        for (card, rank) in sides.cards.iter().zip(sides.ranks(item)) {
            row.int_if(card.title, rank);
        }
        row.int("lists", sides.of.n_lists_with.get(&item).copied().unwrap_or(0));
    }
    table
}

#[cfg(test)]
mod tests;
