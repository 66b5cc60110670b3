//! Denoising as a picture: where each film ranks at every step, and with noise where twenty draws of it put the ten.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::diffrec::{Draws, Shown};
use crate::features::inspect::ranks::{self, Room, TEN, Walk};
use crate::ui::figure::pen::title;
use crate::ui::figure::shape::Shape;
use crate::ui::figure::{Drawn, Picture};
use crate::ui::table::Table;

/// How thick the lines of the least and of the best-known film are, in pixels.
const THIN: f64 = 1.4;
const THICK: f64 = 8.0;
/// The farthest rank that has a height of its own where noise is drawn.
const DEEP: usize = 1_000;
/// For "15/20".
const NOTE: f64 = 34.0;

/// Every step up to `step`, at `width` pixels; `None` where there is none.
pub(super) fn draw(shown: &Shown, catalogue: &Catalogue, step: usize, width: f64) -> Option<Drawn> {
    let n_steps = shown.films.first()?.ranks.len();
    let at = step.min(n_steps.checked_sub(1)?);
    let mut walks = walks(shown, catalogue);
    let (claim, say, more) = match &shown.draws {
        None => {
            let medians = [0, at, n_steps - 1].map(|step| median(&walks, step, catalogue));
            let [first, now, last] = medians;
            let highest = highest_riser(&walks).cloned();
            let named = highest.as_ref().map(|it| (title(catalogue, it.item), it));
            let claim = words::claim(named, first, last);
            (claim, words::say(at, now, first), 0)
        }
        Some(draws) => {
            walks.retain(|it| kept(draws, it.item).is_some());
            let most = ends(draws).next().map(|it| it.0);
            for walk in &mut walks {
                walk.is_strong = Some(walk.item) == most;
                walk.thick = if walk.is_strong { 4.0 } else { 2.0 };
                walk.note = kept(draws, walk.item).map(|n| format!("{n}/{}", draws.n_draws));
            }
            let ends = ends(draws).map(|(item, n)| (title(catalogue, item), n));
            (words::claim_of_draws(draws), words::say_of_draws(ends, draws.n_draws), DEEP)
        }
    };
    let room = Room::new(width, n_steps, &walks, more, NOTE);
    let name = |step: usize| words::head(step, room.is_wide());
    let mut shapes = room.steps(at, name, room.bottom);
    shapes.push(room.end_of_list());
    if let Some(draws) = &shown.draws {
        shapes.extend(depths(&room));
        shapes.extend(threads(&room, draws, &walks, at));
    }
    shapes.extend(ranks::lines(&room, &walks, at));
    shapes.extend(ranks::marks(&room, &walks, at, catalogue));
    shapes.extend(ranks::names(&room, &walks, catalogue));
    shapes.extend(room.buttons(words::row, room.bottom + 14.0));
    let picture = Picture { height: room.bottom + 20.0, shapes };
    Some(Drawn { claim, say, picture, table: table(shown, &walks, n_steps, catalogue) })
}

/// All films that are drawn without noise, those that rise most standing out.
fn walks(shown: &Shown, catalogue: &Catalogue) -> Vec<Walk> {
    let n_ratings = |item| f64::from(catalogue.n_ratings(item));
    let most = shown.films.iter().map(|it| n_ratings(it.item)).fold(1.0, f64::max);
    let walk = |film: &crate::families::inspect::walk::Walk| {
        let share = n_ratings(film.item) / most;
        let mut walk = Walk {
            item: film.item,
            ranks: film.ranks.clone(),
            thick: THIN + (THICK - THIN) * share * share,
            is_strong: false,
            note: None,
        };
        walk.is_strong = walk.rise() > 1 && walk.last() <= TEN;
        walk.note = ranks::rise(&walk);
        walk
    };
    shown.films.iter().map(walk).collect()
}

/// Of the last ten the film that rose most, the higher one of two; `None` where none rose.
fn highest_riser(walks: &[Walk]) -> Option<&Walk> {
    let risen = walks.iter().filter(|it| it.last() <= TEN && it.rise() > 0);
    risen.max_by_key(|it| (it.rise(), std::cmp::Reverse(it.last())))
}

/// How many ratings the middle film of the ten at `step` has.
fn median(walks: &[Walk], step: usize, catalogue: &Catalogue) -> usize {
    let is_in = |it: &&Walk| it.ranks.get(step).is_some_and(|&rank| rank <= TEN);
    let ten = walks.iter().filter(is_in);
    let mut ratings: Vec<usize> = ten.map(|it| catalogue.n_ratings(it.item) as usize).collect();
    ratings.sort_unstable();
    match ratings.len() {
        0 => 0,
        n => usize::midpoint(ratings[(n - 1) / 2], ratings[n / 2]),
    }
}

fn kept(draws: &Draws, item: ItemRow) -> Option<u32> {
    draws.kept.iter().find(|it| it.0 == item).map(|it| it.1)
}

/// The films that stay most and least often, the first of equals.
fn ends(draws: &Draws) -> impl Iterator<Item = (ItemRow, u32)> {
    let most = draws.kept.iter().rev().max_by_key(|it| it.1);
    let least = draws.kept.iter().min_by_key(|it| it.1);
    most.into_iter().chain(least).copied()
}

/// Every draw of every film as a line of its own.
fn threads(room: &Room, draws: &Draws, walks: &[Walk], at: usize) -> Vec<Shape> {
    let is_strong = |item| walks.iter().any(|it| it.item == item && it.is_strong);
    let mut films: Vec<_> = draws.kept.iter().map(|it| it.0).zip(&draws.ranks).collect();
    films.sort_by_key(|it| is_strong(it.0));
    let film = |(item, drawn): (ItemRow, &Vec<Vec<usize>>)| {
        let class = if is_strong(item) { "thread is-strong" } else { "thread" };
        let draw = |ranks: &Vec<usize>| Shape::path(room.line(ranks, at)).class(class);
        Shape::group(drawn.iter().map(draw).collect())
            .key(format!("draws {}", item.0))
            .with("opacity", if is_strong(item) { 0.7 } else { 0.22 })
    };
    films.into_iter().map(film).collect()
}

/// Where ranks beyond the list are, under noise.
fn depths(room: &Room) -> Vec<Shape> {
    let at = [100, DEEP].map(|rank| (room.y(rank), words::depth(rank, rank == DEEP)));
    at.into_iter().map(|(y, name)| room.depth(y, name)).collect()
}

fn table(shown: &Shown, walks: &[Walk], n_steps: usize, catalogue: &Catalogue) -> Table {
    let mut table = Table::new("ranks at the steps");
    for walk in walks {
        let row = table.row().film(catalogue, walk.item);
        row.int("ratings", catalogue.n_ratings(walk.item) as usize);
        for step in 0..n_steps {
            row.int_if(&format!("step {}", step + 1), walk.ranks.get(step).copied());
        }
        if let Some(draws) = &shown.draws {
            let n = kept(draws, walk.item).map(|it| it as usize);
            row.int_if(&format!("in the ten of {} draws", draws.n_draws), n);
        }
    }
    table
}
