//! The list by some modalities alone, what each adds to a score, and the films nearest by each.

use serde::{Deserialize, Serialize};

use super::{Modality, Switches, WITHOUT};
use crate::catalog::ItemRow;
use crate::families::inspect::walk::{Walk, walks};
use crate::families::inspect::{Inspect, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Tensor, graph};
use crate::history::History;
use crate::recommend::{self, Recommendation};

/// Switches modalities off.
#[derive(Debug)]
pub struct Multimodal;

const PARTS: &str = "parts";
const ALIKE: &str = "alike";
const N_MODALITIES: usize = Modality::ALL.len();
/// What a score is the sum of: the modalities, and popularity.
const N_PARTS: usize = N_MODALITIES + 1;
/// Below every cosine: one of the two films lacks the modality.
const LACKED: f32 = -1.5;
const TOP: usize = 10;
/// Ranks of the list with all modalities that a film can be said to come from.
const N_BEFORE: usize = 50;
/// Of so many of the newest picks the nearest films are shown.
const N_PICKS: usize = 8;
const N_NEAREST: usize = 5;

/// The list by what is switched on, beside the list by all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What was asked: `list` is with these off.
    pub switches: Switches,
    /// The list with all modalities, best first.
    pub before: Vec<ItemRow>,
    /// Best first.
    pub list: Vec<Parted>,
    /// The films of the first ten of either, at their ranks with all modalities and by the switches.
    pub walks: Vec<Walk>,
    /// How many of the first ten stay without each modality alone, in the order of
    /// [`Modality::ALL`].
    pub n_kept: [usize; N_MODALITIES],
    /// The newest picks, oldest first.
    pub picks: Vec<Near>,
    /// The films of `list`.
    pub listed: Vec<Near>,
}

/// A film of the list, and what its score is the sum of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parted {
    pub film: Recommendation,
    /// One per modality, in the order of [`Modality::ALL`]; 0 where it is off or lacking.
    pub by_modality: [f32; N_MODALITIES],
    /// What the film has whoever asks: its popularity; 0 where behaviour is off.
    pub start: f32,
}

/// The films nearest to a film by each modality, switched on or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    pub item: ItemRow,
    /// In the order of [`Modality::ALL`], nearest first; `None` where the film lacks it.
    pub by_modality: [Option<Vec<Neighbour>>; N_MODALITIES],
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    pub item: ItemRow,
    /// Of the two films' vectors in the shared space, −1 to 1.
    pub cosine: f32,
}

impl Inspect for Multimodal {
    const FORM: &'static str = "multimodal";
    type Probe = Switches;
    type Shown = Shown;

    /// First the lists: with all, without each alone, and by the switches; then the parts of the
    /// last; then the newest picks and the films of the list, each as a history of its own, for the films nearest to it.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Switches>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let asked = |batch: &[History], switches: &[Switches], output| {
            let numbers: Vec<f32> = switches.iter().flat_map(|it| it.numbers()).collect();
            let without = Tensor::f32([switches.len(), N_MODALITIES], numbers);
            let inputs = vec![graph::input(batch), (WITHOUT, without)];
            Ok(Some(GraphRun { of: family.card().name, inputs, outputs: vec![output] }))
        };
        match given.len() {
            0 => {
                let switches = switches(*question.probe);
                asked(&vec![question.picks.clone(); switches.len()], &switches, graph::SCORES)
            }
            1 => asked(std::slice::from_ref(question.picks), &[*question.probe], PARTS),
            2 => {
                let first = given.first().ok_or_else(|| wrong(graph::SCORES))?;
                let films = newest(question.picks).chain(listed(question, first)?);
                let batch: Vec<History> = films.map(|it| [it].into_iter().collect()).collect();
                if batch.is_empty() {
                    return Ok(None);
                }
                asked(&batch, &vec![Switches::default(); batch.len()], ALIKE)
            }
            _ => Ok(None),
        }
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, Switches>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let n_items = question.n_items;
        let mut given = given.into_iter();
        let batch = vec![question.picks.clone(); switches(*question.probe).len()];
        let outputs = given.next().ok_or_else(|| wrong(graph::SCORES))?;
        let scores = family.scores(&batch, vec![outputs])?.scores;
        let rank = |scores: &[f32], top| recommend::rank(scores, n_items, question.history, top);
        let [all, each @ .., by_switches] = scores.as_slice() else {
            return Err(wrong(graph::SCORES));
        };
        let before = rank(all, N_BEFORE)?;
        let first = &before[..TOP.min(before.len())];
        let mut n_kept = [0; N_MODALITIES];
        for (n, scores) in n_kept.iter_mut().zip(each) {
            let list = rank(scores, TOP)?;
            *n = first.iter().filter(|it| list.iter().any(|of| of.item == it.item)).count();
        }

        let outputs = given.next().and_then(|mut it| it.remove(PARTS));
        let outputs = outputs.ok_or_else(|| wrong(PARTS))?;
        let parts = outputs.floats(&[1, N_PARTS, n_items]).ok_or_else(|| wrong(PARTS))?;
        let part = |of: usize, item: ItemRow| {
            parts.get(of * n_items + item.index()).copied().unwrap_or_default()
        };
        let list = rank(by_switches, TOP)?.into_iter().map(|film| Parted {
            by_modality: Modality::ALL.map(|it| part(it as usize, film.item)),
            start: part(N_MODALITIES, film.item),
            film,
        });
        let list: Vec<Parted> = list.collect();

        let picks: Vec<ItemRow> = newest(question.picks).collect();
        let films: Vec<ItemRow> =
            picks.iter().copied().chain(list.iter().map(|it| it.film.item)).collect();
        let mut near = Vec::with_capacity(films.len());
        if !films.is_empty() {
            let outputs = given.next().and_then(|mut it| it.remove(ALIKE));
            let outputs = outputs.ok_or_else(|| wrong(ALIKE))?;
            let alike = outputs.floats(&[films.len(), N_MODALITIES, n_items]);
            let alike = alike.ok_or_else(|| wrong(ALIKE))?;
            let of_films = alike.chunks_exact((N_MODALITIES * n_items).max(1));
            for (&item, cosines) in films.iter().zip(of_films) {
                let mut by_modality = [const { None }; N_MODALITIES];
                for (nearest, cosines) in
                    by_modality.iter_mut().zip(cosines.chunks_exact(n_items.max(1)))
                {
                    *nearest = nearest_to(item, cosines)?;
                }
                near.push(Near { item, by_modality });
            }
        }
        let listed = near.split_off(picks.len().min(near.len()));
        Ok(Shown {
            switches: *question.probe,
            walks: walks(&[all.as_slice(), by_switches.as_slice()], question.history, TOP)?,
            before: before.into_iter().map(|it| it.item).collect(),
            list,
            n_kept,
            picks: near,
            listed,
        })
    }
}

fn wrong(output: &str) -> FamilyError {
    FamilyError::WrongOutput { output: output.to_owned() }
}

/// The films of the list by the switches, of what the first run gave.
fn listed(
    question: &Question<'_, Switches>,
    lists: &GraphOutputs,
) -> Result<Vec<ItemRow>, FamilyError> {
    let (n, n_items) = (switches(*question.probe).len(), question.n_items);
    let scores = lists.get(graph::SCORES).and_then(|it| it.floats(&[n, n_items]));
    let by_switches = &scores.ok_or_else(|| wrong(graph::SCORES))?[(n - 1) * n_items..];
    let list = recommend::rank(by_switches, n_items, question.history, TOP)?;
    Ok(list.into_iter().map(|it| it.item).collect())
}

/// What the lists are asked with: nothing off, each modality off alone, what is off now.
fn switches(now: Switches) -> Vec<Switches> {
    let each = Modality::ALL.map(Switches::without);
    [Switches::default()].into_iter().chain(each).chain([now]).collect()
}

/// The newest picks, oldest first.
fn newest(picks: &History) -> impl Iterator<Item = ItemRow> {
    picks.iter().skip(picks.len().saturating_sub(N_PICKS))
}

/// The films with the highest cosines; `None` where the film lacks the modality.
fn nearest_to(film: ItemRow, cosines: &[f32]) -> Result<Option<Vec<Neighbour>>, FamilyError> {
    if cosines.get(film.index()).is_none_or(|own| *own < LACKED) {
        return Ok(None);
    }
    let itself: History = [film].into_iter().collect();
    let best = recommend::rank(cosines, cosines.len(), &itself, N_NEAREST)?;
    let has_it = best.into_iter().filter(|it| it.score > LACKED);
    Ok(Some(has_it.map(|it| Neighbour { item: it.item, cosine: it.score }).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::Numbers;
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read as read_manifest};

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    fn output(name: &str, tensor: Tensor) -> GraphOutputs {
        GraphOutputs::from([(name.to_owned(), tensor)])
    }

    #[test]
    fn lists_are_asked_with_all_without_each_and_by_the_switches() {
        let picks = history(&[2, 0]);
        let probe = Switches::without(Modality::Sound).with(Modality::Look, false);
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 3 };
        let family = opened("sasrec", &read_manifest(&made_up()).unwrap());
        let lists = Multimodal::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(lists.outputs, ["scores"]);
        let Numbers::F32(without) = &lists.inputs[1].1.numbers else { panic!("no floats") };
        let rows: Vec<&[f32]> = without.chunks_exact(4).collect();
        assert_eq!(rows.len(), 6);
        assert_eq!((rows[0], rows[1]), (&[0.0; 4][..], &[1.0, 0.0, 0.0, 0.0][..]));
        assert_eq!((rows[4], rows[5]), (&[0.0, 0.0, 0.0, 1.0][..], &[0.0, 1.0, 1.0, 0.0][..]));

        let rows = Tensor::f32([6, 3], vec![0.5; 18]);
        let given = [output("scores", rows), GraphOutputs::new()];
        let parts = Multimodal::next_run(family.as_ref(), &question, &given[..1]).unwrap().unwrap();
        assert_eq!((parts.n_rows(), parts.outputs), (1, vec!["parts"]));
        assert_eq!(parts.inputs[1].1, Tensor::f32([1, 4], vec![0.0, 1.0, 1.0, 0.0]));
        let alike = Multimodal::next_run(family.as_ref(), &question, &given).unwrap().unwrap();
        // Each pick alone, then the films of the list: what is near to a film does not depend on others.
        assert_eq!(alike.inputs[0], ("history", Tensor::i32([3, 1], vec![3, 1, 2])));
        assert_eq!(alike.outputs, ["alike"]);
    }

    #[test]
    fn what_is_shown_is_read_off_the_runs() {
        let picks = history(&[2]);
        let probe = Switches::without(Modality::Text);
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 3 };
        let all = [0.9, 0.5, 0.0];
        let by_switches = [0.25, 0.75, 0.0];
        let rows = [all, all, by_switches, all, all, by_switches].concat();
        let mut parts = vec![0.0; N_PARTS * 3];
        parts[3..6].copy_from_slice(&[0.125, 0.5, 0.0]); // sound
        parts[12..15].copy_from_slice(&[0.125, 0.25, 0.0]); // popularity
        let alike = [[0.5, 0.25, 1.0], [-2.0, -2.0, -2.0], [-2.0, 0.75, 1.0], [0.1, 0.2, 1.0]];
        let of_list = [[-2.0; 3]; 4];
        let given = vec![
            output("scores", Tensor::f32([6, 3], rows)),
            output("parts", Tensor::f32([1, N_PARTS, 3], parts)),
            output("alike", Tensor::f32([3, 4, 3], [alike, of_list, of_list].concat().concat())),
        ];
        let family = opened("sasrec", &read_manifest(&made_up()).unwrap());
        assert_eq!(Multimodal::next_run(family.as_ref(), &question, &given).unwrap(), None);
        let shown = Multimodal::read(family.as_ref(), &question, given).unwrap();
        assert_eq!(shown.before, [0, 1].map(ItemRow));
        // Only two films are unseen, so all of them stay in ten.
        assert_eq!(shown.n_kept, [2; 4]);
        assert_eq!(shown.list[0].film.item, ItemRow(1));
        assert_eq!(shown.list[0].by_modality, [0.0, 0.5, 0.0, 0.0]);
        assert_eq!(shown.list[0].start, 0.25);
        let near = &shown.picks[0];
        let rows = |at: usize| -> Option<Vec<(u32, f32)>> {
            let nearest = near.by_modality[at].as_ref()?;
            Some(nearest.iter().map(|it| (it.item.0, it.cosine)).collect())
        };
        assert_eq!((near.item, shown.picks.len()), (ItemRow(2), 1));
        assert_eq!(shown.listed.iter().map(|it| it.item.0).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(shown.listed[0].by_modality, [None, None, None, None]);
        let walks: Vec<_> = shown.walks.iter().map(|it| (it.item.0, it.ranks.clone())).collect();
        assert_eq!(walks, [(0, vec![1, 2]), (1, vec![2, 1])]);
        assert_eq!(shown.switches, probe);
        assert_eq!(rows(0), Some(vec![(0, 0.5), (1, 0.25)]));
        assert_eq!(rows(1), None, "the pick has no sound");
        assert_eq!(rows(2), Some(vec![(1, 0.75)]), "film 0 has no look");
    }

    #[test]
    fn outputs_of_another_shape_are_told() {
        let picks = history(&[2]);
        let probe = Switches::default();
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 3 };
        let family = opened("sasrec", &read_manifest(&made_up()).unwrap());
        let given = vec![
            output("scores", Tensor::f32([6, 3], vec![0.0; 18])),
            output("parts", Tensor::f32([1, 4, 3], vec![0.0; 12])),
        ];
        let got = Multimodal::read(family.as_ref(), &question, given);
        assert!(matches!(got, Err(FamilyError::WrongOutput { output }) if output == "parts"));
    }

    #[test]
    fn a_long_history_shows_its_newest_picks() {
        let picks: History = (0..20).map(ItemRow).collect();
        let newest: Vec<u32> = newest(&picks).map(|it| it.0).collect();
        assert_eq!(newest, (12..20).collect::<Vec<_>>());
    }
}
