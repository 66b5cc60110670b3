//! Which two latent dimensions are the plane: what is tried for it, and what comes of that.

use super::Shift;
use super::inspect::{Dimension, N_STRONGEST, REACH, scores, shown};
use crate::catalog::ItemRow;
use crate::families::inspect::Question;
use crate::families::{FamilyError, GraphOutputs};
use crate::recommend;

/// How far which dimensions are pushed.
pub(super) type Moves = Vec<(u32, f32)>;

/// Their own place, where they were pushed, the ends of every dimension shown, and the corners of the planes of each two of
/// the strongest.
pub(super) fn tries(dimensions: &[Dimension], question: &Question<'_, Shift>) -> Vec<Moves> {
    let mut rows = vec![vec![], question.probe.moves().to_vec()];
    for dimension in shown(dimensions, question) {
        rows.extend([vec![(dimension, -REACH)], vec![(dimension, REACH)]]);
    }
    for (one, other) in pairs() {
        let [one, other] = [one, other].map(|at| dimensions[at].number);
        let corner = |(x, y): (f32, f32)| vec![(one, x * REACH), (other, y * REACH)];
        rows.extend(CORNERS.map(corner));
    }
    rows
}

const CORNERS: [(f32, f32); 4] = [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)];

/// Each two of the strongest, by their places among them, the strongest first.
fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..N_STRONGEST).flat_map(|one| (one + 1..N_STRONGEST).map(move |other| (one, other)))
}

/// The two dimensions of the plane: those of the strongest along which most different films come first, unless others are
/// pushed.
pub(super) fn axes(
    dimensions: &[Dimension],
    question: &Question<'_, Shift>,
    tried: &GraphOutputs,
) -> Result<[u32; 2], FamilyError> {
    let rows = tries(dimensions, question).len();
    let first = |scores: &&[f32]| -> Result<Option<ItemRow>, FamilyError> {
        let list = recommend::rank(scores, question.n_items, question.history, 1)?;
        Ok(list.first().map(|it| it.item))
    };
    let firsts = scores(tried, rows, question.n_items)?;
    let firsts = firsts.iter().map(first).collect::<Result<Vec<_>, _>>()?;
    let corners = rows - CORNERS.len() * pairs().count();
    let mut best = (f32::NEG_INFINITY, (0, 1));
    for (at, (one, other)) in pairs().enumerate() {
        let [one_at, other_at] = [one, other].map(|it| 2 + 2 * it);
        let [low, left] = [one_at, other_at].map(|it| &firsts[it..it + 2]);
        let corner = corners + CORNERS.len() * at;
        let around = [&firsts[..1], low, left, &firsts[corner..corner + CORNERS.len()]].concat();
        let varied = variety(&around);
        if varied > best.0 {
            best = (varied, (one, other));
        }
    }
    let usual = [best.1.0, best.1.1].map(|at| dimensions[at].number);
    let is_pushed = |number: u32| question.probe.of(number) != 0.0;
    let mut pushed = dimensions.iter().map(|it| it.number).filter(|it| is_pushed(*it));
    let axes = match (pushed.next(), pushed.next()) {
        (Some(one), None) if !usual.contains(&one) => [usual[0], one],
        (Some(one), Some(other)) => [one, other],
        _ => usual,
    };
    // The stronger one leads to the right.
    let place = |number: u32| dimensions.iter().position(|it| it.number == number);
    Ok(if place(axes[0]) <= place(axes[1]) { axes } else { [axes[1], axes[0]] })
}

/// How evenly `firsts` are spread over different films: their entropy.
fn variety(firsts: &[Option<ItemRow>]) -> f32 {
    let share = |it: &Option<ItemRow>| {
        firsts.iter().filter(|other| *other == it).count() as f32 / firsts.len() as f32
    };
    -firsts.iter().map(|it| share(it).ln()).sum::<f32>() / firsts.len() as f32
}

#[cfg(test)]
mod tests {
    use super::super::inspect::dimensions;
    use super::super::inspect::tests::{decoded, encoded};
    use super::*;
    use crate::history::History;

    #[test]
    fn the_plane_is_of_the_two_strong_dimensions_along_which_most_films_come_first() {
        let picks: History = [2].into_iter().map(ItemRow).collect();
        let axes_of = |probe: &Shift, leads: [(usize, usize); 3]| {
            let question = Question { picks: &picks, history: &picks, probe, n_items: 5 };
            let dimensions = dimensions(&encoded()).unwrap();
            let mut scores = vec![[0.5, 0.0, 0.9, 0.0, 0.0]; tries(&dimensions, &question).len()];
            for (row, film) in leads {
                scores[row][film] = 1.0;
            }
            axes(&dimensions, &question, &decoded(&scores)).unwrap()
        };
        let as_it_is = Shift::default();
        // Rows 4 and 5 are the ends of dimension 5, 8 and 9 those of the fourth strongest, which is number 1.
        assert_eq!(axes_of(&as_it_is, [(4, 1), (5, 3), (8, 4)]), [5, 1]);
        assert_eq!(axes_of(&as_it_is, [(4, 0), (5, 0), (8, 0)]), [3, 5], "nothing changes");
        assert_eq!(axes_of(&as_it_is.with(1, 1.0), [(4, 1), (5, 3), (8, 4)]), [5, 1]);
        let ends = [(4, 1), (5, 3), (8, 4)];
        assert_eq!(axes_of(&as_it_is.with(100, 1.0), ends), [5, 100], "what is pushed is on it");
        assert_eq!(axes_of(&as_it_is.with(100, 1.0).with(0, 1.0), ends), [0, 100]);
    }
}
