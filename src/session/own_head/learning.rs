//! Training, slice by slice, and the vectors it needs.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{HeadState, OwnHead};
use crate::head::{Settings, Trained, Training};

/// The page answers its reader between two slices of training.
const SLICE_MILLIS: f64 = 16.0;

impl OwnHead {
    /// Trains a head on what is marked now.
    pub fn train(self) {
        if matches!(self.state.get_untracked(), HeadState::Fetching | HeadState::Training(_)) {
            return;
        }
        let run = self.next_run();
        let marks = self.marks.get_untracked();
        self.state.set(HeadState::Fetching);
        spawn_local(async move {
            let state = match self.session.vectors().await {
                Err(error) => HeadState::Failed(error),
                Ok(vectors) => match Training::new(&vectors, &marks, Settings::default()) {
                    Err(error) => HeadState::Refused(error),
                    Ok(training) => match self.trained_in_slices(training, run).await {
                        Some((trained, millis)) => {
                            self.take(trained);
                            HeadState::Done { millis }
                        }
                        None => return,
                    },
                },
            };
            if self.run.get_untracked() == run {
                self.state.set(state);
            }
        });
    }

    /// Stops the training of the moment; what was trained before stays.
    pub fn cancel(self) {
        if matches!(self.state.get_untracked(), HeadState::Fetching | HeadState::Training(_)) {
            self.next_run();
            self.state.set(HeadState::Idle);
        }
    }

    fn next_run(self) -> u32 {
        self.run.update(|run| *run += 1);
        self.run.get_untracked()
    }

    /// Trains in slices that leave the page alive; nothing if it was cancelled.
    async fn trained_in_slices(self, mut training: Training, run: u32) -> Option<(Trained, f64)> {
        let began_at = now_millis();
        while self.run.get_untracked() == run {
            self.state.set(HeadState::Training(training.curve().to_vec()));
            let slice_began_at = now_millis();
            while now_millis() - slice_began_at < SLICE_MILLIS {
                if let Some(trained) = training.step() {
                    return Some((trained, now_millis() - began_at));
                }
            }
            TimeoutFuture::new(0).await;
        }
        None
    }

    fn take(self, trained: Trained) {
        let reranking = self.session.reranking;
        reranking.trained.set(Some(trained));
        // A head that the reader switched on stays on only if the new one helps as well.
        reranking.is_on.set(untrack(|| reranking.is_on.get() && reranking.helps()));
        self.keep();
    }

    /// Gets the films' vectors where a head is to be asked; failing, the page says so.
    pub(super) fn fetch_vectors(self) {
        if untrack(|| self.trained().with(Option::is_none)) {
            return;
        }
        spawn_local(async move {
            if let Err(error) = self.session.vectors().await {
                self.state.set(HeadState::Failed(error));
            }
        });
    }
}

fn now_millis() -> f64 {
    window().performance().map_or(0.0, |it| it.now())
}
