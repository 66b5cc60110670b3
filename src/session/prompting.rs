//! Direct prompting: candidates of a family, ranked by how likely the language model finds their titles.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{Answer, EngineError, Request, TokenWant};
use crate::families::FamilyName;
use crate::history::History;
use crate::language::{
    self, Beam, Choice, Film, Orders, PopularityBias, PositionBias, Prompt, Reading, Scored,
    Tokenizer, Trie,
};
use crate::manifest::LanguageModel;
use crate::session::{Language, Session, Tab};

/// So many tokens of a prompt are read at a time, so that cancelling is quick and progress is seen.
const TOKENS_PER_STEP: usize = 48;
/// So many candidates likewise.
const ROWS_PER_STEP: usize = 5;
/// Titles that the model names by itself.
const N_NAMED: usize = 5;
/// Titles made into tokens at a time, between which the page may paint.
const TITLES_PER_STEP: usize = 400;

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

/// The state of the page of prompts. Cheap to copy; nothing of it is kept or written to the address.
#[derive(Clone, Copy)]
pub struct Prompting {
    session: Session,
    language: Language,
    settings: RwSignal<PromptSettings>,
    /// As the settings and the history make it.
    made: RwSignal<Prompt>,
    /// As the reader has it.
    prompt: RwSignal<Prompt>,
    /// The family's candidates for the history on the page.
    candidates: RwSignal<Candidates>,
    doing: RwSignal<Doing>,
    prompted: RwSignal<Option<Prompted>>,
    named: RwSignal<Option<Named>>,
    /// Raised to cancel: work of an older one stops at its next step.
    turn: StoredValue<u32>,
    titles: StoredValue<Option<Arc<Trie>>>,
    /// Of the last prompt that told of nobody: the model, its tokens, and what it gave each title's.
    unconditional: StoredValue<(bool, Vec<u32>, BTreeMap<Vec<u32>, f32>)>,
}

impl Prompting {
    pub fn new(session: Session, language: Language) -> Self {
        let prompting = Self {
            session,
            language,
            settings: RwSignal::new(PromptSettings {
                n_candidates: 20,
                is_adapted: true,
                calibration: 0.5,
                n_orders: 0,
            }),
            made: RwSignal::default(),
            prompt: RwSignal::default(),
            candidates: RwSignal::default(),
            doing: RwSignal::default(),
            prompted: RwSignal::default(),
            named: RwSignal::default(),
            turn: StoredValue::new(0),
            titles: StoredValue::default(),
            unconditional: StoredValue::default(),
        };
        prompting.follow_candidates();
        prompting.follow_prompt();
        prompting
    }

    pub fn settings(self) -> Signal<PromptSettings> {
        self.settings.into()
    }

    pub fn set(self, change: impl FnOnce(&mut PromptSettings)) {
        self.settings.update(change);
    }

    pub fn prompt(self) -> Signal<Prompt> {
        self.prompt.into()
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

    pub fn candidates(self) -> Signal<Candidates> {
        self.candidates.into()
    }

    pub fn doing(self) -> Signal<Doing> {
        self.doing.into()
    }

    pub fn is_busy(self) -> bool {
        self.doing.with(|it| matches!(it, Doing::Ranking { .. } | Doing::Naming { .. }))
    }

    pub fn prompted(self) -> Signal<Option<Prompted>> {
        self.prompted.into()
    }

    pub fn named(self) -> Signal<Option<Named>> {
        self.named.into()
    }

    /// Stops what the model is doing at its next step.
    pub fn cancel(self) {
        self.turn.update_value(|it| *it += 1);
        self.doing.set(Doing::Nothing);
    }

    /// Ranks the candidates.
    pub fn rank(self) {
        self.begin(Doing::Ranking { n_done: 0, n_steps: 1 }, async move |turn| {
            let prompted = self.ranked(turn).await?;
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
        spawn_local(async move {
            let outcome = work(turn).await;
            if self.turn.get_value() != turn {
                return;
            }
            self.doing.set(match outcome {
                Ok(()) | Err(Halt::Cancelled) => Doing::Nothing,
                Err(Halt::Failed(error)) => Doing::Failed(error),
            });
        });
    }

    async fn ranked(self, turn: u32) -> Result<Prompted, Halt> {
        let settings = self.settings.get_untracked();
        let candidates = self.candidates.get_untracked().films().to_vec();
        if candidates.is_empty() {
            return Err(PromptError::NoCandidates.into());
        }
        let desk = self.desk()?;
        let films = films(&desk.catalogue, &candidates);
        let rows: Vec<Vec<u32>> = films.iter().map(|it| desk.title(it)).collect();
        let prompt = self.prompt.get_untracked();
        let (orders, prompts) = self.orders(&desk.model, &prompt, &films, settings.n_orders);

        let mut steps = Vec::new();
        for prompt in &prompts {
            for text in [&prompt.with_history, &prompt.without_history] {
                steps.push(desk.prefix(text, &rows)?);
            }
        }
        let n_steps = steps.iter().map(|it| it.len().div_ceil(TOKENS_PER_STEP)).sum::<usize>()
            + steps.len() * rows.len().div_ceil(ROWS_PER_STEP);
        let mut progress = Progress::new(turn, n_steps, settings.is_adapted);
        let (mut with_history, mut without_history) = (Reading::new(), Reading::new());
        for (at, prefix) in steps.into_iter().enumerate() {
            if at % 2 == 0 {
                with_history.push(self.log_probs(prefix, &rows, &mut progress).await?);
            } else {
                without_history.push(self.log_probs_of_nobody(prefix, &rows, &mut progress).await?);
            }
        }

        let scored = language::scores(&with_history, &without_history, settings.calibration);
        let raw = language::scores(&with_history, &without_history, 0.0);
        let n_ratings: Vec<u32> =
            candidates.iter().map(|&it| desk.catalogue.n_ratings(it)).collect();
        let popularity =
            language::popularity_bias(&by_candidate(&raw), &by_candidate(&scored), &n_ratings);
        let position = language::position_bias(&with_history, &orders);
        let effort = progress.effort;
        Ok(Prompted { candidates, scored, position, popularity, effort, settings })
    }

    /// Sums of each row's log-probabilities after `prefix`.
    async fn log_probs(
        self,
        prefix: Vec<u32>,
        rows: &[Vec<u32>],
        progress: &mut Progress,
    ) -> Result<Vec<f32>, Halt> {
        self.prefill(&prefix, progress).await?;
        // Rows of a run are padded to one length: alike ones waste the least.
        let mut by_length: Vec<usize> = (0..rows.len()).collect();
        by_length.sort_by_key(|&at| rows[at].len());
        let mut sums = vec![0.0; rows.len()];
        for some in by_length.chunks(ROWS_PER_STEP) {
            let asked: Vec<Vec<u32>> = some.iter().map(|&at| rows[at].clone()).collect();
            progress.effort.n_title_tokens += asked.iter().map(Vec::len).sum::<usize>();
            let read = self
                .language
                .read(progress.is_adapted, prefix.clone(), asked, TokenWant::LogProbs)
                .await?;
            progress.effort.title_millis += read.cost.millis;
            for (&at, numbers) in some.iter().zip(&read.numbers) {
                sums[at] = numbers.iter().sum();
            }
            self.step(progress)?;
        }
        Ok(sums)
    }

    /// The same after a prompt that tells of nobody, where a title is read but once.
    async fn log_probs_of_nobody(
        self,
        prefix: Vec<u32>,
        rows: &[Vec<u32>],
        progress: &mut Progress,
    ) -> Result<Vec<f32>, Halt> {
        let (model, of, mut known) = self.unconditional.get_value();
        if (model, &of) != (progress.is_adapted, &prefix) {
            known.clear();
        }
        let new: Vec<Vec<u32>> =
            rows.iter().filter(|it| !known.contains_key(*it)).cloned().collect();
        if !new.is_empty() {
            let sums = self.log_probs(prefix.clone(), &new, progress).await?;
            known.extend(new.into_iter().zip(sums));
        }
        let sums = rows.iter().map(|it| known.get(it).copied().unwrap_or_default()).collect();
        self.unconditional.set_value((progress.is_adapted, prefix, known));
        Ok(sums)
    }

    /// Reads a prompt a little at a time.
    async fn prefill(self, prefix: &[u32], progress: &mut Progress) -> Result<(), Halt> {
        for end in (TOKENS_PER_STEP..).step_by(TOKENS_PER_STEP) {
            let end = end.min(prefix.len());
            let read = self.language.read(
                progress.is_adapted,
                prefix[..end].to_vec(),
                Vec::new(),
                TokenWant::LogProbs,
            );
            let read = read.await?;
            progress.effort.n_prompt_tokens += read.n_prefilled;
            progress.effort.prompt_millis += read.cost.millis;
            self.step(progress)?;
            if end == prefix.len() {
                break;
            }
        }
        Ok(())
    }

    fn step(self, progress: &mut Progress) -> Result<(), Halt> {
        self.go_on(progress.turn)?;
        progress.n_done += 1;
        let Progress { n_done, n_steps, .. } = *progress;
        if self.doing.with_untracked(|it| matches!(it, Doing::Ranking { .. })) {
            self.doing.set(Doing::Ranking { n_done, n_steps });
        }
        Ok(())
    }

    fn go_on(self, turn: u32) -> Result<(), Halt> {
        if self.turn.get_value() == turn { Ok(()) } else { Err(Halt::Cancelled) }
    }

    async fn films_named(self, turn: u32) -> Result<Named, Halt> {
        let desk = self.desk()?;
        let titles = self.titles(&desk, turn).await?;
        let prefix = desk.prefix(&self.prompt.get_untracked().with_history, &[])?;
        let mut progress = Progress::new(turn, 0, self.settings.get_untracked().is_adapted);
        self.prefill(&prefix, &mut progress).await?;
        let mut beam = Beam::new(N_NAMED);
        loop {
            let rows = beam.rows();
            let Some(length) = rows.first().map(Vec::len) else { break };
            let n_rows = rows.len();
            let read = self
                .language
                .read(progress.is_adapted, prefix.clone(), rows, TokenWant::Next)
                .await?;
            progress.effort.n_title_tokens += n_rows * (length + 1);
            progress.effort.title_millis += read.cost.millis;
            self.go_on(turn)?;
            self.doing.set(Doing::Naming { n_tokens: length + 1 });
            beam.advance(&titles, &read.numbers);
        }
        let film = |it: &Choice| (ItemRow(it.sequence as u32), it.log_prob);
        let films = beam.done().iter().map(film).collect();
        let picks = self.session.read_history().get_untracked().iter().collect();
        Ok(Named { films, picks, effort: progress.effort })
    }

    /// All titles of the catalogue, as tokens; a sequence's index is the film's row.
    async fn titles(self, desk: &Desk, turn: u32) -> Result<Arc<Trie>, Halt> {
        if let Some(titles) = self.titles.get_value() {
            return Ok(titles);
        }
        let rows: Vec<ItemRow> = desk.catalogue.rows().collect();
        let mut sequences = Vec::with_capacity(rows.len());
        for some in rows.chunks(TITLES_PER_STEP) {
            sequences.extend(films(&desk.catalogue, some).iter().map(|it| desk.title(it)));
            gloo_timers::future::TimeoutFuture::new(0).await;
            self.go_on(turn)?;
        }
        let titles = Arc::new(Trie::new(sequences));
        self.titles.set_value(Some(titles.clone()));
        Ok(titles)
    }

    /// The prompt in each order of the candidates it names; once as it is where it names none.
    fn orders(
        self,
        model: &LanguageModel,
        prompt: &Prompt,
        listed: &[Film],
        n_orders: usize,
    ) -> (Orders, Vec<Prompt>) {
        let orders = language::orders(listed.len(), n_orders, js_sys::Math::random);
        let prompts: Option<Vec<Prompt>> =
            orders.iter().map(|order| prompt.reordered(&model.prompt, listed, order)).collect();
        match prompts {
            Some(prompts) if !prompts.is_empty() => (orders, prompts),
            _ => (Orders::new(), vec![prompt.clone()]),
        }
    }

    fn desk(self) -> Result<Desk, Halt> {
        let (model, tokenizer) = (self.language.model(), self.language.tokenizer());
        match (model, tokenizer) {
            (Some(model), Some(tokenizer)) => {
                Ok(Desk { model, tokenizer, catalogue: self.session.catalogue() })
            }
            _ => Err(EngineError::Stopped.into()),
        }
    }

    /// Asks the chosen family for candidates whenever the history, the family or their number changes.
    fn follow_candidates(self) {
        let asked = Memo::new(move |_| {
            let is_open = self.session.tab().get() == Tab::Prompt;
            let history = self.session.read_history().get();
            is_open
                .then(|| (self.session.family().get(), history, self.settings.get().n_candidates))
        });
        let newest = StoredValue::new(0_u32);
        Effect::new(move || {
            let Some((family, history, top)) = asked.get() else { return };
            newest.update_value(|it| *it += 1);
            let this = newest.get_value();
            if history.is_empty() {
                return self.candidates.set(Candidates::None);
            }
            self.candidates.set(Candidates::Coming);
            spawn_local(async move {
                let candidates = self.ask_for(family, history, top).await;
                if newest.get_value() == this {
                    self.candidates.set(candidates);
                }
            });
        });
    }

    async fn ask_for(self, family: FamilyName, history: History, top: usize) -> Candidates {
        let asked = self.session.ask(Request::Recommend { family, history, top });
        match asked.await {
            Ok(Answer::Recommended { list, .. }) => {
                Candidates::Here(list.iter().map(|it| it.item).collect())
            }
            Ok(other) => Candidates::Failed(super::answers::unexpected(&other)),
            Err(error) => Candidates::Failed(error),
        }
    }

    /// Makes the prompt anew when the history or the settings change it; what the reader wrote goes.
    fn follow_prompt(self) {
        Effect::new(move || {
            let Some(model) = self.language.model() else { return };
            let catalogue = self.session.catalogue();
            let picks: Vec<ItemRow> = self.session.read_history().get().iter().collect();
            let is_listed = self.settings.get().n_orders > 0;
            let candidates = self.candidates.get();
            let listed = if is_listed { candidates.films() } else { &[] };
            let prompt =
                Prompt::new(&model.prompt, &films(&catalogue, &picks), &films(&catalogue, listed));
            if self.made.with_untracked(|it| *it != prompt) {
                self.made.set(prompt.clone());
                self.prompt.set(prompt);
            }
        });
    }
}

/// What a ranking works with.
struct Desk {
    model: Arc<LanguageModel>,
    tokenizer: Arc<Tokenizer>,
    catalogue: Arc<Catalogue>,
}

struct Progress {
    turn: u32,
    is_adapted: bool,
    n_done: usize,
    n_steps: usize,
    effort: Effort,
}

impl Progress {
    fn new(turn: u32, n_steps: usize, is_adapted: bool) -> Self {
        Self { turn, is_adapted, n_done: 0, n_steps, effort: Effort::default() }
    }
}

/// Why work stopped before its end.
enum Halt {
    Cancelled,
    Failed(PromptError),
}

impl Desk {
    /// The tokens of a candidate.
    fn title(&self, film: &Film) -> Vec<u32> {
        self.tokenizer.encode(&language::candidate(&self.model.prompt, film))
    }

    /// The tokens of a prompt, from the one that begins every text on.
    fn prefix(&self, text: &str, rows: &[Vec<u32>]) -> Result<Vec<u32>, PromptError> {
        if text.trim().is_empty() {
            return Err(PromptError::Empty);
        }
        let mut tokens = vec![self.model.begin];
        tokens.extend(self.tokenizer.encode(text));
        let n_tokens = tokens.len() + rows.iter().map(Vec::len).max().unwrap_or(0);
        if n_tokens > self.model.max_tokens {
            return Err(PromptError::TooLong { n_tokens, most: self.model.max_tokens });
        }
        Ok(tokens)
    }
}

impl From<EngineError> for Halt {
    fn from(error: EngineError) -> Self {
        Self::Failed(PromptError::Engine(error))
    }
}

impl From<PromptError> for Halt {
    fn from(error: PromptError) -> Self {
        Self::Failed(error)
    }
}

fn films(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<Film> {
    let film =
        |&it: &ItemRow| Film { title: catalogue.title(it).to_owned(), year: catalogue.year(it) };
    items.iter().map(film).collect()
}

/// Scores in the order of the candidates.
fn by_candidate(scored: &[Scored]) -> Vec<f32> {
    let mut scores = vec![0.0; scored.len()];
    for it in scored {
        scores[it.candidate] = it.score;
    }
    scores
}
