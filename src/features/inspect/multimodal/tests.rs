use crate::catalog::ItemRow;
use crate::families::multimodal::{Near, Neighbour, Parted, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::{assert_says, assert_silent, scored};

fn shown() -> Shown {
    let neighbours = |films: &[(u32, f32)]| {
        Some(films.iter().map(|&(row, cosine)| Neighbour { item: ItemRow(row), cosine }).collect())
    };
    let near = |row, by_modality| Near { pick: ItemRow(row), by_modality };
    Shown {
        before: vec![ItemRow(4), ItemRow(3)],
        list: vec![
            Parted { film: scored(3, 2.5), by_modality: [1.25, 0.0, -0.25, 1.0], start: 0.5 },
            Parted { film: scored(4, 2.0), by_modality: [2.0, 0.0, 0.0, 0.0], start: 0.0 },
        ],
        n_kept: [1, 2, 2, 0],
        picks: vec![
            near(1, [neighbours(&[(3, 0.75)]), neighbours(&[(4, 0.5)]), None, neighbours(&[])]),
            near(2, [neighbours(&[(4, 0.875)]), None, None, neighbours(&[(0, 0.25)])]),
        ],
    }
}

#[test]
fn the_list_by_all_four_says_what_each_is_worth_to_it() {
    let seen = inside("multimodal", "", &shown());
    assert_says(
        &seen.words,
        &[
            "The list by all four 1 Solaris (1979) ▲1 , up 1 2.50",
            "Know films by Text without it 1 of 2 stay Sound without it 2 of 2 stay",
            "Behaviour without it 0 of 2 stay",
            "Film Text Sound Look Behaviour Popularity Score Solaris (1979) +1.25 0.00 −0.25 +1.00 +0.50 2.50",
        ],
    );
    assert_silent(&seen.words, &["Compared with all four"]);
    assert_eq!(
        seen.row("parts of the scores", 0),
        r#"[1,4,"Solaris",1979,2.5,1.25,0.0,-0.25,1.0,0.5]"#
    );
}

#[test]
fn a_switch_in_a_link_is_off_and_the_list_says_what_came_of_it() {
    let seen = inside("multimodal", "&p=w3", &shown());
    assert_says(
        &seen.words,
        &["The list by what is on", "Compared with all four: 0 films entered, 2 at another rank."],
    );
    let seen = inside("multimodal", "&p=w123", &shown());
    // All that is left cannot be switched off.
    assert_eq!(seen.html.matches("type=\"checkbox\" disabled").count(), 1);
}

#[test]
fn the_films_nearest_to_a_pick_stand_by_each_modality_it_has() {
    let seen = inside("multimodal", "", &shown());
    assert_says(
        &seen.words,
        &[
            "Near Fargo, 2 of 2",
            "By text 1 Amelie (1979) 0.88",
            "By sound Nothing is known of its trailer. By look Nothing is known of its trailer.",
            "By behaviour 1 Alien (1979) 0.25",
        ],
    );
    let seen = inside("multimodal", "&s=0", &shown());
    assert_says(
        &seen.words,
        &["Near Heat, 1 of 2 By text 1 Solaris (1979) 0.75 By sound 1 Amelie"],
    );
    assert_eq!(seen.row("nearest films", 1), r#"["Heat","Sound",5,"Amelie",1979,0.5]"#);
}
