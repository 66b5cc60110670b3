//! Films on their way through a model's steps: where each ranks at every one of them.

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::history::History;
use crate::recommend::{self, RankError};

/// A film on its way through the steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Walk {
    pub item: ItemRow,
    /// Its rank at each step.
    pub ranks: Vec<usize>,
}

/// The films that are among the `top` best unseen ones at a step, those of the first step first. `steps` are the scores
/// of all films at each.
pub(in crate::families) fn walks(
    steps: &[&[f32]],
    history: &History,
    top: usize,
) -> Result<Vec<Walk>, RankError> {
    let mut items: Vec<ItemRow> = Vec::new();
    for scores in steps {
        for film in recommend::rank(scores, scores.len(), history, top)? {
            if !items.contains(&film.item) {
                items.push(film.item);
            }
        }
    }
    let walk = |item| Ok(Walk { item, ranks: ranks(steps, item, history)? });
    items.into_iter().map(walk).collect()
}

/// Where `item` ranks at each step.
pub(in crate::families) fn ranks(
    steps: &[&[f32]],
    item: ItemRow,
    history: &History,
) -> Result<Vec<usize>, RankError> {
    steps.iter().map(|scores| recommend::rank_of(scores, item, history)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_of_any_steps_list_are_followed_through_all_steps() {
        let history: History = [ItemRow(3)].into_iter().collect();
        let steps = [&[0.3, 0.2, 0.1, 0.9][..], &[0.1, 0.3, 0.2, 0.9]];
        let got = walks(&steps, &history, 1).unwrap();
        let walk = |item, ranks: [usize; 2]| Walk { item: ItemRow(item), ranks: ranks.to_vec() };
        assert_eq!(got, [walk(0, [1, 3]), walk(1, [2, 1])]);
    }
}
