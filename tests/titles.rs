//! What a reader who types this means: the film that must come first. Written by hand; where the
//! answer seems wrong, it is the search that is.
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

use std::fs;
use std::path::Path;

use glassrec::catalog::{Catalogue, ItemRow};

/// What is typed, and the film that must come first.
const FILMS: &str = include_str!("titles/films.txt");

/// The first of these is the film meant, the others are named so as well and have to be offered.
const NAMESAKES: &[(&str, &[&str])] = &[
    ("oldboy", &["Old Boy (2003)", "Oldboy (2013)"]),
    ("titanic", &["Titanic (1997)", "Titanic (1953)"]),
    ("casino royale", &["Casino Royale (2006)", "Casino Royale (1967)"]),
    ("solaris", &["Solaris (1972)", "Solaris (2002)"]),
    ("king kong", &["King Kong (1933)", "King Kong (2005)", "King Kong (1976)"]),
    ("cape fear", &["Cape Fear (1991)", "Cape Fear (1962)"]),
];

/// People, and a film of theirs that is among the first three.
const PEOPLE: &[(&str, &str)] = &[
    ("ridley scott", "Alien (1979)"),
    ("sigourney weaver", "Alien (1979)"),
    ("quentin tarantino", "Pulp Fiction (1994)"),
    ("tarantno", "Pulp Fiction (1994)"),
    ("kubrick", "The Shining (1980)"),
    ("miyazaki", "Spirited Away (2001)"),
    ("coen brothers", "Fargo (1996)"),
];

/// Nothing here is called so.
const NOTHING: &str = "
asdfgh
qwertyuiop
xkcd zzzz
titanic 7
rocky 12
the godfather 9
フィルム
фильм
!!!
";

fn shipped() -> Catalogue {
    let read = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/artifacts").join(name)).unwrap()
    };
    let catalogue = Catalogue::from_json(&read("catalogue.json")).unwrap();
    catalogue.add_details(&read("catalogue.details.json")).unwrap();
    catalogue
}

fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    format!("{} ({})", catalogue.title(item), catalogue.year(item).unwrap_or(0))
}

fn first(catalogue: &Catalogue, query: &str, top: usize) -> Vec<String> {
    catalogue.search_titles(query, top).iter().map(|it| film(catalogue, it.item)).collect()
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty())
}

#[test]
fn the_film_meant_comes_first() {
    let catalogue = shipped();
    let cases: Vec<(&str, &str)> =
        lines(FILMS).map(|line| line.split_once(" | ").unwrap()).collect();
    assert!(cases.len() >= 120, "{} queries", cases.len());
    let wrong: Vec<String> = cases
        .into_iter()
        .map(|(query, want)| (query, want, first(&catalogue, query, 3)))
        .filter(|(_, want, got)| got.first().is_none_or(|it| it != want))
        .map(|(query, want, got)| format!("{query}: {got:?}, not {want}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn namesakes_come_by_how_well_they_are_known() {
    let catalogue = shipped();
    for (query, want) in NAMESAKES {
        assert_eq!(first(&catalogue, query, want.len()), *want, "{query}");
    }
}

#[test]
fn people_are_found_but_enter_adds_no_film_of_theirs() {
    let catalogue = shipped();
    for (query, want) in PEOPLE {
        let got = first(&catalogue, query, 3);
        assert!(got.iter().any(|it| it == want), "{query}: {got:?}, not {want}");
        assert!(!catalogue.search_titles(query, 1)[0].is_clear(), "{query}");
    }
}

#[test]
fn nothing_is_found_where_nothing_is_called_so() {
    let catalogue = shipped();
    for query in lines(NOTHING) {
        assert_eq!(first(&catalogue, query, 3), [""; 0], "{query}");
    }
}

#[test]
fn what_reads_like_no_words_is_told_from_what_does() {
    let catalogue = shipped();
    for text in
        ["asdfgh", "qwertyuiop", "xkcd zzzz", "jfkdls", "hjkl", "映画を探しています", "фильм", "?!"]
    {
        assert!(!catalogue.can_read(text), "{text}");
    }
    for text in [
        "slow space horror with a female lead",
        "heist",
        "giallo",
        "mumblecore",
        "felliniesque",
        "whodunit",
        "biopic",
        "ein lustiger film",
        "neo-noir",
        "kaiju",
        "1984",
        "sad",
        "asdfgh love",
    ] {
        assert!(catalogue.can_read(text), "{text}");
    }
}

/// As a conversation asks for them: by whole names.
#[test]
fn a_film_goes_by_each_of_its_names() {
    let catalogue = shipped();
    for (name, want) in [
        ("Godfather 2", "The Godfather: Part II (1974)"),
        ("Alien 3", "Alien³ (1992)"),
        ("Se7en", "Seven (1995)"),
        ("Léon", "Léon: The Professional (1994)"),
        ("1917", "1917 (2019)"),
        ("The Empire Strikes Back", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("Lord of the Rings", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("harry potter 4", "Harry Potter and the Goblet of Fire (2005)"),
        ("la haine", "Hate (1995)"),
    ] {
        let films = catalogue.films_called(name, None);
        assert_eq!(films.first().map(|it| film(&catalogue, it.item)).as_deref(), Some(want));
    }
    for name in ["horror", "strikes back", "ridley scott", "something slow", "the"] {
        let films = catalogue.films_called(name, None);
        let films: Vec<String> = films.iter().map(|it| film(&catalogue, it.item)).collect();
        assert!(films.is_empty(), "{name}: {films:?}");
    }
}

/// As people list them, who write a title as they know it and a year as they found it.
#[test]
fn a_label_means_the_film_of_its_year() {
    let catalogue = shipped();
    let meant = |label: &str| catalogue.film_labelled(label).map(|it| film(&catalogue, it));
    for (label, want) in [
        ("Kill Bill: Volume 1 (2003)", "Kill Bill: Vol. 1 (2003)"),
        ("12 Monkeys (1995)", "Twelve Monkeys (1995)"),
        ("Mad Max 2 (1981)", "The Road Warrior (1981)"),
        ("War of the Worlds (2005)", "War of the Worlds (2005)"),
        ("Pride and Prejudice (2005)", "Pride & Prejudice (2005)"),
        ("The Empire Strikes Back (1980)", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("James Bond (2015)", "Spectre (2015)"),
        ("Hangover (2010)", "The Hangover (2009)"),
        ("Uncle Buck", "Uncle Buck (1989)"),
    ] {
        assert_eq!(meant(label).as_deref(), Some(want), "{label}");
    }
    for label in ["No Such Film (1931)", "Uncle Buck (1999)", "(1979)"] {
        assert_eq!(meant(label), None, "{label}");
    }
}
