//! The rounds as a picture: where the generator's films rank, what the discriminator makes of its ten, and what was
//! measured before and after.

use super::words;
use crate::catalog::Catalogue;
use crate::families::irgan::{Round, Shown};
use crate::features::inspect::ranks::{self, Room, TEN, Walk};
use crate::manifest::{Reached, Rounds};
use crate::ui::figure::pen::{Type, apart, fit, linear};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture};
use crate::ui::table::Table;

/// From the ranks to the verdicts, from those to what was measured: room for a heading.
const GAP: f64 = 52.0;
/// How high a verdict of 1 is over one of 0, and the scale of NDCG.
const VERDICTS: f64 = 76.0;
const MEASURED: f64 = 84.0;
/// Verdicts side by side.
const ABREAST: usize = 3;
/// A film that rises farther stands out.
const FAR: i64 = 2;

/// The rounds up to `step`, at `width` pixels; `None` where there are none. `measured` is what the rounds did, once for
/// the site.
pub(super) fn draw(
    shown: &Shown,
    measured: Option<&Rounds>,
    catalogue: &Catalogue,
    step: usize,
    width: f64,
) -> Option<Drawn> {
    let n_steps = shown.rounds.len();
    let at = step.min(n_steps.checked_sub(1)?);
    let walks: Vec<Walk> = shown.films.iter().map(walk).collect();
    let room = Room::new(width, n_steps, &walks, 0, 34.0);
    let top = room.bottom + GAP;
    let below = top + VERDICTS + measured.map_or(0.0, |_| GAP + MEASURED);
    let mut shapes = room.steps(at, |step| words::head(step, room.step()), below);
    shapes.push(room.end_of_list());
    shapes.extend(ranks::lines(&room, &walks, at));
    shapes.extend(ranks::marks(&room, &walks, at, catalogue));
    shapes.extend(ranks::names(&room, &walks, catalogue));
    shapes.extend(verdicts(&room, &shown.rounds, at, top, width));
    if let Some(measured) = measured {
        shapes.extend(reached(&room, measured, at, top + VERDICTS + GAP, width));
    }
    shapes.extend(room.buttons(|step| words::round(step, n_steps), below + 14.0));
    let all = shown.rounds.iter().flat_map(|it| &it.films).map(|it| it.taken_for_real);
    let ends = all.fold((1.0_f32, 0.0_f32), |(low, high), it| (low.min(it), high.max(it)));
    let shares = [0, at].map(|at| shown.rounds[at].share);
    Some(Drawn {
        claim: words::claim(measured, n_steps - 1, ends),
        say: words::say(at, shares),
        picture: Picture { height: below + 20.0, shapes },
        table: table(shown, at, catalogue),
    })
}

fn walk(film: &crate::families::inspect::walk::Walk) -> Walk {
    let mut walk = Walk {
        item: film.item,
        ranks: film.ranks.clone(),
        thick: 1.6,
        is_strong: false,
        note: None,
    };
    walk.is_strong = walk.rise() > FAR && walk.last() <= TEN;
    if walk.is_strong {
        walk.thick = 3.5;
    }
    walk.note = ranks::rise(&walk);
    walk
}

fn heading(words: &str, y: f64, width: f64) -> Shape {
    Shape::text(0.0, y - 18.0, fit(words, width, Type::Small, false)).class("s m").key(words)
}

/// What the discriminator makes of the ten of each round: a dot a film.
fn verdicts(room: &Room, rounds: &[Round], at: usize, top: f64, width: f64) -> Vec<Shape> {
    let y = linear((0.0, 1.0), (top + VERDICTS, top));
    let (left, right) = room.sides();
    let rule = |share: f64, words: &str| {
        let line = Shape::line(left, y(share), right, y(share));
        let line = if share == 0.5 {
            line.class("axis").with("stroke-dasharray", "3 3")
        } else {
            line.class("rule")
        };
        let name = Shape::text(room.of_names(), y(share) + 4.0, words).class("xs m");
        Shape::group(vec![line, name]).key(words)
    };
    let mut shapes = vec![
        heading(words::verdicts(width), top, width),
        rule(1.0, words::REAL),
        rule(0.5, words::COIN),
        rule(0.0, words::MADE),
    ];
    for (step, round) in rounds.iter().enumerate() {
        let dot = |(at, share): (usize, f32)| {
            let aside = 3.4 * ((at % ABREAST) as f64 - 1.0);
            Shape::circle(room.x(step) + aside, y(f64::from(share)), 2.6).class("kind-fill")
        };
        let dots = round.films.iter().map(|it| it.taken_for_real).enumerate().map(dot).collect();
        shapes.push(
            Shape::group(dots)
                .key(format!("verdicts {step}"))
                .class("verdicts")
                .with("opacity", if step <= at { 0.85 } else { 0.2 }),
        );
    }
    shapes
}

/// Before the rounds and after them; between nobody measured, so the line is dashed.
fn reached(room: &Room, measured: &Rounds, at: usize, top: f64, width: f64) -> Vec<Shape> {
    let Rounds { before, after, longer, .. } = measured;
    let all = [before, after, longer];
    let low = all.iter().map(|it| f64::from(it.low)).fold(1.0, f64::min);
    let high = all.iter().map(|it| f64::from(it.high)).fold(0.0, f64::max);
    let y = linear((low, high.max(low + 1e-6)), (top + MEASURED, top));
    let value = |it: &Reached| f64::from(it.ndcg_at_100);
    let (first, last) = (room.x(0), room.x(room.n_steps() - 1));
    let is_over = at + 1 == room.n_steps();
    let dot = |name: &str, x: f64, it: &Reached, is_full: bool| {
        let interval =
            format!("M{} {}V{}", n1(x), n1(y(f64::from(it.low))), n1(y(f64::from(it.high))));
        Shape::group(vec![
            Shape::path(interval)
                .class(if is_full { "kind-line" } else { "axis" })
                .with("stroke-width", 2),
            Shape::circle(x, y(value(it)), 4.5).class(if is_full { "kind-fill" } else { "hollow" }),
        ])
        .key(name)
    };
    // On the side of its dot where the line does not go.
    let aside = if after.ndcg_at_100 < before.ndcg_at_100 { -6.0 } else { 16.0 };
    let beside = room.of_names();
    let wanted = [after, longer].map(|it| y(value(it)) + 4.0);
    let placed = apart(&wanted, 16.0, (top, top + MEASURED + 4.0));
    let said = [words::after(after), words::longer(longer, width)]
        .map(|words| fit(&words, width - beside, Type::Small, true));
    let [said_after, said_longer] = said;
    vec![
        heading(&words::measured(measured, width), top, width),
        Shape::line(first, y(value(before)), last, y(value(after)))
            .class("kind-line")
            .with("stroke-dasharray", "2 4")
            .key("fall"),
        dot("longer", last - 16.0_f64.min(room.step() / 2.0), longer, false),
        dot("before", first, before, true),
        dot("after", last, after, is_over),
        Shape::text(first + 9.0, y(value(before)) + aside, words::before(before))
            .class("s b halo")
            .key("before value"),
        Shape::text(beside, placed[0], said_after).class("s b").key("after value"),
        Shape::text(beside, placed[1], said_longer).class("s m").key("longer value"),
    ]
}

fn table(shown: &Shown, at: usize, catalogue: &Catalogue) -> Table {
    let mut table = Table::new("ranks over the rounds");
    let drawn = shown.rounds.get(at).map_or(&[][..], |it| &it.films);
    for film in &shown.films {
        let row = table.row().film(catalogue, film.item);
        for (step, &rank) in film.ranks.iter().enumerate() {
            row.int(&words::column(step), rank);
        }
        let here = drawn.iter().find(|it| it.item == film.item);
        row.real_if("drawn now", here.map(|it| it.share))
            .real_if("taken for real now", here.map(|it| it.taken_for_real))
            .int_if("rank by the discriminator now", here.map(|it| it.rank_by_discriminator));
    }
    table
}
