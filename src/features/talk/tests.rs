//! A conversation as a reader sees it.

use leptos::prelude::{NodeRef, provide_context};
use reactive_graph::traits::Set;

use super::state::{TalkState, Wordsmith};
use super::{DOOR, HERE};
use crate::catalog::ItemRow;
use crate::dialogue::{Part, Trait};
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{Conversed, EngineError, Request, Scored};
use crate::stage::language::LanguagePage;
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, settle, whole_shell, words_of,
};
use crate::state::router::Place;
use crate::state::shell::Shell;

/// Horror films stand at even rows, dramas between them.
const TITLES: [&str; 8] =
    ["Alien", "Brazil", "Carrie", "Dogville", "Eraserhead", "Fargo", "Gothic", "Heat"];

const WEIGHTS: &str = r#"{"meaning":1,"likeness":1,"shared":1,"genre":1,"tag":1,"person":1,"popularity":1,"named":1,"next":1}"#;

fn fitted() -> Vec<u8> {
    let more = r#"{"recall@10":[0.025,0.01,0.04],"recall@50":[0,0,0]}"#;
    format!(
        r#"{{"version":2,"weights":{{"named":{WEIGHTS},"sequential":{WEIGHTS}}},"named":[9,0,0,0,0,0,0,0],"results":{{
        "conversations":1340,"targets_asked":2000,"steps":[
        {{"step":"popularity","recall@10":[0.05,0.04,0.06]}},
        {{"step":"state","recall@10":[0.075,0.065,0.085],"more_than_the_step_before":{more}}}]}}}}"#
    )
    .into_bytes()
}

/// All films are alike to the models here.
fn answer(request: Request) -> Result<Answer, EngineError> {
    let same = || Floats(vec![0.5; TITLES.len()]);
    match request {
        Request::Converse(it) => {
            let none = || Floats(Vec::new());
            let meaning = if it.text.is_empty() { none() } else { same() };
            let likeness = if it.liked.is_empty() { none() } else { same() };
            Ok(Answer::made(Conversed { meaning, likeness, cost: COST }))
        }
        Request::Score(_) => Ok(Answer::made(Scored { scores: same(), cost: COST })),
        _ => Err(EngineError::Stopped),
    }
}

fn opened(
    files: &[(&str, Vec<u8>)],
    script: fn(Request) -> Result<Answer, EngineError>,
) -> (Shell, TalkState) {
    provide_context(LanguagePage::new(|_, token| token as f32 * 0.01).language());
    let shell = whole_shell(&TITLES, "#v2&h=8&t=k", files, script);
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    (shell, shell.get())
}

fn talking() -> (Shell, TalkState) {
    opened(&[("weights", fitted())], answer)
}

fn seen(shell: Shell) -> String {
    (0..20).for_each(|_| settle());
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

#[test]
fn before_a_word_is_said_there_are_openings_and_all_films() {
    let _owner = owner();
    let (shell, state) = talking();
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "Talk about films Say what you want to see, in English.",
            "Try one of these horror in space something like Blade Runner but funny",
            "Wording of the answer fixed sentences a language model chooses among sentences made of facts Your message Send",
            "Talk · from your message to a ranked list Nothing is asked for, so all 8 films are left",
            "8 films, each a dot 8 left",
            "Profile What you want",
            "User simulator",
        ],
    );
    assert_silent(&words, &["Start over", "Input", "the browser's own model does"]);
    state.start_over();
    assert_says(&seen(shell), &["Started over: nothing is asked for yet."]);
}

#[test]
fn an_answer_has_its_reasons_and_the_films_that_filters_took_out() {
    let _owner = owner();
    let (shell, state) = talking();
    state.say("horror");
    assert_says(
        &seen(shell),
        &[
            "You horror Glassrec Alien (1979): horror.",
            "Facts of Alien (1979) All the catalogue knows about it:",
            "Show more",
            "One filter leaves 4 of 8 films; Alien is first, ahead of Carrie by how often people name it",
            "“horror” Heard as ask: a question, or a new topic 8 films, each a dot",
            "Horror takes 4 out, 4 left 4 left Ranked by near to “horror”",
            "meaning facts known named in the answer Alien 1 5.44",
            "Rules read the message; fitted weights rank",
        ],
    );
}

#[test]
fn where_a_model_fails_facts_alone_answer() {
    let _owner = owner();
    let (shell, state) = opened(&[], |_| Err(EngineError::Unreachable { path: "a.onnx".into() }));
    state.say("horror");
    assert_says(
        &seen(shell),
        &[
            "Answered by facts alone: a file did not arrive; check the connection and try again: a.onnx.",
            "The fitted weights and their figures are missing, so films are ranked by weights set by hand:",
        ],
    );
}

#[test]
fn films_that_are_put_away_can_be_taken_back() {
    let _owner = owner();
    let (shell, state) = talking();
    state.say("horror");
    (0..20).for_each(|_| settle());
    state.say("not that one");
    assert_says(&seen(shell), &["You not that one", "not again:", "will not be shown again. Undo"]);
}

#[test]
fn a_profile_that_says_nothing_is_told() {
    let _owner = owner();
    let (shell, state) = talking();
    state.edit_profile("I want Horror.\nBlurb zwick.");
    assert_says(&seen(shell), &["“Blurb zwick.” was not understood. Use this profile"]);
}

#[test]
fn a_simulated_seeker_finds_its_film() {
    let _owner = owner();
    let (shell, state) = talking();
    state.simulate(ItemRow(2));
    assert_says(&seen(shell), &["Seeker", "Run the simulation Found Carrie (1979) after"]);
}

#[test]
fn how_often_it_is_right_is_told_with_intervals() {
    let _owner = owner();
    let (shell, state) = talking();
    state.say("horror");
    assert_says(
        &seen(shell),
        &[
            "2,000 films recommended in 1,340 conversations that no weight was fitted to.",
            "popularity alone 5.0 % 4.0 to 6.0 what was understood: filters, facts, films liked, words 7.5 % 6.5 to 8.5 +2.5 +1.0 to +4.0",
        ],
    );
}

#[test]
fn a_language_model_that_is_to_choose_words_is_offered() {
    let _owner = owner();
    let (shell, state) = talking();
    state.language().look();
    state.wordsmith().set(Wordsmith::Language);
    assert_says(&seen(shell), &["The model small: 101 B to fetch from this site"]);
    state.language().load();
    (0..20).for_each(|_| settle());
    state.say("horror");
    assert_says(&seen(shell), &["Words chosen by the language model in"]);
}

#[test]
fn a_question_is_answered_by_a_fact_with_its_evidence() {
    let _owner = owner();
    let (shell, state) = talking();
    shell.site.catalogue().add_details(&crate::stage::details(TITLES.len())).unwrap();
    state.say("How long is “Alien”?");
    assert_says(
        &seen(shell),
        &[
            "Glassrec Alien (1979) takes 117 minutes. Facts of Alien (1979)",
            "length 117 min series 1 of 2 in Space languages English moods eerie Oscars won Best Sound",
        ],
    );
    state.say("did it win an Oscar?");
    assert_says(&seen(shell), &["Alien (1979) won the Oscar for Best Sound."]);
}

#[test]
fn a_mood_is_weighed_and_can_be_switched_off() {
    let _owner = owner();
    let (shell, state) = talking();
    shell.site.catalogue().add_details(&crate::stage::details(TITLES.len())).unwrap();
    state.say("something eerie");
    assert_says(
        &seen(shell),
        &[
            "No filter was heard: all 8 films are ranked",
            "Ranked by eerie",
            "Glassrec Alien (1979): eerie.",
        ],
    );
    state.switch(&[Part::Wanted(Trait::Tag("eerie".to_owned()))]);
    let words = seen(shell);
    assert_says(&words, &["Off: eerie. Still 8 films.", "Ranked by eerie Let SASRec", "As it was"]);
    assert_silent(&words, &["Glassrec Alien (1979): eerie."]);
    state.as_it_was();
    assert_silent(&seen(shell), &["As it was", "Off: "]);
}
