//! Which part of the map the screen shows: layout units to pixels and back.

use super::{Point, SIDE};

/// How much closer than the whole map a reader can get.
const CLOSEST: f32 = 40.0;

/// A part of the map on a screen of so many pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    // Invariants: width and height are at least 1; the zoom is between 1 and `CLOSEST`; the
    // centre lies on the map.
    width: f32,
    height: f32,
    centre: Point,
    /// 1 shows the whole map.
    zoom: f32,
}

impl Viewport {
    /// The whole map, as large as it fits.
    pub fn whole(width: f32, height: f32) -> Self {
        let centre = Point { x: SIDE / 2.0, y: SIDE / 2.0 };
        Self { width: width.max(1.0), height: height.max(1.0), centre, zoom: 1.0 }
    }

    pub fn width(&self) -> f32 {
        self.width
    }

    pub fn height(&self) -> f32 {
        self.height
    }

    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    pub fn is_closest(&self) -> bool {
        self.zoom >= CLOSEST
    }

    /// Pixels per unit.
    pub fn scale(&self) -> f32 {
        self.width.min(self.height) / SIDE * self.zoom
    }

    /// Where a point of the map is on the screen.
    pub fn to_screen(&self, point: Point) -> Point {
        let scale = self.scale();
        Point {
            x: (point.x - self.centre.x) * scale + self.width / 2.0,
            y: (point.y - self.centre.y) * scale + self.height / 2.0,
        }
    }

    /// Which point of the map is at a place of the screen.
    pub fn to_map(&self, place: Point) -> Point {
        let scale = self.scale();
        Point {
            x: (place.x - self.width / 2.0) / scale + self.centre.x,
            y: (place.y - self.height / 2.0) / scale + self.centre.y,
        }
    }

    /// The middle of the screen.
    pub fn middle(&self) -> Point {
        Point { x: self.width / 2.0, y: self.height / 2.0 }
    }

    /// Whether a point of the map is on the screen.
    pub fn shows(&self, point: Point) -> bool {
        let Point { x, y } = self.to_screen(point);
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// `factor` times as close, with the point under `place` staying there as far as the map allows.
    #[must_use]
    pub fn zoomed(self, factor: f32, place: Point) -> Self {
        let held = self.to_map(place);
        let zoom = (self.zoom * factor).clamp(1.0, CLOSEST);
        let closer = Self { zoom, ..self };
        let slipped = closer.to_screen(held);
        closer.panned(place.x - slipped.x, place.y - slipped.y)
    }

    /// Moved by so many pixels, as if the map were pushed. Its middle stays on the map.
    #[must_use]
    pub fn panned(self, right: f32, down: f32) -> Self {
        let scale = self.scale();
        let centre = Point {
            x: (self.centre.x - right / scale).clamp(0.0, SIDE),
            y: (self.centre.y - down / scale).clamp(0.0, SIDE),
        };
        Self { centre, ..self }
    }

    /// The same part on a screen of another size.
    #[must_use]
    pub fn resized(self, width: f32, height: f32) -> Self {
        Self { width: width.max(1.0), height: height.max(1.0), ..self }
    }

    /// The same closeness with `point` in the middle.
    #[must_use]
    pub fn centred(self, point: Point) -> Self {
        let centre = Point { x: point.x.clamp(0.0, SIDE), y: point.y.clamp(0.0, SIDE) };
        Self { centre, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_near(got: Point, x: f32, y: f32) {
        assert!((got.x - x).abs() < 0.05 && (got.y - y).abs() < 0.05, "{got:?} is not {x}, {y}");
    }

    #[test]
    fn the_whole_map_fits_the_shorter_side() {
        let view = Viewport::whole(1000.0, 500.0);
        check_near(view.to_screen(Point { x: 0.0, y: 0.0 }), 250.0, 0.0);
        check_near(view.to_screen(Point { x: SIDE, y: SIDE }), 750.0, 500.0);
        assert!(view.shows(Point { x: 0.0, y: SIDE }));
    }

    #[test]
    fn screen_to_map_and_back_is_the_same_place() {
        let view = Viewport::whole(700.0, 640.0).zoomed(7.0, Point { x: 100.0, y: 600.0 });
        let place = Point { x: 33.0, y: 440.0 };
        check_near(view.to_screen(view.to_map(place)), 33.0, 440.0);
    }

    #[test]
    fn what_is_under_the_hand_stays_there_while_zooming() {
        let place = Point { x: 300.0, y: 150.0 };
        let view = Viewport::whole(400.0, 400.0);
        let held = view.to_map(place);
        check_near(view.zoomed(3.0, place).to_screen(held), place.x, place.y);
    }

    #[test]
    fn a_reader_cannot_get_lost() {
        let view = Viewport::whole(400.0, 400.0);
        assert_eq!(view.zoomed(0.5, view.middle()).zoom(), 1.0);
        let close = view.zoomed(1e9, view.middle());
        assert!(close.is_closest() && close.zoom() == CLOSEST);
        let far = view.panned(-1e9, 1e9);
        check_near(far.to_map(far.middle()), SIDE, 0.0);
        assert!(Viewport::whole(0.0, -1.0).scale() > 0.0);
    }

    #[test]
    fn pushing_the_map_moves_it_with_the_hand() {
        let view = Viewport::whole(400.0, 400.0).zoomed(2.0, Point { x: 200.0, y: 200.0 });
        let point = Point { x: 2000.0, y: 2100.0 };
        let before = view.to_screen(point);
        check_near(view.panned(12.0, -5.0).to_screen(point), before.x + 12.0, before.y - 5.0);
        let small = view.resized(100.0, 50.0).centred(point);
        check_near(small.to_screen(point), 50.0, 25.0);
        assert_eq!(small.zoom(), 2.0);
    }
}
