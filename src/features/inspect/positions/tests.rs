use crate::families::inspect::positions::{Position, Shown};
use crate::families::inspect::said::Said;
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn shown() -> Shown {
    let position = |attention: &[f32], top: u32, rank_of_next| Position {
        attention: vec![attention.to_vec(), attention.iter().rev().copied().collect()],
        said: Said { top: vec![scored(top, 2.5)], rank_of_next },
    };
    Shown {
        positions: vec![
            position(&[1.0], 3, Some(7)),
            position(&[0.3, 0.7], 4, Some(22)),
            position(&[0.2, 0.3, 0.5], 3, None),
        ],
    }
}

#[test]
fn each_film_says_where_every_layer_looked_and_its_rank_before() {
    let seen = inside("sasrec", "", &shown());
    assert_says(
        &seen.words,
        &[
            "After 3 of 3: Fargo",
            "Layer 1 Layer 2 Rank before Alien 20 % 50 % – Heat 30 % 30 % 7th Fargo 50 % 20 % 22nd",
            "What it would have recommended next 1 Solaris (1979) 2.50",
        ],
    );
    assert_silent(&seen.words, &["Your next film was"]);
    assert_eq!(seen.row("attention", 1), r#"[2,1,1,"Alien",1979,0.3,0.7]"#);
    let said = r#"[2,1,5,"Amelie",1979,2.5,22]"#;
    assert_eq!(seen.row("what it said after each pick", 1), said);
}

#[test]
fn a_step_back_shows_what_came_next() {
    let seen = inside("sasrec_text", "&s=1", &shown());
    assert_says(
        &seen.words,
        &[
            "After 2 of 3: Heat",
            "Alien 30 % 70 % – Heat 70 % 30 % 7th Fargo 22nd",
            "1 Amelie (1979) 2.50 Your next film was Fargo: it ranked 22nd.",
        ],
    );
}
