use crate::catalog::ItemRow;
use crate::families::inspect::positions::{Position, Shown};
use crate::families::inspect::said::Said;
use crate::features::inspect::positions::figure;
use crate::features::inspect::tests::{TITLES, inside};
use crate::history::History;
use crate::stage::{assert_says, assert_silent, scored};
use crate::ui::figure::Drawn;
use crate::ui::figure::laid;

fn position(attention: &[f32], top: u32, rank_of_next: Option<usize>) -> Position {
    Position {
        attention: vec![attention.to_vec(), attention.iter().rev().copied().collect()],
        said: Said { top: vec![scored(top, 2.5)], rank_of_next },
    }
}

fn shown() -> Shown {
    Shown {
        positions: vec![
            position(&[1.0], 3, Some(7)),
            position(&[0.3, 0.7], 4, Some(22)),
            position(&[0.2, 0.3, 0.5], 3, None),
        ],
    }
}

/// `n` films, each with attention on those before that grows with `at % 5`.
fn many(n: usize) -> (Shown, History, std::sync::Arc<crate::catalog::Catalogue>) {
    let weights = |n: usize| {
        let all: Vec<f32> = (0..n).map(|at| 1.0 + (at % 5) as f32).collect();
        let sum: f32 = all.iter().sum();
        all.into_iter().map(|it| it / sum).collect::<Vec<_>>()
    };
    let rank = |at: usize| (at + 1 < n).then(|| 1 + (at * 977) % 7_000);
    let positions = (0..n).map(|at| position(&weights(at + 1), 0, rank(at))).collect();
    let titles: Vec<&str> = (0..n.max(5))
        .map(|at| {
            ["Eternal Sunshine of the Spotless Mind", "Heat", "The Shawshank Redemption"][at % 3]
        })
        .collect();
    let picks = (0..n as u32).map(ItemRow).collect();
    (Shown { positions }, picks, crate::stage::catalogue(&titles))
}

#[test]
fn each_film_says_where_every_layer_looked_and_its_rank_before() {
    let seen = inside("sasrec", "", &shown());
    assert_says(
        &seen.words,
        &[
            "SASRec · attention From Fargo, layer 2 looks most at Alien (50 %); it expected Fargo least (22nd)",
            "Alien 50 % 20 % Heat 30 % 30 % 7th Fargo 20 % 50 % 22nd",
            "Arcs: attention. Now Solaris comes first. SASRec, 1 run, 1 ms · NDCG@10",
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
            "From Heat, layer 2 looks most at Alien (70 %); it expected Fargo least (22nd)",
            "Alien 70 % 30 % Heat 30 % 70 % 7th Fargo 22nd",
            "After Heat, Amelie came first; Fargo, your next film, 22nd.",
            "1 Amelie (1979) 2.50 Your next film was Fargo: it ranked 22nd.",
        ],
    );
}

#[test]
fn a_claim_is_true_of_one_film_and_of_the_first() {
    let claim = |shown: &Shown, n: u32, step| {
        let picks: History = (0..n).map(ItemRow).collect();
        figure::draw(shown, &picks, &crate::stage::catalogue(&TITLES), step, 640.0).unwrap().claim
    };
    let one = Shown { positions: vec![position(&[1.0], 3, None)] };
    assert_eq!(claim(&one, 1, 0), "Alien is the only film, so every layer looks at it alone");
    assert_eq!(
        claim(&shown(), 3, 0),
        "From Alien, the first film, there is nothing else to look at; Fargo was expected least (22nd)"
    );
    let mut same = shown();
    same.positions[2].attention[1] = vec![0.1, 0.2, 0.7];
    assert_eq!(
        claim(&same, 3, 2),
        "From Fargo, layer 2 looks most at that film itself (70 %); it expected Fargo least (22nd)"
    );
    same.positions[2].attention[1] = vec![0.1, 0.7, 0.2];
    same.positions[0].said.rank_of_next = Some(30);
    assert_eq!(
        claim(&same, 3, 2),
        "From Fargo, layer 2 looks most at Heat (70 %), which the model expected least (30th)"
    );
    let nothing = Shown { positions: vec![] };
    assert_eq!(
        figure::draw(&nothing, &History::default(), &crate::stage::catalogue(&TITLES), 0, 640.0),
        None
    );
}

/// Of every arc its width, in the order of layers and films.
fn arcs(drawn: &Drawn) -> Vec<f64> {
    let is_arc = |it: &&crate::ui::figure::shape::Shape| {
        it.key.as_ref().is_some_and(|it| it.starts_with("arc"))
    };
    let wide = |it: &crate::ui::figure::shape::Shape| {
        it.attributes.iter().find(|it| it.0 == "stroke-width").unwrap().1.parse().unwrap()
    };
    drawn.picture.shapes.iter().filter(is_arc).map(wide).collect()
}

#[test]
fn arcs_are_as_wide_as_attention_and_dots_are_at_their_ranks() {
    let picks: History = [0, 1, 2].map(ItemRow).into_iter().collect();
    let catalogue = crate::stage::catalogue(&TITLES);
    for width in [320.0, 540.0, 960.0] {
        let drawn = figure::draw(&shown(), &picks, &catalogue, 2, width).unwrap();
        assert_eq!(arcs(&drawn), [6.4, 9.6, 16.0, 16.0, 9.6, 6.4]);
        let at = |words: &str| {
            laid::words(&drawn.picture).into_iter().find(|it| it.words == words).unwrap()
        };
        let (seventh, twenty) = if width < 540.0 { ("7", "22") } else { ("7th", "22nd") };
        // Both are behind their dots on one axis of ranks.
        let tick = |n: usize| -> f64 {
            let key = format!("tick{n}");
            let line =
                drawn.picture.shapes.iter().find(|it| it.key.as_ref() == Some(&key)).unwrap();
            line.attributes[0].1[1..].split(' ').next().unwrap().parse().unwrap()
        };
        let along = |rank: f64| tick(1) + (tick(100) - tick(1)) * rank.ln() / 100_f64.ln();
        assert!((at(seventh).left - 7.0 - along(7.0)).abs() < 0.3, "{width}");
        assert!((at(twenty).left - 7.0 - along(22.0)).abs() < 0.3, "{width}");
        assert_eq!(drawn.table.rows.len(), 3);
    }
}

#[test]
fn it_is_legible_at_every_width_step_and_length() {
    for n in [1, 2, 5, 8, 9, 16, 17, 50, 100] {
        let (shown, picks, catalogue) = many(n);
        for step in [0, n / 2, n - 1] {
            for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
                let drawn = figure::draw(&shown, &picks, &catalogue, step, width).unwrap();
                laid::check(&drawn.picture, width);
                assert!(drawn.picture.height < 620.0, "{n}: {}", drawn.picture.height);
            }
        }
    }
}

#[test]
fn of_many_films_the_newest_the_most_looked_at_and_the_least_expected_are_drawn() {
    let (shown, picks, catalogue) = many(100);
    let drawn = figure::draw(&shown, &picks, &catalogue, 99, 640.0).unwrap();
    let keys: Vec<usize> =
        drawn.picture.shapes.iter().filter_map(|it| it.key.as_ref()?.parse().ok()).collect();
    let ranks: Vec<usize> = (1..100).map(|at| 1 + ((at - 1) * 977) % 7_000).collect();
    let worst = 1 + (0..99).max_by_key(|&at| ranks[at]).unwrap();
    assert!((90..100).all(|at| keys.contains(&at)) && keys.contains(&worst), "{keys:?}");
    assert!(
        laid::words(&drawn.picture)
            .iter()
            .any(|it| it.words.starts_with(&format!("{} other films:", 100 - keys.len())))
    );
    assert_eq!(drawn.table.rows.len(), 100);
}
