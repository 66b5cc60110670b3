//! The state of the page as a URL fragment, and back: what a reader can bookmark and send.
//!
//! `#v1&h=260.1196&f=sasrec&x=1210`: picks as MovieLens ids, oldest first; the family; the film
//! in focus. A fragment never reaches a server.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::{self, FamilyName};
use crate::history::History;

const VERSION: &str = "v1";

/// What a fragment holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub history: History,
    pub family: Option<FamilyName>,
    /// The recommendation being explained.
    pub focus: Option<ItemRow>,
}

/// What could be read of a fragment, and what could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    pub address: Address,
    pub warnings: Vec<AddressWarning>,
}

/// A part of a link that is left out. The rest of the link counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressWarning {
    #[error(
        "this link was made by another version of the site and cannot be read; start afresh: {version}"
    )]
    UnknownVersion { version: String },
    #[error(
        "some films of this link are not in the catalogue and were left out: {}",
        listed(movie_ids)
    )]
    UnknownFilms { movie_ids: Vec<u32> },
    #[error(
        "this link asks for a model that is not part of the site; another one answers: {family}"
    )]
    UnknownFamily { family: String },
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
        add("h", &self.history.iter().filter_map(id_of).collect::<Vec<_>>().join("."));
        add("f", self.family.as_ref().map_or("", |family| &family.0));
        add("x", &self.focus.and_then(id_of).unwrap_or_default());
        fragment
    }

    /// Reads a fragment, with or without its `#`. Whatever it holds, the page can open.
    pub fn from_fragment(fragment: &str, catalogue: &Catalogue) -> Arrival {
        let mut arrival = Arrival::default();
        let mut pieces = fragment.trim_start_matches('#').split('&');
        let version = pieces.next().unwrap_or_default();
        if version.is_empty() {
            return arrival;
        }
        if version != VERSION {
            arrival.warnings.push(AddressWarning::UnknownVersion { version: shortened(version) });
            return arrival;
        }
        let mut unknown = Vec::new();
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            if arrival.address.read_piece(piece, catalogue, &mut unknown).is_none() {
                arrival.warnings.push(AddressWarning::Damaged { piece: shortened(piece) });
            }
        }
        let family = arrival.address.family.take_if(|family| families::find(family).is_none());
        arrival.warnings.extend(
            family.map(|name| AddressWarning::UnknownFamily { family: shortened(&name.0) }),
        );
        if !unknown.is_empty() {
            arrival.warnings.push(AddressWarning::UnknownFilms { movie_ids: unknown });
        }
        arrival
    }

    /// `None` if the piece, or a part of it, means nothing. What can be read of it counts.
    fn read_piece(
        &mut self,
        piece: &str,
        catalogue: &Catalogue,
        unknown: &mut Vec<u32>,
    ) -> Option<()> {
        let (key, value) = piece.split_once('=')?;
        let mut row_of = |id: u32| {
            let row = catalogue.row_of(id);
            if row.is_none() && !unknown.contains(&id) {
                unknown.push(id);
            }
            row
        };
        match key {
            "h" => {
                let ids: Vec<Option<u32>> = value.split('.').take(MAX_PICKS).map(number).collect();
                self.history = ids.iter().flatten().filter_map(|&id| row_of(id)).collect();
                ids.iter().all(Option::is_some).then_some(())
            }
            "f" => {
                self.family = Some(FamilyName(value.to_owned()));
                Some(())
            }
            "x" => {
                self.focus = row_of(number(value)?);
                Some(())
            }
            _ => None,
        }
    }
}

/// More picks than any family reads; a longer list is not from this site.
const MAX_PICKS: usize = 1000;

/// Digits only: no sign, no space.
fn number(text: &str) -> Option<u32> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

/// Enough of a damaged piece to recognise it in a notice.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn listed(ids: &[u32]) -> String {
    ids.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
