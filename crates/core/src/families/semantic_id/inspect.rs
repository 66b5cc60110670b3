//! The tree of codes along one path, and what beams of several widths keep of it.

use std::any::Any;

use serde::{Deserialize, Serialize};

use super::Speller;
use super::beam::{BEAM_OUTPUTS, Beam, Group, N_LEVELS, Spelt};
use crate::catalog::ItemRow;
use crate::families::inspect::{Inspect, Probe, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Part, graph};
use crate::history::History;
use crate::order::best_first;
use crate::recommend::{self, Recommendation};

/// Walks the tree of codes.
#[derive(Debug)]
pub struct SemanticId;

/// How wide the beams are that are shown, in spellings kept at each level.
const WIDTHS: [usize; 3] = [5, 10, 20];
/// Films of a list.
const TOP: usize = 10;
/// What is less likely is left out of the tree, and so are picked films.
const LEAST: f32 = 0.0004;
const LEAST_OF_PICKED: f32 = 0.01;

/// The tree of codes along one path, and what beams of several widths keep of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The codes chosen, coarse to fine: as far as the reader went, or those of the first film.
    pub path: Vec<u32>,
    /// The ways to go on from each part of the path, the likeliest first; three at most.
    pub columns: Vec<Vec<Branch>>,
    /// The films that the whole path spells, best first, scored by their log-probability.
    pub films: Vec<Recommendation>,
    /// The narrowest first.
    pub beams: Vec<Beam>,
    /// The tree as far as it is likely, kept by a beam or on the way to a leaf: a code before those that go on from it.
    pub tree: Vec<Twig>,
    /// The first films of the exact scores and of every beam, and likely films of the history.
    pub leaves: Vec<Leaf>,
    /// The ten likeliest films that were not picked, best first.
    pub exact: Vec<ItemRow>,
}

/// The beginning of a code, on a line of length 1 that all probability fills: what goes on from it lies within it, the
/// likeliest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Twig {
    pub codes: Vec<u32>,
    /// Where it begins.
    pub from: f32,
    /// How long it is.
    pub probability: f32,
}

/// A film at the end of its code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    pub item: ItemRow,
    pub codes: Vec<u32>,
    pub probability: f32,
    /// Its middle, on the line of [`Twig`].
    pub at: f32,
    pub is_picked: bool,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    pub codes: Vec<u32>,
    /// Of all its codes together.
    pub probability: f32,
    /// Of its last code, once those before it are spelt.
    pub share: f32,
    /// All films below it, best known first.
    pub films: Vec<ItemRow>,
}

/// Spells a code as far as this, coarse to fine; without codes, that of the first film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    pub codes: Option<Vec<u32>>,
}

impl Probe for Path {
    fn to_address(&self) -> String {
        let Some(codes) = &self.codes else { return String::new() };
        let codes: Vec<String> = codes.iter().map(u32::to_string).collect();
        format!("s{}", codes.join(","))
    }

    fn from_address(text: &str) -> Option<Self> {
        let codes: Result<Vec<u32>, _> =
            text.strip_prefix('s')?.split(',').map(str::parse).collect();
        codes.ok().filter(|it| it.len() <= N_LEVELS).map(|codes| Self { codes: Some(codes) })
    }
}

impl Speller {
    /// The columns along `path`, as far as it exists, and the films it ends at.
    fn walk(&self, spelt: &Spelt<'_>, path: &[u32]) -> (Vec<Vec<Branch>>, Vec<Recommendation>) {
        let mut here = spelt.everything();
        let mut columns = Vec::with_capacity(N_LEVELS);
        for level in 0..N_LEVELS {
            let groups = spelt.below(&[here], level);
            let branch = |group: &Group<'_>| self.branch(spelt, group, here.1, level + 1);
            columns.push(groups.iter().map(branch).collect());
            let goes_on = |&&(films, _): &&Group<'_>| {
                let first = films.first().map(|film| self.codes.of(*film)[level]);
                first.is_some() && first == path.get(level).copied()
            };
            let Some(next) = groups.iter().find(goes_on) else { return (columns, vec![]) };
            here = *next;
        }
        let score = |&item: &ItemRow| Recommendation { item, score: spelt.scores[item.index()] };
        let mut films: Vec<Recommendation> = here.0.iter().map(score).collect();
        best_first(&mut films, |it| it.score);
        (columns, films)
    }

    /// The films at the ends of the tree, without their places.
    fn leaves(
        &self,
        spelt: &Spelt<'_>,
        exact: &[ItemRow],
        beams: &[Beam],
        history: &History,
    ) -> Vec<Leaf> {
        let of_beams = beams.iter().flat_map(|it| it.films.iter().take(TOP)).map(|it| it.item);
        let probability = |item: ItemRow| spelt.scores.get(item.index()).map_or(0.0, |it| it.exp());
        let picked = history.iter().filter(|&it| probability(it) >= LEAST_OF_PICKED);
        let mut leaves: Vec<Leaf> = Vec::new();
        for item in exact.iter().copied().chain(of_beams).chain(picked) {
            if !leaves.iter().any(|it| it.item == item) {
                leaves.push(Leaf {
                    item,
                    codes: self.codes.of(item).to_vec(),
                    probability: probability(item),
                    at: 0.0,
                    is_picked: history.contains(item),
                });
            }
        }
        leaves
    }

    /// What goes on from `here`, which begins at `from`, by the code of `level`, as far as it is likely or `is_kept`;
    /// leaves get their places.
    fn grow(
        &self,
        spelt: &Spelt<'_>,
        (here, from, level): (Group<'_>, f32, usize),
        is_kept: &dyn Fn(&[u32]) -> bool,
        (twigs, leaves): (&mut Vec<Twig>, &mut [Leaf]),
    ) {
        let mut start = from;
        for group in spelt.below(&[here], level) {
            let probability = group.1.exp();
            let codes = spelt.spelling(&group, level + 1).codes;
            if probability >= LEAST || is_kept(&codes) {
                twigs.push(Twig { codes, from: start, probability });
                if level + 1 < N_LEVELS {
                    self.grow(
                        spelt,
                        (group, start, level + 1),
                        is_kept,
                        (&mut *twigs, &mut *leaves),
                    );
                } else {
                    place(spelt, group.0, start, leaves);
                }
            }
            start += probability;
        }
    }

    fn branch(&self, spelt: &Spelt<'_>, group: &Group<'_>, before: f32, depth: usize) -> Branch {
        let known = |item: &ItemRow| self.popularity[item.index()];
        let mut films = group.0.to_vec();
        best_first(&mut films, known);
        Branch {
            codes: spelt.spelling(group, depth).codes,
            probability: group.1.exp(),
            share: (group.1 - before).exp(),
            films,
        }
    }
}

/// Puts the `leaves` among `films`, which share a code that begins at `from`, where they are: the likeliest first.
fn place(spelt: &Spelt<'_>, films: &[ItemRow], from: f32, leaves: &mut [Leaf]) {
    let mut films = films.to_vec();
    best_first(&mut films, |it| spelt.scores[it.index()]);
    let mut start = from;
    for film in films {
        let probability = spelt.scores[film.index()].exp();
        if let Some(leaf) = leaves.iter_mut().find(|it| it.item == film) {
            leaf.at = start + probability / 2.0;
        }
        start += probability;
    }
}

impl Inspect for SemanticId {
    const FORM: &'static str = "semantic_id";
    type Probe = Path;
    type Shown = Shown;

    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Path>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let inputs = || vec![graph::input(std::slice::from_ref(question.picks))];
        let run = || GraphRun {
            of: family.card().name,
            inputs: inputs(),
            outputs: BEAM_OUTPUTS.to_vec(),
        };
        Ok(given.is_empty().then(run))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, Path>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let any: &dyn Any = family;
        let speller: &Speller =
            any.downcast_ref().ok_or(FamilyError::NoInside { name: Self::FORM })?;
        let outputs = given.first().ok_or(FamilyError::MissingPart { part: Part::Graph })?;
        let spelt = speller.codes.spelt(outputs)?;
        let beams = WIDTHS.map(|width| spelt.beam(question.history, width));
        let beams: Vec<Beam> = beams.into_iter().collect::<Result<_, _>>()?;
        let best = beams.last().and_then(|beam| beam.films.first());
        let of_best = || best.map_or_else(Vec::new, |film| speller.codes.of(film.item).to_vec());
        let mut path = question.probe.codes.clone().unwrap_or_else(of_best);
        let (columns, films) = speller.walk(&spelt, &path);
        // A link may name codes that do not exist: what was walked counts.
        let n_walked = if films.is_empty() { columns.len() - 1 } else { N_LEVELS };
        path.truncate(n_walked);
        let exact = recommend::rank(spelt.scores, question.n_items, question.history, TOP)?;
        let exact: Vec<ItemRow> = exact.iter().map(|it| it.item).collect();
        let mut leaves = speller.leaves(&spelt, &exact, &beams, question.history);
        let ends: Vec<Vec<u32>> = leaves.iter().map(|it| it.codes.clone()).collect();
        let is_kept = |codes: &[u32]| {
            let in_beam = |beam: &Beam| {
                let level = beam.levels.get(codes.len().wrapping_sub(1));
                level.is_some_and(|it| it.iter().any(|it| it.codes == codes))
            };
            path.starts_with(codes)
                || ends.iter().any(|it| it.starts_with(codes))
                || beams.iter().any(in_beam)
        };
        let mut tree = Vec::new();
        speller.grow(&spelt, (spelt.everything(), 0.0, 0), &is_kept, (&mut tree, &mut leaves));
        Ok(Shown { path, columns, films, beams, tree, leaves, exact })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::families::inspect::tests::{check_address, check_damaged};
    use crate::families::semantic_id::beam::tests::{CODES, outputs};
    use crate::families::{FamilyName, open};
    use crate::manifest::tests::{made_up, read as read_manifest};
    use serde_json::json;

    #[track_caller]
    fn walked(probe: Path) -> Shown {
        let mut manifest = made_up();
        manifest["catalogue"]["n_items"] = json!(8);
        let mut entry = manifest["families"]["sasrec"].clone();
        entry["files"]["codes"] = entry["files"]["graph"].clone();
        entry["files"]["codes"]["path"] = json!("codes.json");
        manifest["families"]["semantic_id"] = entry;
        let manifest = read_manifest(&manifest).unwrap();
        let popularity = [0.1_f32, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        let files = BTreeMap::from([
            ("codes.json".to_owned(), CODES.as_bytes().to_vec()),
            (
                "popularity.scores".to_owned(),
                popularity.iter().flat_map(|it| it.to_le_bytes()).collect(),
            ),
        ]);
        let family = open(&FamilyName("semantic_id".to_owned()), &manifest, &files).unwrap();
        let picks: History = [ItemRow(1)].into_iter().collect();
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 8 };
        let run = SemanticId::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(run.outputs, ["scores", "level1", "level2"]);
        SemanticId::read(family.as_ref(), &question, vec![outputs()]).unwrap()
    }

    #[test]
    fn without_a_choice_the_path_is_that_of_the_first_film() {
        let walk = walked(Path::default());
        assert_eq!(walk.path, [1, 0, 1]);
        let films: Vec<u32> = walk.films.iter().map(|it| it.item.0).collect();
        assert_eq!(films, [6, 7]);
        assert_eq!(walk.beams.iter().map(|it| it.width).collect::<Vec<_>>(), WIDTHS);
        let last = &walk.columns[2];
        assert_eq!((last.len(), last[0].codes.as_slice()), (2, &[1, 0, 1][..]));
        assert!((last[0].share - 0.8).abs() < 1e-5 && (last[0].probability - 0.24).abs() < 1e-5);
        assert_eq!(last[0].films, [ItemRow(7), ItemRow(6)]);
        assert_eq!(walk.columns[0].iter().map(|it| it.films.len()).sum::<usize>(), 8);
    }

    #[test]
    fn codes_fill_a_line_as_long_as_they_are_likely() {
        let Shown { tree, leaves, exact, .. } = walked(Path::default());
        let first: Vec<&Twig> = tree.iter().filter(|it| it.codes.len() == 1).collect();
        let ends = first.iter().map(|it| it.from + it.probability);
        for (end, next) in ends.zip(first.iter().skip(1)) {
            assert!((end - next.from).abs() < 1e-5, "one begins where the other ends");
        }
        let end = first.last().map(|it| it.from + it.probability);
        assert!((end.unwrap() - 1.0).abs() < 1e-5);
        for twig in tree.iter().filter(|it| it.codes.len() > 1) {
            let above =
                tree.iter().find(|it| it.codes == twig.codes[..twig.codes.len() - 1]).unwrap();
            let end = above.from + above.probability;
            assert!(twig.from >= above.from - 1e-5 && twig.from + twig.probability <= end + 1e-5);
        }
        assert!(!exact.contains(&ItemRow(1)), "it is picked");
        for leaf in &leaves {
            let code = tree.iter().find(|it| it.codes == leaf.codes).unwrap();
            assert!(leaf.at > code.from && leaf.at < code.from + code.probability, "{leaf:?}");
            assert_eq!(leaf.is_picked, leaf.item == ItemRow(1));
        }
        assert!(exact.iter().all(|item| leaves.iter().any(|it| it.item == *item)));
    }

    #[test]
    fn a_path_is_walked_as_far_as_it_exists() {
        let walk = walked(Path { codes: Some(vec![0]) });
        assert_eq!((walk.path.as_slice(), walk.columns.len()), (&[0][..], 2));
        let shares: Vec<f32> = walk.columns[1].iter().map(|it| it.share).collect();
        assert!((shares[0] - 0.9).abs() < 1e-5 && (shares[1] - 0.1).abs() < 1e-5, "{shares:?}");
        assert_eq!(walk.films, []);
        let nowhere = walked(Path { codes: Some(vec![0, 2, 9]) });
        assert_eq!((nowhere.path.as_slice(), nowhere.columns.len()), (&[0][..], 2));
        let all: f32 = nowhere.columns[0].iter().map(|it| it.share).sum();
        assert!((all - 1.0).abs() < 1e-5);
    }

    #[test]
    fn a_link_keeps_the_path_as_far_as_codes_go() {
        check_address(&Path { codes: Some(vec![12, 0]) }, "s12,0");
        check_damaged(&["s1,2,3,4", "s"]);
    }
}
