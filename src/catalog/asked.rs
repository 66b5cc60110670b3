//! What a search by meaning asks for in so many words: genres and tags.

use std::collections::BTreeSet;

use super::{Catalogue, ItemRow, folded};

/// The telling words of a search in the reader's own words.
#[derive(Debug)]
pub struct Asked(BTreeSet<String>);

/// They say nothing of what a film is like.
const PLAIN: [&str; 24] = [
    "a",
    "about",
    "an",
    "and",
    "at",
    "by",
    "film",
    "for",
    "from",
    "in",
    "movie",
    "of",
    "on",
    "or",
    "set",
    "some",
    "something",
    "story",
    "that",
    "the",
    "to",
    "want",
    "who",
    "with",
];

impl Asked {
    pub fn new(query: &str) -> Self {
        Self(words_of(query).filter(|word| !PLAIN.contains(&word.as_str())).collect())
    }

    /// The share of these words that are words of the genres and tags of `item`, from 0 to 1.
    pub fn share_in(&self, catalogue: &Catalogue, item: ItemRow) -> f32 {
        let facts = [catalogue.genres(item), catalogue.tags(item)].concat();
        let words: BTreeSet<String> = facts.into_iter().flat_map(words_of).collect();
        self.0.intersection(&words).count() as f32 / self.0.len().max(1) as f32
    }
}

/// Folded, and without the s of a plural.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let folded = folded(text);
    let words: Vec<String> = folded.split_whitespace().map(singular).collect();
    words.into_iter()
}

fn singular(word: &str) -> String {
    word.strip_suffix('s').filter(|it| it.len() > 2).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;

    #[test]
    fn words_of_genres_and_tags_are_shared_and_those_of_titles_are_not() {
        let catalogue = made_up();
        let share = |query: &str, row: u32| Asked::new(query).share_in(&catalogue, ItemRow(row));
        assert_eq!(share("a horror film in space", 0), 1.0);
        assert_eq!(share("android in the matrix", 0), 0.5);
        assert_eq!(share("aliens", 1), 0.0);
        assert_eq!((share("of the", 0), share("space", 99)), (0.0, 0.0));
    }
}
