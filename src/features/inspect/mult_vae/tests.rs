use crate::catalog::ItemRow;
use crate::families::mult_vae::{Dimension, Ends, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn shown() -> Shown {
    let dimension = |number, mean, deviation, bits| Dimension { number, mean, deviation, bits };
    let ends = |dimension, low: &[u32], high: &[u32]| Ends {
        dimension,
        low: low.iter().map(|&it| ItemRow(it)).collect(),
        high: high.iter().map(|&it| ItemRow(it)).collect(),
    };
    Shown {
        dimensions: vec![dimension(6, 0.98, 0.12, 2.0), dimension(0, -0.5, 0.9, 0.05)],
        ends: vec![ends(6, &[0, 1], &[3, 4])],
        before: vec![ItemRow(4), ItemRow(3)],
        list: vec![scored(3, 2.5), scored(2, 1.25)],
    }
}

#[test]
fn a_dimension_is_named_by_the_films_at_its_ends() {
    let seen = inside("mult_vae", "", &shown());
    assert_says(
        &seen.words,
        &[
            "Dimension 7 you +0.98 ± 0.12 2.0 bits you ← Alien · Heat Solaris · Amelie →",
            "Your list, nothing moved 1 Solaris (1979) ▲1 , up 1 2.50 2 Fargo (1979) new , new 1.25",
            "1 of 2 dimensions hold at least 0.1 bits about you, 2 bits in all",
            "Dimension 7 +0.98 0.12 2.0 bits Dimension 1 −0.50 0.90 0.1 bits",
        ],
    );
    let aloud =
        "where you are, between Alien and Heat on the left and Solaris and Amelie on the right";
    assert_says(&seen.html, &[aloud]);
    assert_eq!(seen.row("directions", 0), r#"[7,0.98,0.12,2.0,"Alien | Heat","Solaris | Amelie"]"#);
    assert_eq!(seen.row("the list from there", 1), r#"[2,3,"Fargo",1979,1.25]"#);
}

#[test]
fn moving_along_a_dimension_says_how_far_and_what_came_of_it() {
    let seen = inside("mult_vae", "&p=z6:-1.5", &shown());
    assert_says(
        &seen.words,
        &[
            "−1.50 ← Alien · Heat",
            "The list from the moved position",
            "Compared with your list: 1 film entered, 1 at another rank.",
        ],
    );
    assert_says(&seen.html, &["−1.50 towards Alien and Heat"]);
    assert_silent(&seen.words, &["Your list, nothing moved"]);
}
