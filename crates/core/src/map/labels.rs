//! Which names there is room for.

/// A rectangle on the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

impl Room {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }
}

/// Which of `boxes`, the most important first, can be shown with none over another: each that
/// meets none of those before it. Positions in `boxes`.
pub fn apart(boxes: &[Room]) -> Vec<usize> {
    let mut shown: Vec<usize> = Vec::new();
    for (at, it) in boxes.iter().enumerate() {
        if shown.iter().all(|&before| !boxes[before].meets(it)) {
            shown.push(at);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_important_name_keeps_its_room() {
        let at = |left, top| Room { left, top, width: 10.0, height: 4.0 };
        let boxes = [at(0.0, 0.0), at(9.0, 3.0), at(10.0, 0.0), at(0.0, 4.0), at(5.0, 4.0)];
        assert_eq!(apart(&boxes), [0, 2, 3]);
        assert_eq!(apart(&[]), Vec::<usize>::new());
    }
}
