//! What the reader says of films, and what lists make of it.

use super::counted;
use crate::catalog::ItemRow;
use crate::engine::protocol::EngineError;
use crate::feedback::Feedback;
use crate::state::reranker::InOrder;

pub(crate) const SEEN: &str = "Seen";
pub(crate) const LIKE: &str = "Like";
pub(crate) const NOT_FOR_ME: &str = "Not for me";
pub(crate) const BRING_BACK: &str = "Bring back";
pub(crate) const BRING_ALL_BACK: &str = "Bring all back";
pub(crate) const HIDDEN_LEAD: &str =
    "No list of this site shows these films. They are kept on this device only.";
pub(crate) const SHOW_PLAIN: &str = "Show the plain order";
pub(crate) const SHOW_RERANKED: &str = "Use your re-ranker";

pub(crate) fn feedback(it: Feedback) -> &'static str {
    match it {
        Feedback::Liked => LIKE,
        Feedback::NotForMe => NOT_FOR_ME,
        Feedback::Seen => SEEN,
    }
}

/// The name of the button that says so of `film`.
pub(crate) fn say(film: &str, it: Feedback) -> String {
    format!("{}: {film}", feedback(it))
}

pub(crate) fn bring_back(film: &str) -> String {
    format!("{BRING_BACK} {film}")
}

/// "3 films are hidden: 2 seen, 1 not for you".
pub(crate) fn hidden(all: &[(ItemRow, Feedback)]) -> String {
    let count = |kind| all.iter().filter(|it| it.1 == kind).count();
    let (n_seen, n_not) = (count(Feedback::Seen), count(Feedback::NotForMe));
    let are = if n_seen + n_not == 1 { "is" } else { "are" };
    let kinds = match (n_seen, n_not) {
        (n, 0) => format!("{n} seen"),
        (0, n) => format!("{n} not for you"),
        (n, m) => format!("{n} seen, {m} not for you"),
    };
    format!("{} {are} hidden: {kinds}", counted(n_seen + n_not, "film", "films"))
}

/// Whose order lists are in; nothing where there is no re-ranker that is on.
pub(crate) fn in_order(order: &InOrder) -> Option<String> {
    let said = match order {
        InOrder::Off => return None,
        InOrder::Coming => "Loading your re-ranker; the plain order until then.".to_owned(),
        InOrder::Failed(error) => without_reranker(error),
        InOrder::Reranked => "Re-ordered by your re-ranker. “Was” is the recommender’s own rank, which explanations use.".to_owned(),
        InOrder::Plain => "In plain order, without your re-ranker.".to_owned(),
    };
    Some(said)
}

fn without_reranker(error: &EngineError) -> String {
    format!("In plain order, since your re-ranker could not read its vectors: {error}.")
}

/// Beside a film that a re-ranker moved.
pub(crate) fn was(plain_rank: usize) -> String {
    format!("was {plain_rank}")
}
