use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{GetUntracked, IntoAny, Set, With};

use super::state::{Doing, MeasureState, Whose};
use super::view::HERE;
use super::{figure, words};
use crate::catalog::ItemRow;
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{EngineError, Request, Scored};
use crate::measure::{Against, Asked, Measure, Seen};
use crate::stage::{self, COST, assert_says, owner, painted, settle, words_of};
use crate::state::shell::Shell;

const TITLES: [&str; 5] = ["Alien", "Heat", "Fargo", "Solaris", "Amelie"];

/// Whom the models are asked about: two questions of one user, and one of two others.
const USERS: &str = r#"{"version": 1, "n_histories": 8, "n_holding": [8, 4, 2, 1, 1], "users": [
    {"films": [0, 3, 4], "n_asked": 2}, {"films": [1, 4], "n_asked": 1}, {"films": [4, 0], "n_asked": 1}]}"#;

/// A model, and the films that it was asked after.
type Question = (String, Vec<u32>);

/// What the models were asked, in order.
#[derive(Clone, Default)]
struct Heard(Rc<RefCell<Vec<Question>>>);

impl Heard {
    fn n(&self) -> usize {
        self.0.borrow().len()
    }
}

/// Popularity prefers the first films, all others the last. After `n` questions the engine says `then`.
fn shell_that(fragment: &str, heard: &Heard, then: impl Fn(usize) -> bool + 'static) -> Shell {
    let heard = heard.clone();
    let script = move |request| {
        let Request::Score(asked) = request else { return Err(EngineError::Stopped) };
        let picks = asked.history.iter().map(|it| it.0).collect();
        let is_popular = asked.family.0 == "popularity";
        heard.0.borrow_mut().push((asked.family.0, picks));
        if then(heard.n()) {
            return Err(EngineError::Stopped);
        }
        let score = |row: u32| if is_popular { 5.0 - row as f32 } else { row as f32 };
        Ok(Answer::made(Scored { scores: Floats((0..5).map(score).collect()), cost: COST }))
    };
    stage::whole_shell(&TITLES, fragment, &[("held_out.json", USERS.into())], script)
}

fn shell(heard: &Heard) -> Shell {
    shell_that("", heard, |_| false)
}

fn state_of(shell: Shell) -> MeasureState {
    let state = shell.get::<MeasureState>();
    state.choose_only(["popularity", "ease"].into());
    state
}

fn value(state: MeasureState, name: &str) -> f64 {
    state.summary().with(|it| {
        let lines = &it.as_ref().unwrap().lines;
        lines.iter().find(|it| it.card.name == name).unwrap().last().unwrap().value
    })
}

#[track_caller]
fn near(got: f64, want: f64) {
    assert!((got - want).abs() < 1e-9, "{got}, not {want}");
}

#[test]
fn all_that_are_chosen_are_asked_about_one_user_after_the_other() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    assert_eq!(state.doing().get_untracked(), Doing::Done);
    assert_eq!(state.progress(), (3, 3));
    let asked: Vec<String> =
        heard.0.borrow().iter().map(|(name, picks)| format!("{name} {picks:?}")).collect();
    assert_eq!(
        asked,
        [
            "popularity [0]",
            "popularity [0, 3]",
            "ease [0]",
            "ease [0, 3]",
            "popularity [1]",
            "ease [1]",
            "popularity [4]",
            "ease [4]",
        ]
    );
    // Popularity ranks the targets 3, 3, 4 and 1; EASE 2, 1, 1 and 4.
    let gain = |rank: f64| 1.0 / (rank + 1.0).log2();
    near(value(state, "popularity"), (2.0 * gain(3.0) + gain(4.0) + 1.0) / 4.0);
    near(value(state, "ease"), (gain(2.0) + 2.0 + gain(4.0)) / 4.0);
}

#[test]
fn another_protocol_asks_nobody_again() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    let n = heard.n();
    let before = value(state, "popularity");
    state.change_protocol(|it| it.asked = Asked::Last);
    let gain = |rank: f64| 1.0 / (rank + 1.0).log2();
    near(value(state, "popularity"), (gain(3.0) + gain(4.0) + 1.0) / 3.0);
    state.change_protocol(|it| it.seen = Seen::Ranked);
    near(value(state, "popularity"), (2.0 * gain(5.0) + 1.0) / 3.0);
    state.change_protocol(|it| *it = Default::default());
    near(value(state, "popularity"), before);
    state.whose().set(Whose::Third(2));
    near(value(state, "popularity"), gain(3.0));
    assert_eq!(heard.n(), n);
}

#[test]
fn a_run_that_failed_goes_on_where_it_stopped() {
    let _owner = owner();
    let heard = Heard::default();
    let fails = Rc::new(Cell::new(true));
    let again = fails.clone();
    let state = state_of(shell_that("", &heard, move |n| n == 5 && again.replace(false)));
    state.start();
    settle();
    assert_eq!(state.doing().get_untracked(), Doing::Failed(EngineError::Stopped));
    assert_eq!((heard.n(), state.progress()), (5, (1, 3)));
    state.start();
    settle();
    assert_eq!(state.doing().get_untracked(), Doing::Done);
    assert_eq!(heard.n(), 9, "only the question without an answer is asked twice");
    state.reset();
    assert_eq!((state.doing().get_untracked(), state.progress()), (Doing::Idle, (0, 3)));
    assert!(state.summary().with(Option::is_none));
}

#[test]
fn a_pause_keeps_what_was_answered() {
    let _owner = owner();
    let heard = Heard::default();
    let paused: Rc<Cell<Option<MeasureState>>> = Rc::default();
    let to_pause = paused.clone();
    let shell = shell_that("", &heard, move |n| {
        if let Some(state) = to_pause.get().filter(|_| n == 6) {
            state.pause();
        }
        false
    });
    let state = state_of(shell);
    paused.set(Some(state));
    state.start();
    settle();
    assert_eq!(state.doing().get_untracked(), Doing::Paused);
    assert_eq!((heard.n(), state.progress()), (6, (1, 3)));
    paused.set(None);
    state.start();
    settle();
    assert_eq!((state.doing().get_untracked(), state.progress()), (Doing::Done, (3, 3)));
}

#[test]
fn a_model_that_is_added_catches_up() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    state.toggle("sasrec");
    settle();
    assert_eq!((state.doing().get_untracked(), state.progress()), (Doing::Done, (3, 3)));
    near(value(state, "sasrec"), value(state, "ease"));
}

#[test]
fn the_reader_is_one_more_user_and_another_history_is_asked_about() {
    let _owner = owner();
    let heard = Heard::default();
    let shell = shell_that("#v2&h=1.2", &heard, |_| false);
    shell.start(Vec::new());
    let state = state_of(shell);
    shell.reader.use_example(&[1, 2]);
    state.start();
    settle();
    state.count_own(true);
    settle();
    assert_eq!(state.progress(), (4, 4));
    assert_eq!(heard.0.borrow().last().unwrap().1, [0]);
    shell.reader.pick(ItemRow(4));
    settle();
    assert_eq!(state.progress(), (4, 4));
    assert_eq!(heard.0.borrow().last().unwrap().1, [0, 1]);
    state.count_own(false);
    assert_eq!(state.progress(), (3, 3));
}

#[test]
fn the_claim_says_who_leads_and_whether_that_is_certain() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    let claim = || state.summary().with(|it| words::claim(it.as_ref().unwrap()));
    assert_eq!(
        claim(),
        "EASE leads Popularity by 0.158; after 3 users the two cannot be told apart"
    );
    state.change_protocol(|it| it.seen = Seen::Ranked);
    state.whose().set(Whose::Third(0));
    assert_eq!(
        claim(),
        "EASE leads Popularity by 0.613; after 1 user the two cannot be told apart"
    );
    state.whose().set(Whose::All);
    state.change_protocol(|it| *it = Default::default());
    state.measure().set(Measure::PopularityLift);
    assert!(claim().starts_with("Popularity has the highest popularity lift, "), "{}", claim());
    state.toggle("ease");
    state.measure().set(Measure::HitRate);
    assert_eq!(claim(), "Popularity: HR@10 1.000 (1.000 to 1.000) after 3 users");
}

#[test]
fn another_winner_under_another_protocol_is_said() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    state.change_protocol(|it| it.seen = Seen::Ranked);
    let mut it = state.summary().get_untracked().unwrap();
    let [first, of_tables] = [it.leader.as_ref().unwrap().first, it.leader_of_tables.unwrap()];
    assert_eq!((first.name, of_tables.name), ("ease", "ease"));
    assert!(!words::claim(&it).contains("tables"));
    it.leader_of_tables = it.leader.as_ref().unwrap().second;
    assert!(
        words::claim(&it).ends_with(" apart. Asked as the tables ask, Popularity leads."),
        "{}",
        words::claim(&it)
    );
}

#[test]
fn the_page_says_what_a_start_takes_and_shows_what_came_of_it() {
    let _owner = owner();
    let heard = Heard::default();
    let shell = shell(&heard);
    let state = state_of(shell);
    let html = painted(shell, || (HERE.mount)(Default::default()).into_any());
    let before = words_of(&html);
    assert_says(&before, &["Start 3 users, 2 models. Fetches", "Nothing has been asked yet."]);
    state.start();
    settle();
    let html = painted(shell, || (HERE.mount)(Default::default()).into_any());
    let after = words_of(&html);
    assert_says(
        &after,
        &[
            "Done: 3 users have been asked about.",
            "Held-out users · NDCG@10 EASE leads Popularity by 0.158",
            "after 3 users",
            "All 5 films 100 at random",
            "Films rated before; few: 1–1, some: 1–1, many: 2–2.",
        ],
    );
}

#[test]
fn a_picture_has_a_line_a_name_and_a_row_for_each_model() {
    let _owner = owner();
    let heard = Heard::default();
    let state = state_of(shell(&heard));
    state.start();
    settle();
    for width in [300.0, 640.0] {
        let drawn = state.summary().with(|it| figure::draw(it.as_ref().unwrap(), None, width));
        let keys: Vec<&str> =
            drawn.picture.shapes.iter().filter_map(|it| it.key.as_deref()).collect();
        for key in ["band ease", "line ease", "name ease", "line popularity", "name popularity"] {
            assert!(keys.contains(&key), "{key} at {width}: {keys:?}");
        }
        assert_eq!(drawn.table.rows.len(), 2);
        assert_eq!(drawn.table.columns, ["model", "NDCG@10", "low", "high", "users"]);
    }
    state.change_protocol(|it| it.against = Against::Sampled);
    let drawn = state.summary().with(|it| figure::draw(it.as_ref().unwrap(), None, 640.0));
    assert!(drawn.say.contains("at random"), "{}", drawn.say);
}
