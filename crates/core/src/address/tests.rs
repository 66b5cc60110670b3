//! Links as they are written, read, and damaged.

use super::*;
use crate::catalog::tests::made_up;

fn address(picks: &[u32], family: &str, focus: Option<u32>) -> Address {
    Address {
        history: picks.iter().copied().map(ItemRow).collect(),
        family: (!family.is_empty()).then(|| FamilyName(family.to_owned())),
        focus: focus.map(ItemRow),
        ..Address::default()
    }
}

/// Of features.
const KEYS: [&str; 2] = ["c", "s"];

fn with(address: Address, letter: &str, pieces: &[(&str, &str)]) -> Address {
    let pieces = pieces.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Address { letter: letter.to_owned(), pieces: pieces.collect(), ..address }
}

fn arrival(fragment: &str) -> Arrival {
    Address::from_fragment(fragment, &made_up(), &KEYS)
}

/// The made-up catalogue's rows 0 to 4 have ids 1, 10, 20, 30, 31.
#[track_caller]
fn check(fragment: &str, want: Address, warnings: &[AddressWarning]) {
    assert_eq!(arrival(fragment), Arrival { address: want, warnings: warnings.to_vec() });
}

fn damaged(piece: &str) -> AddressWarning {
    AddressWarning::Damaged { piece: piece.to_owned() }
}

#[test]
fn a_warning_stays_short_however_much_a_link_holds() {
    let ids: Vec<String> = (100_000..102_000).map(|id| id.to_string()).collect();
    let long = "z".repeat(5000);
    for link in [format!("#v2&h={}", ids.join(".")), format!("#v2&{long}"), format!("#{long}&h=1")]
    {
        let warnings = arrival(&link).warnings;
        assert!(!warnings.is_empty(), "{}", &link[..9]);
        for warning in warnings {
            let said = warning.to_string();
            assert!(said.chars().count() < 200, "{said}");
        }
    }
    let family = AddressWarning::UnknownFamily { family: long.clone() };
    let compared = AddressWarning::UnknownCompared { families: long };
    for said in [family, compared].map(|it| it.to_string()) {
        assert!(said.chars().count() < 200, "{said}");
    }
    let unknown = AddressWarning::UnknownFilms { movie_ids: (1..=12).collect() };
    assert!(unknown.to_string().ends_with("8, 9, 10 and 2 more"), "{unknown}");
}

#[test]
fn a_state_comes_back_as_it_was_written() {
    for (state, fragment) in [
        (address(&[2, 0, 3], "sasrec", Some(1)), "#v2&h=20.1.30&f=sasrec&x=10"),
        (address(&[4], "", None), "#v2&h=31"),
        (address(&[], "ease", None), "#v2&f=ease"),
        (address(&[], "", None), ""),
        (
            with(address(&[0], "ease", Some(1)), "", &[("c", "sacmue")]),
            "#v2&h=1&f=ease&x=10&c=sacmue",
        ),
        (with(address(&[4], "", None), "c", &[("c", "")]), "#v2&h=31&t=c&c="),
        (Address { off: [ItemRow(0)].into(), ..address(&[4, 0], "", None) }, "#v2&h=31.1&o=1"),
        (
            with(address(&[4], "sasrec", None), "i", &[("s", "3"), ("c", "x")]),
            "#v2&h=31&f=sasrec&t=i&s=3&c=x",
        ),
        (with(address(&[4], "sasrec", None), "k", &[]), "#v2&h=31&f=sasrec&t=k"),
    ] {
        assert_eq!(state.to_fragment(&made_up()), fragment);
        check(fragment, state, &[]);
    }
}

#[test]
fn a_link_of_before_means_what_it_meant() {
    let before = |family| Address { names: Names::First, ..address(&[0], family, None) };
    // What went by the name of SASRec was SASRec with links.
    check("#v1&h=1&f=sasrec", before("sasrec_ease"), &[]);
    check("#v2&h=1&f=sasrec", address(&[0], "sasrec", None), &[]);
    for unchanged in ["sasrec_text", "ease", "gru4rec"] {
        check(&format!("#v1&h=1&f={unchanged}"), before(unchanged), &[]);
    }
    // It is written as links are today.
    let read = arrival("#v1&h=1&f=sasrec").address;
    assert_eq!(read.to_fragment(&made_up()), "#v2&h=1&f=sasrec_ease");
    assert!(arrival("#v1").address.is_empty());
}

#[test]
fn what_is_unknown_is_left_out_and_told() {
    let unknown = AddressWarning::UnknownFilms { movie_ids: vec![7, 99] };
    assert!(unknown.to_string().ends_with(": 7, 99"));
    check("#v2&h=1.7.20.99.7", address(&[0, 2], "", None), &[unknown]);
    let unknown = AddressWarning::UnknownFilms { movie_ids: vec![8] };
    check("#v2&h=1&x=8", address(&[0], "", None), &[unknown]);
    let family = AddressWarning::UnknownFamily { family: "oracle".to_owned() };
    check("#v2&h=1&f=oracle", address(&[0], "", None), &[family]);
    let version = AddressWarning::UnknownVersion { version: "v3".to_owned() };
    check("#v3&h=1", Address::default(), &[version]);
}

#[test]
fn a_damaged_piece_costs_only_itself() {
    check("#v2&h=1.x.20", address(&[0, 2], "", None), &[damaged("h=1.x.20")]);
    check("#v2&h=1.&f=ease", address(&[0], "ease", None), &[damaged("h=1.")]);
    check("#v2&h&x=10", address(&[], "", Some(1)), &[damaged("h")]);
    check("#v2&q=1&h=1", address(&[0], "", None), &[damaged("q=1")]);
    check("#v2&x=-1", Address::default(), &[damaged("x=-1")]);
    check("#v2&x=99999999999", Address::default(), &[damaged("x=99999999999")]);
    check("v2&&h=1", address(&[0], "", None), &[]);
}

#[test]
fn a_link_that_was_spoilt_on_its_way_is_repaired() {
    let want = || with(address(&[0, 2], "ease", None), "", &[("c", "eae")]);
    for link in [
        "#v2&h=1.20&f=ease&c=eae",
        "#v2&amp;h=1.20&amp;f=ease&amp;c=eae",
        "%23v2&h=1.20&f=ease&c=eae",
        "#%23v2&h=1.20&f=ease&c=eae",
        "#v2%26h%3D1.20%26f%3dease%26c%3Deae",
        "#v2&amp;amp;h=1.20&amp;amp;f=ease&amp;amp;c=eae",
        "%2523v2%2526h%253D1%252E20%2526f%253Dease%2526c%253Deae",
    ] {
        check(link, want(), &[]);
    }
}

#[test]
fn many_unknown_films_make_a_short_notice() {
    let ids: Vec<String> = (100_000..101_500).map(|it| it.to_string()).collect();
    let arrival = arrival(&format!("#v2&h={}", ids.join(".")));
    let notice = arrival.warnings[0].to_string();
    assert!(notice.ends_with("100009 and 1490 more"), "{notice}");
    assert!(notice.len() < 250);
}

#[test]
fn what_is_too_much_is_told_and_the_newest_are_kept() {
    let films = |n: usize| vec!["7"; n].join(".");
    let unknown = AddressWarning::UnknownFilms { movie_ids: vec![7] };
    let whole = format!("#v2&h=1.{}.20", films(1_500));
    check(&whole, address(&[0, 2], "", None), std::slice::from_ref(&unknown));
    let cut = AddressWarning::TooManyFilms { n_left_out: 2 };
    let long = format!("#v2&h=1.{}.20", films(MAX_PICKS));
    check(&long, address(&[2], "", None), &[cut, unknown]);
}

#[test]
fn what_comes_twice_counts_once() {
    check("#v2&h=1.20.1", address(&[0, 2], "", None), &[]);
    let twice = arrival("#v2&s=1&s=2").address;
    assert_eq!(twice.piece("s"), Some("2"), "the newest counts");
}

#[test]
fn a_piece_that_means_nothing_to_its_feature_is_told() {
    let mut warnings = Vec::new();
    let address = arrival("#v2&s=3x&c=7").address;
    assert_eq!(address.read_piece("c", &mut warnings, number), Some(7));
    assert_eq!(address.read_piece("q", &mut warnings, number), None);
    assert!(warnings.is_empty());
    assert_eq!(address.read_piece("s", &mut warnings, number), None);
    assert_eq!(warnings, [damaged("s=3x")]);
}

#[test]
fn no_fragment_makes_it_panic() {
    let catalogue = made_up();
    let letters = [
        "#", "v2", "&", "t=i", "t", "s", "o", "h", "=", ".", "1", "20", "f", "x", "c", "eae", "é",
        "-", "🎬",
    ];
    let mut state = 5_u32;
    for _ in 0..20_000 {
        let mut fragment = if state & 1 == 0 { "#v2&".to_owned() } else { String::new() };
        for _ in 0..state % 12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            fragment.push_str(letters[(state >> 16) as usize % letters.len()]);
        }
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let arrival = arrival(&fragment);
        // Whatever was read can be written and read again.
        let again = arrival.address.to_fragment(&catalogue);
        let expected = Arrival { address: arrival.address, warnings: vec![] };
        assert_eq!(Address::from_fragment(&again, &catalogue, &KEYS), expected, "{fragment:?}");
    }
    let long = format!("#v2&h={}", "1.".repeat(100_000));
    assert_eq!(arrival(&long).address.history.len(), 1);
    let notice = arrival(&"é".repeat(5000)).warnings[0].to_string();
    assert!(notice.chars().count() < 200);
}
