//! The state of the page as a URL fragment, and back: what a reader can bookmark and send.
//!
//! `#v1&h=260.1196&f=sasrec&x=1210&c=sacgrceae`: picks as MovieLens ids, oldest first; the family;
//! the film in focus; the families compared, as [`code_of`] shortens them, where the page shows
//! them side by side, and in `b` a second history kept beside. `o`: picks that are switched off. `t=i&s=3&p=…`: the family's inside,
//! the step, and what is done to the model; `t=m&l=model`: the map, by what it is laid out; `t=k`: the page of
//! conversations; `w=t`:
//! the reasons put to the test. A fragment never reaches a server.

use std::collections::BTreeSet;

use crate::catalog::{Catalogue, ItemRow};
use crate::families::{self, FamilyName, REGISTRY};
use crate::history::History;
use crate::map::Layout;

const VERSION: &str = "v1";

/// What a fragment holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    pub history: History,
    /// Picks that are switched off.
    pub off: BTreeSet<ItemRow>,
    pub family: Option<FamilyName>,
    /// The recommendation being explained.
    pub focus: Option<ItemRow>,
    pub tab: Tab,
    /// The families side by side, and the history kept beside. Of [`Tab::Compare`] alone.
    pub compared: Option<Vec<FamilyName>>,
    pub kept: Option<History>,
    /// How far the reader has stepped, and what they do to the model, as its family writes that;
    /// empty for nothing. Of [`Tab::Inside`] alone.
    pub step: Option<usize>,
    pub probe: String,
    /// Whether the panel that puts reasons to the test is open. Of [`Tab::Try`] alone.
    pub is_testing: bool,
    /// What the map goes by. Of [`Tab::Map`] alone.
    pub layout: Layout,
}

/// What the page shows below the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// One family's list, with reasons.
    #[default]
    Try,
    /// The same family's own view: how it arrives at its list.
    Inside,
    /// Several families' lists, side by side.
    Compare,
    /// All films on a plane.
    Map,
    /// The page of conversations.
    Talk,
    /// A language model as a recommender; on the same page.
    Prompt,
    /// The reader's own re-ranker, trained on what is marked; there too.
    Teach,
}

impl Tab {
    /// Where no other piece of a link gives it away.
    fn letter(self) -> &'static str {
        match self {
            Self::Try | Self::Compare => "",
            Self::Inside => "i",
            Self::Map => "m",
            Self::Talk => "k",
            Self::Prompt => "l",
            Self::Teach => "h",
        }
    }
}

/// What could be read of a fragment, and what could not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrival {
    pub address: Address,
    pub warnings: Vec<AddressWarning>,
}

/// A part of a link that is left out. The rest of the link counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressWarning {
    #[error(
        "this link was made by another version of the site and cannot be read; start afresh: {}",
        shortened(version)
    )]
    UnknownVersion { version: String },
    #[error(
        "some films of this link are not in the catalogue and were left out: {}",
        listed(movie_ids)
    )]
    UnknownFilms { movie_ids: Vec<u32> },
    #[error(
        "this link holds more films than there are; the {n_left_out} oldest of them were left out"
    )]
    TooManyFilms { n_left_out: usize },
    #[error(
        "this link asks for a model that is not part of the site; another one answers: {}",
        shortened(family)
    )]
    UnknownFamily { family: String },
    #[error(
        "this link compares models that are not part of the site; the others answer: {}",
        shortened(families)
    )]
    UnknownCompared { families: String },
    #[error("a piece of this link is damaged and was left out: {piece}")]
    Damaged { piece: String },
}

impl Address {
    /// The fragment of this state, with its `#`; empty for a page as it first opens.
    pub fn to_fragment(&self, catalogue: &Catalogue) -> String {
        if *self == Self::default() {
            return String::new();
        }
        let id_of = |item| catalogue.movie_id(item).map(|id| id.to_string());
        let mut fragment = format!("#{VERSION}");
        let mut add = |key: &str, value: &str| {
            if !value.is_empty() {
                fragment.extend(["&", key, "=", value]);
            }
        };
        let ids_of = |it: &History| it.iter().filter_map(id_of).collect::<Vec<_>>().join(".");
        add("h", &ids_of(&self.history));
        add("o", &ids_of(&self.off.iter().copied().collect()));
        add("f", self.family.as_ref().map_or("", |family| &family.0));
        add("x", &self.focus.and_then(id_of).unwrap_or_default());
        add("t", self.tab.letter());
        add("s", &self.step.map(|step| step.to_string()).unwrap_or_default());
        add("p", &self.probe);
        add("w", if self.is_testing { TESTING } else { "" });
        add("l", if self.layout == Layout::default() { "" } else { self.layout.as_str() });
        add("b", &self.kept.as_ref().map(ids_of).unwrap_or_default());
        if let Some(compared) = &self.compared {
            fragment.push_str("&c="); // an empty choice is a choice
            fragment.extend(compared.iter().map(|family| code_of(&family.0)));
        }
        fragment
    }

    /// Reads a fragment, with or without its `#`. Whatever it holds, the page can open.
    pub fn from_fragment(fragment: &str, catalogue: &Catalogue) -> Arrival {
        let mut arrival = Arrival::default();
        let fragment = repaired(fragment);
        let mut pieces = fragment.trim_start_matches('#').split('&');
        let version = pieces.next().unwrap_or_default();
        if version.is_empty() {
            return arrival;
        }
        if version != VERSION {
            arrival.warnings.push(AddressWarning::UnknownVersion { version: shortened(version) });
            return arrival;
        }
        let mut unknown = Unknown::default();
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            if arrival.address.read_piece(piece, catalogue, &mut unknown).is_none() {
                arrival.warnings.push(AddressWarning::Damaged { piece: shortened(piece) });
            }
        }
        arrival.address.settle();
        let family = arrival.address.family.take_if(|family| families::find(family).is_none());
        arrival.warnings.extend(
            family.map(|name| AddressWarning::UnknownFamily { family: shortened(&name.0) }),
        );
        let Unknown { films, codes, n_left_out } = unknown;
        if n_left_out > 0 {
            arrival.warnings.push(AddressWarning::TooManyFilms { n_left_out });
        }
        if !codes.is_empty() {
            let families = shortened(&codes.join(", "));
            arrival.warnings.push(AddressWarning::UnknownCompared { families });
        }
        if !films.is_empty() {
            arrival.warnings.push(AddressWarning::UnknownFilms { movie_ids: films });
        }
        arrival
    }

    /// What belongs to another part of the page than the one that is open means nothing.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.settle();
        self
    }

    fn settle(&mut self) {
        if self.tab != Tab::Compare {
            (self.compared, self.kept) = (None, None);
        }
        if self.tab != Tab::Inside {
            (self.step, self.probe) = (None, String::new());
        }
        self.is_testing &= self.tab == Tab::Try;
        if self.tab != Tab::Map {
            self.layout = Layout::default();
        }
        self.kept.take_if(|kept| kept.is_empty());
        let history = &self.history;
        self.off.retain(|&item| history.contains(item));
    }

    /// `None` if the piece, or a part of it, means nothing. What can be read of it counts.
    fn read_piece(
        &mut self,
        piece: &str,
        catalogue: &Catalogue,
        unknown: &mut Unknown,
    ) -> Option<()> {
        let (key, value) = piece.split_once('=')?;
        let mut row_of = |id: u32| {
            let row = catalogue.row_of(id);
            if row.is_none() && !unknown.films.contains(&id) {
                unknown.films.push(id);
            }
            row
        };
        match key {
            "h" | "b" | "o" => {
                // The newest tell most of a reader.
                let n_left_out = value.split('.').count().saturating_sub(MAX_PICKS);
                unknown.n_left_out = unknown.n_left_out.max(n_left_out);
                let ids: Vec<Option<u32>> = value.split('.').skip(n_left_out).map(number).collect();
                let history: History = ids.iter().flatten().filter_map(|&id| row_of(id)).collect();
                match key {
                    "h" => self.history = history,
                    "b" => self.kept = Some(history),
                    _ => self.off = history.iter().collect(),
                }
                ids.iter().all(Option::is_some).then_some(())
            }
            "t" => {
                let tabs = [Tab::Inside, Tab::Map, Tab::Talk, Tab::Prompt, Tab::Teach];
                self.tab = tabs.into_iter().find(|it| it.letter() == value)?;
                Some(())
            }
            "s" => {
                self.step = Some(number(value)? as usize);
                Some(())
            }
            "w" => {
                self.is_testing = value == TESTING;
                self.is_testing.then_some(())
            }
            "l" => {
                self.layout = Layout::ALL.into_iter().find(|it| it.as_str() == value)?;
                Some(())
            }
            "p" => {
                self.probe = families::inspect::read_probe(value)?;
                Some(())
            }
            "f" => {
                self.family = Some(FamilyName(value.to_owned()));
                Some(())
            }
            "x" => {
                self.focus = row_of(number(value)?);
                Some(())
            }
            "c" => {
                let letters: Vec<char> = value.chars().take(MAX_PICKS).collect();
                self.tab = Tab::Compare;
                let compared = self.compared.insert(Vec::new());
                for code in letters.chunks_exact(CODE_LENGTH) {
                    let code: String = code.iter().collect();
                    match REGISTRY.iter().find(|it| code_of(it.card.name) == code) {
                        Some(it) if compared.iter().any(|family| family.0 == it.card.name) => {}
                        Some(it) => compared.push(FamilyName(it.card.name.to_owned())),
                        None if unknown.codes.contains(&code) => {}
                        None => unknown.codes.push(code),
                    }
                }
                letters.len().is_multiple_of(CODE_LENGTH).then_some(())
            }
            _ => None,
        }
    }
}

/// The letter of an open panel.
const TESTING: &str = "t";

/// What a link names and this site does not have.
#[derive(Default)]
struct Unknown {
    films: Vec<u32>,
    codes: Vec<String>,
    n_left_out: usize,
}

/// A family in a list of families: the first two letters of its name and the last. Ten of them
/// beside twenty picks still make a short link.
fn code_of(family: &str) -> String {
    family.chars().take(CODE_LENGTH - 1).chain(family.chars().last()).collect()
}

const CODE_LENGTH: usize = 3;

/// More films than the catalogue holds: a longer list is not from this site.
const MAX_PICKS: usize = 10_000;

/// Undoes what programs on the way do to a link: signs written as in an address's path, once or
/// twice over, or as in a page of HTML.
fn repaired(fragment: &str) -> String {
    const SPOILT: [(&str, &str); 8] = [
        ("%25", "%"),
        ("%23", "#"),
        ("%26", "&"),
        ("%3D", "="),
        ("%3d", "="),
        ("%2E", "."),
        ("&amp;amp;", "&"),
        ("&amp;", "&"),
    ];
    SPOILT.iter().fold(fragment.to_owned(), |it, (spoilt, right)| it.replace(spoilt, right))
}

/// Digits only: no sign, no space.
fn number(text: &str) -> Option<u32> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

/// Enough of what a link holds to recognise it in a notice, which stays short.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The first of `ids`, and how many there are besides.
fn listed(ids: &[u32]) -> String {
    const N_LISTED: usize = 10;
    let listed: Vec<String> = ids.iter().take(N_LISTED).map(u32::to_string).collect();
    let listed = listed.join(", ");
    match ids.len().saturating_sub(N_LISTED) {
        0 => listed,
        n => format!("{listed} and {n} more"),
    }
}

#[cfg(test)]
mod tests;
