//! An import from the first file to the films that this device keeps: pick, match, review, use. Nothing that was there
//! before changes until the reader uses what was found.

pub mod asked;
pub mod basis;
pub mod beliefs;
pub mod for_you;
pub mod own_films;
pub mod reading;
pub mod source;
pub mod steer;
#[cfg(test)]
pub(crate) mod tests;

use std::ops::ControlFlow;
use std::sync::Arc;

use any_spawner::Executor;
use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{GetUntracked, GetValue, Set, SetValue, Update};

use crate::catalog::ItemRow;
use crate::imports::{About, Answers, Cancelled, Choice, Date};
use crate::state::shell::{Lasting, Shell};
use own_films::{Joined, OwnFilms};
use reading::{Files, HowFar, Review, Slices, files_of, reviewed};
use source::{Pasted, Source};

/// More films than this no model reads with profit, and no reader looks through.
pub const MOST_OF_HISTORY: usize = 50;

/// Where an import is.
#[derive(Clone, Debug, Default)]
pub enum Step {
    /// Waits for files.
    #[default]
    Choosing,
    Reading(HowFar),
    Reviewing(Arc<Review>),
}

/// What came of using an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    pub n_films: usize,
    pub n_new: usize,
    /// Films with other stars than before, and films of two sites with different stars.
    pub n_changed: usize,
    pub n_conflicts: usize,
    /// Films that a site no longer has.
    pub n_gone: usize,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct ImportState {
    shell: Shell,
    step: RwSignal<Step>,
    answers: RwSignal<Answers>,
    files: StoredValue<Files>,
    /// Whether what is reviewed is read again, with another answer.
    is_rereading: RwSignal<bool>,
    /// A reading whose number this is no more has been cancelled.
    run: RwSignal<u32>,
    used: RwSignal<Option<Used>>,
    own: OwnFilms,
}

impl Lasting for ImportState {
    fn of(shell: Shell) -> Self {
        Self {
            shell,
            step: RwSignal::default(),
            answers: RwSignal::default(),
            files: StoredValue::default(),
            is_rereading: RwSignal::default(),
            run: RwSignal::default(),
            used: RwSignal::default(),
            own: OwnFilms::new(shell),
        }
    }
}

impl ImportState {
    pub fn step(self) -> RwSignal<Step> {
        self.step
    }

    pub fn answers(self) -> RwSignal<Answers> {
        self.answers
    }

    pub fn is_rereading(self) -> RwSignal<bool> {
        self.is_rereading
    }

    /// What came of the last import that was used.
    pub fn used(self) -> RwSignal<Option<Used>> {
        self.used
    }

    /// The films that are kept on this device.
    pub fn own(self) -> OwnFilms {
        self.own
    }

    /// Reads files, in place of what is being read or reviewed.
    pub fn open(self, sources: Vec<Box<dyn Source>>) {
        if sources.is_empty() {
            return;
        }
        let run = self.next_run();
        self.answers.set(Answers::new());
        self.used.set(None);
        self.is_rereading.set(false);
        self.step.set(Step::Reading(HowFar::default()));
        Executor::spawn_local(async move {
            let mut slices = self.slices(run, |far| self.step.set(Step::Reading(far)));
            // Whoever cancelled knows it.
            let Ok(files) = files_of(&sources, &mut slices).await else { return };
            if self.run.get_untracked() != run {
                return;
            }
            self.files.set_value(files);
            self.review(run, &mut slices).await.ok();
        });
    }

    /// Reads what was pasted or typed.
    pub fn open_text(self, text: String) {
        if !text.trim().is_empty() {
            self.open(vec![Box::new(Pasted(text))]);
        }
    }

    /// Answers a question, and reads again with the answer.
    pub fn answer(self, about: About, choice: Choice) {
        if !matches!(self.step.get_untracked(), Step::Reviewing(_)) {
            return;
        }
        self.answers.update(|it| {
            it.insert(about, choice);
        });
        let run = self.next_run();
        self.is_rereading.set(true);
        Executor::spawn_local(async move {
            let mut slices = self.slices(run, |_| ());
            // A newer answer is being read, or all of it was cancelled.
            self.review(run, &mut slices).await.ok();
        });
    }

    /// Lets go of what is read or reviewed. All is as it was before.
    pub fn cancel(self) {
        self.next_run();
        self.files.set_value(Files::default());
        self.answers.set(Answers::new());
        self.is_rereading.set(false);
        self.step.set(Step::Choosing);
    }

    /// Joins the films that were found with those that this device keeps.
    pub fn use_films(self) {
        let Step::Reviewing(review) = self.step.get_untracked() else { return };
        if self.is_rereading.get_untracked() || review.matched.films.is_empty() {
            return;
        }
        let joined = self.own.join(&review.matched.films);
        self.cancel();
        self.used.set(Some(used(&review, &joined)));
    }

    /// The films that would be a history: the newest whose day is known, oldest first.
    pub fn for_history(self) -> Vec<ItemRow> {
        self.own.newest(MOST_OF_HISTORY)
    }

    /// Puts them in place of the history, as one act.
    pub fn use_as_history(self) {
        let films = untrack(|| self.for_history());
        if !films.is_empty() {
            self.shell.reader.use_watched(&films);
        }
    }

    /// Forgets every film that is kept, here and on this device.
    pub fn clear(self) {
        self.cancel();
        self.used.set(None);
        self.own.clear();
    }

    async fn review(
        self,
        run: u32,
        slices: &mut Slices<impl FnMut(HowFar) -> ControlFlow<()>>,
    ) -> Result<(), Cancelled> {
        // Without them films are found by their names alone, and the page says so.
        let has_details = self.shell.site.details_settled().await;
        let [year, month, day] = (self.shell.today)();
        let month_day = u8::try_from(month).ok().zip(u8::try_from(day).ok());
        let today = month_day.and_then(|(month, day)| Date::new(year, month, day));
        let today = today.or_else(|| Date::new(9999, 12, 31)).ok_or(Cancelled)?;
        let (files, catalogue) = (self.files.get_value(), self.shell.site.catalogue());
        let answers = self.answers.get_untracked();
        let review = reviewed(&files, answers, today, &catalogue, slices).await?;
        if self.run.get_untracked() == run {
            self.is_rereading.set(false);
            self.step.set(Step::Reviewing(Arc::new(Review { has_details, ..review })));
        }
        Ok(())
    }

    /// Slices that end when another run begins.
    fn slices(
        self,
        run: u32,
        show: impl Fn(HowFar),
    ) -> Slices<impl FnMut(HowFar) -> ControlFlow<()>> {
        Slices::new(self.shell.clock, move |far| {
            if self.run.get_untracked() != run {
                return ControlFlow::Break(());
            }
            show(far);
            ControlFlow::Continue(())
        })
    }

    fn next_run(self) -> u32 {
        self.run.update(|run| *run += 1);
        self.run.get_untracked()
    }
}

fn used(review: &Review, Joined { merged, n_new }: &Joined) -> Used {
    Used {
        n_films: review.matched.films.len(),
        n_new: *n_new,
        n_changed: merged.changed.len(),
        n_conflicts: merged.conflicts.len() + review.matched.conflicts.len(),
        n_gone: merged.gone.len(),
    }
}
