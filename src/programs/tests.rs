use leptos::prelude::{IntoAny, provide_context, view};

use super::page::Page;
use super::talk::TalkPage;
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Recommended, Request};
use crate::stage::language::LanguagePage;
use crate::stage::{self, COST, assert_says, owner, painted, the_rest, words_of};

const TITLES: [&str; 5] = ["Alien", "Heat", "Fargo", "Solaris", "Amelie"];

fn answer(request: Request) -> Result<Answer, EngineError> {
    match request {
        Request::Recommend(asked) => {
            let list = the_rest(5, &asked.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    }
}

#[test]
fn the_page_paints_the_list_of_a_link() {
    let _owner = owner();
    let shell = stage::shell(&TITLES, "#v2&h=1", answer);
    let html = painted(shell, || view! { <Page /> }.into_any());

    let words = words_of(&html);

    assert!(words.contains("Heat"));
}

fn talk_page(link: &str) -> String {
    let _owner = owner();
    provide_context(LanguagePage::new(|_, _| 0.0).language());
    let shell = stage::whole_shell(&TITLES, link, &[], answer);
    words_of(&painted(shell, || view! { <TalkPage /> }.into_any()))
}

#[test]
fn the_page_of_conversations_opens_what_a_link_names() {
    let navigation = "The list How it came about Compare Map With words Talk Prompt";
    assert_says(
        &talk_page("#v2&h=1&t=k"),
        &[navigation, "Alien 1979 ×", "Talk about films Say what"],
    );
    assert_says(
        &talk_page("#v2&h=1&t=l"),
        &[navigation, "Ask a language model Tell a language model what you watched."],
    );
    assert_says(
        &talk_page("#v2&h=1&t=h"),
        &["For you Your films Train a re-ranker Your history", "Your re-ranker Train"],
    );
}

#[test]
fn the_readers_own_films_are_the_first_part_of_for_you() {
    assert_says(
        &talk_page("#v2&h=1&t=y"),
        &["For you Your films Train a re-ranker", "Your films Open what a film site gave you."],
    );
}

#[test]
fn a_part_of_another_page_is_a_conversation_here() {
    assert_says(&talk_page("#v2&h=1&t=i"), &["Talk about films Say what"]);
}

#[test]
fn the_first_page_has_the_map_where_the_site_ships_one() {
    let _owner = owner();
    let shell = stage::whole_shell(&TITLES, "#v2&h=1&t=c", &[], answer);
    let words = words_of(&painted(shell, || view! { <Page /> }.into_any()));
    assert_says(
        &words,
        &[
            "rec Explore For you Learn Results",
            "The list How it came about Compare Map With words Your history",
            "Models to compare SASRec with EASE's links",
            "Vectors computed here",
        ],
    );
}
