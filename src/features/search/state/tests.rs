//! A search by meaning, and the vectors of the catalogue made here.

use super::*;
use crate::engine::answer::Answer;
use crate::engine::protocol::Request;
use crate::recommend::Recommendation;
use crate::stage::{COST, owner, settle, shell};

fn opened() -> SearchState {
    let shell = shell(&["Alien", "Brazil", "Cube"], "", |request| match request {
        Request::Search(it) => {
            let films = [2, 0].map(ItemRow).into_iter().filter(|row| !it.hidden.contains(row));
            let films = films.map(|item| Recommendation { item, score: 0.5 }).collect();
            Ok(Answer::made(Found { films, vectors: VectorSource::Shipped, cost: COST }))
        }
        Request::ExplainSearch(_) => {
            Ok(Answer::made(SearchExplained { words: Vec::new(), facts: Vec::new(), cost: COST }))
        }
        Request::EmbedNext(_) => Err(EngineError::Stopped),
        other => panic!("not asked by these tests: {other:?}"),
    });
    shell.start(Vec::new());
    let state = shell.get::<SearchState>();
    settle();
    state
}

fn found(state: SearchState) -> Vec<u32> {
    let films = state.found().good_untracked().map(|it| it.answer.films);
    films.unwrap_or_default().into_iter().map(|it| it.item.0).collect()
}

#[test]
fn films_are_found_but_for_those_that_are_hidden() {
    let _owner = owner();
    let state = opened();
    state.search_text("  ");
    settle();
    assert_eq!(state.query().get_untracked(), None);
    state.search_text(" a ship in space ");
    settle();
    assert_eq!(state.query().get_untracked().as_deref(), Some("a ship in space"));
    assert_eq!(found(state), [2, 0]);
    state.focus_match(ItemRow(2));
    settle();
    assert!(state.explained_match().good_untracked().is_some());
    state.shell.reader.say_of(ItemRow(2), Feedback::NotForMe);
    settle();
    assert_eq!(found(state), [0]);
    assert_eq!(state.matched_item().get_untracked(), None, "nobody asks why it was found");
    state.close_search();
    settle();
    assert!(found(state).is_empty());
}

#[test]
fn making_vectors_that_fails_can_go_on() {
    let _owner = owner();
    let state = opened();
    state.start_embedding();
    assert_eq!(state.embedding().get_untracked(), Embedding::Running(None));
    settle();
    assert_eq!(state.embedding().get_untracked(), Embedding::Failed(EngineError::Stopped, None));
    assert!(state.shell.notices.is_engine_stopped());
    state.start_embedding();
    state.cancel_embedding();
    assert_eq!(state.embedding().get_untracked(), Embedding::Cancelled(None));
}
