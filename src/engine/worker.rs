//! The engine's loop: one request at a time, every request answered. It computes and never waits for a file:
//! a request whose files are on their way is asked again once they came.

use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;

use crate::catalog::ItemRow;
use crate::engine::answer::Sent;
use crate::engine::files::{Files, Halt};
use crate::engine::floats::Floats;
use crate::engine::language::Language;
use crate::engine::port::{FromEngine, PagePort};
use crate::engine::protocol::{
    Converse, Conversed, Cost, EmbedNext, EngineError, Explain, ExplainSearch, Explained,
    Explanation, ExplanationTest, ExplanationTested, Found, Inspect, Inspected, LanguageLoaded,
    LanguageWeights, LoadLanguage, ReadTokens, Recommend, Recommended, Request, Score, Scored,
    Search as SearchFor, SearchExplained, SelfTest, StorageFault, TestEngine, TestExplanation,
    TokensRead,
};
use crate::engine::runtime::Runtime;
use crate::engine::search::Search;
use crate::engine::self_test;
use crate::engine::shelf::{LoadedFamily, Shelf, failed, now_millis};
use crate::explain::{self, Attention, ExplainError, Orders, Question};
use crate::families::Want;
use crate::history::History;
use crate::recommend;

/// Answers the page's requests until the worker ends.
pub async fn serve() {
    let Some(mut page) = PagePort::of_this_worker() else { return };
    let runtime = match Runtime::start().await {
        Ok(runtime) => runtime,
        Err(error) => return page.tell(&FromEngine::Refused(error)),
    };
    let (backend, n_threads) = (runtime.backend(), runtime.n_threads());
    page.tell(&FromEngine::Ready { backend, n_threads, millis: now_millis() });

    let (line, device_lost) = (page.line(), runtime.device_lost());
    spawn_local(async move {
        device_lost.await;
        line.tell(&FromEngine::Trouble(EngineError::DeviceLost));
    });

    let shelf = Shelf::new(runtime, Files::new(page.line()));
    let mut engine = Engine { shelf, search: Search::default(), language: None };
    loop {
        if page.is_idle() {
            engine.warm_up(&page).await;
        }
        let Some((id, request)) = page.next().await else { return };
        let outcome = match engine.answer(&request).await {
            Ok(answer) => Ok(answer),
            Err(Halt::Failed(error)) => Err(error),
            // What is loaded answers meanwhile.
            Err(Halt::Awaits(files)) => {
                page.set_aside(id, request, files);
                continue;
            }
        };
        page.tell(&FromEngine::Reply { id, outcome });
    }
}

/// An answer as it crosses the wire.
fn sent(answer: &impl Serialize) -> Result<Sent, Halt> {
    Ok(Sent::new(answer)?)
}

struct Engine {
    shelf: Shelf,
    search: Search,
    language: Option<Language>,
}

/// Runs after which the browser has compiled what a model uses as well as it ever will.
const WARM_AFTER_RUNS: usize = 8;
/// A common length of history.
const WARM_LENGTH: usize = 20;

impl Engine {
    async fn answer(&mut self, request: &Request) -> Result<Sent, Halt> {
        let began_at = now_millis();
        let backend = self.shelf.runtime.backend();
        let cost = |n_runs| Cost { backend, n_runs, millis: now_millis() - began_at };
        match request {
            Request::Recommend(Recommend { family, history, hidden, top }) => {
                let mut family = self.shelf.family(family).await?;
                let scored = scores(&mut family, std::slice::from_ref(history), hidden).await?;
                let scores = scored.first().map_or(&[][..], Vec::as_slice);
                let list = recommend::rank(scores, scores.len(), history, *top)
                    .map_err(|error| failed(&error))?;
                sent(&Recommended { list, cost: cost(1) })
            }
            Request::Score(Score { family, history, weights }) => {
                let mut family = self.shelf.family(family).await?;
                let scores = family.score_weighed(history, weights).await?;
                sent(&Scored { scores: Floats(scores), cost: cost(1) })
            }
            Request::Explain(Explain { family, history, hidden, item, within }) => {
                let mut family = self.shelf.family(family).await?;
                let n_before = family.n_scored();
                let explanation = explain(&mut family, history, hidden, *item, *within).await?;
                let n_runs = family.n_scored() - n_before;
                sent(&Explained { explanation, cost: cost(n_runs) })
            }
            Request::Inspect(Inspect { family, history, probe }) => {
                let mut family = self.shelf.family(family).await?;
                let n_before = family.n_scored();
                let shown = family.inspect(history, probe).await?;
                let n_runs = family.n_scored() - n_before;
                sent(&Inspected { shown, cost: cost(n_runs) })
            }
            Request::TestExplanation(TestExplanation { family, history, hidden, item, within }) => {
                let mut family = self.shelf.family(family).await?;
                let n_before = family.n_scored();
                let test = test_explanation(&mut family, history, hidden, *item, *within).await?;
                let n_runs = family.n_scored() - n_before;
                sent(&ExplanationTested { test, cost: cost(n_runs) })
            }
            Request::Search(SearchFor { text, hidden, top, encoder }) => {
                let (films, vectors) =
                    self.search.find(&mut self.shelf, *encoder, text, hidden, *top).await?;
                sent(&Found { films, vectors, cost: cost(1) })
            }
            Request::ExplainSearch(ExplainSearch { text, item, encoder }) => {
                let n_before = self.search.n_embedded();
                let (words, facts) =
                    self.search.explain(&mut self.shelf, *encoder, text, *item).await?;
                let n_runs = self.search.n_embedded() - n_before;
                sent(&SearchExplained { words, facts, cost: cost(n_runs) })
            }
            Request::Converse(Converse { text, liked, encoder }) => {
                let (meaning, likeness) =
                    self.search.converse(&mut self.shelf, *encoder, text, liked).await?;
                let (meaning, likeness) = (Floats(meaning), Floats(likeness));
                sent(&Conversed { meaning, likeness, cost: cost(usize::from(!text.is_empty())) })
            }
            Request::EmbedNext(EmbedNext { encoder }) => {
                sent(&self.search.embed_next(&mut self.shelf, *encoder).await?)
            }
            Request::LoadLanguage(LoadLanguage { weights }) => {
                let (_, storage_failed) = self.language(weights).await?;
                sent(&LanguageLoaded { storage_failed, cost: cost(0) })
            }
            Request::ReadTokens(ReadTokens { weights, is_adapted, prefix, rows, want }) => {
                let (language, _) = self.language(weights).await?;
                let (numbers, n_prefilled) = language.read(*is_adapted, prefix, rows, want).await?;
                let numbers = numbers.into_iter().map(Floats).collect();
                sent(&TokensRead { numbers, n_prefilled, cost: cost(rows.len()) })
            }
            Request::TestEngine(TestEngine { encoder }) => {
                self_test::prepare(&mut self.shelf, &mut self.search, *encoder).await?;
                let family = self_test::check_family(&mut self.shelf).await?;
                let texts =
                    self_test::check_encoder(&mut self.shelf, &mut self.search, *encoder).await?;
                sent(&SelfTest { backend, checks: vec![family, texts] })
            }
        }
    }

    /// The language model of these weights, loaded if it is not the one that is here.
    async fn language(
        &mut self,
        weights: &LanguageWeights,
    ) -> Result<(&mut Language, Option<StorageFault>), EngineError> {
        let (language, storage_failed) = match self.language.take() {
            Some(here) if here.weights == *weights => (here, None),
            _ => Language::load(&self.shelf, weights.clone()).await?,
        };
        Ok((self.language.insert(language), storage_failed))
    }

    /// Runs loaded models a few times while nobody waits: a browser compiles what it has seen run.
    async fn warm_up(&mut self, page: &PagePort) {
        while page.is_idle() && self.search.warm_up().await {
            // Lets messages in; one that waits goes first.
            TimeoutFuture::new(0).await;
        }
        for name in self.shelf.loaded() {
            let history: History = (0..).map(ItemRow).take(WARM_LENGTH).collect();
            let Ok(mut family) = self.shelf.family(&name).await else { return };
            while family.has_graph() && family.n_scored() < WARM_AFTER_RUNS {
                TimeoutFuture::new(0).await;
                if !page.is_idle() {
                    return;
                }
                if family.score(std::slice::from_ref(&history), Want::Scores).await.is_err() {
                    return; // the next request will meet the same error, and tell it
                }
            }
        }
    }
}

/// One row of scores for each history, in which nothing `hidden` can be ranked.
async fn scores(
    loaded: &mut LoadedFamily<'_>,
    batch: &[History],
    hidden: &[ItemRow],
) -> Result<Vec<Vec<f32>>, EngineError> {
    let mut scores = loaded.score(batch, Want::Scores).await?.scores;
    scores.iter_mut().for_each(|it| recommend::hide(it, hidden));
    Ok(scores)
}

async fn explain(
    loaded: &mut LoadedFamily<'_>,
    history: &History,
    hidden: &[ItemRow],
    item: ItemRow,
    within: usize,
) -> Result<Explanation, EngineError> {
    let max_history = loaded.family().max_history();
    let question = Question { history, item, within, max_history };
    let score = async |batch: Vec<History>| scores(loaded, &batch, hidden).await;
    let mut explanation = explain::explain(&question, score).await.map_err(unexplained)?;

    let weights = attention(loaded, history).await?;
    explanation.attention = weights.map(|weights| {
        let drops: Vec<f32> = explanation.influence.iter().map(|it| it.score_drop).collect();
        let agreement = recommend::kendall_tau(&weights, &drops);
        Attention { weights, agreement }
    });
    explanation.contributions = loaded.family().contributions(history, item);
    Ok(explanation)
}

async fn test_explanation(
    loaded: &mut LoadedFamily<'_>,
    history: &History,
    hidden: &[ItemRow],
    item: ItemRow,
    within: usize,
) -> Result<ExplanationTest, EngineError> {
    let orders = Orders {
        attention: attention(loaded, history).await?,
        contributions: loaded.family().contributions(history, item).map(|parts| parts.picks),
    };
    let max_history = loaded.family().max_history();
    let question = Question { history, item, within, max_history };
    let score = async |batch: Vec<History>| scores(loaded, &batch, hidden).await;
    explain::test_explanation(&question, orders, score).await.map_err(unexplained)
}

/// Where the model looks, if it says so: one weight per pick read, oldest first.
async fn attention(
    loaded: &mut LoadedFamily<'_>,
    history: &History,
) -> Result<Option<Vec<f32>>, EngineError> {
    let looked = loaded.score(std::slice::from_ref(history), Want::ScoresAndAttention).await?;
    Ok(looked.attention.and_then(|mut each| (!each.is_empty()).then(|| each.swap_remove(0))))
}

fn unexplained(error: ExplainError<EngineError>) -> EngineError {
    match error {
        ExplainError::Run(error) => error,
        error => failed(&error),
    }
}
