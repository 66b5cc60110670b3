//! What pictures share: how wide words are, titles that fit, marks of films, curves and scales.

use super::shape::{Shape, n1};
use crate::catalog::{Catalogue, ItemRow};
use crate::plot;
use crate::ui::mark::genre_class;

/// The sizes of type in a picture, in pixels: labels, small ones, and ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Label,
    Small,
    Tick,
}

impl Type {
    fn pixels(self) -> f64 {
        match self {
            Self::Label => 13.0,
            Self::Small => 12.0,
            Self::Tick => 11.0,
        }
    }

    /// What style/figure.css calls it.
    pub fn class(self) -> &'static str {
        match self {
            Self::Label => "",
            Self::Small => "s",
            Self::Tick => "xs",
        }
    }
}

/// Bold letters are that much wider.
const BOLD: f64 = 1.07;

/// About how wide `words` are, in pixels: by the widths of a common sans serif, and rather too wide than too narrow, since
/// a picture is laid out without a browser as well.
pub fn width(words: &str, size: Type, is_bold: bool) -> f64 {
    let ems: f64 = words.chars().map(ems).sum();
    ems * size.pixels() * if is_bold { BOLD } else { 1.0 }
}

/// A letter's width in lengths of the type's size.
fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '|' | '.' | ',' | ':' | ';' => 0.29,
        'I' | 'f' | 't' | 'r' | ' ' | '\u{a0}' | '(' | ')' | '-' | '!' | '/' | '[' | ']' => 0.37,
        's' | 'c' | 'k' | 'z' | 'x' | 'v' | 'y' | 'J' => 0.55,
        'm' | 'w' | 'M' | 'W' | '…' | '%' | '@' | '—' => 0.95,
        'A'..='Z' => 0.7,
        _ if letter.is_ascii() => 0.62,
        _ if (letter as u32) < 0x2000 => 0.66,
        _ => 1.0,
    }
}

/// `words`, cut with an ellipsis where there is no `room` for all of them.
pub fn fit(words: &str, room: f64, size: Type, is_bold: bool) -> String {
    if width(words, size, is_bold) <= room {
        return words.to_owned();
    }
    let mut cut = words.to_owned();
    while cut.pop().is_some() {
        let shown = format!("{}…", cut.trim_end());
        if width(&shown, size, is_bold) <= room {
            return shown;
        }
    }
    "…".to_owned()
}

/// `words` on at most `n_lines`, the last of them cut where there is no room.
pub fn wrap(words: &str, room: f64, size: Type, is_bold: bool, n_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        let fits = longer.as_ref().is_some_and(|it| width(it, size, is_bold) <= room);
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if fits => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > n_lines {
        let rest = lines.split_off(n_lines - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| fit(line, room, size, is_bold)).collect()
}

/// A film's title as labels write it, shortened by rule: an episode's number, or what stands before a colon.
pub fn short_title(title: &str) -> String {
    if let Some(rest) = title.strip_prefix("Star Wars: Episode ") {
        let number = rest.split(' ').next().unwrap_or_default();
        return format!("Star Wars {number}");
    }
    if let Some(part) = title.strip_prefix("The Lord of the Rings: ") {
        return part.to_owned();
    }
    const LONG: usize = 24;
    const SHORTEST: usize = 8;
    match title.split_once(": ") {
        Some((before, _)) if before.chars().any(|it| it.is_ascii_digit()) => before.to_owned(),
        Some((before, _)) if title.len() > LONG && before.len() >= SHORTEST => before.to_owned(),
        _ => title.to_owned(),
    }
}

/// The titles of a picture's films, short, by the catalogue.
pub fn title(catalogue: &Catalogue, item: ItemRow) -> String {
    short_title(catalogue.title(item))
}

/// A film's mark: the ring of its genres. A picture only, with its middle at the origin.
pub fn mark(catalogue: &Catalogue, item: ItemRow, radius: f64) -> Shape {
    let classes: Vec<String> = catalogue.genres(item).into_iter().map(genre_class).collect();
    let ring = radius * 0.76;
    let width = radius * 0.3;
    let class = |at: usize| classes.get(at).map_or("genre-none", String::as_str);
    let arcs = plot::ring(classes.len().max(1), ring as f32, (radius * 0.2) as f32);
    let arcs = arcs.into_iter().enumerate().map(|(at, arc)| {
        Shape::circle(0.0, 0.0, ring)
            .class(format!("arc {}", class(at)))
            .with("stroke-width", n1(width))
            .with("stroke-dasharray", format!("{:.1} {:.1}", arc.dash, arc.gap))
            .with("stroke-dashoffset", format!("{:.1}", arc.offset))
            .with("transform", "rotate(-90)")
    });
    let disc = Shape::circle(0.0, 0.0, radius).class("disc");
    let core = Shape::circle(0.0, 0.0, radius * 0.24).class(format!("core {}", class(0)));
    Shape::group([disc].into_iter().chain(arcs).chain([core]).collect()).with("aria-hidden", "true")
}

/// The path of a curve that leaves and arrives level.
pub fn curve(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    let middle = f64::midpoint(x0, x1);
    let [x0, y0, x1, y1, middle] = [x0, y0, x1, y1, middle].map(n1);
    format!("M{x0} {y0}C{middle} {y0} {middle} {y1} {x1} {y1}")
}

/// The path of a curve through `points`, level at each of them.
pub fn curves(points: &[(f64, f64)]) -> String {
    let Some(&(x, y)) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", n1(x), n1(y));
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let [y0, x1, y1, middle] = [y0, x1, y1, f64::midpoint(x0, x1)].map(n1);
        path += &format!("C{middle} {y0} {middle} {y1} {x1} {y1}");
    }
    path
}

/// Straight from `domain` to `range`.
pub fn linear(domain: (f64, f64), range: (f64, f64)) -> impl Fn(f64) -> f64 {
    let slope = (range.1 - range.0) / (domain.1 - domain.0);
    move |value| range.0 + (value - domain.0) * slope
}

/// By the logarithm, for ranks: `domain` is above 0.
pub fn logarithmic(domain: (f64, f64), range: (f64, f64)) -> impl Fn(f64) -> f64 {
    let along = linear((domain.0.ln(), domain.1.ln()), range);
    move |value| along(value.ln())
}

/// Where labels stand that want to be at `wanted` and must be `gap` apart, within `room`; their order is kept.
pub fn apart(wanted: &[f64], gap: f64, room: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = vec![0.0; wanted.len()];
    let mut next = room.0;
    for &at in &order {
        placed[at] = wanted[at].max(next);
        next = placed[at] + gap;
    }
    let mut last = room.1;
    for &at in order.iter().rev() {
        placed[at] = f64::min(placed[at], last);
        last = placed[at] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_shortened_by_rule() {
        for (title, short) in [
            ("Star Wars: Episode IV - A New Hope", "Star Wars IV"),
            ("The Lord of the Rings: The Two Towers", "The Two Towers"),
            ("Terminator 2: Judgment Day", "Terminator 2"),
            ("2001: A Space Odyssey", "2001"),
            ("Alien: Covenant", "Alien: Covenant"),
            ("Indiana Jones: The Lost Something", "Indiana Jones"),
            ("Heat", "Heat"),
        ] {
            assert_eq!(short_title(title), short);
        }
    }

    #[test]
    fn words_fit_their_room_or_end_in_an_ellipsis() {
        assert_eq!(fit("Heat", 100.0, Type::Label, false), "Heat");
        let cut = fit("The Shawshank Redemption", 80.0, Type::Label, false);
        assert!(cut.ends_with('…') && width(&cut, Type::Label, false) <= 80.0, "{cut}");
        assert_eq!(fit("Heat", 0.0, Type::Label, false), "…");
        let lines = wrap("Eternal Sunshine of the Spotless Mind", 120.0, Type::Small, false, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|it| width(it, Type::Small, false) <= 120.0), "{lines:?}");
    }

    #[test]
    fn labels_are_moved_apart_and_keep_their_order() {
        assert_eq!(apart(&[10.0, 12.0, 11.0], 5.0, (0.0, 100.0)), [10.0, 20.0, 15.0]);
        assert_eq!(apart(&[98.0, 99.0], 5.0, (0.0, 100.0)), [95.0, 100.0]);
        assert!(apart(&[], 5.0, (0.0, 1.0)).is_empty());
    }

    #[test]
    fn a_curve_through_two_points_is_the_curve_between_them() {
        assert_eq!(curves(&[(0.0, 1.0), (10.0, 3.0)]), curve(0.0, 1.0, 10.0, 3.0));
        let three = curves(&[(0.0, 1.0), (10.0, 3.0), (20.0, 3.0)]);
        assert_eq!(three, "M0 1C5 1 5 3 10 3C15 3 15 3 20 3");
        assert_eq!(curves(&[]), "");
    }

    #[test]
    fn a_scale_of_ranks_has_its_ends_and_its_middle() {
        let y = logarithmic((1.0, 100.0), (0.0, 10.0));
        assert_eq!((y(1.0), n1(y(10.0)), n1(y(100.0))), (0.0, 5.0, 10.0));
    }
}
