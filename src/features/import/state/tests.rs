use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture, ready};
use reactive_graph::traits::{Get, GetUntracked, WithUntracked};

use super::own_films::{NAME, NotKept};
use super::source::Source;
use super::{ImportState, MOST_OF_HISTORY, Step, Used};
use crate::catalog::ItemRow;
use crate::engine::protocol::{EngineError, StorageFault};
use crate::features::import::{DOOR, HERE};
use crate::imports::{About, Choice, Weight, What};
use crate::stage::{clock, owner, settle, shell_in};
use crate::state::clock::Clock;
use crate::state::notices::Notice;
use crate::state::reader::Act;
use crate::state::router::Place;
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;
use crate::state::texts::{InMemory, Texts};

const TITLES: [&str; 6] = ["Alien", "Heat", "Fargo", "Solaris", "Solaris", "Amelie"];

/// A file of a test; `None` for one that has gone.
pub(crate) struct TestFile(pub(crate) &'static str, pub(crate) Option<Vec<u8>>);

impl Source for TestFile {
    fn name(&self) -> String {
        self.0.to_owned()
    }

    fn n_bytes(&self) -> u64 {
        self.1.as_ref().map_or(9, |it| it.len() as u64)
    }

    fn part(&self, from: u64, to: u64) -> LocalBoxFuture<'static, Option<Vec<u8>>> {
        let part = self.1.as_ref().map(|it| it[from as usize..to as usize].to_vec());
        ready(part).boxed_local()
    }
}

/// Memory that can be full, and that tells what another tab does.
#[derive(Default)]
struct Device {
    texts: InMemory,
    is_full: RefCell<bool>,
    heard_by: RefCell<Vec<Rc<dyn Fn()>>>,
}

impl Device {
    /// What another tab keeps.
    fn keep_elsewhere(&self, text: Option<&str>) {
        match text {
            Some(text) => self.texts.keep(NAME, text).unwrap(),
            None => self.texts.forget(NAME).unwrap(),
        }
        self.heard_by.borrow().iter().for_each(|it| it());
    }
}

impl Texts for Device {
    fn keep(&self, name: &str, text: &str) -> Result<(), StorageFault> {
        if *self.is_full.borrow() && name == NAME {
            return Err(StorageFault::Full);
        }
        self.texts.keep(name, text)
    }

    fn kept(&self, name: &str) -> Result<Option<String>, StorageFault> {
        self.texts.kept(name)
    }

    fn forget(&self, name: &str) -> Result<(), StorageFault> {
        self.texts.forget(name)
    }

    fn listen(&self, hear: Rc<dyn Fn()>) -> Box<dyn FnOnce()> {
        self.heard_by.borrow_mut().push(hear);
        Box::new(|| ())
    }
}

fn opened_on(device: &Rc<Device>) -> (Shell, ImportState) {
    let texts: Rc<dyn Texts> = device.clone();
    let surroundings = Surroundings { texts, ..Surroundings::in_memory("#v2&h=1&t=y", clock()) };
    let shell = shell_in(&TITLES, surroundings, |_| Err(EngineError::Stopped));
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    (shell, shell.get())
}

fn opened() -> (Shell, ImportState, Rc<Device>) {
    let device = Rc::new(Device::default());
    let (shell, state) = opened_on(&device);
    (shell, state, device)
}

fn csv(rows: &str) -> Box<dyn Source> {
    let bytes = format!("Title,Year,Rating10,WatchedDate\n{rows}").into_bytes();
    Box::new(TestFile("films.csv", Some(bytes)))
}

fn read(state: ImportState, rows: &str) {
    state.open(vec![csv(rows)]);
    settle();
    assert!(matches!(state.step().get_untracked(), Step::Reviewing(_)));
}

fn use_films(state: ImportState, rows: &str) -> Used {
    read(state, rows);
    state.use_films();
    state.used().get_untracked().unwrap()
}

fn found(state: ImportState) -> Vec<u32> {
    match state.step().get_untracked() {
        Step::Reviewing(review) => review.matched.films.iter().map(|it| it.item.0).collect(),
        _ => panic!("nothing is reviewed"),
    }
}

fn own(state: ImportState) -> Vec<u32> {
    state.own().films().with_untracked(|it| it.here.iter().map(|it| it.item.0).collect())
}

fn picks(shell: Shell) -> Vec<u32> {
    shell.reader.history().get().iter().map(|it| it.0).collect()
}

#[test]
fn films_are_kept_once_they_are_used_and_not_before() {
    let _owner = owner();
    let (_, state, device) = opened();
    read(state, "Heat,1979,9,2024-02-11\nFargo,1979,,\nJaws,1975,,\n");
    assert_eq!(found(state), [1, 2]);
    assert_eq!(device.kept(NAME), Ok(None));
    state.use_films();
    assert!(matches!(state.step().get_untracked(), Step::Choosing));
    assert_eq!(own(state), [1, 2]);
    let (_, later) = opened_on(&device);
    assert_eq!(own(later), [1, 2]);
    assert_eq!(later.own().films().get_untracked(), state.own().films().get_untracked());
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let _owner = owner();
    let (_, state, _) = opened();
    let rows = "Heat,1979,9,2024-02-11\nFargo,1979,,\n";
    let first = use_films(state, rows);
    assert_eq!((first.n_films, first.n_new), (2, 2));
    let again = use_films(state, rows);
    assert_eq!(again, Used { n_films: 2, n_new: 0, n_changed: 0, n_conflicts: 0, n_gone: 0 });
    let other = use_films(state, "Heat,1979,4,2024-02-12\nAlien,1979,,\n");
    assert_eq!((other.n_new, other.n_changed, other.n_gone), (1, 1, 1));
    assert_eq!(own(state), [1, 2, 0]);
}

#[test]
fn cancelling_leaves_all_as_it_was() {
    let _owner = owner();
    let (shell, state, device) = opened();
    use_films(state, "Heat,1979,9,2024-02-11\n");
    let (kept, before) = (device.kept(NAME), own(state));
    state.open(vec![csv(&"Fargo,1979,,\n".repeat(9_000))]);
    // Before the first slice, in the middle, and in the review.
    state.cancel();
    settle();
    assert!(matches!(state.step().get_untracked(), Step::Choosing));
    read(state, "Solaris,1979,,\n");
    state.answer(
        About::Film { title: "Solaris".to_owned(), year: Some(1979), imdb: None },
        Choice::Film(ItemRow(4)),
    );
    state.cancel();
    settle();
    assert!(matches!(state.step().get_untracked(), Step::Choosing));
    assert!(state.answers().get_untracked().is_empty());
    state.use_films();
    assert_eq!((device.kept(NAME), own(state)), (kept, before));
    assert_eq!(picks(shell), [0]);
}

#[test]
fn a_newer_import_takes_the_place_of_one_that_is_read() {
    let _owner = owner();
    let (_, state, _) = opened();
    state.open(vec![csv(&"Fargo,1979,,\n".repeat(9_000))]);
    state.open(vec![csv("Heat,1979,,\n")]);
    settle();
    assert_eq!(found(state), [1]);
}

thread_local! {
    /// Whose progress is looked at in every pause, at how many of them it is cancelled, and what was seen.
    static WATCHED: Cell<Option<(ImportState, usize)>> = const { Cell::new(None) };
    static SHARES: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static NOW: Cell<f64> = const { Cell::new(0.0) };
}

/// A page on which every look finds the slice over, and what each pause of reading shows; it is cancelled in pause
/// `n_pauses`.
fn shares_seen(n_pauses: usize) -> (ImportState, Vec<f64>) {
    let look = || NOW.replace(NOW.get() + 20.0);
    let pause = || {
        let Some((state, n_pauses)) = WATCHED.get() else { return ready(()).boxed_local() };
        if let Step::Reading(far) = state.step().get_untracked() {
            SHARES.with_borrow_mut(|it| it.push(far.share()));
        }
        if SHARES.with_borrow(Vec::len) == n_pauses {
            state.cancel();
        }
        ready(()).boxed_local()
    };
    let surroundings = Surroundings::in_memory("", Clock { now_millis: look, pause });
    let shell = shell_in(&TITLES, surroundings, |_| Err(EngineError::Stopped));
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    let state: ImportState = shell.get();
    SHARES.take();
    WATCHED.set(Some((state, n_pauses)));
    state.open(vec![csv(&"Fargo,1979,,\n".repeat(200_000)), csv("Heat,1979,,\n")]);
    settle();
    (state, SHARES.take())
}

#[test]
fn between_slices_the_page_shows_how_far_reading_is() {
    let _owner = owner();
    let (state, shares) = shares_seen(usize::MAX);
    assert!(shares.len() > 6 && shares.is_sorted(), "{shares:?}");
    assert!(shares.iter().any(|it| *it < 0.5) && shares.last() == Some(&1.0), "{shares:?}");
    assert_eq!(found(state), [2, 1]);
}

#[test]
fn reading_can_be_cancelled_in_every_pause() {
    let _owner = owner();
    let (_, shares) = shares_seen(usize::MAX);
    for n_pauses in 1..=shares.len() {
        let (state, seen) = shares_seen(n_pauses);
        assert_eq!(seen.len(), n_pauses, "nothing goes on after it");
        assert!(matches!(state.step().get_untracked(), Step::Choosing));
    }
}

#[test]
fn what_is_asked_waits_for_its_answer_and_can_be_answered_anew() {
    let _owner = owner();
    let (_, state, _) = opened();
    read(state, "Solaris,1979,,\nHeat,1979,,\n");
    assert_eq!(found(state), [1]);
    let about = || About::Film { title: "Solaris".to_owned(), year: Some(1979), imdb: None };
    for row in [3, 4] {
        state.answer(about(), Choice::Film(ItemRow(row)));
        assert!(state.is_rereading().get_untracked());
        state.use_films(); // too early: nothing happens
        settle();
        assert_eq!(found(state), [row, 1]);
    }
    state.answer(about(), Choice::LeaveOut);
    settle();
    assert_eq!(found(state), [1]);
}

#[test]
fn a_file_that_has_gone_leaves_the_others() {
    let _owner = owner();
    let (_, state, _) = opened();
    state.open(vec![Box::new(TestFile("gone.csv", None)), csv("Heat,1979,,\n")]);
    settle();
    assert_eq!(found(state), [1]);
    let Step::Reviewing(review) = state.step().get_untracked() else { panic!() };
    let told: Vec<_> = review.import.notes.iter().map(|it| (&*it.file, &it.what)).collect();
    assert_eq!(told, [("gone.csv", &What::CutOff)]);
    assert_eq!(What::CutOff.weight(), Weight::Failed);
}

#[test]
fn pasted_titles_are_films() {
    let _owner = owner();
    let (_, state, _) = opened();
    state.open_text(" \n".to_owned());
    assert!(matches!(state.step().get_untracked(), Step::Choosing));
    state.open_text("Heat (1979)\nAlien\n".to_owned());
    settle();
    assert_eq!(found(state), [1, 0]);
}

#[test]
fn the_history_is_the_newest_films_of_known_days_and_one_undo_takes_it_back() {
    let _owner = owner();
    let (shell, state, _) = opened();
    use_films(state, "Heat,1979,,2024-02-11\nFargo,1979,,\nAmelie,1979,,2023-01-02\n");
    assert_eq!(picks(shell), [0]);
    state.use_as_history();
    assert_eq!(picks(shell), [5, 1]);
    assert_eq!(shell.reader.last_act(), Some(Act::TookWatched));
    shell.reader.undo();
    assert_eq!(picks(shell), [0]);
    assert!(shell.reader.last_act().is_none());
}

#[test]
fn a_bulk_day_gives_no_history_and_a_long_one_is_cut_to_its_newest() {
    let _owner = owner();
    let titles: Vec<String> = (0..80).map(|it| format!("Film number {it}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let surroundings = Surroundings::in_memory("", clock());
    let shell = shell_in(&titles, surroundings, |_| Err(EngineError::Stopped));
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    let state: ImportState = shell.get();
    let of_one_day = |it: usize| format!("{},1979,,2024-05-05\n", titles[it]);
    use_films(state, &(0..20).map(of_one_day).collect::<String>());
    assert!(state.for_history().is_empty());
    state.use_as_history();
    assert!(picks(shell).is_empty());
    let of_days = |it: usize| format!("{},1979,,20{:02}-05-05\n", titles[it], it - 19);
    use_films(state, &(20..40).map(of_days).collect::<String>());
    assert_eq!(state.for_history().len(), 20);
    let of_earlier = |it: usize| {
        let (year, month) = (1980 + (it - 40) / 2, 1 + it % 2);
        format!("{},1979,,{year}-0{month}-05\n", titles[it])
    };
    use_films(state, &(40..80).map(of_earlier).collect::<String>());
    let history = state.for_history();
    assert_eq!((history.len(), history.last()), (MOST_OF_HISTORY, Some(&ItemRow(39))));
    assert_eq!(history[0], ItemRow(50));
}

#[test]
fn where_nothing_can_be_kept_films_last_as_long_as_the_page() {
    let _owner = owner();
    let (_, state, device) = opened();
    device.is_full.replace(true);
    use_films(state, "Heat,1979,,2024-02-11\n");
    let full = Some(NotKept::Storage(StorageFault::Full));
    assert_eq!((own(state), state.own().not_kept().get_untracked()), (vec![1], full));
    device.keep_elsewhere(None);
    assert_eq!(own(state), [1], "nothing that another tab does takes them");
    device.is_full.replace(false);
    use_films(state, "Fargo,1979,,\n");
    assert_eq!((own(state), state.own().not_kept().get_untracked()), (vec![1, 2], None));
    assert!(device.kept(NAME).unwrap().is_some());
}

#[test]
fn what_another_tab_keeps_is_taken_in_and_what_it_clears_goes() {
    let _owner = owner();
    let (_, state, device) = opened();
    let (_, other) = opened_on(&device);
    use_films(other, "Heat,1979,,2024-02-11\n");
    // This tab has heard nothing of it yet, and still loses nothing.
    use_films(state, "Fargo,1979,,\n");
    assert_eq!(own(state), [1, 2]);
    device.keep_elsewhere(None);
    assert_eq!((own(state), own(other)), (vec![], vec![]));
}

#[test]
fn what_cannot_be_read_is_set_aside_before_anything_is_written_over_it() {
    let _owner = owner();
    let device = Rc::new(Device::default());
    let newer = r#"{"file":"glassrec films","version":9,"films":[]}"#;
    device.texts.keep(NAME, newer).unwrap();
    let (shell, state) = opened_on(&device);
    assert_eq!(state.own().not_kept().get_untracked(), Some(NotKept::Unreadable));
    assert_eq!(device.kept(NAME), Ok(Some(newer.to_owned())), "a look changes nothing");
    use_films(state, "Heat,1979,,\n");
    let text = format!("{NAME}: {newer}\n");
    assert!(shell.notices.all().get_untracked().contains(&Notice::KeptAside { text }));
    assert_eq!(state.own().not_kept().get_untracked(), None);
    assert_eq!(own(opened_on(&device).1), [1]);
}

#[test]
fn films_of_another_catalogue_stay_in_the_file_and_on_the_device() {
    let _owner = owner();
    let device = Rc::new(Device::default());
    let elsewhere = r#"{"movieId":9000,"title":"Far","year":1990,"isSeen":true}"#;
    let text = format!(r#"{{"file":"glassrec films","version":1,"films":[{elsewhere}]}}"#);
    device.texts.keep(NAME, &text).unwrap();
    let (_, state) = opened_on(&device);
    assert!(own(state).is_empty());
    use_films(state, "Heat,1979,,\n");
    assert!(device.kept(NAME).unwrap().unwrap().contains(r#""movieId":9000,"title":"Far""#));
    assert!(state.own().as_file().contains("\"Far\""));
}

#[test]
fn clearing_forgets_the_films_here_and_on_the_device_and_spares_the_history() {
    let _owner = owner();
    let (shell, state, device) = opened();
    use_films(state, "Heat,1979,,2024-02-11\n");
    state.use_as_history();
    state.clear();
    assert_eq!((own(state), device.kept(NAME)), (vec![], Ok(None)));
    assert!(state.used().get_untracked().is_none());
    assert_eq!(picks(shell), [1]);
}
