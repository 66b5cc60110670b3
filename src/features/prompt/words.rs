//! Words of the feature.

pub(crate) mod figure;

use super::state::{Effort, PromptError};
use crate::families::{self, FamilyName};
use crate::figures;
use crate::language::{PopularityBias, PositionBias};
use crate::ui::words::{counted, grouped, millis};

pub(crate) const TAB: &str = "Prompt";
/// In place of the history, where it is empty.
pub(crate) const HISTORY_EMPTY: &str = "Add a film: the prompt lists your history.";
pub(crate) const TITLE: &str = "Ask a language model";
pub(crate) const LEAD: &str = "Tell a language model what you watched. It ranks titles by how likely \
     they come next, without any training for it. It runs on your device.";
pub(crate) const RESULTS: &str = "Longer lists, other readers, and how it was measured";
pub(crate) const VERDICT: &str = "From texts alone it ranks far better than popularity, and far \
     worse than SASRec with EASE's links, a much smaller file that was trained on what people watched.";
pub(crate) const RANKER_HEADS: [&str; 3] = ["Ranked by", "NDCG@10", "95 % interval"];

pub(crate) fn measured_on(n_users: usize) -> String {
    format!("Lists of 20 for {}", counted(n_users, "held-out reader", "held-out readers"))
}

/// What ranked a list: see [`crate::manifest::MeasuredRanker`].
pub(crate) fn ranker(name: &str) -> String {
    let family = families::find(&FamilyName(name.to_owned())).map(|it| it.card.title);
    let (form, share) = name.split_once(' ').unwrap_or((name, ""));
    let form = if form == "llm_tuned" { "this model, tuned" } else { "this model" };
    match (family, share) {
        (Some(title), _) => title.to_owned(),
        (None, "raw") => format!("{form}, not calibrated"),
        (None, "half") => format!("{form}, half calibrated"),
        (None, "full") => format!("{form}, fully calibrated"),
        (None, _) => "chance".to_owned(),
    }
}

pub(crate) fn ndcg(value: f32) -> String {
    format!("{value:.3}")
}

pub(crate) fn ndcg_interval(low: f32, high: f32) -> String {
    format!("{low:.3} to {high:.3}")
}

pub(crate) const WORDING: &str = "The prompt";
pub(crate) const WORDING_LEAD: &str = "Change a word and rank again. score = log p(title given \
     your films) − α · log p(title alone): the first text is the prompt with your films, the \
     second the one without, and α is the calibration.";
pub(crate) const WORDING_RESET: &str = "Reset";
pub(crate) const CANDIDATES_OF: &str = "Candidates from";
pub(crate) const N_CANDIDATES: &str = "How many";
pub(crate) const CALIBRATION: &str = "Calibration";
pub(crate) const ORDERS: &str = "Name them in the prompt";
pub(crate) const WITH_HISTORY: &str = "With your films";
pub(crate) const WITHOUT_HISTORY: &str = "Without them";

pub(crate) const RANKING: &str = "Its ranking";
pub(crate) const RANKING_LEAD: &str = "Log-probabilities in nats: one nat less is 2.7 times less \
     likely. Step through your films to see what each changes; every step is a run of the model.";
pub(crate) const NO_PICKS_YET: &str = "Add a film: the prompt lists your history.";
pub(crate) const CANDIDATES_COMING: &str = "Ranking the candidates…";
pub(crate) const NO_MODEL_YET: &str = "Fetch the model first.";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const READING: &str = "Reading…";
pub(crate) const BIASES: &str = "What moved it besides your taste";

pub(crate) const NAMED: &str = "Films it names itself";
pub(crate) const NAMED_PICK: &str = "in your history";
pub(crate) const NAME_FILMS: &str = "Name five films";

pub(crate) fn orders(n: usize) -> String {
    match n {
        0 => "no".to_owned(),
        1 => "in one shuffled order".to_owned(),
        n => format!("in {n} orders, averaged"),
    }
}

pub(crate) const MODEL_FORM: &str = "Model";
pub(crate) const MODEL: &str = "A language model";

pub(crate) fn model_form(is_adapted: bool) -> &'static str {
    if is_adapted { "tuned on histories" } else { "as released" }
}

pub(crate) fn calibration(share: f32) -> String {
    match share {
        share if share < 0.25 => "none".to_owned(),
        share if share < 0.75 => "half".to_owned(),
        _ => "full".to_owned(),
    }
}

pub(crate) fn rank_candidates(n: usize) -> String {
    format!("Rank {}", counted(n, "film", "films"))
}

/// A log-probability.
pub(crate) fn nats(log_prob: f32) -> String {
    figures::plain(log_prob, 1)
}

/// A rank correlation.
fn correlation(tau: f32) -> String {
    figures::plain(tau, 2)
}

pub(crate) fn popularity_bias(bias: PopularityBias, share: f32) -> String {
    let calibrated = if share > 0.0 {
        format!("; calibrated as set, {}", correlation(bias.scored))
    } else {
        String::new()
    };
    format!(
        "Popularity: how far a title's likelihood follows its number of ratings, Kendall's τ {}{calibrated}. 0 would be no bias.",
        correlation(bias.raw)
    )
}

pub(crate) fn position_bias(bias: PositionBias) -> String {
    let nats = |it: f32| figures::signed(it, 2);
    format!(
        "Position: named in the first third of the list a title gains {} nats, in the last third {}. Two orders agree with τ {} on the same films; 1 would be no bias.",
        nats(bias.first_third),
        nats(bias.last_third),
        correlation(bias.agreement)
    )
}

pub(crate) fn failure(error: &PromptError) -> String {
    match error {
        PromptError::Engine(error) => format!("The model did not answer: {error}."),
        PromptError::TooLong { n_tokens, most } => format!(
            "This prompt has {} tokens with a title; the model reads {} at most. Shorten it, or name fewer candidates.",
            grouped(*n_tokens),
            grouped(*most)
        ),
        PromptError::Empty => "The prompt is empty: write one, or reset it.".to_owned(),
        PromptError::NoCandidates => NO_PICKS_YET.to_owned(),
    }
}

pub(crate) fn named_lead(n_items: usize) -> String {
    format!(
        "It continues the first text, and may only write one of the {} titles of the catalogue. \
         Beam search finds the five likeliest, following five at a time.",
        grouped(n_items)
    )
}

pub(crate) fn naming(n_tokens: usize) -> String {
    format!("{} so far…", counted(n_tokens, "token", "tokens"))
}

pub(crate) fn effort(effort: Effort) -> String {
    let Effort { n_prompt_tokens, prompt_millis, n_title_tokens, title_millis } = effort;
    let speed = |n: usize, millis: f64| if millis > 0.0 { n as f64 * 1000.0 / millis } else { 0.0 };
    format!(
        "prompt {} tokens, {} ({:.0}/s) · titles {} tokens, {} ({:.0}/s)",
        grouped(n_prompt_tokens),
        millis(prompt_millis),
        speed(n_prompt_tokens, prompt_millis),
        grouped(n_title_tokens),
        millis(title_millis),
        speed(n_title_tokens, title_millis)
    )
}
