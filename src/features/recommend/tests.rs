//! A list and its reasons as a reader sees them.

use leptos::prelude::{GetUntracked, NodeRef};

use super::state::RecommendState;
use super::{DOOR, HERE};
use crate::catalog::ItemRow;
use crate::engine::answer::Answer;
use crate::engine::protocol::{
    Attention, Counterfactual, EngineError, Explained, Explainer, Explanation, ExplanationTest,
    ExplanationTested, Influence, Outcome, Recommended, Request, Trial,
};
use crate::families::Parts;
use crate::history::History;
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, the_rest, whole_shell, words_of,
};
use crate::state::router::Place;
use crate::state::shell::Shell;

const TITLES: [&str; 12] = [
    "Alien",
    "Brazil",
    "Cube",
    "Dune",
    "Eraserhead",
    "Fargo",
    "Gothic",
    "Heat",
    "Ikiru",
    "Jaws",
    "Kes",
    "Lola",
];

/// What is told of the first film: carried by the oldest pick, and weakened by the others.
fn explanation(item: ItemRow, history: &History) -> Explanation {
    let influence = |(at, pick)| Influence {
        pick,
        score_drop: if at == 0 { 1.5 } else { -0.25 },
        rank_without: if at == 0 { 14 } else { 1 },
    };
    let n_picks = history.len();
    Explanation {
        item,
        rank: 1,
        score: 4.0,
        influence: history.iter().enumerate().map(influence).collect(),
        counterfactual: None,
        most_left_out: n_picks / 2,
        attention: None,
        contributions: None,
    }
}

fn resting_on(pick: ItemRow) -> Counterfactual {
    Counterfactual {
        removed: vec![pick],
        rank_after: 14,
        rank_without_most_recent: 2,
        n_draws: 10,
        n_draws_out: 3,
    }
}

fn tested(item: ItemRow, n_read: usize) -> ExplanationTest {
    let trial = |explainer, named: u32, n_draws, rank, n_kept| Trial {
        explainer,
        named: vec![ItemRow(named)],
        n_draws,
        after: vec![Outcome { rank, n_kept }],
    };
    let mut trials = vec![
        trial(Explainer::LeaveOneOut, 0, 1, 14, 0),
        trial(Explainer::Attention, 1, 1, 2, 1),
        trial(Explainer::MostRecent, 1, 1, 2, 1),
        trial(Explainer::Random, 1, 5, 3, 4),
    ];
    if n_read < 2 {
        trials.clear();
    }
    ExplanationTest { item, rank: 1, within: 10, n_read, trials }
}

/// The page at `link`, where `alter` says what an explanation has besides.
fn seen(link: &str, alter: fn(Explanation) -> Explanation) -> String {
    let _owner = owner();
    words(opened(link, alter))
}

fn words(shell: Shell) -> String {
    // Their states, and with them all questions, are made when they are first painted.
    painted(shell, || (HERE.mount)(NodeRef::new()));
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

fn opened(link: &str, alter: fn(Explanation) -> Explanation) -> Shell {
    let shell = whole_shell(&TITLES, link, &[], move |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(TITLES.len() as u32, &it.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        Request::Explain(it) => {
            let explanation = alter(explanation(it.item, &it.history));
            Ok(Answer::made(Explained { explanation, cost: COST }))
        }
        Request::TestExplanation(it) => Ok(Answer::made(ExplanationTested {
            test: tested(it.item, it.history.len()),
            cost: COST,
        })),
        _ => Err(EngineError::Stopped),
    });
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    shell
}

#[test]
fn a_list_says_what_it_is_worth_and_how_it_came_about() {
    let words = seen("#v2&h=1.2", |it| it);
    assert_says(
        &words,
        &[
            "SASRec with EASE's links recommends Hybrid ·",
            "NDCG@10 0.190 on 90 films of 9 held-out users; the best plain baseline (EASE, recent first) reaches 0.060.",
            "1 Cube 1979 · Horror 10.00 Add Seen Not for me 2 Dune 1979 · Drama 9.00",
            "10 Lola 1979 · Drama 1.00",
            "SASRec with EASE's links on WASM, 2 films, 1 ms. Score: the model's logit;",
        ],
    );
}

#[test]
fn a_film_is_explained_by_what_it_loses_without_each_pick() {
    let words = seen("#v2&h=1.2&x=5", |mut it| {
        it.counterfactual = Some(resting_on(ItemRow(0)));
        it.attention = Some(Attention { weights: vec![0.3, 0.7], agreement: -1.0 });
        it
    });
    assert_says(
        &words,
        &[
            "Why Eraserhead? Close It stands 1st.",
            "SASRec with EASE's links · leave-one-out Without Alien, Eraserhead falls from 1st to 14th; without any other film it does not fall",
            "Alien −1.50 without it Brazil +0.25 without it",
            "Width: logit lost without the film; dashed: gained. Click a film to leave it out.",
            "SASRec with EASE's links, 1 run, 1 ms · NDCG@10",
            "Without Alien it would drop from 1st to 14th. Leaving out the most recent film instead: 2nd. One at random pushes it out of the first ten in 3 of 10 draws. Try it",
            "Attention looked most at Brazil (70 %). That is where the model looked, not why: its agreement with leave-one-out is τ = −1.00.",
            "Attention on each film Film Weight Brazil 70 % Alien 30 %",
        ],
    );
}

#[test]
fn the_parts_of_a_sum_add_up_to_the_score() {
    let words = seen("#v2&h=1.2&f=ease", |mut it| {
        it.contributions = Some(Parts { start: 2.75, picks: vec![1.5, -0.25] });
        it
    });
    assert_says(
        &words,
        &[
            "EASE recommends",
            "This model is a sum, so the parts are exact: together they are the score, and without a film its part is what is lost.",
            "Alien −1.50 without it Brazil +0.25 without it",
            "Width: score lost without the film; dashed: gained.",
            "Leaving out 1 film, the strongest first, does not push it out of the first ten: the one left is enough.",
        ],
    );
    assert_silent(&words, &["Attention looked most"]);
}

#[test]
fn a_film_that_is_left_out_in_the_picture_is_switched_off_and_comes_back() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2.3&x=5", |it| it);
    words(shell);
    let state = shell.get::<RecommendState>();
    state.switch(ItemRow(1));
    let out = words(shell);
    assert_says(&out, &["As it was Without Brazil, Eraserhead still stands 1st"]);
    assert_eq!(state.reasons().get_untracked().unwrap().off(), [ItemRow(1)]);
    state.bring_back();
    let back = words(shell);
    assert_says(&back, &["leave-one-out Without Alien, Eraserhead falls from 1st to 14th"]);
    assert_silent(&back, &["As it was"]);
}

#[test]
fn reasons_that_are_tested_are_held_against_newest_and_random_films() {
    let words = seen("#v2&h=1.2&w=t", |it| it);
    assert_says(
        &words,
        &[
            "Do these reasons hold? If they do, the recommendation falls when the named films go. So the first film of each order is left out, half of your films at most: 1 run, 1 ms.",
            "Leaving out the film that leave-one-out names takes it from 1st to 14th; the one looked at most: 2nd; the newest: 2nd; one at random: 3rd in the middle of 5 draws, 4 of which leave it in the first ten. The named films carry it.",
            "Named by 1 Leave-one-out Alien 14 Attention Brazil 2 Newest Brazil 2 Random the middle of 5 draws 3",
            "For 500 held-out readers, the best film of SASRec with EASE's links was still in the first 10 without the films named first (a tenth to half of them, averaged): leave-one-out 25 %, attention 50 %, newest 60 %, random 75 %. Less is better.",
        ],
    );
}

#[test]
fn without_picks_there_are_examples_and_how_it_works() {
    let words = seen("", |it| it);
    assert_says(
        &words,
        &["Start with a few films Five films each.", "How it works A model reads your films"],
    );
    assert_silent(&words, &["recommends"]);
}

#[test]
fn with_every_pick_switched_off_nothing_is_read() {
    let words = seen("#v2&h=1&o=1", |it| it);
    assert_says(&words, &["All films are switched off, so there is nothing to read."]);
    assert_silent(&words, &["Why Brazil?"]);
}

#[test]
fn films_that_moved_are_marked_against_the_list_before() {
    let _owner = owner();
    let shell = opened("#v2&h=1", |it| it);
    words(shell);
    shell.reader.pick(ItemRow(1));
    assert_says(&words(shell), &["1 Cube ▲1 1979 · Horror", "9 Kes ▲1 1979"]);
    shell.reader.unpick(ItemRow(1));
    assert_says(&words(shell), &["1 Brazil new 1979 · Drama", "2 Cube ▼1 1979"]);
}

#[test]
fn a_set_of_films_that_was_left_out_is_held_against_what_was_foretold() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2&x=5", |mut it| {
        it.counterfactual = Some(resting_on(ItemRow(0)));
        it
    });
    words(shell);
    shell.get::<RecommendState>().apply_counterfactual();
    let said = "You left out Alien: Eraserhead went from 1st to 1st, predicted was 14th. Undo";
    assert_says(&words(shell), &[said]);
}

#[test]
fn what_rests_on_one_film_or_on_none_says_so() {
    let one = seen("#v2&h=1&w=t", |it| it);
    assert_says(
        &one,
        &[
            "It rests on your one film: without it, it would stand 14th.",
            "There is only one film, so there is no choice to test. Add another.",
        ],
    );
    let low = seen("#v2&h=1", |it| Explanation { rank: 12, ..it });
    assert_says(
        &low,
        &[
            "It stands 12th.",
            "It does not stand in the first ten, so there is nothing to push it out of.",
        ],
    );
}

#[test]
fn a_reader_takes_along_the_list_its_reasons_and_their_test() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2&w=t", |mut it| {
        it.counterfactual = Some(resting_on(ItemRow(0)));
        it
    });
    let words = words(shell);
    let picture = "0 1 Random Newest Attention Leave-one-out Its rank by the number";
    assert_says(&words, &[picture]);
    let tables = (HERE.tables)(shell);
    let row = |name: &str, at: usize| {
        let table = tables.iter().find(|it| it.name == name).unwrap();
        serde_json::to_string(&table.rows[at]).unwrap()
    };
    assert_eq!(row("list", 1), r#"[2,4,"Dune",1979,9.0]"#);
    assert_eq!(row("why Cube", 1), r#"[2,"Brazil",1979,-0.25,1]"#);
    assert_eq!(row("without these it leaves the first ten", 0), r#"[1,"Alien",1979,14]"#);
    assert_eq!(row("ranks of Cube without picks", 0), r#"["LeaveOneOut",1,"Alien",14,0]"#);
}
