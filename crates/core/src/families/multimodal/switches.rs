//! Which modalities a film is known by.

use serde::{Deserialize, Serialize};

use crate::families::inspect::Probe;

/// One way to know a film, in the order of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Modality {
    Text,
    Sound,
    Look,
    Behaviour,
}

impl Modality {
    pub const ALL: [Self; 4] = [Self::Text, Self::Sound, Self::Look, Self::Behaviour];
}

/// Which modalities are switched off; never all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    // Invariant: not all are true.
    off: [bool; 4],
}

impl Switches {
    /// One modality switched off, the others on.
    pub fn without(modality: Modality) -> Self {
        Self::default().with(modality, false)
    }

    pub fn is_on(self, modality: Modality) -> bool {
        !self.off[modality as usize]
    }

    /// Whether `modality` is all that is left, so that it cannot be switched off.
    pub fn is_last(self, modality: Modality) -> bool {
        Modality::ALL.iter().all(|&it| self.is_on(it) == (it == modality))
    }

    /// This, with `modality` on or off; the last one stays on.
    #[must_use]
    pub fn with(mut self, modality: Modality, is_on: bool) -> Self {
        if is_on || !self.is_last(modality) {
            self.off[modality as usize] = !is_on;
        }
        self
    }

    /// The modalities that are off.
    pub fn off(self) -> impl Iterator<Item = Modality> {
        Modality::ALL.into_iter().filter(move |it| !self.is_on(*it))
    }

    /// As the graph reads it: 1 where a modality is off.
    pub(super) fn numbers(self) -> [f32; 4] {
        self.off.map(|it| if it { 1.0 } else { 0.0 })
    }
}

impl Probe for Switches {
    fn to_address(&self) -> String {
        let numbers: String = self.off().map(|it| (it as usize).to_string()).collect();
        if numbers.is_empty() { numbers } else { format!("w{numbers}") }
    }

    fn from_address(text: &str) -> Option<Self> {
        let mut switches = Self::default();
        for number in text.strip_prefix('w')?.chars() {
            let modality = *Modality::ALL.get(number.to_digit(10)? as usize)?;
            let next = switches.with(modality, false);
            if next == switches {
                return None; // named twice, or all of them
            }
            switches = next;
        }
        (switches != Self::default()).then_some(switches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::inspect::tests::{check_address, check_damaged};

    #[test]
    fn a_link_keeps_what_is_off_and_refuses_what_cannot_be() {
        check_address(&Switches::without(Modality::Behaviour).with(Modality::Text, false), "w03");
        check_damaged(&["w", "w4", "wx", "w00", "w0123", "w0,1"]);
        assert_eq!(Switches::default().to_address(), "");
    }

    #[test]
    fn the_last_modality_stays_on() {
        let all_but_look = Modality::ALL.into_iter().filter(|it| *it != Modality::Look);
        let switches = all_but_look.fold(Switches::default(), |it, off| it.with(off, false));
        assert!(switches.is_last(Modality::Look) && !switches.is_last(Modality::Text));
        assert_eq!(switches.with(Modality::Look, false), switches);
        assert_eq!(switches.numbers(), [1.0, 1.0, 0.0, 1.0]);
        let back = switches.with(Modality::Text, true);
        assert!(back.is_on(Modality::Text) && !back.is_last(Modality::Look));
    }
}
