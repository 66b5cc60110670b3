use crate::catalog::ItemRow;
use crate::families::inspect::sums::{FilmSum, Shown};
use crate::features::inspect::tests::inside;
use crate::stage::assert_says;

#[test]
fn the_films_most_alike_can_be_asked_why_at_the_price_of_an_encoder() {
    let parts = vec![0.25, 0.5, -0.125];
    let films = vec![FilmSum { item: ItemRow(3), score: 1.625, start: 1.0, parts }];
    let seen = inside("text_history", "", &Shown { films });
    assert_says(
        &seen.words,
        &[
            "Text only · exact contributions Solaris is 1st with 1.62: its popularity adds 1.00, Heat 0.50",
            "Solaris: 1.625 = 0.500 Heat + 0.250 Alien − 0.125 Fargo + 1.000 popularity.",
            "Which words make Heat and Solaris alike? (fetches a text encoder,",
        ],
    );
    assert_eq!(
        seen.row("parts of the scores", 0),
        r#"[4,"Solaris",1979,0.25,0.5,-0.125,1.0,1.625]"#
    );
}
