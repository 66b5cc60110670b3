//! Explanations put to the test.

use crate::catalog::Catalogue;
use crate::engine::protocol::{Cost, Explainer, ExplanationTest, Outcome, Trial, Verdict};
use crate::families::Card;
use crate::manifest::Faithfulness;
use crate::views::text::{counted, millis, ordinal, percent, titles};

pub(crate) const TRUTH: &str = "Do these reasons hold?";
pub(crate) const TRUTH_WAITING: &str = "Leaving out the films that each order names…";
pub(crate) const TRUTH_PLOT: &str =
    "Rank against the number of films left out; the table below has the same numbers.";
pub(crate) const TRUTH_TABLE: &str =
    "Its rank by the number of films left out together; bold where it is out of the first ten.";
pub(crate) const TRUTH_WHO: &str = "Named by";
pub(crate) const TRUTH_HOW: &str = "How this was measured";

/// Why there is nothing to test with so few picks read.
pub(crate) fn truth_too_few(n_read: usize) -> &'static str {
    match n_read {
        0 => "It reads no history, so there is no reason to test.",
        _ => "There is only one film, so there is no choice to test. Add another.",
    }
}

pub(crate) fn explainer(explainer: Explainer) -> &'static str {
    match explainer {
        Explainer::LeaveOneOut => "Leave-one-out",
        Explainer::Contributions => "Exact parts",
        Explainer::Attention => "Attention",
        Explainer::MostRecent => "Newest",
        Explainer::Random => "Random",
    }
}

pub(crate) fn truth_lead(test: &ExplanationTest, cost: Cost) -> String {
    let n_most = test.most_left_out();
    let upto = if n_most == 1 {
        "the first film of each order is left out".to_owned()
    } else {
        format!("the first film of each order is left out, then the first two, up to {n_most}")
    };
    format!(
        "If they do, the recommendation falls when the named films go. So {upto}, half of your films \
         at most: {}, {}.",
        counted(cost.n_runs, "run", "runs"),
        millis(cost.millis),
    )
}

/// The picks an order names, the first one first; random orders name nothing.
pub(crate) fn truth_named(catalogue: &Catalogue, trial: &Trial) -> String {
    if trial.explainer == Explainer::Random {
        return format!("the middle of {} draws", trial.n_draws);
    }
    titles(catalogue, &trial.named).join(" · ")
}

/// What happens without as many picks as tell most, by each explainer.
pub(crate) fn truth_verdict(test: &ExplanationTest) -> String {
    let n = test.telling();
    let after = |explainer| {
        let trial = test.of(explainer)?;
        Some((trial, *trial.after.get(n.checked_sub(1)?)?))
    };
    let many = |one: &str, several: &str| {
        if n == 1 { one.to_owned() } else { several.replace("{n}", &n.to_string()) }
    };
    let Some((_, named)) = after(Explainer::LeaveOneOut) else { return String::new() };
    let mut said = format!(
        "Leaving out the {} that leave-one-out names takes it from {} to {}",
        many("film", "{n} films"),
        ordinal(test.rank),
        ordinal(named.rank),
    );
    if let Some((_, looked)) = after(Explainer::Attention) {
        let those = many("the one looked at most", "the {n} looked at most");
        said += &format!("; {those}: {}", ordinal(looked.rank));
    }
    if let Some((_, newest)) = after(Explainer::MostRecent) {
        let those = many("the newest", "the {n} newest");
        said += &format!("; {those}: {}", ordinal(newest.rank));
    }
    if let Some((trial, Outcome { rank, n_kept })) = after(Explainer::Random) {
        said += &format!(
            "; {} at random: {} in the middle of {} draws, {n_kept} of which leave it in the \
             first ten",
            many("one", "{n}"),
            ordinal(rank),
            trial.n_draws,
        );
    }
    let sum = match test.verdict() {
        Some(Verdict::Holds) => "The named films carry it.",
        Some(Verdict::AreTheNewest) => {
            "The named films carry it, but they are the newest ones: here that tells no more than \
             age does."
        }
        Some(Verdict::NoBetter) => {
            "This reason does not hold: taking out other films does as much."
        }
        None => "",
    };
    format!("{said}. {sum}")
}

/// The same over many readers, for the family of `card`.
pub(crate) fn truth_over_readers(card: &Card, over: &Faithfulness) -> String {
    let kept = |name: &str, share: f64| format!("{name} {}", percent(share as f32));
    let mut parts = vec![kept("leave-one-out", over.leave_one_out)];
    parts.extend(over.contributions.map(|share| kept("exact parts", share)));
    parts.extend(over.attention.map(|share| kept("attention", share)));
    parts.push(kept("newest", over.most_recent));
    parts.push(kept("random", over.random));
    format!(
        "For {} held-out readers, the best film of {} was still in the first {} without the films \
         named first (a tenth to half of them, averaged): {}. Less is better.",
        over.n_users,
        card.title,
        over.within,
        parts.join(", "),
    )
}

pub(crate) fn truth_attention(over: &Faithfulness) -> Option<&'static str> {
    let attention = over.attention?;
    (attention > over.most_recent).then_some(
        "Attention did no better than naming the newest films: it is where the model looked, not \
         why.",
    )
}
