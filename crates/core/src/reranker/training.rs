//! Training in small steps: each is a task of some milliseconds, so that a page stays alive.
//!
//! The marks are cut into folds. For each fold a network learns from the other folds and is asked
//! about that one; all go on together, epoch by epoch. Then one network learns from all marks, for
//! as many epochs as did best.

use serde::{Deserialize, Serialize};

use super::check::{Judged, Resampling};
use super::network::{AdamW, Example, Network, loss};
use super::split::folds_of;
use super::taste::{Film, Taste};
use super::{LEAST_MARKS, LEAST_OF_A_KIND, MOST_MARKS, Mark, N_FOLDS, RerankerError, Trained};
use crate::nearest::Vectors;
use crate::random::SplitMix64;

/// How a re-ranker is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub learning_rate: f32,
    /// What a weight loses by each step, as a share of the learning rate.
    pub decay: f32,
    /// Marks that are learned from together.
    pub batch: usize,
    pub most_epochs: usize,
    /// Training ends when the held-out loss has not fallen for so many epochs.
    pub patience: usize,
    pub seed: u64,
}

/// Chosen on other readers than those whose figures are told: see `examples/head_study.rs`.
impl Default for Settings {
    fn default() -> Self {
        Self { learning_rate: 1e-3, decay: 0.1, batch: 32, most_epochs: 24, patience: 5, seed: 1 }
    }
}

/// Mean cross-entropy after some epoch, over the networks of all folds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Of the marks learned from, each left out of its own reader's vector.
    pub trained: f32,
    /// Of the marks held out.
    pub held_out: f32,
}

/// A training on its way.
#[derive(Clone, Debug)]
pub struct Training {
    settings: Settings,
    marks: Vec<Mark>,
    films: Vec<Film>,
    /// Shape `[n_marks]`.
    folds: Vec<usize>,
    learners: Vec<Learner>,
    curve: Vec<CurvePoint>,
    /// Per epoch what the network of its fold says of each mark, shape `[n_epochs + 1, n_marks]`.
    held_out_logits: Vec<Vec<f32>>,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The network of `fold` is next, of [`N_FOLDS`].
    Folds {
        fold: usize,
        trained_loss: f32,
    },
    Whole {
        learner: Option<Box<Learner>>,
        n_epochs: usize,
        n_done: usize,
    },
    Check {
        parameters: Vec<f32>,
        n_epochs: usize,
        resampling: Box<Resampling>,
    },
}

impl Training {
    /// A training on `marks`, oldest first or in any other order; `vectors` are of unit length.
    ///
    /// # Errors
    /// [`RerankerError`] if there are too few or too many marks, too few of a kind, or one of a film
    /// without a vector.
    pub fn new(
        vectors: &Vectors,
        marks: &[Mark],
        settings: Settings,
    ) -> Result<Self, RerankerError> {
        let films = checked(vectors, marks)?;
        let is_liked: Vec<bool> = marks.iter().map(|it| it.is_liked).collect();
        Ok(Self {
            settings,
            marks: marks.to_vec(),
            folds: folds_of(&is_liked, N_FOLDS, settings.seed),
            films,
            learners: Vec::new(),
            curve: Vec::new(),
            held_out_logits: Vec::new(),
            stage: Stage::Folds { fold: 0, trained_loss: 0.0 },
        })
    }

    /// The learning curve so far; its first point is the plain comparison.
    pub fn curve(&self) -> &[CurvePoint] {
        &self.curve
    }

    /// One step on; the re-ranker once there are no more.
    pub fn step(&mut self) -> Option<Trained> {
        match &mut self.stage {
            Stage::Folds { .. } => self.step_fold(),
            Stage::Whole { .. } => self.step_whole(),
            Stage::Check { parameters, n_epochs, resampling } => {
                let check = resampling.step()?;
                return Some(Trained {
                    marks: std::mem::take(&mut self.marks),
                    curve: std::mem::take(&mut self.curve),
                    n_epochs: *n_epochs,
                    check,
                    parameters: std::mem::take(parameters),
                });
            }
        }
        None
    }

    /// An epoch of one fold; before the first it is asked untrained.
    fn step_fold(&mut self) {
        let Stage::Folds { fold, trained_loss } = self.stage else { return };
        if self.learners.len() <= fold {
            let others = |at: &usize| self.folds[*at] != fold;
            let of_others = (0..self.films.len()).filter(others).map(|at| &self.films[at]);
            self.learners.push(Learner::new(of_others, &self.settings, fold as u64));
        } else if let Some(learner) = self.learners.get_mut(fold) {
            learner.train_epoch(self.settings.batch);
        }
        if fold == 0 {
            self.held_out_logits.push(vec![0.0; self.films.len()]);
        }
        let Some(learner) = self.learners.get(fold) else { return };
        let Some(logits) = self.held_out_logits.last_mut() else { return };
        for (at, film) in self.films.iter().enumerate().filter(|(at, _)| self.folds[*at] == fold) {
            logits[at] = learner.logit(&film.vector);
        }
        let trained_loss = trained_loss + learner.loss() / N_FOLDS as f32;
        if fold + 1 < N_FOLDS {
            self.stage = Stage::Folds { fold: fold + 1, trained_loss };
            return;
        }
        let held_out = self.held_out_loss(self.curve.len(), |_| true);
        self.curve.push(CurvePoint { trained: trained_loss, held_out });
        let best = self.best_epoch(|_| true);
        let last = self.curve.len() - 1;
        self.stage = if last >= self.settings.most_epochs || last >= best + self.settings.patience {
            Stage::Whole { learner: None, n_epochs: best, n_done: 0 }
        } else {
            Stage::Folds { fold: 0, trained_loss: 0.0 }
        };
    }

    /// An epoch of the network that learns from all marks.
    fn step_whole(&mut self) {
        let Stage::Whole { learner, n_epochs, n_done } = &mut self.stage else { return };
        let Some(it) = learner else {
            let seed = N_FOLDS as u64;
            *learner = Some(Box::new(Learner::new(self.films.iter(), &self.settings, seed)));
            return;
        };
        if *n_done < *n_epochs {
            it.train_epoch(self.settings.batch);
            *n_done += 1;
            return;
        }
        let n_epochs = *n_epochs;
        let parameters = it.network.clone().into_parameters();
        let resampling = Box::new(Resampling::new(&self.judged(), N_FOLDS, self.settings.seed));
        self.stage = Stage::Check { parameters, n_epochs, resampling };
    }

    /// Every mark as its own fold's network and plain comparison scored it. The epoch of a fold is
    /// the one that did best on the *other* folds: its own marks choose nothing.
    fn judged(&self) -> Vec<Judged> {
        let epochs: Vec<usize> =
            (0..N_FOLDS).map(|own| self.best_epoch(|fold| fold != own)).collect();
        let judged = |(at, film): (usize, &Film)| {
            let fold = self.folds[at];
            let reranker = self.held_out_logits[epochs[fold]][at];
            let plain = self.learners[fold].taste.plain(&film.vector);
            Judged { fold, is_liked: film.is_liked, reranker, plain }
        };
        self.films.iter().enumerate().map(judged).collect()
    }

    /// The epoch of the lowest held-out loss over the folds of `is_asked`, the first of equals.
    fn best_epoch(&self, is_asked: impl Fn(usize) -> bool) -> usize {
        let losses = (0..self.curve.len()).map(|epoch| self.held_out_loss(epoch, &is_asked));
        losses.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(epoch, _)| epoch)
    }

    fn held_out_loss(&self, epoch: usize, is_asked: impl Fn(usize) -> bool) -> f32 {
        let asked = (0..self.films.len()).filter(|&at| is_asked(self.folds[at]));
        let logits = &self.held_out_logits[epoch];
        let losses: Vec<f32> = asked.map(|at| loss(logits[at], self.films[at].is_liked)).collect();
        losses.iter().sum::<f32>() / losses.len().max(1) as f32
    }
}

/// A network with what it learns from.
#[derive(Clone, Debug)]
struct Learner {
    taste: Taste,
    examples: Vec<Example>,
    network: Network,
    adam: AdamW,
    gradient: Vec<f32>,
    random: SplitMix64,
}

impl Learner {
    fn new<'a>(
        films: impl Iterator<Item = &'a Film> + Clone,
        settings: &Settings,
        stream: u64,
    ) -> Self {
        let taste = Taste::new(films.clone());
        let examples: Vec<Example> = films
            .map(|film| {
                let taste = taste.without(film);
                let (inputs, plain) = (taste.inputs(&film.vector), taste.plain(&film.vector));
                Example { inputs, plain, is_liked: film.is_liked }
            })
            .collect();
        let n_liked = examples.iter().filter(|it| it.is_liked).count() as f32;
        let bias = (n_liked.max(0.5) / (examples.len() as f32 - n_liked).max(0.5)).ln();
        let n_inputs = examples.first().map_or(0, |it| it.inputs.len());
        let mut random = SplitMix64::new((settings.seed << 8) | stream);
        let network = Network::new(n_inputs, bias, &mut random);
        let adam = AdamW::new(&network, settings.learning_rate, settings.decay);
        let gradient = vec![0.0; adam.n_parameters()];
        Self { taste, examples, network, adam, gradient, random }
    }

    fn train_epoch(&mut self, batch: usize) {
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        self.random.shuffle(&mut order);
        for batch in order.chunks(batch.max(1)) {
            let examples = batch.iter().map(|&at| &self.examples[at]);
            self.network.add_gradient(examples, &mut self.gradient);
            self.adam.step(&mut self.network, &mut self.gradient);
        }
    }

    fn loss(&self) -> f32 {
        let losses = self
            .examples
            .iter()
            .map(|it| loss(self.network.logit(&it.inputs, it.plain), it.is_liked));
        losses.sum::<f32>() / self.examples.len().max(1) as f32
    }

    fn logit(&self, film: &[f32]) -> f32 {
        self.network.logit(&self.taste.inputs(film), self.taste.plain(film))
    }
}

/// The films of `marks` with their vectors.
///
/// # Errors
/// As [`Training::new`].
pub(super) fn checked(vectors: &Vectors, marks: &[Mark]) -> Result<Vec<Film>, RerankerError> {
    let n_liked = marks.iter().filter(|it| it.is_liked).count();
    let (n_disliked, got) = (marks.len() - n_liked, marks.len());
    if got < LEAST_MARKS {
        return Err(RerankerError::TooFew { got });
    }
    if n_liked.min(n_disliked) < LEAST_OF_A_KIND {
        return Err(RerankerError::OneKind { n_liked, n_disliked });
    }
    if got > MOST_MARKS {
        return Err(RerankerError::TooMany { got });
    }
    let film = |mark: &Mark| {
        let vector = vectors.vector(mark.item);
        let vector = vector.ok_or(RerankerError::UnknownItem { row: mark.item.0 })?;
        Ok(Film { vector, is_liked: mark.is_liked })
    };
    marks.iter().map(film).collect()
}
