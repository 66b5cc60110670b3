//! The language model: fetched in parts, kept on this device, and run on tokens over one shared prefix.

use crate::engine::protocol::{EngineError, LanguageWeights, StorageFault, TokenWant};
use crate::engine::runtime::{Graph, Joined};
use crate::engine::shelf::Shelf;
use crate::families::{GraphOutputs, Numbers, Tensor};
use crate::language;
use crate::manifest;
use crate::profile::FileStore;

/// How many tokens are read in one run, so that none lasts longer than the page's patience.
const TOKENS_PER_RUN: usize = 64;

/// A model that came, and what it last read.
pub(super) struct Language {
    pub(super) weights: LanguageWeights,
    graph: Graph,
    /// Whether `past` is of the tuned model.
    is_adapted: bool,
    /// The tokens whose keys and values are in `past`. A prefix that begins alike need not be read again.
    read: Vec<u32>,
    /// `[read, slots, head_dim]`: lent to each run, never copied for one.
    past: Tensor,
}

impl Language {
    /// Takes the model from this device, or fetches it and keeps it there.
    pub(super) async fn load(
        shelf: &Shelf,
        weights: LanguageWeights,
    ) -> Result<(Self, Option<StorageFault>), EngineError> {
        let parts = &weights.parts;
        let mut joined = Joined::with_room_for(parts.iter().map(|it| it.bytes).sum())?;
        let mut store = FileStore::open().await;
        if let Ok(open) = &store {
            let wanted: Vec<&str> = parts.iter().map(|it| it.sha256.as_str()).collect();
            if let Err(fault) = open.forget_all_but(&wanted).await {
                store = Err(fault);
            }
        }
        for part in parts {
            let kept = match &store {
                Ok(store) => store.file(&part.sha256).await.unwrap_or_default(), // then it comes again
                Err(_) => None,
            };
            if let Some(bytes) = kept.filter(|it| manifest::verify(it, part).is_ok()) {
                shelf.files.tell_kept(part);
                joined.add(&bytes);
                continue;
            }
            let bytes = shelf.files.fetch(part).await?;
            joined.add(&bytes);
            if let Ok(open) = &store
                && let Err(fault) = open.keep(&part.sha256, &bytes).await
            {
                store = Err(fault); // told with the answer; the model works all the same
            }
        }
        let graph = shelf.runtime.load_joined(joined).await?;
        let past = Tensor::f32([0, weights.slots, weights.head_dim], Vec::new());
        Ok((Self { weights, graph, is_adapted: false, read: Vec::new(), past }, store.err()))
    }

    /// What `want` says of `rows` after `prefix`, and how many tokens of the prefix were new.
    pub(super) async fn read(
        &mut self,
        is_adapted: bool,
        prefix: &[u32],
        rows: &[Vec<u32>],
        want: &TokenWant,
    ) -> Result<(Vec<Vec<f32>>, usize), EngineError> {
        let unreadable = |detail: &str| EngineError::Unreadable { detail: detail.to_owned() };
        let (&last, before) =
            prefix.split_last().ok_or_else(|| unreadable("a prefix without tokens"))?;
        if self.is_adapted != is_adapted {
            self.is_adapted = is_adapted;
            self.keep_first(0);
        }
        let n_prefilled = self.prefill(before).await?;
        let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.is_empty() {
            return Ok((Vec::new(), n_prefilled));
        }
        let length = match want {
            TokenWant::LogProbs => longest.max(1),
            TokenWant::Next | TokenWant::Among(_) => longest + 1,
        };
        if *want != TokenWant::LogProbs && rows.iter().any(|it| it.len() != longest) {
            return Err(unreadable("rows of several lengths"));
        }
        // Each row begins with the prefix's last token, which predicts its first.
        let starts = rows.iter().flat_map(|row| {
            let padded =
                std::iter::once(last).chain(row.iter().copied()).chain(std::iter::repeat(0));
            padded.take(length).map(|it| it as i32)
        });
        let ids = Tensor::i32(vec![rows.len(), length], starts.collect());
        let numbers = match want {
            TokenWant::LogProbs => {
                let wanted = rows.iter().flat_map(|row| {
                    row.iter().copied().chain(std::iter::repeat(0)).take(length).map(|it| it as i32)
                });
                let targets = Tensor::i32(vec![rows.len(), length], wanted.collect());
                let [log_probs] = self.run(ids, targets, ["log_prob"]).await?;
                log_probs
            }
            // Token by token: what it reads now it need not read again for the next.
            _ if rows.len() == 1 && longest == 0 => {
                let targets = Tensor::i32(vec![1, 1], vec![0]);
                let [logits, present] = self.run(ids, targets, ["logits", "present"]).await?;
                self.keep(&[last], &present);
                logits
            }
            _ => {
                let targets = Tensor::i32(vec![rows.len(), 1], vec![0; rows.len()]);
                let [logits] = self.run(ids, targets, ["logits"]).await?;
                logits
            }
        };
        let width = numbers.len() / rows.len();
        let given = numbers.chunks(width.max(1)).enumerate();
        let cut = given.zip(rows).map(|((at, numbers), row)| match want {
            TokenWant::LogProbs => numbers[..row.len().min(width)].to_vec(),
            TokenWant::Next => numbers.to_vec(),
            TokenWant::Among(tokens) => {
                language::log_probs(numbers, tokens.get(at).map_or(&[], Vec::as_slice))
            }
        });
        Ok((cut.collect(), n_prefilled))
    }

    /// Reads what of `tokens` was not read last time.
    async fn prefill(&mut self, tokens: &[u32]) -> Result<usize, EngineError> {
        let n_alike = self.read.iter().zip(tokens).take_while(|(a, b)| a == b).count();
        self.keep_first(n_alike);
        let new = &tokens[n_alike..];
        for run in new.chunks(TOKENS_PER_RUN) {
            let ids = run.iter().map(|&it| it as i32).collect();
            let ids = Tensor::i32(vec![1, run.len()], ids);
            let targets = Tensor::i32(vec![1, 1], vec![0]);
            let [present] = self.run(ids, targets, ["present"]).await?;
            self.keep(run, &present);
        }
        Ok(new.len())
    }

    /// Forgets all but the first `n` of the tokens that were read.
    fn keep_first(&mut self, n: usize) {
        let LanguageWeights { slots, head_dim, .. } = self.weights;
        self.read.truncate(n);
        self.past.shape[0] = self.read.len();
        if let Numbers::F32(past) = &mut self.past.numbers {
            past.truncate(n * slots * head_dim);
        }
    }

    /// Adds keys and values of `tokens`, which were read.
    fn keep(&mut self, tokens: &[u32], present: &[f32]) {
        self.read.extend(tokens);
        self.past.shape[0] = self.read.len();
        if let Numbers::F32(past) = &mut self.past.numbers {
            past.extend(present);
        }
    }

    async fn run<const N: usize>(
        &mut self,
        ids: Tensor,
        targets: Tensor,
        wanted: [&'static str; N],
    ) -> Result<[Vec<f32>; N], EngineError> {
        let share = if self.is_adapted { 1.0 } else { 0.0 };
        let adapted = Tensor::f32(vec![1], vec![share]);
        let mut inputs = vec![("input_ids", &ids), ("past", &self.past), ("targets", &targets)];
        if self.weights.tuned {
            inputs.push(("adapted", &adapted));
        }
        let mut outputs: GraphOutputs = self.graph.run(&inputs, &wanted).await?;
        let mut given: [Vec<f32>; N] = [const { Vec::new() }; N];
        for (numbers, name) in given.iter_mut().zip(wanted) {
            let floats = outputs.remove(name).and_then(Tensor::into_floats);
            let missing = || EngineError::ModelFailed { detail: format!("it gave no {name}") };
            *numbers = floats.ok_or_else(missing)?;
        }
        Ok(given)
    }
}
