use crate::families::bert4rec::{Fill, MaskedRank, Shown, Sides};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn fill(rows: [u32; 2], masked: Option<(usize, f32)>) -> Fill {
    let masked = masked.map(|(rank, share)| MaskedRank { rank, share });
    Fill { top: vec![scored(rows[0], 2.5), scored(rows[1], 1.25)], masked }
}

fn shown(masked: Option<usize>) -> Shown {
    let rank = |rank| masked.and(Some(rank));
    let sides = Sides {
        before: fill([3, 4], rank((2, 0.0034))),
        after: fill([4, 3], rank((113, 0.000_01))),
    };
    Shown {
        masked,
        attention: vec![vec![0.25, 0.0, 0.5], vec![0.4, 0.0, 0.1]],
        whole: fill([1, 3], rank((1, 0.104))),
        sides: masked.map(|_| sides),
    }
}

#[test]
fn a_masked_film_is_named_from_both_sides_and_from_each_alone() {
    let seen = inside("bert4rec", "&p=c1", &shown(Some(1)));
    assert_says(
        &seen.words,
        &[
            "Masked 2 of 3: Heat",
            "Film Layer 1 Layer 2 Alien 25 % 40 % masked Fargo 50 % 10 % Mask nothing What is missing",
            "What it would put there 1 Heat (1979) 2.50 2 Solaris (1979) 1.25",
            "The masked film is Heat: it ranks 1st, with 10 % of the probability.",
            "Both sides 1st 10 % Heat Before only 2nd 0.34 % Solaris After only 113th under 0.01 % Amelie",
        ],
    );
    assert_eq!(seen.row("attention", 2), r#"[3,3,"Fargo",1979,0.5,0.1]"#);
    let covered = r#"["Heat","before only",1,4,"Solaris",1979,2.5,2,0.0034]"#;
    assert_eq!(seen.row("what it puts there", 2), covered);
}

#[test]
fn at_either_end_one_side_has_no_films() {
    let first = inside("bert4rec", "&p=c0", &shown(Some(0)));
    assert_says(&first.words, &["None before 2nd", "After only 113th"]);
    let last = inside("bert4rec", "&p=c2", &shown(Some(2)));
    assert_says(&last.words, &["Before only 2nd", "None after 113th"]);
}

#[test]
fn with_nothing_masked_the_film_after_the_last_is_named() {
    let seen = inside("bert4rec", "", &shown(None));
    assert_says(
        &seen.words,
        &[
            "Nothing masked: the film after the last",
            "Fargo 50 % 10 % the next film",
            "What it would put next 1 Heat (1979) 2.50",
        ],
    );
    assert_silent(&seen.words, &["The masked film is", "The same mask from one side"]);
}
