//! Leave-one-out as a picture: a ribbon from each film to the rank at which the recommended film would stand without it.

use std::collections::BTreeMap;

use super::state::Reasons;
use super::{tables, words};
use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{Explanation, Influence};
use crate::families::ScoreMeaning;
use crate::figures;
use crate::order::best_first;
use crate::state::lists::WITHIN;
use crate::ui::figure::pen::{Type, apart, fit, logarithmic, mark, title, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::words::ordinal;
use words_at::{LINE, lined};

/// So many films have a ribbon; the others share a line.
const N_STRONGEST: usize = 8;
/// So many films that are left out are shown, the newest.
const N_LEFT_OUT: usize = 3;
/// The first rank of the list and the first film.
const TOP: f64 = 40.0;
/// Ranks beyond the first ten, by their logarithm.
const BEYOND: f64 = 70.0;
const LAST: f64 = 60.0;
/// How wide a ribbon is at most, at its film.
const WIDEST: f64 = 24.0;

/// What has a line on the left.
enum Slot<'a> {
    Read(&'a Influence),
    LeftOut(ItemRow),
    /// So many that are read, and what is lost without one of them at most, for or against.
    Others(usize, f32),
}

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    /// How wide the films on the left are.
    films: f64,
    /// Where the list is.
    axis: f64,
    row: f64,
    slot: f64,
    /// The last rank that has a place.
    last: f64,
    bottom: f64,
}

impl Room {
    fn of(why: &Explanation, n_slots: usize, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let (films, list) = if is_wide {
            (178.0, (width * 0.34).min(300.0))
        } else {
            (width * 0.34, width * 0.385)
        };
        let row = if is_wide { 30.0 } else { 28.0 };
        let ranks = why.influence.iter().map(|it| it.rank_without).chain([why.rank]);
        let furthest = ranks.max().unwrap_or(1) as f64;
        let last = if furthest <= LAST { LAST } else { 10_f64.powf(furthest.log10().ceil()) };
        let list_bottom = TOP + row * 9.0 + row * 0.8 + BEYOND;
        let gaps = n_slots.max(2) as f64 - 1.0;
        let slot = ((list_bottom - TOP - 30.0) / gaps).clamp(42.0, 72.0);
        let bottom = list_bottom.max(TOP + slot * (n_slots as f64 - 1.0) + 24.0);
        Self { is_wide, width, films, axis: width - list, row, slot, last, bottom }
    }

    /// Where the film of line `at` is.
    fn film(&self, at: usize) -> f64 {
        TOP + 4.0 + self.slot * at as f64
    }

    fn rank(&self, rank: usize) -> f64 {
        let within = TOP + self.row * (rank.min(WITHIN) as f64 - 1.0);
        if rank <= WITHIN {
            return within;
        }
        let from = within + self.row * 0.8;
        logarithmic((WITHIN as f64 + 1.0, self.last), (from, from + BEYOND))(rank as f64)
    }

    /// Where the first ten end.
    fn cut(&self) -> f64 {
        self.rank(WITHIN) + self.row * 0.4
    }
}

/// A ribbon: from which line, to which rank, how wide there and here, and where it ends.
struct Ribbon<'a> {
    of: &'a Influence,
    slot: usize,
    wide: f64,
    end_wide: f64,
    end: f64,
}

/// `meaning` is that of the model's scores. `None` where the model reads no film.
pub(super) fn draw(
    it: &Reasons,
    meaning: ScoreMeaning,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    let why = &it.explained.explanation;
    let largest = why.influence.iter().map(|it| it.score_drop.abs()).fold(0.0, f32::max);
    let digits = figures::digits_of(largest);
    let slots = slots(it);
    let room = Room::of(why, slots.len(), width);
    let ribbons = ribbons(&slots, largest, &room);
    let mut shapes = headings(&room);
    shapes.extend(axis(why.rank, &room));
    shapes.extend(ribbons.iter().map(|it| ribbon(it, why.rank, &room)));
    shapes.extend(ends(&ribbons, why.rank, &room));
    shapes.extend(
        it.first.iter().map(|&(rank, film)| listed(rank, film, film == why.item, catalogue, &room)),
    );
    if !it.first.iter().any(|first| first.1 == why.item) {
        shapes.push(beyond(why, catalogue, &room));
    }
    let may_switch = why.influence.len() > 1;
    shapes.extend(
        slots
            .iter()
            .enumerate()
            .map(|(at, slot)| film(slot, at, digits, may_switch, catalogue, &room)),
    );
    let mut table = tables::of_reasons(catalogue, why).into_iter().next()?;
    if why.contributions.is_some() {
        table.row().text("title", words::TOGETHER).real("part", why.score);
    }
    let has_against = why.influence.iter().any(|it| it.score_drop < 0.0);
    (!why.influence.is_empty()).then(|| Drawn {
        claim: claim(it, catalogue),
        say: words::ribbons(meaning, has_against, may_switch, !it.off().is_empty()),
        picture: Picture { height: room.bottom + 8.0, shapes },
        table,
    })
}

/// Those without whom the film stands lower, the lowest first.
fn falls(why: &Explanation) -> Vec<&Influence> {
    let mut falls: Vec<_> = why.influence.iter().filter(|it| it.rank_without > why.rank).collect();
    best_first(&mut falls, |it| it.score_drop);
    falls.sort_by_key(|it| std::cmp::Reverse(it.rank_without));
    falls
}

fn claim(it: &Reasons, catalogue: &Catalogue) -> String {
    let why = &it.explained.explanation;
    let film = title(catalogue, why.item);
    let off: Vec<String> = it.off().into_iter().map(|it| title(catalogue, it)).collect();
    if !off.is_empty() {
        return words::without(&off, &film, it.rank_with_all, why.rank);
    }
    if let [only] = why.influence.as_slice() {
        return words::with_one(&title(catalogue, only.pick), &film, why.rank, only.rank_without);
    }
    let falls: Vec<(String, usize)> =
        falls(why).into_iter().map(|it| (title(catalogue, it.pick), it.rank_without)).collect();
    let rises = why.influence.iter().any(|it| it.rank_without < why.rank);
    words::rests_on(&film, why.rank, why.influence.len(), &falls, rises)
}

/// The strongest in the order of the history, those that are left out, and the rest as one.
fn slots(it: &Reasons) -> Vec<Slot<'_>> {
    let why = &it.explained.explanation;
    // What the claim names is shown, even where others lose more of the score.
    let mut strongest: Vec<&Influence> = falls(why).into_iter().take(2).collect();
    let mut others: Vec<&Influence> =
        why.influence.iter().filter(|it| !strongest.iter().any(|of| of.pick == it.pick)).collect();
    best_first(&mut others, |it| it.score_drop.abs());
    let rest = others.split_off(others.len().min(N_STRONGEST - strongest.len()));
    strongest.extend(others);
    let off = it.off();
    let off = &off[off.len().saturating_sub(N_LEFT_OUT)..];
    let mut slots: Vec<Slot<'_>> = it
        .films
        .iter()
        .filter_map(|film| match strongest.iter().find(|it| it.pick == film) {
            Some(it) => Some(Slot::Read(it)),
            None => off.contains(&film).then_some(Slot::LeftOut(film)),
        })
        .collect();
    if let Some(first) = rest.first() {
        slots.push(Slot::Others(rest.len(), first.score_drop.abs()));
    }
    slots
}

/// Those that end at one rank lie side by side, as wide as there is room for all of them.
fn ribbons<'a>(slots: &[Slot<'a>], largest: f32, room: &Room) -> Vec<Ribbon<'a>> {
    let wide = |it: &Influence| {
        let share = if largest > 0.0 { it.score_drop.abs() / largest } else { 0.0 };
        (f64::from(share) * WIDEST).max(1.2)
    };
    let mut ribbons: Vec<Ribbon<'a>> = Vec::new();
    for (slot, it) in slots.iter().enumerate() {
        if let Slot::Read(of) = it {
            let wide = wide(of);
            ribbons.push(Ribbon {
                of,
                slot,
                wide,
                end_wide: wide,
                end: room.rank(of.rank_without),
            });
        }
    }
    let mut at_rank: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, it) in ribbons.iter().enumerate() {
        at_rank.entry(it.of.rank_without).or_default().push(at);
    }
    for those in at_rank.into_values() {
        let total: f64 = those.iter().map(|&at| ribbons[at].wide).sum();
        let scale = ((room.row - 4.0) / total).min(1.0);
        let mut y = ribbons[those[0]].end - total * scale / 2.0;
        for at in those {
            let it = &mut ribbons[at];
            it.end_wide = it.wide * scale;
            it.end = y + it.end_wide / 2.0;
            y += it.end_wide;
        }
    }
    ribbons
}

fn headings(room: &Room) -> Vec<Shape> {
    let mut shapes = vec![
        Shape::text(0.0, 12.0, words::YOUR_FILMS).class("s f").key("films"),
        Shape::text(room.axis + 28.0, 12.0, words::ITS_LIST).class("s f").key("list"),
    ];
    if room.is_wide {
        let middle = f64::midpoint(room.films, room.axis);
        shapes.push(Shape::text(middle, 12.0, words::ITS_RANK_WITHOUT).class("s c f").key("ranks"));
    }
    shapes
}

/// The line that ribbons end at, and ranks beyond the first ten.
fn axis(rank: usize, room: &Room) -> Vec<Shape> {
    let (x, end) = (room.axis, room.rank(room.last as usize));
    let mut shapes = vec![
        Shape::line(x, TOP - 14.0, x, end + 6.0).class("axis").key("axis"),
        Shape::line(x, room.cut(), room.width, room.cut())
            .class("rule")
            .with("stroke-dasharray", "2 4")
            .key("cut"),
    ];
    let mut above = room.rank(WITHIN);
    for tick in [20, 50, 100, 200, 1_000, 2_000, 10_000] {
        let y = room.rank(tick);
        let is_free = rank <= WITHIN || (y - room.rank(rank)).abs() > 24.0;
        if tick as f64 <= room.last && y - above >= 18.0 && is_free {
            above = y;
            shapes.push(Shape::line(x, y, x + 5.0, y).class("axis").key(format!("tick{tick}")));
            let name = Shape::text(x + 10.0, y + 4.0, ordinal(tick)).class("xs f");
            shapes.push(name.key(format!("rank{tick}")));
        }
    }
    shapes
}

fn ribbon(it: &Ribbon<'_>, rank: usize, room: &Room) -> Shape {
    let (x0, x1) = (room.films + 6.0, room.axis - 3.0);
    let middle = n1(f64::midpoint(x0, x1));
    let y0 = room.film(it.slot);
    let (above, below) = (n1(y0 - it.wide / 2.0), n1(y0 + it.wide / 2.0));
    let (over, under) = (n1(it.end - it.end_wide / 2.0), n1(it.end + it.end_wide / 2.0));
    let (x0, x1) = (n1(x0), n1(x1));
    let class = match () {
        () if it.of.score_drop < 0.0 => "ribbon is-against",
        () if it.of.rank_without > rank => "ribbon is-for",
        () => "ribbon",
    };
    Shape::path(format!(
        "M{x0} {above}C{middle} {above} {middle} {over} {x1} {over}L{x1} {under}C{middle} {under} {middle} {below} {x0} {below}Z"
    ))
    .class(format!("{class} glides"))
    .key(format!("ribbon{}", it.of.pick.0))
}

/// The ranks that ribbons end at, where they are others than the film's.
fn ends(ribbons: &[Ribbon<'_>], rank: usize, room: &Room) -> Vec<Shape> {
    let mut tops: BTreeMap<usize, f64> = BTreeMap::new();
    for it in ribbons.iter().filter(|it| it.of.rank_without != rank) {
        let top = tops.entry(it.of.rank_without).or_insert(f64::MAX);
        *top = top.min(it.end - it.end_wide / 2.0 - 5.0);
    }
    let wanted: Vec<f64> = tops.values().copied().collect();
    let placed = apart(&wanted, LINE, (TOP - 12.0, room.bottom));
    let label = |(&to, y): (&usize, f64)| {
        Shape::text(room.axis - 10.0, y, ordinal(to))
            .class("s b e halo glides")
            .key(format!("end{to}"))
    };
    tops.keys().zip(placed).map(label).collect()
}

/// A film of the list; the one that is explained has its mark.
fn listed(rank: usize, film: ItemRow, is_it: bool, catalogue: &Catalogue, room: &Room) -> Shape {
    let name = title(catalogue, film);
    let left = if room.is_wide { 58.0 } else { 28.0 };
    let (size, n_lines) = if room.is_wide { (Type::Label, 1) } else { (Type::Small, 2) };
    let lines = if is_it {
        wrap(&name, room.width - room.axis - left, size, true, n_lines)
    } else {
        vec![fit(&name, room.width - room.axis - left, Type::Small, false)]
    };
    let class = if is_it { format!("{} b", size.class()) } else { "s m".to_owned() };
    let mut inside = vec![Shape::line(0.0, 0.0, 5.0, 0.0).class("axis")];
    if is_it {
        inside.push(Shape::circle(0.0, 0.0, 4.5).class("kind-fill").key("it"));
    }
    inside.push(Shape::text(22.0, 4.0, rank.to_string()).class(if is_it {
        "xs e b"
    } else {
        "xs e f"
    }));
    if room.is_wide {
        inside.push(
            mark(catalogue, film, if is_it { 11.0 } else { 9.0 }).at(40.0, 0.0).class("mark"),
        );
    }
    inside.extend(lined(&lines, left, 0.0, &class));
    Shape::group(inside)
        .at(room.axis, room.rank(rank))
        .class("glides")
        .key(format!("list{}", film.0))
}

/// The film that is explained, where it is not among the first.
fn beyond(why: &Explanation, catalogue: &Catalogue, room: &Room) -> Shape {
    let name = format!("{}, {}", title(catalogue, why.item), ordinal(why.rank));
    let lines = wrap(&name, room.width - room.axis - 12.0, Type::Small, true, 2);
    let mut inside = vec![Shape::circle(0.0, 0.0, 4.5).class("kind-fill").key("it")];
    inside.extend(lined(&lines, 12.0, 0.0, "s b halo"));
    let y = room.rank(why.rank);
    Shape::group(inside).at(room.axis, y).class("glides").key(format!("list{}", why.item.0))
}

/// A line on the left.
fn film(
    slot: &Slot<'_>,
    at: usize,
    digits: usize,
    may_switch: bool,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let (film, value) = match slot {
        Slot::Read(it) => (it.pick, Some(it.score_drop)),
        Slot::LeftOut(film) => (*film, None),
        Slot::Others(n, most) => {
            let most = words::at_most(&figures::plain(*most, digits));
            let words = [(-2.0, words::other_picks(*n), "s m"), (12.0, most, "xs f")];
            let line = |(y, words, class)| Shape::text(0.0, y, words).class(class);
            let inside = words.map(line).into_iter().collect();
            return Shape::group(inside).at(0.0, room.film(at)).class("glides").key("others");
        }
    };
    let is_on = value.is_some();
    let name = title(catalogue, film);
    let n_lines = if room.slot >= 56.0 { 2 } else { 1 };
    let (x, size) = (30.0, if room.is_wide { Type::Label } else { Type::Small });
    let lines = wrap(&name, room.films - x, size, true, n_lines);
    let class =
        if is_on { format!("{} b", size.class()) } else { format!("{} f struck", size.class()) };
    let mut inside = vec![mark(catalogue, film, 11.0).at(12.0, 0.0).class(if is_on {
        "mark"
    } else {
        "mark is-faint"
    })];
    if !is_on {
        inside.push(Shape::line(2.0, 10.0, 22.0, -10.0).class("axis").key("out"));
    }
    let lift = if is_on { LINE / 2.0 } else { 0.0 };
    inside.extend(lined(&lines, x, -lift, &class));
    if let Some(lost) = value {
        let words = words::changed_without(&figures::signed(-lost, digits), room.is_wide);
        let y = 4.0 + LINE * (lines.len() as f64) / 2.0;
        inside.push(
            Shape::text(x, y, words).class(if lost < 0.0 { "s down" } else { "s k" }).key("lost"),
        );
    }
    if may_switch || !is_on {
        let high = (room.slot - 2.0).min(56.0);
        let button = Shape::button(0.0, -high / 2.0, room.films + 2.0, high, film.0, &name);
        inside.push(button.is_on(is_on).key("act"));
    }
    Shape::group(inside).at(0.0, room.film(at)).class("film glides").key(format!("film{}", film.0))
}

#[cfg(test)]
mod tests;
mod words_at;
