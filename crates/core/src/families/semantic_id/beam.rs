//! The beam of semantic IDs: a film's code spelt level by level, only ever along codes that exist.
//!
//! The graph has asked every prefix already, so a beam is arithmetic over its answers.

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::families::{FamilyError, GraphOutputs};
use crate::history::History;
use crate::order::best_first;
use crate::recommend::{Recommendation, rank};

/// What [`Spelt`] reads of the graph.
pub(super) const BEAM_OUTPUTS: [&str; 3] = [SCORES, LEVEL1, LEVEL2];

const SCORES: &str = "scores";
const LEVEL1: &str = "level1";
const LEVEL2: &str = "level2";
const VERSION: u32 = 1;
pub(super) const N_LEVELS: usize = 3;
/// A beam's first films are held against so many of the exact scores.
const COMPARED: usize = 10;

/// A film's codes, coarse to fine, and its number among the films that share them.
type Code = [u32; N_LEVELS + 1];

#[derive(Debug, thiserror::Error)]
pub enum CodesError {
    #[error("the films' codes cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the films' codes are of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error(
        "there are codes of {got} films but the catalogue holds {expected}; were they exported together?"
    )]
    WrongItems { expected: usize, got: usize },
    #[error("a film has a code that its level does not have; reload the page: row {row}")]
    Impossible { row: usize },
}

/// Which codes exist, and which films they spell.
#[derive(Clone, Debug, PartialEq)]
pub struct SemanticCodes {
    // Invariants: first codes are below `n_first`; `by_code` has every row once, in the order
    // of the codes, so that the films below a prefix lie side by side.
    n_first: usize,
    codes: Vec<Code>,
    by_code: Vec<ItemRow>,
    /// By row: which of the pairs of first codes that exist, ascending.
    pair_of: Vec<u32>,
}

/// A beam search: what it kept at each level, and the films it came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beam {
    /// How many spellings it kept at each level, at most.
    pub width: usize,
    /// First codes, pairs, whole codes; each best first.
    pub levels: Vec<Vec<Spelling>>,
    /// Unseen films below what the last level kept, best first, scored by their log-probability.
    pub films: Vec<Recommendation>,
    /// How many of its first ten films are among the first ten of the exact scores.
    pub n_exact: usize,
}

/// Films that begin alike, side by side in the order of the codes, and the log-probability of it.
pub(super) type Group<'a> = (&'a [ItemRow], f32);

/// What the graph said of one history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelt<'a> {
    codes: &'a SemanticCodes,
    first: &'a [f32],
    second: &'a [f32],
    pub(super) scores: &'a [f32],
}

/// The first codes of a film's code, as far as they are spelt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spelling {
    pub codes: Vec<u32>,
    /// Of all codes spelt so far together.
    pub log_probability: f32,
    /// How many films of the catalogue begin like this.
    pub n_films: usize,
}

#[derive(Deserialize)]
struct CodesFile {
    version: u32,
    /// How many codes each level has.
    sizes: Vec<u32>,
    codes: Vec<Vec<u32>>,
}

impl SemanticCodes {
    /// Reads the codes of `n_items` films.
    ///
    /// # Errors
    /// [`CodesError`] if the bytes are anything else.
    pub fn from_json(json: &[u8], n_items: usize) -> Result<Self, CodesError> {
        let CodesFile { version, sizes, codes } = serde_json::from_slice(json)?;
        if version != VERSION {
            return Err(CodesError::UnknownVersion { version });
        }
        if codes.len() != n_items {
            return Err(CodesError::WrongItems { expected: n_items, got: codes.len() });
        }
        let code = |(row, code): (usize, Vec<u32>)| {
            let fits =
                sizes.len() == N_LEVELS && code.iter().zip(&sizes).all(|(code, size)| code < size);
            let code = Code::try_from(code).ok().filter(|_| fits);
            code.ok_or(CodesError::Impossible { row })
        };
        let codes: Vec<Code> = codes.into_iter().enumerate().map(code).collect::<Result<_, _>>()?;
        let n_first = sizes.first().map_or(0, |&size| size as usize);
        let mut by_code: Vec<ItemRow> = (0..n_items as u32).map(ItemRow).collect();
        by_code.sort_unstable_by_key(|item| (codes[item.index()], *item));
        let mut pair_of = vec![0; n_items];
        let pairs = by_code.chunk_by(|a, b| codes[a.index()][..2] == codes[b.index()][..2]);
        for (pair, films) in (0..).zip(pairs) {
            films.iter().for_each(|film| pair_of[film.index()] = pair);
        }
        Ok(Self { n_first, codes, by_code, pair_of })
    }

    /// Reads the graph's [`BEAM_OUTPUTS`] for a batch of one.
    ///
    /// # Errors
    /// [`FamilyError::WrongOutput`] if `outputs` are anything else.
    pub(super) fn spelt<'a>(&'a self, outputs: &'a GraphOutputs) -> Result<Spelt<'a>, FamilyError> {
        let n_pairs = self.by_code.last().map_or(0, |last| self.pair_of[last.index()] as usize + 1);
        Ok(Spelt {
            codes: self,
            first: floats(outputs, LEVEL1, self.n_first)?,
            second: floats(outputs, LEVEL2, n_pairs)?,
            scores: floats(outputs, SCORES, self.codes.len())?,
        })
    }

    /// The codes of a film, coarse to fine.
    pub(super) fn of(&self, film: ItemRow) -> &[u32] {
        self.codes.get(film.index()).map_or(&[], |code| &code[..N_LEVELS])
    }

    fn is_alike(&self, a: ItemRow, b: ItemRow, level: usize) -> bool {
        self.codes[a.index()][level] == self.codes[b.index()][level]
    }
}

impl<'a> Spelt<'a> {
    /// Walks the trie for one `history`, keeping the `width` most likely spellings at each level
    /// and as many films. A beam as wide as the catalogue ranks like the exact scores.
    ///
    /// # Errors
    /// [`FamilyError::Rank`] if a score is no number.
    pub(super) fn beam(&self, history: &History, width: usize) -> Result<Beam, FamilyError> {
        let mut kept = vec![self.everything()];
        let mut levels = Vec::with_capacity(N_LEVELS);
        for level in 0..N_LEVELS {
            kept = self.below(&kept, level);
            kept.truncate(width);
            levels.push(kept.iter().map(|group| self.spelling(group, level + 1)).collect());
        }
        let mut reached = vec![f32::NEG_INFINITY; self.scores.len()];
        for film in kept.iter().flat_map(|(films, _)| films.iter()) {
            reached[film.index()] = self.scores[film.index()];
        }
        let mut films = rank(&reached, reached.len(), history, width)?;
        films.retain(|it| it.score > f32::NEG_INFINITY);
        let exact = rank(self.scores, self.scores.len(), history, COMPARED)?;
        let is_exact = |it: &&Recommendation| exact.iter().any(|other| other.item == it.item);
        let n_exact = films.iter().take(COMPARED).filter(is_exact).count();
        Ok(Beam { width, levels, films, n_exact })
    }

    /// All films, nothing spelt so far.
    pub(super) fn everything(&self) -> Group<'a> {
        (&self.codes.by_code, 0.0)
    }

    /// All ways to go on from what was `kept` by the code of `level`, the likeliest first.
    pub(super) fn below(&self, kept: &[Group<'a>], level: usize) -> Vec<Group<'a>> {
        let codes = self.codes;
        let mut found: Vec<Group<'a>> = kept
            .iter()
            .flat_map(|(films, _)| films.chunk_by(move |a, b| codes.is_alike(*a, *b, level)))
            .map(|films| (films, self.log_probability(films, level)))
            .collect();
        // Ties keep the order of the codes.
        best_first(&mut found, |it| it.1);
        found
    }

    /// Of the codes up to `level` that `films`, all that begin so, share.
    fn log_probability(&self, films: &[ItemRow], level: usize) -> f32 {
        let Some(film) = films.first() else { return f32::NEG_INFINITY };
        match level {
            0 => self.first[self.codes.of(*film)[0] as usize],
            1 => self.second[self.codes.pair_of[film.index()] as usize],
            // The numbers of films that share their codes make one whole, so that their sum is the code's.
            _ => log_sum(films, self.scores),
        }
    }

    /// What `depth` codes of a group spell.
    pub(super) fn spelling(&self, &(films, log_probability): &Group<'a>, depth: usize) -> Spelling {
        let codes = films.first().map_or(&[][..], |it| &self.codes.of(*it)[..depth]);
        Spelling { codes: codes.to_vec(), log_probability, n_films: films.len() }
    }
}

fn floats<'a>(
    outputs: &'a GraphOutputs,
    name: &str,
    length: usize,
) -> Result<&'a [f32], FamilyError> {
    outputs
        .get(name)
        .and_then(|tensor| tensor.floats(&[1, length]))
        .ok_or_else(|| FamilyError::WrongOutput { output: name.to_owned() })
}

/// log Σ exp of the `scores` of `films`.
fn log_sum(films: &[ItemRow], scores: &[f32]) -> f32 {
    let of_films = || films.iter().map(|film| scores[film.index()]);
    let largest = of_films().fold(f32::NEG_INFINITY, f32::max);
    if !largest.is_finite() {
        return largest;
    }
    largest + of_films().map(|score| (score - largest).exp()).sum::<f32>().ln()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::families::Tensor;

    /// Eight films; the last two share all three codes.
    pub(in crate::families::semantic_id) const CODES: &str = r#"{"version":1,"sizes":[3,3,2],"codes":[
        [2,0,0,0],[0,1,1,0],[0,1,0,0],[2,2,1,0],[0,0,0,0],[1,0,0,0],[1,0,1,0],[1,0,1,1]]}"#;

    fn codes() -> SemanticCodes {
        SemanticCodes::from_json(CODES.as_bytes(), 8).unwrap()
    }

    /// Probabilities along the trie, and the films' as their products.
    pub(in crate::families::semantic_id) fn outputs() -> GraphOutputs {
        let first = [0.5, 0.3, 0.2];
        // Pairs that exist, ascending: 00 01 10 20 22.
        let pairs = [0.5 * 0.1, 0.5 * 0.9, 0.3, 0.2 * 0.6, 0.2 * 0.4];
        let films = [
            pairs[3],
            pairs[1] * 0.7,
            pairs[1] * 0.3,
            pairs[4],
            pairs[0],
            pairs[2] * 0.2,
            pairs[2] * 0.8 * 0.75,
            pairs[2] * 0.8 * 0.25,
        ];
        let logs = |shares: &[f32]| {
            Tensor::f32([1, shares.len()], shares.iter().map(|it| it.ln()).collect())
        };
        [(LEVEL1, logs(&first)), (LEVEL2, logs(&pairs)), (SCORES, logs(&films))]
            .map(|(name, tensor)| (name.to_owned(), tensor))
            .into()
    }

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn check(level: &[Spelling], want: &[(&[u32], f32, usize)]) {
        assert_eq!(level.len(), want.len(), "{level:?}");
        for (got, (codes, probability, n_films)) in level.iter().zip(want) {
            assert_eq!((got.codes.as_slice(), got.n_films), (*codes, *n_films));
            assert!((got.log_probability.exp() - probability).abs() < 1e-5, "{got:?}");
        }
    }

    #[test]
    fn a_beam_as_wide_as_the_catalogue_ranks_like_the_exact_scores() {
        let outputs = outputs();
        let scores = outputs[SCORES].floats(&[1, 8]).unwrap();
        for picks in [&[][..], &[1, 6]] {
            let history = history(picks);
            let beam = codes().spelt(&outputs).unwrap().beam(&history, 8).unwrap();
            assert_eq!(beam.films, rank(scores, 8, &history, 8).unwrap());
            for level in &beam.levels {
                let total: f32 = level.iter().map(|it| it.log_probability.exp()).sum();
                assert!((total - 1.0).abs() < 1e-5, "{level:?}");
                assert_eq!(level.iter().map(|it| it.n_films).sum::<usize>(), 8);
            }
        }
    }

    #[test]
    fn a_narrow_beam_keeps_the_likeliest_spellings_of_each_level() {
        let beam = codes().spelt(&outputs()).unwrap().beam(&history(&[]), 2).unwrap();
        check(&beam.levels[0], &[(&[0], 0.5, 3), (&[1], 0.3, 3)]);
        check(&beam.levels[1], &[(&[0, 1], 0.45, 2), (&[1, 0], 0.3, 3)]);
        check(&beam.levels[2], &[(&[0, 1, 1], 0.315, 1), (&[1, 0, 1], 0.24, 2)]);
        let films: Vec<u32> = beam.films.iter().map(|it| it.item.0).collect();
        assert_eq!(films, [1, 6]);
        // Of all eight films both are among the best ten.
        assert_eq!((beam.width, beam.n_exact), (2, 2));
    }

    #[test]
    fn films_of_the_history_take_no_place_among_the_films() {
        let beam = codes().spelt(&outputs()).unwrap().beam(&history(&[1]), 2).unwrap();
        let films: Vec<u32> = beam.films.iter().map(|it| it.item.0).collect();
        assert_eq!(films, [6, 7]);
        assert_eq!(codes().spelt(&outputs()).unwrap().beam(&history(&[1]), 0).unwrap().films, []);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let refused = |json: &str, n| SemanticCodes::from_json(json.as_bytes(), n).unwrap_err();
        assert!(matches!(refused(CODES, 7), CodesError::WrongItems { expected: 7, got: 8 }));
        assert!(matches!(refused(&CODES[..40], 8), CodesError::Unreadable(_)));
        let other = CODES.replace("\"version\":1", "\"version\":2");
        assert!(matches!(refused(&other, 8), CodesError::UnknownVersion { version: 2 }));
        let large = CODES.replace("[2,2,1,0]", "[2,2,2,0]");
        assert!(matches!(refused(&large, 8), CodesError::Impossible { row: 3 }));
        let short = CODES.replace("[2,2,1,0]", "[2,2,1]");
        assert!(matches!(refused(&short, 8), CodesError::Impossible { row: 3 }));
        let flat = CODES.replace("[3,3,2]", "[]");
        assert!(matches!(refused(&flat, 8), CodesError::Impossible { row: 0 }));
        let mut outputs = outputs();
        outputs.insert(LEVEL2.to_owned(), Tensor::f32([1, 4], vec![0.0; 4]));
        let error = codes().spelt(&outputs).unwrap_err();
        assert!(matches!(error, FamilyError::WrongOutput { output } if output == LEVEL2));
    }
}
