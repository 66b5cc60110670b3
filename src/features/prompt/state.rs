//! Direct prompting: candidates of a family, ranked by how likely the language model finds their titles.

mod desk;
mod naming;
mod ranking;
#[cfg(test)]
mod tests;
mod told;

use std::sync::Arc;

use any_spawner::Executor;
use reactive_graph::computed::Memo;
use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, GetValue, Set, Update, UpdateValue, With};
use reactive_graph::wrappers::read::Signal;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{EngineError, Recommend};
use crate::families::FamilyName;
use crate::history::History;
use crate::language::{PopularityBias, PositionBias, Prompt, Scored, Trie};
use crate::state::clock::Clock;
use crate::state::engine::EngineHandle;
use crate::state::language::Language;
use desk::Halt;
use ranking::Unconditional;

/// The films to rank, as the family ranked them.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Candidates {
    /// There is no history to ask for.
    #[default]
    None,
    Coming,
    Here(Vec<ItemRow>),
    Failed(EngineError),
}

impl Candidates {
    pub fn films(&self) -> &[ItemRow] {
        match self {
            Self::Here(films) => films,
            Self::None | Self::Coming | Self::Failed(_) => &[],
        }
    }
}

/// What the reader can set. The prompt beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromptSettings {
    pub n_candidates: usize,
    /// The tuned model, where there is one.
    pub is_adapted: bool,
    /// How much of a title's log-probability without the history is taken off, 0 to 1.
    pub calibration: f32,
    /// Orders in which the candidates are named in the prompt; 0 names none.
    pub n_orders: usize,
}

/// Candidates as the model ranked them.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompted {
    /// The history that a prompt can name, oldest first.
    pub films: Vec<ItemRow>,
    /// How many of it the prompt named; `None` where the reader had written it.
    pub n_told: Option<usize>,
    /// As the family ranked them.
    pub candidates: Vec<ItemRow>,
    pub scored: Vec<Scored>,
    pub position: Option<PositionBias>,
    pub popularity: PopularityBias,
    pub effort: Effort,
    pub settings: PromptSettings,
}

/// Films that the model named by itself, the likeliest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub films: Vec<(ItemRow, f32)>,
    /// What the reader had picked then: a model likes to say again what it was told.
    pub picks: Vec<ItemRow>,
    pub effort: Effort,
}

/// What an answer of the model took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    pub n_prompt_tokens: usize,
    pub prompt_millis: f64,
    pub n_title_tokens: usize,
    pub title_millis: f64,
}

/// What the model is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Doing {
    #[default]
    Nothing,
    Ranking {
        n_done: usize,
        n_steps: usize,
    },
    Naming {
        n_tokens: usize,
    },
    Failed(PromptError),
}

/// Why there is no ranking.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptError {
    Engine(EngineError),
    /// The prompt, with the longest title, has more tokens than the model may read.
    TooLong {
        n_tokens: usize,
        most: usize,
    },
    /// There is nothing a title could follow.
    Empty,
    NoCandidates,
}

/// What the feature is given. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Given {
    pub language: Language,
    /// Whom a family is asked for candidates.
    pub engine: EngineHandle,
    pub clock: Clock,
    /// Numbers in [0, 1).
    pub random: fn() -> f64,
    pub catalogue: StoredValue<Arc<Catalogue>>,
    /// The picks that models read.
    pub history: Signal<History>,
    /// Films that no list shows.
    pub hidden: Signal<Vec<ItemRow>>,
    pub family: Signal<FamilyName>,
    /// Whether the feature is on screen: only then are candidates asked for.
    pub is_open: Signal<bool>,
}

/// The state of the feature. Cheap to copy; nothing of it is kept or written to the address.
#[derive(Clone, Copy)]
pub struct PromptState {
    given: Given,
    settings: RwSignal<PromptSettings>,
    /// As the settings and the history make it.
    made: RwSignal<Prompt>,
    /// As the reader has it.
    prompt: RwSignal<Prompt>,
    /// How many films of the history the prompt names, from the oldest on; `None` for all that it can.
    told: RwSignal<Option<usize>>,
    /// What was ranked for this history, by the prompt, so that a step back needs no run.
    rankings: StoredValue<Vec<(Prompt, Prompted)>>,
    /// The family's candidates for the history on the page.
    candidates: RwSignal<Candidates>,
    doing: RwSignal<Doing>,
    prompted: RwSignal<Option<Prompted>>,
    named: RwSignal<Option<Named>>,
    /// Raised to cancel: work of an older one stops at its next step.
    turn: StoredValue<u32>,
    titles: StoredValue<Option<Arc<Trie>>>,
    unconditional: StoredValue<Unconditional>,
}

impl PromptState {
    pub fn new(given: Given) -> Self {
        let state = Self {
            given,
            settings: RwSignal::new(PromptSettings {
                n_candidates: 20,
                is_adapted: false,
                calibration: 0.5,
                n_orders: 0,
            }),
            made: RwSignal::default(),
            prompt: RwSignal::default(),
            told: RwSignal::default(),
            rankings: StoredValue::default(),
            candidates: RwSignal::default(),
            doing: RwSignal::default(),
            prompted: RwSignal::default(),
            named: RwSignal::default(),
            turn: StoredValue::new(0),
            titles: StoredValue::default(),
            unconditional: StoredValue::default(),
        };
        state.follow_candidates();
        state.follow_prompt();
        state
    }

    /// The model that is asked.
    pub fn language(self) -> Language {
        self.given.language
    }

    pub fn settings(self) -> RwSignal<PromptSettings> {
        self.settings
    }

    pub fn set(self, change: impl FnOnce(&mut PromptSettings)) {
        self.settings.update(change);
    }

    /// Asks the tuned model, or the one as it came, each with the calibration that serves it.
    pub fn choose_form(self, is_adapted: bool) {
        let calibration = self.language().model().map(|it| it.calibration(is_adapted));
        self.settings.update(|it| {
            it.is_adapted = is_adapted;
            it.calibration = calibration.unwrap_or(it.calibration);
        });
    }

    pub fn prompt(self) -> RwSignal<Prompt> {
        self.prompt
    }

    /// Whether the reader changed the prompt.
    pub fn is_edited(self) -> bool {
        self.prompt.with(|prompt| self.made.with(|made| prompt != made))
    }

    pub fn edit(self, change: impl FnOnce(&mut Prompt)) {
        self.prompt.update(change);
    }

    /// Takes the prompt back to what the settings make.
    pub fn reset(self) {
        self.prompt.set(self.made.get_untracked());
    }

    pub fn candidates(self) -> RwSignal<Candidates> {
        self.candidates
    }

    pub fn doing(self) -> RwSignal<Doing> {
        self.doing
    }

    pub fn is_busy(self) -> bool {
        self.doing.with(|it| matches!(it, Doing::Ranking { .. } | Doing::Naming { .. }))
    }

    pub fn prompted(self) -> RwSignal<Option<Prompted>> {
        self.prompted
    }

    pub fn named(self) -> RwSignal<Option<Named>> {
        self.named
    }

    /// Stops what the model is doing at its next step.
    pub fn cancel(self) {
        self.turn.update_value(|it| *it += 1);
        self.doing.set(Doing::Nothing);
    }

    /// Ranks the candidates.
    pub fn rank(self) {
        self.begin(Doing::Ranking { n_done: 0, n_steps: 1 }, async move |turn| {
            let prompt = self.prompt.get_untracked();
            let prompted = self.ranked(turn).await?;
            self.keep(prompt, &prompted);
            self.prompted.set(Some(prompted));
            Ok(())
        });
    }

    /// Lets the model name films by itself, out of all that the catalogue holds.
    pub fn name(self) {
        self.begin(Doing::Naming { n_tokens: 0 }, async move |turn| {
            let named = self.films_named(turn).await?;
            self.named.set(Some(named));
            Ok(())
        });
    }

    fn begin(self, doing: Doing, work: impl AsyncFnOnce(u32) -> Result<(), Halt> + 'static) {
        if self.is_busy() {
            return;
        }
        self.turn.update_value(|it| *it += 1);
        let turn = self.turn.get_value();
        self.doing.set(doing);
        Executor::spawn_local(async move {
            let outcome = work(turn).await;
            if self.turn.get_value() != turn {
                return;
            }
            // A model that was stopped tells so itself.
            let is_stopped = !untrack(|| self.language().is_ready());
            self.doing.set(match outcome {
                Ok(()) | Err(Halt::Cancelled) => Doing::Nothing,
                Err(Halt::Failed(PromptError::Engine(EngineError::Stopped))) if is_stopped => {
                    Doing::Nothing
                }
                Err(Halt::Failed(error)) => Doing::Failed(error),
            });
        });
    }

    /// Asks the chosen family for candidates whenever the history, the family or their number changes.
    fn follow_candidates(self) {
        let Given { history, hidden, family, is_open, .. } = self.given;
        let asked = Memo::new(move |_| {
            let top = self.settings.get().n_candidates;
            let asked = Recommend {
                family: family.get(),
                history: history.get(),
                hidden: hidden.get(),
                top,
            };
            is_open.get().then_some(asked)
        });
        let newest = StoredValue::new(0_u32);
        Effect::new(move || {
            let Some(asked) = asked.get() else { return };
            newest.update_value(|it| *it += 1);
            let this = newest.get_value();
            if asked.history.is_empty() {
                return self.candidates.set(Candidates::None);
            }
            self.candidates.set(Candidates::Coming);
            Executor::spawn_local(async move {
                let candidates = self.ask_for(asked).await;
                if newest.get_value() == this {
                    self.candidates.set(candidates);
                }
            });
        });
    }

    async fn ask_for(self, asked: Recommend) -> Candidates {
        match self.given.engine.ask(asked).await {
            Ok(answer) => Candidates::Here(answer.list.iter().map(|it| it.item).collect()),
            Err(error) => Candidates::Failed(error),
        }
    }

    /// Makes the prompt anew when the history or the settings change it; what the reader wrote goes.
    fn follow_prompt(self) {
        Effect::new(move |was_here: Option<bool>| {
            let Some(model) = self.language().model() else { return false };
            if was_here != Some(true) {
                self.choose_form(model.starts_adapted());
            }
            self.remake();
            true
        });
        Effect::new(move |before: Option<History>| {
            let now = self.given.history.get();
            if before.is_some_and(|it| it != now) {
                self.told.set(None);
            }
            now
        });
    }
}
