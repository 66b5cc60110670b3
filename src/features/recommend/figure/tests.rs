//! What the ribbons say of one film, of few and of many, and where they end.

use super::*;
use crate::engine::protocol::Explained;
use crate::families::{FamilyName, Parts};
use crate::features::recommend::state::WhyQuestion;
use crate::history::History;
use crate::stage::COST;
use crate::ui::figure::laid;

const TITLES: [&str; 9] = [
    "Alien",
    "Eternal Sunshine of the Spotless Mind",
    "The Lord of the Rings: The Fellowship of the Ring",
    "The Shawshank Redemption",
    "Star Wars: Episode IV - A New Hope",
    "Heat",
    "Who Framed Roger Rabbit?",
    "Fargo",
    "One Flew Over the Cuckoo's Nest",
];
const WIDTHS: [f64; 6] = [280.0, 320.0, 420.0, 539.0, 540.0, 960.0];

fn catalogue(n: usize) -> std::sync::Arc<Catalogue> {
    let titles: Vec<&str> = (0..n).map(|at| TITLES[at % TITLES.len()]).collect();
    crate::stage::catalogue(&titles)
}

/// The film in row `films.len()`, which stands at `rank`: of each film what is lost and the rank without; those without
/// are switched off.
fn reasons(rank: usize, films: &[Option<(f32, usize)>]) -> Reasons {
    let n = films.len() as u32;
    let rows = || (0..n).map(ItemRow);
    let read = || rows().zip(films).filter(|it| it.1.is_some());
    let influence = read()
        .filter_map(|(pick, it)| {
            it.map(|(score_drop, rank_without)| Influence { pick, score_drop, rank_without })
        })
        .collect();
    let explanation = Explanation {
        item: ItemRow(n),
        rank,
        score: 4.0,
        influence,
        counterfactual: None,
        most_left_out: 1,
        attention: None,
        contributions: None,
    };
    let others = (1..=10).filter(|&it| it != rank).zip(n + 1..);
    let mut first: Vec<_> = others.map(|(at, row)| (at, ItemRow(row))).collect();
    if rank <= WITHIN {
        first.push((rank, ItemRow(n)));
        first.sort_unstable();
    }
    let question = WhyQuestion {
        family: FamilyName("sasrec".to_owned()),
        history: read().map(|it| it.0).collect(),
        hidden: Vec::new(),
        item: ItemRow(n),
    };
    let explained = Explained { explanation, cost: COST };
    let films: History = rows().collect();
    Reasons { question, explained, films, first, rank_with_all: Some(1) }
}

fn drawn(it: &Reasons, width: f64) -> Drawn {
    let n = it.films.len() + 12;
    draw(it, ScoreMeaning::Logit, &catalogue(n), width).unwrap()
}

fn words(it: &Drawn) -> Vec<String> {
    laid::words(&it.picture).into_iter().map(|it| it.words).collect()
}

#[test]
fn the_claim_names_the_films_without_which_it_falls_furthest() {
    let claim = |rank, films: &[_]| drawn(&reasons(rank, films), 640.0).claim;
    let film = "Star Wars IV";
    let four = |ranks: [usize; 4]| ranks.map(|it| Some((1.0, it)));
    assert_eq!(
        claim(1, &four([10, 3, 1, 2])),
        format!(
            "Without Alien, {film} falls from 1st to 10th, without Eternal Sunshine of the Spotless Mind to 3rd"
        )
    );
    assert_eq!(
        claim(2, &four([2, 2, 5, 1])),
        format!(
            "Without The Fellowship of the Ring, {film} falls from 2nd to 5th; without any other film it does not fall"
        )
    );
    assert_eq!(
        claim(1, &four([1; 4])),
        format!("{film} stays 1st whichever of the 4 films is left out")
    );
    assert_eq!(
        claim(4, &four([4, 4, 2, 4])),
        format!("{film} stands 4th; without any one of the 4 films it does not fall")
    );
    let one = |rank, without| claim(rank, &[Some((1.0, without))]);
    let film = "Eternal Sunshine of the Spotless Mind";
    assert_eq!(
        one(1, 14),
        format!("Without Alien, the only film it reads, {film} falls from 1st to 14th")
    );
    assert_eq!(
        one(12, 3),
        format!("Without Alien, the only film it reads, {film} rises from 12th to 3rd")
    );
    assert_eq!(one(1, 1), format!("With Alien or without any film, {film} stands 1st"));
}

#[test]
fn what_was_left_out_is_held_against_the_rank_with_all() {
    let films = [None, Some((1.0, 9)), Some((0.5, 7)), None];
    let fell = drawn(&reasons(6, &films), 640.0);
    assert_eq!(
        fell.claim,
        "Without Alien and The Shawshank Redemption, Star Wars IV falls from 1st to 6th"
    );
    assert_eq!(
        fell.say,
        "Width: logit lost without the film. Click a struck film to bring it back."
    );
    assert_eq!(
        drawn(&reasons(1, &films), 640.0).claim,
        "Without Alien and The Shawshank Redemption, Star Wars IV still stands 1st"
    );
    let unknown = Reasons { rank_with_all: None, ..reasons(6, &films) };
    assert_eq!(
        drawn(&unknown, 640.0).claim,
        "Without Alien and The Shawshank Redemption, Star Wars IV stands 6th"
    );
    let markup = crate::ui::figure::shape::markup(&fell.picture.shapes);
    assert_eq!(markup.matches("aria-checked=\"false\"").count(), 2);
    assert_eq!(markup.matches("aria-checked=\"true\"").count(), 2);
}

#[test]
fn the_last_film_that_is_read_cannot_be_left_out() {
    let one = drawn(&reasons(1, &[Some((1.5, 14))]), 400.0);
    assert!(!crate::ui::figure::shape::markup(&one.picture.shapes).contains("data-act"));
    assert_eq!(one.say, "Width: logit lost without the film.");
    assert!(words(&one).contains(&"−1.50".to_owned()), "{:?}", words(&one));
}

#[test]
fn ribbons_end_at_the_rank_without_the_film() {
    let films = [Some((3.0, 10)), Some((-0.5, 1)), Some((1.0, 3)), Some((1.5, 60))];
    for (width, row) in [(320.0, 28.0), (540.0, 30.0), (960.0, 30.0)] {
        let it = drawn(&reasons(1, &films), width);
        let ribbons: Vec<_> = it
            .picture
            .shapes
            .iter()
            .filter(|it| it.key.as_ref().is_some_and(|it| it.starts_with("ribbon")))
            .collect();
        let ends = [TOP + 9.0 * row, TOP, TOP + 2.0 * row, TOP + 9.8 * row + BEYOND];
        let wide = [WIDEST, WIDEST / 6.0, WIDEST / 3.0, WIDEST / 2.0];
        for ((ribbon, end), wide) in ribbons.iter().zip(ends).zip(wide) {
            let d = &ribbon.attributes.iter().find(|it| it.0 == "d").unwrap().1;
            let numbers: Vec<f64> =
                d.split(|it: char| "MCLZ ".contains(it)).filter_map(|it| it.parse().ok()).collect();
            let (over, under) = (numbers[7], numbers[9]);
            assert!((f64::midpoint(over, under) - end).abs() < 0.11, "{width}: {d} for {end}");
            assert!((under - over - wide).abs() < 0.21, "{width}: {d} for {wide}");
        }
        assert_eq!(ribbons.len(), 4);
        let class =
            |at: usize| ribbons[at].attributes.iter().find(|it| it.0 == "class").unwrap().1.clone();
        assert_eq!(class(0), "ribbon is-for glides");
        assert_eq!(class(1), "ribbon is-against glides");
        for rank in ["10th", "3rd", "60th"] {
            assert!(words(&it).contains(&rank.to_owned()), "{rank}");
        }
        assert!(!words(&it).contains(&"1st".to_owned()), "where it stays needs no rank");
    }
}

#[test]
fn it_is_legible_at_every_width_with_one_film_and_with_many() {
    for n in [1, 2, 5, 8, 30, 500] {
        for rank in [1, 7, 10, 11, 14, 300] {
            let film = |at: usize| match at % 7 {
                3 if n > 5 => None,
                6 => Some((-0.4, rank)),
                it => Some((1.0 / (at + 1) as f32, rank + it * at)),
            };
            let films: Vec<_> = (0..n).map(film).collect();
            let it = reasons(rank, &films);
            for width in WIDTHS {
                laid::check(&drawn(&it, width).picture, width);
            }
        }
    }
}

#[test]
fn films_beyond_the_strongest_share_a_line() {
    let films: Vec<_> =
        (0..12).map(|at| Some((0.1 * at as f32, if at == 0 { 4 } else { 1 }))).collect();
    let it = drawn(&reasons(1, &films), 640.0);
    let words = words(&it);
    assert!(words.contains(&"4 other films".to_owned()), "{words:?}");
    assert!(words.contains(&"each at most 0.40".to_owned()), "{words:?}");
    assert!(words.contains(&"Alien".to_owned()), "what the claim names is shown: {words:?}");
    assert_eq!(it.table.rows.len(), 12);
}

#[test]
fn the_table_of_a_sum_adds_up_to_the_score() {
    let mut it = reasons(1, &[Some((1.5, 4)), Some((-0.25, 1))]);
    it.explained.explanation.contributions = Some(Parts { start: 2.75, picks: vec![1.5, -0.25] });
    let rows = drawn(&it, 640.0).table.rows;
    let json: Vec<String> = rows.iter().map(|it| serde_json::to_string(it).unwrap()).collect();
    assert_eq!(json[0], r#"[1,"Alien",1979,1.5,1.5,4]"#);
    assert_eq!(json[2], r#"[null,"its popularity",null,2.75]"#);
    assert_eq!(json[3], r#"[null,"Together: the score",null,4.0]"#);
}

#[test]
fn a_model_that_reads_no_film_has_no_ribbons() {
    assert_eq!(draw(&reasons(1, &[]), ScoreMeaning::Logit, &catalogue(12), 640.0), None);
}
