//! What films are called, as a dictionary: a name, however it is written, to its films.

use super::words::{Words, words_of};

/// How a name belongs to its film, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    Title,
    OtherTitle,
    /// The title up to a colon or dash.
    TitlePart,
    /// The title from a colon or dash on.
    Subtitle,
    /// A series with the film's number in it: "Rocky 2".
    NumberInSeries,
    Series,
}

#[derive(Debug)]
struct Name {
    key: String,
    kind: NameKind,
    /// Position in the list of all texts.
    text: u32,
    /// Its beginning is not looked for: "thed" is not on its way to "thedarkknight", since articles
    /// do not count.
    is_only_whole: bool,
}

/// Sorted by key, so that a beginning is a range.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<Name>);

impl Names {
    /// Adds `title` and its parts; gives its words.
    pub(super) fn add(&mut self, title: &str, kind: NameKind, text: u32) -> Words {
        let parts: Vec<Words> = parts_of(title).map(words_of).collect();
        let n_parts = parts.len();
        for at in 1..n_parts {
            let (before, after) = parts.split_at(at);
            for (part, kind) in [(before, NameKind::TitlePart), (after, NameKind::Subtitle)] {
                if !part.iter().all(Words::are_numbers) {
                    let mut words = Words::default();
                    part.iter().cloned().for_each(|it| words.extend(it));
                    // "Dr. Strangelove or: How I Learned to Stop Worrying"
                    if words.telling.last().is_some_and(|it| it.raw == "or") {
                        words.telling.pop();
                    }
                    self.push(&words, kind, text);
                }
            }
        }
        let mut words = Words::default();
        parts.into_iter().for_each(|part| words.extend(part));
        self.push(&words, kind, text);
        words
    }

    /// Adds what `words` are written without spaces, with articles and without.
    pub(super) fn push(&mut self, words: &Words, kind: NameKind, text: u32) {
        let key = words.key();
        for with_articles in words.run_together().into_iter().filter(|it| *it != key) {
            let key = with_articles.to_owned();
            self.0.push(Name { key, kind, text, is_only_whole: true });
        }
        if !key.is_empty() {
            self.0.push(Name { key, kind, text, is_only_whole: false });
        }
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_by(|one, other| one.key.cmp(&other.key));
    }

    /// The texts that are called `key`; with `is_open`, those as well whose name begins so. Each
    /// with its kind and whether the whole name was typed.
    pub(super) fn find<'a>(
        &'a self,
        key: &'a str,
        is_open: bool,
    ) -> impl Iterator<Item = (u32, NameKind, bool)> + 'a {
        let first = self.0.partition_point(|name| name.key.as_str() < key);
        let found = self.0[first..].iter();
        let found =
            found.take_while(move |name| name.key == key || is_open && name.key.starts_with(key));
        let found = found.filter(move |name| name.key == key || !name.is_only_whole);
        found.map(move |name| (name.text, name.kind, name.key == key))
    }
}

fn parts_of(title: &str) -> impl Iterator<Item = &str> {
    title.split(": ").flat_map(|it| it.split(" - ")).flat_map(|it| it.split(" – "))
}
