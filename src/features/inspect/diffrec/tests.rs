use crate::catalog::ItemRow;
use crate::families::diffrec::{Draws, Guess, Shown};
use crate::families::inspect::walk::Walk;
use crate::features::inspect::diffrec::figure;
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, catalogue, scored};
use crate::ui::figure::laid;
use crate::ui::figure::shape::markup;

fn steps() -> Vec<Guess> {
    let guess = |list: [(u32, f32); 2], mean_rank_of_picks, change| Guess {
        list: list.map(|(row, score)| scored(row, score)).to_vec(),
        mean_rank_of_picks,
        change,
    };
    vec![guess([(3, 0.9), (4, 0.5)], 12.34, None), guess([(4, 0.75), (3, 0.25)], 2.0, Some(0.5))]
}

fn walk(row: u32, ranks: &[usize]) -> Walk {
    Walk { item: ItemRow(row), ranks: ranks.to_vec() }
}

fn shown(draws: Option<Draws>) -> Shown {
    Shown { steps: steps(), films: vec![walk(3, &[1, 2]), walk(4, &[4, 1])], draws }
}

/// Twelve films in their own order, until the last one rises among them.
fn twelve(draws: Option<Draws>) -> Shown {
    let place = |at: u32| at as usize + 1;
    let ahead = (0..4).map(|at| walk(at, &[place(at); 3]));
    let behind = (4..9).map(|at| walk(at, &[place(at), place(at), place(at) + 1]));
    let moved = [walk(9, &[10, 12, 14]), walk(10, &[11, 10, 11]), walk(11, &[40, 11, 5])];
    Shown { steps: steps(), films: ahead.chain(behind).chain(moved).collect(), draws }
}

const TWELVE: [&str; 12] = [
    "The Shawshank Redemption",
    "Heat",
    "Star Wars: Episode IV - A New Hope",
    "Fargo",
    "Alien",
    "Solaris",
    "Amelie",
    "Brazil",
    "Eternal Sunshine of the Spotless Mind",
    "Her",
    "Up",
    "Ran",
];

fn draws() -> Draws {
    let kept = vec![(ItemRow(3), 17), (ItemRow(4), 20)];
    Draws { n_draws: 20, kept, ranks: vec![vec![vec![1, 3]; 20], vec![vec![4, 2]; 20]] }
}

#[test]
fn the_film_that_rises_most_is_named_with_how_well_known_the_list_is() {
    let seen = inside("diffrec", "", &shown(None));
    assert_says(
        &seen.words,
        &[
            "DiffRec · denoising steps Denoising leaves the list as well known as it was: Amelie rises from 4th to 1st",
            "Thick lines: films rated often. The ten of step 2 have a median of 996 ratings; those of step 1 had 996.",
            "Step 2 of 2, the list No noise With noise",
            "DiffRec, 1 run, 1 ms · NDCG@10",
            "1 Amelie (1979) ▲1 , up 1 0.750 2 Solaris (1979) ▼1 , down 1 0.250",
            "Since the step before: 0 films entered, 2 at another rank.",
        ],
    );
    assert_eq!(seen.row("steps", 1), "[2,0.5,2.0]");
    assert_eq!(seen.row("lists of the steps", 2), r#"[2,1,5,"Amelie",1979,0.75]"#);
}

#[test]
fn a_link_leads_to_the_first_guess() {
    let seen = inside("diffrec", "&s=0", &shown(None));
    assert_says(
        &seen.words,
        &[
            "Step 1 of 2, the noisiest",
            "The ten of step 1 have a median of 996 ratings.",
            "The first guess, straight from your films.",
            "1 Solaris (1979) 0.90",
        ],
    );
    assert_silent(&seen.words, &["Draw again", "in one draw", "As it was"]);
}

#[test]
fn under_noise_the_films_that_stay_are_counted_over_draws() {
    let seen = inside("diffrec", "&p=n7", &shown(Some(draws())));
    assert_says(
        &seen.words,
        &[
            "DiffRec · denoising steps As it was",
            "With sampling noise 1.9 of the first 2 films stay there, on average over 20 draws",
            "Thick: no noise. Thin: one draw. Amelie stays in 20 of 20, Solaris in 17.",
            "Solaris 17/20",
            "Amelie 20/20",
            "Step 2 of 2, the list of this draw No noise With noise Draw again",
            "The list of this step in one draw, seed 7",
        ],
    );
    assert_eq!(seen.row("films that stay under noise", 0), r#"[4,"Solaris",1979,20,17]"#);
}

#[test]
fn lines_are_at_their_ranks_and_nothing_is_on_anything_else() {
    let films = catalogue(&TWELVE);
    let kept: Vec<_> = (0..10).map(|row| (ItemRow(row), row)).collect();
    let ranks = (0..10).map(|at| vec![vec![at + 1, 1_200, at + 2]; 20]).collect();
    let noisy = Draws { n_draws: 20, kept, ranks };
    for width in [280.0, 320.0, 540.0, 640.0, 960.0] {
        for (step, shown) in [
            (0, twelve(None)),
            (1, twelve(None)),
            (2, twelve(None)),
            (2, twelve(Some(noisy.clone()))),
        ] {
            let drawn = figure::draw(&shown, &films, step, width).unwrap();
            laid::check(&drawn.picture, width);
            let words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
            assert!(words <= 40, "{words}: {} {}", drawn.claim, drawn.say);
            // The first rank is at 40, the fifth at 140, the tenth at 265.
            let markup = markup(&drawn.picture.shapes);
            let is_last = step == 2 && shown.draws.is_none();
            for line in [" 40C", " 140\"", " 265C"] {
                assert!(!is_last || markup.contains(line), "{line} in {markup}");
            }
        }
    }
    let drawn = figure::draw(&twelve(None), &films, 1, 640.0).unwrap();
    assert_eq!(
        drawn.claim,
        "Denoising leaves the list as well known as it was: Ran rises from 40th to 5th"
    );
    let row = serde_json::to_string(&drawn.table.rows[11]).unwrap();
    assert_eq!(row, r#"[12,"Ran",1979,989,40,11,5]"#);
    let nothing = Shown { steps: vec![], films: vec![], draws: None };
    assert_eq!(figure::draw(&nothing, &films, 0, 640.0), None);
}

#[test]
fn films_that_stay_where_they_were_are_said_to() {
    let films = catalogue(&TWELVE);
    let still =
        Shown { steps: steps(), films: vec![walk(0, &[1, 1]), walk(1, &[2, 2])], draws: None };
    let drawn = figure::draw(&still, &films, 1, 320.0).unwrap();
    assert_eq!(drawn.claim, "Denoising leaves every film of the list where it was");
    // The less known of two comes first, and the better known leaves a list that has no room for it.
    let films = vec![walk(0, &[1, 11]), walk(11, &[11, 1])];
    let drawn = figure::draw(&Shown { films, ..still }, &catalogue(&TWELVE), 1, 320.0).unwrap();
    assert_eq!(
        drawn.claim,
        "Denoising pulls the list towards lesser-known films: Ran rises from 11th to 1st"
    );
}
