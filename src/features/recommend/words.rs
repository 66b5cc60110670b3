//! What the list and its reasons say.

mod further;

use std::cmp::Ordering;

pub(crate) use further::{attention, other_picks};

use super::state::Tried;
use crate::catalog::Catalogue;
use crate::engine::protocol::{
    Cost, Counterfactual, Explainer, Explanation, ExplanationTest, Outcome, Trial, Verdict,
};
use crate::explain::Support;
use crate::families::{Card, Kind, ScoreMeaning};
use crate::figures;
use crate::manifest::{Faithfulness, Results};
use crate::ui::words::{
    asked, backend, counted, is_first, listed, millis, ordinal, percent, titles,
};

pub(crate) const TAB: &str = "The list";
pub(crate) const WELCOME_LEAD: &str =
    "Five films each. Choose one, then change it; or type a title above.";
pub(crate) const HOW: &str = "How it works";
pub(crate) const HOW_STEPS: [&str; 3] = [
    "A model reads your films and ranks the whole catalogue, on this device. Nothing you enter is \
     sent.",
    "Each recommendation says why. The model is run again without each of your films, and the \
     difference is the reason.",
    "Every reason can be tested: leave the named films out with one click and watch the list move.",
];
pub(crate) const LIST_FULL: &str = "Every film of the catalogue is in your history.";
pub(crate) const MOVES: &str = "▲ ▼ new: compared with the list before.";
pub(crate) const SHOW_MORE: &str = "Show ranks 11 to 50";
pub(crate) const SHOW_FEWER: &str = "Show the first 10";
pub(crate) const TRUTH: &str = "Do these reasons hold?";
pub(crate) const TRUTH_WAITING: &str = "Leaving out the films that each order names…";
pub(crate) const TRUTH_PLOT: &str =
    "Rank against the number of films left out; the table below has the same numbers.";
pub(crate) const TRUTH_TABLE: &str =
    "Its rank by the number of films left out together; bold where it is out of the first ten.";
pub(crate) const TRUTH_WHO: &str = "Named by";
pub(crate) const TRUTH_HOW: &str = "How this was measured";
pub(crate) const WHY_EMPTY: &str = "Why?";
pub(crate) const WHY_WAITING: &str = "Running the model without each film…";
pub(crate) const TRY_IT: &str = "Try it";
pub(crate) const TOGETHER: &str = "Together: the score";
pub(crate) const ABOUT: &str = "leave-one-out";
pub(crate) const YOUR_FILMS: &str = "your films";
pub(crate) const ITS_LIST: &str = "its list";
pub(crate) const ITS_RANK_WITHOUT: &str = "its rank without the film";
pub(crate) const ATTENTION_TABLE: &str = "Attention on each film";
pub(crate) const WEIGHT: &str = "Weight";

pub(crate) fn list_title(card: &Card) -> String {
    format!("{} recommends", card.title)
}

/// How good the family is, beside the best plain baseline.
pub(crate) fn quality(
    card: &Card,
    results: &Results,
    baseline: Option<(&Card, &Results)>,
) -> String {
    let mut said = format!("NDCG@10 {:.3}", results.ndcg_at_10);
    if let (Some(low), Some(high)) = (results.ndcg_at_10_low, results.ndcg_at_10_high) {
        said += &format!(" ({low:.3}–{high:.3})");
    }
    said += &format!(" on {}", asked(results));
    let Some((best, reached)) = baseline else { return said + "." };
    let other = if card.kind == Kind::Baseline { "other" } else { "plain" };
    format!("{said}; the best {other} baseline ({}) reaches {:.3}.", best.title, reached.ndcg_at_10)
}

pub(crate) fn list_cost(card: &Card, cost: Cost, n_picks: usize) -> String {
    format!(
        "{} on {}, {}, {}.",
        card.title,
        backend(cost.backend),
        counted(n_picks, "film", "films"),
        millis(cost.millis),
    )
}

pub(crate) fn score_note(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => {
            "Score: the model's logit; bar: its probability, relative to the first."
        }
        ScoreMeaning::LogProbability => "Score: its probability; bar: relative to the first.",
        ScoreMeaning::Reconstruction => {
            "Score: how much of it is in the cleaned picture, 1 for one of yours; bar: relative to the first."
        }
        ScoreMeaning::Sum => "Score: a sum of weights; bar: relative to the first.",
        ScoreMeaning::Points => "Score: points by rank, added up; bar: relative to the first.",
        ScoreMeaning::Popularity => {
            "Score: logarithm of its ratings, 1 for the most rated film; bar: relative to the first."
        }
    }
}

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

pub(crate) fn why_lead(rank: usize, n_read: usize) -> String {
    if n_read == 0 {
        return format!(
            "It stands {}, whatever your history: this model reads none.",
            ordinal(rank)
        );
    }
    format!("It stands {}.", ordinal(rank))
}

/// What a film's place rests on: `falls` are the films without which it stands lower, and the rank then, the lowest
/// first; `rises` is whether there are some without which it stands higher.
pub(crate) fn rests_on(
    film: &str,
    rank: usize,
    n_read: usize,
    falls: &[(String, usize)],
    rises: bool,
) -> String {
    let stands = ordinal(rank);
    match falls {
        [] if rises => {
            format!(
                "{film} stands {stands}; without any one of the {n_read} films it does not fall"
            )
        }
        [] => format!("{film} stays {stands} whichever of the {n_read} films is left out"),
        [(first, to)] => format!(
            "Without {first}, {film} falls from {stands} to {}; without any other film it does not fall",
            ordinal(*to)
        ),
        [(first, to), (second, then), ..] => format!(
            "Without {first}, {film} falls from {stands} to {}, without {second} to {}",
            ordinal(*to),
            ordinal(*then)
        ),
    }
}

/// Of a film that stands on one film alone.
pub(crate) fn with_one(only: &str, film: &str, rank: usize, without: usize) -> String {
    let (stands, then) = (ordinal(rank), ordinal(without));
    match without.cmp(&rank) {
        Ordering::Equal => format!("With {only} or without any film, {film} stands {stands}"),
        Ordering::Greater => {
            format!("Without {only}, the only film it reads, {film} falls from {stands} to {then}")
        }
        Ordering::Less => {
            format!("Without {only}, the only film it reads, {film} rises from {stands} to {then}")
        }
    }
}

/// What came of leaving out the films `out`; `before` is the rank with all, where it is known.
pub(crate) fn without(out: &[String], film: &str, before: Option<usize>, rank: usize) -> String {
    let out = match out {
        [_] | [_, _] => listed(out),
        _ => counted(out.len(), "film", "films"),
    };
    let now = ordinal(rank);
    let Some(before) = before else { return format!("Without {out}, {film} stands {now}") };
    let from = ordinal(before);
    match rank.cmp(&before) {
        Ordering::Equal => format!("Without {out}, {film} still stands {now}"),
        Ordering::Greater => format!("Without {out}, {film} falls from {from} to {now}"),
        Ordering::Less => format!("Without {out}, {film} rises from {from} to {now}"),
    }
}

/// What the ribbons are, and what may be done.
pub(crate) fn ribbons(
    meaning: ScoreMeaning,
    has_against: bool,
    may_switch: bool,
    is_changed: bool,
) -> String {
    let against = if has_against { "; dashed: gained" } else { "" };
    let act = match (may_switch, is_changed) {
        (false, false) => "",
        (true, false) => " Click a film to leave it out.",
        (_, true) => " Click a struck film to bring it back.",
    };
    format!("Width: {} without the film{against}.{act}", score_lost(meaning))
}

/// "−3.40 without it".
pub(crate) fn changed_without(change: &str, is_wide: bool) -> String {
    if is_wide { format!("{change} without it") } else { change.to_owned() }
}

/// "each at most 0.20".
pub(crate) fn at_most(most: &str) -> String {
    format!("each at most {most}")
}

/// What the score lost without a pick is counted in.
pub(crate) fn score_lost(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => "logit lost",
        ScoreMeaning::LogProbability => "log probability lost",
        ScoreMeaning::Reconstruction | ScoreMeaning::Sum | ScoreMeaning::Popularity => "score lost",
        ScoreMeaning::Points => "points lost",
    }
}

/// Of a model that is a sum and reads films.
pub(crate) fn exact_lead(why: &Explanation) -> Option<&'static str> {
    let parts = &why.contributions.as_ref().filter(|_| !why.influence.is_empty())?.picks;
    let largest = parts.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
    let reads = |it: f32| figures::plain(it, figures::digits_of(largest));
    let lost = why.influence.iter().map(|it| it.score_drop);
    let is_lost = lost.zip(parts).all(|(lost, &part)| reads(lost) == reads(part));
    Some(if is_lost {
        "This model is a sum, so the parts are exact: together they are the score, and without a \
         film its part is what is lost."
    } else {
        "This model is a sum, so the parts are exact: together they are the score. Score lost is \
         another experiment: without a film the older ones move up and count for more."
    })
}

/// What no set of picks shows; a set speaks for itself.
pub(crate) fn support(support: Support<'_>, n_read: usize) -> String {
    match support {
        Support::Few(_) => String::new(),
        Support::NotInFirst => {
            "It does not stand in the first ten, so there is nothing to push it out of.".to_owned()
        }
        Support::NothingRead => "It reads no history, so none of your films carries it.".to_owned(),
        Support::OnePick { rank_without } if is_first(rank_without) => format!(
            "Your one film does not carry it: without any film it would stand {}.",
            ordinal(rank_without)
        ),
        Support::OnePick { rank_without } => format!(
            "It rests on your one film: without it, it would stand {}.",
            ordinal(rank_without)
        ),
        Support::Many { n_left_out } => format!(
            "Leaving out {}, the strongest first, does not push it out of the first ten: {} enough.",
            counted(n_left_out, "film", "films"),
            if n_left_out + 1 == n_read { "the one left is" } else { "what is left is" },
        ),
    }
}

pub(crate) fn drop(rank_before: usize, rank_after: usize) -> String {
    format!(" it would drop from {} to {}.", ordinal(rank_before), ordinal(rank_after))
}

/// What the set is held against. `are_newest` is whether it is the newest picks itself.
pub(crate) fn compared(set: &Counterfactual, are_newest: bool) -> String {
    let (newest, chance) = match set.removed.len() {
        1 => ("the most recent film".to_owned(), "One at random pushes".to_owned()),
        n => (format!("the {n} most recent films"), format!("{n} at random push")),
    };
    let newest = match (are_newest, set.removed.len()) {
        (true, 1) => format!("It is {newest}."),
        (true, _) => format!("They are {newest}."),
        _ => format!("Leaving out {newest} instead: {}.", ordinal(set.rank_without_most_recent)),
    };
    format!(
        "{newest} {chance} it out of the first ten in {} of {} draws.",
        set.n_draws_out, set.n_draws
    )
}

pub(crate) fn tried(catalogue: &Catalogue, tried: &Tried, rank_now: usize) -> String {
    let film = catalogue.title(tried.item);
    let left_out = listed(&titles(catalogue, &tried.removed));
    let verdict = if rank_now == tried.rank_foretold {
        "as predicted".to_owned()
    } else {
        format!("predicted was {}", ordinal(tried.rank_foretold))
    };
    format!(
        "You left out {left_out}: {film} went from {} to {}, {verdict}.",
        ordinal(tried.rank_before),
        ordinal(rank_now),
    )
}
