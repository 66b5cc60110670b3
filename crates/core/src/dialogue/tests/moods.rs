//! Moods are heard, weighed and kept out as tags are.

use super::*;
use crate::catalog::tests::made_up;

/// What is wanted and what is not after `message`, and the films that pass, the best first.
fn heard(message: &str) -> (Wish, Vec<u32>) {
    let catalogue = made_up();
    let names = Names::new(&catalogue);
    let wish = Wish::default().hear(message, Scene::default(), &names, &catalogue).wish;
    let (ranked, _) = rank(&wish, &catalogue, &Evidence::default(), &Weights::default(), 9);
    (wish, ranked.iter().map(|it| it.item.0).collect())
}

#[test]
fn a_mood_wanted_puts_its_films_first_and_says_so() {
    let (wish, films) = heard("something eerie");
    assert_eq!(wish.wanted, [Trait::Tag("eerie".to_owned())]);
    assert_eq!((films[0], films.len()), (0, 5), "Alien is eerie, the others are not left out");
    let catalogue = made_up();
    let (ranked, _) = rank(&wish, &catalogue, &Evidence::default(), &Weights::default(), 1);
    let said = claims(&Heard { wish, ..Heard::default() }, &ranked, &catalogue);
    let reasons = vec![Reason::Has(Trait::Tag("eerie".to_owned()))];
    assert_eq!(said, [Claim::Fits { film: ItemRow(0), reasons }]);
}

#[test]
fn a_mood_that_is_not_wanted_keeps_its_films_out() {
    let (wish, films) = heard("nothing eerie");
    assert_eq!((wish.wanted.len(), wish.unwanted), (0, vec![Trait::Tag("eerie".to_owned())]));
    assert!(!films.contains(&0) && films.len() == 4, "{films:?}");
}

#[test]
fn tags_and_moods_that_say_the_same_stand_for_each_other() {
    let creepy = Trait::Tag("creepy".to_owned());
    assert!(creepy.is_of(&made_up(), ItemRow(0)));
}

#[test]
fn how_a_film_seems_or_the_reader_feels_is_no_wish() {
    for message in ["sounds eerie", "that looks really eerie", "I feel so eerie", "I'm eerie"] {
        assert_eq!(heard(message).0.wanted, [], "{message}");
    }
    assert_eq!(heard("it makes me feel eerie").0.wanted.len(), 1);
}
