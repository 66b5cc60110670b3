//! A conversation about films: its turns, and what each step between message and answer was given and gave.

mod turn;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalog::ItemRow;
use crate::dialogue::{self, Claim, Evidence, Fitted, Heard, Names, Seeker, Weights, Wish};
use crate::engine::protocol::{Answer, EngineError, Request};
use crate::families::FamilyName;
use crate::head::N_RERANKED;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::session::{Details, Language, Phrasing, Session, Words, Wordsmith, opening, wording};

use turn::hear_after;
pub use turn::{Search, Turn};

/// So many films are an answer.
const N_SHOWN: usize = 10;
/// A simulated seeker gives up after so many messages.
const MAX_SEEKER_TURNS: usize = 5;
/// The model that says what comes next after films.
const SEQUENTIAL: &str = "sasrec";

/// The state of a conversation. Cheap to copy; nothing of it is kept or written to the address.
#[derive(Clone, Copy)]
pub struct Talking {
    session: Session,
    language: Language,
    phrasing: Phrasing,
    wordsmith: RwSignal<Wordsmith>,
    has_own_model: RwSignal<bool>,
    turns: RwSignal<Vec<Turn>>,
    wish: RwSignal<Wish>,
    is_answering: RwSignal<bool>,
    reads_history: RwSignal<bool>,
    search: RwSignal<Option<(ItemRow, Search)>>,
    names: StoredValue<Option<Arc<Names>>>,
    /// `None` while it is on its way.
    fitted: RwSignal<Option<Result<Arc<Fitted>, EngineError>>>,
}

impl Talking {
    /// Fetches the ranker's weights at once: with them come the figures that the page shows.
    pub fn new(session: Session, language: Language, phrasing: Phrasing) -> Self {
        let talking = Self {
            session,
            language,
            phrasing,
            wordsmith: RwSignal::default(),
            has_own_model: wording::watch_own_model(),
            turns: RwSignal::default(),
            wish: RwSignal::default(),
            is_answering: RwSignal::default(),
            reads_history: RwSignal::new(true),
            search: RwSignal::default(),
            names: StoredValue::default(),
            fitted: RwSignal::default(),
        };
        spawn_local(talking.fetch_fitted());
        talking
    }

    /// Oldest first.
    pub fn turns(self) -> Signal<Vec<Turn>> {
        self.turns.into()
    }

    /// What the reader wants by now.
    pub fn wish(self) -> Signal<Wish> {
        self.wish.into()
    }

    pub fn is_answering(self) -> Signal<bool> {
        self.is_answering.into()
    }

    /// Whether the sequential model joins in, with the reader's history.
    pub fn reads_history(self) -> Signal<bool> {
        self.reads_history.into()
    }

    pub fn read_history(self, reads: bool) {
        self.reads_history.set(reads);
    }

    /// Who finds the words of the answers.
    pub fn wordsmith(self) -> Signal<Wordsmith> {
        self.wordsmith.into()
    }

    /// Lets `by` find the words from the next answer on.
    pub fn let_word(self, by: Wordsmith) {
        self.wordsmith.set(by);
    }

    /// Whether the browser has a model of its own that is ready.
    pub fn has_own_model(self) -> bool {
        self.has_own_model.get()
    }

    /// The ranker's weights and what was measured with them, or why they did not come.
    pub fn fitted(self) -> Signal<Option<Result<Arc<Fitted>, EngineError>>> {
        self.fitted.into()
    }

    /// The simulated search and the film it is after.
    pub fn search(self) -> Signal<Option<(ItemRow, Search)>> {
        self.search.into()
    }

    /// Answers `message`; an empty one, or one while another is being answered, is not heard.
    pub fn say(self, message: &str) {
        let message = message.trim().to_owned();
        if message.is_empty() || self.is_answering.get_untracked() {
            return;
        }
        self.search.set(None);
        spawn_local(async move {
            self.answer(message, false).await;
        });
    }

    /// Takes over what the edited `profile` says, and answers it.
    pub fn edit_profile(self, profile: &str) {
        if self.is_answering.get_untracked() {
            return;
        }
        let profile = profile.to_owned();
        self.is_answering.set(true);
        spawn_local(async move {
            let names = self.names().await;
            let catalogue = self.session.catalogue();
            let heard = self.wish.get_untracked().from_profile(&profile, &names, &catalogue);
            self.finish(profile, false, heard, super::now_millis()).await;
        });
    }

    /// Forgets the conversation.
    pub fn start_over(self) {
        if !self.is_answering.get_untracked() {
            self.turns.set(Vec::new());
            self.wish.set(Wish::default());
            self.search.set(None);
        }
    }

    /// Lets a simulated seeker look for `target` in a conversation of its own.
    pub fn simulate(self, target: ItemRow) {
        if self.is_answering.get_untracked() {
            return;
        }
        self.start_over();
        self.search.set(Some((target, Search::Running { n_turns: 0 })));
        spawn_local(async move {
            self.names().await; // with it come the tags that its messages are made of
            let catalogue = self.session.catalogue();
            let mut seeker = Seeker::new(target);
            for n_turns in 1..=MAX_SEEKER_TURNS {
                let Some(message) = seeker.say(&catalogue, &self.shown()) else { break };
                self.answer(message, true).await;
                if let Some(at) = self.shown().iter().position(|it| *it == target) {
                    self.search.set(Some((target, Search::Found { n_turns, rank: at + 1 })));
                    return;
                }
                self.search.set(Some((target, Search::Running { n_turns })));
            }
            let n_turns = self.turns.with_untracked(Vec::len);
            self.search.set(Some((target, Search::GaveUp { n_turns })));
        });
    }

    /// The films of the newest list.
    fn shown(self) -> Vec<ItemRow> {
        let newest = |turns: &Vec<Turn>| {
            let turn = turns.iter().rev().find(|it| it.heard.question.is_none())?;
            Some(turn.ranked.iter().map(|it| it.item).collect())
        };
        self.turns.with_untracked(newest).unwrap_or_default()
    }

    async fn answer(self, message: String, is_simulated: bool) {
        let began_at = super::now_millis();
        self.is_answering.set(true);
        let names = self.names().await;
        let catalogue = self.session.catalogue();
        let wish = self.wish.get_untracked();
        let heard = self.turns.with_untracked(|turns| {
            hear_after(turns, &wish, |wish, scene| wish.hear(&message, scene, &names, &catalogue))
        });
        self.finish(message, is_simulated, heard, began_at).await;
    }

    /// Retrieves, ranks and answers what was heard.
    async fn finish(self, message: String, is_simulated: bool, heard: Heard, began_at: f64) {
        let catalogue = self.session.catalogue();
        let wish = heard.wish.clone();
        let mut missing = Vec::new();
        let evidence = self.evidence(&wish, &mut missing).await;
        let weights = self.weights(!evidence.next.is_empty()).await;
        let taught = self.session.taught.get_untracked();
        let mut filters = wish.clone();
        filters.rejected.extend(taught.hidden);
        let top = if taught.reranker.is_some() { N_RERANKED } else { N_SHOWN };
        let (mut ranked, n_fit) = dialogue::rank(&filters, &catalogue, &evidence, &weights, top);
        if let Some(reranker) = taught.reranker {
            let list: Vec<Recommendation> =
                ranked.iter().map(|it| Recommendation { item: it.item, score: it.score }).collect();
            let order = reranker.rerank(&list).into_iter().take(N_SHOWN);
            ranked = order.map(|it| ranked[it.rank_before - 1].clone()).collect();
        }
        if wish.is_empty() {
            ranked.clear();
        }
        let claims = dialogue::claims(&heard, &ranked, &catalogue);
        let millis = super::now_millis() - began_at;
        self.wish.set(wish);
        let words = RwSignal::default();
        let by = self.wordsmith.get_untracked();
        if by != Wordsmith::Rules && !is_simulated {
            self.find_words(by, words, message.clone(), claims.clone());
        }
        let turn =
            Turn { message, is_simulated, heard, ranked, n_fit, claims, missing, millis, words };
        self.turns.update(|turns| turns.push(turn));
        self.is_answering.set(false);
    }

    /// Asks a model for the words of `claims`; until it answers, and where it does not, the rules' stand.
    fn find_words(
        self,
        by: Wordsmith,
        words: RwSignal<Words>,
        message: String,
        claims: Vec<Claim>,
    ) {
        words.set(Words::Coming);
        spawn_local(async move {
            let began_at = super::now_millis();
            let catalogue = self.session.catalogue();
            let said =
                wording::word(by, self.language, self.phrasing, &catalogue, &message, &claims);
            let found = match said.await {
                Ok(sentences) => {
                    Words::Said { by, sentences, millis: super::now_millis() - began_at }
                }
                Err(error) => Words::Failed(error),
            };
            // Of a conversation that was started over nobody waits for it.
            let _ = words.try_set(found);
        });
    }

    /// What the models say of every film; where one fails, the others go on and `missing` tells.
    async fn evidence(self, wish: &Wish, missing: &mut Vec<EngineError>) -> Evidence {
        let mut evidence = Evidence::default();
        match self.session.vectors().await {
            Ok(vectors) => {
                if !wish.text.is_empty() {
                    match self.read(wish.text.clone()).await {
                        Ok(query) => evidence.meaning = vectors.dots(&query),
                        Err(error) => missing.push(error),
                    }
                }
                evidence.likeness = vectors.mean_dots(&wish.liked);
            }
            Err(error) => missing.push(error),
        }
        if self.reads_history.get_untracked() {
            match self.next(wish).await {
                Ok(next) => evidence.next = next,
                Err(error) => missing.push(error),
            }
        }
        evidence
    }

    async fn read(self, text: String) -> Result<Vec<f32>, EngineError> {
        let encoder = self.session.encoder().get_untracked();
        let asked = self.session.ask(Request::ReadText { text, encoder });
        match asked.await? {
            Answer::TextRead { vector, .. } => Ok(vector),
            other => Err(super::answers::unexpected(&other)),
        }
    }

    /// The sequential model's logits after the reader's history and the films liked here.
    async fn next(self, wish: &Wish) -> Result<Vec<f32>, EngineError> {
        let picks = self.session.read_history().get_untracked();
        let history: History = picks.iter().chain(wish.liked.iter().copied()).collect();
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let n_items = self.session.catalogue().n_items();
        let family = FamilyName(SEQUENTIAL.to_owned());
        let asked = Request::Recommend { family, history, hidden: Vec::new(), top: n_items };
        match self.session.ask(asked).await? {
            Answer::Recommended { list, .. } => {
                let mut next = vec![f32::NAN; n_items];
                for it in list {
                    if let Some(logit) = next.get_mut(it.item.index()) {
                        *logit = it.score;
                    }
                }
                Ok(next)
            }
            other => Err(super::answers::unexpected(&other)),
        }
    }

    /// The catalogue's names, with tags and cast once those have come. Where they do not, the page tells
    /// and offers them again; films, genres and directors are understood meanwhile.
    async fn names(self) -> Arc<Names> {
        if let Some(names) = self.names.get_value() {
            return names;
        }
        let session = self.session;
        session.load_details();
        while session.details.get_untracked() == Details::Coming {
            gloo_timers::future::TimeoutFuture::new(20).await;
        }
        let names = Arc::new(Names::new(&session.catalogue()));
        if session.details.get_untracked() == Details::Here {
            self.names.set_value(Some(names.clone()));
        }
        names
    }

    /// Those set by hand where the fitted ones do not come; they are asked for anew each time.
    async fn weights(self, has_next: bool) -> Weights {
        if self.fitted.with_untracked(|it| matches!(it, Some(Err(_)))) {
            self.fetch_fitted().await;
        }
        while self.fitted.with_untracked(Option::is_none) {
            gloo_timers::future::TimeoutFuture::new(20).await;
        }
        let fitted = self.fitted.get_untracked().and_then(Result::ok);
        fitted.map_or_else(Weights::default, |it| it.weights(has_next))
    }

    async fn fetch_fitted(self) {
        let manifest = self.session.manifest();
        let file = manifest.dialogue.as_ref().and_then(|it| it.files.get("weights"));
        let fetched = match file {
            Some(file) => match opening::fetched(file, self.session.watch).await {
                Ok(bytes) => Fitted::from_json(&bytes)
                    .map(Arc::new)
                    .map_err(|_damaged| EngineError::Damaged { path: file.path.clone() }),
                Err(error) => Err(error.into()),
            },
            None => Err(EngineError::Unreachable { path: "dialogue.json".to_owned() }),
        };
        self.fitted.set(Some(fetched));
    }
}
