use crate::catalog::ItemRow;
use crate::families::semantic_id::{Beam, Branch, Shown, Spelling};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn branch(codes: &[u32], share: f32, films: &[u32]) -> Branch {
    let films = films.iter().map(|&it| ItemRow(it)).collect();
    Branch { codes: codes.to_vec(), probability: share / 2.0, share, films }
}

fn beam(width: usize, kept: &[u32], film: u32) -> Beam {
    let kept = Spelling { codes: kept.to_vec(), log_probability: -0.5, n_films: 2 };
    let films = vec![scored(film, 0.5_f32.ln())];
    Beam { width, levels: vec![vec![kept]], films, n_exact: 1 }
}

fn shown(path: &[u32]) -> Shown {
    let first = vec![branch(&[12], 0.75, &[0, 3]), branch(&[5], 0.25, &[0, 2, 4, 1])];
    let second = vec![branch(&[12, 7], 0.9, &[3])];
    Shown {
        path: path.to_vec(),
        columns: vec![first, second],
        films: vec![scored(3, 0.2_f32.ln())],
        beams: vec![beam(5, &[5], 4), beam(10, &[12], 3)],
    }
}

#[test]
fn a_code_is_named_by_its_films_and_by_what_the_beam_keeps() {
    let seen = inside("semantic_id", "", &shown(&[12, 7]));
    assert_says(
        &seen.words,
        &[
            "Beam width 5 10 1st · 12 2nd · 7 3rd Films",
            "First number 12 Alien and Solaris 75.0 % 2 films · in the beam, 1st 5 Alien, Fargo and Amelie 25.0 % 4 films",
            "Second number 7 Solaris 90.0 % 1 film",
            "Films Choose a third number first. 1 Solaris (1979) 20.00 %",
        ],
    );
}

#[test]
fn the_beam_in_use_says_where_it_ends() {
    let wide = inside("semantic_id", "", &shown(&[12, 7]));
    assert_says(
        &wide.words,
        &[
            "Where the beam ends 1 Solaris (1979) 50.00 %",
            "A beam of 10 keeps that many partial codes at each level and drops the rest. Of its first 1 film, 1 are among the first ten of all films.",
        ],
    );
    assert_eq!(wide.row("beams", 0), r#"[5,1,5,"Amelie",1979,-0.6931472]"#);
    assert_eq!(wide.row("codes", 0), r#"["12",0.375,0.75,2,"Alien | Solaris"]"#);
    let narrow = inside("semantic_id", "&s=0", &shown(&[12, 7]));
    assert_says(
        &narrow.words,
        &["Where the beam ends 1 Amelie (1979) 50.00 %", "A beam of 5 keeps"],
    );
}

#[test]
fn a_path_of_the_readers_own_can_be_left() {
    let own = inside("semantic_id", "&p=s12,7", &shown(&[12, 7]));
    assert_says(&own.words, &["Back to the first film’s path"]);
    let first = inside("semantic_id", "", &shown(&[12, 7, 3]));
    assert_says(&first.words, &["Third number", "3rd · 3 Films"]);
    assert_silent(&first.words, &["Back to the first film’s path", "number first."]);
}
