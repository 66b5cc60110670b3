//! The reader's own films as a reader sees them.

use std::rc::Rc;

use leptos::prelude::NodeRef;
use reactive_graph::traits::Set;

use super::state::for_you::tests::{SEEN, Stage};
use super::state::own_films::NAME;
use super::state::reading::HowFar;
use super::state::source::Source;
use super::state::steer::Steer;
use super::state::tests::TestFile;
use super::state::{ImportState, Step};
use super::{DOOR, HERE};
use crate::catalog::ItemRow;
use crate::engine::protocol::{EngineError, StorageFault};
use crate::imports::{About, Choice};
use crate::stage::{assert_says, assert_silent, clock, owner, painted, settle, shell_in, words_of};
use crate::state::router::Place;
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;
use crate::state::texts::Texts;
use crate::ui::table::Cell;

const TITLES: [&str; 6] = ["Alien", "Heat", "Fargo", "Solaris", "Solaris", "Amelie"];

fn opened_in(surroundings: Surroundings) -> (Shell, ImportState) {
    let shell = shell_in(&TITLES, surroundings, |_| Err(EngineError::Stopped));
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    (shell, shell.get())
}

fn opened() -> (Shell, ImportState) {
    opened_in(Surroundings::in_memory("#v2&h=1&t=y", clock()))
}

fn seen(shell: Shell) -> String {
    settle();
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

fn read(state: ImportState, files: &[(&'static str, &str)]) {
    let files = files.iter().map(|(name, text)| {
        Box::new(TestFile(name, Some(text.as_bytes().to_vec()))) as Box<dyn Source>
    });
    state.open(files.collect());
    settle();
}

const DIARY: (&str, &str) = (
    "diary.csv",
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n\
     2024-02-12,Heat,1979,https://boxd.it/a,4.5,,,2024-02-11\n\
     2024-03-01,Jaws,1979,https://boxd.it/b,3,,,2024-03-01\n\
     2024-03-02,Solaris,1979,https://boxd.it/c,,,,2024-03-02\n",
);

#[test]
fn an_empty_place_says_how_films_come_in() {
    let _owner = owner();
    let (shell, _) = opened();
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "Your films Open what a film site gave you. It is read on this device, and nothing of it is sent.",
            "Add films Drop your export here Zip, CSV or JSON; several at once are joined.",
            "Choose files Choose a folder Try a sample",
            "Paste text Films, one a line, or rows of a table Read this text",
            "Where to get an export Letterboxd Settings, Data, Export your data.",
        ],
    );
    assert_silent(&words, &["Use as my history", "Kept on this device only.", "Clear all"]);
}

#[test]
fn reading_says_how_far_it_is_and_can_be_cancelled() {
    let _owner = owner();
    let (shell, state) = opened();
    state.step().set(Step::Reading(HowFar { done_bytes: 1, all_bytes: 2 }));
    let words = seen(shell);
    assert_says(
        &words,
        &["Reading your files 50 % read Cancel Nothing is kept before you say so."],
    );
    assert_silent(&words, &["Drop your export here"]);
}

#[test]
fn a_review_tells_what_was_found_what_was_not_and_how_each_file_was_read() {
    let _owner = owner();
    let (shell, state) = opened();
    read(state, &[DIARY, ("notes.csv", "colour,weight\nred,3\n"), (".DS_Store", "x")]);
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "What was found 1 film found, 1 to choose, 1 not found Use 1 film Cancel",
            "Not read notes.csv: no column holds films.",
            "To choose Nothing is guessed: where two films fit, you say which. Which film is Solaris (1979)? Solaris (1979)",
            "None of these",
            "Not found · 1",
            "Found · 1",
            "How each file was read diary.csv Letterboxd diary, 3 rows, UTF-8, commas, ratings of 5; days from 2024-02-11 to 2024-03-02",
            "Files that are not needed · 1",
            "films are found by their names alone",
        ],
    );
    assert_silent(&words, &["Use as my history", "Drop your export here"]);
    state.answer(
        About::Film { title: "Solaris".to_owned(), year: Some(1979), imdb: None },
        Choice::Film(ItemRow(4)),
    );
    assert_says(&seen(shell), &["2 films found, 1 not found Use 2 films"]);
}

#[test]
fn files_without_films_say_so() {
    let _owner = owner();
    let (shell, state) = opened();
    read(state, &[("notes.csv", "colour,weight\nred,3\n")]);
    assert_says(&seen(shell), &["0 films found Use 0 films", "No films were found in it."]);
}

#[test]
fn films_that_are_kept_can_be_used_downloaded_and_cleared() {
    let _owner = owner();
    let (shell, state) = opened();
    read(
        state,
        &[
            DIARY,
            (
                "watchlist.csv",
                "Date,Name,Year,Letterboxd URI\n2024-01-05,Fargo,1979,https://boxd.it/d\n",
            ),
        ],
    );
    state.use_films();
    assert_says(
        &seen(shell),
        &[
            "2 films added. 2 films: 1 watched, 1 on your watch-list Kept on this device only. Use as my history Download Clear all",
            "Your history will be the one film whose day is known.",
            "Drop your export here",
        ],
    );
    read(state, &[DIARY]);
    state.use_films();
    assert_says(&seen(shell), &["1 film was here before; nothing is double."]);
    state.clear();
    assert_silent(&seen(shell), &["Use as my history", "1 film"]);
}

#[test]
fn without_days_there_is_no_history_and_the_page_says_why() {
    let _owner = owner();
    let (shell, state) = opened();
    state.open_text("Heat (1979)\nAlien (1979)".to_owned());
    settle();
    state.use_films();
    assert_says(&seen(shell), &["2 films: 2 watched", "No film has a day on which you watched it"]);
}

/// A device on which nothing can be kept.
struct Forbidden;

impl Texts for Forbidden {
    fn keep(&self, _name: &str, _text: &str) -> Result<(), StorageFault> {
        Err(StorageFault::Forbidden)
    }

    fn kept(&self, _name: &str) -> Result<Option<String>, StorageFault> {
        Err(StorageFault::Forbidden)
    }

    fn forget(&self, _name: &str) -> Result<(), StorageFault> {
        Err(StorageFault::Forbidden)
    }

    fn listen(&self, _hear: Rc<dyn Fn()>) -> Box<dyn FnOnce()> {
        Box::new(|| ())
    }
}

#[test]
fn where_storage_is_forbidden_films_work_and_the_page_says_what_to_do() {
    let _owner = owner();
    let texts: Rc<dyn Texts> = Rc::new(Forbidden);
    let (shell, state) = opened_in(Surroundings { texts, ..Surroundings::in_memory("", clock()) });
    read(state, &[DIARY]);
    state.use_films();
    let stores_nothing =
        "This browser stores nothing for this page. Your films last until you close it";
    let words = seen(shell);
    assert_says(&words, &["1 film: 1 watched", "Use as my history Download", stores_nothing]);
    assert_silent(&words, &["Kept on this device only."]);
}

#[test]
fn what_this_version_cannot_read_is_told() {
    let _owner = owner();
    let surroundings = Surroundings::in_memory("", clock());
    surroundings.texts.keep(NAME, "?").unwrap();
    let (shell, _) = opened_in(surroundings);
    assert_says(&seen(shell), &["cannot be read by this version of the site"]);
}

#[test]
fn recommendations_say_what_they_are_based_on_and_which_films_carry_them() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    let words = seen(stage.shell);
    assert_says(
        &words,
        &[
            "3 films: 3 watched",
            "Recommended for you From 3 films you watched. Newer ones count more. More stars count more; your average is 4.0. Count my stars",
            "Steer the list Years 1979 to 1979",
            "1 Collateral 1979",
            "because of Heat Seen Not for me",
            "3 films, 1 ms. Reasons: each film left out once, 3 runs, 3 ms. Films you watched are not listed.",
            "Why not another film?",
        ],
    );
    assert_silent(&words, &["Based on", "Left out:", "Only my watch-list", "watch-list"]);
    let reason = stage.for_you.reasons(ItemRow(3)).unwrap()[0];
    stage.for_you.try_reason(ItemRow(3), reason);
    let said = "Left out: Heat. Collateral was 1st and is 4th, as foretold. Count them again";
    assert_says(&seen(stage.shell), &[said, "From 2 of the 3 films you watched."]);
}

#[test]
fn the_list_is_told_aloud_and_can_be_exported_with_its_reasons() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    settle();
    let aloud = (HERE.news)(stage.shell).unwrap();
    assert!(aloud.contains("1 Collateral; 2 Aliens; 3 Miller's Crossing"), "{aloud}");
    let tables = (HERE.tables)(stage.shell);
    let names: Vec<_> = tables.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Recommended for you"], "nobody asked what groups carry");
    assert_eq!(tables[0].rows.len(), 5);
    assert_eq!(tables[0].rows[0].last(), Some(&Cell::Text("Heat".to_owned())));
}

#[test]
fn a_steered_list_says_how_much_is_left() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    settle();
    stage.for_you.steer().set(Steer { from_year: Some(1980), ..Steer::default() });
    let nothing = ["No film is left. Show all again", "No film passes all of this."];
    assert_says(&seen(stage.shell), &nothing);
}
