//! A search as a picture: the films nearest in meaning beside those that plain word match finds, and a line from each
//! film to its other place.

use super::words::figure as text;
use crate::catalog::{Catalogue, ItemRow, WordHit};
use crate::recommend::Recommendation;
use crate::ui::figure::pen::{Type, curve, fit, mark, title};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::score;

#[cfg(test)]
mod tests;

/// So many films are drawn of either list.
pub(super) const N_DRAWN: usize = 12;
const TOP: f64 = 30.0;
const ROW: f64 = 42.0;

/// What is set side by side.
pub(super) struct Shown<'a> {
    /// The words of the query that can be matched.
    pub(super) words: &'a [String],
    /// By meaning, the nearest first: more than are drawn.
    pub(super) near: &'a [Recommendation],
    pub(super) by_words: &'a [WordHit],
    /// The film that is looked at.
    pub(super) at: Option<ItemRow>,
}

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    /// How wide a list is.
    list: f64,
}

impl Room {
    fn right(&self) -> f64 {
        self.width - self.list
    }
}

fn y(at: usize) -> f64 {
    TOP + ROW * at as f64
}

/// `None` where nothing was found.
pub(super) fn draw(shown: &Shown<'_>, catalogue: &Catalogue, width: f64) -> Option<Drawn> {
    let near = &shown.near[..shown.near.len().min(N_DRAWN)];
    if near.is_empty() {
        return None;
    }
    let hits = &shown.by_words[..shown.by_words.len().min(N_DRAWN)];
    let shared: Vec<Vec<String>> =
        near.iter().map(|it| catalogue.words_shared(shown.words, it.item)).collect();
    let is_wide = width >= WIDE;
    let gap = if is_wide { width * 0.14 } else { 30.0 };
    let room = Room { is_wide, width, list: (width - gap) / 2.0 };
    let mut shapes = vec![
        Shape::text(0.0, 14.0, text::BY_MEANING).class("s k").key("by meaning"),
        Shape::text(room.right(), 14.0, text::by_words(is_wide)).class("s f").key("by words"),
        Shape::text(width, 14.0, text::rank_by_meaning(is_wide)).class("xs e f").key("rank"),
    ];
    if let Some(at) = shown.at {
        let place = near.iter().position(|it| it.item == at);
        shapes.extend(place.map(|it| {
            Shape::rect(0.0, y(it), room.list, ROW - 2.0).class("here glides").key("here")
        }));
    }
    let place_of = |item: ItemRow| near.iter().position(|it| it.item == item);
    for (at, hit) in hits.iter().enumerate() {
        if let Some(from) = place_of(hit.item) {
            let is_here = shown.at == Some(hit.item);
            let path =
                curve(room.list + 4.0, y(from) + ROW / 2.0, room.right() - 5.0, y(at) + ROW / 2.0);
            let class = if is_here { "thread is-strong" } else { "thread" };
            shapes.push(
                Shape::path(path).class(format!("{class} glides")).key(format!("to{}", hit.item.0)),
            );
        }
    }
    for (at, (film, shared)) in near.iter().zip(&shared).enumerate() {
        let row = near_row(film, at, shared, shown, catalogue, &room);
        shapes.push(row.at(0.0, y(at)));
    }
    for (at, hit) in hits.iter().enumerate() {
        let rank = shown.near.iter().position(|it| it.item == hit.item);
        let row = word_row(hit, at, rank, shown, catalogue, &room);
        shapes.push(row.at(room.right(), y(at)));
    }
    if hits.is_empty() {
        let nothing = fit(text::NOTHING_BY_WORDS, room.list, Type::Small, false);
        shapes.push(Shape::text(room.right(), y(0) + 16.0, nothing).class("s m").key("nothing"));
    }
    let n_none = shared.iter().filter(|it| it.is_empty()).count();
    let n_both = hits.iter().filter(|it| place_of(it.item).is_some()).count();
    let has_words = !shown.words.is_empty();
    let n_rows = near.len().max(hits.len());
    Some(Drawn {
        claim: text::claim(near.len(), n_none, n_both, N_DRAWN, has_words),
        say: say(shown, hits, catalogue),
        picture: Picture { height: y(n_rows) + 4.0, shapes },
        table: table(shown, near, hits, &shared, catalogue),
    })
}

fn near_row(
    film: &Recommendation,
    at: usize,
    shared: &[String],
    shown: &Shown<'_>,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let is_here = shown.at == Some(film.item);
    let name = title(catalogue, film.item);
    let (mark_x, x, size) =
        if room.is_wide { (33.0, 48.0, Type::Label) } else { (8.0, 20.0, Type::Small) };
    let number = 34.0;
    let end = room.list - number - 6.0;
    let mut inside = vec![
        mark(catalogue, film.item, if room.is_wide { 9.0 } else { 7.0 })
            .at(mark_x, 12.0)
            .class("mark"),
        Shape::text(x, 16.0, fit(&name, end - x, size, is_here))
            .class(if is_here { format!("{} b", size.class()) } else { size.class().to_owned() })
            .key("name"),
        Shape::text(room.list, 16.0, score(film.score)).class("xs e m").key("cosine"),
    ];
    if room.is_wide {
        inside.push(Shape::text(18.0, 16.0, (at + 1).to_string()).class("xs e f").key("rank"));
    }
    let (words, class) = match shared {
        [] => (text::NO_WORD.to_owned(), "xs k"),
        some => (some.join(", "), "xs m"),
    };
    let words = fit(&words, room.list - x, Type::Tick, false);
    inside.push(Shape::text(x, 30.0, words).class(class).key("shared"));
    // As long as the cosine; 1 would reach the end of the list.
    let long = f64::from(film.score.clamp(0.0, 1.0)) * room.list;
    inside.push(Shape::line(0.0, 36.5, room.list, 36.5).class("rule"));
    inside.push(Shape::line(0.0, 36.5, n1(long), 36.5).class("kind-line near glides").key("long"));
    let label = text::look_at(&name);
    inside.push(Shape::button(0.0, 0.0, room.list, ROW - 2.0, film.item.0, &label).key("act"));
    Shape::group(inside)
        .class("near-film glides")
        .with("data-row", film.item.0)
        .key(format!("near{}", film.item.0))
}

/// `rank` is that by meaning, from 0 on, where it is known.
fn word_row(
    hit: &WordHit,
    at: usize,
    rank: Option<usize>,
    shown: &Shown<'_>,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let is_here = shown.at == Some(hit.item);
    let name = title(catalogue, hit.item);
    let (x, size) = if room.is_wide { (26.0, Type::Label) } else { (0.0, Type::Small) };
    let is_near = rank.is_some_and(|it| it < N_DRAWN);
    let class = if is_near { size.class().to_owned() } else { format!("{} m", size.class()) };
    let class = if is_here { format!("{class} b") } else { class };
    let place = text::rank(rank, shown.near.len());
    let end = room.list - 40.0;
    let words = fit(&hit.words.join(", "), room.list - x, Type::Tick, false);
    let mut inside = vec![
        Shape::text(x, 16.0, fit(&name, end - x, size, is_here))
            .class(class.trim().to_owned())
            .key("name"),
        Shape::text(room.list, 16.0, place).class("xs e m").key("place"),
        Shape::text(x, 30.0, words).class("xs f").key("words"),
    ];
    if room.is_wide {
        inside.push(Shape::text(18.0, 16.0, (at + 1).to_string()).class("xs e f").key("rank"));
    }
    inside.push(Shape::line(0.0, 36.5, room.list, 36.5).class("rule"));
    Shape::group(inside)
        .class("word-film glides")
        .with("data-row", hit.item.0)
        .key(format!("word{}", hit.item.0))
}

fn say(shown: &Shown<'_>, hits: &[WordHit], catalogue: &Catalogue) -> String {
    let at = shown.at.and_then(|it| shown.near.iter().find(|near| near.item == it));
    let Some(film) = at else { return text::SAY.to_owned() };
    let shared = catalogue.words_shared(shown.words, film.item);
    let by_words = hits.iter().position(|it| it.item == film.item);
    text::say(&title(catalogue, film.item), &score(film.score), &shared, by_words)
}

/// The films by meaning, then those by words that are not among them.
fn table(
    shown: &Shown<'_>,
    near: &[Recommendation],
    hits: &[WordHit],
    shared: &[Vec<String>],
    catalogue: &Catalogue,
) -> Table {
    let mut table = Table::new("by meaning and by words");
    let rank_of = |item: ItemRow| hits.iter().position(|it| it.item == item).map(|it| it + 1);
    for (at, (film, shared)) in near.iter().zip(shared).enumerate() {
        let row = table.row();
        row.int("rank_by_meaning", at + 1).film(catalogue, film.item).real("cosine", film.score);
        row.text("shared_words", shared.join(", ")).int_if("rank_by_words", rank_of(film.item));
    }
    for (at, hit) in hits.iter().enumerate() {
        if near.iter().any(|it| it.item == hit.item) {
            continue;
        }
        let place = shown.near.iter().position(|it| it.item == hit.item);
        let row = table.row();
        row.int_if("rank_by_meaning", place.map(|it| it + 1)).film(catalogue, hit.item);
        row.real_if("cosine", place.map(|it| shown.near[it].score));
        row.text("shared_words", hit.words.join(", ")).int("rank_by_words", at + 1);
    }
    table
}
