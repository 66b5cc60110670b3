//! From a message to its answer: what every step between them is given, and what it gives.

use std::sync::Arc;

use any_spawner::Executor;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{
    GetUntracked, GetValue, Set, SetValue, Update, With, WithUntracked, WithValue,
};

use super::turn::{hear_after, on_screen};
use super::{Changed, TalkState, Turn, Words, Wordsmith};
use crate::catalog::ItemRow;
use crate::dialogue::{self, Claim, Evidence, Fitted, Heard, Intent, Names, Ranked, Weights, Wish};
use crate::engine::protocol::{Converse, EngineError, Score};
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::reranker::N_RERANKED;
use crate::state::until::until;

/// How many films are ranked for an answer.
const N_RANKED: usize = 10;
/// The model that says what comes next after films.
const SEQUENTIAL: &str = "sasrec_ease";

impl TalkState {
    pub(super) async fn answer(self, message: String, is_simulated: bool) {
        let began_at = self.now_millis();
        self.is_answering.set(true);
        let names = self.names().await;
        let catalogue = self.given.catalogue.get_value();
        let wish = self.wish.get_untracked();
        let heard = self.turns.with_untracked(|turns| {
            hear_after(turns, &wish, |wish, scene| wish.hear(&message, scene, &names, &catalogue))
        });
        if heard.intent == Intent::StartOver {
            self.is_answering.set(false);
            return self.start_over();
        }
        self.unread.set(Vec::new());
        self.finish(message, is_simulated, heard, began_at).await;
    }

    /// Answers what was heard, as the newest turn.
    pub(super) async fn finish(
        self,
        message: String,
        is_simulated: bool,
        heard: Heard,
        began_at: f64,
    ) {
        self.next_wish();
        let before = self.wish.get_untracked();
        let said = Turn {
            message,
            is_simulated,
            before,
            heard: Heard::default(),
            parts: Vec::new(),
            off: Vec::new(),
            filters: Vec::new(),
            ranked: Vec::new(),
            plain_ranks: Vec::new(),
            n_fit: 0,
            claims: Vec::new(),
            is_same: false,
            missing: Vec::new(),
            millis: 0.0,
            words: RwSignal::default(),
        };
        let turn = self.answered(&said, heard, None, began_at).await;
        self.wish.set(turn.heard.wish.clone());
        self.changed.set(None);
        self.has_started_over.set(false);
        self.turns.update(|turns| turns.push(turn));
        self.is_answering.set(false);
    }

    /// The turn that was `said`, with what comes of what was heard, or of what the reader `changed` of it.
    pub(super) async fn answered(
        self,
        said: &Turn,
        heard: Heard,
        changed: Option<Changed>,
        began_at: f64,
    ) -> Turn {
        let catalogue = self.given.catalogue.get_value();
        let mut missing = Vec::new();
        let (mut ranked, plain_ranks, n_fit) = if heard.intent == Intent::Unread {
            (Vec::new(), Vec::new(), 0)
        } else {
            self.rank(&heard.wish, &mut missing).await
        };
        let (whole, off) = match changed {
            Some(it) => (it.turn.heard.wish, it.off),
            None => (heard.wish.clone(), Vec::new()),
        };
        let hidden = self.given.hidden.get_untracked();
        let filters = dialogue::filters(&whole, &off, &hidden, &catalogue);
        let parts = whole.parts();
        let claims = dialogue::claims(&heard, &ranked, &catalogue);
        if !claims.iter().any(|it| matches!(it, Claim::Fits { .. })) {
            ranked.clear();
        }
        let words = RwSignal::default();
        let by = self.wordsmith.get_untracked();
        if by != Wordsmith::Rules && !said.is_simulated {
            self.find_words(by, words, said.message.clone(), claims.clone());
        }
        let millis = self.now_millis() - began_at;
        let said = said.clone();
        let mut turn = Turn {
            heard,
            parts,
            off,
            filters,
            ranked,
            plain_ranks,
            n_fit,
            claims,
            missing,
            millis,
            words,
            ..said
        };
        let now = turn.on_screen();
        turn.is_same =
            !now.is_empty() && self.turns.with_untracked(|turns| on_screen(turns) == now);
        turn
    }

    /// The films that fit `wish`, in the order of the reader's re-ranker where it is on, then with their ranks
    /// before; and how many fit.
    async fn rank(
        self,
        wish: &Wish,
        missing: &mut Vec<EngineError>,
    ) -> (Vec<Ranked>, Vec<usize>, usize) {
        if wish.is_empty() {
            return (Vec::new(), Vec::new(), 0);
        }
        let mut evidence = self.evidence(wish, missing).await;
        let fitted = self.newest_fitted().await;
        let weights = match &fitted {
            Some(fitted) => fitted.weights(!evidence.next.is_empty()),
            None => Weights::default(),
        };
        if let Some(fitted) = fitted {
            evidence.named.clone_from(&fitted.named);
        }
        let reranker = self.given.reranker.active().get_untracked();
        let mut filters = wish.clone();
        filters.rejected.extend(self.given.hidden.get_untracked());
        let top = if reranker.is_some() { N_RERANKED } else { N_RANKED };
        let catalogue = self.given.catalogue.get_value();
        let (ranked, n_fit) = dialogue::rank(&filters, &catalogue, &evidence, &weights, top);
        let Some(reranker) = reranker else { return (ranked, Vec::new(), n_fit) };
        let list = ranked.iter().map(|it| Recommendation { item: it.item, score: it.score });
        let order = reranker.rerank(&list.collect::<Vec<_>>()).into_iter().take(N_RANKED);
        let plain_ranks: Vec<usize> = order.map(|it| it.rank_before).collect();
        let ranked = plain_ranks.iter().map(|rank| ranked[rank - 1].clone()).collect();
        (ranked, plain_ranks, n_fit)
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
        Executor::spawn_local(async move {
            let began_at = self.now_millis();
            let said = self.worded(by, &message, &claims);
            let found = match said.await {
                Ok(sentences) => {
                    Words::Said { by, sentences, millis: self.now_millis() - began_at }
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
        let mut alike = self.alike(&wish.text, &wish.liked).await;
        if let Err(error) = alike {
            missing.push(error);
            // The films liked are known without the encoder of texts.
            let is_less = !wish.text.is_empty() && !wish.liked.is_empty();
            alike =
                if is_less { self.alike("", &wish.liked).await } else { Ok(Default::default()) };
        }
        if let Ok((meaning, likeness)) = alike {
            (evidence.meaning, evidence.likeness) = (meaning, likeness);
        }
        if self.reads_history.get_untracked() {
            match self.next(wish).await {
                Ok(next) => evidence.next = next,
                Err(error) => missing.push(error),
            }
        }
        evidence
    }

    /// How alike all films are to what was said and to those liked; asks nothing where there is neither.
    async fn alike(
        self,
        text: &str,
        liked: &[ItemRow],
    ) -> Result<(Vec<f32>, Vec<f32>), EngineError> {
        if text.is_empty() && liked.is_empty() {
            return Ok(Default::default());
        }
        let encoder = self.given.encoder.get_untracked();
        let asked = Converse { text: text.to_owned(), liked: liked.to_vec(), encoder };
        let found = self.given.engine.ask(asked).await?;
        Ok((found.meaning.0, found.likeness.0))
    }

    /// The sequential model's logits after the reader's history and the films liked here.
    async fn next(self, wish: &Wish) -> Result<Vec<f32>, EngineError> {
        let picks = self.given.history.get_untracked();
        let history: History = picks.iter().chain(wish.liked.iter().copied()).collect();
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let family = FamilyName(SEQUENTIAL.to_owned());
        let asked = Score { family, history: history.clone(), weights: Vec::new() };
        let mut next = self.given.engine.ask(asked).await?.scores.0;
        // A list leaves out what was picked.
        for item in history.iter() {
            if let Some(logit) = next.get_mut(item.index()) {
                *logit = f32::NAN;
            }
        }
        Ok(next)
    }

    /// The catalogue's names, with tags and people once those have come. Where they do not, the page tells
    /// and offers them again; films, years and genres are understood meanwhile.
    pub(super) async fn names(self) -> Arc<Names> {
        if let Some(names) = self.names.get_value() {
            return names;
        }
        let details = self.given.host.with_value(|it| it.details());
        let is_whole = details.await;
        let names = Arc::new(Names::new(&self.given.catalogue.get_value()));
        if is_whole {
            self.names.set_value(Some(names.clone()));
        }
        names
    }

    /// What was fitted; where it does not come it is asked for anew each time.
    async fn newest_fitted(self) -> Option<Arc<Fitted>> {
        if self.fitted.with_untracked(|it| matches!(it, Some(Err(_)))) {
            self.fetch_fitted().await;
        }
        until(move || self.fitted.with(Option::is_some)).await;
        self.fitted.get_untracked().and_then(Result::ok)
    }

    pub(super) async fn fetch_fitted(self) {
        let fetched = self.given.host.with_value(|it| it.fitted()).await;
        self.fitted.set(Some(fetched.map(Arc::new)));
    }
}
