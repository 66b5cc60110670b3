//! Candidates ranked: every title's log-probability after both texts, a few at a time.

use std::collections::BTreeMap;

use reactive_graph::graph::untrack;
use reactive_graph::traits::{GetUntracked, GetValue, Set, SetValue, WithUntracked};

use super::desk::{Halt, films};
use super::{Doing, Effort, PromptError, PromptState, Prompted};
use crate::engine::protocol::TokenWant;
use crate::language::{self, Film, Orders, Prompt, Reading, Scored};
use crate::manifest::LanguageModel;

/// How many tokens of a prompt are read at a time, so that cancelling is quick and progress is seen.
const TOKENS_PER_STEP: usize = 48;
/// How many candidates, likewise.
const ROWS_PER_STEP: usize = 10;

/// How far the work is, and what it took.
pub(super) struct Progress {
    pub(super) turn: u32,
    pub(super) is_adapted: bool,
    n_done: usize,
    n_steps: usize,
    pub(super) effort: Effort,
}

/// What the last prompt that told of nobody gave: there a title is read but once.
#[derive(Clone, Default)]
pub(super) struct Unconditional {
    is_adapted: bool,
    prefix: Vec<u32>,
    /// By a title's tokens: its log-probability.
    log_probs: BTreeMap<Vec<u32>, f32>,
}

impl Progress {
    pub(super) fn new(turn: u32, n_steps: usize, is_adapted: bool) -> Self {
        Self { turn, is_adapted, n_done: 0, n_steps, effort: Effort::default() }
    }
}

impl PromptState {
    pub(super) async fn ranked(self, turn: u32) -> Result<Prompted, Halt> {
        let settings = self.settings.get_untracked();
        let candidates = self.candidates.get_untracked().films().to_vec();
        if candidates.is_empty() {
            return Err(PromptError::NoCandidates.into());
        }
        let desk = self.desk()?;
        let films = films(&desk.catalogue, &candidates);
        let rows: Vec<Vec<u32>> = films.iter().map(|it| desk.title(it)).collect();
        let prompt = self.prompt.get_untracked();
        let told = untrack(|| (self.films(), (!self.is_edited()).then(|| self.n_told())));
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
        let (films, n_told) = told;
        Ok(Prompted { films, n_told, candidates, scored, position, popularity, effort, settings })
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
                .language()
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
        let Unconditional { is_adapted, prefix: of, log_probs } = self.unconditional.get_value();
        let is_same = is_adapted == progress.is_adapted && of == prefix;
        let mut known = if is_same { log_probs } else { BTreeMap::new() };
        let new: Vec<Vec<u32>> =
            rows.iter().filter(|it| !known.contains_key(*it)).cloned().collect();
        if !new.is_empty() {
            let sums = self.log_probs(prefix.clone(), &new, progress).await?;
            known.extend(new.into_iter().zip(sums));
        }
        let sums = rows.iter().map(|it| known.get(it).copied().unwrap_or_default()).collect();
        let is_adapted = progress.is_adapted;
        self.unconditional.set_value(Unconditional { is_adapted, prefix, log_probs: known });
        Ok(sums)
    }

    /// Reads a prompt a little at a time.
    pub(super) async fn prefill(self, prefix: &[u32], progress: &mut Progress) -> Result<(), Halt> {
        for end in (TOKENS_PER_STEP..).step_by(TOKENS_PER_STEP) {
            let end = end.min(prefix.len());
            let read = self.language().read(
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

    pub(super) fn go_on(self, turn: u32) -> Result<(), Halt> {
        if self.turn.get_value() == turn { Ok(()) } else { Err(Halt::Cancelled) }
    }

    /// The prompt in each order of the candidates it names; once as it is where it names none.
    fn orders(
        self,
        model: &LanguageModel,
        prompt: &Prompt,
        listed: &[Film],
        n_orders: usize,
    ) -> (Orders, Vec<Prompt>) {
        let orders = language::orders(listed.len(), n_orders, self.given.random);
        let prompts: Option<Vec<Prompt>> =
            orders.iter().map(|order| prompt.reordered(&model.prompt, listed, order)).collect();
        match prompts {
            Some(prompts) if !prompts.is_empty() => (orders, prompts),
            _ => (Orders::new(), vec![prompt.clone()]),
        }
    }
}

/// Scores in the order of the candidates.
fn by_candidate(scored: &[Scored]) -> Vec<f32> {
    let mut scores = vec![0.0; scored.len()];
    for it in scored {
        scores[it.candidate] = it.score;
    }
    scores
}
