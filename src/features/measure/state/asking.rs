//! Asking, user after user, and stopping anywhere.

use std::sync::Arc;

use any_spawner::Executor;
use futures::future::join_all;
use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::traits::{Get, GetUntracked, Set, SetValue, UpdateValue, WithValue};

use super::{Doing, Films, Held, HeldOut, MeasureState, OfFamily, User, thirds};
use crate::engine::protocol::{EngineError, Score};
use crate::families::FamilyName;
use crate::history::History;
use crate::measure::Answered;

/// The picture is drawn anew at most so often: drawing must not hold up asking.
const NEWS_MILLIS: f64 = 250.0;

/// So many films of histories go to the engine before the page answers its reader again.
const MOST_SENT: usize = 1_000;

/// About whom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    User(usize),
    Reader,
}

impl MeasureState {
    /// Begins, or goes on.
    pub fn start(self) {
        if self.doing.get_untracked() == Doing::Asking {
            return;
        }
        let run = self.next_run();
        self.doing.set(Doing::Asking);
        Executor::spawn_local(async move {
            let done = self.ask_all(run).await;
            if self.is_run(run) {
                self.tell();
                self.doing.set(done);
            }
        });
    }

    /// Stops; what was answered stays.
    pub fn pause(self) {
        if self.doing.get_untracked() == Doing::Asking {
            self.next_run();
            self.tell();
            self.doing.set(Doing::Paused);
        }
    }

    /// Forgets all answers.
    pub fn reset(self) {
        self.next_run();
        self.answers.update_value(std::collections::BTreeMap::clear);
        self.shown.set(None);
        self.tell();
        self.doing.set(Doing::Idle);
    }

    /// A model or a user more, after all were done: they are asked without another press.
    pub(super) fn go_on_where_something_is_missing(self) {
        if self.doing.get_untracked() == Doing::Done && untrack(|| self.next()).is_some() {
            self.start();
        }
    }

    fn is_run(self, run: u32) -> bool {
        // The page may be gone.
        self.run.try_with_value(|it| *it == run).unwrap_or_default()
    }

    async fn ask_all(self, run: u32) -> Doing {
        let held = match self.held_users().await {
            Ok(held) => held,
            Err(error) => return Doing::Failed(error),
        };
        let clock = self.shell.clock;
        let mut told_at = (clock.now_millis)();
        while self.is_run(run)
            && let Some((family, who)) = untrack(|| self.next())
        {
            let user = match who {
                Who::User(at) => held.users.get(at).cloned(),
                Who::Reader => self.own_history.with_value(User::of_history),
            };
            let Some(user) = user else { break };
            let answered = match self.asked(family, &user, &held.films).await {
                Ok(answered) => answered,
                Err(error) => return Doing::Failed(error),
            };
            if !self.is_run(run) {
                break;
            }
            self.answers.update_value(|all| {
                let of = all.entry(family).or_default();
                match who {
                    Who::User(at) => {
                        of.users.resize(held.users.len(), None);
                        of.users[at] = Some(answered);
                    }
                    Who::Reader => of.own = Some(answered),
                }
            });
            let now = (clock.now_millis)();
            if now - told_at > NEWS_MILLIS {
                told_at = now;
                self.tell();
            }
        }
        Doing::Done
    }

    /// Who is asked next: all models about one user, then about the next.
    fn next(self) -> Option<(&'static str, Who)> {
        let chosen = self.chosen();
        let history = self.shell.reader.read_history().get_untracked();
        let asks_reader = self.counts_own.get_untracked() && User::of_history(&history).is_some();
        self.forget_another_history(history);
        self.answers.with_value(|all| {
            let names: Vec<&'static str> = chosen.iter().map(|it| it.name).collect();
            let of = |name: &'static str| -> Option<&OfFamily> { all.get(name) };
            let of_users = (0..self.n_users()).find_map(|at| {
                let is_missing = |name: &&'static str| {
                    of(name).and_then(|it| it.users.get(at)).is_none_or(Option::is_none)
                };
                Some((names.iter().copied().find(is_missing)?, Who::User(at)))
            });
            let of_reader = || {
                let is_missing = |name: &&'static str| of(name).is_none_or(|it| it.own.is_none());
                let name = names.iter().copied().find(is_missing).filter(|_| asks_reader)?;
                Some((name, Who::Reader))
            };
            of_users.or_else(of_reader)
        })
    }

    /// Another history is asked about anew, where the reader counts.
    pub(super) fn follow_history(self) {
        let history = self.shell.reader.read_history();
        Effect::new(move || {
            let history = history.get();
            if self.counts_own.get() {
                untrack(|| {
                    self.forget_another_history(history);
                    self.tell();
                    self.go_on_where_something_is_missing();
                });
            }
        });
    }

    /// What was answered for the reader is of one history.
    fn forget_another_history(self, history: History) {
        if self.own_history.with_value(|it| *it != history) {
            self.own_history.set_value(history);
            self.answers.update_value(|all| all.values_mut().for_each(|it| it.own = None));
        }
    }

    async fn held_users(self) -> Result<Arc<Held>, EngineError> {
        if let Some(held) = self.held.with_value(Clone::clone) {
            return Ok(held);
        }
        let manifest = self.shell.site.manifest();
        let catalogue = self.shell.site.catalogue();
        let file = manifest.held_out.as_ref().and_then(|it| it.files.get("users"));
        let read = |bytes: &[u8]| HeldOut::from_json(bytes, catalogue.n_items());
        let file = self.shell.site.fetch_as("held_out.json", file, read).await?;
        // Reading took a while of its own.
        (self.shell.clock.pause)().await;
        let films = Films::new(&file, &catalogue);
        let held = Arc::new(Held { third: thirds(&file.users), users: file.users, films });
        self.held.set_value(Some(held.clone()));
        Ok(held)
    }

    /// What `family` answers to all questions of `user`. They are asked together, so that the engine never waits; each
    /// answer is read when it comes, so that the page has no long task.
    async fn asked(
        self,
        family: &'static str,
        user: &User,
        films: &Films,
    ) -> Result<Answered, EngineError> {
        let n = user.n_asked();
        let mut asked = Vec::with_capacity(n);
        let mut last_question = None;
        let mut n_sent = 0;
        for (at, question) in user.questions().enumerate() {
            let (family, history) = (FamilyName(family.to_owned()), question.history.clone());
            n_sent += history.len();
            let scored = self.shell.engine.ask(Score { family, history, weights: Vec::new() });
            let is_last = at + 1 == n;
            if is_last {
                last_question = Some(question.clone());
            }
            asked.push(async move {
                let scores = scored.await?.scores;
                let standings = question.standings(&scores);
                Ok::<_, EngineError>((standings, is_last.then_some(scores)))
            });
            if n_sent > MOST_SENT {
                n_sent = 0;
                (self.shell.clock.pause)().await;
            }
        }
        let mut standings = Vec::with_capacity(n);
        let mut last = None;
        for answer in join_all(asked).await {
            let (of_question, scores) = answer?;
            standings.push(of_question);
            last = last.or(scores);
        }
        let failed = |detail: String| EngineError::ModelFailed { detail };
        let (Some(question), Some(scores)) = (last_question, last) else {
            return Err(failed("nothing was asked".to_owned()));
        };
        Answered::new(standings, &question, &scores, films)
            .map_err(|error| failed(error.to_string()))
    }
}
