use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::families::blend::{Choice, FilmPoints, MemberSays, Points, Shown};
use crate::features::inspect::blend::figure::draw;
use crate::features::inspect::tests::{TITLES, inside};
use crate::stage::{assert_says, assert_silent};
use crate::ui::figure::laid;
use crate::ui::figure::shape::Shape;

/// Two films that are left to recommend, and two models that disagree on which comes first.
fn shown(weights: [f64; 2]) -> Shown {
    let film = |row, places: [usize; 2]| {
        let worth = |place: usize| 21.0 / (20.0 + place as f64);
        let points = [0, 1].map(|at| (weights[at] * worth(places[at])) as f32);
        let members = [0, 1].map(|at| Points { place: places[at], points: points[at] });
        FilmPoints { item: ItemRow(row), score: points.iter().sum(), members: members.to_vec() }
    };
    let says = |family: &str, weight, rows: [(u32, usize); 2]| MemberSays {
        family: FamilyName(family.to_owned()),
        weight,
        top: rows.map(|(row, place)| Choice { item: ItemRow(row), place }).to_vec(),
    };
    Shown {
        members: vec![
            says("ease", weights[0], [(3, 1), (4, 2)]),
            says("sasrec", weights[1], [(4, 2), (2, 11)]),
        ],
        constant: 20.0,
        n_places: 7_700,
        films: vec![film(3, [1, 22]), film(4, [2, 43])],
    }
}

#[test]
fn the_first_film_is_followed_from_model_to_model_and_shares_are_a_hundred() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    assert_says(
        &seen.words,
        &[
            "Blend · ranks added up Solaris is 1st with 1.500 points: 1.000 from EASE (1st there) \
             and 0.500 from SASRec (22nd there)",
            "EASE SASRec",
            "1 Solaris 1.500 2 Amelie 1.288",
            "1st of 2",
            "That is 67 % and 33 % of its points. A full bar is a first place everywhere.",
            "EASE and SASRec each rank the 7,700 films that are not yours. A 1st place is worth \
             1.000 points, a 2nd 0.955, a 10th 0.700, a 100th 0.175, and a film’s score is the sum.",
        ],
    );
    assert_silent(&seen.words, &["times"]);
    assert_says(
        &seen.html,
        &["points kind-baseline is-solid", "points kind-autoregressive is-open"],
    );
}

#[test]
fn the_film_in_focus_is_the_one_that_is_followed() {
    let seen = inside("blend", "&x=5", &shown([1.0, 1.0]));
    let told = "Amelie is 2nd with 1.288 points: 0.955 from EASE (2nd there) and 0.333 from SASRec (43rd there)";
    assert_says(&seen.words, &[told, "2nd of 2", "74 % and 26 %"]);
}

#[test]
fn each_model_has_its_own_list_and_the_ranks_beyond_it() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    // The list of EASE, then that of SASRec with the ranks that films of the blend have beyond its first ten.
    assert_says(&seen.words, &["1 Solaris 2 Amelie", "1 Amelie 2 Fargo 22nd 43rd"]);
    assert_eq!(seen.row("each model alone", 3), r#"["SASRec",2,3,"Fargo",1979,11]"#);
    let row = r#"[1,4,"Solaris",1979,1,1.0,22,0.5,1.5]"#;
    assert_eq!(seen.row("places and points", 0), row);
}

#[test]
fn a_model_that_counts_more_says_so() {
    let seen = inside("blend", "", &shown([2.0, 0.5]));
    let said =
        "Of these points those of EASE count 2.00 times and those of SASRec count 0.50 times.";
    assert_says(
        &seen.words,
        &[said, "2.000 from EASE (1st there)", "That is 89 % and 11 % of its points."],
    );
}

fn attribute<'a>(shape: &'a Shape, name: &str) -> &'a str {
    &shape.attributes.iter().find(|it| it.0 == name).unwrap().1
}

/// The shapes of `class`, those inside others as well.
fn of_class(shapes: &[Shape], class: &str) -> Vec<Shape> {
    let has = |it: &Shape| {
        it.attributes.iter().any(|it| it.0 == "class" && it.1.split(' ').any(|it| it == class))
    };
    let mut found = Vec::new();
    for it in shapes {
        found.extend(has(it).then(|| it.clone()));
        found.extend(of_class(&it.inside, class));
    }
    found
}

#[test]
fn bars_are_as_long_as_points_and_trails_join_the_ranks() {
    let catalogue = crate::stage::catalogue(&TITLES);
    for width in [320.0, 540.0, 960.0] {
        let drawn = draw(&shown([2.0, 0.5]), 1, &catalogue, width).unwrap();
        let shapes = &drawn.picture.shapes;
        let number = |it: &Shape, name: &str| attribute(it, name).parse::<f64>().unwrap();
        let full = number(&of_class(shapes, "beyond")[0], "width");
        let parts = of_class(shapes, "points");
        let worth = |place: f64| 21.0 / (20.0 + place);
        let points = [2.0 * worth(1.0), 0.5 * worth(22.0), 2.0 * worth(2.0), 0.5 * worth(43.0)];
        for (part, points) in parts.iter().zip(points) {
            // Less a gap between two parts.
            let wanted = full * points / 2.5 - 1.0;
            assert!(
                (number(part, "width") - wanted).abs() < 0.11,
                "{width}: {part:?} for {wanted}"
            );
        }
        let trails = of_class(shapes, "trail");
        assert_eq!(trails.len(), 4);
        assert!(attribute(&trails[1], "class").contains("is-on"), "it lies over the other");
        // Film 2 of the blend is 2nd at EASE: both rows are the second of their lists.
        let d = attribute(&trails[1], "d");
        assert!(d.contains(" 106C") && d.ends_with(" 106"), "{width}: {d}");
        assert_eq!(
            attribute(&trails[1], "stroke-width"),
            format!("{:.1}", 16.0 * 2.0 * worth(2.0) / 2.5)
        );
        laid::check(&drawn.picture, width);
        assert_eq!(drawn.table.rows.len(), 2);
    }
}

/// Ten films that two models put far apart.
fn far_apart() -> (Shown, std::sync::Arc<crate::catalog::Catalogue>) {
    let titles: Vec<&str> = (0..30)
        .map(|at| {
            ["Eternal Sunshine of the Spotless Mind", "Heat", "The Shawshank Redemption"][at % 3]
        })
        .collect();
    let film = |at: u32| FilmPoints {
        item: ItemRow(at),
        score: 1.3 - 0.05 * at as f32,
        members: vec![
            Points { place: 1 + at as usize, points: 1.0 - 0.05 * at as f32 },
            Points { place: 11 + (at as usize * 911) % 7_600, points: 0.3 },
        ],
    };
    let says = |family: &str, weight, from: u32| MemberSays {
        family: FamilyName(family.to_owned()),
        weight,
        top: (from..from + 10)
            .map(|row| Choice { item: ItemRow(row), place: 1 + row as usize })
            .collect(),
    };
    let shown = Shown {
        members: vec![says("ease_recency", 1.0, 0), says("gru4rec", 0.3, 15)],
        constant: 10.0,
        n_places: 7_700,
        films: (0..10).map(film).collect(),
    };
    (shown, crate::stage::catalogue(&titles))
}

#[test]
fn it_is_legible_at_every_width_however_far_the_models_are_apart() {
    let (far, catalogue) = far_apart();
    for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
        for at in [0, 9] {
            laid::check(&draw(&far, at, &catalogue, width).unwrap().picture, width);
        }
    }
    let nothing = Shown { films: vec![], ..far };
    assert_eq!(draw(&nothing, 0, &catalogue, 640.0), None);
}
