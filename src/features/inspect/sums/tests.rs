use crate::catalog::ItemRow;
use crate::families::inspect::sums::{FilmSum, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent};

fn film(row: u32, start: f32, parts: &[f32]) -> FilmSum {
    let score = start + parts.iter().sum::<f32>();
    FilmSum { item: ItemRow(row), score, start, parts: parts.to_vec() }
}

#[test]
fn every_score_is_its_summands_to_the_last_digit() {
    let films = vec![film(3, 0.6, &[-0.1, 3.2, 2.4]), film(4, 0.0, &[0.0, 1.0, 0.5])];
    let seen = inside("ease", "", &Shown { films });
    assert_says(
        &seen.words,
        &[
            "Film Alien Heat Fargo Popularity Score",
            "Solaris (1979) −0.100 +3.200 +2.400 +0.600 6.100",
            "Amelie (1979) · +1.000 +0.500 · 1.500",
            "Solaris: 6.100 = 3.200 Heat + 2.400 Fargo − 0.100 Alien + 0.600 popularity.",
        ],
    );
    assert_silent(&seen.words, &["Other films"]);
    let row = r#"[5,"Amelie",1979,0.0,1.0,0.5,0.0,1.5]"#;
    assert_eq!(seen.row("parts of the scores", 1), row);
}

#[test]
fn the_film_in_focus_has_its_sum_written_out() {
    let films = vec![film(3, 0.6, &[0.1, 0.2, 0.3]), film(4, 0.0, &[0.0, 1.0, 0.5])];
    let seen = inside("ease", "&x=5", &Shown { films });
    assert_says(&seen.words, &["Amelie: 1.500 = 1.000 Heat + 0.500 Fargo."]);
}

#[test]
fn films_of_little_weight_share_a_column() {
    let mut parts = [0.25; 12];
    parts[3..5].copy_from_slice(&[0.125, 0.001]);
    let seen = inside("markov", "", &Shown { films: vec![film(3, 0.0, &parts)] });
    assert_says(&seen.words, &["Other films Popularity Score", "+0.126 · 2.626"]);
}

#[test]
fn popularity_reads_no_history() {
    let seen = inside("popularity", "", &Shown { films: vec![film(3, 0.75, &[])] });
    assert_says(
        &seen.words,
        &[
            "It reads no history, so every reader gets the same list",
            "Solaris: 0.750 = 0.750 popularity.",
        ],
    );
}
