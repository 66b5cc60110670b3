use crate::stage::{import_as, import_sample};

#[test]
fn ratings_of_now_go_by_id_and_fall_back_to_title_and_year() {
    let done = import_sample("imdb/ratings_now.csv");
    done.check(&[
        "M*A*S*H (1970) ★4 seen",
        "1917 (2019) ★4.5 seen",
        "Dogville (2003) ★4 seen",
        "Jumanji (1995) ★2 seen",
    ]);
    assert_eq!(
        done.unmatched(),
        [
            "Breaking Bad: a series, an episode or a game",
            "The Rains of Castamere: a series, an episode or a game",
        ]
    );
    // Of another id than the film of that name, and of a kind that nobody knows.
    assert_eq!(done.asked(), ["Which film is Heat (1995)?"]);
    assert_eq!(
        done.notes(),
        ["ratings_now.csv, row 8: the row has too many or too few fields. It is left out."]
    );
}

#[test]
fn what_is_on_a_list_without_stars_is_not_seen() {
    import_sample("imdb/watchlist_now.csv")
        .check(&["Spider-Man: No Way Home (2021) wanted", "Vertigo (1958) ★4.5 seen"]);
}

#[test]
fn older_files_are_read_as_well() {
    // A series that the catalogue has.
    import_sample("imdb/ratings_2017.csv")
        .check(&["Heat (1995) ★5 seen", "Band of Brothers (2001) ★4.5 seen"]);
    let old = import_sample("imdb/ratings_old.csv");
    old.check(&["Heat (1995) ★2 seen"]);
    assert_eq!(old.matched.films[0].told.rated_on.unwrap().to_string(), "2016-12-31");
    assert_eq!(old.unmatched(), ["Game of Thrones: a series, an episode or a game"]);
}

#[test]
fn the_name_of_the_file_does_not_matter() {
    let bytes = crate::stage::sample("imdb/ratings_2017.csv");
    for name in ["2f36023d-0000.csv", "WATCHLIST.CSV", "ratings", "a.txt"] {
        assert_eq!(import_as(name, bytes.clone()).films().len(), 2, "{name}");
    }
}
