use glassrec_imports::Answers;

use crate::stage::{folder, import, import_as, import_sample, zipped};

#[test]
fn a_whole_export_is_joined_by_any_id() {
    let mut files = folder("trakt");
    files.retain(|it| it.0.ends_with(".json"));
    for done in
        [import(files.clone(), &Answers::new()), import_as("trakt.zip", zipped(&files, false))]
    {
        let mut films = done.films();
        films.sort_unstable();
        assert_eq!(
            films,
            [
                "Alien (1979) seen 2019-08-20",
                "Fargo (1996) seen",
                "Heat (1995) ★4.5 seen liked 2019-08-21 2026-08-21 +1",
                "Old Boy (2003) seen",
                "Vertigo (1958) wanted",
            ]
        );
        assert_eq!(done.unmatched().len(), 1, "{:?}", done.unmatched());
        let notes = done.notes().join("\n");
        assert!(notes.contains("2 of your entries did not make it"), "{notes}");
        for ignored in ["collection-movies", "hidden-movies", "user-settings", "ratings-shows"] {
            assert!(notes.contains(ignored), "{ignored} in {notes}");
        }
    }
}

#[test]
fn part_ten_comes_after_part_two() {
    let mut files = folder("trakt");
    files.retain(|it| it.0.contains("history"));
    files.reverse();
    let done = import(files, &Answers::new());
    let names: Vec<&str> = done.import.files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["watched-history-2.json", "watched-history-10.json"]);
}

#[test]
fn one_bad_entry_never_spoils_the_file() {
    let done = import_sample("trakt/watched-history-10.json");
    done.check(&["Alien (1979) seen 2019-08-20", "Heat (1995) seen 2019-08-21"]);
    assert_eq!(
        done.notes(),
        ["watched-history-10.json, row 2: the row names no film. It is left out."]
    );
}

#[test]
fn the_csv_of_members_has_the_ratings_of_the_reader() {
    let done = import_sample("trakt/ratings.csv");
    done.check(&["Heat (1995) ★4.5 seen"]);
    assert_eq!(done.matched.series.len(), 1);
}

#[test]
fn cut_off_json_is_told_with_its_line() {
    let done = import_as("watched-history-1.json", "[{\"watched_at\":\"2020-01-01\",\n\"movie\":");
    assert_eq!(
        done.notes(),
        ["watched-history-1.json, row 2: the file is not whole. Download it again."]
    );
}
