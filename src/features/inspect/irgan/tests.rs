use crate::catalog::ItemRow;
use crate::families::irgan::{Drawn, Round, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent};

fn shown() -> Shown {
    let film = |row, share, rank_before, taken_for_real, rank_by_discriminator| Drawn {
        item: ItemRow(row),
        share,
        rank_before,
        taken_for_real,
        rank_by_discriminator,
    };
    let round = |films: Vec<Drawn>, left: Vec<(ItemRow, usize)>, n_kept, share| Round {
        films,
        left,
        n_kept,
        share,
        agreement: -0.25,
        n_compared: 61,
    };
    let before = vec![film(3, 0.022, None, 0.5, 113), film(1, 0.01, None, 0.25, 2)];
    let after = vec![film(4, 0.044, Some(3), 0.731, 1), film(3, 0.01, Some(1), 0.5, 22)];
    Shown {
        rounds: vec![
            round(before, vec![], 2, 0.032),
            round(after, vec![(ItemRow(1), 11)], 1, 0.054),
        ],
    }
}

#[test]
fn a_round_sets_each_film_beside_the_verdict_on_it() {
    let seen = inside("irgan", "", &shown());
    assert_says(
        &seen.words,
        &[
            "After round 1 of 1",
            "1 Amelie (1979) ▲2 , up 2 4.4 % 73.1 % 1st",
            "2 Solaris (1979) ▼1 , down 1 1.0 % 50.0 % 22nd",
            "1 of its 2 films led before the rounds too. Gone since the step before: Heat (1979), now 11th.",
            "Together they are 5.4 % of all its draws; its first ten before the rounds were 3.2 %.",
            "Kendall’s τ is −0.25 over the 61 films in either one’s first 50",
        ],
    );
    assert_eq!(seen.row("rounds", 2), r#"[1,1,5,"Amelie",1979,0.044,0.731,1]"#);
}

#[test]
fn before_the_rounds_nothing_is_gone() {
    let seen = inside("irgan", "&s=0", &shown());
    assert_says(&seen.words, &["1 Solaris (1979) 2.2 % 50.0 % 113th"]);
    assert_silent(&seen.words, &["Gone since the step before"]);
}

#[test]
fn whether_rounds_helped_is_said_by_their_intervals() {
    let seen = inside("irgan", "", &shown());
    assert_says(
        &seen.words,
        &[
            "After the rounds it reaches 0.300: worse than 0.390 before them, and not clearly different from 0.305 after as many further passes without them.",
            "NDCG@100 on 2,000 held-out people, table B",
            "Before the rounds 0.390 0.380–0.400 After them 0.300 0.290–0.310",
            "The discriminator alone 0.200 0.190–0.210",
        ],
    );
}
