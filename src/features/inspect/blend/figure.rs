//! Ranks added up, as a picture: the list of one model on the left and of another on the right, trails from a film's rank
//! there to its rank in the blend, and under its name the points that each of them gives.

use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::families::blend::{FilmPoints, MemberSays, Shown};
use crate::families::{self, FamilyName, Kind};
use crate::ui::families::kind_class;
use crate::ui::figure::pen::{Type, apart, curve, fit, logarithmic, title};
use crate::ui::figure::shape::Shape;
use crate::ui::figure::{Drawn, Picture, WIDE};
use crate::ui::words::{grouped, is_first};

const TOP: f64 = 46.0;
const ROW: f64 = 40.0;
/// So many ranks stand evenly; those beyond by their logarithm.
const WITHIN: usize = 10;
const BEYOND: f64 = 84.0;
const LINE: f64 = 13.0;
/// How wide the trail of all points is.
const WIDEST: f64 = 16.0;
const BAR: f64 = 7.0;

/// How the picture is laid out.
struct Room {
    is_wide: bool,
    width: f64,
    /// Where the ranks of the model on the left and of that on the right are.
    axes: [f64; 2],
    /// From where to where the list of the blend is.
    list: (f64, f64),
    /// How high the room is for ranks beyond the first.
    beyond: f64,
    last: f64,
}

impl Room {
    fn new(shown: &Shown, width: f64) -> Self {
        let is_wide = width >= WIDE;
        let (side, trail) =
            if is_wide { (width * 0.2, width * 0.09) } else { (38.0, width * 0.12) };
        let n_beyond = |side: usize| {
            let places = shown.films.iter().filter_map(|it| it.members.get(side));
            places.filter(|it| !is_first(it.place)).count()
        };
        let most = n_beyond(0).max(n_beyond(1));
        Self {
            is_wide,
            width,
            axes: [side, width - side],
            list: (side + trail, width - side - trail),
            beyond: BEYOND.max(LINE * most as f64),
            last: shown.n_places.max(100) as f64,
        }
    }

    fn rank(&self, rank: usize) -> f64 {
        if rank <= WITHIN {
            return TOP + ROW * (rank.max(1) as f64 - 0.5);
        }
        let from = TOP + ROW * WITHIN as f64 + 10.0;
        let to = (from, from + self.beyond - 16.0);
        logarithmic((WITHIN as f64 + 1.0, self.last), to)((rank as f64).min(self.last))
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * WITHIN as f64 + self.beyond
    }

    /// How long the bar of all points is.
    fn longest(&self) -> f64 {
        self.list.1 - self.list.0 - 24.0 - 44.0
    }
}

/// The colour of the model's kind, for shapes inside.
fn kind(family: &FamilyName) -> &'static str {
    kind_class(families::find(family).map_or(Kind::Hybrid, |it| it.card.kind))
}

/// The film at `at` of the list is followed. `None` where there is no film to recommend.
pub(super) fn draw(shown: &Shown, at: usize, catalogue: &Catalogue, width: f64) -> Option<Drawn> {
    let at = at.min(shown.films.len().checked_sub(1)?);
    let followed = &shown.films[at];
    let room = Room::new(shown, width);
    let mut shapes = headings(shown, &room);
    for (side, member) in shown.members.iter().take(2).enumerate() {
        shapes.push(axis(member, side, followed.item, catalogue, &room));
        // The one that is followed lies over the others.
        let order = (0..shown.films.len()).filter(|&it| it != at).chain([at]);
        let trails = order.map(|it| trail(shown, it, side, it == at, &room)).collect();
        shapes.push(Shape::group(trails).class(kind(&member.family)).key(format!("trails{side}")));
        shapes.push(beyond(shown, side, at, &room));
    }
    for (row, it) in shown.films.iter().enumerate() {
        shapes.push(film(shown, it, row, row == at, catalogue, &room));
    }
    let table = super::tables::tables(shown, catalogue).into_iter().next()?;
    Some(Drawn {
        claim: words::claim(shown, followed, &title(catalogue, followed.item), at + 1),
        say: words::say(followed),
        picture: Picture { height: room.bottom() + 6.0, shapes },
        table,
    })
}

fn headings(shown: &Shown, room: &Room) -> Vec<Shape> {
    let name = |side: usize| {
        let title = shown.members.get(side).map_or("", |it| words::title_of(&it.family));
        fit(title, room.width / if room.is_wide { 3.2 } else { 2.1 }, Type::Small, true)
    };
    let mut shapes = vec![
        Shape::text(0.0, 12.0, name(0)).class("s b").key("left"),
        Shape::text(room.width, 12.0, name(1)).class("s b e").key("right"),
    ];
    let y = TOP - 14.0;
    if room.is_wide {
        let middle = room.width / 2.0;
        shapes.push(Shape::text(middle, 12.0, words::TOGETHER).class("s b c").key("middle"));
        shapes.push(Shape::text(room.axes[0], y, words::RANKS_THERE).class("xs e f").key("ranks"));
    }
    shapes.push(Shape::text(room.list.1, y, words::POINTS).class("xs e f").key("points"));
    let cut = TOP + ROW * WITHIN as f64;
    shapes.push(
        Shape::line(0.0, cut, room.width, cut)
            .class("rule")
            .with("stroke-dasharray", "2 4")
            .key("cut"),
    );
    shapes
}

/// The list of a model alone; of films that the blend has not among its first only the name.
fn axis(
    member: &MemberSays,
    side: usize,
    followed: ItemRow,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let x = room.axes[side];
    let outwards = if side == 0 { -1.0 } else { 1.0 };
    let end = if side == 0 { " e" } else { "" };
    let mut inside = vec![Shape::line(x, TOP, x, room.bottom() - 4.0).class("axis")];
    for (place, choice) in (1..=WITHIN).zip(&member.top) {
        let y = room.rank(place) + 4.0;
        let class = match () {
            () if choice.item == followed => "b",
            () if is_first(choice.place) => "m",
            () => "f",
        };
        let number = Shape::text(x + outwards * 6.0, y, place.to_string());
        inside.push(number.class(format!("xs {class}{end}")));
        if room.is_wide {
            let name = title(catalogue, choice.item);
            let name = fit(&name, room.axes[0] - 26.0, Type::Small, class == "b");
            let words = Shape::text(x + outwards * 24.0, y, name).class(format!("s {class}{end}"));
            inside.push(words.key(format!("name{}", choice.item.0)));
        }
    }
    Shape::group(inside).class("alone").key(format!("axis{side}"))
}

/// From a film's rank with a model to its rank in the blend, as wide as its points.
fn trail(shown: &Shown, at: usize, side: usize, is_on: bool, room: &Room) -> Shape {
    let film = &shown.films[at];
    let given = film.members[side];
    let wide = WIDEST * f64::from(given.points / shown.most());
    let (x0, x1) = if side == 0 {
        (room.axes[0] + 2.0, room.list.0 - 4.0)
    } else {
        (room.axes[1] - 2.0, room.list.1 + 4.0)
    };
    Shape::path(curve(x0, room.rank(given.place), x1, room.rank(at + 1)))
        .class(if is_on { "trail is-on glides" } else { "trail glides" })
        .with("stroke-width", format!("{:.1}", wide.max(1.0)))
        .key(format!("trail{}", film.item.0))
}

/// Ranks beyond the first ten, on the outer side of their axis.
fn beyond(shown: &Shown, side: usize, followed: usize, room: &Room) -> Shape {
    let mut far: Vec<(usize, usize)> = shown
        .films
        .iter()
        .enumerate()
        .filter_map(|(at, it)| Some((it.members.get(side)?.place, at)))
        .filter(|it| !is_first(it.0))
        .collect();
    far.sort_unstable();
    let wanted: Vec<f64> = far.iter().map(|it| room.rank(it.0) + 4.0).collect();
    let placed = apart(&wanted, LINE, (TOP + ROW * WITHIN as f64 + LINE, room.bottom() - 2.0));
    let end = if side == 0 { " e" } else { "" };
    let x = room.axes[side] + if side == 0 { -6.0 } else { 6.0 };
    let label = |(&(place, at), y): (&(usize, usize), f64)| {
        let class = if at == followed { "b" } else { "m" };
        let words = if room.is_wide { words::ranked(place) } else { grouped(place) };
        let label = Shape::text(x, y, words).class(format!("xs {class}{end} glides"));
        label.key(format!("far{}", shown.films[at].item.0))
    };
    Shape::group(far.iter().zip(placed).map(label).collect()).key(format!("beyond{side}"))
}

/// A film of the blend, and what its score is made of.
fn film(
    shown: &Shown,
    it: &FilmPoints,
    row: usize,
    is_on: bool,
    catalogue: &Catalogue,
    room: &Room,
) -> Shape {
    let (left, right) = room.list;
    let name = title(catalogue, it.item);
    let bold = if is_on { " b" } else { "" };
    let start = 24.0;
    let score = words::points(it.score);
    let words = fit(&name, right - left - start, Type::Small, is_on);
    let mut inside = vec![
        Shape::text(18.0, -2.0, (row + 1).to_string()).class(format!("xs e f{bold}")),
        Shape::text(start, -2.0, words).class(format!("s{bold}")),
        Shape::rect(start, 5.0, room.longest(), BAR).with("rx", 2).class("beyond"),
    ];
    let mut x = start;
    for (at, (member, given)) in shown.members.iter().zip(&it.members).enumerate() {
        let wide = room.longest() * f64::from(given.points / shown.most());
        let part = Shape::rect(x, 5.0, (wide - 1.0).max(1.0), BAR).with("rx", 1.5);
        let class = format!(
            "points {} {}",
            kind(&member.family),
            if at % 2 == 0 { "is-solid" } else { "is-open" }
        );
        inside.push(part.class(class).key(format!("points{at}")));
        x += wide;
    }
    inside.push(Shape::text(right - left, 12.0, score).class(format!("xs e m{bold}")).key("score"));
    let label = words::aloud(shown, it, &name);
    let button = Shape::button(0.0, -ROW / 2.0, right - left, ROW, row, &label);
    inside.push(button.with("aria-pressed", is_on).key("act"));
    let y = room.rank(row + 1);
    Shape::group(inside).at(left, y).class("film glides").key(format!("film{}", it.item.0))
}
