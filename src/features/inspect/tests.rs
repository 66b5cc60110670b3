//! A family looked into without a browser: what is painted of what the engine sent.

use leptos::prelude::NodeRef;
use serde::Serialize;

use super::{DOOR, HERE};
use crate::engine::answer::Answer;
use crate::engine::protocol::{EngineError, Inspected, Request};
use crate::stage::{COST, assert_says, assert_silent, owner, painted, whole_shell, words_of};
use crate::state::router::Place;
use crate::ui::table::Table;

/// The first three are picked.
pub(super) const TITLES: [&str; 5] = ["Alien", "Heat", "Fargo", "Solaris", "Amelie"];

/// What a reader of `family` sees, and takes along.
pub(super) struct Inside {
    pub(super) html: String,
    pub(super) words: String,
    tables: Vec<Table>,
}

impl Inside {
    /// Says what the table `name` has in `row`, as JSON.
    pub(super) fn row(&self, name: &str, row: usize) -> String {
        let table = self.tables.iter().find(|it| it.name == name).unwrap();
        serde_json::to_string(&table.rows[row]).unwrap()
    }
}

/// `family` at a link with `more`, where the engine shows `shown` of it.
pub(super) fn inside(family: &'static str, more: &str, shown: &impl Serialize) -> Inside {
    let shown = serde_json::to_string(shown).unwrap();
    inside_of(family, &format!("#v2&h=1.2.3&f={family}&t=i{more}"), move |request| match request {
        Request::Inspect(asked) if asked.family.0 == family => {
            Ok(Answer::made(Inspected { shown: shown.clone(), cost: COST }))
        }
        other => panic!("not asked by these tests: {other:?}"),
    })
}

fn inside_of(
    family: &str,
    link: &str,
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Inside {
    let _owner = owner();
    let shell = whole_shell(&TITLES, link, &[], script);
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    let html = painted(shell, || (HERE.mount)(NodeRef::new()));
    assert!(html.contains(&format!("value=\"{family}\"")));
    Inside { words: words_of(&html), html, tables: (HERE.tables)(shell) }
}

#[test]
fn without_a_film_there_are_examples_in_place_of_an_inside() {
    let seen = inside_of("sasrec", "#v2&f=sasrec&t=i", |it| panic!("nothing to ask: {it:?}"));
    assert_says(
        &seen.words,
        &["Start with a few films Add a film, or take an example, to see how"],
    );
    assert_silent(&seen.words, &["Inside SASRec"]);
}

#[test]
fn a_family_that_does_not_answer_is_told_with_a_way_on() {
    let failed = |_| Err(EngineError::ModelFailed { detail: "no room".to_owned() });
    let seen = inside_of("irgan", "#v2&h=1&f=irgan&t=i", failed);
    let wanted = "Inside IRGAN The model failed to run; try another one or restart the engine: no room. Try again";
    assert_says(&seen.words, &[wanted]);
}

#[test]
fn what_the_engine_ran_is_stated_under_every_inside() {
    let nothing = crate::families::inspect::positions::Shown { positions: vec![] };
    let seen = inside("sasrec", "", &nothing);
    assert_says(&seen.words, &["Inside SASRec", "SASRec, 1 run, 1 ms · NDCG@10"]);
}
