//! What a family shows of itself beyond its scores: the numbers behind its own view.
//!
//! A family asks for its runs one after another, each in view of what the ones before gave, and
//! then reads them. Like [`super::Family`] it never runs anything itself.

use serde::{Deserialize, Serialize};

use super::bert4rec::Filling;
use super::diffrec::Denoising;
use super::gru4rec::Fading;
use super::irgan::Duel;
use super::mult_vae::Cloud;
use super::sasrec::Positions;
use super::semantic_beam::N_LEVELS;
use super::semantic_id::Walk;
use super::sums::Sums;
use super::{Family, FamilyError, GraphOutputs, GraphRun};
use crate::history::History;

/// What the reader does to a model to see how it answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Probe {
    /// Nothing: the model as it recommends.
    #[default]
    AsItIs,
    /// Pushes the reader along directions of the latent space, each so many deviations of the
    /// prior. Directions ascend and come once; nothing is pushed by 0.
    Shift { moves: Vec<(u32, f32)> },
    /// Spells a code as far as this, coarse to fine.
    Spell { codes: Vec<u32> },
    /// Draws the noise that a diffusion model learned to take off.
    Noise { seed: u32 },
    /// Covers the pick at `position`, 0 the oldest that is read. Past the end it covers nothing.
    Cover { position: usize },
}

/// No direction is pushed farther, either way.
pub const FARTHEST: f32 = 3.0;

impl Probe {
    /// As a link writes it: empty for the model as it is.
    pub fn to_code(&self) -> String {
        match self {
            Self::AsItIs => String::new(),
            Self::Shift { moves } => {
                let moves: Vec<String> =
                    moves.iter().map(|(direction, by)| format!("{direction}:{by}")).collect();
                format!("z{}", moves.join(","))
            }
            Self::Spell { codes } => {
                let codes: Vec<String> = codes.iter().map(u32::to_string).collect();
                format!("s{}", codes.join(","))
            }
            Self::Noise { seed } => format!("n{seed}"),
            Self::Cover { position } => format!("c{position}"),
        }
    }

    /// What [`Self::to_code`] wrote; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(position) = code.strip_prefix('c') {
            let is_number = position.bytes().all(|byte| byte.is_ascii_digit());
            return Some(Self::Cover { position: position.parse().ok().filter(|_| is_number)? });
        }
        if let Some(seed) = code.strip_prefix('n') {
            return Some(Self::Noise { seed: seed.parse().ok()? });
        }
        if let Some(codes) = code.strip_prefix('s') {
            let codes: Result<Vec<u32>, _> = codes.split(',').map(str::parse).collect();
            return codes.ok().filter(|it| it.len() <= N_LEVELS).map(|codes| Self::Spell { codes });
        }
        let mut probe = Self::AsItIs;
        for pushed in code.strip_prefix('z')?.split(',') {
            let (direction, by) = pushed.split_once(':')?;
            let by: f32 = by.parse().ok()?;
            if by.is_nan() || by.abs() > FARTHEST {
                return None;
            }
            probe = probe.with_shift(direction.parse().ok()?, by);
        }
        Some(probe)
    }

    /// How far `direction` is pushed.
    pub fn shift_of(&self, direction: u32) -> f32 {
        self.shifts().iter().find(|it| it.0 == direction).map_or(0.0, |it| it.1)
    }

    /// This, with `direction` pushed by `by` in all.
    #[must_use]
    pub fn with_shift(&self, direction: u32, by: f32) -> Self {
        let mut moves: Vec<_> =
            self.shifts().iter().copied().filter(|it| it.0 != direction).collect();
        if by != 0.0 {
            moves.insert(moves.partition_point(|it| it.0 < direction), (direction, by));
        }
        if moves.is_empty() { Self::AsItIs } else { Self::Shift { moves } }
    }

    pub(super) fn shifts(&self) -> &[(u32, f32)] {
        match self {
            Self::Shift { moves } => moves,
            Self::AsItIs | Self::Noise { .. } | Self::Cover { .. } | Self::Spell { .. } => &[],
        }
    }
}

/// What a family shows, in its own terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Inside {
    Positions(Positions),
    Sums(Sums),
    Cloud(Cloud),
    Denoising(Denoising),
    Fading(Fading),
    Filling(Filling),
    Duel(Duel),
    Walk(Walk),
}

/// Whose inside is asked for.
#[derive(Clone, Copy, Debug)]
pub struct InsideQuestion<'a> {
    /// The picks that the family reads, oldest first: no more than its `max_history`.
    pub picks: &'a History,
    /// All picks: none of them is recommended, read or not.
    pub history: &'a History,
    pub probe: &'a Probe,
    pub n_items: usize,
}

/// How a family is looked into: a part of its line in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Inspection {
    /// The next run, in view of what the runs before gave; `None` once there is enough.
    pub next_run: fn(&InsideQuestion<'_>, &[GraphOutputs]) -> Result<Option<GraphRun>, FamilyError>,
    /// Reads what the runs gave, in their order.
    pub read:
        fn(&dyn Family, &InsideQuestion<'_>, Vec<GraphOutputs>) -> Result<Inside, FamilyError>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_code(probe: &Probe, code: &str) {
        assert_eq!(probe.to_code(), code);
        assert_eq!(Probe::from_code(code).as_ref(), Some(probe));
    }

    #[test]
    fn a_link_keeps_what_is_pushed_and_refuses_what_cannot_be() {
        let probe = Probe::AsItIs.with_shift(45, 1.5).with_shift(7, -0.25);
        check_code(&probe, "z7:-0.25,45:1.5");
        check_code(&Probe::Noise { seed: 7 }, "n7");
        check_code(&Probe::Spell { codes: vec![12, 0] }, "s12,0");
        assert_eq!(Probe::from_code("s1,2,3,4"), None);
        assert_eq!(Probe::from_code("s"), None);
        for damaged in
            ["", "n", "n-1", "n7.5", "z", "z7", "z7:", "z7:NaN", "z7:3.5", "z-1:1", "z7:1,", "q7:1"]
        {
            assert_eq!(Probe::from_code(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_direction_pushed_back_is_the_model_as_it_is() {
        let probe = Probe::AsItIs.with_shift(7, 1.0).with_shift(7, 2.0);
        assert_eq!((probe.shift_of(7), probe.shift_of(8)), (2.0, 0.0));
        assert_eq!(probe.with_shift(7, 0.0), Probe::AsItIs);
        assert_eq!(Probe::from_code("z7:0"), Some(Probe::AsItIs));
    }

    #[test]
    fn a_link_brings_back_what_is_covered_and_nothing_else() {
        for position in [0, 7, 99] {
            let probe = Probe::Cover { position };
            assert_eq!(Probe::from_code(&probe.to_code()), Some(probe));
        }
        assert_eq!(Probe::AsItIs.to_code(), "");
        for damaged in ["", "c", "c+1", "c-1", "7", "d7", "c7x", "c99999999999999999999"] {
            assert_eq!(Probe::from_code(damaged), None, "{damaged}");
        }
    }
}
