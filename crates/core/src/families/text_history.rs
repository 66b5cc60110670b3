//! Text only: films whose texts point the way the texts of the last picks do.

use super::counting::{self, Links};
use super::inspect::sums;
use super::{Card, Family, FamilyError, Kind, Opening, Part, Registered, ScoreMeaning};
use crate::catalog::ItemRow;
use crate::nearest::Vectors;

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "text_history",
        title: "Text only",
        kind: Kind::Language,
        description: "Looks for films whose titles, genres, people and tags read like those of \
            your last ten films, by a text encoder. It knows nothing of what anyone watched but \
            how well known a film is, which is often the larger part of its scores.",
        score: ScoreMeaning::Sum,
    },
    parts: |entry| counting::parts_with(Part::Vectors, entry),
    open,
    inspection: Some(sums::INSPECTION),
};

/// Below it, a film's text is the mean of all texts and points nowhere.
const SHORTEST: f32 = 1e-6;

/// A pick's weight is `cos(v_pick − m, v_j − m)`, with the text encoder's vectors v and their mean m.
#[derive(Debug)]
struct Texts {
    vectors: Vectors,
    /// Shape `[dim]`.
    mean: Vec<f32>,
    /// Shape `[n_items]`: how far each vector is from the mean.
    length: Vec<f32>,
}

fn open(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    let bytes = opening.part(Part::Vectors)?;
    let vectors = Vectors::from_bytes(bytes, opening.n_items, opening.entry.dim)?;
    let mean = mean(&vectors);
    let length = rows(&vectors).map(|row| from(&row, &mean).length).collect();
    counting::open_with(opening, Box::new(Texts { vectors, mean, length }))
}

impl Texts {
    /// The unit vector from the mean to an item, shape `[dim]`.
    fn direction(&self, item: ItemRow) -> Vec<f32> {
        let vector = self.vectors.vector(item).unwrap_or_else(|| self.mean.clone());
        from(&vector, &self.mean).direction
    }
}

impl Links for Texts {
    fn weight(&self, pick: ItemRow, item: ItemRow) -> f32 {
        dot(&self.direction(pick), &self.direction(item))
    }

    fn add(&self, picks: &[(ItemRow, f32)], scores: &mut [f32]) {
        let mut asked = vec![0.0; self.mean.len()];
        for &(pick, weight) in picks {
            let direction = self.direction(pick);
            asked.iter_mut().zip(direction).for_each(|(sum, number)| *sum += weight * number);
        }
        // (v − m) · asked = v · asked − m · asked: the vectors stay in int8.
        let of_mean = dot(&self.mean, &asked);
        let found = self.vectors.dots(&asked).into_iter().zip(&self.length);
        let cosine = found.map(|(found, length)| (found - of_mean) / length.max(SHORTEST));
        scores.iter_mut().zip(cosine).for_each(|(score, cosine)| *score += cosine);
    }
}

struct FromMean {
    length: f32,
    direction: Vec<f32>,
}

fn from(vector: &[f32], mean: &[f32]) -> FromMean {
    let apart: Vec<f32> = vector.iter().zip(mean).map(|(number, mean)| number - mean).collect();
    let length = dot(&apart, &apart).sqrt();
    let direction = apart.into_iter().map(|number| number / length.max(SHORTEST)).collect();
    FromMean { length, direction }
}

fn rows(vectors: &Vectors) -> impl Iterator<Item = Vec<f32>> + '_ {
    (0..vectors.len() as u32).filter_map(|row| vectors.vector(ItemRow(row)))
}

fn mean(vectors: &Vectors) -> Vec<f32> {
    let mut sum = vec![0.0_f64; vectors.dim()];
    for row in rows(vectors) {
        sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += f64::from(number));
    }
    sum.into_iter().map(|sum| (sum / vectors.len().max(1) as f64) as f32).collect()
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use crate::catalog::ItemRow;
    use crate::families::{self, Family, FamilyError, FamilyName, Want};
    use crate::history::History;
    use crate::manifest::tests::{made_up, read};
    use crate::nearest::Vectors;

    fn name() -> FamilyName {
        FamilyName("text_history".to_owned())
    }

    fn opened(dim: usize) -> Result<Box<dyn Family>, FamilyError> {
        let mut json = made_up();
        let scores = json["families"]["popularity"]["files"]["scores"].clone();
        let mut vectors = scores.clone();
        vectors["path"] = json!("catalogue.vectors");
        json["families"]["text_history"] = json!({
            "files": {"vectors": vectors, "scores": scores}, "dim": dim, "max_history": 2,
            "age_weights": [1.0, 0.5], "popularity_weight": 2.0
        });
        // Their mean is (0.2, 0.2, 0.2): they lie evenly around it.
        let mut vectors = Vectors::empty(3).unwrap();
        for row in [[0.6, 0.0, 0.0], [0.0, 0.6, 0.0], [0.0, 0.0, 0.6]] {
            vectors.push(&row).unwrap();
        }
        let popularity = [1.0_f32, 0.5, 0.0].iter().flat_map(|it| it.to_le_bytes()).collect();
        let parts = BTreeMap::from([
            ("catalogue.vectors".to_owned(), vectors.to_bytes()),
            ("popularity.scores".to_owned(), popularity),
        ]);
        families::open(&name(), &read(&json).unwrap(), &parts)
    }

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn check(picks: &[u32], want: &[f32]) {
        let family = opened(3).unwrap();
        let batch = [history(picks)];
        assert_eq!(family.plan(&batch, Want::Scores).unwrap(), vec![]);
        let got = family.scores(&batch, vec![]).unwrap().scores;
        assert!(got[0].iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-4), "{got:?}");
    }

    #[test]
    fn cosines_from_the_mean_add_up_by_age() {
        // Any two of the three directions are at 120 degrees.
        check(&[], &[2.0, 1.0, 0.0]);
        check(&[2], &[1.5, 0.5, 1.0]);
        check(&[1, 2], &[2.0 - 0.5 - 0.25, 1.0 - 0.5 + 0.5, 1.0 - 0.25]);
        // The third pick is older than the family reads.
        check(&[0, 1, 2], &[2.0 - 0.5 - 0.25, 1.0 - 0.5 + 0.5, 1.0 - 0.25]);
    }

    #[test]
    fn contributions_add_up_to_the_score() {
        let family = opened(3).unwrap();
        let got = family.contributions(&history(&[1, 2]), ItemRow(1)).unwrap();
        let [older, newer] = got.picks[..] else { panic!("{got:?}") };
        assert!((older - 0.5).abs() < 1e-4 && (newer + 0.5).abs() < 1e-4, "{got:?}");
        assert_eq!(got.start, 1.0, "popularity is a part");
    }

    #[test]
    fn vectors_of_another_encoder_are_an_error() {
        assert!(matches!(opened(4), Err(FamilyError::Vectors(_))));
    }
}
