//! Both networks round by round: what one draws, and what the other makes of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::families::inspect::walk::{Walk, walks};
use crate::families::inspect::{Inspect, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, graph};
use crate::history::History;
use crate::recommend::{kendall_tau, rank, rank_of};

/// Sets both networks beside each other.
#[derive(Debug)]
pub struct Irgan;

const GENERATOR: &str = "generator";
const DISCRIMINATOR: &str = "discriminator";

/// How many films are shown of each round.
const TOP: usize = 10;
/// Both are asked for their order of all films among either one's so many best.
const COMPARED: usize = 50;

/// Both networks before the rounds and after each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub rounds: Vec<Round>,
    /// Every film that is among the generator's ten best before the rounds or after one, with its ranks.
    pub films: Vec<Walk>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// The generator's best unseen films, best first.
    pub films: Vec<Drawn>,
    /// Of the first films of the round before, those that are no longer among the first, each
    /// with its rank now.
    pub left: Vec<(ItemRow, usize)>,
    /// How many of the first films were so before the rounds.
    pub n_kept: usize,
    /// The generator's probability of all the first films together.
    pub share: f32,
    /// Kendall's τ-b between both networks, over the films in either one's first 50.
    pub agreement: f32,
    pub n_compared: usize,
}

/// A film as both networks see it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    pub item: ItemRow,
    /// How often the generator draws it, of all films.
    pub share: f32,
    /// Its rank in the round before; `None` before the rounds.
    pub rank_before: Option<usize>,
    /// How sure the discriminator is that it is a real pick, 0 to 1.
    pub taken_for_real: f32,
    /// Where it stands among the unseen films in the discriminator's eyes.
    pub rank_by_discriminator: usize,
}

impl Inspect for Irgan {
    const FORM: &'static str = "irgan";
    type Probe = ();
    type Shown = Shown;

    fn next_run(
        family: &dyn Family,
        question: &Question<'_, ()>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let inputs = || vec![graph::input(std::slice::from_ref(question.picks))];
        let run = || GraphRun {
            of: family.card().name,
            inputs: inputs(),
            outputs: vec![GENERATOR, DISCRIMINATOR],
        };
        Ok(given.is_empty().then(run))
    }

    fn read(
        _family: &dyn Family,
        question: &Question<'_, ()>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let outputs = given.first().ok_or_else(|| wrong(GENERATOR))?;
        let generated = by_round(outputs, GENERATOR, question.n_items)?;
        let judged = by_round(outputs, DISCRIMINATOR, question.n_items)?;
        let mut rounds: Vec<Round> = Vec::with_capacity(generated.len());
        for (at, (&scores, &verdicts)) in generated.iter().zip(&judged).enumerate() {
            let before = at.checked_sub(1).and_then(|at| Some((generated[at], rounds.get(at)?)));
            let first = rounds.first();
            rounds.push(round(question.history, scores, verdicts, before, first)?);
        }
        let films = walks(&generated, question.history, TOP)?;
        Ok(Shown { rounds, films })
    }
}

/// One row of `n_items` scores before the rounds and after each.
fn by_round<'a>(
    outputs: &'a GraphOutputs,
    name: &str,
    n_items: usize,
) -> Result<Vec<&'a [f32]>, FamilyError> {
    let tensor = outputs.get(name).ok_or_else(|| wrong(name))?;
    let n_rounds = tensor.shape.get(1).copied().unwrap_or(0);
    let scores = tensor.floats(&[1, n_rounds, n_items]).ok_or_else(|| wrong(name))?;
    Ok(scores.chunks_exact(n_items.max(1)).collect())
}

/// `before`: the generator's scores in the round before, and what was made of them.
fn round(
    history: &History,
    scores: &[f32],
    verdicts: &[f32],
    before: Option<(&[f32], &Round)>,
    first: Option<&Round>,
) -> Result<Round, FamilyError> {
    let n_items = scores.len();
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|score| (score - largest).exp()).sum();
    let mut films = Vec::with_capacity(TOP);
    for film in rank(scores, n_items, history, TOP)? {
        let rank_before =
            before.map(|(scores, _)| rank_of(scores, film.item, history)).transpose()?;
        films.push(Drawn {
            item: film.item,
            share: (film.score - largest).exp() / total,
            rank_before,
            taken_for_real: 1.0 / (1.0 + (-verdicts[film.item.index()]).exp()),
            rank_by_discriminator: rank_of(verdicts, film.item, history)?,
        });
    }
    let has = |films: &[Drawn], item: ItemRow| films.iter().any(|it| it.item == item);
    let mut left = Vec::new();
    for film in before.map_or(&[][..], |(_, round)| &round.films) {
        if !has(&films, film.item) {
            left.push((film.item, rank_of(scores, film.item, history)?));
        }
    }
    let n_kept = first.map_or(films.len(), |first| {
        films.iter().filter(|film| has(&first.films, film.item)).count()
    });

    let mut compared: BTreeSet<ItemRow> = BTreeSet::new();
    for scores in [scores, verdicts] {
        compared.extend(rank(scores, n_items, history, COMPARED)?.iter().map(|it| it.item));
    }
    let of = |scores: &[f32]| compared.iter().map(|it| scores[it.index()]).collect::<Vec<f32>>();
    Ok(Round {
        share: films.iter().map(|it| it.share).sum(),
        films,
        left,
        n_kept,
        agreement: kendall_tau(&of(scores), &of(verdicts)),
        n_compared: compared.len(),
    })
}

fn wrong(output: &str) -> FamilyError {
    FamilyError::WrongOutput { output: output.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::Tensor;
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read as read_manifest};

    const N_ITEMS: usize = 13;

    /// Row 0 is picked; of the twelve others ten are shown.
    fn rounds(generator: Vec<f32>, discriminator: Vec<f32>) -> Result<Shown, FamilyError> {
        let picks: History = [ItemRow(0)].into_iter().collect();
        let question = Question { picks: &picks, history: &picks, probe: &(), n_items: N_ITEMS };
        let family = opened("sasrec", &read_manifest(&made_up()).unwrap());
        let run = Irgan::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(run.inputs, [("history", Tensor::i32([1, 1], vec![1]))]);
        let shape = |numbers: &[f32]| [1, numbers.len() / N_ITEMS, N_ITEMS];
        let given = GraphOutputs::from([
            (GENERATOR.to_owned(), Tensor::f32(shape(&generator), generator)),
            (DISCRIMINATOR.to_owned(), Tensor::f32(shape(&discriminator), discriminator)),
        ]);
        assert_eq!(
            Irgan::next_run(family.as_ref(), &question, std::slice::from_ref(&given)).unwrap(),
            None
        );
        Irgan::read(family.as_ref(), &question, vec![given])
    }

    /// Row 1 the best and row 12 the worst, but row 12 second in the second round.
    fn two_rounds() -> (Vec<f32>, Vec<f32>) {
        let falling: Vec<f32> = (0..N_ITEMS).map(|row| -(row as f32)).collect();
        let mut second = falling.clone();
        second[12] = -1.5;
        let rising: Vec<f32> = falling.iter().map(|it| -it).collect();
        ([falling.clone(), second].concat(), [rising, falling].concat())
    }

    #[test]
    fn each_round_is_set_beside_the_one_before_and_the_discriminator() {
        let (generator, discriminator) = two_rounds();
        let Shown { rounds, films } = rounds(generator, discriminator).unwrap();
        assert_eq!(films.len(), 11);
        assert_eq!((films[9].item, &films[9].ranks), (ItemRow(10), &vec![10, 11]));
        assert_eq!((films[10].item, &films[10].ranks), (ItemRow(12), &vec![12, 2]));
        let items = |at: usize| rounds[at].films.iter().map(|it| it.item.0).collect::<Vec<_>>();
        assert_eq!(items(0), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(items(1), [1, 12, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!((rounds[0].n_kept, rounds[1].n_kept), (10, 9));
        assert_eq!(
            (rounds[0].left.clone(), rounds[1].left.clone()),
            (vec![], vec![(ItemRow(10), 11)])
        );
        assert_eq!(rounds[0].films[0].rank_before, None);
        assert_eq!(rounds[1].films[1].rank_before, Some(12));
        assert_eq!(rounds[0].films[0].rank_by_discriminator, 12);
        assert!((rounds[0].films[0].taken_for_real - 0.731_058_6).abs() < 1e-6);
        assert_eq!((rounds[0].n_compared, rounds[0].agreement), (12, -1.0));
        assert!(rounds[1].agreement > 0.6, "{}", rounds[1].agreement);
        // Row 0, the pick, has 1 − 1/e of it all.
        assert!((rounds[0].share - (-1.0_f32).exp()).abs() < 1e-3, "{}", rounds[0].share);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let (generator, mut discriminator) = two_rounds();
        discriminator.pop();
        assert!(rounds(generator, discriminator).is_err());
    }
}
