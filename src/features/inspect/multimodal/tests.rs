use crate::catalog::ItemRow;
use crate::families::inspect::walk::Walk;
use crate::families::multimodal::{Modality, Near, Neighbour, Parted, Shown, Switches};
use crate::features::inspect::multimodal::{figure, words};
use crate::features::inspect::tests::{TITLES, inside};
use crate::stage::{assert_says, assert_silent, catalogue, scored};
use crate::ui::figure::laid;
use crate::ui::figure::shape::Shape;

fn shown() -> Shown {
    let neighbours = |films: &[(u32, f32)]| {
        Some(films.iter().map(|&(row, cosine)| Neighbour { item: ItemRow(row), cosine }).collect())
    };
    let near = |row, by_modality| Near { item: ItemRow(row), by_modality };
    let walk = |row, ranks: [usize; 2]| Walk { item: ItemRow(row), ranks: ranks.to_vec() };
    Shown {
        switches: Switches::default(),
        before: vec![ItemRow(4), ItemRow(3)],
        list: vec![
            Parted { film: scored(3, 2.5), by_modality: [1.25, 0.0, -0.25, 1.0], start: 0.5 },
            Parted { film: scored(4, 2.0), by_modality: [2.0, 0.0, 0.0, 0.0], start: 0.0 },
        ],
        walks: vec![walk(4, [1, 2]), walk(3, [2, 1])],
        n_kept: [1, 2, 2, 0],
        picks: vec![
            near(1, [neighbours(&[(3, 0.75)]), neighbours(&[(4, 0.5)]), None, neighbours(&[])]),
            near(2, [neighbours(&[(4, 0.875)]), None, None, neighbours(&[(0, 0.25)])]),
        ],
        listed: vec![
            near(3, [neighbours(&[(0, 0.625)]), None, None, None]),
            near(4, [None, None, None, None]),
        ],
    }
}

#[test]
fn the_list_by_all_four_says_what_each_is_worth_to_it() {
    let seen = inside("multimodal", "", &shown());
    assert_says(
        &seen.words,
        &[
            "Multimodal · text, sound, look and behaviour Without behaviour, 2 of the first 2 films change; without sound or look, none",
            "by all four the list score of the first ten change without it Text 1 Sound 0 Look 0 Behaviour 2 Popularity",
            "1 Solaris 2.50",
            "The films nearest to Fargo, by each alone",
            "Areas: what each gives to a score. Switch one off to see the list without it.",
        ],
    );
    assert_silent(&seen.words, &["As it was"]);
    let switch = "role=\"switch\" aria-checked=\"true\"";
    assert_eq!(seen.html.matches(switch).count(), 4);
    assert_eq!(
        seen.row("parts of the scores", 0),
        r#"[1,4,"Solaris",1979,2.5,1.25,0.0,-0.25,1.0,0.5,2]"#
    );
}

#[test]
fn without_a_modality_lines_lead_to_the_list_and_there_is_a_way_back() {
    let switches = Switches::without(Modality::Behaviour);
    let seen = inside("multimodal", "&p=w3", &Shown { switches, ..shown() });
    assert_says(
        &seen.words,
        &[
            "As it was",
            "Without behaviour, the first 2 films stay the same: Amelie falls to 2nd, Solaris comes first",
            "by what is on",
            "Lines lead from the list by all four to that by what is on.",
        ],
    );
    assert_eq!(seen.html.matches("aria-checked=\"false\"").count(), 1);
    assert_eq!(seen.html.matches("lane is-off").count(), 2, "popularity goes with behaviour");
    assert_says(&seen.html, &["aria-label=\"Solaris, 1st, 2nd by all four\""]);
    let last = [Modality::Sound, Modality::Look, Modality::Behaviour];
    let switches = last.into_iter().fold(Switches::default(), |it, off| it.with(off, false));
    let seen = inside("multimodal", "&p=w123", &Shown { switches, ..shown() });
    // All that is left cannot be switched off.
    assert_eq!(seen.html.matches("aria-disabled=\"true\"").count(), 1);
}

#[test]
fn the_films_nearest_to_one_stand_by_each_modality_it_has() {
    let seen = inside("multimodal", "", &shown());
    assert_says(
        &seen.words,
        &[
            "by text Amelie 0.88",
            "by sound Nothing is known of its trailer. by look Nothing is known of its trailer.",
            "by behaviour Alien 0.25",
            "Near Fargo, 2 of 2",
        ],
    );
    let seen = inside("multimodal", "&s=0", &shown());
    assert_says(&seen.words, &["nearest to Heat", "by text Solaris 0.75 by sound Amelie 0.50"]);
    assert_eq!(seen.row("nearest films", 1), r#"["Heat","Sound",5,"Amelie",1979,0.5]"#);
    // A film of the list that is in focus goes first.
    let seen = inside("multimodal", "&x=4", &shown());
    assert_says(&seen.words, &["nearest to Solaris", "by text Alien 0.62"]);
    assert_eq!(seen.html.matches("aria-pressed=\"true\"").count(), 1);
}

#[test]
fn claims_count_what_changes() {
    let each = |n_changed| words::each_without(n_changed, 10);
    assert_eq!(each([0; 4]), "Without any one of the four, the first 10 films stay the same");
    assert_eq!(each([1; 4]), "Without any one of the four, 1 of the first 10 films changes");
    assert_eq!(
        each([2, 2, 0, 5]),
        "Without behaviour, 5 of the first 10 films change; without look, none"
    );
    assert_eq!(
        each([3, 1, 3, 3]),
        "Without text, look or behaviour, 3 of the first 10 films change; without sound, 1"
    );
    let off = [Modality::Text, Modality::Look];
    let own = |rank| Some(("Heat".to_owned(), rank));
    assert_eq!(
        words::without(&off, 1, 10, own(1).as_ref(), "Heat"),
        "Without text and look, 1 of the first 10 films changes; Heat stays first"
    );
    assert_eq!(
        words::without(&off, 10, 10, own(1_661).as_ref(), "Alien"),
        "Without text and look, 10 of the first 10 films change: Heat falls to 1,661st, Alien comes first"
    );
}

/// Of ten films so many leave the list by all, and as many come in.
fn many(n_leave: usize) -> (Shown, std::sync::Arc<crate::catalog::Catalogue>) {
    let titles = ["Eternal Sunshine of the Spotless Mind", "Heat", "The Shawshank Redemption"];
    let films = catalogue(&titles.repeat(10));
    let walk = |at: usize| {
        let ranks = match at {
            at if at < n_leave => vec![at + 1, 20 + 911 * at],
            at if at < 10 => vec![at + 1, at - n_leave + 1],
            at => vec![11 + 700 * (at - 10), at - n_leave + 1],
        };
        Walk { item: ItemRow(at as u32), ranks }
    };
    let walks: Vec<Walk> = (0..10 + n_leave).map(walk).collect();
    let part = |at: usize| Parted {
        film: scored(at as u32, 7.0 - at as f32 / 10.0),
        by_modality: [1.0, 0.0, -0.5, 4.0],
        start: 0.5,
    };
    let nearest = || Some((0..5).map(|at| Neighbour { item: ItemRow(at), cosine: 0.5 }).collect());
    let near = |row| Near { item: ItemRow(row), by_modality: [nearest(), None, None, nearest()] };
    let shown = Shown {
        switches: Switches::without(Modality::Look),
        before: (0..30).map(ItemRow).collect(),
        list: (n_leave..n_leave + 10).map(part).collect(),
        walks,
        n_kept: [8, 9, 10, 0],
        picks: vec![near(25)],
        listed: vec![],
    };
    (shown, films)
}

#[test]
fn it_is_legible_at_every_width_however_many_films_change() {
    for n_leave in [0, 1, 4, 10] {
        let (shown, films) = many(n_leave);
        for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
            for followed in [shown.picks.first(), None] {
                let drawn = figure::draw(&shown, followed, &films, width).unwrap();
                laid::check(&drawn.picture, width);
                let n_words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
                assert!(n_words <= 45, "{n_words}: {} {}", drawn.claim, drawn.say);
            }
        }
    }
    let nothing = Shown { list: vec![], ..shown() };
    assert_eq!(figure::draw(&nothing, None, &catalogue(&TITLES), 640.0), None);
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

fn attribute<'a>(shape: &'a Shape, name: &str) -> &'a str {
    &shape.attributes.iter().find(|it| it.0 == name).unwrap().1
}

#[test]
fn lines_join_the_ranks_and_squares_are_as_large_as_parts() {
    let (shown, films) = many(1);
    for width in [320.0, 540.0, 960.0] {
        let drawn = figure::draw(&shown, None, &films, width).unwrap();
        let shapes = &drawn.picture.shapes;
        let ends = |row: usize| {
            let threads = of_class(shapes, "thread");
            let it =
                threads.iter().find(|it| attribute(it, "data-row") == row.to_string()).unwrap();
            let d = attribute(it, "d").to_owned();
            let from: f64 =
                d.split(['M', 'C']).nth(1).unwrap().split(' ').nth(1).unwrap().parse().unwrap();
            let to: f64 = d.split(' ').next_back().unwrap().parse().unwrap();
            (from, to)
        };
        // The first rank is at 110 + 17, the next ones 34 lower each; beyond the ten at 450 + 18.
        assert_eq!(ends(1), (161.0, 127.0), "{width}: from 2nd to 1st");
        assert_eq!(ends(0), (127.0, 468.0), "{width}: out of the list");
        assert_eq!(ends(10), (468.0, 433.0), "{width}: into it");
        let parts = of_class(&of_class(shapes, "film")[..1], "part");
        let wide: Vec<f64> =
            parts.iter().map(|it| attribute(it, "width").parse().unwrap()).collect();
        // Text 1, look −0.5, behaviour 4, popularity 0.5: the area is the part.
        let side = wide[2];
        for (wide, part) in wide.iter().zip([1.0, 0.5, 4.0, 0.5_f64]) {
            assert!((wide - side * (part / 4.0).sqrt()).abs() < 0.11, "{width}: {wide} for {part}");
        }
        assert!(attribute(&parts[1], "class").contains("is-less"));
        assert!(attribute(&parts[3], "class").contains("known"));
        // Ten films, and the one that left.
        assert_eq!(drawn.table.rows.len(), 11);
    }
}
