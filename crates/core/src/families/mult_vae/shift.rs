//! Pushes the reader along dimensions of the latent space.

use serde::{Deserialize, Serialize};

use crate::families::inspect::Probe;

/// No dimension is pushed farther, either way.
pub const FARTHEST: f32 = 3.0;

/// How far each dimension is pushed, in deviations of the prior.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    // Invariant: dimensions ascend and come once; nothing is pushed by 0.
    moves: Vec<(u32, f32)>,
}

impl Shift {
    /// How far `dimension` is pushed.
    pub fn of(&self, dimension: u32) -> f32 {
        self.moves.iter().find(|it| it.0 == dimension).map_or(0.0, |it| it.1)
    }

    /// This, with `dimension` pushed by `by` in all.
    #[must_use]
    pub fn with(&self, dimension: u32, by: f32) -> Self {
        let mut moves: Vec<_> = self.moves.iter().copied().filter(|it| it.0 != dimension).collect();
        if by != 0.0 {
            moves.insert(moves.partition_point(|it| it.0 < dimension), (dimension, by));
        }
        Self { moves }
    }

    /// This, with nothing done to `dimensions`.
    #[must_use]
    pub fn without(&self, dimensions: [u32; 2]) -> Self {
        Self {
            moves: self.moves.iter().copied().filter(|it| !dimensions.contains(&it.0)).collect(),
        }
    }

    /// What is pushed, each with how far.
    pub fn moves(&self) -> &[(u32, f32)] {
        &self.moves
    }
}

impl Probe for Shift {
    fn to_address(&self) -> String {
        if self.moves.is_empty() {
            return String::new();
        }
        let moves: Vec<String> =
            self.moves.iter().map(|(dimension, by)| format!("{dimension}:{by}")).collect();
        format!("z{}", moves.join(","))
    }

    fn from_address(text: &str) -> Option<Self> {
        let mut shift = Self::default();
        for pushed in text.strip_prefix('z')?.split(',') {
            let (dimension, by) = pushed.split_once(':')?;
            let by: f32 = by.parse().ok()?;
            if by.is_nan() || by.abs() > FARTHEST {
                return None;
            }
            shift = shift.with(dimension.parse().ok()?, by);
        }
        Some(shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::inspect::tests::{check_address, check_damaged};

    #[test]
    fn a_link_keeps_what_is_pushed_and_refuses_what_cannot_be() {
        check_address(&Shift::default().with(45, 1.5).with(7, -0.25), "z7:-0.25,45:1.5");
        check_damaged(&["z", "z7", "z7:", "z7:NaN", "z7:3.5", "z-1:1", "z7:1,", "q7:1"]);
    }

    #[test]
    fn a_dimension_pushed_back_is_the_model_as_it_is() {
        let shift = Shift::default().with(7, 1.0).with(7, 2.0);
        assert_eq!((shift.of(7), shift.of(8)), (2.0, 0.0));
        assert_eq!(shift.with(7, 0.0), Shift::default());
        assert_eq!(Shift::from_address("z7:0"), Some(Shift::default()));
    }
}
