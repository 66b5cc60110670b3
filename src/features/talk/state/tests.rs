use std::cell::RefCell;

use futures::future::{FutureExt, ready};
use reactive_graph::owner::Owner;

use super::*;
use crate::dialogue::Claim;
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{Converse, Conversed, Request, Score, Scored, StorageFault};
use crate::nearest::Vectors;
use crate::stage;
use crate::stage::language::LanguagePage;
use crate::state::reranker::{Device, Kept};

/// Horror films stand at even rows, dramas between them.
const TITLES: [&str; 8] =
    ["Alien", "Brazil", "Carrie", "Dogville", "Eraserhead", "Fargo", "Gothic", "Heat"];

/// A page whose weights come, or not, and whose browser has a model of its own that says the second thing it may.
struct Page(Option<Fitted>);

impl Host for Page {
    fn details(&self) -> LocalBoxFuture<'static, bool> {
        ready(true).boxed_local()
    }

    fn fitted(&self) -> LocalBoxFuture<'static, Result<Fitted, EngineError>> {
        let missing = EngineError::Unreachable { path: "dialogue.json".into() };
        ready(self.0.clone().ok_or(missing)).boxed_local()
    }

    fn has_own_model(&self) -> LocalBoxFuture<'static, bool> {
        ready(true).boxed_local()
    }

    fn choose(
        &self,
        _context: String,
        _sentences: Vec<String>,
        _n: usize,
    ) -> LocalBoxFuture<'static, Result<Vec<usize>, EngineError>> {
        ready(Ok(vec![1])).boxed_local()
    }
}

struct NoDevice;

impl Device for NoDevice {
    fn vectors(&self) -> LocalBoxFuture<'static, Result<Arc<Vectors>, EngineError>> {
        ready(Err(EngineError::Stopped)).boxed_local()
    }

    fn keep(&self, _kept: &Kept) -> Result<usize, StorageFault> {
        Ok(0)
    }
}

type Asked = Rc<RefCell<Vec<Request>>>;

struct Stage {
    _owner: Owner,
    asked: Asked,
    hidden: RwSignal<Vec<ItemRow>>,
    state: TalkState,
}

impl Stage {
    fn new(fails: fn(&Request) -> bool) -> Self {
        let _owner = stage::owner();
        let asked = Asked::default();
        let seen = asked.clone();
        let hidden = RwSignal::new(Vec::new());
        let host: Rc<dyn Host> = Rc::new(Page(None));
        let state = TalkState::new(Given {
            host: StoredValue::new_local(host),
            language: LanguagePage::new(|_, token| token as f32 * 0.01).language(),
            engine: stage::engine(move |request| {
                seen.borrow_mut().push(request.clone());
                if fails(&request) { Err(EngineError::Stopped) } else { Ok(said_of(&request)) }
            }),
            clock: stage::clock(),
            catalogue: StoredValue::new(stage::catalogue(&TITLES)),
            history: RwSignal::new([ItemRow(7)].into_iter().collect::<History>()).into(),
            hidden: hidden.into(),
            reranker: RerankerStore::new(Rc::new(NoDevice)),
            encoder: RwSignal::new(EncoderName::Encoder).into(),
        });
        stage::settle();
        Self { _owner, asked, hidden, state }
    }

    fn act(&self, act: impl FnOnce(TalkState)) -> Vec<Turn> {
        act(self.state);
        (0..20).for_each(|_| stage::settle());
        assert!(!self.state.is_answering().get_untracked());
        self.state.turns().get_untracked()
    }

    fn say(&self, message: &str) -> Turn {
        self.act(|it| it.say(message)).pop().unwrap()
    }
}

/// All films are alike to a model of a test.
fn said_of(request: &Request) -> Answer {
    let same = || Floats(vec![0.5; TITLES.len()]);
    match request {
        Request::Converse(Converse { text, liked, .. }) => {
            let none = || Floats(Vec::new());
            let meaning = if text.is_empty() { none() } else { same() };
            let likeness = if liked.is_empty() { none() } else { same() };
            Answer::made(Conversed { meaning, likeness, cost: stage::COST })
        }
        Request::Score(_) => Answer::made(Scored { scores: same(), cost: stage::COST }),
        other => panic!("not asked here: {other:?}"),
    }
}

fn rows(turn: &Turn) -> Vec<u32> {
    turn.ranked.iter().map(|it| it.item.0).collect()
}

#[test]
fn a_message_is_answered_by_films_that_fit_and_a_second_one_refines_them() {
    let stage = Stage::new(|_| false);
    let turn = stage.say("horror");
    assert!(
        !turn.ranked.is_empty() && rows(&turn).iter().all(|it| it % 2 == 0),
        "{:?}",
        rows(&turn)
    );
    assert_eq!(turn.n_fit, 4);
    assert!(turn.missing.is_empty());
    let reads = stage.asked.borrow().iter().any(|it| matches!(it, Request::Score(Score { .. })));
    assert!(reads, "the history is read");
    let shown = turn.on_screen();
    let turn = stage.say("not that one");
    assert!(turn.on_screen().iter().all(|it| Some(it) != shown.first()));
    assert_eq!(stage.state.turns().get_untracked().len(), 2);
}

#[test]
fn an_empty_message_is_not_heard() {
    let stage = Stage::new(|_| false);
    assert_eq!(stage.act(|it| it.say("  ")).len(), 0);
}

#[test]
fn hidden_films_and_the_history_are_left_to_the_reader() {
    let stage = Stage::new(|_| false);
    stage.hidden.set(vec![ItemRow(0)]);
    stage.state.reads_history().set(false);
    let turn = stage.say("horror");
    assert!(!rows(&turn).contains(&0));
    assert!(stage.asked.borrow().iter().all(|it| !matches!(it, Request::Score(_))));
}

#[test]
fn where_a_model_fails_the_facts_still_answer_and_the_turn_tells() {
    let stage = Stage::new(|_| true);
    let turn = stage.say("horror");
    assert_eq!((turn.ranked.is_empty(), turn.missing.is_empty()), (false, false));
    let fitted = stage.state.fitted().get_untracked();
    assert!(matches!(fitted, Some(Err(EngineError::Unreachable { .. }))));
}

#[test]
fn what_was_understood_can_be_switched_off_put_back_and_forgotten() {
    let stage = Stage::new(|_| false);
    let whole = stage.say("horror");
    assert_eq!(whole.filters[0].n_out, 4, "the dramas");
    let (horror, words) = (whole.parts[0].clone(), whole.parts[1].clone());
    let off = stage.act(|it| it.switch(std::slice::from_ref(&horror))).pop().unwrap();
    assert_eq!((&off.parts, &off.off), (&whole.parts, &vec![horror.clone()]));
    assert_eq!(off.filters[0].n_out, 0);
    let changed = stage.state.changed().get_untracked().unwrap();
    assert_eq!((&changed.turn, &changed.off), (&whole, &off.off));
    assert!(stage.state.wish().get_untracked().wanted.is_empty());

    stage.act(|it| it.switch(std::slice::from_ref(&words)));
    assert!(stage.state.wish().get_untracked().is_empty());
    let back = stage.act(|it| it.switch(&[words])).pop().unwrap();
    assert_eq!(back.off, [horror]);
    let again = stage.act(TalkState::as_it_was).pop().unwrap();
    assert_eq!((rows(&again), again.off.len()), (rows(&whole), 0));
    assert_eq!(stage.state.changed().get_untracked(), None);
    assert_eq!(stage.state.wish().get_untracked(), whole.heard.wish);
    assert_eq!(stage.state.turns().get_untracked().len(), 1, "the same message, answered again");

    assert!(stage.act(TalkState::start_over).is_empty() && stage.state.has_started_over());
    stage.say("drama");
    assert!(!stage.state.has_started_over());
}

#[test]
fn films_taken_back_can_go_again() {
    let stage = Stage::new(|_| false);
    stage.say("horror");
    let away = stage.say("not that one");
    let film = away.heard.put_away[0];
    let back = stage.act(|it| it.take_back(&[film])).pop().unwrap();
    assert!(rows(&back).contains(&film.0) && back.heard.put_away.is_empty());
    let again = stage.act(TalkState::as_it_was).pop().unwrap();
    assert_eq!(again.claims, away.claims);
    stage.act(|it| it.take_back(&[film]));
    stage.say("before 1990");
    assert_eq!(stage.state.changed().get_untracked(), None, "a message is a new beginning");
}

#[test]
fn a_sentence_of_the_profile_that_says_nothing_is_told() {
    let stage = Stage::new(|_| false);
    stage.act(|it| it.edit_profile("I want Horror.\nBlurb zwick."));
    assert_eq!(stage.state.unread().get_untracked().len(), 1);
    assert_eq!(stage.state.wish().get_untracked().wanted.len(), 1);
}

#[test]
fn a_simulated_seeker_finds_its_film_or_gives_up() {
    let stage = Stage::new(|_| false);
    stage.act(|it| it.simulate(ItemRow(2)));
    let (target, search) = stage.state.search().get_untracked().unwrap();
    assert_eq!(target, ItemRow(2));
    assert!(matches!(search, Search::Found { .. } | Search::GaveUp { .. }), "{search:?}");
    assert!(stage.state.turns().get_untracked().iter().all(|it| it.is_simulated));
}

#[test]
fn a_model_may_only_choose_among_sentences_of_the_claims() {
    let stage = Stage::new(|_| false);
    stage.state.wordsmith().set(Wordsmith::Browser);
    let words = stage.say("horror").words.get_untracked();
    let Words::Said { by: Wordsmith::Browser, sentences, .. } = words else { panic!("{words:?}") };
    assert!(sentences[0].1.starts_with("You might like"), "{sentences:?}");

    stage.state.wordsmith().set(Wordsmith::Language);
    let words = stage.say("more").words.get_untracked();
    assert_eq!(words, Words::Failed(EngineError::Stopped), "it is not here");
    stage.state.language().look();
    stage::settle();
    stage.state.language().load();
    stage::settle();
    stage.act(TalkState::start_over);
    let turn = stage.say("drama");
    let words = turn.words.get_untracked();
    let Words::Said { by: Wordsmith::Language, sentences, .. } = words else { panic!("{words:?}") };
    let is_allowed = |(claim, said): &(Claim, String)| {
        let catalogue = stage.state.given.catalogue.get_value();
        super::super::sentences::all(&catalogue, claim).contains(said)
    };
    assert!(!sentences.is_empty() && sentences.iter().all(is_allowed), "{sentences:?}");
}
