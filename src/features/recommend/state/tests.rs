//! The list, its reasons and a counterfactual that is tried, over a scripted engine.

use std::cell::RefCell;
use std::rc::Rc;

use super::*;
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Explanation, Recommended, Request};
use crate::explain::{Counterfactual, Influence};
use crate::feedback::Feedback;
use crate::stage::{COST, owner, settle, shell, the_rest};
use crate::state::notices::Notice;
use crate::state::router::Place;
use reactive_graph::traits::With;

const TITLES: [&str; 6] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead", "Fargo"];

/// Films in catalogue order, each carried by the oldest film of the history. `asked` keeps what was asked.
fn answer(request: Request) -> Result<Answer, EngineError> {
    match request {
        Request::Recommend(it) => {
            let list = the_rest(6, &it.history)
                .into_iter()
                .filter(|film| !it.hidden.contains(&film.item))
                .collect();
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        Request::Explain(it) => {
            let influence = it
                .history
                .iter()
                .map(|pick| Influence { pick, score_drop: 0.5, rank_without: 4 })
                .collect();
            let counterfactual = it.history.iter().next().map(|first| Counterfactual {
                removed: vec![first],
                rank_after: 14,
                rank_without_most_recent: 2,
                n_draws: 10,
                n_draws_out: 3,
            });
            let explanation = Explanation {
                item: it.item,
                rank: 1,
                score: 1.0,
                influence,
                counterfactual,
                most_left_out: 1,
                attention: None,
                contributions: None,
            };
            Ok(Answer::made(Explained { explanation, cost: COST }))
        }
        other => panic!("not asked by these tests: {other:?}"),
    }
}

fn opened(
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> (Shell, RecommendState) {
    let shell = shell(&TITLES, "", script);
    shell.start(vec![Place { door: super::super::DOOR, part: Some(super::super::address::part) }]);
    let state = shell.get::<RecommendState>();
    settle();
    (shell, state)
}

fn listed(state: RecommendState) -> Vec<u32> {
    state.shown().with(|it| {
        it.as_ref().map(|it| it.rows.iter().map(|row| row.item.0).collect()).unwrap_or_default()
    })
}

#[test]
fn the_list_follows_the_history_and_what_is_hidden() {
    let _owner = owner();
    let (shell, state) = opened(answer);
    assert!(listed(state).is_empty(), "nothing is asked for an empty history");
    shell.reader.pick(ItemRow(0));
    settle();
    assert_eq!(listed(state), [1, 2, 3, 4, 5]);
    shell.reader.say_of(ItemRow(2), Feedback::Seen);
    settle();
    assert_eq!(listed(state), [1, 3, 4, 5]);
    let explained = state.explained().good_untracked().map(|it| it.question.item);
    assert_eq!(explained, Some(ItemRow(1)), "the first film is explained until one is in focus");
}

#[test]
fn a_counterfactual_is_tried_and_undone() {
    let _owner = owner();
    let (shell, state) = opened(answer);
    shell.reader.pick(ItemRow(0));
    shell.reader.pick(ItemRow(1));
    settle();
    state.apply_counterfactual();
    settle();
    assert_eq!(shell.reader.history().get_untracked().iter().collect::<Vec<_>>(), [ItemRow(1)]);
    let tried = state.tried().get_untracked().unwrap();
    assert_eq!((tried.removed, tried.rank_foretold), (vec![ItemRow(0)], 14));
    shell.reader.undo();
    settle();
    assert_eq!(state.tried().get_untracked(), None);
    assert_eq!(shell.reader.history().get_untracked().len(), 2);
}

#[test]
fn a_family_that_fails_is_marked_and_another_stands_in() {
    let _owner = owner();
    let (shell, state) = opened(|request| match &request {
        Request::Recommend(it) if it.family.0 == "sasrec_ease" => {
            Err(EngineError::Damaged { path: "sasrec_ease".to_owned() })
        }
        _ => answer(request),
    });
    shell.reader.pick(ItemRow(0));
    settle();
    assert!(shell.notices.is_unavailable("sasrec_ease"));
    assert_eq!(shell.get::<Chosen>().family().get_untracked().0, "ease", "the best of the others");
    assert_eq!(listed(state).len(), 5);
}

#[test]
fn an_engine_that_ended_is_told_and_started_afresh() {
    let _owner = owner();
    let is_down = Rc::new(RefCell::new(true));
    let down = is_down.clone();
    let (shell, state) =
        opened(
            move |request| {
                if *down.borrow() { Err(EngineError::Stopped) } else { answer(request) }
            },
        );
    shell.reader.pick(ItemRow(0));
    settle();
    assert!(shell.notices.is_engine_stopped());
    *is_down.borrow_mut() = false;
    shell.engine.restart();
    settle();
    assert_eq!(listed(state), [1, 2, 3, 4, 5], "and asked again");
    let is_stopped = |it: &Notice| matches!(it, Notice::EngineStopped(_));
    assert!(!shell.notices.all().get_untracked().iter().any(is_stopped));
}

#[test]
fn pointing_at_a_switch_previews_the_list_and_changes_nothing() {
    let _owner = owner();
    let (shell, state) = opened(answer);
    shell.reader.pick(ItemRow(0));
    shell.reader.pick(ItemRow(1));
    settle();
    let previewing = shell.get::<Previewing>();
    previewing.begin(ItemRow(0));
    settle();
    assert_eq!(listed(state), [0, 2, 3, 4, 5]);
    assert_eq!(state.previewed_changes().map(|it| it.n_entered), Some(1));
    previewing.end_for(ItemRow(0));
    settle();
    assert_eq!(listed(state), [2, 3, 4, 5]);
    assert!(!shell.reader.is_off(ItemRow(0)));
}

#[test]
fn an_address_keeps_that_reasons_are_tested() {
    let _owner = owner();
    let (shell, state) = opened(answer);
    shell.reader.pick(ItemRow(0));
    state.test_explanations(true);
    let part = super::super::address::part(shell);
    assert_eq!(part.write(), [("w".to_owned(), "t".to_owned())]);
    assert!(part.read(&crate::address::Address::default()).is_empty());
    assert!(!state.is_testing().get_untracked());
}

#[test]
fn leaving_a_film_out_stays_with_the_film_that_is_explained() {
    let _owner = owner();
    let (shell, state) = opened(answer);
    shell.reader.pick(ItemRow(0));
    shell.reader.pick(ItemRow(2));
    settle();
    let reasons = || state.reasons().get_untracked().unwrap();
    assert_eq!(reasons().question.item, ItemRow(1));
    assert_eq!((reasons().off(), reasons().rank_with_all), (vec![], Some(1)));
    state.switch(ItemRow(2));
    // Until the answer is here, the last that fitted together is shown.
    assert_eq!(reasons().off(), []);
    settle();
    assert_eq!(shell.get::<Chosen>().focus().get_untracked(), Some(ItemRow(1)));
    assert_eq!(reasons().question.item, ItemRow(1));
    assert_eq!((reasons().off(), reasons().rank_with_all), (vec![ItemRow(2)], Some(1)));
    assert_eq!(reasons().first[1], (2, ItemRow(2)));
    state.switch(ItemRow(2));
    settle();
    assert_eq!(reasons().off(), []);
}
