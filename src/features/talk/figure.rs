//! A turn as a picture: every film of the catalogue is a dot beside the filter that takes it out, and what the ranker
//! adds up for the first of those that are left.

use super::sentences::shortened;
use super::state::Turn;
use super::words::{self, figure as text};
use crate::catalog::Catalogue;
use crate::dialogue::{Filter, Part};
use crate::ui::figure::pen::{Type, fit, title};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::listed;
use chips::{Chip, lined};

mod bars;
mod chips;
#[cfg(test)]
mod tests;

/// Where filters stand on a wide picture, left of the dots.
const FILTERS: f64 = 206.0;
/// Words under a filter.
const NOTE: f64 = 16.0;
/// Between two filters.
const GAP: f64 = 8.0;

/// The newest turn, or none, at `width` pixels. `was` is the turn before the reader switched parts of it off.
pub(super) fn draw(
    turn: Option<&Turn>,
    was: Option<&Turn>,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    let n_films = catalogue.n_items();
    let filters: &[Filter] = turn.map_or(&[], |it| &it.filters);
    let n_left = left_of(n_films, filters);
    let room = Room::of(width);
    let mut shapes = Vec::new();
    let mut y = head(turn, n_films, &room, &mut shapes);
    if let Some(turn) = turn {
        let mut n_still = n_films;
        for filter in &turn.filters {
            n_still -= filter.n_out;
            let (shape, height) = row(filter, n_still, turn, catalogue, &room);
            shapes.push(shape.at(0.0, y));
            y += height + GAP;
        }
    }
    let (shape, height) = left(n_left, &room);
    shapes.push(shape.at(0.0, y));
    y += height;
    if let Some(turn) = turn {
        let by: Vec<Chip> = evidence(turn).map(|at| chip(turn, &[at], catalogue)).collect();
        if !by.is_empty() {
            y += 14.0;
            shapes.push(Shape::text(0.0, y + 10.0, text::RANKED_BY).class("s f").key("by"));
            let (inside, height) = lined(by, width);
            shapes.push(Shape::group(inside).at(0.0, y + 16.0).class("glides").key("evidence"));
            y += 16.0 + height;
        }
        y = bars::draw(turn, catalogue, y, width, &mut shapes);
    }
    Some(Drawn {
        claim: claim(turn, n_left, catalogue),
        say: say(turn, was, catalogue),
        picture: Picture { height: y + 8.0, shapes },
        table: table(turn, n_left, catalogue),
    })
}

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    /// Where dots begin, how many are in a row, and from one to the next.
    dots: f64,
    across: usize,
    pitch: f64,
}

impl Room {
    fn of(width: f64) -> Self {
        let is_wide = width >= WIDE;
        let dots = if is_wide { FILTERS } else { 0.0 };
        let pitch = match () {
            () if width >= 800.0 => 4.0,
            () if is_wide => 3.0,
            () => 2.0,
        };
        let across = ((width - dots) / pitch).floor() as usize;
        Self { is_wide, width, dots, across, pitch }
    }

    /// `n` dots and how high they are.
    fn dots(&self, n: usize, class: &str) -> (Shape, f64) {
        let (pitch, dot) = (self.pitch, self.pitch * 0.7);
        let line = |(at, n): (usize, usize)| {
            let y = n1(dot / 2.0 + pitch * at as f64);
            // Whole dots and gaps, so that each row begins with a dot.
            format!("M0 {y}h{}", n1(pitch * n as f64))
        };
        let n_rows = n.div_ceil(self.across);
        let in_row = |at: usize| (n - at * self.across).min(self.across);
        let path: String = (0..n_rows).map(|at| line((at, in_row(at)))).collect();
        let shape = Shape::path(path)
            .class(format!("dots {class}"))
            .with("stroke-width", n1(dot))
            .with("stroke-dasharray", format!("{} {}", n1(dot), n1(pitch - dot)));
        (shape, pitch * n_rows as f64)
    }
}

fn left_of(n_films: usize, filters: &[Filter]) -> usize {
    n_films - filters.iter().map(|it| it.n_out).sum::<usize>().min(n_films)
}

/// The message, what it was heard as, and all films. Gives where the rest begins.
fn head(turn: Option<&Turn>, n_films: usize, room: &Room, shapes: &mut Vec<Shape>) -> f64 {
    let mut y = 0.0;
    if let Some(turn) = turn {
        let message = format!("“{}”", shortened(&turn.message).replace('\n', " "));
        let message = fit(&message, room.width, Type::Label, true);
        let heard = text::heard_as(&words::heard(turn.heard.intent));
        shapes.push(Shape::text(0.0, 14.0, message).class("map").key("message"));
        shapes.push(Shape::text(0.0, 32.0, heard).class("xs f").key("heard"));
        y = 38.0;
    }
    let all = Shape::text(room.dots, y + 16.0, text::all_films(n_films)).class("s m").key("all");
    shapes.push(all);
    y + 24.0
}

/// A filter with the films that it takes out, and how high that is.
fn row(
    filter: &Filter,
    n_left: usize,
    turn: &Turn,
    catalogue: &Catalogue,
    room: &Room,
) -> (Shape, f64) {
    let labels = if room.is_wide { FILTERS - 14.0 } else { room.width };
    let chips = filter_chips(filter, turn, catalogue);
    let is_off = !chips.is_empty() && chips.iter().all(|it| !it.is_on);
    let (mut inside, mut height) = if chips.is_empty() {
        (vec![Shape::text(0.0, 14.0, text::NAMED).class("s m")], 20.0)
    } else {
        lined(chips, labels)
    };
    let note = if is_off { text::OFF.to_owned() } else { text::out(filter.n_out, n_left) };
    inside.push(Shape::text(0.0, height + 10.0, note).class("xs f").key("note"));
    height += NOTE;
    let (dots, dots_height) = room.dots(filter.n_out, "is-out");
    if filter.n_out > 0 {
        let top = if room.is_wide { 4.0 } else { height + 2.0 };
        inside.push(dots.at(room.dots, top).key("dots"));
        height = if room.is_wide { height.max(dots_height + 6.0) } else { top + dots_height };
    }
    let key = filter.parts.iter().map(|it| format!("{it:?}")).collect::<String>();
    (Shape::group(inside).class("filter glides").key(key), height)
}

/// The films that are left.
fn left(n: usize, room: &Room) -> (Shape, f64) {
    let (dots, height) = room.dots(n, "is-left");
    let top = if room.is_wide { 4.0 } else { 20.0 };
    let inside = vec![
        Shape::text(0.0, 14.0, text::left(n)).class("b k").key("left"),
        dots.at(room.dots, top).key("dots"),
    ];
    (Shape::group(inside).class("filter glides").key("left"), (top + height).max(20.0))
}

/// The places among a turn's parts of what is weighed and filters nothing. Words that went with another part are gone.
fn evidence(turn: &Turn) -> impl Iterator<Item = usize> {
    let is_filter = |part: &Part| turn.filters.iter().any(|it| it.parts.contains(part));
    let is_gone = |part: &Part| {
        matches!(part, Part::Words(_))
            && turn.heard.wish.text.is_empty()
            && !turn.off.contains(part)
    };
    let is_weighed = move |it: &(usize, &Part)| !is_filter(it.1) && !is_gone(it.1);
    let places = turn.parts.iter().enumerate().filter(is_weighed);
    places.map(|it| it.0)
}

fn filter_chips(filter: &Filter, turn: &Turn, catalogue: &Catalogue) -> Vec<Chip> {
    const FEW: usize = 2;
    let place = |part: &Part| turn.parts.iter().position(|it| it == part);
    let places: Vec<usize> = filter.parts.iter().filter_map(place).collect();
    let are_away = matches!(filter.parts.first(), Some(Part::Rejected(_) | Part::Disliked(_)));
    if are_away && places.len() > FEW {
        let label = text::not_again(places.len());
        return vec![Chip { label, ..chip(turn, &places, catalogue) }];
    }
    let each = |(at, place): (usize, usize)| {
        let chip = chip(turn, &[place], catalogue);
        let label = if at > 0 && !are_away {
            text::joined(&chip.label, filter.are_all_needed)
        } else {
            chip.label.clone()
        };
        Chip { label, ..chip }
    };
    places.into_iter().enumerate().map(each).collect()
}

/// Switches the parts at these places.
fn chip(turn: &Turn, places: &[usize], catalogue: &Catalogue) -> Chip {
    let parts: Vec<&Part> = places.iter().filter_map(|&at| turn.parts.get(at)).collect();
    let names: Vec<String> = parts.iter().map(|it| words::understood_part(catalogue, it)).collect();
    let what = places.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    let is_on = parts.iter().any(|it| !turn.off.contains(it));
    Chip { label: listed(&names), what, is_on }
}

/// The filters that are on.
fn n_filters(turn: &Turn) -> usize {
    let is_on = |it: &&Filter| it.parts.iter().any(|part| !turn.off.contains(part));
    turn.filters.iter().filter(is_on).count()
}

fn claim(turn: Option<&Turn>, n_left: usize, catalogue: &Catalogue) -> String {
    let n_films = catalogue.n_items();
    match turn {
        Some(turn) if !turn.filters.is_empty() || !turn.ranked.is_empty() => {
            text::claim(n_filters(turn), n_left, n_films, &bars::lead(turn, n_left, catalogue))
        }
        _ => text::nothing_asked(n_films),
    }
}

fn say(turn: Option<&Turn>, was: Option<&Turn>, catalogue: &Catalogue) -> String {
    let Some(turn) = turn else { return text::say(false) };
    if turn.off.is_empty() {
        return text::say(!turn.parts.is_empty());
    }
    let off: Vec<String> =
        turn.off.iter().map(|it| words::understood_part(catalogue, it)).collect();
    let Some(was) = was else { return text::say_off(&off) };
    let n = |turn: &Turn| left_of(catalogue.n_items(), &turn.filters);
    let first = |turn: &Turn| turn.ranked.first().map(|it| title(catalogue, it.item));
    text::say_without(&off, (n(turn), n(was)), (first(turn), first(was)))
}

/// Filters with what they leave, then all films that were ranked, with their pieces.
fn table(turn: Option<&Turn>, n_left: usize, catalogue: &Catalogue) -> Table {
    let mut table = Table::new("from the message to the list");
    let Some(turn) = turn.filter(|it| !it.filters.is_empty() || !it.ranked.is_empty()) else {
        table.row().int("left", n_left);
        return table;
    };
    let mut left = catalogue.n_items();
    for filter in &turn.filters {
        left -= filter.n_out;
        let names: Vec<String> =
            filter.parts.iter().map(|it| words::understood_part(catalogue, it)).collect();
        let name = if names.is_empty() { text::NAMED.to_owned() } else { listed(&names) };
        let is_off =
            !filter.parts.is_empty() && filter.parts.iter().all(|it| turn.off.contains(it));
        let name = if is_off { format!("{name} ({})", text::OFF) } else { name };
        table.row().text("filter", name).int("out", filter.n_out).int("left", left);
    }
    for (at, it) in turn.ranked.iter().enumerate() {
        let row = table.row();
        row.int("rank", at + 1).film(catalogue, it.item).real("sum", it.score);
        for (name, piece) in text::PIECES.iter().zip(bars::pieces(it)) {
            row.real(name, piece);
        }
        row.int_if("rank_before", turn.plain_ranks.get(at).copied());
    }
    table
}
