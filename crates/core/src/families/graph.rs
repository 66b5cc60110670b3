//! Families whose graph reads the picks and writes one logit per item.

use super::{
    Card, Family, FamilyEntry, FamilyError, GraphOutputs, GraphRun, Opening, Part, Parts, Scored,
    Tensor, Want, check_items,
};
use crate::catalog::ItemRow;
use crate::history::History;
use crate::manifest::Axis;

/// Input `history` int32 `[batch, length]`, oldest first, right-padded with 0;
/// outputs `scores` `[batch, n_items]` and `attention` `[batch, layers, length]`.
#[derive(Debug)]
pub(super) struct Sequence {
    card: &'static Card,
    n_items: usize,
    max_history: usize,
    has_attention: bool,
    /// Inputs that do something to the model, each with its shape after the batch.
    probed: Vec<(&'static str, Vec<usize>)>,
}

pub(super) fn parts(_entry: &FamilyEntry) -> Vec<Part> {
    vec![Part::Graph]
}

pub(super) fn open(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    open_probed(opening, &[])
}

/// Opens a graph with inputs, `named` so, that do something to the model.
pub(super) fn open_probed(
    opening: &Opening<'_>,
    named: &[&'static str],
) -> Result<Box<dyn Family>, FamilyError> {
    Ok(Box::new(Sequence {
        card: opening.card,
        n_items: opening.n_items,
        max_history: opening.entry.max_history,
        has_attention: opening.entry.outputs.contains_key(ATTENTION),
        probed: named.iter().filter_map(|name| probed(opening.entry, name)).collect(),
    }))
}

/// The input `name` of a graph that has it.
fn probed(entry: &FamilyEntry, name: &'static str) -> Option<(&'static str, Vec<usize>)> {
    let size = |axis: &Axis| match axis {
        Axis::Fixed(size) => *size,
        Axis::Named(_) => 1,
    };
    let spec = entry.inputs.get(name)?;
    Some((name, spec.shape.iter().skip(1).map(size).collect()))
}

pub(super) const HISTORY: &str = "history";
pub(super) const SCORES: &str = "scores";
pub(super) const ATTENTION: &str = "attention";

/// Input `[batch, 1]` of a graph to which newer picks count more: 0 for that, 1 where all are to
/// count alike.
pub(super) const EVEN: &str = "even";

/// Newer picks count more, for a batch of so many.
pub(super) fn by_recency(n_histories: usize) -> (&'static str, Tensor) {
    (EVEN, Tensor::f32([n_histories, 1], vec![0.0; n_histories]))
}

/// What a graph reads of `histories`, none of them longer than it can read.
pub(super) fn input(histories: &[History]) -> (&'static str, Tensor) {
    input_of(histories, usize::MAX)
}

/// As [`input`], of no more than the newest `max_history` picks of each.
fn input_of(histories: &[History], max_history: usize) -> (&'static str, Tensor) {
    let length = length(histories, max_history);
    let mut ids = Vec::with_capacity(histories.len() * length); // (batch, length)
    for history in histories {
        let picks = &history.as_slice()[history.len().saturating_sub(max_history)..];
        ids.extend(picks.iter().map(|pick| pick.0.cast_signed() + 1));
        ids.extend(std::iter::repeat_n(0, length - picks.len()));
    }
    (HISTORY, Tensor::i32([histories.len(), length], ids))
}

/// The longest history of the batch as it is read, at least 1: a graph cannot read nothing.
fn length(histories: &[History], max_history: usize) -> usize {
    histories.iter().map(|it| it.len().min(max_history)).max().unwrap_or(0).max(1)
}

impl Sequence {
    fn n_read(&self, history: &History) -> usize {
        history.len().min(self.max_history)
    }

    /// One weight per pick read for each history, from `[batch, layers, length]`.
    fn attention(&self, histories: &[History], tensor: &Tensor) -> Option<Vec<Vec<f32>>> {
        let length = length(histories, self.max_history);
        let n_layers = *tensor.shape.get(1)?;
        let numbers = tensor.floats(&[histories.len(), n_layers, length])?;
        let per_history = numbers.chunks_exact((n_layers * length).max(1));
        Some(
            histories
                .iter()
                .zip(per_history)
                .map(|(history, layers)| mean_weights(layers, length, self.n_read(history)))
                .collect(),
        )
    }
}

impl Family for Sequence {
    fn card(&self) -> &'static Card {
        self.card
    }

    fn max_history(&self) -> usize {
        self.max_history
    }

    fn plan(&self, histories: &[History], want: Want) -> Result<Vec<GraphRun>, FamilyError> {
        check_items(histories, self.n_items)?;
        let mut outputs = vec![SCORES];
        if want == Want::ScoresAndAttention && self.has_attention {
            outputs.push(ATTENTION);
        }
        let mut inputs = vec![input_of(histories, self.max_history)];
        // Zeros leave the model as it is.
        inputs.extend(self.probed.iter().map(|(name, shape)| {
            let shape: Vec<usize> = [histories.len()].iter().chain(shape).copied().collect();
            let zeros = vec![0.0; shape.iter().product()];
            (*name, Tensor::f32(shape, zeros))
        }));
        Ok(vec![GraphRun { of: self.card.name, inputs, outputs }])
    }

    fn scores(
        &self,
        histories: &[History],
        mut outputs: Vec<GraphOutputs>,
    ) -> Result<Scored, FamilyError> {
        let wrong = |output: &str| FamilyError::WrongOutput { output: output.to_owned() };
        let mut outputs = outputs.pop().ok_or_else(|| wrong(SCORES))?;
        let scores = outputs
            .remove(SCORES)
            .and_then(|tensor| tensor.into_rows(histories.len(), self.n_items))
            .ok_or_else(|| wrong(SCORES))?;
        let attention = match outputs.get(ATTENTION) {
            None => None,
            Some(tensor) => {
                Some(self.attention(histories, tensor).ok_or_else(|| wrong(ATTENTION))?)
            }
        };
        Ok(Scored { scores, attention })
    }

    fn contributions(&self, _history: &History, _item: ItemRow) -> Option<Parts> {
        None
    }
}

/// The mean over layers `[layers, length]` of the first `n_read` weights, made to sum to 1.
fn mean_weights(layers: &[f32], length: usize, n_read: usize) -> Vec<f32> {
    let mut weights = vec![0.0; n_read];
    for layer in layers.chunks_exact(length) {
        weights.iter_mut().zip(layer).for_each(|(sum, weight)| *sum += weight);
    }
    let total: f32 = weights.iter().sum();
    if total > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= total);
    }
    weights
}
