//! What readers do, with an address and a store in memory.

use reactive_graph::traits::Update;

use super::*;
use crate::stage::{clock, owner, settle, shell, shell_in};
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;

const TITLES: [&str; 5] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead"];

fn opened(fragment: &str) -> Shell {
    let shell = shell(&TITLES, fragment, |request| panic!("nobody asks: {request:?}"));
    shell.start(Vec::new());
    settle();
    shell
}

fn picks(shell: Shell) -> Vec<u32> {
    shell.reader.history().get_untracked().iter().map(|it| it.0).collect()
}

#[test]
fn every_act_can_be_undone_and_says_what_it_was() {
    let _owner = owner();
    let reader = opened("").reader;
    let rows = || reader.history().get_untracked().iter().map(|it| it.0).collect::<Vec<_>>();
    reader.pick(ItemRow(0));
    reader.pick(ItemRow(1));
    reader.switch_off(ItemRow(0));
    reader.start_replacing(ItemRow(1));
    reader.choose_film(ItemRow(2));
    assert_eq!(rows(), [0, 2]);
    assert_eq!(reader.last_act(), Some(Act::Replaced { old: ItemRow(1), new: ItemRow(2) }));
    reader.move_pick(ItemRow(2), 0);
    reader.clear();
    assert_eq!(rows(), [0_u32; 0]);
    for want in [vec![2, 0], vec![0, 2], vec![0, 1]] {
        reader.undo();
        assert_eq!(rows(), want);
    }
    assert!(reader.is_off(ItemRow(0)));
    reader.undo();
    assert!(!reader.is_off(ItemRow(0)));
}

#[test]
fn what_is_said_of_a_film_is_taken_back_by_saying_it_again_or_by_undoing() {
    let _owner = owner();
    let reader = opened("").reader;
    let said = || reader.feedback().get_untracked();
    reader.say_of(ItemRow(3), Feedback::Seen);
    reader.say_of(ItemRow(4), Feedback::NotForMe);
    reader.say_of(ItemRow(3), Feedback::Seen);
    assert_eq!(said(), [(ItemRow(4), Feedback::NotForMe)]);
    reader.undo();
    reader.bring_all_back();
    assert!(said().is_empty());
    reader.undo();
    assert_eq!(said().len(), 2);
}

#[test]
fn parts_of_the_page_come_back_with_what_they_kept_beside_an_act() {
    let _owner = owner();
    let reader = opened("").reader;
    let part = RwSignal::new(1);
    reader.keep_with_acts(move || {
        let was = part.get_untracked();
        Arc::new(move || part.set(was))
    });
    let heard = RwSignal::new(Vec::new());
    reader.on_act(move |act| heard.update(|it| it.push(act.cloned())));
    reader.pick(ItemRow(0));
    part.set(2);
    reader.pick(ItemRow(0)); // changes nothing
    reader.undo();
    assert_eq!(part.get_untracked(), 1);
    assert_eq!(heard.get_untracked(), [Some(Act::Picked(ItemRow(0))), None]);
}

#[test]
fn a_linked_history_sets_the_own_aside_until_the_reader_decides() {
    let _owner = owner();
    let surroundings = Surroundings::in_memory("#v2&h=3", clock());
    surroundings.texts.keep("history", "#v1&h=1.2").unwrap();
    let texts = surroundings.texts.clone();
    let shell = shell_in(&TITLES, surroundings, |_| panic!("nobody asks"));
    shell.start(Vec::new());
    settle();
    assert_eq!(picks(shell), [2]);
    shell.reader.pick(ItemRow(4));
    settle();
    assert_eq!(texts.kept("history").unwrap().as_deref(), Some("#v1&h=1.2"));
    shell.reader.return_to_own_history();
    settle();
    assert_eq!(picks(shell), [0, 1]);
    assert_eq!(shell.reader.last_act(), None, "what was done to the other is no act here");
}

#[test]
fn a_linked_history_becomes_the_own_of_a_reader_who_has_none_and_acts() {
    let _owner = owner();
    let surroundings = Surroundings::in_memory("#v2&h=3", clock());
    let texts = surroundings.texts.clone();
    let shell = shell_in(&TITLES, surroundings, |_| panic!("nobody asks"));
    shell.start(Vec::new());
    settle();
    assert_eq!(texts.kept("history"), Ok(None));
    shell.reader.pick(ItemRow(0));
    settle();
    assert_eq!(texts.kept("history").unwrap().as_deref(), Some("#v1&h=3.1"));
}

#[test]
fn what_another_version_kept_is_set_aside_and_told() {
    let _owner = owner();
    let surroundings = Surroundings::in_memory("", clock());
    surroundings.texts.keep("history", "?7").unwrap();
    let texts = surroundings.texts.clone();
    let shell = shell_in(&TITLES, surroundings, |_| panic!("nobody asks"));
    shell.start(Vec::new());
    settle();
    assert_eq!(texts.aside(), Ok("history: ?7\n".to_owned()));
    shell.reader.forget_aside();
    assert_eq!(texts.aside(), Ok(String::new()));
}
