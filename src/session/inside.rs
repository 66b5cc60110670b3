//! Looking into the chosen family: its own view of the history, and what the reader does to it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::catalog::{Catalogue, ItemRow};
use crate::compare::{self, Changes};
use crate::engine::protocol::{EncoderName, Inspect, Inspected, Probe, SearchExplained};
use crate::families::{self, FamilyName};
use crate::history::History;
use crate::recommend::Recommendation;
use crate::session::answers::{self, Answers};
use crate::session::shown;
use crate::session::{Latest, MatchQuestion, Session, ShownRow, Tab};

/// Whose inside, after which history, and what is done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct LookQuestion {
    pub family: FamilyName,
    pub history: History,
    pub probe: Probe,
}

/// A short list set beside the one it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    pub rows: Vec<ShownRow>,
    pub changes: Changes,
}

impl Moved {
    /// `list` beside `before`, which may be the longer one; both best first.
    pub fn since(before: &[ItemRow], list: &[Recommendation]) -> Self {
        let now: Vec<ItemRow> = list.iter().map(|it| it.item).collect();
        let changes = compare::changes(before, &now, now.len());
        Self { rows: shown::rows(list, &[], before), changes }
    }
}

const FIRST_SEED: u32 = 1;

/// The state of the tab: cheap to copy, a part of the session.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    pub(super) probe: RwSignal<Probe>,
    /// How far the reader has stepped; `None` until they do.
    pub(super) step: RwSignal<Option<usize>>,
    looked: Latest<LookQuestion, Inspected>,
    /// The pick and the film whose texts the reader wants to see beside each other.
    alike: RwSignal<Option<(ItemRow, ItemRow)>>,
    why_alike: Latest<MatchQuestion, SearchExplained>,
}

impl Looking {
    pub(super) fn new(
        engine: Rc<dyn Answers>,
        tab: RwSignal<Tab>,
        history: Memo<History>,
        family: RwSignal<FamilyName>,
        encoder: RwSignal<EncoderName>,
        catalogue: Arc<Catalogue>,
    ) -> Self {
        let probe = RwSignal::new(Probe::default());
        let question =
            move || {
                let (history, family) = (history.get(), family.get());
                let has_inside = families::find(&family).is_some_and(|it| it.inspection.is_some());
                (tab.get() == Tab::Inside && has_inside && !history.is_empty())
                    .then(|| LookQuestion { family, history, probe: probe.get() })
            };
        let alike = RwSignal::new(None::<(ItemRow, ItemRow)>);
        let why_alike = answers::matches(engine.clone(), move || {
            let (pick, item) = alike.get()?;
            let is_shown = tab.get() == Tab::Inside && history.with(|it| it.contains(pick));
            let text = is_shown.then(|| catalogue.item_text(pick))?;
            Some(MatchQuestion { text, item, encoder: encoder.get() })
        });
        let looked = Latest::new(question, move |LookQuestion { family, history, probe }| {
            engine.ask(Inspect { family, history, probe })
        });
        Self { probe, step: RwSignal::default(), looked, alike, why_alike }
    }
}

impl Session {
    /// What the chosen family shows of itself.
    pub fn looked(self) -> Latest<LookQuestion, Inspected> {
        self.looking.looked
    }

    /// What the reader does to the model.
    pub fn probe(self) -> Signal<Probe> {
        self.looking.probe.into()
    }

    /// Does `probe` to the model.
    pub fn try_probe(self, probe: Probe) {
        if self.looking.probe.with_untracked(|it| *it != probe) {
            self.looking.probe.set(probe);
        }
    }

    /// Pushes the reader along a direction of the latent space, by `by` in all.
    pub fn push(self, direction: u32, by: f32) {
        let probe = self.looking.probe.with_untracked(|it| it.with_shift(direction, by));
        self.try_probe(probe);
    }

    /// Draws noise while the model runs, or does so no more.
    pub fn add_noise(self, is_on: bool) {
        self.try_probe(if is_on { Probe::Noise { seed: FIRST_SEED } } else { Probe::AsItIs });
    }

    /// Other noise than now.
    pub fn draw_again(self) {
        let seed = self.looking.probe.with_untracked(|it| match it {
            Probe::Noise { seed } => seed.wrapping_add(1),
            _ => FIRST_SEED,
        });
        self.try_probe(Probe::Noise { seed });
    }

    /// Which of `n_steps` the reader looks at: the last, until they step.
    pub fn step_of(self, n_steps: usize) -> usize {
        let last = n_steps.saturating_sub(1);
        self.looking.step.get().map_or(last, |step| step.min(last))
    }

    /// Goes to `step`, 0 the first.
    pub fn go_to_step(self, step: usize) {
        self.looking.step.set(Some(step));
    }

    /// Which words of `pick` and which facts of `item` make them alike; asked by [`Self::ask_why_alike`].
    pub fn why_alike(self) -> Latest<MatchQuestion, SearchExplained> {
        self.looking.why_alike
    }

    /// The pick and the film that were asked about.
    pub fn alike(self) -> Signal<Option<(ItemRow, ItemRow)>> {
        self.looking.alike.into()
    }

    pub fn ask_why_alike(self, pick: ItemRow, item: ItemRow) {
        self.looking.alike.set(Some((pick, item)));
    }

    /// What the text encoder in use still has to fetch before it can answer, in bytes.
    pub fn missing_encoder_bytes(self) -> u64 {
        let encoder = self.encoder.get();
        let offers = self.encoder_offers().into_iter();
        offers.filter(|it| it.name == encoder && !it.is_here).map(|it| it.n_bytes).sum()
    }

    /// Leaves the model as it is, at its last step: what was done to one means nothing to another.
    pub(super) fn forget_probe(self) {
        self.try_probe(Probe::default());
        self.looking.step.set(None);
        self.looking.alike.set(None);
    }
}
