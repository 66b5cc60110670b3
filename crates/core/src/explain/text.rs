//! Which words of a query and which facts of a film brought the two together.

use serde::{Deserialize, Serialize};

use super::ExplainError;
use crate::catalog::Fact;
use crate::order::best_first;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordMatch {
    pub word: String,
    /// Similarity with the word minus similarity without it.
    pub similarity_drop: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactMatch {
    /// "genres", "directors", "cast", "tags", "title", "country" or "year".
    pub field: String,
    pub text: String,
    /// Cosine between the query and this fact alone.
    pub similarity: f32,
}

/// The words of `query`, each with the query that is left without it.
pub fn words_of(query: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let without = |position: usize| -> String {
        let mut rest = words.clone();
        rest.remove(position);
        rest.join(" ")
    };
    words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), without(at))).collect()
}

/// How much each word of `query` adds to its similarity with a film, in the order of the query.
///
/// `film` is the film's unit vector; `embed` gives a unit vector for each text.
///
/// # Errors
/// [`ExplainError::Run`] if `embed` fails, [`ExplainError::WrongCount`] if texts get lost.
pub async fn word_matches<E>(
    query: &str,
    film: &[f32],
    mut embed: impl AsyncFnMut(Vec<String>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Vec<WordMatch>, ExplainError<E>> {
    let words = words_of(query);
    let mut texts = vec![query.to_owned()];
    texts.extend(words.iter().map(|(_, rest)| rest.clone()));
    let vectors = embed_all(&mut embed, texts).await?;
    let with_all = cosine(&vectors[0], film);
    Ok(words
        .into_iter()
        .zip(&vectors[1..])
        .map(|((word, _), rest)| WordMatch { word, similarity_drop: with_all - cosine(rest, film) })
        .collect())
}

/// How near each fact of a film is to `query`, nearest first.
///
/// # Errors
/// As [`word_matches`].
pub async fn fact_matches<E>(
    query: &str,
    facts: Vec<Fact>,
    mut embed: impl AsyncFnMut(Vec<String>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Vec<FactMatch>, ExplainError<E>> {
    let mut texts = vec![query.to_owned()];
    texts.extend(facts.iter().map(|fact| fact.text.clone()));
    let vectors = embed_all(&mut embed, texts).await?;
    let mut matches: Vec<FactMatch> = facts
        .into_iter()
        .zip(&vectors[1..])
        .map(|(fact, vector)| FactMatch {
            field: fact.field.to_owned(),
            text: fact.text,
            similarity: cosine(&vectors[0], vector),
        })
        .collect();
    // Equally near facts keep the order of the film's text.
    best_first(&mut matches, |it| it.similarity);
    Ok(matches)
}

async fn embed_all<E>(
    embed: &mut impl AsyncFnMut(Vec<String>) -> Result<Vec<Vec<f32>>, E>,
    texts: Vec<String>,
) -> Result<Vec<Vec<f32>>, ExplainError<E>> {
    let asked = texts.len();
    let vectors = embed(texts).await.map_err(ExplainError::Run)?;
    if vectors.len() == asked {
        Ok(vectors)
    } else {
        Err(ExplainError::WrongCount { asked, got: vectors.len() })
    }
}

/// The dot product: the cosine, since the encoder gives unit vectors.
fn cosine(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::block_on;

    /// A made-up encoder: one axis for "space", one for "horror", one for all the rest.
    fn made_up(text: &str) -> Vec<f32> {
        let count = |word: &str| text.matches(word).count() as f32;
        let axes = [count("space"), count("horror"), 0.1];
        let length = axes.iter().map(|x| x * x).sum::<f32>().sqrt();
        axes.iter().map(|x| x / length).collect()
    }

    async fn embed(texts: Vec<String>) -> Result<Vec<Vec<f32>>, ()> {
        Ok(texts.iter().map(|text| made_up(text)).collect())
    }

    #[test]
    fn a_query_falls_into_words_and_what_is_left() {
        let got = words_of("  slow space\thorror ");
        let want = [("slow", "space horror"), ("space", "slow horror"), ("horror", "slow space")];
        assert_eq!(got, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(words_of("alien"), [("alien".to_owned(), String::new())]);
        assert_eq!(words_of(" "), []);
    }

    #[test]
    fn the_word_that_matters_drops_most() {
        let film = made_up("space");
        let got = block_on(word_matches("slow space horror", &film, embed)).unwrap();
        let drops: Vec<f32> = got.iter().map(|it| it.similarity_drop).collect();
        assert_eq!(drops[0], 0.0);
        assert!(drops[1] > 0.5, "space carries it: {drops:?}");
        assert!(drops[2] < 0.0, "horror is in the way: {drops:?}");
    }

    #[test]
    fn facts_come_nearest_first() {
        let fact = |field, text: &str| Fact { field, text: text.to_owned() };
        let facts = vec![fact("title", "Emma"), fact("tags", "space"), fact("genres", "horror")];
        let got = block_on(fact_matches("space space horror", facts, embed)).unwrap();
        let fields: Vec<&str> = got.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["tags", "genres", "title"]);
    }

    #[test]
    fn a_lost_text_is_an_error() {
        let got = block_on(fact_matches("x", vec![], async |_| Ok::<_, ()>(vec![])));
        assert_eq!(got, Err(ExplainError::WrongCount { asked: 1, got: 0 }));
    }
}
