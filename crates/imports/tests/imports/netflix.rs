use glassrec_imports::{About, Answers, Choice, Order};

use crate::stage::{import, import_as, import_sample, sample};

#[test]
fn films_with_colons_are_films_and_episodes_are_none() {
    let done = import_sample("netflix/NetflixViewingHistory.csv");
    done.check(&[
        "Inception (2010) seen 2023-12-27",
        "John Wick: Chapter Two (2017) seen 2023-12-29",
        "It (2017) seen 2024-01-01",
        "The Godfather: Part II (1974) seen 2024-02-03",
        "Kill Bill: Vol. 1 (2003) seen 2024-02-13",
    ]);
    assert_eq!(done.asked(), ["Which film is Halloween?"]);
    let unknown = "no film here is called so; it may be its title in another country";
    let series = "a series, an episode or a game";
    assert_eq!(
        done.unmatched(),
        [
            format!("El hoyo: {unknown}"),
            format!("Die Verurteilten: {unknown}"),
            format!("The Queen's Gambit: Limited Series: Openings: {series}"),
            format!("Stranger Things: Staffel 4: Kapitel eins: Der Hellfire-Club: {series}"),
        ]
    );
}

#[test]
fn which_of_three_is_asked_with_the_best_known_first() {
    let file =
        || vec![("a.csv".to_owned(), b"Title,Date\n\"Halloween\",\"13/12/2023\"\n".to_vec())];
    let asked = import(file(), &Answers::new());
    let question = asked.questions()[0].clone();
    assert_eq!(question.choices.len(), 4);
    assert_eq!(question.choices[3], Choice::LeaveOut);
    let answer = |choice: &Choice| {
        import(file(), &Answers::from([(question.about.clone(), choice.clone())]))
    };
    answer(&question.choices[0]).check(&["Halloween (1978) seen 2023-12-13"]);
    answer(&Choice::LeaveOut).check(&[]);
}

#[test]
fn day_and_month_are_found_or_asked_once() {
    import_sample("netflix/us.csv")
        .check(&["Heat (1995) seen 2025-03-02", "Inception (2010) seen 2025-04-21"]);
    import_sample("netflix/german.csv").check(&["Inception (2010) seen 2023-01-24"]);
    import_sample("netflix/french_canadian.csv").check(&["Inception (2010) seen 2021-12-15"]);
    let file = || vec![("n.csv".to_owned(), sample("netflix/undecided.csv"))];
    let asked = import(file(), &Answers::new());
    assert_eq!(asked.asked(), ["In n.csv, which comes first in 03/02/2024?"]);
    assert_eq!(asked.questions()[0].examples, ["03/02/2024", "05/04/2023"]);
    asked.check(&["Heat (1995) seen", "Inception (2010) seen"]);
    let about = About::DayOrMonth { file: "n.csv".to_owned() };
    let answer = |order| import(file(), &Answers::from([(about.clone(), Choice::Order(order))]));
    answer(Order::DayFirst)
        .check(&["Heat (1995) seen 2023-04-05", "Inception (2010) seen 2024-02-03"]);
    answer(Order::MonthFirst)
        .check(&["Heat (1995) seen 2023-05-04", "Inception (2010) seen 2024-03-02"]);
}

#[test]
fn after_a_spreadsheet_dates_of_two_orders_are_told() {
    let done = import_sample("netflix/after_excel.csv");
    done.check(&["Heat (1995) seen", "Inception (2010) seen 2024-02-14"]);
    assert!(done.unmatched()[0].starts_with("Bête Noire: "));
    assert_eq!(done.notes().len(), 2, "{:?}", done.notes());
}

fn long() -> Vec<(String, Vec<u8>)> {
    ["ViewingActivity.csv", "Ratings.csv"]
        .map(|it| (it.to_owned(), sample(&format!("netflix/{it}"))))
        .to_vec()
}

#[test]
fn whose_rows_they_are_is_asked_first_and_once() {
    let done = import(long(), &Answers::new());
    done.check(&[]);
    assert_eq!(done.asked(), ["Netflix holds films of several people. Which are you?"]);
}

#[test]
fn sittings_are_joined_and_a_few_minutes_are_not_a_film() {
    let whose = About::Whose { file: "Netflix".to_owned() };
    let ana = Answers::from([(whose.clone(), Choice::Person("Ana".to_owned()))]);
    let done = import(long(), &ana);
    let said = ["Jumanji (1995) disliked", "Casino (1995) ★4 seen"];
    done.check(&["Inception (2010) seen liked 2024-05-01", said[0], said[1]]);
    assert!(done.notes()[0].contains("1 trailers and previews"), "{:?}", done.notes());
    let short = About::ShortViewings { file: "ViewingActivity.csv".to_owned() };
    let mut with_short = ana;
    with_short.insert(short, Choice::Count);
    let all = [
        "Inception (2010) seen liked 2024-05-01",
        said[0],
        said[1],
        "Alien (1979) seen 2024-04-20",
    ];
    let mut films = import(long(), &with_short).films();
    films.sort_unstable();
    let mut all = all.to_vec();
    all.sort_unstable();
    assert_eq!(films, all);
    let ben = Answers::from([(whose, Choice::Person("Ben".to_owned()))]);
    let done = import(long(), &ben);
    done.check(&["Toy Story (1995) seen liked 2024-04-29"]);
    assert_eq!(done.matched.series.len(), 1);
}

#[test]
fn one_profile_needs_no_question() {
    let text = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type\nAna,2024-05-02 23:59:00,02:00:00,,Heat,\n";
    import_as("ViewingActivity.csv", text).check(&["Heat (1995) seen 2024-05-02"]);
}
