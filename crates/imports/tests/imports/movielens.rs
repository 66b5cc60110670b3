use glassrec_imports::{About, Answers, Choice, in_order};

use crate::stage::{CATALOGUE, import, import_as, import_sample, sample};

#[test]
fn the_site_gives_ids_and_ratings() {
    let done = import_sample("movielens/site.csv");
    done.check(&[
        "The Matrix (1999) ★5 seen",
        "Seven (1995) ★4.5 seen",
        "Hate (1995) ★4 seen",
        // MovieLens holds it under two numbers.
        "M*A*S*H (1970) ★2 seen",
    ]);
    assert_eq!(done.unmatched(), ["Film Nobody Knows, A: newer than most films here"]);
}

#[test]
fn seconds_give_the_order_and_equal_ones_keep_the_files() {
    let done = import_sample("movielens/ratings.csv");
    let ordered = in_order(&done.matched.films).dated;
    let titles: Vec<&str> = ordered.iter().map(|it| CATALOGUE.title(*it)).collect();
    assert_eq!(titles, ["The Matrix", "Heat", "Seven"]);
    assert_eq!(done.matched.films[0].told.rated_on.unwrap().to_string(), "2006-05-17");
}

#[test]
fn several_people_are_asked_about_and_many_are_refused() {
    let file = || vec![("ratings.csv".to_owned(), sample("movielens/class.csv"))];
    let done = import(file(), &Answers::new());
    done.check(&[]);
    assert_eq!(done.asked(), ["ratings.csv holds films of several people. Which are you?"]);
    // Who rated most comes first.
    assert_eq!(done.questions()[0].choices[0], Choice::Person("8".to_owned()));
    let about = About::Whose { file: "ratings.csv".to_owned() };
    let answers = Answers::from([(about, Choice::Person("7".to_owned()))]);
    import(file(), &answers).check(&["Seven (1995) ★4.5 seen"]);
    let rows = (1..300).map(|it| format!("{it},47,3.0,1147880044\n")).collect::<String>();
    let many = import_as("ratings.csv", format!("userId,movieId,rating,timestamp\n{rows}"));
    assert_eq!(
        many.notes(),
        ["ratings.csv: ratings of more than 200 people. Choose a file with your own ratings."]
    );
}

#[test]
fn older_sets_are_read_but_the_one_with_numbers_of_its_own() {
    import_sample("movielens/ratings.dat").check(&[
        "One Flew Over the Cuckoo's Nest (1975) ★5 seen",
        "My Fair Lady (1964) ★3 seen",
        "James and the Giant Peach (1996) ★3 seen",
    ]);
    let done = import_sample("movielens/u.data");
    done.check(&[]);
    assert!(done.notes()[0].contains("numbers its films in its own way"), "{:?}", done.notes());
}

#[test]
fn files_of_films_alone_are_not_needed() {
    for file in ["links.csv", "movies.csv", "tags.csv"] {
        let done = import_sample(&format!("movielens/{file}"));
        assert_eq!(
            done.notes(),
            [format!("{file}: holds films and nobody's ratings. It is not needed.")]
        );
    }
}
