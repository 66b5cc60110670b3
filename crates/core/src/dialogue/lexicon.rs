//! The words of English that carry a wish, and those that tell other languages from it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Field, Why};

const FILE: &str = include_str!("../../../../models/artifacts/dialogue.lexicon.json");

/// Read once. A file that is built in cannot fail on one machine and not on the other: a test reads it.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

/// Every word of every list, to know words by.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    FILE.split(|letter: char| !letter.is_ascii_lowercase()).filter(|it| it.len() > 1)
}

/// Phrases are folded: lower case, no apostrophes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    /// "Smth", and the words that are meant.
    pub short_words: Vec<(String, String)>,
    /// "Lotr", and the title that is meant.
    pub short_titles: Vec<(String, String)>,
    /// Words for a genre beside its own name.
    pub genres: Vec<(String, String)>,
    /// Words for a tag or a mood beside its own name.
    pub tags: Vec<(String, String)>,
    /// Tags and moods that say the same: a film that has one has what another asks for.
    pub same_tags: Vec<Words>,
    /// Names of people that are words as well.
    pub names_as_words: Words,
    /// Words for countries; `|` stands between several.
    pub countries: Vec<(String, String)>,
    /// Who a film is for, after "for" or "with".
    pub audiences: Words,
    /// May stand before them: "the whole".
    pub before_audiences: Words,
    /// "Darker", and the tag that is all the catalogue knows of it; empty where it knows none.
    pub degrees: Vec<(String, String)>,
    /// What follows is not wanted, up to the end of the clause.
    pub negations: Words,
    /// They look like negations and are none.
    pub affirmations: Words,
    /// With these a negation that has named something ends.
    pub scope_ends: Words,
    /// What follows is wanted again.
    pub turns: Words,
    /// May stand between a negation and "want".
    pub adverbs: Words,
    /// "I do not think I want" does not want.
    pub thinks: Words,
    /// "Seen it", of one film, and of all on screen.
    pub seen: Words,
    pub seen_all: Words,
    /// After "not" they say that a film is new to the reader.
    pub seeing: Words,
    pub rejections: Words,
    /// After "not" they send away the film spoken of: "not my thing".
    pub tastes: Words,
    pub rejections_all: Words,
    /// Other films than those on screen are asked for.
    pub others: Words,
    /// A message of `more_fillers` with one of these asks for the next films.
    pub more: Words,
    pub more_fillers: Words,
    pub undo: Words,
    pub fresh_starts: Words,
    pub whys: Words,
    pub asks: Words,
    /// With these a message asks for films even if it says no more.
    pub requests: Words,
    pub chats: Words,
    pub likings: Words,
    pub older: Words,
    pub newer: Words,
    pub before: Words,
    pub after: Words,
    /// Of those the ones that mean the year itself as well.
    pub inclusive: Words,
    pub parts_of_decades: Vec<(String, u16)>,
    /// A decade's name, and the year it begins with.
    pub decades: Vec<(String, u16)>,
    pub numbers: Vec<(String, u16)>,
    /// "Second", and the place it means; the last is −1.
    pub ordinals: Vec<(String, i16)>,
    /// What an ordinal stands before when it is about the films on screen.
    pub ones: Words,
    /// What an article and an ordinal stand before when they mean a film all the same.
    pub after_ordinals: Words,
    /// What running times are counted in, and limited by.
    pub units: Words,
    pub limits: Words,
    pub compares: Words,
    /// Questions about one film, and what they ask for.
    pub questions: Vec<(String, Field)>,
    /// After a name they ask whether it is in the film: "is Al Pacino in it".
    pub parts_in_it: Words,
    /// What no file of ours tells.
    pub unmet: Vec<(String, Why)>,
    pub languages: Words,
    pub foreign_words: Words,
    /// Words of other languages that are none of English.
    pub foreign: Words,
    pub foreign_negations: Words,
    /// Titles of one such word are only meant where they are marked as a title.
    pub common: Words,
    /// What "old" and "new" stand before when they are a wish.
    pub film_words: Words,
    /// What stands for the film last spoken of.
    pub pronouns: Words,
    /// What stands for all films of a message.
    pub plurals: Words,
    /// Before a pronoun they say that its film was liked.
    pub likes: Words,
    /// Before those they do not: "would like that".
    pub not_yet: Words,
    pub praises: Words,
    pub dispraises: Words,
    /// Before a pronoun they say that its film was not liked.
    pub dislikes: Words,
    /// What stands between a film and what is said of it.
    pub being: Words,
    /// "By that director", and what of the film spoken of is meant.
    pub makers: Vec<(String, Field)>,
    /// The films on screen that were not spoken of.
    pub rest: Words,
    /// A time after these is the story's.
    pub set_in: Words,
    /// They tell a search by meaning nothing.
    pub fillers: Words,
    /// "Arnie", and whose name it is.
    pub nicknames: Vec<(String, String)>,
    /// Who watches along, which no film is about: "my wife".
    pub companions: Words,
    /// They say when and where a film is watched, or ask for it politely.
    pub asides: Words,
    /// After "no" they begin an answer.
    pub subjects: Words,
}

/// Words, or phrases with single spaces.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Words(BTreeSet<String>);

impl Words {
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Lexicon {
    /// Whether a word tells a search by meaning nothing: it knows no "not", and "with" leads it astray.
    pub(super) fn is_empty_word(&self, word: &str) -> bool {
        let Self { common, likings, turns, asks, before, after, fillers, .. } = self;
        [common, likings, turns, asks, before, after, fillers].iter().any(|it| it.has(word))
    }

    /// All tags that say the same as `tag`, itself among them or not.
    pub(super) fn same_tags(&self, tag: &str) -> impl Iterator<Item = &str> {
        self.same_tags.iter().filter(move |it| it.has(tag)).flat_map(Words::iter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_list() {
        let lexicon: Lexicon = serde_json::from_str(FILE).unwrap();
        assert!(lexicon.subjects.has("they") && lexicon.is_empty_word("movies"));
        assert!(lexicon.questions.contains(&("who directed".to_owned(), Field::Directors)));
    }
}
