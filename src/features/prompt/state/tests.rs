use reactive_graph::owner::Owner;

use super::*;
use crate::engine::answer::Answer;
use crate::engine::protocol::{Recommended, Request, TokenWant};
use crate::recommend::Recommendation;
use crate::stage;
use crate::stage::language::{Asked, LanguagePage, Logit, token};

const TITLES: [&str; 6] = ["Alien", "Brazil", "Casablanca", "Dogville", "Eraserhead", "Fargo"];

struct Stage {
    _owner: Owner,
    asked: Asked,
    history: RwSignal<History>,
    is_open: RwSignal<bool>,
    state: PromptState,
}

impl Stage {
    fn new(logit: Logit) -> Self {
        let _owner = stage::owner();
        let page = LanguagePage::new(logit);
        let asked = page.asked.clone();
        let history = RwSignal::new(History::default());
        let is_open = RwSignal::new(true);
        let state = PromptState::new(Given {
            language: page.language(),
            engine: stage::engine(candidates),
            clock: stage::clock(),
            random: || 0.4,
            catalogue: StoredValue::new(stage::catalogue(&TITLES)),
            history: history.into(),
            hidden: RwSignal::new(Vec::new()).into(),
            family: RwSignal::new(FamilyName("ease".into())).into(),
            is_open: is_open.into(),
        });
        stage::settle();
        Self { _owner, asked, history, is_open, state }
    }

    /// With the model here, and these films picked.
    fn ready(logit: Logit, picks: &[u32]) -> Self {
        let stage = Self::new(logit);
        stage.history.set(picks.iter().copied().map(ItemRow).collect());
        stage.state.language().look();
        stage::settle();
        stage.state.language().load();
        stage::settle();
        assert!(stage.state.language().is_ready());
        stage
    }

    fn act(&self, act: impl FnOnce(PromptState)) -> Doing {
        act(self.state);
        (0..20).for_each(|_| stage::settle());
        self.state.doing().get_untracked()
    }

    fn ranked(&self) -> Vec<u32> {
        let prompted = self.state.prompted().get_untracked().unwrap();
        prompted.scored.iter().map(|it| prompted.candidates[it.candidate].0).collect()
    }
}

/// All films that are not picked, in catalogue order.
fn candidates(request: Request) -> Result<Answer, EngineError> {
    let Request::Recommend(Recommend { history, top, .. }) = request else {
        panic!("not asked here: {request:?}")
    };
    let rest = (0..TITLES.len() as u32).map(ItemRow).filter(|it| !history.contains(*it));
    let list = rest.map(|item| Recommendation { item, score: 0.0 }).take(top).collect();
    Ok(Answer::made(Recommended { list, cost: stage::COST }))
}

/// Likes to begin a title with the letter that comes after that of the last pick.
fn in_the_alphabet(before: &[u32], next: u32) -> f32 {
    let is_start = before.last() == Some(&token(':'));
    let text: Vec<u32> = before.to_vec();
    let last_pick = text.iter().rev().find(|it| (token('A')..=token('F')).contains(it));
    let is_next = last_pick.is_some_and(|it| next == it + 1);
    if is_start && is_next && before.iter().filter(|it| **it == token('\n')).count() > 1 {
        9.0
    } else {
        0.0
    }
}

#[test]
fn candidates_are_asked_for_while_it_is_open_and_there_are_picks() {
    let stage = Stage::new(|_, _| 0.0);
    assert_eq!(stage.state.candidates().get_untracked(), Candidates::None);
    stage.is_open.set(false);
    stage.history.set([ItemRow(0)].into_iter().collect());
    stage::settle();
    assert_eq!(stage.state.candidates().get_untracked(), Candidates::None, "nobody looks");
    stage.is_open.set(true);
    stage::settle();
    let films: Vec<ItemRow> = (1..6).map(ItemRow).collect();
    assert_eq!(stage.state.candidates().get_untracked(), Candidates::Here(films));
}

#[test]
fn the_prompt_tells_the_picks_and_what_the_reader_wrote_goes_with_them() {
    let stage = Stage::ready(|_, _| 0.0, &[3]);
    let text = || stage.state.prompt().get_untracked().with_history;
    assert_eq!(text(), "Films:\nDogville\nNext:");
    assert!(!stage.state.is_edited());
    stage.state.edit(|it| it.with_history = "Name a film:".into());
    assert!(stage.state.is_edited());
    stage.state.reset();
    assert_eq!(text(), "Films:\nDogville\nNext:");
    stage.state.edit(|it| it.with_history.clear());
    stage.history.set([ItemRow(3), ItemRow(1)].into_iter().collect());
    stage::settle();
    assert_eq!(text(), "Films:\nDogville\nBrazil\nNext:");
}

#[test]
fn titles_that_the_model_finds_likely_after_the_picks_come_first() {
    let stage = Stage::ready(in_the_alphabet, &[2]);
    // Else short titles come first.
    stage.state.set(|it| it.calibration = 1.0);
    assert_eq!(stage.act(PromptState::rank), Doing::Nothing);
    assert_eq!(stage.ranked()[0], 3, "Dogville after Casablanca");
    let n_asked = stage.asked.borrow().len();
    assert_eq!(stage.act(PromptState::rank), Doing::Nothing);
    let again = stage.asked.borrow()[n_asked..].iter().filter(|it| !it.rows.is_empty()).count();
    assert_eq!(again, 1, "after the prompt of nobody each title is read but once");
}

#[test]
fn what_it_names_by_itself_is_a_film_of_the_catalogue() {
    let stage = Stage::ready(in_the_alphabet, &[0]);
    assert_eq!(stage.act(PromptState::name), Doing::Nothing);
    let named = stage.state.named().get_untracked().unwrap();
    assert_eq!((named.films.len(), named.films[0].0), (5, ItemRow(1)));
    assert!(stage.asked.borrow().iter().any(|it| matches!(it.want, TokenWant::Among(_))));
}

#[test]
fn a_prompt_that_cannot_be_read_says_why() {
    let stage = Stage::ready(|_, _| 0.0, &[0]);
    stage.state.edit(|it| it.with_history = " ".into());
    assert_eq!(stage.act(PromptState::rank), Doing::Failed(PromptError::Empty));
    stage.state.edit(|it| it.with_history = "x".repeat(3_000));
    let failed = stage.act(PromptState::rank);
    assert!(
        matches!(failed, Doing::Failed(PromptError::TooLong { most: 2_000, .. })),
        "{failed:?}"
    );
    stage.history.set(History::default());
    stage::settle();
    assert_eq!(stage.act(PromptState::rank), Doing::Failed(PromptError::NoCandidates));
}

#[test]
fn cancelling_leaves_no_ranking_and_nothing_at_work() {
    let stage = Stage::ready(|_, _| 0.0, &[0]);
    let doing = stage.act(|it| {
        it.rank();
        assert!(it.is_busy());
        it.cancel();
    });
    assert_eq!((doing, stage.state.prompted().get_untracked()), (Doing::Nothing, None));
}

#[test]
fn the_history_is_told_film_by_film_and_a_step_back_asks_nothing() {
    let stage = Stage::ready(in_the_alphabet, &[0, 1, 2]);
    let text = || stage.state.prompt().get_untracked().with_history;
    let told = || stage.state.prompted().get_untracked().unwrap().n_told;
    stage.act(|it| it.tell(2));
    assert_eq!(text(), "Films:\nAlien\nBrazil\nNext:");
    assert_eq!(stage.state.prompted().get_untracked(), None, "nothing is ranked unasked");
    stage.act(PromptState::rank);
    let first = stage.state.prompted().get_untracked();
    assert_eq!(told(), Some(2));
    stage.act(|it| it.tell(3));
    assert_eq!((text().as_str(), told()), ("Films:\nAlien\nBrazil\nCasablanca\nNext:", Some(3)));
    assert_ne!(stage.state.prompted().get_untracked(), first);

    let n_asked = stage.asked.borrow().len();
    stage.act(|it| it.tell(2));
    assert_eq!(stage.state.prompted().get_untracked(), first);
    assert_eq!(stage.asked.borrow().len(), n_asked, "it is kept");

    stage.state.edit(|it| it.with_history = "Name a film:".into());
    stage.act(PromptState::rank);
    assert_eq!(told(), None, "the prompt is the reader's");
    stage.act(|it| it.tell(2));
    assert_eq!((text().as_str(), told()), ("Films:\nAlien\nBrazil\nNext:", Some(2)));
    stage.act(|it| it.set(|it| it.calibration = 1.0));
    stage.act(|it| it.tell(1));
    assert_eq!((told(), stage.asked.borrow().len() > n_asked), (Some(1), true));
    stage.history.set([3].map(ItemRow).into_iter().collect());
    stage::settle();
    assert_eq!(text(), "Films:\nDogville\nNext:", "of another history all is told");
}
