//! What a ranked film counts beside what was asked for.

use super::*;

#[test]
fn people_shared_with_films_liked_count() {
    let catalogue = catalogue();
    let sharing = |liked: &[u32]| {
        let liked = liked.iter().copied().map(ItemRow).collect();
        let wish = Wish { liked, ..Wish::default() };
        let all = pieces(&wish, &catalogue, &Evidence::default()).into_iter();
        all.map(|(item, it)| (item.0, it[2])).filter(|it| it.1 > 0.0).collect::<Vec<_>>()
    };
    assert_eq!(sharing(&[0]), [(1, 1.0)], "Sigourney Weaver is in Aliens as well");
    assert_eq!(sharing(&[0, 2]), [(1, 1.0), (7, 1.0)]);
    assert_eq!((sharing(&[3]), sharing(&[])), (vec![], vec![]));
}

#[test]
fn a_film_that_people_name_goes_ahead_and_says_so() {
    let catalogue = catalogue();
    let wish = Wish { text: "melancholy".to_owned(), ..Wish::default() };
    let heard = Heard { wish, ..Heard::default() };
    let evidence = Evidence { named: vec![0, 0, 0, 0, 30, 0, 0, 0], ..Evidence::default() };
    let weights = Weights { named: 1.0, ..Weights::default() };
    let (ranked, _) = rank(&heard.wish, &catalogue, &evidence, &weights, 1);
    let reasons = vec![Reason::OftenNamed { n_conversations: 30 }];
    let fits = Claim::Fits { film: ItemRow(4), reasons };
    assert_eq!(claims(&heard, &ranked, &catalogue), [fits]);
}
