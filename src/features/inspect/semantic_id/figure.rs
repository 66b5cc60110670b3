//! The tree of codes as a picture: a column a level, each code as high as it is likely, what the beam keeps in colour, and
//! the likeliest films at the end.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::semantic_id::{Beam, Leaf, Shown, Twig};
use crate::ui::figure::pen::{Type, apart, fit, mark, title, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;

/// Levels of codes.
pub(super) const N_LEVELS: usize = 3;
/// The likeliest films that a beam is asked for, at most.
const ASKED: usize = 10;
const TOP: f64 = 38.0;
/// How high all probability is, where the films need no more.
const TALL: f64 = 400.0;
/// A film, and the least that can be hit.
const ROW: f64 = 34.0;
/// Codes lower than this have no number.
const LOW: f64 = 15.0;
/// Codes that are not seen are not drawn.
const UNSEEN: f64 = 0.3;

/// What the reader looks at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a> {
    pub(super) beam: &'a Beam,
    /// How many codes are spelt.
    pub(super) level: usize,
    /// Whether the reader chose the path.
    pub(super) is_own: bool,
}

/// What the beam finds of the likeliest films.
struct Found {
    asked: Vec<ItemRow>,
    lost: Vec<ItemRow>,
    /// Films that it ends at in their place.
    instead: Vec<ItemRow>,
}

impl Found {
    fn of(shown: &Shown, beam: &Beam) -> Self {
        let n = ASKED.min(beam.width);
        let asked: Vec<ItemRow> = shown.exact.iter().take(n).copied().collect();
        let ends: Vec<ItemRow> = beam.films.iter().map(|it| it.item).collect();
        let lost = asked.iter().filter(|it| !ends.contains(it)).copied().collect();
        let instead = ends.iter().take(asked.len()).filter(|it| !asked.contains(it)).copied();
        Self { instead: instead.collect(), lost, asked }
    }
}

/// How the picture is laid out.
struct Room {
    width: f64,
    /// A column of codes.
    wide: f64,
    tall: f64,
}

impl Room {
    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    fn x(&self, level: usize) -> f64 {
        self.wide * level as f64
    }

    fn y(&self, probability: f32) -> f64 {
        TOP + self.tall * f64::from(probability)
    }
}

/// The tree at `width` pixels; `None` where nothing is spelt.
pub(super) fn draw(
    shown: &Shown,
    look: Look<'_>,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    shown.tree.first()?;
    let found = Found::of(shown, look.beam);
    let leaves = leaves(shown, &found);
    // Of all beams, so that the codes stay where they are when another is chosen.
    let most = shown.beams.iter().map(|it| self::leaves(shown, &Found::of(shown, it)).len());
    let most = most.fold(leaves.len(), usize::max);
    let labels = if width >= WIDE { 276.0 } else { 160.0 };
    let tall = TALL.max(ROW * most as f64);
    let room = Room { width, wide: (width - labels) / N_LEVELS as f64, tall };
    let mut shapes = heads(&room, shown, look);
    for twig in &shown.tree {
        shapes.extend(code(&room, twig, shown, look, catalogue));
    }
    shapes.extend(chosen(&room, shown));
    let wanted: Vec<f64> = leaves.iter().map(|it| room.y(it.at)).collect();
    let half = ROW / 2.0;
    let placed = apart(&wanted, ROW, (TOP + half, TOP + tall - half));
    for (leaf, y) in leaves.iter().zip(placed) {
        shapes.push(film(&room, leaf, y, &found, look, catalogue));
    }
    let names = |all: &[ItemRow]| all.iter().map(|it| title(catalogue, *it)).collect::<Vec<_>>();
    let claim = words::claim(look.beam.width, found.asked.len(), &names(&found.lost));
    Some(Drawn {
        claim,
        say: say(shown, look, &found, catalogue),
        picture: Picture { height: TOP + tall + 4.0, shapes },
        table: table(&leaves, look.beam, catalogue),
    })
}

/// The films that are shown at the ends.
fn leaves<'a>(shown: &'a Shown, found: &Found) -> Vec<&'a Leaf> {
    let is_shown = |it: &&Leaf| {
        it.is_picked || shown.exact.contains(&it.item) || found.instead.contains(&it.item)
    };
    shown.leaves.iter().filter(is_shown).collect()
}

fn say(shown: &Shown, look: Look<'_>, found: &Found, catalogue: &Catalogue) -> String {
    let here = shown
        .path
        .len()
        .checked_sub(1)
        .and_then(|at| shown.columns.get(at)?.iter().find(|it| it.codes == shown.path));
    match (here, look.level) {
        (Some(branch), _) if look.is_own => words::say_of_code(
            &shown.path,
            words::code(catalogue, &branch.films),
            branch.probability,
        ),
        (_, N_LEVELS..) => {
            let first = look.beam.films.first().map(|it| it.item);
            let leaf = first.and_then(|item| shown.leaves.iter().find(|it| it.item == item));
            let spelt = leaf.map(|it| (title(catalogue, it.item), it.codes.as_slice()));
            words::say_of_film(spelt, !found.instead.is_empty())
        }
        (_, level) => words::say_of_level(level, kept(shown, look.beam, level.wrapping_sub(1))),
    }
}

/// How many codes the beam keeps at a level, and how likely they are together.
fn kept(shown: &Shown, beam: &Beam, level: usize) -> (usize, f32) {
    let all = beam.levels.get(level).map_or(&[][..], |it| it);
    let probability = |codes: &[u32]| {
        shown.tree.iter().find(|it| it.codes == codes).map_or(0.0, |it| it.probability)
    };
    (all.len(), all.iter().map(|it| probability(&it.codes)).sum())
}

fn is_kept(beam: &Beam, twig: &Twig) -> bool {
    let level = beam.levels.get(twig.codes.len() - 1);
    level.is_some_and(|it| it.iter().any(|it| it.codes == twig.codes))
}

/// The ground of each level, its name, and what is kept there.
fn heads(room: &Room, shown: &Shown, look: Look<'_>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for level in 0..N_LEVELS {
        let x = room.x(level);
        let ground = Shape::rect(x, TOP, room.wide - 2.0, room.tall).class("ground");
        let emphasis = if level + 1 == look.level { "b" } else { "f" };
        let name = Shape::text(x, 12.0, words::head(level, room.is_wide()));
        shapes.push(ground.key(format!("ground {level}")));
        shapes.push(name.class(format!("s {emphasis}")).key(format!("head {level}")));
        if look.level > level {
            let said = words::kept(kept(shown, look.beam, level), room.is_wide());
            shapes.push(Shape::text(x, 28.0, said).class("xs k").key(format!("kept {level}")));
        }
    }
    let x = room.x(N_LEVELS) + 46.0;
    shapes.push(Shape::text(x, 12.0, words::FILM).class("s f").key("films"));
    shapes
}

/// A code: higher ones with its number, and where there is room with its name.
fn code(
    room: &Room,
    twig: &Twig,
    shown: &Shown,
    look: Look<'_>,
    catalogue: &Catalogue,
) -> Option<Shape> {
    let level = twig.codes.len() - 1;
    let number = *twig.codes.last()?;
    let (x, y) = (room.x(level), room.y(twig.from));
    let high = room.tall * f64::from(twig.probability);
    if high < UNSEEN {
        return None;
    }
    let wide = room.wide - 2.0;
    let is_lit = look.level > level && is_kept(look.beam, twig);
    let gap = if high > 2.2 { 1.0 } else { 0.0 };
    let block = Shape::rect(x, y, wide, high - gap).class(if is_lit {
        format!("code is-kept level-{level}")
    } else {
        "code".to_owned()
    });
    let mut inside = vec![block];
    let ink = if is_lit && level + 1 == N_LEVELS { " on-kind" } else { "" };
    if high > LOW {
        let base = y + (high / 2.0 + 4.5).min(17.0);
        inside.push(Shape::text(x + 7.0, base, number.to_string()).class(format!("s b{ink}")));
    }
    let branch = || shown.columns.first()?.iter().find(|it| it.codes == twig.codes);
    let named = (level == 0).then(branch).flatten().map(|it| words::code(catalogue, &it.films).0);
    if let Some(name) = &named
        && high > ROW
        && wide > 70.0
    {
        let n_lines = (((high - 24.0) / 13.0) as usize).min(3);
        let lines = wrap(name, wide - 12.0, Type::Tick, false, n_lines.max(1));
        let lines = lines.into_iter().enumerate().filter(|_| n_lines > 0);
        inside.extend(
            lines.map(|(at, line)| {
                Shape::text(x + 7.0, y + 31.0 + 13.0 * at as f64, line).class("xs")
            }),
        );
    }
    if high >= ROW {
        let label = words::code_button(&twig.codes, named.as_deref());
        let is_on = look.is_own && shown.path == twig.codes;
        inside.push(
            Shape::button(x, y, wide, high, written(&twig.codes), &label).is_on(is_on).key("act"),
        );
    }
    let codes = written(&twig.codes);
    Some(Shape::group(inside).with("data-codes", &codes).key(format!("code {codes}")))
}

/// The path, framed.
fn chosen(room: &Room, shown: &Shown) -> Vec<Shape> {
    let frame = |twig: &Twig| {
        let level = twig.codes.len() - 1;
        let high = (room.tall * f64::from(twig.probability)).max(2.0);
        Shape::rect(room.x(level) + 1.0, room.y(twig.from), room.wide - 4.0, high)
            .class("chosen")
            .with("data-code", twig.codes.last().copied().unwrap_or_default())
            .key(format!("chosen {level}"))
    };
    shown.tree.iter().filter(|it| shown.path.starts_with(&it.codes)).map(frame).collect()
}

/// A film at the end of its code.
fn film(
    room: &Room,
    leaf: &Leaf,
    y: f64,
    found: &Found,
    look: Look<'_>,
    catalogue: &Catalogue,
) -> Shape {
    let x = room.x(N_LEVELS);
    let is_end = look.level >= N_LEVELS;
    let is_in = is_end && look.beam.films.iter().any(|it| it.item == leaf.item);
    let is_lost = is_end && found.lost.contains(&leaf.item);
    let is_instead = is_end && found.instead.contains(&leaf.item);
    let from = room.y(leaf.at);
    let [x0, x1, x2, x3] = [x - 1.0, x + 12.0, x + 8.0, x + 20.0].map(n1);
    let (from, to) = (n1(from), n1(y));
    let mut line = Shape::path(format!("M{x0} {from}C{x1} {from} {x2} {to} {x3} {to}"))
        .class(if is_in { "kind-line" } else { "axis" })
        .key("line");
    if is_lost || leaf.is_picked {
        line = line.with("stroke-dasharray", "2 3");
    }
    let note =
        if leaf.is_picked { words::PICKED.to_owned() } else { words::share(leaf.probability) };
    let of_note = if room.is_wide() { 62.0 } else { 0.0 };
    let name_room = room.width - x - 46.0 - of_note;
    let shown = fit(&title(catalogue, leaf.item), name_room, Type::Small, is_instead);
    let emphasis = match () {
        () if is_lost => "f struck",
        () if is_instead => "b down",
        () if is_in => "",
        () => "f",
    };
    let is_faint = leaf.is_picked || (is_end && !is_in);
    let mut inside = vec![
        line,
        mark(catalogue, leaf.item, 9.0)
            .at(x + 32.0, y)
            .class(if is_faint { "mark is-faint" } else { "mark" })
            .key("mark"),
        Shape::text(x + 46.0, y + 4.0, shown).class(format!("s {emphasis}")).key("name"),
    ];
    if room.is_wide() {
        let class = if is_in { "xs e m" } else { "xs e f" };
        inside.push(Shape::text(room.width, y + 4.0, note).class(class).key("share"));
    }
    let label = words::film_button(&title(catalogue, leaf.item), &leaf.codes);
    let (left, half) = (x + 20.0, ROW / 2.0);
    inside.push(
        Shape::button(left, y - half, room.width - left, ROW, written(&leaf.codes), &label)
            .key("act"),
    );
    Shape::group(inside)
        .class("leaf")
        .with("data-row", leaf.item.0)
        .key(format!("film {}", leaf.item.0))
}

/// As a shape says it that is acted on.
fn written(codes: &[u32]) -> String {
    codes.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn table(leaves: &[&Leaf], beam: &Beam, catalogue: &Catalogue) -> Table {
    let mut table = Table::new("films at the ends");
    for leaf in leaves {
        let is_in = beam.films.iter().any(|it| it.item == leaf.item);
        table
            .row()
            .film(catalogue, leaf.item)
            .text("codes", words::spelt(&leaf.codes))
            .real("probability", leaf.probability)
            .text("in the beam", if is_in { words::YES } else { words::NO });
    }
    table
}
