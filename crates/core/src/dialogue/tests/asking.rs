//! Questions about the film spoken of, and what answers them.

use super::*;
use crate::catalog::tests::made_up;

/// What is said of Alien, which is on screen, or of the film named.
#[track_caller]
fn check(question: &str, want: &[Claim]) {
    let catalogue = made_up();
    let names = Names::new(&catalogue);
    let heard = Wish::default().hear(question, seen(&[ItemRow(0)]), &names, &catalogue);
    assert_eq!(claims(&heard, &[], &catalogue), want, "{question}");
    assert!(heard.wish.is_empty(), "{question}: {:?}", heard.wish);
}

fn fact(film: u32, field: Field, values: &[&str]) -> Claim {
    let values = values.iter().map(|&it| it.to_owned()).collect();
    Claim::Fact { film: ItemRow(film), field, values }
}

#[test]
fn a_running_time_is_told_where_it_is_known() {
    check("how long is it?", &[fact(0, Field::Minutes, &["117"])]);
    check("How long is The Matrix?", &[fact(2, Field::Minutes, &["136"])]);
    let field = Field::Minutes;
    check("How long is Aliens?", &[Claim::NotKnown { film: ItemRow(1), field }]);
}

#[test]
fn languages_and_all_countries_are_told() {
    check("is it in French?", &[fact(0, Field::Languages, &["English"])]);
    check("is Amélie in French?", &[fact(3, Field::Languages, &["French"])]);
    check("which country is it from?", &[fact(0, Field::Country, &["UK", "USA"])]);
    check("is it french?", &[fact(0, Field::Country, &["UK", "USA"])]);
}

#[test]
fn oscars_are_told_with_nominations_and_that_there_is_none() {
    let won = fact(0, Field::Prizes, &["Best Visual Effects"]);
    let nominated = fact(0, Field::Nominations, &["Best Production Design"]);
    for question in ["did it win an Oscar?", "has it won any oscars", "how many Oscars did it win?"]
    {
        check(question, &[won.clone(), nominated.clone()]);
    }
    check("Did The Matrix win an Oscar?", &[fact(2, Field::Prizes, &[])]);
}

#[test]
fn what_a_film_is_and_how_it_feels_is_told() {
    check("is it a romance?", &[fact(0, Field::Genres, &["Horror", "Sci-Fi"])]);
    let tags = fact(0, Field::Tags, &["space", "androids"]);
    check("was that very eerie?", &[tags, fact(0, Field::Moods, &["eerie"])]);
    check("is it part of a series?", &[fact(0, Field::Series, &["Alien"])]);
}

#[test]
fn who_asks_for_films_asks_nothing_of_one() {
    let catalogue = made_up();
    let names = Names::new(&catalogue);
    for message in ["is there one in French?", "is it ok to want horror", "one that won an oscar"] {
        let heard = Wish::default().hear(message, seen(&[ItemRow(0)]), &names, &catalogue);
        assert_eq!((heard.question, heard.wish.wanted.len()), (None, 1), "{message}");
    }
}
