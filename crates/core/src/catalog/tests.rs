use super::*;

/// Five films as the pipeline would write them.
fn json() -> serde_json::Value {
    serde_json::json!({
        "version": 3, "n_items": 5,
        "movie_id_steps": [1, 9, 10, 10, 1],
        "titles": "Alien\nAliens\nThe Matrix\nAmélie\nSpider-Man",
        "year": [1979, 1986, 1999, 2001, 0],
        "n_ratings": [800, 900, 1000, 700, 600],
        "genre_names": ["Horror", "Sci-Fi", "Romance"],
        "genre_letters": "ab b b c ",
        "merged": [[4001, 10], [4000, 31]],
        "people": ["Ridley Scott", "James Cameron", "Sigourney Weaver"],
        "directors": [[0], [1], [], [], []],
        "cast": [[2], [2], [], [], []],
        "tag_names": ["space", "androids"],
        "tags": [[0, 1], [0], [1], [], []],
        "country_names": ["UK", "France", "USA"],
        "minutes": [117, 0, 136, 122, 0],
        "language_names": ["English", "French"], "languages": [[0], [0], [], [1], []],
        "countries": [[0, 2], [2], [], [], []],
        "mood_names": ["eerie"], "moods": [[0], [], [], [], []],
        "prize_names": ["Best Visual Effects", "Best Production Design"],
        "won": [[0], [0], [], [], []], "nominated": [[1], [], [], [], []],
        "shorts": [4], "serials": [2],
        "country": [0, -1, -1, 1, -1],
        "imdb_id": [78748, 0, 133093, 211915, 0],
        "tmdb_id": [348, 679, 603, 194, 0],
        "other_titles": [[], ["Alien 2"], [], ["Le Fabuleux destin d'Amélie Poulain"], []],
        "series_names": ["Alien"], "series": [0, 0, -1, -1, -1], "part": [1, 2, 0, 0, 0],
    })
}

#[test]
fn what_films_share_is_what_all_of_them_have() {
    let catalogue = made_up();
    let shared = |rows: &[u32]| {
        let rows: Vec<ItemRow> = rows.iter().copied().map(ItemRow).collect();
        catalogue.shared_facts(&rows).join(", ")
    };
    assert_eq!(shared(&[0]), "Horror, Sci-Fi, space, androids");
    assert_eq!(shared(&[0, 1]), "Sci-Fi, space");
    assert_eq!((shared(&[0, 3]), shared(&[])), (String::new(), String::new()));
}

/// The columns of both files lie in one here: each reads its own.
fn read(json: &serde_json::Value) -> Result<Catalogue, CatalogError> {
    let catalogue = Catalogue::from_json(json.to_string().as_bytes())?;
    catalogue.add_details(json.to_string().as_bytes())?;
    Ok(catalogue)
}

pub(crate) fn made_up() -> Catalogue {
    read(&json()).unwrap()
}

#[track_caller]
fn check_refused(column: &str, value: serde_json::Value, want: &str) {
    let mut json = json();
    json[column] = value;
    let got = read(&json).unwrap_err().to_string();
    assert!(got.contains(want), "{got:?} does not speak of {want:?}");
}

#[test]
fn a_text_tells_all_that_is_known_in_order() {
    let catalogue = made_up();
    assert_eq!(
        catalogue.item_text(ItemRow(0)),
        "Alien (1979). horror, sci-fi. Directed by Ridley Scott. With Sigourney Weaver. UK. \
         space, androids."
    );
    assert_eq!(catalogue.item_text(ItemRow(4)), "Spider-Man.");
    assert_eq!(catalogue.item_text(ItemRow(5)), "");
}

#[test]
fn facts_are_what_the_text_is_made_of() {
    let catalogue = made_up();
    let facts = catalogue.facts(ItemRow(0));
    let fields: Vec<&str> = facts.iter().map(|fact| fact.field).collect();
    let want =
        ["title", "year", "genres", "genres", "directors", "cast", "country", "tags", "tags"];
    assert_eq!(fields, want);
    let text = catalogue.item_text(ItemRow(0));
    facts.iter().for_each(|fact| assert!(text.contains(&fact.text), "{}", fact.text));
}

#[test]
fn a_catalogue_without_details_knows_what_a_list_shows() {
    let catalogue = Catalogue::from_json(json().to_string().as_bytes()).unwrap();
    assert_eq!(catalogue.genres(ItemRow(0)), ["Horror", "Sci-Fi"]);
    assert!(catalogue.directors(ItemRow(0)).is_empty() && catalogue.cast(ItemRow(0)).is_empty());
    assert!(catalogue.search_titles("weaver", 5).is_empty() && !catalogue.has_details());
    catalogue.add_details(json().to_string().as_bytes()).unwrap();
    assert_eq!(catalogue.directors(ItemRow(0)), ["Ridley Scott"]);
    assert_eq!(catalogue.cast(ItemRow(0)), ["Sigourney Weaver"]);
    assert_eq!(catalogue.search_titles("weaver", 5).len(), 2);
}

#[test]
fn what_is_unknown_is_none() {
    let catalogue = made_up();
    assert_eq!(catalogue.year(ItemRow(4)), None);
    assert_eq!(catalogue.imdb_id(ItemRow(1)), None);
    assert_eq!(catalogue.country(ItemRow(1)), None);
    assert_eq!(catalogue.country(ItemRow(3)), Some("France"));
    assert_eq!(catalogue.series(ItemRow(1)), Some(("Alien", Some(2))));
    assert_eq!((catalogue.series(ItemRow(2)), catalogue.series(ItemRow(99))), (None, None));
    assert_eq!(catalogue.other_titles(ItemRow(1)), ["Alien 2"]);
    assert!(catalogue.other_titles(ItemRow(99)).is_empty());
    assert_eq!(catalogue.row_of(20), Some(ItemRow(2)));
    assert_eq!(catalogue.row_of(21), None);
    assert_eq!([4001, 10, 21].map(|id| catalogue.kept_id(id)), [10, 10, 21]);
    assert_eq!([4001, 4000].map(|id| catalogue.row_of(id)), [Some(ItemRow(1)), Some(ItemRow(4))]);
    assert_eq!(catalogue.movie_id(ItemRow(1)), Some(10));
    assert_eq!(catalogue.title(ItemRow(99)), "");
    assert_eq!(catalogue.genres(ItemRow(99)), Vec::<&str>::new());
}

#[test]
fn what_no_word_is_like_cannot_be_read() {
    let catalogue = made_up();
    for text in ["space", "asdfgh aliens", "SPACES", "x2", "1979", "é"] {
        assert!(catalogue.can_read(text), "{text}");
    }
    for text in ["asdfgh", "xkcd zzzz", "映画を探しています", "фильм", "!!!", ""] {
        assert!(!catalogue.can_read(text), "{text}");
    }
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    check_refused("version", 1.into(), "another version");
    check_refused("n_items", 4.into(), "movie_id");
    check_refused("year", vec![1979].into(), "year");
    check_refused("cast", vec![vec![3], vec![], vec![], vec![], vec![]].into(), "cast, row 0");
    check_refused("country", vec![0, -1, 3, 1, -1].into(), "country, row 2");
    check_refused("country", vec![0, -2, 0, 1, -1].into(), "country, row 1");
    check_refused("moods", vec![vec![1], vec![], vec![], vec![], vec![]].into(), "moods, row 0");
    check_refused("minutes", vec![90].into(), "minutes");
    check_refused("series", vec![0, 1, -1, -1, -1].into(), "series, row 1");
    check_refused("part", vec![0].into(), "part");
    check_refused("movie_id_steps", vec![1, 9, 0, 20, 1].into(), "ascending");
    check_refused("titles", serde_json::Value::Null, "cannot be read");
    check_refused("titles", "Alien\nAliens".into(), "title");
    for letters in ["ab b b d ", "ab b b C "] {
        check_refused("genre_letters", letters.into(), "genres, row 3");
    }
}

#[test]
fn a_catalogue_that_is_cut_is_refused() {
    let whole = json().to_string();
    for length in 0..whole.len() {
        if whole.is_char_boundary(length) {
            assert!(Catalogue::from_json(&whole.as_bytes()[..length]).is_err());
        }
    }
}
