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

/// Both sorted by key, so that a beginning is a range.
#[derive(Debug, Default)]
pub(super) struct Names {
    full: Vec<Name>,
    initials: Vec<Name>,
}

impl Names {
    /// Adds `title` and its parts, and where it is `well_known` the initials of each; gives its
    /// words.
    pub(super) fn add(
        &mut self,
        title: &str,
        kind: NameKind,
        text: u32,
        is_well_known: bool,
    ) -> Words {
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
                    self.push(&words, kind, text, is_well_known);
                }
            }
        }
        let mut words = Words::default();
        parts.into_iter().for_each(|part| words.extend(part));
        self.push(&words, kind, text, is_well_known);
        words
    }

    /// Adds `words` without spaces, with articles and without; where they are well known their
    /// initials as well.
    pub(super) fn push(&mut self, words: &Words, kind: NameKind, text: u32, is_well_known: bool) {
        let initials = words.initials().filter(|_| is_well_known).map(str::to_owned);
        self.initials.extend(initials.map(|key| Name { key, kind, text, is_only_whole: true }));
        let key = words.key();
        for with_articles in words.run_together().into_iter().filter(|it| *it != key) {
            let key = with_articles.to_owned();
            self.full.push(Name { key, kind, text, is_only_whole: true });
        }
        if !key.is_empty() {
            self.full.push(Name { key, kind, text, is_only_whole: false });
        }
    }

    pub(super) fn sort(&mut self) {
        for names in [&mut self.full, &mut self.initials] {
            names.sort_by(|one, other| one.key.cmp(&other.key));
        }
    }

    /// The texts that are called `key`; with `is_open`, those as well whose name begins so. Each
    /// with its kind and whether the whole name was typed.
    pub(super) fn find<'a>(
        &'a self,
        key: &'a str,
        is_open: bool,
    ) -> impl Iterator<Item = (u32, NameKind, bool)> + 'a {
        let found = from(&self.full, key)
            .take_while(move |name| name.key == key || is_open && name.key.starts_with(key));
        let found = found.filter(move |name| name.key == key || !name.is_only_whole);
        found.map(move |name| (name.text, name.kind, name.key == key))
    }

    /// The texts whose words begin with the letters of `key`: "lotr".
    pub(super) fn find_initials<'a>(&'a self, key: &'a str) -> impl Iterator<Item = u32> + 'a {
        from(&self.initials, key).take_while(move |name| name.key == key).map(|name| name.text)
    }
}

/// Those whose key is not before `key`.
fn from<'a>(names: &'a [Name], key: &str) -> std::slice::Iter<'a, Name> {
    names[names.partition_point(|name| name.key.as_str() < key)..].iter()
}

fn parts_of(title: &str) -> impl Iterator<Item = &str> {
    title.split(": ").flat_map(|it| it.split(" - ")).flat_map(|it| it.split(" – "))
}
