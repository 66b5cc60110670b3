//! Training, slice by slice.

use any_spawner::Executor;
use reactive_graph::traits::{GetUntracked, Set, Update};

use super::{RerankerState, TrainingState};
use crate::reranker::{Settings, Trained, Training};

/// The page answers its reader between two slices of training.
const SLICE_MILLIS: f64 = 16.0;

impl RerankerState {
    /// Trains a re-ranker on what is marked now.
    pub fn train(self) {
        if self.is_at_work() {
            return;
        }
        let run = self.next_run();
        let marks = self.marks.get_untracked();
        self.training.set(TrainingState::Fetching);
        Executor::spawn_local(async move {
            let state = match self.store().fetch_vectors().await {
                Err(error) => TrainingState::Failed(error),
                Ok(vectors) => match Training::new(&vectors, &marks, Settings::default()) {
                    Err(error) => TrainingState::Refused(error),
                    Ok(training) => match self.trained_in_slices(training, run).await {
                        Some((trained, millis)) => {
                            self.store().take(trained);
                            TrainingState::Done { millis }
                        }
                        None => return,
                    },
                },
            };
            if self.run.get_untracked() == run {
                self.training.set(state);
            }
        });
    }

    /// Stops the training of the moment; what was trained before stays.
    pub fn cancel(self) {
        if self.is_at_work() {
            self.next_run();
            self.training.set(TrainingState::Idle);
        }
    }

    pub(super) fn is_at_work(self) -> bool {
        matches!(
            self.training.get_untracked(),
            TrainingState::Fetching | TrainingState::Training(_)
        )
    }

    fn next_run(self) -> u32 {
        self.run.update(|run| *run += 1);
        self.run.get_untracked()
    }

    /// Trains in slices that leave the page alive; nothing if it was cancelled.
    async fn trained_in_slices(self, mut training: Training, run: u32) -> Option<(Trained, f64)> {
        let clock = self.given.clock;
        let began_at = (clock.now_millis)();
        while self.run.get_untracked() == run {
            self.training.set(TrainingState::Training(training.curve().to_vec()));
            let slice_began_at = (clock.now_millis)();
            while (clock.now_millis)() - slice_began_at < SLICE_MILLIS {
                if let Some(trained) = training.step() {
                    return Some((trained, (clock.now_millis)() - began_at));
                }
            }
            (clock.pause)().await;
        }
        None
    }
}
