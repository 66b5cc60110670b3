//! What is said where models are measured.

use crate::families::Card;
use crate::figures;
use crate::measure::{Estimate, Measure, N_SAMPLED, Ties};
use crate::ui::words::{bytes, counted, grouped};

use super::state::{Leader, Summary, Whose};

pub(crate) const TAB: &str = "Run it yourself";
pub(crate) const LEAD: &str = "Ask the models in this browser, about people whom none of them has learned from. Intervals narrow as users come \
     in. Change how you ask and guess first: will the winner change?";
pub(crate) const ALL_TABLES: &str = "All tables of results";
pub(crate) const HISTORY_EMPTY: &str = "Add two films or more, and you can be one of the users.";

pub(crate) const START: &str = "Start";
pub(crate) const PAUSE: &str = "Pause";
pub(crate) const RESUME: &str = "Go on";
pub(crate) const RESET: &str = "Forget the answers";
pub(crate) const ASKING: &str = "Asking the models";
pub(crate) const MEASURE: &str = "What is measured";
pub(crate) const ASKED: &str = "What is asked";
pub(crate) const AGAINST: &str = "Ranked against";
pub(crate) const SEEN: &str = "Films the user has rated before";
pub(crate) const TIES: &str = "A film that ties with others ranks";
pub(crate) const WHOSE: &str = "Who is asked";
pub(crate) const OWN: &str = "Count my own history as one more user";
pub(crate) const MODELS: &str = "Models";
pub(crate) const CHOOSE_ALL: &str = "All models";
pub(crate) const CHOOSE_FIRST: &str = "One of each kind";
pub(crate) const CHOOSE_NONE: &str = "Choose a model to ask.";
pub(crate) const FIGURE: &str = "Held-out users";
pub(crate) const USERS: &str = "Users";
pub(crate) const AXIS: &str = "users asked";
pub(crate) const TABLE: &str = "measured on held-out users";
pub(crate) const CURVES: &str = "measured user after user";
pub(crate) const WAITING: &str = "Nothing has been asked yet.";

/// As the choice calls it.
pub(crate) fn option(measure: Measure) -> String {
    let title = title(measure);
    let mut rest = title.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", rest.as_str())
}

/// As sentences call it.
pub(crate) fn title(measure: Measure) -> &'static str {
    match measure {
        Measure::Ndcg => "NDCG@10",
        Measure::HitRate => "HR@10",
        Measure::Coverage => "coverage",
        Measure::Gini => "Gini coefficient",
        Measure::Novelty => "novelty",
        Measure::Diversity => "diversity",
        Measure::Miscalibration => "miscalibration",
        Measure::PopularityLift => "popularity lift",
    }
}

/// As addresses call it.
pub(crate) fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Ndcg => "ndcg",
        Measure::HitRate => "hr",
        Measure::Coverage => "coverage",
        Measure::Gini => "gini",
        Measure::Novelty => "novelty",
        Measure::Diversity => "diversity",
        Measure::Miscalibration => "miscalibration",
        Measure::PopularityLift => "lift",
    }
}

/// What a number of it says.
pub(crate) fn meaning(measure: Measure) -> &'static str {
    match measure {
        Measure::Ndcg => {
            "NDCG@10: how high the film that came next is ranked. 1 for the first place, 0.63 for the second, 0 past the tenth."
        }
        Measure::HitRate => "HR@10: how often the film that came next is among the first ten.",
        Measure::Coverage => {
            "Coverage: the share of all films that are in anybody’s list. It grows with the number of lists, so it has no interval."
        }
        Measure::Gini => {
            "Gini coefficient: 0 where all films are shown equally often, 1 where one film is in every place. It belongs to all \
             lists together, so it has no interval."
        }
        Measure::Novelty => {
            "Novelty: how little known the listed films are. One bit more is half as many people who saw a film."
        }
        Measure::Diversity => {
            "Diversity: how little two films of a list have in common. 0 for the same genres, 1 for none in common."
        }
        Measure::Miscalibration => {
            "Miscalibration: how far the genres of a list are from those of the user’s history. 0 is the same mix."
        }
        Measure::PopularityLift => {
            "Popularity lift: how much more popular listed films are than those of the history. +100 % is twice as popular."
        }
    }
}

pub(crate) fn asked(is_last: bool) -> &'static str {
    if is_last { "The newest film" } else { "The newest ten" }
}

pub(crate) fn against(n_items: Option<usize>) -> String {
    match n_items {
        Some(n) => format!("All {} films", grouped(n)),
        None => format!("{N_SAMPLED} at random"),
    }
}

pub(crate) fn seen(is_ranked: bool) -> &'static str {
    if is_ranked { "Ranked too" } else { "Left out" }
}

pub(crate) fn ties(ties: Ties) -> &'static str {
    match ties {
        Ties::Against => "Last of them",
        Ties::Mean => "Halfway",
        Ties::With => "First of them",
    }
}

pub(crate) fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::All => "All users",
        Whose::Third(0) => "Few films",
        Whose::Third(1) => "Some",
        Whose::Third(_) => "Many films",
    }
}

/// How many films the users of each third have rated before; empty before that is known.
pub(crate) fn lengths(thirds: &[(usize, usize)]) -> String {
    let third = |(at, (fewest, most)): (usize, &(usize, usize))| {
        format!("{} {}–{}", ["few:", "some:", "many:"][at.min(2)], fewest, grouped(*most))
    };
    let thirds: Vec<String> = thirds.iter().enumerate().map(third).collect();
    if thirds.is_empty() {
        String::new()
    } else {
        format!("Films rated before; {}.", thirds.join(", "))
    }
}

/// What a start takes.
pub(crate) fn cost(n_users: usize, n_models: usize, missing: u64) -> String {
    let who = counted(n_users, "user", "users");
    let models = counted(n_models, "model", "models");
    if missing == 0 {
        return format!("{who}, {models}. Everything is here.");
    }
    format!("{who}, {models}. Fetches {} once, and sends nothing.", bytes(missing))
}

pub(crate) fn paused(n: usize, of: usize) -> String {
    format!("Paused after {n} of {}.", counted(of, "user", "users"))
}

pub(crate) fn done(n: usize) -> String {
    format!("Done: {}.", counted(n, "user has been asked about", "users have been asked about"))
}

pub(crate) fn progress(n: usize, of: usize) -> String {
    format!("{n} of {}", counted(of, "user", "users"))
}

/// "0.106", "12.3 %", "3.79 bits", "+5 %".
pub(crate) fn value(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Coverage => format!("{} %", figures::plain(100.0 * value as f32, 1)),
        Measure::Novelty => format!("{} bits", figures::plain(value as f32, 2)),
        Measure::PopularityLift => format!("{} %", figures::signed(100.0 * value as f32, 0)),
        _ => figures::plain(value as f32, 3),
    }
}

/// As [`value`], of a difference.
fn difference(measure: Measure, difference: f64) -> String {
    match measure {
        Measure::PopularityLift => {
            format!("{} points", figures::plain(100.0 * difference as f32, 0))
        }
        _ => value(measure, difference),
    }
}

fn interval(measure: Measure, of: &Estimate) -> String {
    let ends =
        |(low, high): (f64, f64)| format!(" ({} to {})", value(measure, low), value(measure, high));
    of.interval.map_or_else(String::new, ends)
}

fn users(n: usize) -> String {
    counted(n, "user", "users")
}

/// Who leads, by how much, and whether that can be told from chance.
pub(crate) fn claim(it: &Summary) -> String {
    let Some(Leader { first, second, lead }) = &it.leader else { return String::new() };
    let value_of = |card: &Card| {
        let line = it.lines.iter().find(|line| line.card.name == card.name);
        line.and_then(|it| it.last()).copied()
    };
    let n = it.n_compared();
    let Some(second) = second else {
        let Some(of) = value_of(first) else { return String::new() };
        let reached = format!("{}{}", value(it.measure, of.value), interval(it.measure, &of));
        return format!("{}: {} {reached} after {}", first.title, title(it.measure), users(n));
    };
    match (it.measure.is_more_better(), lead) {
        (Some(is_more), Some(lead)) => {
            let by = difference(it.measure, lead.value.abs());
            let leads = if is_more { "leads" } else { "is closer to its users than" };
            let told = if it.leader.as_ref().is_some_and(Leader::is_certain) {
                "that is more than chance"
            } else {
                "the two cannot be told apart"
            };
            let otherwise = it.leader_of_tables.filter(|it| it.name != first.name);
            let otherwise = otherwise.map_or_else(String::new, |it| {
                format!(" Asked as the tables ask, {} leads.", it.title)
            });
            let stop = if otherwise.is_empty() { "" } else { "." };
            format!(
                "{} {leads} {} by {by}; after {} {told}{stop}{otherwise}",
                first.title,
                second.title,
                users(n)
            )
        }
        _ => {
            let (Some(most), Some(least)) = (value_of(first), it.least()) else {
                return String::new();
            };
            let (low, of_least) = least;
            format!(
                "{} has the highest {}, {}, and {} the lowest, {}, after {}",
                first.title,
                title(it.measure),
                value(it.measure, most.value),
                low.title,
                value(it.measure, of_least),
                users(n)
            )
        }
    }
}

/// What the number says, and what a protocol does to it.
pub(crate) fn say(it: &Summary) -> String {
    let is_sampled = it.protocol.against == crate::measure::Against::Sampled;
    let lists = if it.measure.is_of_lists() && is_sampled {
        " Lists are always made of all films."
    } else if is_sampled {
        " Among 100 films at random most rivals are easy: such numbers are higher, and can put models in another order."
    } else {
        ""
    };
    format!("{}{lists}", meaning(it.measure))
}

pub(crate) fn source(n_users: usize, n_items: usize) -> String {
    format!(
        "{} of MovieLens latest whom no model has learned from; {} films · line: the mean so far; band: 95 % interval over users \
         (ratio estimator)",
        counted(n_users, "user", "users"),
        grouped(n_items)
    )
}

/// What the step slider says.
pub(crate) fn step(n: usize) -> String {
    format!("after {}", users(n))
}

/// What a press on a model's name does.
pub(crate) fn follow(title: &str, value: &str) -> String {
    format!("{title}, {value}: show its interval")
}
