//! Plain word match: the films whose texts have the words of a query. What a search by meaning has to beat.

use std::collections::BTreeSet;

use super::{Catalogue, ItemRow, folded};
use crate::order::best_first;

/// Words that say nothing of a film.
const SAYING_NOTHING: &str = "a about after again all also am an and any are as at be been before being best but by \
    can come comes could did directed do does done film films for from get gets go goes going good had has have he her him his \
    how i if in into is it its just like made make makes me more most movie movies my no not of off on one or other \
    our out over set she so some someone something story such than that the their them then there these they thing \
    things this those to too up us very was we were what when where which while who whose will with without would you \
    your";

/// A film with the words that its text shares with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordHit {
    pub item: ItemRow,
    /// In the order of the query.
    pub words: Vec<String>,
}

/// The words of `query` that say something, folded, each once, in their order.
pub fn telling_words(query: &str) -> Vec<String> {
    let nothing: BTreeSet<&str> = SAYING_NOTHING.split_whitespace().collect();
    let mut words: Vec<String> = Vec::new();
    for word in words_of(query) {
        if !nothing.contains(word.as_str()) && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

impl Catalogue {
    /// Which of `words` are in the text of `item` that the encoder reads, letter for letter but for the s of a plural.
    pub fn words_shared(&self, words: &[String], item: ItemRow) -> Vec<String> {
        let text = words_of(&self.item_text(item));
        let text: BTreeSet<&str> = text.iter().map(|it| singular(it)).collect();
        words.iter().filter(|it| text.contains(singular(it))).cloned().collect()
    }

    /// The `top` films that share most with `query`, but for those `hidden`: a rare word counts more than one that many
    /// films have, by the logarithm, and of equal films those that more people rated come first.
    pub fn found_by_words(&self, query: &str, hidden: &[ItemRow], top: usize) -> Vec<WordHit> {
        let words = telling_words(query);
        let hit = |item| WordHit { item, words: self.words_shared(&words, item) };
        let mut hits: Vec<WordHit> = self.rows().map(hit).collect();
        let weight = |word: &String| {
            let n_films = hits.iter().filter(|it| it.words.contains(word)).count();
            (self.n_items() as f32 / n_films.max(1) as f32).ln()
        };
        let weights: Vec<f32> = words.iter().map(weight).collect();
        hits.retain(|it| !it.words.is_empty() && !hidden.contains(&it.item));
        let score = |it: &WordHit| -> f32 {
            let of = words.iter().zip(&weights).filter(|of| it.words.contains(of.0));
            of.map(|of| of.1).sum()
        };
        hits.sort_by_key(|it| std::cmp::Reverse(self.n_ratings(it.item)));
        best_first(&mut hits, score);
        hits.truncate(top);
        hits
    }
}

fn words_of(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

/// "toys" is "toy"; "glass" stays.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(it) if it.len() > 2 && !it.ends_with(['s', 'u', 'i']) => it,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;

    fn found(query: &str, hidden: &[u32], top: usize) -> Vec<(u32, String)> {
        let hidden: Vec<ItemRow> = hidden.iter().copied().map(ItemRow).collect();
        let hits = made_up().found_by_words(query, &hidden, top);
        hits.into_iter().map(|it| (it.item.0, it.words.join(" "))).collect()
    }

    fn wanted(all: &[(u32, &str)]) -> Vec<(u32, String)> {
        all.iter().map(|it| (it.0, it.1.to_owned())).collect()
    }

    #[test]
    fn films_with_more_of_the_words_come_first_and_rare_words_count_more() {
        assert_eq!(
            found("Androids in SPACE, space!", &[], 9),
            wanted(&[(0, "androids space"), (2, "androids"), (1, "space")]),
            "of those with one word, the one that more people rated"
        );
        assert_eq!(found("space romance", &[], 1), wanted(&[(3, "romance")]), "the rare one");
        assert_eq!(found("space", &[1], 9), wanted(&[(0, "space")]));
    }

    #[test]
    fn words_that_say_nothing_and_words_of_no_film_find_nothing() {
        assert_eq!(
            telling_words("A film about the toys that come to life, TOYS"),
            ["toys", "life"]
        );
        assert_eq!(found("something with the a", &[], 9), wanted(&[]));
        assert_eq!(found("android", &[], 9), wanted(&[(2, "android"), (0, "android")]));
        assert_eq!(found("androi spaces", &[], 1), wanted(&[(1, "spaces")]), "letter for letter");
        assert_eq!(found("", &[], 9), wanted(&[]));
    }
}
