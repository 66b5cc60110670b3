use super::*;

fn rows(rows: &[u32]) -> Vec<ItemRow> {
    rows.iter().copied().map(ItemRow).collect()
}

fn user(films: &[u32], n_asked: usize) -> User {
    User { films: rows(films).into_iter().collect(), n_asked }
}

const FILE: &str = r#"{"version": 1, "n_histories": 8, "n_holding": [4, 0, 1, 2, 0],
    "users": [{"films": [4, 2, 0], "n_asked": 2}, {"films": [1, 3], "n_asked": 1}]}"#;

const CATALOGUE: &str = r#"{"version": 3, "n_items": 5, "movie_id_steps": [1, 1, 1, 1, 1], "titles": "A\nB\nC\nD\nE",
    "year": [1990, 1991, 1992, 1993, 1994], "n_ratings": [1, 2, 3, 4, 5], "genre_names": ["Drama", "Comedy"],
    "genre_letters": "a a b ab "}"#;

fn read(json: &str) -> Result<HeldOut, HeldOutError> {
    HeldOut::from_json(json.as_bytes(), 5)
}

#[test]
fn questions_are_the_newest_films_after_all_before_them() {
    let held = read(FILE).unwrap();
    let told = |user: &User| {
        let asked = user.questions();
        asked.map(|it| (it.history.as_slice().to_vec(), it.target)).collect::<Vec<_>>()
    };
    assert_eq!(told(&held.users[0]), [(rows(&[4]), ItemRow(2)), (rows(&[4, 2]), ItemRow(0))]);
    assert_eq!(told(&held.users[1]), [(rows(&[1]), ItemRow(3))]);
    assert_eq!(held.users[0].n_before(), 2);
}

#[test]
fn a_file_that_cannot_be_true_is_refused() {
    assert!(matches!(
        read(&FILE.replace("\"version\": 1", "\"version\": 2")),
        Err(HeldOutError::UnknownVersion { version: 2 })
    ));
    assert!(matches!(read("{}"), Err(HeldOutError::Unreadable(_))));
    for (told, wrong) in [
        ("[4, 2, 0]", "[4, 2, 5]"),
        ("[4, 2, 0]", "[4, 2, 4]"),
        ("\"n_asked\": 2", "\"n_asked\": 3"),
        ("\"n_asked\": 2", "\"n_asked\": 0"),
        ("[4, 0, 1, 2, 0]", "[4, 0, 1, 2]"),
        ("\"n_histories\": 8", "\"n_histories\": 0"),
    ] {
        let refused = read(&FILE.replace(told, wrong));
        assert!(matches!(refused, Err(HeldOutError::Impossible { .. })), "{wrong}");
    }
}

#[test]
fn the_reader_is_asked_for_the_newest_ten_at_most() {
    let of = |n: u32| User::of_history(&(0..n).map(ItemRow).collect());
    assert_eq!(of(0), None);
    assert_eq!(of(1), None);
    assert_eq!(of(2).unwrap().n_asked(), 1);
    assert_eq!(of(30).unwrap().questions().len(), MOST_ASKED);
    assert_eq!(of(30).unwrap().questions().next().unwrap().history.len(), 20);
}

#[test]
fn thirds_are_by_how_many_films_came_before() {
    let of = |n: u32| user(&(0..n).collect::<Vec<_>>(), 1);
    let users = [of(9), of(2), of(5), of(5), of(30), of(3)];
    assert_eq!(thirds(&users), [2, 0, 1, 1, 2, 0]);
    assert!(thirds(&[]).is_empty());
}

#[test]
fn lists_are_with_and_without_what_was_seen() {
    let catalogue = crate::catalog::Catalogue::from_json(CATALOGUE.as_bytes()).unwrap();
    let films = Films::new(&read(FILE).unwrap(), &catalogue);
    let question = user(&[4, 2], 1).questions().next().unwrap();
    let scores = [0.1, 0.2, 0.3, 0.4, 0.9];
    let standings = vec![question.standings(&scores)];
    let of = Answered::new(standings, &question, &scores, &films).unwrap();
    assert_eq!(of.list(Seen::LeftOut).films, rows(&[3, 2, 1, 0]));
    assert_eq!(of.list(Seen::Ranked).films, rows(&[4, 3, 2, 1, 0]));
    // Four of eight histories, half a history, one, two, and half a history again.
    let popularity = [0.5, 0.0625, 0.125, 0.25, 0.0625];
    assert_eq!(of.list(Seen::LeftOut).popularity, popularity[..4].iter().sum::<f64>() / 4.0);
    assert_eq!(of.liked, 0.0625);
}
