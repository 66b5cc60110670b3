//! Asking a language model, as a reader sees it.

use leptos::prelude::{NodeRef, provide_context};
use reactive_graph::traits::Set;

use super::state::{Doing, PromptState};
use super::{DOOR, HERE};
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Recommended, Request};
use crate::stage::language::{LanguagePage, token};
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, settle, the_rest, whole_shell, words_of,
};
use crate::state::router::Place;
use crate::state::shell::Shell;

const TITLES: [&str; 6] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead", "Fargo"];

/// With a model that likes titles with a D.
fn opened(link: &str) -> (Shell, PromptState) {
    let page = LanguagePage::new(|_, next| if next == token('D') { 5.0 } else { 0.0 });
    provide_context(page.language());
    let shell = whole_shell(&TITLES, link, &[], |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(6, &it.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    (shell, shell.get())
}

fn ready(link: &str) -> (Shell, PromptState) {
    let (shell, state) = opened(link);
    state.language().look();
    settle();
    state.language().load();
    settle();
    (shell, state)
}

fn seen(shell: Shell) -> String {
    (0..20).for_each(|_| settle());
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

#[test]
fn before_the_model_is_here_it_is_offered_with_its_size() {
    let _owner = owner();
    let (shell, _) = opened("#v2&h=1&t=l");
    assert_says(
        &seen(shell),
        &[
            "Ask a language model Tell a language model what you watched.",
            "Lists of 20 for 2,000 held-out readers Ranked by NDCG@10 95 % interval this model, half calibrated 0.310 0.300 to 0.320 chance 0.200 0.190 to 0.210",
            "small: 101 B to fetch from this site",
            "Its ranking Log-probabilities in nats: one nat less is 2.7 times less likely. Step through your films to see what each changes; every step is a run of the model. Rank 5 films Fetch the model first.",
            "one of the 6 titles of the catalogue.",
        ],
    );
}

#[test]
fn without_a_pick_there_is_nothing_to_rank() {
    let _owner = owner();
    let (shell, _) = ready("#v2&t=l");
    assert_says(&seen(shell), &["Rank 0 films Add a film: the prompt lists your history."]);
}

#[test]
fn what_the_model_is_told_can_be_set() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=1&t=l");
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "The prompt Change a word and rank again.",
            "How many 10 20 50 Calibration none half full Name them in the prompt no in one shuffled order in 3 orders, averaged",
            "With your films Without them",
        ],
    );
    assert_silent(&words, &["Reset"]);
    state.edit(|it| it.with_history = "Name a film:".to_owned());
    assert_says(&seen(shell), &["The prompt Reset Change a word"]);
}

#[test]
fn films_are_ranked_with_what_the_history_adds() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=1&t=l");
    state.rank();
    assert_says(
        &seen(shell),
        &[
            "A language model · how likely it finds each title",
            "After Alien no title is likelier than without it The prompt names 1 film Alien",
            "1 Dune 0.0 2 Cube 0.0 3 Fargo 0.0",
            "1 of 1 film",
            "Ranked by “with”, half of “without” taken off: Dune is first.",
            "small, as released · NDCG@10 0.310 (0.300–0.320) among 20 films on 2,000 held-out readers; chance: 0.200",
            "What moved it besides your taste Popularity: how far a title's likelihood follows its number of ratings,",
            "Kendall's τ 0.00; calibrated as set, 0.00. 0 would be no bias. prompt 32 tokens,",
        ],
    );
}

#[test]
fn films_that_it_names_itself_are_told_with_their_log_probability() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=4&t=l");
    state.name();
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "Name five films Dune (1979) −25.0 in your history Cube (1979) −30.0 Alien (1979) −36.0 Brazil (1979) −42.1 Eraserhead (1979) −66.1 prompt 18 tokens,",
            "titles 141 tokens,",
        ],
    );
}

#[test]
fn a_prompt_that_cannot_be_read_is_told() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=1&t=l");
    state.edit(|it| it.with_history = " ".to_owned());
    state.rank();
    assert_says(&seen(shell), &["The prompt is empty: write one, or reset it."]);
}

#[test]
fn what_the_model_is_doing_can_be_cancelled() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=1&t=l");
    state.doing().set(Doing::Ranking { n_done: 1, n_steps: 4 });
    assert_says(&seen(shell), &["Rank 5 films Cancel Reading…"]);
    state.doing().set(Doing::Naming { n_tokens: 3 });
    assert_says(&seen(shell), &["Name five films Cancel 3 tokens so far…"]);
}

#[test]
fn several_orders_say_what_a_place_in_the_prompt_is_worth() {
    let _owner = owner();
    let (shell, state) = ready("#v2&h=1&t=l");
    state.set(|it| it.n_orders = 3);
    state.rank();
    assert_says(
        &seen(shell),
        &[
            "Position: named in the first third of the list a title gains 0.00 nats, in the last third 0.00. Two orders agree with τ 1.00 on the same films;",
        ],
    );
}
