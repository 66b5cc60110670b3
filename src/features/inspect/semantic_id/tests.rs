use crate::catalog::ItemRow;
use crate::families::semantic_id::{Beam, Branch, Leaf, Shown, Spelling, Twig};
use crate::features::inspect::semantic_id::figure::{self, Look};
use crate::features::inspect::semantic_id::words;
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, catalogue, scored};
use crate::ui::figure::laid;
use crate::ui::figure::shape::markup;

fn branch(codes: &[u32], share: f32, films: &[u32]) -> Branch {
    let films = films.iter().map(|&it| ItemRow(it)).collect();
    Branch { codes: codes.to_vec(), probability: share / 2.0, share, films }
}

fn beam(width: usize, kept: [u32; 3], films: &[u32]) -> Beam {
    let level =
        |n: usize| vec![Spelling { codes: kept[..n].to_vec(), log_probability: -0.5, n_films: 2 }];
    let films = films.iter().map(|&row| scored(row, 0.5_f32.ln())).collect();
    Beam { width, levels: vec![level(1), level(2), level(3)], films, n_exact: 1 }
}

fn twig(codes: &[u32], from: f32, probability: f32) -> Twig {
    Twig { codes: codes.to_vec(), from, probability }
}

fn leaf(row: u32, codes: &[u32], probability: f32, at: f32) -> Leaf {
    Leaf { item: ItemRow(row), codes: codes.to_vec(), probability, at, is_picked: row < 3 }
}

fn shown(path: &[u32]) -> Shown {
    let first = vec![branch(&[12], 0.75, &[0, 3]), branch(&[5], 0.25, &[0, 2, 4, 1])];
    let second = vec![branch(&[12, 7], 0.9, &[3])];
    Shown {
        path: path.to_vec(),
        columns: vec![first, second],
        films: vec![scored(3, 0.2_f32.ln())],
        beams: vec![beam(5, [5, 1, 2], &[4]), beam(10, [12, 7, 3], &[3])],
        tree: vec![
            twig(&[12], 0.0, 0.75),
            twig(&[12, 7], 0.0, 0.5),
            twig(&[12, 7, 3], 0.0, 0.4),
            twig(&[5], 0.75, 0.25),
            twig(&[5, 1], 0.75, 0.2),
            twig(&[5, 1, 2], 0.75, 0.1),
        ],
        leaves: vec![
            leaf(3, &[12, 7, 3], 0.4, 0.2),
            leaf(4, &[5, 1, 2], 0.1, 0.8),
            leaf(0, &[12, 7, 3], 0.02, 0.39),
        ],
        exact: vec![ItemRow(3), ItemRow(4)],
    }
}

#[test]
fn the_claim_counts_what_the_beam_finds_of_the_likeliest() {
    let wide = inside("semantic_id", "", &shown(&[12, 7, 3]));
    assert_says(
        &wide.words,
        &[
            "Semantic IDs · beam search over a tree of codes A beam of 10 finds 1 of the 2 likeliest films; Amelie lies on branches it left",
            "first code 1 kept, 75 %",
            "12 Alien and Solaris",
            "Solaris 40.0 % Amelie 10.0 % Alien your film",
            "third code Beam width 5 10",
            "Height: probability. Solaris comes first, spelt 12 · 7 · 3.",
            "Where the beam ends 1 Solaris (1979) 50.00 %",
            "A beam of 10 keeps that many partial codes at each level and drops the rest. Of its first 1 film, 1 are among the first ten of all films.",
        ],
    );
    assert_silent(&wide.words, &["As it was"]);
    assert_eq!(wide.row("beams", 0), r#"[5,1,5,"Amelie",1979,-0.6931472]"#);
    assert_eq!(wide.row("codes", 0), r#"["12",0.375,0.75,2,"Alien | Solaris"]"#);
    let narrow = inside("semantic_id", "&s=0", &shown(&[12, 7, 3]));
    assert_says(
        &narrow.words,
        &[
            "A beam of 5 finds 1 of the 2 likeliest films; Solaris lies on branches it left",
            "Where the beam ends 1 Amelie",
        ],
    );
}

#[test]
fn a_code_of_the_readers_own_is_named_and_can_be_left() {
    let own = inside("semantic_id", "&p=s12,7", &shown(&[12, 7]));
    assert_says(
        &own.words,
        &[
            "Semantic IDs · beam search over a tree of codes As it was",
            "Code 12 · 7 has 45.0 %: Solaris (1 film).",
        ],
    );
    assert!(own.html.contains("class=\"chosen\" data-code=\"7\""));
    let first = inside("semantic_id", "&p=s5", &shown(&[5]));
    assert!(first.html.contains(
        "aria-label=\"Code 5: Alien, Fargo and Amelie\" role=\"switch\" aria-checked=\"true\""
    ));
    assert!(first.html.contains("aria-label=\"Code of Solaris: 12 · 7 · 3\""));
}

#[test]
fn each_level_says_what_is_kept() {
    let films = catalogue(&["Alien", "Heat", "Fargo", "Solaris", "Amelie"]);
    let shown = shown(&[12, 7, 3]);
    let say = |level| {
        let look = Look { beam: &shown.beams[1], level, is_own: false };
        figure::draw(&shown, look, &films, 640.0).unwrap().say
    };
    assert_eq!(say(0), "Height: probability. No code is spelt yet.");
    assert_eq!(
        say(1),
        "Height: probability. The beam keeps 1 first code, with 75 % of all probability."
    );
    assert_eq!(
        say(2),
        "Height: probability. The beam keeps 1 pair of codes, with 50 % of all probability."
    );
    assert_eq!(words::say_of_film(None, true), "Height: probability. Bold: found instead.");
}

#[test]
fn the_claim_holds_for_every_number_of_films() {
    let name = |it: &str| it.to_owned();
    assert_eq!(words::claim(5, 5, &[]), "A beam of 5 finds all of the 5 likeliest films");
    assert_eq!(words::claim(5, 1, &[]), "A beam of 5 finds the likeliest film");
    assert_eq!(words::claim(5, 0, &[]), "A beam of 5 finds no film that is new to you");
    let lost = ["Heat", "Ran", "Up", "Her"].map(name);
    assert_eq!(
        words::claim(10, 10, &lost),
        "A beam of 10 finds 6 of the 10 likeliest films; Heat and 3 others lie on branches it left"
    );
}

#[test]
fn codes_are_as_high_as_they_are_likely_and_nothing_is_on_anything_else() {
    let films = catalogue(&[
        "The Shawshank Redemption",
        "Heat",
        "Eternal Sunshine of the Spotless Mind",
        "Ran",
        "Up",
    ]);
    let mut many = shown(&[12, 7, 3]);
    // Films crowd at one place.
    many.leaves.extend((5..20).map(|row| leaf(row, &[12, 7, 3], 0.01, 0.4)));
    many.exact = (3..13).map(ItemRow).collect();
    for width in [280.0, 320.0, 540.0, 640.0, 960.0] {
        for shown in [&shown(&[12]), &many] {
            for level in 0..=3 {
                for (beam, is_own) in [(&shown.beams[0], true), (&shown.beams[1], false)] {
                    let look = Look { beam, level, is_own };
                    let drawn = figure::draw(shown, look, &films, width).unwrap();
                    laid::check(&drawn.picture, width);
                    let n_words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
                    assert!(n_words <= 40, "{n_words}: {} {}", drawn.claim, drawn.say);
                }
            }
        }
        let shown = shown(&[12]);
        let look = Look { beam: &shown.beams[1], level: 2, is_own: false };
        let drawn = figure::draw(&shown, look, &films, width).unwrap();
        let markup = markup(&drawn.picture.shapes);
        // All probability is 400 high, from 38 on.
        assert!(
            markup.contains("y=\"38\"")
                && markup.contains("height=\"299\" class=\"code is-kept level-0\"")
        );
        assert!(markup.contains("height=\"199\" class=\"code is-kept level-1\""), "{markup}");
        assert!(markup.contains("y=\"338\"") && markup.contains("height=\"99\" class=\"code\""));
        assert!(!markup.contains("level-2"), "the third code is not spelt yet");
        let row = serde_json::to_string(&drawn.table.rows[0]).unwrap();
        assert_eq!(row, r#"[4,"Ran",1979,"12 · 7 · 3",0.4,"yes"]"#);
    }
}
