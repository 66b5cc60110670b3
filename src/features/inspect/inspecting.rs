//! How a reader looks into a family: how far they stepped, and what they do to its model. A link keeps both, so they
//! outlive the view.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set, With, WithUntracked};

use crate::families::inspect::Probe;
use crate::state::chosen::Chosen;
use crate::state::shell::{Lasting, Shell};

/// Cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct Inspecting {
    /// `None` until the reader steps.
    step: RwSignal<Option<usize>>,
    /// As the family writes it; empty for the model as it is.
    probe: RwSignal<String>,
}

impl Lasting for Inspecting {
    /// What was done to one model means nothing to another.
    fn of(shell: Shell) -> Self {
        let inspecting = Self::default();
        shell.get::<Chosen>().on_family(move || inspecting.reset());
        inspecting
    }
}

impl Inspecting {
    /// Which of `n_steps` the reader looks at: the last, until they step.
    pub fn step_of(self, n_steps: usize) -> usize {
        let last = n_steps.saturating_sub(1);
        self.step.get().map_or(last, |step| step.min(last))
    }

    /// Goes to `step`, 0 the first.
    pub fn go_to_step(self, step: usize) {
        self.step.set(Some(step));
    }

    /// What the reader does to the model; nothing where it is another family's.
    pub fn probe<P: Probe>(self) -> P {
        self.probe.with(|it| P::from_address(it)).unwrap_or_default()
    }

    /// As [`Self::probe`], for verbs.
    pub fn probe_untracked<P: Probe>(self) -> P {
        self.probe.with_untracked(|it| P::from_address(it)).unwrap_or_default()
    }

    /// The same, as its family writes it.
    pub fn written_probe(self) -> String {
        self.probe.get()
    }

    /// Does `probe` to the model.
    pub fn try_probe(self, probe: &impl Probe) {
        self.put_probe(probe.to_address());
    }

    /// Leaves the model as it is, at its last step: what was done to one means nothing to another.
    pub fn reset(self) {
        self.put(None, String::new());
    }

    /// The step and the probe, as a link writes them.
    pub fn in_address(self) -> (Option<usize>, String) {
        (self.step.get(), self.written_probe())
    }

    /// Takes up what a link says.
    pub fn put(self, step: Option<usize>, probe: String) {
        self.step.set(step);
        self.put_probe(probe);
    }

    fn put_probe(self, probe: String) {
        if self.probe.with_untracked(|it| *it != probe) {
            self.probe.set(probe);
        }
    }
}

#[cfg(test)]
mod tests {
    use reactive_graph::computed::Memo;
    use reactive_graph::owner::Owner;
    use reactive_graph::traits::GetUntracked;

    use super::*;
    use crate::families::bert4rec::Mask;
    use crate::families::diffrec::Noise;

    fn check(steps: impl FnOnce(Inspecting)) {
        let owner = Owner::new();
        owner.set();
        steps(Inspecting::default());
    }

    #[test]
    fn the_last_step_is_looked_at_until_the_reader_steps() {
        check(|inspecting| {
            assert_eq!((inspecting.step_of(5), inspecting.step_of(0)), (4, 0));
            inspecting.go_to_step(2);
            assert_eq!(inspecting.step_of(5), 2);
            assert_eq!(inspecting.step_of(2), 1, "fewer picks have fewer steps");
            assert_eq!(inspecting.in_address(), (Some(2), String::new()));
        });
    }

    #[test]
    fn what_is_done_to_a_model_is_its_familys_alone() {
        check(|inspecting| {
            let noise = Noise { seed: Some(7) };
            inspecting.try_probe(&noise);
            assert_eq!(inspecting.probe::<Noise>(), noise);
            assert_eq!(inspecting.probe::<Mask>(), Mask::default());
            assert_eq!(inspecting.in_address(), (None, "n7".to_owned()));
        });
    }

    #[test]
    fn the_same_done_twice_asks_nothing_again() {
        check(|inspecting| {
            let n_asked = RwSignal::new(0);
            let asked = Memo::new(move |_| {
                n_asked.set(n_asked.get_untracked() + 1);
                inspecting.probe::<Noise>().seed
            });
            inspecting.try_probe(&Noise { seed: Some(7) });
            assert_eq!((asked.get(), n_asked.get()), (Some(7), 1));
            inspecting.try_probe(&Noise { seed: Some(7) });
            assert_eq!((asked.get(), n_asked.get()), (Some(7), 1));
        });
    }

    #[test]
    fn another_family_starts_as_it_is_at_its_last_step() {
        check(|inspecting| {
            inspecting.put(Some(1), "c3".to_owned());
            assert_eq!((inspecting.step_of(5), inspecting.probe::<Mask>().position), (1, Some(3)));
            inspecting.reset();
            assert_eq!((inspecting.step_of(5), inspecting.probe::<Mask>()), (4, Mask::default()));
            assert_eq!(inspecting.in_address(), (None, String::new()));
        });
    }
}
