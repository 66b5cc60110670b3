use reactive_graph::signal::RwSignal;

use super::*;
use crate::catalog::ItemRow;
use crate::dialogue::{self, Claim, Heard, Intent, Ranked, Trait, Wish, Years};
use crate::ui::figure::laid;
use crate::ui::figure::shape::markup;

const TITLES: [&str; 8] =
    ["Alien", "Brazil", "Carrie", "Dogville", "Eraserhead", "Fargo", "Gothic", "Heat"];
const WIDTHS: [f64; 7] = [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0];

fn ranked(row: u32, [meaning, popularity, next]: [f32; 3]) -> Ranked {
    Ranked {
        item: ItemRow(row),
        score: meaning + popularity + next,
        meaning,
        likeness: 0.0,
        shared: 0.0,
        traits: 0.0,
        popularity,
        named: 0.0,
        next,
        cosine: 0.0,
        liked_cosine: 0.0,
        n_named: 0,
    }
}

/// What comes of `wish` without the parts that are `off`.
fn turn(catalogue: &Catalogue, wish: &Wish, off: &[Part], ranked: Vec<Ranked>) -> Turn {
    let now = off.iter().fold(wish.clone(), |wish, part| wish.without(part));
    let claim = |it: &Ranked| Claim::Fits { film: it.item, reasons: Vec::new() };
    Turn {
        message: "horror, but no drama".to_owned(),
        is_simulated: false,
        before: Wish::default(),
        heard: Heard { intent: Intent::Refine, wish: now, ..Heard::default() },
        parts: wish.parts(),
        off: off.to_vec(),
        filters: dialogue::filters(wish, off, &[], catalogue),
        claims: ranked.iter().take(3).map(claim).collect(),
        ranked,
        plain_ranks: Vec::new(),
        n_fit: 0,
        is_same: false,
        missing: Vec::new(),
        millis: 1.0,
        words: RwSignal::default(),
    }
}

fn genre(name: &str) -> Trait {
    Trait::Genre(name.to_owned())
}

fn horror() -> Wish {
    Wish {
        wanted: vec![genre("Horror")],
        unwanted: vec![genre("Drama")],
        years: Years { from: Some(1970), ..Years::default() },
        rejected: vec![ItemRow(0)],
        text: "horror".to_owned(),
        ..Wish::default()
    }
}

fn shown(catalogue: &Catalogue) -> Turn {
    let first = ranked(2, [3.0, 1.0, -0.5]);
    turn(
        catalogue,
        &horror(),
        &[],
        vec![first, ranked(4, [1.5, 2.0, -1.0]), ranked(6, [1.0, 0.5, 0.5])],
    )
}

fn said(catalogue: &Catalogue, turn: &Turn, was: Option<&Turn>) -> (String, String) {
    let drawn = draw(Some(turn), was, catalogue, 640.0).unwrap();
    (drawn.claim, drawn.say)
}

/// How many dots there are in each row of `width` pixels, by the lengths of their lines.
fn dots(picture: &Picture, pitch: f64) -> Vec<usize> {
    let is_dots =
        |it: &&Shape| it.attributes.iter().any(|it| it.0 == "class" && it.1.starts_with("dots"));
    let lines = |it: &Shape| -> f64 {
        it.attributes[0]
            .1
            .split('h')
            .skip(1)
            .map(|it| it.split('M').next().unwrap().parse::<f64>().unwrap())
            .sum()
    };
    let rows = picture.shapes.iter().filter_map(|it| it.inside.iter().find(is_dots));
    rows.map(|it| (lines(it) / pitch).round() as usize).collect()
}

#[test]
fn each_film_is_one_dot_beside_the_filter_that_takes_it_out() {
    let _owner = crate::stage::owner();
    let catalogue = crate::stage::catalogue(&TITLES);
    let turn = shown(&catalogue);
    for (width, pitch) in [(320.0, 2.0), (540.0, 3.0), (960.0, 4.0)] {
        let drawn = draw(Some(&turn), None, &catalogue, width).unwrap();
        // Four dramas are no horror, all are of 1979, Alien was sent away; three are left.
        assert_eq!(dots(&drawn.picture, pitch), [4, 1, 3], "{width}");
        let words: Vec<String> =
            laid::words(&drawn.picture).into_iter().map(|it| it.words).collect();
        let notes: Vec<&String> = words.iter().filter(|it| it.starts_with("takes")).collect();
        let none = "takes none out";
        assert_eq!(notes, ["takes 4 out, 4 left", none, none, "takes 1 out, 3 left"]);
    }
    let bare = draw(None, None, &catalogue, 640.0).unwrap();
    assert_eq!(
        (dots(&bare.picture, 3.0), bare.claim.as_str()),
        (vec![8], "Nothing is asked for, so all 8 films are left")
    );
}

#[test]
fn bars_are_as_long_as_their_pieces_and_what_counts_against_goes_left() {
    let _owner = crate::stage::owner();
    let catalogue = crate::stage::catalogue(&TITLES);
    let turn = shown(&catalogue);
    for width in [320.0, 540.0, 960.0] {
        let drawn = draw(Some(&turn), None, &catalogue, width).unwrap();
        let room = if width < 540.0 { width } else { width - 214.0 - 46.0 };
        let scale = room / 5.0;
        let of = |film: u32, piece: &str| {
            let key = format!("film{film}");
            let row = drawn.picture.shapes.iter().find(|it| it.key.as_ref() == Some(&key)).unwrap();
            let bar = row.inside.iter().find(|it| it.key.as_deref() == Some(piece)).unwrap();
            let at = |name| {
                bar.attributes.iter().find(|it| it.0 == name).unwrap().1.parse::<f64>().unwrap()
            };
            (at("x"), at("width"), bar.attributes.iter().any(|it| it.1.contains("is-against")))
        };
        let zero = width - if width < 540.0 { 0.0 } else { 46.0 } - 4.0 * scale;
        let near = |(x, wide, is_against): (f64, f64, bool), (from, long): (f64, f64)| {
            assert!(
                (x - from).abs() < 0.11 && (wide + 1.0 - long).abs() < 0.11,
                "{width}: {x} {wide}"
            );
            is_against
        };
        assert!(!near(of(2, "meaning"), (zero, 3.0 * scale)));
        assert!(!near(of(2, "known"), (zero + 3.0 * scale, scale)));
        assert!(near(of(4, "next"), (zero - scale, scale)), "{width}");
    }
}

#[test]
fn the_claim_is_true_of_one_film_of_ties_and_of_none() {
    let _owner = crate::stage::owner();
    let catalogue = crate::stage::catalogue(&TITLES);
    let all = shown(&catalogue);
    let claim = |turn: &Turn| said(&catalogue, turn, None).0;
    assert_eq!(
        claim(&all),
        "Four filters leave 3 of 8 films; Carrie is first, ahead of Eraserhead by the meaning of your words"
    );
    let level = Turn {
        ranked: vec![ranked(2, [1.0, 1.0, 0.0]), ranked(4, [2.0, 0.0, 0.0])],
        ..all.clone()
    };
    assert_eq!(
        claim(&level),
        "Four filters leave 3 of 8 films; Carrie and Eraserhead come first, level"
    );
    let reranked = Turn { plain_ranks: vec![2, 1, 3], ..all.clone() };
    assert_eq!(
        claim(&reranked),
        "Four filters leave 3 of 8 films; your re-ranker puts Carrie first"
    );
    let none = Turn { ranked: Vec::new(), ..all };
    assert_eq!(claim(&none), "Four filters leave 3 of 8 films");

    let wish = Wish { rejected: (0..7).map(ItemRow).collect(), ..horror() };
    assert_eq!(
        claim(&turn(&catalogue, &wish, &[], Vec::new())),
        "Four filters leave none of 8 films"
    );
    let only = Wish { rejected: vec![ItemRow(0), ItemRow(2), ItemRow(4)], ..horror() };
    let only = turn(&catalogue, &only, &[], vec![ranked(6, [1.0, 0.0, 0.0])]);
    assert_eq!(claim(&only), "Four filters leave 1 of 8 films: Gothic");
    let words = Wish { text: "rain".to_owned(), ..Wish::default() };
    let words =
        turn(&catalogue, &words, &[], vec![ranked(0, [2.0, 0.0, 0.0]), ranked(1, [1.0, 0.0, 0.0])]);
    assert_eq!(
        claim(&words),
        "No filter was heard: all 8 films are ranked; Alien is first, ahead of Brazil by the meaning of your words"
    );
}

#[test]
fn what_is_switched_off_stays_to_be_put_back_and_says_what_came_of_it() {
    let _owner = crate::stage::owner();
    let catalogue = crate::stage::catalogue(&TITLES);
    let was = shown(&catalogue);
    let wish = Wish { unwanted: Vec::new(), ..horror() };
    let off = Part::Wanted(genre("Horror"));
    let now = turn(
        &catalogue,
        &wish,
        &[off],
        vec![ranked(1, [2.0, 0.0, 0.0]), ranked(2, [1.0, 0.0, 0.0])],
    );
    let drawn = draw(Some(&now), Some(&was), &catalogue, 640.0).unwrap();
    assert_eq!(drawn.say, "Off: Horror. 7 films, not 3; Brazil is first, Carrie was.");
    let shapes = markup(&drawn.picture.shapes);
    let switch = |name: &str, is_on: bool| {
        assert!(
            shapes.contains(&format!(
                "aria-label=\"{name}\" role=\"switch\" aria-checked=\"{is_on}\""
            )),
            "{name}"
        );
    };
    switch("Horror", false);
    switch("from 1970", true);
    assert_eq!(dots(&drawn.picture, 3.0), [1, 7]);
    // The word "horror" is no longer searched, so it is no part either.
    assert!(!shapes.contains("near to"));
    let row = |at: usize| serde_json::to_string(&drawn.table.rows[at]).unwrap();
    assert_eq!(row(0), r#"["Horror (off)",0,8]"#);
    assert!(row(3).contains(r#"1,2,"Brazil",1979,2.0,2.0"#), "{}", row(3));
}

#[test]
fn it_is_legible_at_every_width_and_length() {
    let _owner = crate::stage::owner();
    let long = "The Incredibly Strange Creatures Who Stopped Living and Became Mixed-Up Zombies";
    let titles: Vec<&str> = (0..500).map(|_| long).collect();
    let catalogue = crate::stage::catalogue(&titles);
    for n in [1, 2, 5, 12] {
        let wish = Wish {
            wanted: (0..n).map(|at| Trait::Person(format!("Somebody of Some Name {at}"))).collect(),
            unwanted: (0..n).map(|at| Trait::Tag(format!("tag {at}"))).collect(),
            rejected: (0..n as u32).map(ItemRow).collect(),
            liked: (20..20 + n as u32).map(ItemRow).collect(),
            text: "zombies ".repeat(n * 9),
            ..Wish::default()
        };
        let film = |at: u32| Ranked {
            likeness: 0.3,
            shared: 0.001,
            traits: 2.0,
            named: 0.02,
            ..ranked(at, [0.5, 0.02, -1.0])
        };
        let all = turn(&catalogue, &wish, &[], (100..110).map(film).collect());
        let off =
            Turn { off: all.parts.clone(), plain_ranks: (1..=10).rev().collect(), ..all.clone() };
        for width in WIDTHS {
            for turn in [&all, &off] {
                let drawn = draw(Some(turn), Some(&all), &catalogue, width).unwrap();
                laid::check(&drawn.picture, width);
                let n_words = format!("{} {}", drawn.claim, drawn.say).split(' ').count();
                assert!(n_words <= 60, "{n_words}: {} {}", drawn.claim, drawn.say);
            }
        }
    }
}
