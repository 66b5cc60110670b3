//! All films on a plane: reads a layout, and answers what a map is asked. Knows no page.

mod file;
mod grid;
mod labels;
mod lasso;
mod viewport;

use crate::catalog::{Catalogue, ItemRow};

pub use file::MapError;
pub use labels::{Room, apart};
pub use lasso::contains;
pub use viewport::Viewport;

/// A layout is so many units wide and high.
pub const SIDE: f32 = 4096.0;

/// What a layout goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// What the films' texts say.
    #[default]
    Text,
    /// Who watches what after what: SASRec's item table.
    Model,
}

impl Layout {
    pub const ALL: [Self; 2] = [Self::Text, Self::Model];

    /// What the manifest calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Model => "model",
        }
    }
}

/// A point: in units of the layout, or in pixels of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    /// The square of the distance to `other`.
    pub fn square_to(self, other: Self) -> f32 {
        (self.x - other.x).powi(2) + (self.y - other.y).powi(2)
    }
}

/// A part of the map, and of its films.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Part {
    /// What the screen shows.
    #[default]
    View,
    /// Inside a line drawn by hand, in units of the layout.
    Lasso(Vec<Point>),
    /// A region, by its position among [`FilmMap::regions`].
    Region(usize),
}

/// A name on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub name: String,
    pub at: Point,
}

/// Where every film lies, and what the parts of the map are called.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmMap {
    /// By row of the catalogue.
    points: Vec<Point>,
    regions: Vec<Label>,
    /// Smaller than regions: named where there is room.
    places: Vec<Label>,
    /// By row; an index into `regions`.
    region_of: Vec<usize>,
    grid: grid::Grid,
}

impl FilmMap {
    /// Reads a layout made for `n_items` films.
    ///
    /// # Errors
    /// [`MapError`] if the bytes are anything else, whatever they are.
    pub fn from_bytes(bytes: &[u8], n_items: usize) -> Result<Self, MapError> {
        let file::Read { points, regions, places } = file::read(bytes, n_items)?;
        let region_of = points.iter().map(|it| nearest_region(&regions, *it)).collect();
        let grid = grid::Grid::new(&points);
        Ok(Self { points, regions, places, region_of, grid })
    }

    /// Where each film lies, by row.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    pub fn point(&self, item: ItemRow) -> Option<Point> {
        self.points.get(item.index()).copied()
    }

    pub fn regions(&self) -> &[Label] {
        &self.regions
    }

    pub fn places(&self) -> &[Label] {
        &self.places
    }

    /// The region that a film lies in.
    pub fn region_of(&self, item: ItemRow) -> Option<&Label> {
        self.regions.get(self.region_at(item)?)
    }

    /// The same by its position among [`Self::regions`].
    pub fn region_at(&self, item: ItemRow) -> Option<usize> {
        self.region_of.get(item.index()).copied()
    }

    /// The films of `part`, in catalogue order; `viewport` is what the screen shows.
    pub fn films_in(&self, part: &Part, viewport: &Viewport) -> Vec<ItemRow> {
        match part {
            Part::View => self.in_view(viewport),
            Part::Lasso(polygon) => self.in_lasso(polygon),
            Part::Region(region) => self.in_region(*region),
        }
    }

    /// The films of a region, in catalogue order.
    pub fn in_region(&self, region: usize) -> Vec<ItemRow> {
        self.rows().filter(|it| self.region_of[it.index()] == region).collect()
    }

    /// The films inside a polygon drawn in units of the layout, in catalogue order.
    pub fn in_lasso(&self, polygon: &[Point]) -> Vec<ItemRow> {
        self.rows().filter(|it| contains(polygon, self.points[it.index()])).collect()
    }

    /// The films that `viewport` shows, in catalogue order.
    pub fn in_view(&self, viewport: &Viewport) -> Vec<ItemRow> {
        self.rows().filter(|it| viewport.shows(self.points[it.index()])).collect()
    }

    /// The film nearest to `point`, if one lies within `radius` units of it.
    pub fn nearest(&self, point: Point, radius: f32) -> Option<ItemRow> {
        self.grid.nearest(&self.points, point, radius)
    }

    fn rows(&self) -> impl Iterator<Item = ItemRow> + use<> {
        (0..self.points.len() as u32).map(ItemRow)
    }
}

/// How large the dot of a film is drawn, in pixels from its middle.
///
/// `fame` is its place among all films by number of ratings, 0 the best known: the first
/// hundreds stand out. Closer views and larger screens, of more pixels per unit, have room for
/// larger dots.
pub fn dot_radius(fame: usize, pixels_per_unit: f32) -> f32 {
    /// A middling screen, on which the whole map is so many pixels wide.
    const USUAL: f32 = 680.0;
    let base = match fame {
        0..300 => 1.9,
        300..1_500 => 1.35,
        _ => 0.95,
    };
    base * (pixels_per_unit * SIDE / USUAL).powf(0.4)
}

/// `items` by number of ratings, the best known first; equals in the order they come.
pub fn best_known_first(mut items: Vec<ItemRow>, catalogue: &Catalogue) -> Vec<ItemRow> {
    items.sort_by_key(|it| std::cmp::Reverse(catalogue.n_ratings(*it)));
    items
}

/// The region whose centre is nearest, the first of equals: as the pipeline counts them.
fn nearest_region(regions: &[Label], point: Point) -> usize {
    let nearer = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1);
    let squares = regions.iter().map(|it| it.at.square_to(point)).enumerate();
    squares.min_by(nearer).map_or(0, |(region, _)| region)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Four films, two regions and a place, as the pipeline would write them.
    pub(crate) fn bytes() -> Vec<u8> {
        let points: [(u16, u16); 4] = [(0, 0), (300, 40), (4000, 4095), (2150, 2000)];
        let labels = [
            (100_u16, 100_u16, 0_u8, "crime · Paris"),
            (4000, 4000, 0, "war"),
            (3000, 3000, 1, "Amélie"),
        ];
        let mut bytes = b"GRMP".to_vec();
        for number in [1_u32, points.len() as u32, labels.len() as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for byte in [0, 1] {
            bytes.extend(points.iter().map(|it| it.0.to_le_bytes()[byte]));
            bytes.extend(points.iter().map(|it| it.1.to_le_bytes()[byte]));
        }
        for (x, y, level, name) in labels {
            bytes.extend_from_slice(&x.to_le_bytes());
            bytes.extend_from_slice(&y.to_le_bytes());
            bytes.extend_from_slice(&[level, name.len() as u8]);
        }
        labels.iter().for_each(|it| bytes.extend_from_slice(it.3.as_bytes()));
        bytes
    }

    fn made_up() -> FilmMap {
        FilmMap::from_bytes(&bytes(), 4).unwrap()
    }

    fn rows(rows: &[u32]) -> Vec<ItemRow> {
        rows.iter().copied().map(ItemRow).collect()
    }

    #[test]
    fn a_map_tells_where_films_lie_and_in_which_region() {
        let map = made_up();
        assert_eq!(map.point(ItemRow(1)), Some(Point { x: 300.0, y: 40.0 }));
        assert_eq!(map.point(ItemRow(4)), None);
        assert_eq!(map.regions().len(), 2);
        assert_eq!(map.places()[0].name, "Amélie");
        assert_eq!(map.region_of(ItemRow(0)).unwrap().name, "crime · Paris");
        assert_eq!(map.in_region(0), rows(&[0, 1]));
        assert_eq!(map.in_region(1), rows(&[2, 3]));
        assert_eq!(map.in_region(2), rows(&[]));
    }

    #[test]
    fn the_first_of_two_regions_equally_far_has_the_film() {
        let at = |x| Label { name: String::new(), at: Point { x, y: 0.0 } };
        let middle = Point { x: 50.0, y: 9.0 };
        assert_eq!(nearest_region(&[at(0.0), at(100.0)], middle), 0);
    }

    #[test]
    fn a_lasso_holds_what_lies_inside_it() {
        let corner = |x, y| Point { x, y };
        let lasso =
            [corner(-1.0, -1.0), corner(500.0, -1.0), corner(500.0, 500.0), corner(-1.0, 500.0)];
        assert_eq!(made_up().in_lasso(&lasso), rows(&[0, 1]));
        assert_eq!(made_up().in_lasso(&lasso[..2]), rows(&[]));
    }

    #[test]
    fn the_best_known_films_come_first() {
        let catalogue = crate::catalog::tests::made_up();
        let got = best_known_first(rows(&[4, 3, 2, 0, 1]), &catalogue);
        assert_eq!(got, rows(&[2, 1, 0, 3, 4]));
    }

    #[test]
    fn the_better_known_a_film_and_the_closer_the_larger_its_dot() {
        let whole = Viewport::whole(680.0, 700.0).scale();
        assert!(dot_radius(0, whole) > dot_radius(300, whole));
        assert!(dot_radius(1_499, whole) > dot_radius(1_500, whole));
        assert!(dot_radius(0, 8.0 * whole) > 2.0 * dot_radius(0, whole));
        assert!(dot_radius(0, whole / 2.0) < dot_radius(0, whole));
    }

    #[test]
    fn a_part_is_what_it_says() {
        let (map, whole) = (made_up(), Viewport::whole(400.0, 400.0));
        assert_eq!(map.films_in(&Part::View, &whole).len(), 4);
        assert_eq!(map.films_in(&Part::Region(1), &whole), rows(&[2, 3]));
        assert_eq!(map.films_in(&Part::Lasso(Vec::new()), &whole), rows(&[]));
    }

    #[test]
    fn a_closer_view_shows_fewer_films() {
        let whole = Viewport::whole(400.0, 400.0);
        assert_eq!(made_up().in_view(&whole), rows(&[0, 1, 2, 3]));
        let middle = Point { x: 200.0, y: 200.0 };
        assert_eq!(made_up().in_view(&whole.zoomed(4.0, middle)), rows(&[3]));
    }
}
