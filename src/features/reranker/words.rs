//! Words of the reader's own re-ranker.

use crate::engine::protocol::StorageFault;
use crate::figures;
use crate::reranker::{
    Check, Interval, LEAST_MARKS, LEAST_OF_A_KIND, MOST_MARKS, Mark, RerankerError, Verdict,
};
use crate::state::reranker::NotKept;
use crate::ui::words::{LIKE, NOT_FOR_ME};
use crate::ui::words::{bytes, counted, millis, sentence};

pub(crate) const TAB: &str = "Train a re-ranker";
/// In place of the history, where it is empty.
pub(crate) const HISTORY_EMPTY: &str = "Mark films below. Films you add here can count as likes.";
pub(crate) const TITLE: &str = "Your re-ranker";
pub(crate) const LEAD: &str = "Train a small network on your likes and dislikes, on this device. \
     It re-orders the first 200 films of every list, but only if it proves better than a plain comparison on \
     marks it has not seen. For most readers it does not. Films that are not for you are in no list either way.";

pub(crate) const MARK: &str = "1 · Mark films";
pub(crate) const FILM_TO_MARK: &str = "Find a film to mark";
pub(crate) const FILM_TO_MARK_HINT: &str = "A title, or a name";
pub(crate) const JUDGE_KNOWN: &str = "Or mark well-known films of all kinds:";
pub(crate) const ALL_JUDGED: &str = "You have marked every film.";
pub(crate) const DO_NOT_KNOW: &str = "Skip";
pub(crate) const MADE_UP: &str =
    "Try a made-up reader: 240 marks, likes only cartoons and film noir";
pub(crate) const FORGET: &str = "Delete marks and re-ranker";

pub(crate) const LEARNING: &str = "2 · Train";
pub(crate) const LEARNING_LEAD: &str = "Five-fold cross-validation: each fifth of the marks is \
     held out once, while a network trains on the rest.";
pub(crate) const TRAIN: &str = "Train on these marks";
pub(crate) const CANCEL_TRAINING: &str = "Cancel";
pub(crate) const FETCHING_VECTORS: &str = "Fetching the films’ vectors…";
pub(crate) const TRAINING: &str = "Training…";
pub(crate) const OUTDATED: &str =
    "Your marks have changed since this re-ranker was trained: train again to use them.";
pub(crate) const CURVE: &str =
    "Loss by epoch, on training marks and on held-out marks. The table below has the same numbers.";
pub(crate) const CURVE_TABLE: &str = "The same in numbers";
pub(crate) const EPOCH: &str = "Epoch";
pub(crate) const TRAINED_LOSS: &str = "training";
pub(crate) const HELD_OUT_LOSS: &str = "held out";

pub(crate) const CHECK: &str = "3 · Does it help?";
pub(crate) const AREA: &str = "Pairs in the right order";
pub(crate) const MEASURED: &str = "AUC";
pub(crate) const INTERVAL: &str = "95 % interval";
pub(crate) const AREA_RERANKER: &str = "your re-ranker";
pub(crate) const AREA_PLAIN: &str = "plain comparison";
pub(crate) const AREA_DIFFERENCE: &str = "difference";

pub(crate) const ORDER: &str = "4 · The new order";
pub(crate) const ON: &str = "Re-ranker on";
pub(crate) const OFF: &str = "Re-ranker off";
pub(crate) const FAMILY: &str = "Recommender";
pub(crate) const LOOK: &str = "Preview its order";
pub(crate) const ASKING_FAMILY: &str = "Ranking 200 films…";
pub(crate) const BY_RERANKER: &str = "With your re-ranker";

pub(crate) fn judge(film: &str, is_liked: bool) -> String {
    format!("{}: {film}", if is_liked { LIKE } else { NOT_FOR_ME })
}

pub(crate) fn do_not_know(film: &str) -> String {
    format!("{DO_NOT_KNOW}: {film}")
}

/// "14 likes and 3 dislikes. 3 marks more are needed, and 2 dislikes more."
pub(crate) fn counted_marks(marks: &[Mark]) -> String {
    let n_liked = marks.iter().filter(|it| it.is_liked).count();
    let n_disliked = marks.len() - n_liked;
    let mut words = format!(
        "{} and {}.",
        counted(n_liked, "like", "likes"),
        counted(n_disliked, "dislike", "dislikes")
    );
    if marks.len() > MOST_MARKS {
        return format!("{words} A re-ranker learns from {MOST_MARKS} at most.");
    }
    if marks.len() < LEAST_MARKS {
        words += &format!(" At least {LEAST_MARKS} marks are needed.");
    }
    if n_liked.min(n_disliked) < LEAST_OF_A_KIND {
        words += &format!(" At least {LEAST_OF_A_KIND} of each kind are needed.");
    }
    words
}

pub(crate) fn count_picks(n_picks: usize) -> String {
    format!("Count the {} of your history as likes", counted(n_picks, "film", "films"))
}

pub(crate) fn your_marks(n: usize) -> String {
    format!("Show {}", counted(n, "mark", "marks"))
}

pub(crate) fn kept_here(n_bytes: usize) -> String {
    if n_bytes == 0 {
        return "Marks are kept on this device only.".to_owned();
    }
    format!("Kept on this device only; the re-ranker takes {}.", bytes(n_bytes as u64))
}

pub(crate) fn marks_not_kept(why: NotKept) -> String {
    match why {
        NotKept::Storage(StorageFault::Full) => {
            "This browser’s storage is full. Marks and re-ranker last until you close the page."
        }
        NotKept::Storage(_) => {
            "This browser stores nothing for this page. Marks and re-ranker last until you close it."
        }
        NotKept::Damaged => {
            "The re-ranker stored on this device cannot be read. Train a new one to replace it."
        }
    }
    .to_owned()
}

pub(crate) fn refused(error: &RerankerError) -> String {
    sentence(&error.to_string())
}

pub(crate) fn trained_in(n_millis: f64) -> String {
    format!("Trained and checked in {}.", millis(n_millis))
}

/// "0.512".
pub(crate) fn loss(value: f32) -> String {
    format!("{value:.3}")
}

pub(crate) fn chosen_epoch(n_epochs: usize) -> String {
    match n_epochs {
        0 => "Training gained nothing over its start, the plain comparison.".to_owned(),
        n => format!("Lowest after {}.", counted(n, "epoch", "epochs")),
    }
}

pub(crate) fn verdict(check: &Check) -> String {
    match check.verdict() {
        Verdict::Helps => "It helps: on held-out marks it tells your likes from your dislikes better than the plain comparison. The whole interval is above zero.",
        Verdict::Inconclusive => "It is not shown to help: it tells your likes from your dislikes, but the plain comparison may do as well.",
        Verdict::Harms => "It harms: the plain comparison is better. The whole interval is below zero.",
        Verdict::NoBetterThanChance => "It is not shown to help: on held-out marks it may be no better than chance.",
    }
    .to_owned()
}

pub(crate) fn check_of(check: &Check) -> String {
    format!(
        "AUC: of all pairs of a film you like and one you do not, neither seen in training, the share in the right order. Chance \
         gets 0.5. Measured on {} and {}. The plain comparison is the cosine with the mean film you like minus the mean film you do not.",
        counted(check.n_liked, "like", "likes"),
        counted(check.n_disliked, "dislike", "dislikes"),
    )
}

pub(crate) fn area(it: Interval) -> String {
    format!("{:.3}", it.value)
}

pub(crate) fn area_interval(it: Interval) -> String {
    format!("{:.3} to {:.3}", it.low, it.high)
}

pub(crate) fn area_difference(value: f32) -> String {
    figures::signed(value, 3)
}

pub(crate) fn area_difference_interval(it: Interval) -> String {
    format!("{} to {}", area_difference(it.low), area_difference(it.high))
}

pub(crate) fn why_switched(helps: bool, is_on: bool) -> &'static str {
    match (helps, is_on) {
        (false, _) => "It cannot be switched on: the check does not show that it helps.",
        (true, false) => {
            "The check shows that it tells likes from dislikes. Over many readers, lists improved measurably only with many marks."
        }
        (true, true) => "Lists are in its order until you switch it off, or a new check fails.",
    }
}

pub(crate) fn reranked(n_films: usize, family: &str) -> String {
    format!(
        "The first {} of {family} for all you like, without those you marked. Your re-ranker orders them by the probability that you like a film, divided by its rank: \
         it does not know what leads you to a film. The first ten of both orders:",
        counted(n_films, "film", "films"),
    )
}

/// "was 57th", "stayed".
pub(crate) fn moved_from(rank_before: usize, rank: usize) -> String {
    match rank_before.abs_diff(rank) {
        0 => "stayed".to_owned(),
        n if rank < rank_before => format!("↑ {n}, was {rank_before}"),
        n => format!("↓ {n}, was {rank_before}"),
    }
}
