use glassrec_imports::{About, Answers, Choice, Found, Named, Why, write};

use crate::stage::{CATALOGUE, MATCHER, import, import_as};

fn named(title: &str, year: u16) -> Named {
    let year = Some(year).filter(|it| *it > 0);
    Named { title: title.to_owned(), year, ..Named::default() }
}

/// The film as "Title (Year)", "?" and how many where it is not sure.
fn found(named: &Named) -> String {
    match MATCHER.find(named) {
        Found::Film(it) => format!("{} ({})", CATALOGUE.title(it), CATALOGUE.year(it).unwrap_or(0)),
        Found::Unsure(items) => format!("? {}", items.len()),
        Found::Nothing(why) => format!("{why:?}"),
    }
}

#[track_caller]
fn check(title: &str, year: u16, want: &str) {
    assert_eq!(found(&named(title, year)), want, "{title} ({year})");
}

#[test]
fn the_exact_year_comes_before_the_one_beside_it_and_a_film_before_a_short() {
    check("Whiplash", 2014, "Whiplash (2014)");
    check("Saw", 2004, "Saw (2004)");
    check("Saw", 2005, "Saw (2004)");
    check("Saw", 2003, "Saw (2003)");
    check("Oldboy", 2003, "Old Boy (2003)");
    check("Oldboy", 2013, "Oldboy (2013)");
    check("300", 2006, "300 (2007)");
    check("Halloween", 2018, "Halloween (2018)");
}

#[test]
fn it_is_never_guessed_between_two() {
    check("War of the Worlds", 2005, "? 2");
    check("The Girl with the Dragon Tattoo", 2010, "? 2");
    check("Halloween", 0, "? 3");
    check("King Kong", 0, "? 3");
}

#[test]
fn an_article_makes_another_film() {
    check("Circle", 2015, "Circle (2015)");
    check("The Circle", 2017, "The Circle (2016)");
    // The Swiss film, which is not here: the reader is asked.
    check("The Circle", 2014, "? 1");
    check("Cure", 1997, "Cure (1997)");
    check("The Cure", 1995, "The Cure (1995)");
}

#[test]
fn two_years_apart_is_another_film() {
    check("Heat", 1997, "OtherYear");
    check("Oldboy", 2008, "OtherYear");
    check("Dune: Part Two", 2024, "Newer");
    check("Jesus", 2018, "NotHere");
    check("Shin Godzilla", 2016, "NotHere");
    check("Oppenheimer", 2023, "Newer");
    check("Die Verurteilten", 0, "UnknownTitle");
}

#[test]
fn a_part_of_a_title_is_asked_and_never_taken() {
    check("Borat", 2006, "? 1");
    check("Dune: Part One", 2021, "? 1");
    check("Legacy", 2010, "NotHere");
}

#[test]
fn ids_come_first_and_wrong_ones_are_asked_about() {
    let with = |title: &str, year, imdb, tmdb| Named { imdb, tmdb, ..named(title, year) };
    assert_eq!(
        found(&with("War of the Worlds", 2005, Some(407_304), None)),
        "War of the Worlds (2005)"
    );
    assert_eq!(found(&with("Krieg der Welten", 2005, None, Some(74))), "War of the Worlds (2005)");
    // The same name and year, another id.
    assert_eq!(found(&with("Heat", 1995, Some(9_999_991), None)), "? 1");
    // Two ids of two films.
    assert_eq!(found(&with("Heat", 1995, Some(113_277), Some(807))), "? 2");
    let series = Named { is_series: true, ..named("Band of Brothers", 2001) };
    assert_eq!(found(&series), "Band of Brothers (2001)");
    let series = Named { is_series: true, ..named("Fargo", 1996) };
    assert_eq!(MATCHER.find(&series), Found::Nothing(Why::Series));
}

#[test]
fn unmatched_films_leave_as_a_table_with_their_reason() {
    let done = import_as("x.txt", "Oppenheimer (2023)\n=HYPERLINK (2001)\n");
    let csv = write::unmatched_csv(&done.matched.unmatched);
    assert_eq!(
        csv,
        "Title,Year,Reason\r\nOppenheimer,2023,newer than most films here\r\n'=HYPERLINK,2001,not among the films here\r\n"
    );
}

#[test]
fn the_reader_may_correct_a_match_and_find_what_was_not_found() {
    let file = || vec![("x.txt".to_owned(), b"Heat (1995)\nNobody Knows (2031)\n".to_vec())];
    let about =
        |title: &str, year| About::Film { title: title.to_owned(), year: Some(year), imdb: None };
    let Found::Film(fargo) = MATCHER.find(&named("Fargo", 1996)) else { panic!() };
    let answers = Answers::from([
        (about("Heat", 1995), Choice::LeaveOut),
        (about("Nobody Knows", 2031), Choice::Film(fargo)),
    ]);
    let done = import(file(), &answers);
    done.check(&["Fargo (1996) seen"]);
    assert_eq!(done.unmatched(), ["Heat: you left it out"]);
}
