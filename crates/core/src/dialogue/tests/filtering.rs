//! What each filter takes out, one after another.

use super::*;

fn filtered(heard: &Wish, off: &[Part], hidden: &[ItemRow]) -> Vec<(Vec<String>, usize)> {
    let catalogue = catalogue();
    let found = filters(heard, off, hidden, &catalogue);
    let wish = off.iter().fold(heard.clone(), |wish, part| wish.without(part));
    let n_out: usize = found.iter().map(|it| it.n_out).sum();
    let fits = pieces(&wish, &catalogue, &Evidence::default());
    let n_left = fits.iter().filter(|it| !hidden.contains(&it.0)).count();
    assert_eq!(n_out + n_left, catalogue.n_items(), "each film is out once, or left");
    let names = |it: &Filter| it.parts.iter().map(|it| it.name(&catalogue)).collect();
    found.iter().map(|it| (names(it), it.n_out)).collect()
}

fn names(of: &[&str]) -> Vec<String> {
    of.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn a_film_is_out_by_the_first_filter_that_it_fails() {
    let (wish, _) = wish_after(&["horror or romance, no slow ones, before 2000"]);
    let genres = names(&["Horror", "Romance"]);
    let before = names(&["before 2000"]);
    let slow = names(&["slow"]);
    // Alien, Her and Scream are of these genres; Her is too new, Alien slow.
    let all = [(genres.clone(), 5), (before.clone(), 1), (slow.clone(), 1)];
    assert_eq!(filtered(&wish, &[], &[]), all);

    let years = Part::Years(wish.years);
    let without = [(genres.clone(), 5), (before.clone(), 0), (slow.clone(), 2)];
    assert_eq!(
        filtered(&wish, &[years], &[]),
        without,
        "what is off takes none out and keeps its place"
    );

    let horror = Part::Wanted(Trait::Genre("Horror".to_owned()));
    let fewer = [(genres, 7), (before, 1), (slow, 0)];
    assert_eq!(filtered(&wish, &[horror], &[]), fewer, "the other genre is still wanted");
}

#[test]
fn films_named_sent_away_and_hidden_are_out() {
    let wish = Wish {
        liked: vec![ItemRow(0)],
        passed: vec![ItemRow(1), ItemRow(2)],
        disliked: vec![ItemRow(3)],
        rejected: vec![ItemRow(4)],
        ..Wish::default()
    };
    let away = names(&["“Heat” (1995)", "“Her” (2013)"]);
    assert_eq!(filtered(&wish, &[], &[ItemRow(5), ItemRow(0)]), [(away, 2), (vec![], 4)]);
    assert_eq!(filtered(&Wish::default(), &[], &[]), []);
}

#[test]
fn people_are_wanted_together_where_it_was_said_so() {
    let people = ["Keanu Reeves", "Sigourney Weaver"];
    let wanted: Vec<Trait> = people.iter().map(|&it| Trait::Person(it.to_owned())).collect();
    let one_of = Wish { wanted, ..Wish::default() };
    let both = Wish { are_together: true, ..one_of.clone() };
    assert_eq!(filtered(&one_of, &[], &[]), [(names(&people), 4)]);
    assert_eq!(filtered(&both, &[], &[]), [(names(&people), 8)]);
    let catalogue = catalogue();
    assert!(filters(&both, &[], &[], &catalogue)[0].are_all_needed);
    assert!(!filters(&one_of, &[], &[], &catalogue)[0].are_all_needed);
}
