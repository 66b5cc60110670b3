use crate::catalog::ItemRow;
use crate::families::gru4rec::{Shown, Trace};
use crate::families::inspect::said::Said;
use crate::features::inspect::gru4rec::figure;
use crate::features::inspect::tests::{TITLES, inside};
use crate::history::History;
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
fn what_is_left_of_a_film_is_a_ridge_with_its_share() {
    let traces = vec![trace(0, &[0.83, 0.4, 0.12]), trace(1, &[0.6, 0.5]), trace(2, &[0.9])];
    let seen = inside("gru4rec", "&s=1", &shown(traces.clone()));
    assert_says(
        &seen.words,
        &[
            "GRU4Rec · the hidden state",
            "Of Alien 40 % is left after 1 more film: half of it is gone",
            "Alien 40 % Heat 60 % Fargo after film 2",
            "After Heat, Fargo came first.",
            "GRU4Rec, 1 run, 1 ms · NDCG@10",
            "1 Fargo (1979) 2.50 2 Amelie (1979) 1.25",
            "Your next film was Fargo: it ranked 1st.",
        ],
    );
    assert_eq!(seen.row("trace in the state", 1), r#"[1,1,"Alien",1979,1,0.4]"#);
    assert_eq!(seen.row("what it said after each pick", 1), r#"[1,2,2,"Heat",1979,1.25,2]"#);

    let last = inside("gru4rec", "", &shown(traces));
    assert_says(
        &last.words,
        &[
            "Of Alien 12 % is left after 2 more films; half of it was gone after 1",
            "Now Amelie comes first.",
        ],
    );
}

#[test]
fn films_too_old_to_be_followed_have_no_ridge() {
    let seen = inside("gru4rec", "", &shown(vec![trace(1, &[0.6, 0.5]), trace(2, &[0.9])]));
    assert_says(
        &seen.words,
        &["Heat 50 % Fargo 90 %", "Only the newest 2 of the 3 films it reads are followed."],
    );
    assert_silent(&seen.words, &["Your next film was", "Alien 83 %"]);
}

#[test]
fn ridges_are_as_high_as_their_shares_at_every_width() {
    let catalogue = crate::stage::catalogue(&TITLES);
    let picks: History = [0, 1, 2].map(ItemRow).into_iter().collect();
    let all = shown(vec![trace(0, &[0.8, 0.4, 0.2]), trace(1, &[0.6, 0.3]), trace(2, &[0.9])]);
    for width in [320.0, 540.0, 960.0] {
        let drawn = figure::draw(&all, &picks, &catalogue, 2, width).unwrap();
        let markup = crate::ui::figure::shape::markup(&drawn.picture.shapes);
        // The first film's ridge stands on y = 56 and a share of 1 is 52 high.
        for y in ["14.4", "35.2", "45.6"] {
            assert!(markup.contains(&format!(" {y}")), "{width}: {y} in {markup}");
        }
        let right = markup
            .split("translate(")
            .skip(1)
            .filter_map(|it| it.split(' ').next()?.parse::<f64>().ok());
        assert!(right.fold(0.0, f64::max) < width, "{width}");
        assert_eq!(drawn.table.rows.len(), 3);
    }
    assert_eq!(figure::draw(&shown(vec![]), &picks, &catalogue, 2, 640.0), None);
}
