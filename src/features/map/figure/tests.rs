//! What the map claims, whatever is drawn on it.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::{self, FamilyName};
use crate::features::map::figure::OnMap;
use crate::features::map::state::DrawnList;
use crate::features::map::tests::{TITLES, layout};
use crate::map::FilmMap;

fn list(family: &str, rows: &[u32]) -> DrawnList {
    let card = families::find(&FamilyName(family.to_owned())).map(|it| &it.card).unwrap();
    DrawnList { card, items: rows.iter().copied().map(ItemRow).collect() }
}

/// Alien and Brazil lie in Horror, Cube and Dune in Drama.
fn with<T>(picks: &[u32], lists: &[DrawnList], read: impl Fn(&OnMap<'_>) -> T) -> T {
    let map = FilmMap::from_bytes(&layout(), TITLES.len()).unwrap();
    let catalogue: &Catalogue = &crate::stage::catalogue(&TITLES);
    let picks: Vec<ItemRow> = picks.iter().copied().map(ItemRow).collect();
    read(&OnMap { map: &map, catalogue, picks: &picks, lists })
}

#[track_caller]
fn check(picks: &[u32], lists: &[DrawnList], want: &str) {
    assert_eq!(with(picks, lists, |it| it.claim()), want);
}

#[test]
fn the_claim_counts_the_list_in_the_regions_of_the_readers_films() {
    let ease = |rows| [list("ease", rows)];
    check(
        &[0],
        &ease(&[2, 1, 3]),
        "Of the first 3 by EASE, 1 lies in regions of your films; Drama has most, 2",
    );
    check(
        &[0, 2],
        &ease(&[1, 3]),
        "Of the first 2 by EASE, all lie in regions of your films; no two share a region",
    );
    check(
        &[0],
        &ease(&[2, 3]),
        "Of the first 2 by EASE, none lies in regions of your films; all are in Drama",
    );
    check(&[2], &ease(&[3]), "The only film by EASE lies in a region of your films");
    check(&[0], &ease(&[3]), "The only film by EASE does not lie in a region of your films");
    // The first list that is drawn counts.
    let both = [list("ease", &[1]), list("popularity", &[2, 3])];
    check(&[0], &both, "The only film by EASE lies in a region of your films");
}

#[test]
fn without_a_list_it_is_about_the_readers_films_and_without_these_about_the_map() {
    check(&[3], &[], "Your film lies in Drama");
    check(&[3, 2], &[list("ease", &[])], "Your 2 films all lie in Drama");
    check(&[3, 0], &[], "Your 2 films lie in 2 regions, no two in the same");
    check(&[3, 0, 2], &[], "Your 3 films lie in 2 regions; Drama has most, 2");
    check(&[], &[], "The largest of 2 regions is Horror, with 2 of 4 films");
}

#[test]
fn a_film_is_said_with_the_nearest_of_the_readers_own() {
    let lists = [list("ease", &[2, 1]), list("popularity", &[2])];
    let say = |picks: &[u32], item| with(picks, &lists, |it| it.say(item));
    assert_eq!(
        say(&[0, 3], Some(ItemRow(2))),
        "Cube (1979) lies in Drama; of your films Dune is nearest. 1st with EASE and 1st with Popularity."
    );
    assert_eq!(
        say(&[0, 3], Some(ItemRow(0))),
        "Alien (1979) is yours and lies in Horror; Dune is the nearest other."
    );
    assert_eq!(say(&[], Some(ItemRow(3))), "Dune (1979) lies in Drama.");
    assert_eq!(say(&[0], None), "Your films are joined in order; rings are recommendations.");
    assert_eq!(say(&[], None), "Each dot is a film; the larger, the better known.");
}

#[test]
fn the_twin_has_every_film_that_is_named_on_the_map() {
    let lists = [list("ease", &[2, 1]), list("popularity", &[2])];
    let table = with(&[0, 3], &lists, |it| it.table());
    assert_eq!(
        table.columns,
        [
            "movie_id",
            "title",
            "year",
            "place in your history",
            "rank EASE",
            "rank Popularity",
            "region",
            "x",
            "y",
            "nearest of your films",
            "distance to it",
        ]
    );
    let row = |at: usize| serde_json::to_string(&table.rows[at]).unwrap();
    assert_eq!(table.rows.len(), 4);
    assert!(
        row(0).starts_with(
            r#"[1,"Alien",1979,1,null,null,"horror",0.0024414062,0.0024414062,"Dune","#
        ),
        "{}",
        row(0)
    );
    // Cube is ten units from Dune along either side.
    let distance = 200.0_f32.sqrt() / 4_096.0;
    assert_eq!(
        row(2),
        format!(r#"[3,"Cube",1979,null,1,1,"drama",0.9765625,0.9765625,"Dune",{distance}]"#)
    );
}
