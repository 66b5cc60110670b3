use glassrec_imports::{About, Answers, Choice, Format, Part, in_order};

use crate::stage::{
    CATALOGUE, Done, crlf, folder, import, import_as, import_sample, sample, zipped,
};

fn export() -> Vec<(String, Vec<u8>)> {
    folder("letterboxd").into_iter().map(|(name, bytes)| (name, crlf(&bytes))).collect()
}

const ALL: &[&str] = &[
    "Seven (1995) ★3 seen liked 2024-02-02 2024-05-10 +1",
    "Me, Myself & Irene (2000) seen 2024-05-31",
    "Amelie (2001) ★5 seen",
    "Heat (1995) ★5 seen 2024-02-03",
    "The Matrix (1999) ★4 seen 2024-02-03",
    "Fargo (1996) ★0.5 seen",
    "Toy Story (1995) seen bulk",
    "Jumanji (1995) seen bulk",
    "Casino (1995) seen bulk",
    "GoldenEye (1995) seen bulk",
    "Babe (1995) seen bulk",
    "Clueless (1995) seen bulk",
    "Pulp Fiction (1994) seen bulk",
    "Forrest Gump (1994) seen bulk",
    "Speed (1994) seen bulk",
    "Scream (1996) seen bulk",
    "Alien (1979) seen bulk",
    "Jaws (1975) seen bulk",
    "Band of Brothers (2001) seen",
    "Vertigo (1958) wanted",
];

fn zip() -> Done {
    import_as("letterboxd-nobody-2026-01-21-11-20-utc.zip", zipped(&export(), true))
}

#[test]
fn a_whole_export_gives_each_film_once_with_all_its_viewings() {
    zip().check(ALL);
    assert_eq!(zip().asked(), [""; 0]);
    assert_eq!(
        zip().unmatched(),
        ["Some Unreleased Film: no film here is called so; it may be its title in another country"]
    );
}

#[test]
fn the_unpacked_folder_and_all_files_at_once_give_the_same() {
    import(export(), &Answers::new()).check(ALL);
    let under_folder =
        export().into_iter().map(|(name, it)| (format!("letterboxd-nobody/{name}"), it));
    import(under_folder.collect(), &Answers::new()).check(ALL);
}

#[test]
fn what_was_deleted_lists_and_the_profile_are_told_and_not_read() {
    let done = zip();
    let notes = done.notes().join("\n");
    for file in [
        "deleted/diary.csv",
        "orphaned/diary.csv",
        "profile.csv",
        "comments.csv",
        "likes/reviews.csv",
        "lists/rainy.csv",
    ] {
        assert!(notes.contains(file), "{file} in {notes}");
        assert!(!done.import.files.iter().any(|it| it.name.ends_with(file)), "{file}");
    }
    assert!(!format!("{:?}", done.import).contains("example.org"));
    assert_eq!(
        import_as("deleted/diary.csv", sample("letterboxd/deleted/diary.csv")).films(),
        [""; 0]
    );
}

#[test]
fn a_bulk_day_has_no_order_and_days_of_viewing_have() {
    let ordered = in_order(&zip().matched.films);
    let titles = |items: &[_]| items.iter().map(|it| CATALOGUE.title(*it)).collect::<Vec<_>>();
    // Of one day, as the diary has them.
    let dated = [
        "Heat",
        "The Matrix",
        "Seven",
        "Me, Myself & Irene",
        "Amelie",
        "Fargo",
        "Band of Brothers",
    ];
    let mut got = titles(&ordered.dated);
    assert!(
        got.iter().position(|it| *it == "Heat") < got.iter().position(|it| *it == "The Matrix")
    );
    got.sort_unstable();
    let mut want = dated.to_vec();
    want.sort_unstable();
    assert_eq!(got, want);
    assert_eq!(ordered.undated.len(), 12);
}

#[test]
fn each_file_alone_is_known_by_its_columns_or_its_name() {
    for (path, name, part) in [
        ("diary.csv", "diary.csv", Part::Diary),
        ("diary.csv", "x.csv", Part::Diary),
        ("reviews.csv", "x.csv", Part::Reviews),
        ("ratings.csv", "ratings (2).csv", Part::Ratings),
        ("watched.csv", "watched (1).csv", Part::Watched),
        ("watched.csv", "WATCHED.CSV", Part::Watched),
        ("watchlist.csv", "watchlist.csv", Part::WatchList),
        ("likes/films.csv", "likes/films.csv", Part::Likes),
        ("likes/films.csv", "films.csv", Part::Unsure),
        ("watchlist.csv", "x.csv", Part::Unsure),
        ("lists/rainy.csv", "rainy.csv", Part::List),
    ] {
        let done = import_as(name, sample(&format!("letterboxd/{path}")));
        assert_eq!(done.import.files[0].format, Format::Letterboxd(part), "{name}");
    }
}

#[test]
fn a_watchlist_is_never_seen() {
    let done = import_sample("letterboxd/watchlist.csv");
    done.check(&["Vertigo (1958) wanted", "Heat (1995) wanted"]);
}

#[test]
fn a_file_that_could_be_three_things_is_asked_about() {
    let file = || vec![("films.csv".to_owned(), sample("letterboxd/watchlist.csv"))];
    let asked = import(file(), &Answers::new());
    assert_eq!(asked.asked(), ["What are the films in films.csv?"]);
    asked.check(&[]);
    let about = About::SeenOrWanted { file: "films.csv".to_owned() };
    let answered = |choice| import(file(), &Answers::from([(about.clone(), choice)]));
    answered(Choice::Wanted).check(&["Vertigo (1958) wanted", "Heat (1995) wanted"]);
    answered(Choice::Seen).check(&["Vertigo (1958) seen", "Heat (1995) seen"]);
    answered(Choice::Liked).check(&["Vertigo (1958) liked", "Heat (1995) liked"]);
    // One that does not belong to the question is none.
    answered(Choice::Count).check(&[]);
}

#[test]
fn a_review_that_holds_a_row_is_one_review() {
    let done = import_as("reviews.csv", crlf(&sample("letterboxd/reviews.csv")));
    done.check(&["Heat (1995) ★5 seen 2024-02-03"]);
    assert!(done.notes().is_empty());
}

#[test]
fn a_list_alone_is_asked_about() {
    let done = import_sample("letterboxd/lists/rainy.csv");
    assert_eq!(done.asked(), ["What are the films in rainy.csv?"]);
    assert_eq!(done.import.files[0].n_rows, 2);
}

#[test]
fn the_form_for_imports_is_read_by_ids_and_by_the_names_of_its_columns() {
    import_sample("letterboxd_import/plex.csv").check(&[
        "Seven (1995) ★4.5 seen 2024-02-02",
        "Gattaca (1997) seen 2023-11-05",
        "The Matrix (1999) ★5 seen 2022-01-01 +1",
        "Wings of Desire (1987) ★4 seen 2021-03-03",
    ]);
    import_sample("letterboxd_import/mubi.csv")
        .check(&["Hate (1995) ★5 seen 2024-01-01", "Stalker (1979) ★4 seen"]);
    // Someone who gives five at most, of ten.
    let five = "Title,Year,Rating10,WatchedDate\nHeat,1995,5,2024-01-01\nFargo,1996,4,2024-01-02\n";
    import_as("x.csv", five)
        .check(&["Heat (1995) ★2.5 seen 2024-01-01", "Fargo (1996) ★2 seen 2024-01-02"]);
}

#[test]
fn numbered_parts_are_joined() {
    let part = |it: &str| format!("Title,Year,Rating10\n{it}\n").into_bytes();
    let files = vec![
        ("x-10.csv".to_owned(), part("Fargo,1996,4")),
        ("x-9.csv".to_owned(), part("Heat,1995,5")),
    ];
    import(files, &Answers::new()).check(&["Heat (1995) ★2.5 seen", "Fargo (1996) ★2 seen"]);
}
