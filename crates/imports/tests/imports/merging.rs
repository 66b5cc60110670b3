use glassrec_imports::{Answers, Interaction, Site, merge};

use crate::stage::{CATALOGUE, folder, import, import_as, line};

fn films(text: &str) -> Vec<Interaction> {
    import_as("x.csv", text).matched.films
}

fn lines(films: &[Interaction]) -> Vec<String> {
    films.iter().map(line).collect()
}

#[test]
fn the_same_files_twice_are_the_same_as_once() {
    for top in ["letterboxd", "imdb", "netflix", "trakt", "movielens", "others", "any"] {
        let new = import(folder(top), &Answers::new()).matched.films;
        let once = merge(&[], &new);
        assert_eq!(once.films, new, "{top}");
        let twice = merge(&once.films, &new);
        assert_eq!(twice.films, once.films, "{top}");
        assert!(twice.changed.is_empty() && twice.gone.is_empty(), "{top}");
    }
}

#[test]
fn a_newer_export_changes_what_it_changed_and_takes_nothing_out() {
    let old =
        films("Title,Year,Rating10,WatchedDate\nHeat,1995,8,2024-01-01\nFargo,1996,9,2024-01-02\n");
    let new =
        films("Title,Year,Rating10,WatchedDate\nHeat,1995,6,2024-01-01\nJaws,1975,5,2024-01-03\n");
    let merged = merge(&old, &new);
    assert_eq!(
        lines(&merged.films),
        [
            "Heat (1995) ★3 seen 2024-01-01",
            "Fargo (1996) ★4.5 seen 2024-01-02",
            "Jaws (1975) ★2.5 seen 2024-01-03"
        ]
    );
    assert_eq!(merged.changed.len(), 1);
    assert_eq!(merged.changed[0].other.1.stars(), 4.0);
    assert!(merged.conflicts.is_empty());
    assert_eq!(merged.gone.iter().map(|it| CATALOGUE.title(*it)).collect::<Vec<_>>(), ["Fargo"]);
}

#[test]
fn what_two_sites_say_differently_is_shown_with_both() {
    let letterboxd = "Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Heat,1995,x,4\n2024-01-01,Fargo,1996,x,4\n";
    let imdb = "Const,Your Rating,Date Rated,Title,Title Type,Year\ntt0113277,9,2024-02-01,Heat,Movie,1995\ntt0116282,8,2023-02-01,Fargo,Movie,1996\n";
    let both =
        vec![("ratings.csv".to_owned(), letterboxd.into()), ("imdb.csv".to_owned(), imdb.into())];
    let together = import(both, &Answers::new()).matched;
    let (one, other) = (films(letterboxd), films(imdb));
    let merged = merge(&one, &other);
    for conflicts in [&together.conflicts, &merged.conflicts] {
        assert_eq!(conflicts.len(), 1, "four stars are eight points");
        // The newer holds.
        assert_eq!(conflicts[0].holds.0, Some(Site::Imdb));
        assert_eq!(conflicts[0].other.0, Some(Site::Letterboxd));
    }
    assert_eq!(lines(&merged.films)[0], "Heat (1995) ★4.5 seen");
    assert_eq!(merged.films[0].told.sites, [Site::Letterboxd, Site::Imdb]);
    assert_eq!(merge(&merged.films, &other).films, merged.films);
    assert_eq!(merge(&merged.films, &one).films, merged.films);
}

#[test]
fn wanted_becomes_seen_and_never_back() {
    let wanted = films("Title,Year,Status\nHeat,1995,watchlist\n");
    let seen = films("Title,Year,Status\nHeat,1995,seen\n");
    assert_eq!(lines(&merge(&wanted, &seen).films), ["Heat (1995) seen"]);
    assert_eq!(lines(&merge(&seen, &wanted).films), ["Heat (1995) seen"]);
}

#[test]
fn a_film_may_be_liked_with_two_stars() {
    let rated = films("Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Heat,1995,x,2\n");
    let liked = import(
        vec![(
            "likes/films.csv".to_owned(),
            b"Date,Name,Year,Letterboxd URI\n2024-01-01,Heat,1995,x\n".to_vec(),
        )],
        &Answers::new(),
    );
    assert_eq!(lines(&merge(&rated, &liked.matched.films).films), ["Heat (1995) ★2 seen liked"]);
}
