//! The questions the page asks the engine, and their answers as the page keeps them.

use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::client::Engine;
use crate::engine::protocol::{
    Answer, Backend, Cost, EncoderName, EngineError, Explanation, ExplanationTest, FactMatch,
    Request, VectorSource, WordMatch,
};
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::session::preview::Previewing;
use crate::session::{Latest, N_RANKED, Tab, WITHIN};

/// A search by meaning shows so many films.
const N_FOUND: usize = 12;

/// Whatever answers requests: the worker, or a script in a test.
pub trait Answers {
    /// Asks `request`; dropping the answer forgets the question.
    fn ask(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>>;

    /// Starts afresh on `backend`.
    fn restart(&self, backend: Backend);
}

impl Answers for Engine {
    fn ask(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>> {
        Engine::ask(self, request).boxed_local()
    }

    fn restart(&self, backend: Backend) {
        Engine::restart(self, backend);
    }
}

/// Which list: this family's, for this history.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuestion {
    pub family: FamilyName,
    pub history: History,
}

/// A ranked list and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub list: Vec<Recommendation>,
    pub cost: Cost,
}

/// Why a film stands where it stands in a list that is already here.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyQuestion {
    pub family: FamilyName,
    pub history: History,
    pub item: ItemRow,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    pub explanation: Explanation,
    pub cost: Cost,
}

/// The picks that explanations name, put to the test.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    pub test: ExplanationTest,
    pub cost: Cost,
}

/// Films near to `text`, as `encoder` reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundQuestion {
    pub text: String,
    pub encoder: EncoderName,
}

/// Films near to a text, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub films: Vec<Recommendation>,
    pub vectors: VectorSource,
    pub cost: Cost,
}

/// Why a film was found by `text`.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchQuestion {
    pub text: String,
    pub item: ItemRow,
    pub encoder: EncoderName,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedMatch {
    pub words: Vec<WordMatch>,
    pub facts: Vec<FactMatch>,
    pub cost: Cost,
}

/// The list for the history and family of the moment; nothing while there is no pick.
pub(super) fn recommended(
    engine: Rc<dyn Answers>,
    history: Memo<History>,
    family: RwSignal<FamilyName>,
) -> Latest<ListQuestion, Ranked> {
    let question = move || {
        let history = history.get();
        (!history.is_empty()).then(|| ListQuestion { family: family.get(), history })
    };
    ranked(engine, question)
}

/// The list that the preview of the moment would give; nothing where several are on the page.
pub(super) fn previewed(
    engine: Rc<dyn Answers>,
    previewing: Previewing,
    family: RwSignal<FamilyName>,
    tab: RwSignal<Tab>,
) -> Latest<ListQuestion, Ranked> {
    let question = move || {
        let history = previewing.history.get()?;
        (tab.get() == Tab::Try).then(|| ListQuestion { family: family.get(), history })
    };
    ranked(engine, question)
}

/// The list that `question` asks for.
pub(super) fn ranked(
    engine: Rc<dyn Answers>,
    question: impl Fn() -> Option<ListQuestion> + Send + Sync + 'static,
) -> Latest<ListQuestion, Ranked> {
    Latest::new(question, move |ListQuestion { family, history }| {
        let asked = engine.ask(Request::Recommend { family, history, top: N_RANKED });
        async move {
            match asked.await? {
                Answer::Recommended { list, cost } => Ok(Ranked { list, cost }),
                other => Err(unexpected(&other)),
            }
        }
    })
}

/// Why the film in focus, or else the first, stands where it stands in the list that is here.
/// Nobody asks where several lists are on the page.
pub(super) fn explained(
    engine: Rc<dyn Answers>,
    recommended: Latest<ListQuestion, Ranked>,
    focus: RwSignal<Option<ItemRow>>,
    tab: RwSignal<Tab>,
) -> Latest<WhyQuestion, Explained> {
    let question = move || {
        if tab.get() != Tab::Try {
            return None;
        }
        let focus = focus.get();
        recommended.with(|answered| {
            let answered = answered?;
            let ListQuestion { family, history } = answered.question.clone();
            let item = focus
                .filter(|&item| !history.contains(item))
                .or_else(|| answered.answer.list.first().map(|best| best.item))?;
            Some(WhyQuestion { family, history, item })
        })
    };
    Latest::new(question, move |WhyQuestion { family, history, item }| {
        let asked = engine.ask(Request::Explain { family, history, item, within: WITHIN });
        async move {
            match asked.await? {
                Answer::Explained { explanation, cost } => Ok(Explained { explanation, cost }),
                other => Err(unexpected(&other)),
            }
        }
    })
}

/// Whether the picks that explain the film of `explained` carry it; asked where the reader wants
/// to know, and once the explanation itself is here.
pub(super) fn tested(
    engine: Rc<dyn Answers>,
    explained: Latest<WhyQuestion, Explained>,
    is_testing: RwSignal<bool>,
) -> Latest<WhyQuestion, Tested> {
    let question = move || {
        let is_testing = is_testing.get();
        explained.with(|it| it.filter(|_| is_testing).map(|it| it.question.clone()))
    };
    Latest::new(question, move |WhyQuestion { family, history, item }| {
        let asked = engine.ask(Request::TestExplanation { family, history, item, within: WITHIN });
        async move {
            match asked.await? {
                Answer::ExplanationTested { test, cost } => Ok(Tested { test, cost }),
                other => Err(unexpected(&other)),
            }
        }
    })
}

/// The films nearest to `query`.
pub(super) fn found(
    engine: Rc<dyn Answers>,
    query: RwSignal<Option<String>>,
    encoder: RwSignal<EncoderName>,
) -> Latest<FoundQuestion, Found> {
    let question = move || Some(FoundQuestion { text: query.get()?, encoder: encoder.get() });
    Latest::new(question, move |FoundQuestion { text, encoder }| {
        let asked = engine.ask(Request::Search { text, top: N_FOUND, encoder });
        async move {
            match asked.await? {
                Answer::Found { films, vectors, cost } => Ok(Found { films, vectors, cost }),
                other => Err(unexpected(&other)),
            }
        }
    })
}

/// Which words and facts brought `query` and `item` together.
pub(super) fn explained_match(
    engine: Rc<dyn Answers>,
    query: RwSignal<Option<String>>,
    item: RwSignal<Option<ItemRow>>,
    encoder: RwSignal<EncoderName>,
) -> Latest<MatchQuestion, ExplainedMatch> {
    matches(engine, move || {
        Some(MatchQuestion { text: query.get()?, item: item.get()?, encoder: encoder.get() })
    })
}

/// The words and facts that `question` asks for.
pub(super) fn matches(
    engine: Rc<dyn Answers>,
    question: impl Fn() -> Option<MatchQuestion> + Send + Sync + 'static,
) -> Latest<MatchQuestion, ExplainedMatch> {
    Latest::new(question, move |MatchQuestion { text, item, encoder }| {
        let asked = engine.ask(Request::ExplainSearch { text, item, encoder });
        async move {
            match asked.await? {
                Answer::SearchExplained { words, facts, cost } => {
                    Ok(ExplainedMatch { words, facts, cost })
                }
                other => Err(unexpected(&other)),
            }
        }
    })
}

/// The engine answered something else than was asked.
pub(super) fn unexpected(answer: &Answer) -> EngineError {
    let kind = match answer {
        Answer::Recommended { .. } => "a list",
        Answer::Explained { .. } => "an explanation",
        Answer::Inspected { .. } => "a look inside",
        Answer::ExplanationTested { .. } => "an explanation put to the test",
        Answer::Found { .. } => "films found",
        Answer::SearchExplained { .. } => "matches",
        Answer::TextRead { .. } => "a text's vector",
        Answer::Embedded(_) => "progress",
        Answer::LanguageLoaded { .. } => "a language model",
        Answer::TokensRead { .. } => "tokens",
        Answer::Tested(_) => "a self-test",
    };
    EngineError::Unreadable { detail: format!("it answered another question, with {kind}") }
}
