//! The lists as a picture, without a browser.

use crate::catalog::ItemRow;
use crate::families::{Card, REGISTRY};
use crate::features::compare::figure::{draw, of_steps, waiting};
use crate::history::History;
use crate::stage::catalogue;
use crate::state::compared::Comparison;
use crate::state::lists::{N_RANKED, Ranks};
use crate::ui::figure::Drawn;
use crate::ui::figure::laid::{self, words};
use crate::ui::figure::shape::{Shape, n1};

/// So many films that ranks go far beyond the first ten.
const N: u32 = 1_000;

fn titles() -> Vec<String> {
    let name = |row| match row {
        7 => "Star Wars: Episode IV - A New Hope".to_owned(),
        900 => "Eternal Sunshine of the Spotless Mind".to_owned(),
        row => format!("Film number {row}"),
    };
    (0..N).map(name).collect()
}

/// Lists that begin with `first`, and go on in the order of the catalogue.
fn compared(first: &[&[u32]]) -> Comparison {
    let whole = |first: &&[u32]| {
        let rest = (0..N).filter(|row| !first.contains(row));
        first.iter().copied().chain(rest).map(ItemRow).collect::<Vec<_>>()
    };
    let lists: Vec<Vec<ItemRow>> = first.iter().map(whole).collect();
    let ranks = lists.iter().map(|it| Ranks::of(it.iter().copied(), N as usize)).collect();
    let first: Vec<Vec<ItemRow>> = lists.iter().map(|it| it[..N_RANKED].to_vec()).collect();
    let cards: Vec<&'static Card> = REGISTRY.iter().map(|it| &it.card).take(lists.len()).collect();
    Comparison::of(History::default(), cards, &first, ranks)
}

fn drawn(it: &Comparison, followed: Option<u32>, width: f64) -> Drawn {
    let titles = titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    draw(it, followed.map(ItemRow), &catalogue(&titles), width).unwrap()
}

const A: &[u32] = &[7, 1, 2, 3, 4, 5, 6, 8, 9, 900];
/// The other way round, and without the last one.
const B: &[u32] = &[9, 8, 6, 5, 4, 3, 2, 1, 7, 10];
const C: &[u32] = &[7, 1, 2, 3, 4, 5, 6, 30, 31, 32];

#[test]
fn the_agreed_film_and_the_one_that_lists_differ_over_are_claimed() {
    let three = compared(&[A, B, C]);
    let shown = drawn(&three, None, 640.0);
    assert_eq!(
        shown.claim,
        "All 3 models have Star Wars IV in their first ten; they differ most over Eternal Sunshine of the Spotless Mind, 10th to 901st"
    );
    assert_eq!(
        shown.say,
        "Most alike: Popularity and Markov-1, 9 of 10 shared; least: Popularity and Markov, many lags, 7."
    );
    assert!(shown.claim.split(' ').count() + shown.say.split(' ').count() <= 40);
}

#[test]
fn a_film_that_is_followed_is_claimed_with_its_best_and_its_worst_rank() {
    let three = compared(&[A, B, C]);
    let claim = |row| drawn(&three, Some(row), 640.0).claim;
    assert_eq!(
        claim(900),
        "1 of 3 models has Eternal Sunshine of the Spotless Mind in its first ten: 10th with Popularity, 901st with Markov-1"
    );
    assert_eq!(
        claim(1),
        "All 3 models have Film number 1 in their first ten: 2nd with Popularity, 8th with Markov-1"
    );
    assert_eq!(
        claim(800),
        "None of 3 models has Film number 800 in its first ten: 801st with Markov-1, 802nd with Popularity"
    );
    assert_eq!(drawn(&three, Some(N), 640.0), drawn(&three, None, 640.0), "no film of these lists");
    let two = compared(&[A, A]);
    assert_eq!(drawn(&two, Some(7), 640.0).claim, "Star Wars IV is 1st with every model");
}

#[test]
fn claims_hold_for_lists_that_are_alike_and_for_such_that_share_nothing() {
    let alike = compared(&[A, A]);
    assert_eq!(
        drawn(&alike, None, 640.0).claim,
        "Both models give the same first films in the same order, Star Wars IV first"
    );
    assert_eq!(
        drawn(&alike, None, 640.0).say,
        "Popularity and Markov-1 share 10 of their first 10 films."
    );
    let far: Vec<u32> = (20..30).collect();
    let further: Vec<u32> = (40..50).collect();
    let apart = compared(&[&far, &further]);
    // Both go on with the first films of the catalogue.
    assert_eq!(
        drawn(&apart, None, 640.0).claim,
        "The lists agree most on Film number 0, 11th in all; they differ most over Film number 40, 1st to 41st"
    );
    assert!(draw(&compared(&[A]), None, &catalogue(&["a"]), 640.0).is_none());
}

#[test]
fn the_twin_has_every_film_that_is_drawn_with_its_exact_ranks() {
    let three = compared(&[A, B, C]);
    let shown = drawn(&three, None, 640.0);
    let last = |row: &Vec<_>| serde_json::to_string(row).unwrap();
    assert_eq!(shown.table.rows.len(), three.films.len());
    assert_eq!(
        shown.table.columns,
        ["movie_id", "title", "year", "Markov-1", "Popularity", "Markov, many lags", "lists"]
    );
    let found = shown.table.rows.iter().find(|it| last(it).contains("Eternal")).map(last);
    assert_eq!(
        found.as_deref(),
        Some(r#"[901,"Eternal Sunshine of the Spotless Mind",1979,901,10,901,1]"#)
    );
    assert_eq!(of_steps(&three, Some(ItemRow(800))).last(), Some(&ItemRow(800)));
}

/// Where marks and dots of a film are.
fn places(shown: &Drawn, item: u32) -> Vec<String> {
    let key = format!("nodes {item}");
    let nodes = shown.picture.shapes.iter().find(|it| it.key.as_ref() == Some(&key)).unwrap();
    let place = |it: &Shape| it.attributes.iter().find(|it| it.0 == "transform").unwrap().1.clone();
    nodes.inside.iter().map(place).collect()
}

#[test]
fn films_are_at_the_height_of_their_ranks_at_every_width() {
    let two = compared(&[A, C]);
    for width in [320.0, 540.0, 960.0] {
        let shown = drawn(&two, None, width);
        let at = places(&shown, 900);
        let y =
            |at: &str| at.trim_end_matches(')').rsplit(' ').next().unwrap().parse::<f64>().unwrap();
        // The first row is at 48; beyond the tenth, 901 is between 11 and 1,000 by its logarithm.
        let beyond = 48.0 + 340.0 + 88.0 * (901.0_f64 / 11.0).ln() / (1_000.0_f64 / 11.0).ln();
        assert_eq!((y(&at[0]), y(&at[1])), (48.0 + 9.0 * 34.0, n1(beyond)), "{width}");
        assert_eq!(places(&shown, 7).len(), 2);
        assert_eq!(
            places(&shown, 30).len(),
            1,
            "a film that stands out in no list has no mark beyond"
        );
    }
}

#[test]
fn nothing_is_beyond_the_picture_and_no_words_meet() {
    let more: Vec<Vec<u32>> = (0..19_u32)
        .map(|model| {
            (0..10).map(|at| (at * (model + 3) * 7 + model * 11) % 97 + at * 100).collect()
        })
        .collect();
    for n in [2, 5, 8, 19] {
        let lists: Vec<&[u32]> = more.iter().take(n).map(Vec::as_slice).collect();
        let it = compared(&lists);
        let cards: Vec<_> = it.order.iter().map(|&at| it.cards[at]).collect();
        for width in [280.0, 320.0, 539.0, 540.0, 640.0, 960.0] {
            for followed in
                [None, Some(it.films[0].0), Some(it.films[it.films.len() - 1].0), Some(999)]
            {
                let shown = drawn(&it, followed, width);
                laid::check(&shown.picture, width);
                let named = words(&shown.picture);
                assert!(named.len() >= 10, "{n} at {width}: {named:?}");
                assert_eq!(shown.picture.height, waiting(&cards, width).picture.height);
            }
        }
    }
}
