//! The map as a reader has it beside the picture.

use leptos::prelude::NodeRef;

use super::{DOOR, HERE};
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Recommended, Request};
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, the_rest, whole_shell, words_of,
};
use crate::state::recommended::RecommendedList;
use crate::state::router::Place;

pub(super) const TITLES: [&str; 4] = ["Alien", "Brazil", "Cube", "Dune"];

/// Two films in the upper left, two in the lower right, each pair a region.
pub(super) fn layout() -> Vec<u8> {
    let at = [10_u16, 20, 4_000, 4_010];
    let mut bytes = b"GRMP".to_vec();
    [1_u32, 4, 2].iter().for_each(|it| bytes.extend(it.to_le_bytes()));
    for half in 0..2 {
        // Of each x, then of each y.
        (0..2).for_each(|_axis| bytes.extend(at.map(|it| it.to_le_bytes()[half])));
    }
    for (at, name) in [(15_u16, "horror"), (4_005, "drama")] {
        bytes.extend(at.to_le_bytes());
        bytes.extend(at.to_le_bytes());
        bytes.extend([0, name.len() as u8]);
    }
    bytes.extend(b"horrordrama");
    bytes
}

fn seen(link: &str) -> String {
    let _owner = owner();
    let shell = whole_shell(&TITLES, link, &[("text.map", layout())], |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(4, &it.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    shell.get::<RecommendedList>();
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

#[test]
fn a_map_says_how_far_it_can_be_trusted() {
    let words = seen("#v2&t=m");
    assert_says(
        &words,
        &[
            "Layout by what the texts say who watches what next Map of all films · what the texts say The largest of 2 regions is Horror, with 2 of 4 films",
            "Lasso + − Whole map Arrow keys move the map, + and − zoom,",
            "Each dot is a film; the larger, the better known. Each dot is one of 4 films, laid out by t‑SNE from the vectors of their texts. Of a film’s ten nearest neighbours there, 50 % are among its ten nearest here; chance would keep 250.0 %.",
            "The same as a table Embed this Save PNG SVG CSV JSON",
            "Selected Point at a dot to name its film; click it to select it, twice to add it to your history.",
            "Add a film, and the recommendations are ringed here.",
            "Regions Horror: 2 films Drama: 2 films",
        ],
    );
}

#[test]
fn the_films_of_the_picture_stand_in_a_table_with_their_lists() {
    let words = seen("#v2&h=1&t=m");
    assert_says(
        &words,
        &[
            "Drawn on the map Your films, joined in order SASRec with EASE's links Choose more models in Compare",
            "Films in view 4 films in view, the best known first.",
            "Film Year Genres Ratings In the first 10 of Alien 1979 Horror 1,000 your history Brazil 1979 Drama 999 SASRec with EASE's links 1",
        ],
    );
}

#[test]
fn the_selected_film_says_where_it_lies_and_who_recommends_it() {
    let words = seen("#v2&h=1&t=m&x=3");
    assert_says(
        &words,
        &[
            "Cube (1979) lies in Drama; of your films Alien is nearest. 2nd with SASRec with EASE's links.",
            "Selected Cube 1979 · Horror It lies in Drama. 2nd with SASRec with EASE's links. Add to your history",
        ],
    );
    let own = seen("#v2&t=m&x=1");
    assert_says(&own, &["Alien 1979 · Horror It lies in Horror. Add to your history"]);
}

#[test]
fn a_map_that_does_not_come_is_told() {
    let words = seen("#v2&t=m&l=model");
    assert_says(
        &words,
        &[
            "Layout by what the texts say who watches what next There is no map. A file did not arrive; check the connection and try again: model.map. Try again",
        ],
    );
    assert_silent(&words, &["Films in view"]);
}
