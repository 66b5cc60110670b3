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

fn comparing(address: Address, families: &[&str]) -> Address {
    let families = families.iter().map(|&name| FamilyName(name.to_owned())).collect();
    Address { tab: Tab::Compare, compared: Some(families), ..address }
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
fn a_warning_stays_short_however_much_a_link_holds() {
    let ids: Vec<String> = (100_000..102_000).map(|id| id.to_string()).collect();
    let long = "z".repeat(5000);
    for link in [format!("#v1&h={}", ids.join(".")), format!("#v1&{long}"), format!("#{long}&h=1")]
    {
        let warnings = Address::from_fragment(&link, &made_up()).warnings;
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
        (address(&[2, 0, 3], "sasrec", Some(1)), "#v1&h=20.1.30&f=sasrec&x=10"),
        (address(&[4], "", None), "#v1&h=31"),
        (address(&[], "ease", None), "#v1&f=ease"),
        (address(&[], "", None), ""),
        (
            comparing(address(&[0], "ease", Some(1)), &["sasrec", "mult_vae"]),
            "#v1&h=1&f=ease&x=10&c=sacmue",
        ),
        (comparing(address(&[4], "", None), &[]), "#v1&h=31&c="),
        (
            Address {
                kept: Some([0, 2].into_iter().map(ItemRow).collect()),
                ..comparing(address(&[4], "", None), &["ease"])
            },
            "#v1&h=31&b=1.20&c=eae",
        ),
        (Address { off: [ItemRow(0)].into(), ..address(&[4, 0], "", None) }, "#v1&h=31.1&o=1"),
        (Address { is_testing: true, ..address(&[4], "ease", None) }, "#v1&h=31&f=ease&w=t"),
        (
            Address { tab: Tab::Map, layout: Layout::Model, ..address(&[4], "", None) },
            "#v1&h=31&t=m&l=model",
        ),
        (
            Address { tab: Tab::Inside, step: Some(3), ..address(&[4], "sasrec", None) },
            "#v1&h=31&f=sasrec&t=i&s=3",
        ),
        (Address { tab: Tab::Prompt, ..address(&[4], "sasrec", None) }, "#v1&h=31&f=sasrec&t=l"),
        (Address { tab: Tab::Talk, ..address(&[4], "sasrec", None) }, "#v1&h=31&f=sasrec&t=k"),
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
    let codes = AddressWarning::UnknownCompared { families: "xyz, é.é".to_owned() };
    let compared = comparing(address(&[0], "", None), &["ease", "irgan"]);
    check("#v1&h=1&c=eaexyzirnxyzé.é", compared, &[codes]);
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
    let compared = comparing(address(&[], "", None), &["ease"]);
    check("#v1&c=eaesa", compared, &[damaged("c=eaesa")]);
}

#[test]
fn a_link_that_was_spoilt_on_its_way_is_repaired() {
    let want = || comparing(address(&[0, 2], "ease", None), &["ease"]);
    for link in [
        "#v1&h=1.20&f=ease&c=eae",
        "#v1&amp;h=1.20&amp;f=ease&amp;c=eae",
        "%23v1&h=1.20&f=ease&c=eae",
        "#%23v1&h=1.20&f=ease&c=eae",
        "#v1%26h%3D1.20%26f%3dease%26c%3Deae",
        "#v1&amp;amp;h=1.20&amp;amp;f=ease&amp;amp;c=eae",
        "%2523v1%2526h%253D1%252E20%2526f%253Dease%2526c%253Deae",
    ] {
        check(link, want(), &[]);
    }
}

#[test]
fn many_unknown_films_make_a_short_notice() {
    let ids: Vec<String> = (100_000..101_500).map(|it| it.to_string()).collect();
    let arrival = Address::from_fragment(&format!("#v1&h={}", ids.join(".")), &made_up());
    let notice = arrival.warnings[0].to_string();
    assert!(notice.ends_with("100009 and 1490 more"), "{notice}");
    assert!(notice.len() < 250);
}

#[test]
fn what_is_too_much_is_told_and_the_newest_are_kept() {
    let films = |n: usize| vec!["7"; n].join(".");
    let unknown = AddressWarning::UnknownFilms { movie_ids: vec![7] };
    let whole = format!("#v1&h=1.{}.20", films(1_500));
    check(&whole, address(&[0, 2], "", None), std::slice::from_ref(&unknown));
    let cut = AddressWarning::TooManyFilms { n_left_out: 2 };
    let long = format!("#v1&h=1.{}.20", films(MAX_PICKS));
    check(&long, address(&[2], "", None), &[cut, unknown]);
}

#[test]
fn every_family_has_a_code_of_its_own() {
    let codes: std::collections::BTreeSet<String> =
        REGISTRY.iter().map(|it| code_of(it.card.name)).collect();
    assert_eq!(codes.len(), REGISTRY.len());
    assert!(codes.iter().all(|code| code.len() == CODE_LENGTH));
}

#[test]
fn what_comes_twice_counts_once() {
    check("#v1&h=1.20.1", address(&[0, 2], "", None), &[]);
    check("#v1&c=eaeeae", comparing(address(&[], "", None), &["ease"]), &[]);
}

#[test]
fn twenty_picks_fit_a_short_link() {
    let n = 20_u32;
    let ids: Vec<String> = (0..n).map(|at| (200_000 + at).to_string()).collect();
    let ids = ids.join(".");
    let codes: String = REGISTRY.iter().take(10).map(|it| code_of(it.card.name)).collect();
    for link in [
        format!("#v1&h={ids}&f=markov_multilag&x=200020"),
        format!("#v1&h={ids}&f=sasrec&x=200020&c={codes}"),
    ] {
        assert!(link.len() < 200, "{} characters", link.len());
    }
}

#[test]
fn no_fragment_makes_it_panic() {
    let catalogue = made_up();
    let letters = [
        "#", "v1", "&", "t=i", "t=m", "l=model", "w=t", "s", "b", "o", "p", "h", "=", ".", "1",
        "20", "f", "x", "c", "eae", "é", "%20", "-", "🎬",
    ];
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
