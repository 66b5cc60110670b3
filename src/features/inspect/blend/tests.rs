use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::families::blend::{Choice, FilmPoints, MemberSays, Points, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent};

/// Two films that are left to recommend, and two models that disagree on which comes first.
fn shown(weights: [f64; 2]) -> Shown {
    let film = |row, places: [usize; 2]| {
        let worth = |place: usize| 21.0 / (20.0 + place as f64);
        let points = [0, 1].map(|at| (weights[at] * worth(places[at])) as f32);
        let members = [0, 1].map(|at| Points { place: places[at], points: points[at] });
        FilmPoints { item: ItemRow(row), score: points.iter().sum(), members: members.to_vec() }
    };
    let says = |family: &str, weight, rows: [(u32, usize); 2]| MemberSays {
        family: FamilyName(family.to_owned()),
        weight,
        top: rows.map(|(row, place)| Choice { item: ItemRow(row), place }).to_vec(),
    };
    Shown {
        members: vec![
            says("ease", weights[0], [(3, 1), (4, 2)]),
            says("sasrec", weights[1], [(4, 2), (2, 11)]),
        ],
        constant: 20.0,
        n_places: 7_700,
        films: vec![film(3, [1, 22]), film(4, [2, 43])],
    }
}

#[test]
fn the_first_film_is_written_out_model_by_model_and_shares_are_a_hundred() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    assert_says(
        &seen.words,
        &[
            "EASE and SASRec each rank the 7,700 films that are not yours. A 1st place is worth \
             1.000 points, a 2nd 0.955, a 10th 0.700, a 100th 0.175, and a film’s score is the sum.",
            "Solaris is 1st with 1.500 points: 1.000 from EASE (1st there, 67 %) and 0.500 from \
             SASRec (22nd there, 33 %).",
            "1 Solaris (1979) , 1st at EASE and 22nd at SASRec 1st 22nd 1.500",
        ],
    );
    assert_silent(&seen.words, &["times"]);
    assert_says(&seen.html, &["kind-baseline pattern-0", "kind-autoregressive pattern-1"]);
}

#[test]
fn a_bar_of_full_length_is_a_first_place_everywhere() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    assert_says(&seen.html, &["width:50.00%", "width:25.00%"]);
    assert_says(&seen.words, &["A bar of full length is a first place everywhere."]);
}

#[test]
fn the_film_in_focus_is_the_one_that_is_written_out() {
    let seen = inside("blend", "&x=5", &shown([1.0, 1.0]));
    let told = "Amelie is 2nd with 1.288 points: 0.955 from EASE (2nd there, 74 %) and 0.333 from";
    assert_says(&seen.words, &[told]);
}

#[test]
fn each_model_has_its_own_list_with_the_place_of_each_film_in_the_common_one() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    assert_says(
        &seen.words,
        &[
            "EASE alone 1 Solaris (1979) 1st here 2 Amelie (1979) 2nd here",
            "SASRec alone 1 Amelie (1979) 2nd here 2 Fargo (1979) 11th here",
        ],
    );
    assert_eq!(seen.row("each model alone", 3), r#"["SASRec",2,3,"Fargo",1979,11]"#);
}

#[test]
fn all_of_it_stands_in_a_table_as_well() {
    let seen = inside("blend", "", &shown([1.0, 1.0]));
    assert_says(
        &seen.words,
        &[
            "EASE SASRec Film Place Points Share Place Points Share Score",
            "Amelie (1979) 2 0.955 74 % 43 0.333 26 % 1.288",
        ],
    );
    let row = r#"[1,4,"Solaris",1979,1,1.0,22,0.5,1.5]"#;
    assert_eq!(seen.row("places and points", 0), row);
}

#[test]
fn a_model_that_counts_more_says_so_and_has_the_longer_part() {
    let seen = inside("blend", "", &shown([2.0, 0.5]));
    let said =
        "Of these points those of EASE count 2.00 times and those of SASRec count 0.50 times.";
    assert_says(&seen.words, &[said, "2.000 from EASE (1st there, 89 %)"]);
    assert_says(&seen.html, &["width:80.00%", "width:10.00%"]);
}
