//! Models measured on held-out users: what is asked, under which protocol, and what the answers are worth.
//!
//! An answer is kept as what every protocol needs of it, so that another protocol asks no model again. The same
//! definitions are in `models/pipeline/evaluate/`; the golden figures of `held_out.json` hold both together.

mod figures;
mod lists;
mod protocol;

use serde::Deserialize;

use crate::catalog::ItemRow;
use crate::history::History;

pub use figures::{Estimate, Measure, curve, lead};
pub use lists::{Films, List};
pub use protocol::{Against, Asked, N_SAMPLED, Protocol, Seen, Standing, Standings, Ties};

use crate::recommend::{RankError, rank};

/// How many films a list has, and which ranks count.
pub const TOP: usize = 10;
/// So many of a user's newest films are asked for, at most.
pub const MOST_ASKED: usize = 10;
/// The one version of `held_out.json` this program reads.
const VERSION: u32 = 1;

#[derive(Debug, thiserror::Error)]
pub enum HeldOutError {
    #[error("the held-out users cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the held-out users are of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error("the held-out users are not of this catalogue; tell the site's owner: {what}")]
    Impossible { what: &'static str },
}

/// Users whom no model learned from, and how often training histories hold each film.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOut {
    pub users: Vec<User>,
    /// By row, `[n_items]`.
    n_holding: Vec<u32>,
    n_histories: u32,
}

/// Films in the order they were rated, each once, and how many of the newest are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    films: History,
    // Invariant: at least 1, and fewer than there are films.
    n_asked: usize,
}

/// What comes after `history`?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub history: History,
    pub target: ItemRow,
    /// The same for every model, so that all are asked against the same sampled films.
    seed: u64,
}

/// What one model answered to one user's questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// By question, the newest film last.
    standings: Vec<Standings>,
    /// After the history of the last question: what was seen left out, and ranked as well.
    lists: [List; 2],
    /// Mean popularity of the films of that history.
    liked: f64,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    n_histories: u32,
    n_holding: Vec<u32>,
    users: Vec<FileUser>,
}

#[derive(Deserialize)]
struct FileUser {
    films: Vec<u32>,
    n_asked: usize,
}

impl HeldOut {
    /// Reads `held_out.json` for a catalogue of `n_items`.
    ///
    /// # Errors
    /// [`HeldOutError`] if it is not of the agreed shape, of another version, or of other films.
    pub fn from_json(json: &[u8], n_items: usize) -> Result<Self, HeldOutError> {
        let File { version, n_histories, n_holding, users } = serde_json::from_slice(json)?;
        if version != VERSION {
            return Err(HeldOutError::UnknownVersion { version });
        }
        if n_holding.len() != n_items || n_histories == 0 {
            return Err(HeldOutError::Impossible { what: "n_holding" });
        }
        let user = |it: FileUser| {
            let is_known = it.films.iter().all(|&row| (row as usize) < n_items);
            let history: History = it.films.iter().copied().map(ItemRow).collect();
            let is_whole = is_known && history.len() == it.films.len();
            let can_be_asked = (1..=MOST_ASKED).contains(&it.n_asked) && it.n_asked < history.len();
            (is_whole && can_be_asked).then_some(User { films: history, n_asked: it.n_asked })
        };
        let users = users.into_iter().map(user).collect::<Option<Vec<User>>>();
        let users = users.ok_or(HeldOutError::Impossible { what: "users" })?;
        Ok(Self { users, n_holding, n_histories })
    }
}

impl User {
    /// The reader as a user; `None` for fewer than two films, after which nothing can be asked.
    pub fn of_history(history: &History) -> Option<Self> {
        let n_asked = history.len().checked_sub(1)?.min(MOST_ASKED);
        (n_asked > 0).then(|| Self { films: history.clone(), n_asked })
    }

    /// How many films came before the last question's.
    pub fn n_before(&self) -> usize {
        self.films.len() - 1
    }

    pub fn n_asked(&self) -> usize {
        self.n_asked
    }

    /// Each of the newest films after all before it, the newest last.
    pub fn questions(&self) -> impl ExactSizeIterator<Item = Question> + '_ {
        let first = self.films.len() - self.n_asked;
        let asked = self.films.as_slice().iter().enumerate().skip(first);
        asked.map(|(place, &target)| {
            let seed = (place as u64) << 32 | u64::from(target.0);
            Question { history: self.films.before(place), target, seed }
        })
    }
}

impl Question {
    /// Where the target stands among `scores`, `[n_items]`, under every protocol.
    pub fn standings(&self, scores: &[f32]) -> Standings {
        Standings::of(scores, self.target, &self.history, self.seed)
    }
}

impl Answered {
    /// What `standings` of all questions come to, with the `scores`, `[n_items]`, after the history of `last`, the
    /// last question.
    ///
    /// # Errors
    /// As [`rank`].
    pub fn new(
        standings: Vec<Standings>,
        last: &Question,
        scores: &[f32],
        films: &Films,
    ) -> Result<Self, RankError> {
        let history = last.history.as_slice();
        let list = |left_out: &History| {
            let best = rank(scores, films.n_items(), left_out, TOP)?;
            Ok::<List, RankError>(List::new(
                best.iter().map(|it| it.item).collect(),
                history,
                films,
            ))
        };
        let lists = [list(&last.history)?, list(&History::default())?];
        Ok(Self { standings, lists, liked: films.mean_popularity(history) })
    }

    /// The list that a protocol asks about.
    pub fn list(&self, seen: Seen) -> &List {
        &self.lists[seen as usize]
    }
}

/// 0 for the third of users with the shortest histories, 2 for that with the longest; ties go by their order.
pub fn thirds(users: &[User]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..users.len()).collect();
    order.sort_by_key(|&at| users[at].n_before());
    let mut third = vec![0; users.len()];
    for (place, at) in order.into_iter().enumerate() {
        third[at] = place * 3 / users.len();
    }
    third
}

#[cfg(test)]
mod tests;
