//! Picks in the order in which explanations name them.

use glassrec_core::explain::{Explainer, Orders, most_important_first};
use glassrec_core::history::History;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A recommendation, scored with every pick and without each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scored {
    history: History,
    /// With every pick.
    score: f32,
    /// With each pick alone left out, one per pick.
    without: Vec<f32>,
    /// Where the model looked, one per pick.
    attention: Option<Vec<f32>>,
    /// Exact summands of the score, one per pick.
    contributions: Option<Vec<f32>>,
}

impl Scored {
    /// Rows by explainer, the most important first.
    pub(super) fn orders(self) -> Value {
        let Self { history, score, without, attention, contributions } = self;
        let drops = without.iter().map(|without| score - without).collect();
        let orders = Orders { attention, contributions };
        let named = most_important_first(&history, drops, orders);
        let named = named.into_iter().map(|(who, picks)| (name(who).to_owned(), json!(picks)));
        json!({ "orders": named.collect::<Map<String, Value>>() })
    }
}

fn name(explainer: Explainer) -> &'static str {
    match explainer {
        Explainer::LeaveOneOut => "leave_one_out",
        Explainer::Contributions => "contributions",
        Explainer::Attention => "attention",
        Explainer::MostRecent => "most_recent",
        Explainer::Random => "random",
    }
}
