//! The reader's cloud on a plane of two latent dimensions, as a picture: the plane parted by which film comes first, the
//! first films where the cloud is, and the strongest dimensions.

use super::{dimensions, words};
use crate::catalog::{Catalogue, ItemRow};
use crate::families::mult_vae::{FARTHEST, Point, Region, Shift, Shown};
use crate::state::shown::Movement;
use crate::ui::figure::pen::{self, Type, fit, mark, title, wrap};
use crate::ui::figure::shape::{Shape, n1};
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::table::Table;
use crate::ui::words::movement;

/// How strong regions are, so that neighbours can be told apart; the one that the cloud is in is stronger by as much again.
const TONES: [f64; 9] = [0.08, 0.2, 0.13, 0.26, 0.1, 0.17, 0.23, 0.06, 0.15];
const HERE: f64 = 0.22;
const LINE: f64 = 15.0;
/// Names on the plane are narrower than they are taken to be.
const SLANTED: f64 = 6.0;
/// A name of fewer letters is not cut.
const LEAST_CUT: usize = 14;
/// Films of the list are no wider.
const WIDEST_FILM: f64 = 270.0;
/// The least room in which a region is named.
const NARROWEST_NAME: f64 = 50.0;
/// Of what is taken hold of.
const HANDLE: f64 = 48.0;
/// Films in a column of the list.
const ABREAST: usize = 5;

/// How the picture is laid out.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) is_wide: bool,
    pub(super) width: f64,
    /// The side of the plane.
    map: f64,
    /// A deviation of the prior.
    unit: f64,
    list: Point64,
    /// The list ends there.
    bottom: f64,
}

type Point64 = (f64, f64);

impl Room {
    fn new(width: f64, n_films: usize) -> Self {
        let is_wide = width >= WIDE;
        let map = if is_wide { (width * 0.62).min(520.0) } else { width };
        let list = if is_wide { (map + 26.0, 14.0) } else { (0.0, map + 24.0) };
        let mut room =
            Self { is_wide, width, map, unit: map / f64::from(2.0 * FARTHEST), list, bottom: 0.0 };
        let n_rows = if is_wide { n_films } else { n_films.min(ABREAST) };
        room.bottom = map.max(list.1 + 10.0 + room.row() * n_rows as f64);
        room
    }

    /// Between films of the list.
    fn row(&self) -> f64 {
        if self.is_wide { ((self.map - 24.0) / 10.0).min(34.0) } else { 26.0 }
    }

    fn at(&self, (x, y): Point) -> Point64 {
        let along = |it: f32| f64::from(FARTHEST + it) * self.unit;
        (along(x), along(-y))
    }
}

/// Where a place of the picture is on the plane; `None` beside it.
pub(super) fn point_of(x: f64, y: f64, width: f64) -> Point {
    let Room { unit, .. } = Room::new(width, 0);
    let along = |it: f64| (it / unit) as f32 - FARTHEST;
    (along(x), -along(y))
}

/// A box that holds words or something else that words must not be on: left, top, right, bottom.
type Taken = (f64, f64, f64, f64);

fn is_free(taken: &[Taken], of: Taken) -> bool {
    taken.iter().all(|it| of.2 < it.0 || it.2 < of.0 || of.3 < it.1 || it.3 < of.1)
}

/// The reader pushed by `shift`, or where the lists there are not known yet, by what was asked before it.
pub(super) fn draw(
    shown: &Shown,
    shift: &Shift,
    catalogue: &Catalogue,
    width: f64,
) -> Option<Drawn> {
    let (shift, list) = match shown.first_under(shift) {
        Some(list) => (shift, list),
        None => (&shown.shift, shown.first_under(&shown.shift)?),
    };
    let first = *list.first()?;
    let own = &shown.before;
    let is_moved = *shift != Shift::default();
    let here = shown.point(shift)?;
    let room = Room::new(width, list.len());

    let beside = shown.plane.nearest_beside(first);
    let mut shapes = regions(shown, first, &room);
    shapes.extend(prior(shown, &room));
    let cloud = Cloud::new(shown, &room);
    let mut taken = Vec::new();
    let you = cloud.name((0.0, 0.0), words::YOU, &room);
    let moved = cloud.name(here, words::MOVED, &room);
    taken.push(cloud.taken(here, &room));
    if is_moved {
        taken.extend([moved.1, cloud.taken((0.0, 0.0), &room)]);
    }
    let has_you = !is_moved || is_free(&taken[..2], you.1);
    taken.extend(has_you.then_some(you.1));
    let named = [Some(first), beside.map(|it| it.0)];
    shapes.extend(names(&shown.plane.regions, named, first, &mut taken, catalogue, &room));
    if is_moved {
        let ((x0, y0), (x1, y1)) = (room.at((0.0, 0.0)), room.at(here));
        shapes.push(cloud.shape(0.1).at(x0, y0).key("home"));
        let way = Shape::line(x0, y0, x1, y1).class("way").with("stroke-dasharray", "3 3");
        shapes.push(way.key("way"));
    }
    shapes.extend(has_you.then_some(you.0));
    shapes.extend(is_moved.then_some(moved.0));
    let (x, y) = room.at(here);
    shapes.push(
        cloud
            .shape(0.24)
            .at(x, y)
            .class(if is_moved { "cloud is-moved" } else { "cloud" })
            .key("cloud"),
    );
    let plane = Shape::rect(0.0, 0.0, room.map, room.map).class("hit plane");
    shapes.push(plane.with("data-drag", "tap").key("plane"));
    shapes.push(handle(here).at(x, y).key("hold"));

    shapes.push(heading(is_moved, &room));
    for (at, &item) in list.iter().enumerate() {
        let note = note(own, item, at);
        shapes.push(film(item, at, note, catalogue, &room));
    }
    let (dimensions, bottom) = dimensions::shapes(shown, shift, catalogue, room.bottom, &room);
    shapes.extend(dimensions);

    let name = |item: ItemRow| title(catalogue, item);
    let n_new = list.iter().filter(|it| !own.iter().take(list.len()).any(|of| of == *it)).count();
    let claim = if is_moved {
        let far = shift.moves().iter().map(|it| it.1 * it.1).sum::<f32>().sqrt();
        let before = own.first().filter(|it| **it != first).map(|it| name(*it));
        words::moved(far, &name(first), before.as_deref(), n_new, list.len())
    } else {
        let beside = beside.map(|(item, far)| (name(item), far));
        words::at_home(&name(first), beside.as_ref().map(|it| (it.0.as_str(), it.1)))
    };
    Some(Drawn {
        claim,
        say: words::say(is_moved, here),
        picture: Picture { height: bottom, shapes },
        table: table(shown, shift, &list, catalogue),
    })
}

/// The regions of the films that come first, and where they meet.
fn regions(shown: &Shown, first: ItemRow, room: &Room) -> Vec<Shape> {
    let point = |at: Point| {
        let (x, y) = room.at(at);
        format!("{} {}", n1(x), n1(y))
    };
    let area = |(at, it): (usize, &Region)| {
        let part = |part: &Vec<Point>| {
            let points: Vec<String> = part.iter().map(|it| point(*it)).collect();
            format!("M{}Z", points.join("L"))
        };
        let path: String = it.parts.iter().map(part).collect();
        let tone = TONES[at % TONES.len()] + if it.item == first { HERE } else { 0.0 };
        Shape::path(path)
            .class("region")
            .with("fill-opacity", n1(tone * 100.0) / 100.0)
            .with("data-row", it.item.0)
            .key(format!("region{}", it.item.0))
    };
    let regions = &shown.plane.regions;
    let mut shapes: Vec<Shape> = regions.iter().enumerate().map(area).collect();
    let borders =
        shown.plane.borders.iter().map(|it| format!("M{}L{}", point(it[0]), point(it[1])));
    shapes.push(Shape::path(borders.collect::<String>()).class("border").key("borders"));
    shapes
}

/// What the model assumes of anyone, at one deviation and at two.
fn prior(shown: &Shown, room: &Room) -> Vec<Shape> {
    const N: usize = 96;
    let mean = |number| shown.dimension(number).map_or(0.0, |it| -it.mean);
    let middle = (mean(shown.plane.right), mean(shown.plane.up));
    let on_plane = |it: Point| it.0.abs().max(it.1.abs()) <= FARTHEST;
    let ring = |deviations: f32| {
        let around = (0..=N).map(|at| {
            let angle = std::f32::consts::TAU * at as f32 / N as f32;
            (middle.0 + deviations * angle.cos(), middle.1 + deviations * angle.sin())
        });
        let mut path = String::new();
        let mut is_drawn = false;
        for at in around {
            let is_here = on_plane(at);
            if is_here {
                let (x, y) = room.at(at);
                path += &format!("{}{} {}", if is_drawn { 'L' } else { 'M' }, n1(x), n1(y));
            }
            is_drawn = is_here;
        }
        Shape::path(path)
            .class("prior")
            .with("stroke-dasharray", "2 4")
            .key(format!("prior{deviations}"))
    };
    let mut shapes = vec![ring(1.0), ring(2.0)];
    // Above the outer ring, or below it.
    let tops = [(2.0, -5.0), (-2.0, 14.0)].map(|(up, off)| ((middle.0, middle.1 + up), off));
    let place =
        tops.into_iter().find(|it| on_plane(it.0) && it.0.0.abs() < 2.4 && it.0.1.abs() < 2.7);
    shapes.extend(place.map(|(at, off)| {
        let (x, y) = room.at(at);
        Shape::text(x, y + off, words::PRIOR).class("xs c f halo").key("prior")
    }));
    shapes
}

/// Where the model takes the reader to be, up to three deviations of its own.
struct Cloud {
    spread: Point64,
}

impl Cloud {
    fn new(shown: &Shown, room: &Room) -> Self {
        let spread = |number| {
            let of = shown.dimension(number).map_or(0.0, |it| it.deviation);
            f64::from(of) * room.unit
        };
        Self { spread: (spread(shown.plane.right), spread(shown.plane.up)) }
    }

    fn shape(&self, strength: f64) -> Shape {
        let ring = |deviations: f64| {
            Shape::new("ellipse")
                .with("rx", n1(deviations * self.spread.0))
                .with("ry", n1(deviations * self.spread.1))
                .class("kind-fill")
                .with("fill-opacity", strength)
        };
        let middle = Shape::circle(0.0, 0.0, 4.5).class("middle");
        Shape::group(vec![ring(3.0), ring(2.0), ring(1.0), middle])
    }

    fn taken(&self, at: Point, room: &Room) -> Taken {
        let ((x, y), aside, upright) =
            (room.at(at), self.spread.0.mul_add(3.0, 4.0), self.spread.1.mul_add(3.0, 4.0));
        (x - aside, y - upright, x + aside, y + upright)
    }

    /// Beside the cloud at a place, on the side where there is room.
    fn name(&self, at: Point, words: &'static str, room: &Room) -> (Shape, Taken) {
        let (x, y) = room.at(at);
        let wide = pen::width(words, Type::Small, true);
        let aside = self.spread.0.mul_add(2.0, 8.0).max(12.0);
        let is_left = x + aside + wide > room.map - 4.0;
        let (left, class) =
            if is_left { (x - aside - wide, "s b halo e") } else { (x + aside, "s b halo") };
        let above = if y < 30.0 { 16.0 } else { -self.spread.1 * 1.5 - 3.0 };
        let start = if is_left { x - aside } else { left };
        let shape = Shape::text(start, y + above, words).class(class).key(words);
        (shape, (left, y + above - 12.0, left + wide, y + above + 3.0))
    }
}

/// The names of regions that have room for them, the ones in `named` first.
fn names(
    regions: &[Region],
    named: [Option<ItemRow>; 2],
    first: ItemRow,
    taken: &mut Vec<Taken>,
    catalogue: &Catalogue,
    room: &Room,
) -> Vec<Shape> {
    let is_named = |it: &&Region| named.contains(&Some(it.item));
    let order = regions.iter().filter(is_named).chain(regions.iter().filter(|it| !is_named(it)));
    let mut shapes = Vec::new();
    for it in order {
        let [across, upright] = [it.room.0, it.room.1].map(|it| 2.0 * f64::from(it) * room.unit);
        if across < NARROWEST_NAME || upright < LINE {
            continue;
        }
        let n_lines = if upright < 2.0 * LINE { 1 } else { 2 };
        let is_first = it.item == first;
        let lines =
            wrap(&title(catalogue, it.item), across + SLANTED, Type::Label, is_first, n_lines);
        let n_letters: usize = lines.iter().map(|it| it.chars().count()).sum();
        if lines.iter().any(|it| it.ends_with('…')) && n_letters < LEAST_CUT {
            continue;
        }
        let wide = lines.iter().map(|it| pen::width(it, Type::Label, is_first)).fold(0.0, f64::max);
        let (x, y) = room.at(it.middle);
        let x = x.clamp(wide / 2.0 + 4.0, room.map - wide / 2.0 - 4.0);
        let top = y - LINE * lines.len() as f64 / 2.0;
        let of = (x - wide / 2.0 - 3.0, top, x + wide / 2.0 + 3.0, top + LINE * lines.len() as f64);
        if !is_free(taken, of) {
            continue;
        }
        taken.push(of);
        for (at, line) in lines.into_iter().enumerate() {
            let class = if is_first { "map c b" } else { "map c" };
            shapes.push(
                Shape::text(x, top + 11.5 + LINE * at as f64, line)
                    .class(class)
                    .key(format!("name{}-{at}", it.item.0)),
            );
        }
    }
    shapes
}

/// What is taken hold of: the pointer drags it, arrow keys push it.
fn handle(here: Point) -> Shape {
    let half = HANDLE / 2.0;
    Shape::rect(-half, -half, HANDLE, HANDLE)
        .class("hit")
        .with("rx", half)
        .with("data-drag", "hold")
        .with("tabindex", 0)
        .with("role", "slider")
        .with("aria-label", words::PLACE)
        .with("aria-valuemin", -FARTHEST)
        .with("aria-valuemax", FARTHEST)
        .with("aria-valuenow", here.0)
        .with("aria-valuetext", words::place(here))
}

fn heading(is_moved: bool, room: &Room) -> Shape {
    let words = if is_moved { words::FIRST_HERE } else { words::FIRST_FOR_YOU };
    Shape::text(room.list.0, room.list.1, words).class("s f").key("heading")
}

/// What a film's place in the list is, beside its place in the reader's own.
fn note(own: &[ItemRow], item: ItemRow, at: usize) -> Movement {
    match own.iter().position(|it| *it == item) {
        None => Movement::New,
        Some(was) if was > at => Movement::Up(was - at),
        Some(was) if was < at => Movement::Down(at - was),
        Some(_) => Movement::Stayed,
    }
}

fn film(item: ItemRow, at: usize, note: Movement, catalogue: &Catalogue, room: &Room) -> Shape {
    let (column, row) = if room.is_wide { (0, at) } else { (at / ABREAST, at % ABREAST) };
    let wide = if room.is_wide {
        (room.width - room.list.0).min(WIDEST_FILM)
    } else {
        room.width / 2.0 - 6.0
    };
    let x = room.list.0 + column as f64 * (room.width / 2.0 + 6.0);
    let y = room.list.1 + 22.0 + room.row() * row as f64;
    let said = movement(note);
    let of_note = if said.is_empty() { 0.0 } else { pen::width(&said, Type::Tick, false) + 6.0 };
    let mut inside = vec![Shape::text(14.0, 4.0, (at + 1).to_string()).class("xs e f").key("rank")];
    let left = if room.is_wide { 44.0 } else { 20.0 };
    if room.is_wide {
        inside.push(mark(catalogue, item, 9.0).at(29.0, 0.0).class("mark").key("mark"));
    }
    let is_first = at == 0;
    let name = fit(&title(catalogue, item), wide - left - of_note, Type::Small, is_first);
    inside
        .push(Shape::text(left, 4.0, name).class(if is_first { "s b" } else { "s" }).key("title"));
    if !said.is_empty() {
        inside.push(Shape::text(wide, 4.0, said).class("xs e m").key("note"));
    }
    Shape::group(inside)
        .at(x, y)
        .class("film glides")
        .with("data-row", item.0)
        .key(format!("film{}", item.0))
}

/// The list at the place, then the dimensions.
fn table(shown: &Shown, shift: &Shift, list: &[ItemRow], catalogue: &Catalogue) -> Table {
    let mut table = Table::new("the first films here, and the dimensions");
    for (at, &item) in list.iter().enumerate() {
        let was = shown.before.iter().position(|it| *it == item).map(|it| it + 1);
        table.row().int("rank", at + 1).film(catalogue, item).int_if("own_rank", was);
    }
    dimensions::rows(&mut table, shown, shift, catalogue);
    table
}
