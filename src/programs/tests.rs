use leptos::prelude::{IntoAny, view};

use super::page::Page;
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Recommended, Request};
use crate::stage::{self, COST, owner, painted, the_rest, words_of};

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
    let shell = stage::shell(&TITLES, "#v1&h=1", answer);
    let html = painted(shell, || view! { <Page /> }.into_any());

    let words = words_of(&html);

    assert!(words.contains("Heat"));
}
