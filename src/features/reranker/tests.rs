//! The re-ranker as a reader sees it.

use leptos::prelude::NodeRef;
use reactive_graph::traits::Set;

use super::state::{RerankerState, TrainingState};
use super::{DOOR, HERE};
use crate::catalog::ItemRow;
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Recommended, Request};
use crate::feedback::Feedback;
use crate::reranker::Interval;
use crate::stage::reranker::{HELPS, N_FILMS, SHOWS_NOTHING, titles, trained};
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, settle, the_rest, vectors, whole_shell,
    words_of,
};
use crate::state::router::Place;
use crate::state::shell::Shell;

fn opened() -> (Shell, RerankerState) {
    let titles = titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let files = [("vectors", vectors(N_FILMS).to_bytes())];
    let shell = whole_shell(&titles, "#v2&h=60&f=ease&t=h", &files, |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(N_FILMS as u32, &it.history).into_iter();
            let list = list.filter(|film| !it.hidden.contains(&film.item)).collect();
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    (shell, shell.get())
}

fn seen(shell: Shell) -> String {
    settle();
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

/// After a check that found this difference.
fn checked(difference: Interval) -> (Shell, RerankerState) {
    let (shell, state) = opened();
    state.store().take(trained(difference));
    (shell, state)
}

#[test]
fn films_are_offered_to_be_marked_and_marks_are_counted() {
    let _owner = owner();
    let (shell, state) = opened();
    let first = state.to_judge(1)[0];
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "1 · Mark films Find a film to mark Or mark well-known films of all kinds:",
            "1 like and 0 dislikes. At least 20 marks are needed. At least 5 of each kind are needed. Count the 1 film of your history as likes",
            "Try a made-up reader: 240 marks",
            "2 · Train Five-fold cross-validation",
            "Train on these marks",
        ],
    );
    assert_says(&words, &[&format!("Film {} 1979 ·", first.0), "Like Not for me Skip"]);
    assert_silent(&words, &["3 · Does it help?", "Re-ranker off", "Delete marks"]);
    shell.reader.say_of(ItemRow(0), Feedback::Liked);
    shell.reader.say_of(ItemRow(1), Feedback::NotForMe);
    assert_says(
        &seen(shell),
        &[
            "2 likes and 1 dislike.",
            "Show 2 marks Delete marks and re-ranker Marks are kept on this device only.",
        ],
    );
}

#[test]
fn a_training_says_how_it_stands_and_why_it_cannot_begin() {
    let _owner = owner();
    let (shell, state) = opened();
    state.train();
    assert_says(
        &seen(shell),
        &["mark at least 20 films, likes and dislikes together; there are 1."
            .replacen('m', "M", 1)
            .as_str()],
    );
    state.training().set(TrainingState::Fetching);
    assert_says(&seen(shell), &["Cancel Fetching the films’ vectors…"]);
    state.training().set(TrainingState::Training(trained(HELPS).curve));
    assert_says(&seen(shell), &["Cancel Training…", "0 0.693 0.700 1 0.250 0.500"]);
    state.training().set(TrainingState::Done { millis: 1_250.0 });
    assert_says(&seen(shell), &["Train on these marks Trained and checked in 1.2 s."]);
}

#[test]
fn a_check_that_shows_nothing_keeps_the_switch_from_the_reader() {
    let _owner = owner();
    let (shell, _) = checked(SHOWS_NOTHING);
    assert_says(
        &seen(shell),
        &[
            "Lowest after 1 epoch. The same in numbers Epoch training held out 0 0.693 0.700 1 0.250 0.500",
            "3 · Does it help? It is not shown to help: it tells your likes from your dislikes, but the plain comparison may do as well.",
            "Measured on 20 likes and 20 dislikes.",
            "your re-ranker 0.900 0.850 to 0.950 plain comparison 0.700 0.600 to 0.800 difference +0.200 −0.100 to +0.500",
            "Re-ranker off It cannot be switched on: the check does not show that it helps.",
            "Your marks have changed since this re-ranker was trained",
        ],
    );
}

#[test]
fn one_that_helps_shows_the_list_in_two_orders() {
    let _owner = owner();
    let (shell, state) = checked(HELPS);
    assert_says(
        &seen(shell),
        &[
            "It helps: on held-out marks it tells your likes from your dislikes better",
            "Re-ranker off The check shows that it tells likes from dislikes.",
            "Preview its order",
        ],
    );
    state.switch(true);
    settle();
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "Re-ranker on Lists are in its order until you switch it off, or a new check fails.",
            "The first 59 films of EASE for all you like, without those you marked.",
            "EASE 1 Film 0 (1979) 2 Film 1 (1979)",
            "With your re-ranker 1 Film 0 (1979) stayed 2 Film 2 (1979) ↑ 1, was 3",
        ],
    );
    assert_silent(&words, &["Preview its order"]);
}
