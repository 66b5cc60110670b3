use crate::catalog::ItemRow;
use crate::families::inspect::walk::Walk;
use crate::families::irgan::{Drawn, Round, Shown};
use crate::features::inspect::irgan::{figure, words};
use crate::features::inspect::tests::inside;
use crate::manifest::{Reached, Rounds};
use crate::stage::{assert_says, assert_silent, catalogue};
use crate::ui::figure::laid;
use crate::ui::figure::shape::markup;

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
    let walk = |row, ranks: [usize; 2]| Walk { item: ItemRow(row), ranks: ranks.to_vec() };
    Shown {
        rounds: vec![
            round(before, vec![], 2, 0.032),
            round(after, vec![(ItemRow(1), 11)], 1, 0.054),
        ],
        films: vec![walk(3, [1, 2]), walk(1, [2, 11]), walk(4, [3, 1])],
    }
}

fn reached(ndcg_at_100: f32) -> Reached {
    Reached { ndcg_at_100, low: ndcg_at_100 - 0.01, high: ndcg_at_100 + 0.01 }
}

fn rounds(before: f32, after: f32) -> Rounds {
    Rounds {
        table: "B".to_owned(),
        n_users: 2_000,
        before: reached(before),
        after: reached(after),
        longer: reached(0.388),
        discriminator: reached(0.2),
    }
}

#[test]
fn a_round_has_its_ranks_its_verdicts_and_what_was_measured() {
    let seen = inside("irgan", "", &shown());
    assert_says(
        &seen.words,
        &[
            "IRGAN · generator against discriminator 1 round cost 0.090 of NDCG@100; the discriminator’s verdicts stay between 25 and 74 %",
            "before round 1",
            "Amelie ▲2",
            "Solaris ▼1",
            "Heat 11th",
            "watched coin toss not watched",
            "NDCG@100 on 2,000 held-out people, table B 0.390 0.300 after 0.305 without rounds",
            "After round 1 of 1",
            "After round 1 the ten take 5.4 % of the generator’s draws; 3.2 % before the rounds.",
            "1 of its 2 films led before the rounds too. Gone since the step before: Heat (1979), now 11th.",
            "Kendall’s τ is −0.25 over the 61 films in either one’s first 50",
            "Did it help? After the rounds it reaches 0.300: worse than 0.390 before them, and not clearly different from 0.305 after as many further passes without them. The discriminator alone reaches 0.200.",
        ],
    );
    assert_eq!(seen.row("rounds", 2), r#"[1,1,5,"Amelie",1979,0.044,0.731,1]"#);
    let films = catalogue(&["Alien", "Heat", "Fargo", "Solaris", "Amelie"]);
    let table = figure::draw(&shown(), None, &films, 1, 640.0).unwrap().table;
    let rows: Vec<_> = table.rows.iter().map(|it| serde_json::to_string(it).unwrap()).collect();
    assert_eq!(rows[1], r#"[2,"Heat",1979,2,11,null,null,null]"#);
    assert_eq!(rows[2], r#"[5,"Amelie",1979,3,1,0.044,0.731,1]"#);
}

#[test]
fn before_the_rounds_nothing_is_gone() {
    let seen = inside("irgan", "&s=0", &shown());
    assert_says(&seen.words, &["Before the rounds the ten take 3.2 % of the generator’s draws."]);
    assert_silent(&seen.words, &["Gone since the step before"]);
}

#[test]
fn the_claim_says_no_more_than_the_intervals() {
    let claim = |after| words::claim(Some(&rounds(0.39, after)), 5, (0.4314, 0.5709));
    let verdicts = "the discriminator’s verdicts stay between 43 and 58 %";
    assert_eq!(claim(0.3), format!("5 rounds cost 0.090 of NDCG@100; {verdicts}"));
    assert_eq!(claim(0.45), format!("5 rounds gain 0.060 of NDCG@100; {verdicts}"));
    assert_eq!(claim(0.38), format!("5 rounds do not clearly change NDCG@100; {verdicts}"));
    let alone = words::claim(None, 5, (0.4314, 0.5709));
    assert_eq!(alone, "The discriminator’s verdicts stay between 43 and 58 %");
}

/// Six steps over which fourteen films move by two ranks a step.
fn six() -> Shown {
    let n = 14;
    let films = (0..n).map(|row: u32| Walk {
        item: ItemRow(row),
        ranks: (0..6).map(|step| ((row + 2 * step) % n) as usize + 1).collect(),
    });
    let round = shown().rounds.remove(0);
    Shown { rounds: vec![round; 6], films: films.collect() }
}

#[test]
fn ranks_verdicts_and_ndcg_are_at_their_heights_and_nothing_is_on_anything_else() {
    let titles = ["The Shawshank Redemption", "Eternal Sunshine of the Spotless Mind", "Heat"];
    let films = catalogue(&titles.repeat(6));
    for width in [280.0, 320.0, 540.0, 640.0, 960.0] {
        for measured in [None, Some(rounds(0.39, 0.3)), Some(rounds(0.39, 0.39))] {
            for step in 0..6 {
                let drawn = figure::draw(&six(), measured.as_ref(), &films, step, width).unwrap();
                laid::check(&drawn.picture, width);
                let n_words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
                assert!(n_words <= 40, "{n_words}: {} {}", drawn.claim, drawn.say);
            }
        }
        let drawn = figure::draw(&six(), Some(&rounds(0.39, 0.3)), &films, 5, width).unwrap();
        let markup = markup(&drawn.picture.shapes);
        // Four ranks are beyond the ten, 16 pixels apart below the eleventh at 290: verdicts begin at 290 + 48 + 52.
        for it in ["cy=\"428\"", "cy=\"447\"", "cy=\"525.6\"", "cy=\"594.4\""] {
            assert!(markup.contains(it), "{width}: {it} in {markup}");
        }
    }
    let nothing = Shown { rounds: vec![], films: vec![] };
    assert_eq!(figure::draw(&nothing, None, &films, 0, 640.0), None);
}
