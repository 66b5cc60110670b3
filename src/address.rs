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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;

    fn address(picks: &[u32], family: &str, focus: Option<u32>) -> Address {
        Address {
            history: picks.iter().copied().map(ItemRow).collect(),
            family: (!family.is_empty()).then(|| FamilyName(family.to_owned())),
            focus: focus.map(ItemRow),
        }
    }

    /// The made-up catalogue's rows 0 to 4 have ids 1, 10, 20, 30, 31.
    #[track_caller]
    fn check(fragment: &str, want: Address, warnings: &[AddressWarning]) {
        let arrival = Address::from_fragment(fragment, &made_up());
        assert_eq!(arrival, Arrival { address: want, warnings: warnings.to_vec() });
    }

    fn damaged(piece: &str) -> AddressWarning {
        AddressWarning::Damaged { piece: piece.to_owned() }
    }

    #[test]
    fn a_state_comes_back_as_it_was_written() {
        for (state, fragment) in [
            (address(&[2, 0, 3], "sasrec", Some(1)), "#v1&h=20.1.30&f=sasrec&x=10"),
            (address(&[4], "", None), "#v1&h=31"),
            (address(&[], "ease", None), "#v1&f=ease"),
            (address(&[], "", None), ""),
        ] {
            assert_eq!(state.to_fragment(&made_up()), fragment);
            check(fragment, state, &[]);
        }
    }

    #[test]
    fn what_is_unknown_is_left_out_and_told() {
        let unknown = AddressWarning::UnknownFilms { movie_ids: vec![7, 99] };
        assert!(unknown.to_string().ends_with(": 7, 99"));
        check("#v1&h=1.7.20.99.7", address(&[0, 2], "", None), &[unknown]);
        let unknown = AddressWarning::UnknownFilms { movie_ids: vec![8] };
        check("#v1&h=1&x=8", address(&[0], "", None), &[unknown]);
        let family = AddressWarning::UnknownFamily { family: "oracle".to_owned() };
        check("#v1&h=1&f=oracle", address(&[0], "", None), &[family]);
        let version = AddressWarning::UnknownVersion { version: "v2".to_owned() };
        check("#v2&h=1", Address::default(), &[version]);
    }

    #[test]
    fn a_damaged_piece_costs_only_itself() {
        check("#v1&h=1.x.20", address(&[0, 2], "", None), &[damaged("h=1.x.20")]);
        check("#v1&h=1.&f=ease", address(&[0], "ease", None), &[damaged("h=1.")]);
        check("#v1&h&x=10", address(&[], "", Some(1)), &[damaged("h")]);
        check("#v1&q=1&h=1", address(&[0], "", None), &[damaged("q=1")]);
        check("#v1&x=-1", Address::default(), &[damaged("x=-1")]);
        check("#v1&x=99999999999", Address::default(), &[damaged("x=99999999999")]);
        check("v1&&h=1", address(&[0], "", None), &[]);
    }

    #[test]
    fn a_film_twice_is_picked_once() {
        check("#v1&h=1.20.1", address(&[0, 2], "", None), &[]);
    }

    #[test]
    fn twenty_picks_fit_a_short_link() {
        let n = 20_u32;
        let ids: Vec<String> = (0..n).map(|at| (200_000 + at).to_string()).collect();
        let link = format!("#v1&h={}&f=markov_multilag&x=200020", ids.join("."));
        assert!(link.len() < 200, "{} characters", link.len());
    }

    #[test]
    fn no_fragment_makes_it_panic() {
        let catalogue = made_up();
        let letters =
            ["#", "v1", "v", "&", "h", "=", ".", "1", "20", "f", "x", "é", "%20", "-", "🎬"];
        let mut state = 5_u32;
        for _ in 0..20_000 {
            let mut fragment = if state & 1 == 0 { "#v1&".to_owned() } else { String::new() };
            for _ in 0..state % 12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                fragment.push_str(letters[(state >> 16) as usize % letters.len()]);
            }
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let arrival = Address::from_fragment(&fragment, &catalogue);
            // Whatever was read can be written and read again.
            let again = arrival.address.to_fragment(&catalogue);
            let expected = Arrival { address: arrival.address, warnings: vec![] };
            assert_eq!(Address::from_fragment(&again, &catalogue), expected, "{fragment:?}");
        }
        let long = format!("#v1&h={}", "1.".repeat(100_000));
        assert_eq!(Address::from_fragment(&long, &catalogue).address.history.len(), 1);
        let notice = Address::from_fragment(&"é".repeat(5000), &catalogue).warnings[0].to_string();
        assert!(notice.chars().count() < 200);
    }
}
