//! The list, its reasons and their test as tables.

use reactive_graph::traits::GetUntracked;

use super::state::RecommendState;
use crate::catalog::Catalogue;
use crate::engine::protocol::{Explanation, ExplanationTest};
use crate::explain::Explainer;
use crate::state::shell::Shell;
use crate::ui::table::Table;

pub(super) fn tables(shell: Shell) -> Vec<Table> {
    let state = shell.get::<RecommendState>();
    let catalogue = shell.site.catalogue();
    let mut tables = Vec::new();
    if let Some(shown) = state.shown().get_untracked() {
        tables.push(Table::ranked("list", &catalogue, &shown.list()));
    }
    if let Some(explained) = state.explained().good_untracked() {
        tables.extend(of_reasons(&catalogue, &explained.answer.explanation));
    }
    if let Some(tested) = state.tested().good_untracked() {
        tables.push(of_test(&catalogue, &tested.answer.test));
    }
    tables
}

/// What each film does, and the films without which the film leaves the first ten.
pub(super) fn of_reasons(catalogue: &Catalogue, why: &Explanation) -> [Table; 2] {
    let mut reasons = Table::new(format!("why {}", catalogue.title(why.item)));
    for (at, it) in why.influence.iter().enumerate() {
        reasons.row().film(catalogue, it.pick);
        if let Some(parts) = &why.contributions {
            reasons.real_if("part", parts.picks.get(at).copied());
        }
        reasons.real("score_lost", it.score_drop).int("rank_without", it.rank_without);
        if let Some(attention) = &why.attention {
            reasons.real_if("attention", attention.weights.get(at).copied());
        }
    }
    if let Some(parts) = &why.contributions {
        reasons.row().text("title", "its popularity").real("part", parts.start);
    }
    let mut without = Table::new("without these it leaves the first ten");
    if let Some(set) = &why.counterfactual {
        for &item in &set.removed {
            without.row().film(catalogue, item).int("rank_after", set.rank_after);
        }
    }
    [reasons, without]
}

fn of_test(catalogue: &Catalogue, test: &ExplanationTest) -> Table {
    let title = catalogue.title(test.item);
    let mut ranks = Table::new(format!("ranks of {title} without picks"));
    for trial in &test.trials {
        for (at, after) in trial.after.iter().enumerate() {
            ranks.row().text("named_by", format!("{:?}", trial.explainer)).int("left_out", at + 1);
            if trial.explainer != Explainer::Random
                && let Some(&last) = trial.named.get(at)
            {
                ranks.text("last_left_out", catalogue.title(last));
            }
            ranks.int("rank", after.rank).int("draws_in_first_ten", after.n_kept);
        }
    }
    ranks
}
