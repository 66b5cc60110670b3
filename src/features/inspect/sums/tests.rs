use crate::catalog::ItemRow;
use crate::families::inspect::sums::{FilmSum, Shown};
use crate::features::inspect::sums::figure::{Of, draw};
use crate::features::inspect::tests::{TITLES, inside};
use crate::history::History;
use crate::stage::{assert_says, assert_silent};
use crate::ui::figure::Drawn;
use crate::ui::figure::laid;
use crate::ui::figure::shape::Shape;

fn film(row: u32, start: f32, parts: &[f32]) -> FilmSum {
    let score = start + parts.iter().sum::<f32>();
    FilmSum { item: ItemRow(row), score, start, parts: parts.to_vec() }
}

/// Sums of ten films over so many films watched as there are parts, each of the `off` left out.
fn sums(n: usize, off: &[u32], width: f64) -> Drawn {
    let titles: Vec<&str> = (0..n + off.len() + 10)
        .map(|at| {
            ["Eternal Sunshine of the Spotless Mind", "Heat", "The Shawshank Redemption"][at % 3]
        })
        .collect();
    let catalogue = crate::stage::catalogue(&titles);
    let films: History = (0..(n + off.len()) as u32).map(ItemRow).collect();
    let picks: History = films.iter().filter(|it| !off.contains(&it.0)).collect();
    let first = (n + off.len()) as u32;
    let part = |row: u32, at: usize| {
        let size = ((row as usize * 7 + at * 3) % 11) as f32 / 10.0 - 0.2;
        size / (1.0 + row as f32)
    };
    let shown = (0..10).map(|row| {
        let parts: Vec<f32> = (0..n).map(|at| part(row, at)).collect();
        film(first + row, 0.1, &parts)
    });
    let mut shown: Vec<FilmSum> = shown.collect();
    shown.sort_by(|a, b| b.score.total_cmp(&a.score));
    let shown = Shown { films: shown };
    let off: Vec<ItemRow> = off.iter().copied().map(ItemRow).collect();
    let of = Of {
        shown: &shown,
        picks: &picks,
        films: &films,
        off: &off,
        first_with_all: Some(ItemRow(first)),
        film: shown.films[0].item,
    };
    draw(of, &catalogue, width).unwrap()
}

/// The shapes of `class` in a picture, those inside others as well.
fn of_class(drawn: &Drawn, class: &str) -> Vec<Shape> {
    fn add(shapes: &[Shape], class: &str, found: &mut Vec<Shape>) {
        for it in shapes {
            let classes = it.attributes.iter().find(|it| it.0 == "class");
            if classes.is_some_and(|it| it.1.split(' ').any(|it| it == class)) {
                found.push(it.clone());
            }
            add(&it.inside, class, found);
        }
    }
    let mut found = Vec::new();
    add(&drawn.picture.shapes, class, &mut found);
    found
}

fn number(shape: &Shape, name: &str) -> f64 {
    shape.attributes.iter().find(|it| it.0 == name).unwrap().1.parse().unwrap()
}

#[test]
fn every_score_is_its_summands_to_the_last_digit() {
    let films = vec![film(3, 0.6, &[-0.1, 3.2, 2.4]), film(4, 0.0, &[0.0, 1.0, 0.5])];
    let seen = inside("ease", "", &Shown { films });
    assert_says(
        &seen.words,
        &[
            "EASE · exact contributions Solaris is 1st with 6.10: Heat adds 3.20, Fargo 2.40",
            "1 Solaris 6.10 2 Amelie 1.50",
            "Area: a film's part in a score; hollow: taken away. Click a film at the top to leave it out.",
            "Solaris: 6.100 = 3.200 Heat + 2.400 Fargo − 0.100 Alien + 0.600 popularity.",
        ],
    );
    assert_silent(&seen.words, &["other film", "As it was"]);
    let row = r#"[5,"Amelie",1979,0.0,1.0,0.5,0.0,1.5]"#;
    assert_eq!(seen.row("parts of the scores", 1), row);
}

#[test]
fn the_film_in_focus_has_its_sum_written_out() {
    let films = vec![film(3, 0.6, &[0.1, 0.2, 0.3]), film(4, 0.0, &[0.0, 1.0, 0.5])];
    let seen = inside("ease", "&x=5", &Shown { films });
    assert_says(
        &seen.words,
        &[
            "Amelie is 2nd with 1.50: Heat adds 1.00, Fargo 0.50",
            "Amelie: 1.500 = 1.000 Heat + 0.500 Fargo.",
        ],
    );
}

#[test]
fn a_claim_is_true_of_one_part_of_none_and_of_popularity() {
    let claim = |start: f32, parts: &[f32]| {
        let shown = Shown { films: vec![film(3, start, parts)] };
        let picks: History = (0..parts.len() as u32).map(ItemRow).collect();
        let of = Of {
            shown: &shown,
            picks: &picks,
            films: &picks,
            off: &[],
            first_with_all: None,
            film: ItemRow(3),
        };
        draw(of, &crate::stage::catalogue(&TITLES), 640.0).unwrap().claim
    };
    assert_eq!(claim(0.0, &[0.0, 0.5, 0.0]), "Solaris is 1st with 0.500, all of it from Heat");
    assert_eq!(claim(0.0, &[0.0, 0.5, -0.2]), "Solaris is 1st with 0.300: Heat adds 0.500");
    assert_eq!(
        claim(0.6, &[0.0, 0.5]),
        "Solaris is 1st with 1.10: its popularity adds 0.60, Heat 0.50"
    );
    assert_eq!(
        claim(0.0, &[-0.5]),
        "Solaris is 1st with −0.500, and none of your films adds to it"
    );
    assert_eq!(claim(0.7, &[]), "Solaris is 1st with 0.700: every reader gets the same list");
}

#[test]
fn what_was_left_out_is_held_against_the_list_with_all() {
    let films = vec![film(3, 0.6, &[0.1]), film(4, 0.0, &[0.5])];
    let shown = Shown { films };
    let (picks, all): (History, History) =
        ([ItemRow(0)].into_iter().collect(), (0..2).map(ItemRow).collect());
    let claim = |first_with_all| {
        let of = Of {
            shown: &shown,
            picks: &picks,
            films: &all,
            off: &[ItemRow(1)],
            first_with_all,
            film: ItemRow(3),
        };
        let drawn = draw(of, &crate::stage::catalogue(&TITLES), 640.0).unwrap();
        let markup = crate::ui::figure::shape::markup(&drawn.picture.shapes);
        assert_eq!(markup.matches("aria-checked=\"false\"").count(), 1);
        assert!(!markup.contains("aria-checked=\"true\""), "the last one stays");
        drawn.claim
    };
    assert_eq!(claim(Some(ItemRow(3))), "Without Heat, Solaris still comes first");
    assert_eq!(
        claim(Some(ItemRow(4))),
        "Without Heat, Amelie falls from 1st to 2nd, and Solaris comes first"
    );
    assert_eq!(
        claim(Some(ItemRow(2))),
        "Without Heat, Fargo falls from 1st out of the first 2, and Solaris comes first"
    );
    assert_eq!(claim(None), "Without Heat, Solaris comes first");
}

#[test]
fn squares_are_as_large_as_parts_and_bars_as_long_as_sums() {
    let shown =
        Shown { films: vec![film(3, 0.5, &[4.0, 1.0, -0.25]), film(4, 0.0, &[0.0, 1.0, 0.5])] };
    let picks: History = (0..3).map(ItemRow).collect();
    for width in [320.0, 540.0, 960.0] {
        let of = Of {
            shown: &shown,
            picks: &picks,
            films: &picks,
            off: &[],
            first_with_all: None,
            film: ItemRow(3),
        };
        let drawn = draw(of, &crate::stage::catalogue(&TITLES), width).unwrap();
        let sides: Vec<f64> =
            of_class(&drawn, "part").iter().map(|it| number(it, "width")).collect();
        let wanted = [1.0, 0.5, 0.25, 0.5, 0.125_f64.sqrt()].map(|it| it * sides[0]);
        for (side, wanted) in sides.iter().zip(wanted) {
            assert!((side - wanted).abs() < 0.11, "{width}: {side} for {wanted}");
        }
        let less = of_class(&drawn, "is-less");
        assert_eq!(less.len(), 1, "hollow where it takes away");
        let bars: Vec<f64> = of_class(&drawn, "sum").iter().map(|it| number(it, "width")).collect();
        assert!((bars[1] / bars[0] - 1.5 / 5.25).abs() < 0.02, "{width}: {bars:?}");
        let given: Vec<f64> =
            of_class(&drawn, "given").iter().map(|it| number(&it.inside[0], "height")).collect();
        assert_eq!(given, [46.0, 23.0, 2.9]);
    }
}

#[test]
fn it_is_legible_at_every_width_with_few_films_and_with_many() {
    for (n, off) in [
        (1, vec![]),
        (2, vec![1]),
        (5, vec![]),
        (5, vec![0, 3, 4, 6]),
        (40, vec![7]),
        (499, vec![]),
    ] {
        for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
            let drawn = sums(n, &off, width);
            laid::check(&drawn.picture, width);
            // Nothing that is acted on is too small.
            for it in of_class(&drawn, "hit") {
                assert!(
                    number(&it, "height") >= 34.0 && number(&it, "width") >= 16.0,
                    "{width}: {it:?}"
                );
                let right = number(&it, "x") + number(&it, "width");
                assert!(right <= width, "{width}: {it:?}");
            }
        }
    }
}

#[test]
fn films_of_little_weight_share_a_column() {
    let mut parts = [0.25; 12];
    parts[3..5].copy_from_slice(&[0.125, 0.001]);
    let shown = Shown { films: vec![film(3, 0.0, &parts)] };
    let titles: Vec<&str> = TITLES.iter().cycle().take(16).copied().collect();
    let picks: History = (4..16).map(ItemRow).collect();
    let of = Of {
        shown: &shown,
        picks: &picks,
        films: &picks,
        off: &[],
        first_with_all: None,
        film: ItemRow(3),
    };
    let drawn = draw(of, &crate::stage::catalogue(&titles), 640.0).unwrap();
    let markup = crate::ui::figure::shape::markup(&drawn.picture.shapes);
    assert!(markup.contains("3 other films"), "{markup}");
    assert_eq!(of_class(&drawn, "column").len(), 10);
    assert!(
        laid::words(&drawn.picture).iter().any(|it| it.words == "0.38"),
        "what they give together"
    );
}

#[test]
fn popularity_reads_no_history() {
    let seen = inside("popularity", "", &Shown { films: vec![film(3, 0.75, &[])] });
    assert_says(
        &seen.words,
        &[
            "Solaris is 1st with 0.750: every reader gets the same list",
            "It reads no history, so every reader gets the same list",
            "Solaris: 0.750 = 0.750 popularity.",
        ],
    );
    assert_silent(&seen.words, &["leave it out", "in all"]);
}
