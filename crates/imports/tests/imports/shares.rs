//! How much of each sample is found. `cargo test shares -- --nocapture` prints the table.

use glassrec_imports::{Answers, Found, Named};

use crate::stage::{CATALOGUE, MATCHER, folder, import, sample};

/// 180 well-known films as Letterboxd writes them, chosen to be hard, with their ids where they are here.
#[test]
fn of_the_hard_list_at_least_97_of_a_hundred_are_found_and_none_is_wrong() {
    let text = String::from_utf8(sample("matching/awkward.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let (mut n_here, mut n_found, mut missed, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        let (title, year) = (record[0].to_owned(), record[1].parse().ok());
        let want = record[2].parse().ok().and_then(|it| CATALOGUE.row_of(it));
        let named = Named { title: title.clone(), year, ..Named::default() };
        let found = MATCHER.find(&named);
        n_here += usize::from(want.is_some());
        match (&found, want) {
            (Found::Film(item), Some(want)) if *item == want => n_found += 1,
            (Found::Film(_), _) => wrong.push(title),
            (_, Some(_)) => missed.push(format!("{title}: {found:?}")),
            (_, None) => {}
        }
    }
    print(&format!(
        "hard list: {n_found} of {n_here} in the catalogue; missed {missed:?}; wrong {wrong:?}"
    ));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(n_found * 100 >= n_here * 97, "{n_found} of {n_here}: {missed:?}");
}

#[test]
fn every_film_of_the_catalogue_is_found_by_its_own_name_and_year_or_asked_about() {
    let (mut n_found, mut n_asked) = (0, 0);
    for item in CATALOGUE.rows() {
        let title = CATALOGUE.title(item).to_owned();
        let named = Named { title, year: CATALOGUE.year(item), ..Named::default() };
        match MATCHER.find(&named) {
            Found::Film(found) => {
                assert_eq!(found, item, "{named:?}");
                n_found += 1;
            }
            Found::Unsure(items) => {
                assert!(items.contains(&item), "{named:?}");
                n_asked += 1;
            }
            Found::Nothing(why) => panic!("{named:?}: {why:?}"),
        }
    }
    print(&format!(
        "own names: {n_found} found, {n_asked} asked about, of {}",
        CATALOGUE.n_items()
    ));
    assert!(n_asked < 20, "{n_asked}");
}

#[test]
fn what_is_found_of_each_sample() {
    for top in [
        "letterboxd",
        "letterboxd_import",
        "imdb",
        "netflix",
        "trakt",
        "movielens",
        "others",
        "any",
    ] {
        for (name, bytes) in folder(top) {
            let done = import(vec![(name.clone(), bytes)], &Answers::new());
            let matched = &done.matched;
            let [n_films, n_unmatched, n_series, n_asked] = [
                matched.films.len(),
                matched.unmatched.len(),
                matched.series.len(),
                matched.questions.len(),
            ];
            if n_films + n_unmatched + n_series + n_asked > 0 {
                print(&format!(
                    "{top}/{name}: {n_films} found, {n_asked} asked about, {n_unmatched} unmatched, {n_series} series"
                ));
            }
        }
    }
}

#[allow(clippy::print_stdout)] // What --nocapture asks for.
fn print(line: &str) {
    println!("{line}");
}
