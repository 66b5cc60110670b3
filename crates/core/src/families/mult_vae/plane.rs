//! A plane of two latent dimensions around the reader: which films come first at each place of a grid, and the regions of
//! those that do.
//!
//! Between places scores are taken to be straight, on two triangles a cell of the grid, so that borders need not run along
//! the cells.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::FARTHEST;
use crate::catalog::ItemRow;

/// Places of the grid along each dimension.
pub const N_ACROSS: usize = 25;
/// From one place to the next, in deviations of the prior.
pub const STEP: f32 = 2.0 * FARTHEST / (N_ACROSS as f32 - 1.0);
pub(super) const N_PLACES: usize = N_ACROSS * N_ACROSS;
/// Of places on the grid, in deviations.
const NEAR: f32 = 1e-3;
/// Smaller than what is seen, in cells of the grid.
const TINY: f32 = 1e-4;
/// A label is wider than it is high.
const WIDER: f32 = 2.5;

/// To the right and up, in deviations of the prior; the reader's own place is at 0, 0.
pub type Point = (f32, f32);

/// What the model says of readers who are like this one but for two dimensions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plane {
    /// The number of the dimension that leads to the right, and of the one that leads up.
    pub right: u32,
    pub up: u32,
    /// The first films at every place of the grid, best first: row by row from the lowest, each from the left.
    pub lists: Vec<Vec<ItemRow>>,
    /// The largest first.
    pub regions: Vec<Region>,
    /// Where two regions meet.
    pub borders: Vec<[Point; 2]>,
}

/// Where one film comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    pub item: ItemRow,
    /// Of the grid.
    pub n_places: usize,
    /// Polygons that are the region together.
    pub parts: Vec<Vec<Point>>,
    /// Where there is most room for words, and how much to either side and up and down.
    pub middle: Point,
    pub room: Point,
}

/// Where the place number `at` of the grid is.
pub fn point(at: usize) -> Point {
    let along = |n: usize| n as f32 * STEP - FARTHEST;
    (along(at % N_ACROSS), along(at / N_ACROSS))
}

/// The number of the place of the grid at `point`, if there is one.
fn place(point: Point) -> Option<usize> {
    let along = |it: f32| {
        let n = ((it + FARTHEST) / STEP).round();
        let is_place = (0.0..N_ACROSS as f32).contains(&n);
        (is_place && (n * STEP - FARTHEST - it).abs() < NEAR).then_some(n as usize)
    };
    Some(along(point.1)? * N_ACROSS + along(point.0)?)
}

/// The place of the grid that is next to `point`.
pub fn nearest_place(point: Point) -> Point {
    let along = |it: f32| (it.clamp(-FARTHEST, FARTHEST) / STEP).round() * STEP;
    (along(point.0), along(point.1))
}

impl Plane {
    /// Of the films that are first somewhere `lists` has the scores at all places, `scores[film][place]`, in the order of
    /// [`films_first`].
    pub(super) fn new(right: u32, up: u32, lists: Vec<Vec<ItemRow>>, scores: &[Vec<f32>]) -> Self {
        let films = films_first(&lists);
        let first: Vec<usize> = lists
            .iter()
            .map(|it| films.iter().position(|of| it.first() == Some(&of.0)).unwrap_or(0))
            .collect();
        let mut parts = vec![Vec::new(); films.len()];
        let mut borders = BTreeSet::new();
        if lists.len() == N_PLACES && scores.len() == films.len() && !films.is_empty() {
            for row in 0..N_ACROSS - 1 {
                cells(row, &first, scores, &mut parts, &mut borders);
            }
        }
        let region = |(of, (item, n_places)): (usize, (ItemRow, usize))| {
            let (middle, room) = widest(&first, of);
            let parts = std::mem::take(&mut parts[of]);
            Region { item, n_places, parts, middle, room }
        };
        let regions = films.into_iter().enumerate().map(region).collect();
        let borders = borders.into_iter().map(|ends| ends.map(point_of_key)).collect();
        Self { right, up, lists, regions, borders }
    }

    /// The first films at `point`, where it is a place of the grid.
    pub fn list_at(&self, point: Point) -> Option<&[ItemRow]> {
        self.lists.get(place(point)?).map(Vec::as_slice)
    }

    /// The film, other than `own`, whose region is nearest to the reader's own place, and how far it is.
    pub fn nearest_beside(&self, own: ItemRow) -> Option<(ItemRow, f32)> {
        let others = self.regions.iter().filter(|it| it.item != own);
        let away = others.filter_map(|it| Some((it.item, it.distance()?)));
        away.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

impl Region {
    /// How far it is from the reader's own place; `None` where it is too small to be drawn.
    fn distance(&self) -> Option<f32> {
        let edges = self.parts.iter().flat_map(|part| part.iter().zip(part.iter().cycle().skip(1)));
        edges.map(|(&from, &to)| distance_to(from, to)).min_by(f32::total_cmp)
    }
}

/// Of the straight line between two points from 0, 0.
fn distance_to((x0, y0): Point, (x1, y1): Point) -> f32 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(x0 * dx + y0 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x0 + along * dx).hypot(y0 + along * dy)
}

/// The films that come first somewhere, and at how many places; most places first, then in catalogue order.
pub(super) fn films_first(lists: &[Vec<ItemRow>]) -> Vec<(ItemRow, usize)> {
    let mut rows: Vec<ItemRow> = lists.iter().filter_map(|it| it.first().copied()).collect();
    rows.sort_unstable();
    let mut films: Vec<(ItemRow, usize)> =
        rows.chunk_by(|a, b| a == b).map(|it| (it[0], it.len())).collect();
    films.sort_by_key(|it| std::cmp::Reverse(it.1));
    films
}

/// Hundredths of a cell, so that what is found twice is the same.
type Key = (i32, i32);

fn key((x, y): Point) -> Key {
    ((x * 100.0).round() as i32, (y * 100.0).round() as i32)
}

fn point_of_key((x, y): Key) -> Point {
    // Few digits: they travel as text.
    let along = |it: i32| ((it as f32 * STEP / 100.0 - FARTHEST) * 1e4).round() / 1e4;
    (along(x), along(y))
}

/// Adds the regions in one row of cells to `parts` and their meeting lines to `borders`. Cells whose corners agree are
/// joined.
fn cells(
    row: usize,
    first: &[usize],
    scores: &[Vec<f32>],
    parts: &mut [Vec<Vec<Point>>],
    borders: &mut BTreeSet<[Key; 2]>,
) {
    let corners = |column: usize| {
        let low = row * N_ACROSS + column;
        [low, low + 1, low + N_ACROSS + 1, low + N_ACROSS]
    };
    let agreed = |column: usize| {
        let of = corners(column).map(|it| first[it]);
        of.iter().all(|it| *it == of[0]).then_some(of[0])
    };
    let y = row as f32;
    let mut column = 0;
    while column < N_ACROSS - 1 {
        let x = column as f32;
        let Some(of) = agreed(column) else {
            let [a, b, c, d] = corners(column);
            for triangle in [[(a, 0, 0), (b, 1, 0), (c, 1, 1)], [(a, 0, 0), (c, 1, 1), (d, 0, 1)]] {
                split(triangle, (x, y), scores, parts, borders);
            }
            column += 1;
            continue;
        };
        while column < N_ACROSS - 1 && agreed(column) == Some(of) {
            column += 1;
        }
        let end = column as f32;
        let part = [(x, y), (end, y), (end, y + 1.0), (x, y + 1.0)];
        parts[of].push(part.map(|it| point_of_key(key(it))).to_vec());
    }
}

/// A place of the grid, with where it is in its cell.
type Corner = (usize, u8, u8);

/// Parts a triangle of the cell at `from` among the films that come first in it.
fn split(
    triangle: [Corner; 3],
    from: Point,
    scores: &[Vec<f32>],
    parts: &mut [Vec<Vec<Point>>],
    borders: &mut BTreeSet<[Key; 2]>,
) {
    let corners = triangle.map(|(_, x, y)| (f32::from(x), f32::from(y)));
    let plane = |of: usize| triangle.map(|(place, ..)| scores[of][place]);
    for (of, own_parts) in parts.iter_mut().enumerate() {
        // A corner, and its share in each of the three.
        let mut part: Vec<(Point, [f32; 3])> = (0..3)
            .map(|at| (corners[at], std::array::from_fn(|it| if it == at { 1.0 } else { 0.0 })))
            .collect();
        let own = plane(of);
        for other in (0..scores.len()).filter(|it| *it != of) {
            let over = plane(other);
            let ahead = |share: &[f32; 3]| -> f32 {
                (0..3).map(|at| share[at] * (own[at] - over[at])).sum()
            };
            part = clipped(&part, ahead);
            if part.len() < 3 {
                break;
            }
        }
        if area(&part) < TINY {
            continue;
        }
        let at = |it: &Point| key((from.0 + it.0, from.1 + it.1));
        for ((p, one), (q, two)) in part.iter().zip(part.iter().cycle().skip(1)) {
            // Inside the triangle, not along its sides.
            let is_inside = (0..3).all(|it| one[it] + two[it] > TINY);
            if is_inside {
                let mut ends = [at(p), at(q)];
                ends.sort_unstable();
                borders.insert(ends);
            }
        }
        own_parts.push(part.iter().map(|it| point_of_key(at(&it.0))).collect());
    }
}

/// What of a polygon is where `ahead` is not below 0.
fn clipped(part: &[(Point, [f32; 3])], ahead: impl Fn(&[f32; 3]) -> f32) -> Vec<(Point, [f32; 3])> {
    let mut kept = Vec::with_capacity(part.len() + 1);
    for (here, next) in part.iter().zip(part.iter().cycle().skip(1)) {
        let (now, then) = (ahead(&here.1), ahead(&next.1));
        if now >= 0.0 {
            kept.push(*here);
        }
        if (now > 0.0 && then < 0.0) || (now < 0.0 && then > 0.0) {
            let t = now / (now - then);
            let between = |a: f32, b: f32| a + t * (b - a);
            let point = (between(here.0.0, next.0.0), between(here.0.1, next.0.1));
            kept.push((point, std::array::from_fn(|it| between(here.1[it], next.1[it]))));
        }
    }
    kept
}

fn area(part: &[(Point, [f32; 3])]) -> f32 {
    let twice: f32 = part
        .iter()
        .zip(part.iter().cycle().skip(1))
        .map(|((a, _), (b, _))| a.0 * b.1 - b.0 * a.1)
        .sum();
    twice.abs() / 2.0
}

/// The place of the film number `of` around which it has most room for words, and how much.
fn widest(first: &[usize], of: usize) -> (Point, Point) {
    let is_own = |x: i32, y: i32| {
        let n = N_ACROSS as i32;
        let is_place = (0..n).contains(&x) && (0..n).contains(&y);
        is_place && first.get((y * n + x) as usize) == Some(&of)
    };
    let reach = |at: usize, (dx, dy): (i32, i32)| {
        let (x, y) = ((at % N_ACROSS) as i32, (at / N_ACROSS) as i32);
        (1..).take_while(|by| is_own(x + by * dx, y + by * dy)).count() as f32
    };
    let mut best = (f32::NEG_INFINITY, ((0.0, 0.0), (0.0, 0.0)));
    for at in (0..first.len()).filter(|&at| first[at] == of) {
        let aside = reach(at, (1, 0)).min(reach(at, (-1, 0)));
        let upright = reach(at, (0, 1)).min(reach(at, (0, -1)));
        let roomy = aside.min(WIDER * upright) + 0.1 * (aside + upright);
        if roomy > best.0 {
            best = (roomy, (point(at), ((aside + 0.5) * STEP, (upright + 0.5) * STEP)));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places as numbers, `score` gives each film's score at a point.
    fn plane(n_films: u32, score: impl Fn(u32, Point) -> f32) -> Plane {
        let lists: Vec<Vec<ItemRow>> = (0..N_PLACES)
            .map(|at| {
                let mut films: Vec<u32> = (0..n_films).collect();
                films.sort_by(|&a, &b| score(b, point(at)).total_cmp(&score(a, point(at))));
                films.into_iter().map(ItemRow).collect()
            })
            .collect();
        let scores: Vec<Vec<f32>> = films_first(&lists)
            .into_iter()
            .map(|(film, _)| (0..N_PLACES).map(|at| score(film.0, point(at))).collect())
            .collect();
        Plane::new(7, 9, lists, &scores)
    }

    fn areas(plane: &Plane) -> Vec<f32> {
        let of =
            |part: &Vec<Point>| area(&part.iter().map(|it| (*it, [0.0; 3])).collect::<Vec<_>>());
        plane.regions.iter().map(|it| it.parts.iter().map(of).sum()).collect()
    }

    #[test]
    fn a_border_runs_where_two_scores_are_equal_between_places_too() {
        // Film 1 leads where x is above 1.1.
        let plane = plane(2, |film, (x, _)| if film == 0 { 0.55 } else { x / 2.0 });
        assert_eq!(plane.regions.iter().map(|it| it.item.0).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(plane.regions[0].n_places, 17 * 25);
        assert!(plane.borders.iter().flatten().all(|it| (it.0 - 1.1).abs() < 0.01));
        let areas = areas(&plane);
        assert!(
            (areas[0] - 4.1 * 6.0).abs() < 0.1 && (areas[1] - 1.9 * 6.0).abs() < 0.1,
            "{areas:?}"
        );
        let (beside, away) = plane.nearest_beside(ItemRow(0)).unwrap();
        assert_eq!(beside, ItemRow(1));
        assert!((away - 1.1).abs() < 0.01, "{away}");
        assert_eq!(
            plane.nearest_beside(ItemRow(1)).map(|it| it.1),
            Some(0.0),
            "the reader is in it"
        );
    }

    #[test]
    fn regions_fill_the_plane_and_no_two_are_on_each_other() {
        let plane = plane(5, |film, (x, y)| {
            let angle = film as f32;
            x * angle.cos() + y * angle.sin() - 0.1 * (film as f32) * x * x
        });
        assert!(plane.regions.len() > 3, "{}", plane.regions.len());
        assert!((areas(&plane).iter().sum::<f32>() - 36.0).abs() < 0.05, "{:?}", areas(&plane));
        assert_eq!(plane.regions.iter().map(|it| it.n_places).sum::<usize>(), N_PLACES);
        assert!(plane.regions.is_sorted_by_key(|it| std::cmp::Reverse(it.n_places)));
    }

    #[test]
    fn one_film_everywhere_has_no_border_and_words_in_the_middle() {
        let plane = plane(1, |_, _| 0.0);
        assert!(plane.borders.is_empty());
        assert_eq!(plane.regions[0].middle, (0.0, 0.0));
        assert_eq!(plane.regions[0].room, (3.125, 3.125));
        assert_eq!(plane.nearest_beside(ItemRow(0)), None);
        assert_eq!(Plane::new(7, 9, vec![Vec::new(); N_PLACES], &[]).regions, []);
    }

    #[test]
    fn only_places_of_the_grid_have_lists() {
        let plane = plane(2, |film, (x, _)| if film == 0 { 0.1 } else { x });
        assert_eq!(plane.list_at((0.0, 0.0)), Some(&[ItemRow(0), ItemRow(1)][..]));
        assert_eq!(plane.list_at((3.0, -3.0)), Some(&[ItemRow(1), ItemRow(0)][..]));
        assert_eq!(plane.list_at((0.3, 0.0)), None);
        assert_eq!(plane.list_at((3.25, 0.0)), None);
        assert_eq!(nearest_place((0.3, -9.0)), (0.25, -3.0));
        assert_eq!(nearest_place((f32::NAN, 0.0)).1, 0.0);
    }
}
