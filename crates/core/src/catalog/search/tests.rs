use super::log2;
use crate::catalog::tests::made_up;
use crate::catalog::{Catalogue, ItemRow};

/// The first matches for `query` as "Title" or "Title/Person".
#[track_caller]
fn check(query: &str, want: &[&str]) {
    let catalogue: Catalogue = made_up();
    let found = catalogue.search_titles(query, want.len().max(1));
    let got: Vec<String> = found
        .iter()
        .map(|it| {
            let title = catalogue.title(it.item);
            if it.text == title { it.text.clone() } else { format!("{title}/{}", it.text) }
        })
        .collect();
    assert_eq!(got, want, "for {query:?}");
}

#[test]
fn a_beginning_finds_the_film_rated_most() {
    check("ali", &["Aliens", "Alien"]);
}

#[test]
fn the_whole_title_comes_first() {
    check("alien", &["Alien", "Aliens/Alien 2"]);
    check("alien ", &["Alien", "Aliens/Alien 2"]);
}

#[test]
fn accents_case_marks_and_articles_do_not_matter() {
    check("AMELIE", &["Amélie"]);
    check("amélie", &["Amélie"]);
    check("matrix, the", &["The Matrix"]);
    check("the matrix", &["The Matrix"]);
    check("spiderman", &["Spider-Man"]);
    check("spider-man", &["Spider-Man"]);
    check("spider man", &["Spider-Man"]);
}

#[test]
fn a_misspelling_is_found() {
    check("martix", &["The Matrix"]);
    check("amelei", &["Amélie"]);
    check("weavr", &["Aliens/Sigourney Weaver", "Alien/Sigourney Weaver"]);
}

#[test]
fn people_are_found_with_their_films() {
    check("ridley scott", &["Alien/Ridley Scott"]);
    check("sigourney", &["Aliens/Sigourney Weaver", "Alien/Sigourney Weaver"]);
}

#[test]
fn a_year_narrows_the_title() {
    check("alien 1979", &["Alien"]);
    check("alien 1986", &["Aliens/Alien 2"]);
}

#[test]
fn a_number_selects_the_film_of_a_series() {
    check("alien 1", &["Alien/Alien 1"]);
    check("alien ii", &["Aliens/Alien 2"]);
    check("alien 3", &[]);
    check("matrix 1", &["The Matrix"]);
}

#[test]
fn another_title_finds_the_film() {
    check("le fabuleux destin", &["Amélie/Le Fabuleux destin d'Amélie Poulain"]);
}

#[test]
fn a_name_gives_the_films_that_go_by_it_and_no_others() {
    let catalogue = made_up();
    let named = |name: &str, year: Option<u16>| -> Vec<(ItemRow, f32)> {
        let films = catalogue.films_called(name, year).into_iter();
        films.map(|it| (it.item, it.certainty)).collect()
    };
    assert_eq!(named("the alien", None)[0], (ItemRow(0), 1.0));
    assert_eq!(named("Alien II", None), [(ItemRow(1), 12.0 / 13.0)]);
    assert_eq!(named("alien", Some(1979)), [(ItemRow(0), 1.0)]);
    for (name, year) in [("alie", None), ("matrix", Some(1979)), ("ridley scott", None), ("", None)]
    {
        assert!(named(name, year).is_empty(), "{name}");
    }
}

#[test]
fn only_a_title_is_clear() {
    let is_clear = |query: &str| made_up().search_titles(query, 1)[0].is_clear();
    assert_eq!(["alien", "alie", "martix", "alien 2"].map(is_clear), [true; 4]);
    assert_eq!(["ridley scott", "weaver"].map(is_clear), [false; 2]);
}

#[test]
fn nothing_typed_finds_nothing() {
    for query in ["", "   ", "?!", "zzzzzz"] {
        check(query, &[]);
    }
}

#[test]
fn logarithms_grow_with_their_numbers() {
    assert_eq!([0, 1, 2, 3, 1024].map(log2), [0, 0, 256, 384, 2560]);
    assert!((1..5000).all(|it| log2(it) <= log2(it + 1)));
}

#[test]
fn no_query_makes_it_panic() {
    let catalogue = made_up();
    for query in ["é", "\u{301}", "🎬", "a🎬b", "½", "日本", "a'", "2", &"x".repeat(5000)] {
        catalogue.search_titles(query, 5);
        catalogue.films_called(query, Some(1999));
    }
}
