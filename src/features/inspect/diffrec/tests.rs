use crate::catalog::ItemRow;
use crate::families::diffrec::{Draws, Guess, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn steps() -> Vec<Guess> {
    let guess = |list: [(u32, f32); 2], mean_rank_of_picks, change| Guess {
        list: list.map(|(row, score)| scored(row, score)).to_vec(),
        mean_rank_of_picks,
        change,
    };
    vec![guess([(3, 0.9), (4, 0.5)], 12.34, None), guess([(4, 0.75), (3, 0.25)], 2.0, Some(0.5))]
}

#[test]
fn the_last_step_is_the_list_and_each_says_how_far_it_went() {
    let seen = inside("diffrec", "", &Shown { steps: steps(), draws: None });
    assert_says(
        &seen.words,
        &[
            "Step 2 of 2, the list",
            "From the noisiest step to the last, which is the list",
            "Step 1 – – 12.3 Step 2 50 % 0 2.0",
            "1 Amelie (1979) ▲1 , up 1 0.750 2 Solaris (1979) ▼1 , down 1 0.250",
            "Since the step before: 0 films entered, 2 at another rank.",
        ],
    );
    assert_eq!(seen.row("steps", 1), "[2,0.5,2.0]");
    assert_eq!(seen.row("lists of the steps", 2), r#"[2,1,5,"Amelie",1979,0.75]"#);
}

#[test]
fn a_link_leads_to_the_first_guess() {
    let seen = inside("diffrec", "&s=0", &Shown { steps: steps(), draws: None });
    assert_says(
        &seen.words,
        &[
            "Step 1 of 2, the noisiest",
            "The first guess, straight from your films.",
            "1 Solaris (1979) 0.90",
        ],
    );
    assert_silent(&seen.words, &["Over 20 draws", "Draw again"]);
}

#[test]
fn under_noise_the_films_that_stay_are_counted_over_draws() {
    let kept = vec![(ItemRow(3), 17), (ItemRow(4), 20)];
    let draws = Some(Draws { n_draws: 20, kept });
    let seen = inside("diffrec", "&p=n7", &Shown { steps: steps(), draws });
    assert_says(
        &seen.words,
        &[
            "Step 2 of 2, the list of this draw",
            "From the noisiest step to the last, with the noise of one draw",
            "Add the noise that sampling draws Seed Draw again",
            "The steps above are one draw. Over 20 draws, 1.9 of the 2 films that come first without noise stay among the first 2, on average.",
            "Solaris (1979) 17 of 20 Amelie (1979) 20 of 20",
        ],
    );
    assert_eq!(seen.row("films that stay under noise", 0), r#"[4,"Solaris",1979,20,17]"#);
}
