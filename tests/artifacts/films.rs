//! Who made and who plays in the films of the catalogue that ships.

use std::collections::BTreeMap;

use glassrec::catalog::{Catalogue, ItemRow, folded};

use super::{catalogue, manifest};

#[test]
fn the_catalogue_holds_as_many_films_as_the_manifest_says() {
    let manifest = manifest();
    let catalogue = catalogue(&manifest);
    assert_eq!(catalogue.n_items(), manifest.catalogue.n_items);
    let n_with = |has: &dyn Fn(ItemRow) -> bool| catalogue.rows().filter(|&row| has(row)).count();
    let n_most = catalogue.n_items() * 9 / 10;
    assert_eq!(n_with(&|row| catalogue.title(row).is_empty()), 0);
    assert_eq!(n_with(&|row| catalogue.n_ratings(row) < 20), 0);
    assert!(n_with(&|row| catalogue.year(row).is_some()) > n_most);
    assert!(n_with(&|row| !catalogue.genres(row).is_empty()) > n_most);
    let too_many = |row| catalogue.cast(row).len() > 4 || catalogue.tags(row).len() > 8;
    assert_eq!(n_with(&too_many), 0);
}

/// Films of one title, with a title's articles and marks left out, more than three years apart.
fn namesakes(catalogue: &Catalogue) -> Vec<(ItemRow, ItemRow)> {
    let mut by_title: BTreeMap<String, Vec<ItemRow>> = BTreeMap::new();
    for row in catalogue.rows().filter(|&row| catalogue.year(row).is_some()) {
        let title = folded(catalogue.title(row));
        let words = ["the ", "an ", "a "].iter().find_map(|it| title.strip_prefix(it));
        by_title.entry(words.unwrap_or(&title).trim().to_owned()).or_default().push(row);
    }
    let mut found = Vec::new();
    for films in by_title.values_mut() {
        films.sort_by_key(|&row| catalogue.year(row));
        for (at, &first) in films.iter().enumerate() {
            let is_later =
                |it: &&ItemRow| catalogue.year(**it) > catalogue.year(first).map(|y| y + 3);
            found.extend(films[at..].iter().filter(is_later).map(|&later| (first, later)));
        }
    }
    found
}

#[track_caller]
fn check_shared(people: fn(&Catalogue, ItemRow) -> Vec<&str>, want: &[(&str, &str)]) {
    let catalogue = catalogue(&manifest());
    let pairs = namesakes(&catalogue);
    assert!(pairs.len() > 100, "{}", pairs.len());
    let shared: Vec<String> = pairs
        .into_iter()
        .flat_map(|(first, later)| {
            let theirs = people(&catalogue, later);
            let both = people(&catalogue, first).into_iter().filter(move |it| theirs.contains(it));
            both.map(move |name| (later, name)).collect::<Vec<_>>()
        })
        .map(|(later, name)| format!("{}: {name}", catalogue.title(later)))
        .collect();
    let want: Vec<String> = want.iter().map(|(title, name)| format!("{title}: {name}")).collect();
    assert_eq!(shared, want);
}

/// Facts that were joined by title gave Titanic (1953) to James Cameron. Who did make a film twice
/// was looked up.
#[test]
fn films_of_one_title_share_a_director_only_where_one_made_both() {
    let made_both = [
        ("And God Created Woman", "Roger Vadim"),
        ("The Man Who Knew Too Much", "Alfred Hitchcock"),
        ("The Vanishing", "George Sluizer"),
    ];
    check_shared(Catalogue::directors, &made_both);
}

#[test]
fn films_of_one_title_share_an_actor_only_where_one_plays_in_both() {
    let plays_in_both = [
        ("Halloween", "Jamie Lee Curtis"),
        ("The Longest Yard", "Burt Reynolds"),
        ("The Suicide Squad", "Margot Robbie"),
        ("That Darn Cat", "Dean Jones"),
    ];
    check_shared(Catalogue::cast, &plays_in_both);
}

/// The source keeps the titles under which some films were announced.
#[test]
fn no_film_stands_under_a_working_title() {
    let catalogue = catalogue(&manifest());
    let title = |movie_id| catalogue.title(catalogue.row_of(movie_id).unwrap());
    assert_eq!(title(122_914), "Avengers: Endgame");
    assert_eq!(title(122_926), "Spider-Man: Homecoming");
    let is_working = |row: &ItemRow| catalogue.title(*row).starts_with("Untitled");
    assert_eq!(catalogue.rows().find(is_working), None);
}

#[test]
fn films_without_a_director_do_not_become_more() {
    let catalogue = catalogue(&manifest());
    let n_without = catalogue.rows().filter(|&row| catalogue.directors(row).is_empty()).count();
    assert!(n_without <= 727, "{n_without}");
}

#[test]
fn films_that_stood_under_a_namesakes_director_have_their_own() {
    let catalogue = catalogue(&manifest());
    let director = |movie_id| catalogue.directors(catalogue.row_of(movie_id).unwrap()).join(", ");
    assert_eq!(director(3404), "Jean Negulesco"); // Titanic (1953)
    assert_eq!(director(5796), "Val Guest, Ken Hughes, John Huston"); // Casino Royale (1967)
    assert_eq!(director(1483), "David Cronenberg"); // Crash (1996)
    assert_eq!(director(1344), "J. Lee Thompson"); // Cape Fear (1962)
    assert_eq!(director(2252), "Stephen Frears"); // Hero (1992)
    assert_eq!(director(930), "Alfred Hitchcock"); // Notorious (1946)
}
