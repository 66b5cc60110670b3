use crate::families::gru4rec::{Shown, Trace};
use crate::families::inspect::said::Said;
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn shown(traces: Vec<Trace>) -> Shown {
    let said = |rows: [u32; 2], rank_of_next| Said {
        top: vec![scored(rows[0], 2.5), scored(rows[1], 1.25)],
        rank_of_next,
    };
    Shown { said: vec![said([3, 1], Some(2)), said([2, 4], Some(1)), said([4, 3], None)], traces }
}

fn trace(at: usize, left: &[f32]) -> Trace {
    Trace { at, left: left.to_vec() }
}

#[test]
fn what_is_left_of_a_film_is_a_percentage_and_half_of_it_goes_after_others() {
    let traces = vec![trace(0, &[0.83, 0.4, 0.12]), trace(1, &[0.6, 0.5]), trace(2, &[0.9])];
    let seen = inside("gru4rec", "&s=1", &shown(traces.clone()));
    assert_says(
        &seen.words,
        &[
            "After 2 of 3: Heat",
            "Heat changed the state by 60 %; more than half of that is still there. At the end 50 % is left.",
            "Left here Half gone Alien 40 % +1 Heat 60 % – Fargo –",
            "1 Fargo (1979) 2.50 2 Amelie (1979) 1.25",
            "Your next film was Fargo: it ranked 1st.",
        ],
    );
    assert_eq!(seen.row("trace in the state", 1), r#"[1,1,"Alien",1979,1,0.4]"#);
    assert_eq!(seen.row("what it said after each pick", 1), r#"[1,2,2,"Heat",1979,1.25,2]"#);

    let first = inside("gru4rec", "&s=0", &shown(traces));
    let told = "Alien changed the state by 83 %; half of that was gone after 1 more film. At the end 12 % is left.";
    assert_says(&first.words, &[told]);
}

#[test]
fn films_too_old_to_be_followed_have_no_row() {
    let seen = inside("gru4rec", "", &shown(vec![trace(1, &[0.6, 0.5]), trace(2, &[0.9])]));
    assert_says(
        &seen.words,
        &[
            "Fargo changed the state by 90 %; nothing came after it.",
            "Left here Half gone Heat 50 % – Fargo 90 % –",
            "Only the newest 2 of the 3 films it reads are followed.",
        ],
    );
    assert_silent(&seen.words, &["Your next film was"]);
}
