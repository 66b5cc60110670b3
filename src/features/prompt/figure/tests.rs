use super::*;
use crate::features::prompt::state::{Effort, PromptSettings};
use crate::language::PopularityBias;
use crate::stage;
use crate::ui::figure::laid;

const TITLES: [&str; 6] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead", "Fargo"];

/// `numbers` are with and without the history, the best first; two of three films are told.
fn prompted(numbers: &[(f32, f32)], n_told: Option<usize>) -> Prompted {
    let scored = |(candidate, &(with_history, without_history)): (usize, &(f32, f32))| Scored {
        candidate,
        with_history,
        without_history,
        score: with_history - without_history / 2.0,
    };
    Prompted {
        films: [0, 1, 2].map(ItemRow).to_vec(),
        n_told,
        candidates: (0..numbers.len() as u32).map(|it| ItemRow(it + 3)).collect(),
        scored: numbers.iter().enumerate().map(scored).collect(),
        position: None,
        popularity: PopularityBias { raw: 0.0, scored: 0.0 },
        effort: Effort::default(),
        settings: PromptSettings {
            n_candidates: 20,
            is_adapted: false,
            calibration: 0.5,
            n_orders: 0,
        },
    }
}

fn claim(it: &Prompted) -> String {
    draw(it, &stage::catalogue(&TITLES), 640.0).unwrap().claim
}

#[test]
fn the_claim_is_the_title_that_gains_most() {
    let all = [(-5.0, -7.5), (-6.0, -7.0), (-9.0, -8.0)];
    assert_eq!(
        claim(&prompted(&all, Some(2))),
        "After 2 films, Dune gains most: 12 times as likely as without them"
    );
    assert_eq!(
        claim(&prompted(&all[1..], Some(1))),
        "After Alien, Dune gains most: 2.7 times as likely as without it"
    );
    assert_eq!(
        claim(&prompted(&[(-5.0, -5.5)], None)),
        "With your own prompt, Dune gains most: 1.65 times as likely as without it"
    );
    assert_eq!(
        claim(&prompted(&[(-5.0, -5.0), (-6.0, -5.0)], Some(3))),
        "After 3 films no title is likelier than without them"
    );
    assert_eq!(
        claim(&prompted(&[(-5.5, -5.0), (-6.0, -5.0)], Some(3))),
        "After 3 films no title is likelier than without them; Dune loses least"
    );
    assert!(claim(&prompted(&[(-5.0, -25.0)], Some(3))).contains("over a million times as likely"));
    let say = draw(&prompted(&all, Some(2)), &stage::catalogue(&TITLES), 640.0).unwrap().say;
    assert_eq!(say, "Ranked by “with”, half of “without” taken off: Dune is first.");
    assert_eq!(draw(&prompted(&[], Some(1)), &stage::catalogue(&TITLES), 640.0), None);
}

/// Where the dots of the row of `film` are.
fn dots(drawn: &Drawn, film: u32) -> Vec<f64> {
    let key = format!("row{film}");
    let row = drawn.picture.shapes.iter().find(|it| it.key.as_ref() == Some(&key)).unwrap();
    let x = |it: &&Shape| it.attributes.iter().find(|it| it.0 == "cx")?.1.parse().ok();
    let is_dot = |it: &&Shape| matches!(it.key.as_deref(), Some("with" | "without"));
    row.inside.iter().filter(is_dot).filter_map(|it| x(&it)).collect()
}

#[test]
fn dots_are_at_their_log_probabilities_at_every_width() {
    let catalogue = stage::catalogue(&TITLES);
    let all = [(-5.0, -7.5), (-6.0, -7.0), (-9.0, -8.0)];
    for width in [320.0, 540.0, 960.0] {
        let drawn = draw(&prompted(&all, Some(2)), &catalogue, width).unwrap();
        let (left, right) = (if width < 540.0 { 136.0 } else { 228.0 }, width - 60.0);
        let x = |nats: f64| left + (nats + 9.0) / 4.0 * (right - left);
        for (at, (with, without)) in all.iter().enumerate() {
            let [from, to] = dots(&drawn, at as u32 + 3)[..] else { panic!("{at}") };
            assert!((from - x(f64::from(*without))).abs() < 0.1, "{width} {at}: {from}");
            assert!((to - x(f64::from(*with))).abs() < 0.1, "{width} {at}: {to}");
        }
        let row = serde_json::to_string(&drawn.table.rows[2]).unwrap();
        assert_eq!(row, r#"[3,6,"Fargo",1979,-5.0,-9.0,-8.0,-1.0,3]"#);
    }
}

#[test]
fn a_few_titles_far_below_are_written_and_not_drawn() {
    let catalogue = stage::catalogue(&["A"; 20]);
    let mut all = vec![(-5.0, -7.5), (-6.0, -7.0), (-6.0, -7.0), (-7.0, -6.0)];
    all.push((-30.9, -28.3));
    let drawn = draw(&prompted(&all, Some(2)), &catalogue, 640.0).unwrap();
    assert!(laid::words(&drawn.picture).iter().any(|it| it.words == "◂ −28.3 to −30.9"));
    assert!(dots(&drawn, 7).is_empty());
    // Where they are many, nothing is left out.
    let drawn =
        draw(&prompted(&[(-5.0, -7.5), (-30.9, -28.3)], Some(2)), &catalogue, 640.0).unwrap();
    assert_eq!(dots(&drawn, 4).len(), 2);
}

#[test]
fn the_title_that_gains_most_is_drawn_wherever_it_stands() {
    let catalogue = stage::catalogue(&["A"; 60]);
    let mut all: Vec<(f32, f32)> = (0..50).map(|at| (-5.0 - at as f32 / 10.0, -5.5)).collect();
    all[40] = (-9.0, -15.0);
    let drawn = draw(&prompted(&all, Some(2)), &catalogue, 640.0).unwrap();
    assert_eq!(dots(&drawn, 43).len(), 2);
    assert!(laid::words(&drawn.picture).iter().any(|it| it.words == "29 more titles in the table"));
    assert_eq!(drawn.table.rows.len(), 50);
}

#[test]
fn it_is_legible_at_every_width_and_length() {
    let long = "The Incredibly Strange Creatures Who Stopped Living and Became Mixed-Up Zombies";
    let catalogue = stage::catalogue(&[long; 80]);
    for n in [1, 2, 10, 20, 50] {
        let numbers = |at: usize| (-4.0 - (at * 7 % 23) as f32, -4.0 - (at * 5 % 19) as f32);
        let all: Vec<(f32, f32)> = (0..n).map(numbers).collect();
        for (n_films, n_told) in [(1, Some(1)), (3, Some(2)), (10, Some(10)), (10, None)] {
            let films = (0..n_films).map(ItemRow).collect();
            let it = Prompted { films, ..prompted(&all, n_told) };
            for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
                let drawn = draw(&it, &catalogue, width).unwrap();
                laid::check(&drawn.picture, width);
            }
        }
    }
}
