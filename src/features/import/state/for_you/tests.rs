use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::traits::{Get, GetUntracked};

use super::*;
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{EngineError, Request, Score, Scored};
use crate::features::import::{DOOR, HERE};
use crate::feedback::Feedback;
use crate::stage::{self, clock, owner, settle, shell_in};
use crate::state::router::Place;
use crate::state::surroundings::Surroundings;

/// The first three are seen; each of them speaks for one of the next three, and all for the last a little.
pub(crate) const TITLES: [&str; 8] =
    ["Heat", "Fargo", "Alien", "Collateral", "Miller's Crossing", "Aliens", "Ronin", "Jaws"];
pub(crate) const SEEN: &str = "Title,Year,Rating10,WatchedDate\n\
    Heat,1979,9,2024-02-11\nFargo,1979,7,2024-03-01\nAlien,1979,8,2024-04-01\n";

/// A model that is a sum: pick k gives film k + 3 so much as it counts, and every film a hundredth.
fn answer(Score { history, weights, .. }: &Score) -> Answer {
    let mut scores = vec![0.0; TITLES.len()];
    for (pick, weight) in history.iter().zip(weights) {
        scores[pick.index() + 3] += weight;
        scores[7] += 0.01;
    }
    Answer::made(Scored { scores: Floats(scores), cost: stage::COST })
}

pub(crate) struct Stage {
    pub(crate) shell: Shell,
    pub(crate) for_you: ForYou,
    import: ImportState,
    asked: Rc<RefCell<Vec<Score>>>,
}

impl Stage {
    /// With the films of a table.
    pub(crate) fn new(csv: &str) -> Self {
        let asked = Rc::new(RefCell::new(Vec::new()));
        let heard = asked.clone();
        let script = move |request| match request {
            Request::Score(it) => {
                heard.borrow_mut().push(it.clone());
                Ok(answer(&it))
            }
            _ => Err(EngineError::Stopped),
        };
        let surroundings = Surroundings::in_memory("#v2&t=y", clock());
        let shell = shell_in(&TITLES, surroundings, script);
        let elsewhere = crate::state::router::Door { id: "elsewhere", letter: "", ..DOOR };
        let places = [(elsewhere, None), (DOOR, HERE.part)];
        shell.start(places.map(|(door, part)| Place { door, part }).to_vec());
        let stage = Self { shell, for_you: shell.get(), import: shell.get(), asked };
        stage.import(csv);
        stage
    }

    fn import(&self, csv: &str) {
        self.import.open_text(csv.to_owned());
        settle();
        self.import.use_films();
        settle();
    }

    fn list(&self) -> Vec<&'static str> {
        settle();
        let listed = self.for_you.listed().get().map(|it| it.rows).unwrap_or_default();
        listed.iter().map(|it| TITLES[it.item.index()]).collect()
    }

    fn reasons(&self, film: u32) -> Vec<(u32, usize)> {
        settle();
        let found = self.for_you.reasons(ItemRow(film)).expect("the reasons are here");
        found.into_iter().map(|it| (it.pick.0, it.rank_without)).collect()
    }

    /// What the first question of a list was, since `forget`.
    fn asked(&self) -> Score {
        settle();
        self.asked.borrow().first().cloned().expect("nothing was asked")
    }

    fn forget(&self) {
        settle();
        self.asked.borrow_mut().clear();
    }
}

#[test]
fn what_is_seen_is_not_listed_and_the_rest_is_in_the_order_of_the_model() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    // Stars 4.5, 3.5 and 4, the newest last.
    assert_eq!(stage.list(), ["Collateral", "Aliens", "Miller's Crossing", "Jaws", "Ronin"]);
    let score = stage.asked();
    assert_eq!(score.history.as_slice(), [ItemRow(0), ItemRow(1), ItemRow(2)]);
    assert_eq!(score.weights.len(), 3);
    // What the reader has seen by now goes, whether or not the model reads it.
    stage.import("Title,Year,Rating10,WatchedDate\nRonin,1979,1,2024-05-05\n");
    assert!(!stage.list().contains(&"Ronin"));
}

#[test]
fn films_sent_away_change_the_list_and_undo_brings_them_back() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    let before = stage.list();
    stage.shell.reader.say_of(ItemRow(3), Feedback::NotForMe);
    stage.shell.reader.say_of(ItemRow(5), Feedback::Seen);
    assert_eq!(stage.list(), ["Miller's Crossing", "Jaws", "Ronin"]);
    stage.shell.reader.undo();
    stage.shell.reader.undo();
    assert_eq!(stage.list(), before);
}

#[test]
fn a_film_is_listed_because_of_those_without_which_it_falls() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    assert_eq!(stage.list()[0], "Collateral");
    // Without Heat nothing speaks for it, and of the films with nothing it is the first by row.
    assert_eq!(stage.reasons(3), [(0, 4)]);
    assert_eq!(stage.reasons(7), [], "all speak for it alike");
    assert_eq!(stage.for_you.left_out().get().unwrap().answer.without.len(), 3);
}

#[test]
fn a_reason_that_is_tried_gives_the_rank_that_was_foretold() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.list();
    let reason = Reason { pick: ItemRow(0), rank_without: stage.reasons(3)[0].1 };
    stage.for_you.try_reason(ItemRow(3), reason);
    settle();
    assert_eq!(stage.for_you.rank_of(ItemRow(3)), Some(reason.rank_without));
    assert_eq!(
        stage.for_you.tried().get(),
        Some(Tried { film: ItemRow(3), rank_before: 1, reason })
    );
    assert!(!stage.list().contains(&"Heat"), "it stays a film that was seen");
    stage.for_you.bring_back();
    assert_eq!((stage.list()[0], stage.for_you.tried().get()), ("Collateral", None));
}

#[test]
fn stars_count_or_do_not() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    let with = stage.asked().weights;
    stage.forget();
    stage.for_you.count_stars(false);
    let without = stage.asked().weights;
    assert!(with[0] > without[0] && with[1] < without[1], "{with:?} {without:?}");
    assert!(without.is_sorted(), "newer films count more: {without:?}");
}

#[test]
fn a_span_is_asked_for_by_itself() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.forget();
    stage.for_you.choose_span(Span::Newest(2));
    assert_eq!(stage.asked().history.as_slice(), [ItemRow(1), ItemRow(2)]);
    assert_eq!(stage.list()[0], "Aliens");
    assert!(!stage.list().contains(&"Heat"), "what is outside the span was seen as well");
}

#[test]
fn nothing_is_asked_while_files_are_reviewed_or_another_part_is_open() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.import.open_text("Jaws (1979)".to_owned());
    stage.forget();
    stage.for_you.count_stars(false);
    settle();
    assert!(stage.asked.borrow().is_empty());
    stage.import.cancel();
    assert_eq!(stage.asked().history.len(), 3);
    stage.shell.address.open("elsewhere");
    stage.forget();
    stage.for_you.count_stars(true);
    settle();
    assert!(stage.asked.borrow().is_empty());
}

#[test]
fn without_films_nothing_is_asked() {
    let _owner = owner();
    let stage = Stage::new("Title,Year\n");
    settle();
    assert!(stage.asked.borrow().is_empty());
    assert_eq!(stage.for_you.listed().get_untracked(), None);
    assert_eq!(stage.for_you.standing(ItemRow(3)), Standing::Unknown);
}

#[test]
fn a_film_is_explained_where_models_are_by_the_same_films() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.list();
    let link = stage.for_you.why_link(ItemRow(3));
    let family = stage.for_you.family().0;
    assert!(link.contains(&format!("#v2&h=1.2.3&f={family}&x=4")), "{link}");
}

#[test]
fn a_steered_list_shows_what_passes_and_says_what_entered() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    let plain = stage.list();
    stage.for_you.steer().set(Steer { from_year: Some(1980), ..Steer::default() });
    let listed = || stage.for_you.listed().get().unwrap();
    assert!(stage.list().is_empty() && listed().n_passing == 0);
    assert_eq!(listed().n_all, 5);
    stage.for_you.steer().set(Steer { only_wanted: true, ..Steer::default() });
    assert!(stage.list().is_empty());
    stage.for_you.steer().set(Steer::default());
    assert_eq!((stage.list(), listed().entered), (plain, vec![]));
}

#[test]
fn a_film_that_is_missed_is_ranked_seen_or_sent_away() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.list();
    assert_eq!(stage.for_you.standing(ItemRow(6)), Standing::Ranked(5));
    assert_eq!((stage.for_you.standing(ItemRow(0)), stage.for_you.n_ranked()), (Standing::Seen, 5));
    stage.shell.reader.say_of(ItemRow(6), Feedback::NotForMe);
    settle();
    assert_eq!(stage.for_you.standing(ItemRow(6)), Standing::SentAway);
    // Without Heat, Collateral falls, and what was behind it rises.
    let against = stage.for_you.against(ItemRow(5)).unwrap();
    assert_eq!(against, [Reason { pick: ItemRow(0), rank_without: 1 }]);
}

#[test]
fn groups_are_left_out_when_the_reader_asks_and_can_be_switched_off() {
    let _owner = owner();
    let stage = Stage::new(SEEN);
    stage.list();
    assert_eq!(stage.for_you.beliefs().get(), None, "nobody asked");
    // Of the films of this catalogue every second is a horror film.
    let group = stage.for_you.groups().get().into_iter().find(|it| it.films.len() == 2).unwrap();
    stage.for_you.wants_beliefs().set(true);
    settle();
    let beliefs = stage.for_you.beliefs().get().unwrap().answer;
    assert!(beliefs.iter().any(|it| it.group == group), "{beliefs:?}");
    stage.for_you.switch(&group, false);
    settle();
    let question = stage.for_you.listed().get().unwrap().question;
    assert_eq!(question.basis.history.len(), 1);
    assert!(!group.films.iter().any(|it| question.basis.history.contains(*it)));
    let beliefs = stage.for_you.beliefs().get().unwrap().answer;
    assert!(beliefs.iter().all(|it| it.group != group), "what is left out is not asked about");
    stage.for_you.switch(&group, true);
    settle();
    assert_eq!(stage.for_you.listed().get().unwrap().question.basis.history.len(), 3);
}
