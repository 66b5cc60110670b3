//! The state of the page as a URL fragment, and back: what a reader can bookmark and send.
//!
//! `#v2&h=260.1196&f=gru4rec&x=1210&t=i&s=3`: picks as MovieLens ids, oldest first; in `o` those that are switched off;
//! the family; the film in focus; the letter of the open feature, and then the pieces that this feature writes and
//! reads itself. A fragment never reaches a server. What `v1` called families has other names today.

use std::collections::BTreeSet;

use crate::catalog::{Catalogue, ItemRow};
use crate::families::{self, FamilyName, Names};
use crate::history::History;

const VERSION: &str = "v2";

/// By which names a version of links calls families; nothing for versions that never were.
fn names_of(version: &str) -> Option<Names> {
    match version {
        "v1" => Some(Names::First),
        VERSION => Some(Names::Today),
        _ => None,
    }
}

/// What a fragment holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    pub history: History,
    /// Picks that are switched off.
    pub off: BTreeSet<ItemRow>,
    pub family: Option<FamilyName>,
    /// The recommendation being explained.
    pub focus: Option<ItemRow>,
    /// Of the open feature; empty for the first one, and where other pieces give it away.
    pub letter: String,
    /// What features wrote, in their order.
    pub pieces: Vec<Piece>,
    /// By which `pieces` call families.
    pub names: Names,
}

/// Key and value.
pub type Piece = (String, String);

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
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self { names: self.names, ..Self::default() }
    }

    /// The fragment of this state, with its `#`; empty for a page as it first opens.
    pub fn to_fragment(&self, catalogue: &Catalogue) -> String {
        if self.is_empty() {
            return String::new();
        }
        let ids_of = |it: &History| film_ids(it, catalogue);
        let focus = self.focus.and_then(|it| catalogue.movie_id(it));
        let shared = [
            ("h", ids_of(&self.history)),
            ("o", ids_of(&self.off.iter().copied().collect())),
            ("f", self.family.as_ref().map(|it| it.0.clone()).unwrap_or_default()),
            ("x", focus.map(|id| id.to_string()).unwrap_or_default()),
            ("t", self.letter.clone()),
        ];
        let mut fragment = format!("#{VERSION}");
        for (key, value) in shared.iter().filter(|it| !it.1.is_empty()) {
            fragment.extend(["&", key, "=", value]);
        }
        for (key, value) in &self.pieces {
            fragment.extend(["&", key, "=", value]);
        }
        fragment
    }

    /// Reads a fragment, with or without its `#`. Whatever it holds, the page can open. A piece whose key is neither
    /// one of those above nor among `keys`, those of features, is damaged.
    pub fn from_fragment(fragment: &str, catalogue: &Catalogue, keys: &[&str]) -> Arrival {
        let mut arrival = Arrival::default();
        let fragment = repaired(fragment);
        let mut pieces = fragment.trim_start_matches('#').split('&');
        let version = pieces.next().unwrap_or_default();
        if version.is_empty() {
            return arrival;
        }
        let Some(names) = names_of(version) else {
            arrival.warnings.push(AddressWarning::UnknownVersion { version: shortened(version) });
            return arrival;
        };
        arrival.address.names = names;
        let mut warnings = Vec::new();
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            match piece.split_once('=') {
                Some((key, value)) if keys.contains(&key) => {
                    arrival.address.pieces.push((key.to_owned(), value.to_owned()));
                }
                Some((key, value)) => {
                    warnings.extend(arrival.address.read(key, value, catalogue));
                }
                None => warnings.push(AddressWarning::damaged(piece)),
            }
        }
        let Address { history, off, .. } = &mut arrival.address;
        off.retain(|&item| history.contains(item));
        let family = arrival.address.family.take_if(|family| families::find(family).is_none());
        warnings.extend(
            family.map(|name| AddressWarning::UnknownFamily { family: shortened(&name.0) }),
        );
        arrival.warnings = gathered(warnings);
        arrival
    }

    /// What of `key` and `value` means nothing. What can be read of it counts.
    fn read(&mut self, key: &str, value: &str, catalogue: &Catalogue) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        match key {
            "h" => self.history = films(key, value, catalogue, &mut warnings),
            "o" => self.off = films(key, value, catalogue, &mut warnings).iter().collect(),
            "t" => self.letter = value.to_owned(),
            "f" => self.family = Some(self.names.family(value)),
            "x" => self.focus = film(key, value, catalogue, &mut warnings),
            _ => warnings.push(AddressWarning::damaged_piece(key, value)),
        }
        warnings
    }

    /// The value of the newest piece of `key`.
    pub fn piece(&self, key: &str) -> Option<&str> {
        self.pieces.iter().rfind(|it| it.0 == key).map(|it| it.1.as_str())
    }

    /// The piece of `key` as `read` reads it; where there is one that means nothing to it, that is told.
    pub fn read_piece<T>(
        &self,
        key: &str,
        warnings: &mut Vec<AddressWarning>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.piece(key)?;
        let found = read(value);
        if found.is_none() {
            warnings.push(AddressWarning::damaged_piece(key, value));
        }
        found
    }
}

impl AddressWarning {
    fn damaged(piece: &str) -> Self {
        Self::Damaged { piece: shortened(piece) }
    }

    pub fn damaged_piece(key: &str, value: &str) -> Self {
        Self::damaged(&format!("{key}={value}"))
    }

    /// Of models that are compared.
    pub fn unknown_compared(codes: &[String]) -> Self {
        Self::UnknownCompared { families: shortened(&codes.join(", ")) }
    }
}

/// The films of a piece, as ids with dots between; what means nothing there goes to `warnings`.
pub fn films(
    key: &str,
    value: &str,
    catalogue: &Catalogue,
    warnings: &mut Vec<AddressWarning>,
) -> History {
    // The newest tell most of a reader.
    let n_left_out = value.split('.').count().saturating_sub(MAX_PICKS);
    if n_left_out > 0 {
        warnings.push(AddressWarning::TooManyFilms { n_left_out });
    }
    let ids: Vec<Option<u32>> = value.split('.').skip(n_left_out).map(number).collect();
    if ids.iter().any(Option::is_none) {
        warnings.push(AddressWarning::damaged_piece(key, value));
    }
    let is_unknown = |id: &u32| catalogue.row_of(*id).is_none();
    let movie_ids: Vec<u32> = ids.iter().flatten().copied().filter(is_unknown).collect();
    if !movie_ids.is_empty() {
        warnings.push(AddressWarning::UnknownFilms { movie_ids });
    }
    ids.into_iter().flatten().filter_map(|id| catalogue.row_of(id)).collect()
}

/// The film of a piece.
fn film(
    key: &str,
    value: &str,
    catalogue: &Catalogue,
    warnings: &mut Vec<AddressWarning>,
) -> Option<ItemRow> {
    let Some(id) = number(value) else {
        warnings.push(AddressWarning::damaged_piece(key, value));
        return None;
    };
    let row = catalogue.row_of(id);
    if row.is_none() {
        warnings.push(AddressWarning::UnknownFilms { movie_ids: vec![id] });
    }
    row
}

/// As [`films`] reads them.
pub fn film_ids(films: &History, catalogue: &Catalogue) -> String {
    let ids = films.iter().filter_map(|it| catalogue.movie_id(it));
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(".")
}

/// One warning of a kind: of films all of them, each once; damaged pieces as they are.
pub fn gathered(warnings: Vec<AddressWarning>) -> Vec<AddressWarning> {
    let mut films: Vec<u32> = Vec::new();
    let mut n_left_out = 0;
    let mut others = Vec::new();
    for warning in warnings {
        match warning {
            AddressWarning::UnknownFilms { movie_ids } => {
                for id in movie_ids {
                    if !films.contains(&id) {
                        films.push(id);
                    }
                }
            }
            AddressWarning::TooManyFilms { n_left_out: n } => n_left_out = n_left_out.max(n),
            other => others.push(other),
        }
    }
    if n_left_out > 0 {
        others.push(AddressWarning::TooManyFilms { n_left_out });
    }
    if !films.is_empty() {
        others.push(AddressWarning::UnknownFilms { movie_ids: films });
    }
    others
}

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
pub fn number(text: &str) -> Option<u32> {
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
