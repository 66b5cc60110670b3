//! The questions the page asks the engine, and their answers as the page keeps them.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::engine::protocol::{
    Cost, EncoderName, Explain, ExplainSearch, Explained, ExplanationTested, Found, Recommend,
    Recommended, Search, SearchExplained, TestExplanation,
};
use crate::families::FamilyName;
use crate::history::History;
use crate::recommend::Recommendation;
use crate::reranker::N_RERANKED;
use crate::session::preview::Previewing;
use crate::session::{Latest, N_RANKED, Tab, Taught, WITHIN};
use crate::state::engine::EngineHandle;
use crate::state::reranker::Reranker;

/// A search by meaning shows so many films.
const N_FOUND: usize = 12;

/// Which list: this family's, for this history, and with what the reader taught.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuestion {
    pub family: FamilyName,
    pub history: History,
    pub taught: Taught,
}

/// A ranked list and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub list: Vec<Recommendation>,
    /// Of each film the rank that the family gave it, where a re-ranker made the order; else empty.
    pub plain_ranks: Vec<usize>,
    pub cost: Cost,
}

/// Why a film stands where it stands in a list that is already here.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyQuestion {
    pub family: FamilyName,
    pub history: History,
    pub hidden: Vec<ItemRow>,
    pub item: ItemRow,
}

/// Films near to `text`, as `encoder` reads it, among what is not `hidden`.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundQuestion {
    pub text: String,
    pub hidden: Vec<ItemRow>,
    pub encoder: EncoderName,
}

/// Why a film was found by `text`.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchQuestion {
    pub text: String,
    pub item: ItemRow,
    pub encoder: EncoderName,
}

/// The list for the history and family of the moment; nothing while there is no pick.
pub(super) fn recommended(
    engine: EngineHandle,
    history: Memo<History>,
    taught: Memo<Taught>,
    family: RwSignal<FamilyName>,
) -> Latest<ListQuestion, Ranked> {
    let question = move || {
        let (history, taught) = (history.get(), taught.get());
        (!history.is_empty()).then(|| ListQuestion { family: family.get(), history, taught })
    };
    ranked(engine, question)
}

/// The list that the preview of the moment would give; nothing where several are on the page.
pub(super) fn previewed(
    engine: EngineHandle,
    previewing: Previewing,
    taught: Memo<Taught>,
    family: RwSignal<FamilyName>,
    tab: RwSignal<Tab>,
) -> Latest<ListQuestion, Ranked> {
    let question = move || {
        let (history, taught) = (previewing.history.get()?, taught.get());
        (tab.get() == Tab::Try).then(|| ListQuestion { family: family.get(), history, taught })
    };
    ranked(engine, question)
}

/// The list that `question` asks for.
pub(super) fn ranked(
    engine: EngineHandle,
    question: impl Fn() -> Option<ListQuestion> + Send + Sync + 'static,
) -> Latest<ListQuestion, Ranked> {
    first_ranked(engine, N_RANKED, question)
}

/// The first `top` films of the list that `question` asks for.
pub(super) fn first_ranked(
    engine: EngineHandle,
    top: usize,
    question: impl Fn() -> Option<ListQuestion> + Send + Sync + 'static,
) -> Latest<ListQuestion, Ranked> {
    Latest::new(question, move |ListQuestion { family, history, taught }| {
        let Taught { hidden, reranker } = taught;
        let n_asked = if reranker.is_some() { N_RERANKED.max(top) } else { top };
        let asked = engine.ask(Recommend { family, history, hidden, top: n_asked });
        async move {
            let Recommended { list, cost } = asked.await?;
            let (list, plain_ranks) = in_order(list, reranker, top);
            Ok(Ranked { list, plain_ranks, cost })
        }
    })
}

/// The first `top` films of `list` in the order of the `reranker`, where there is one, each with
/// the rank it had.
fn in_order(
    list: Vec<Recommendation>,
    reranker: Option<Reranker>,
    top: usize,
) -> (Vec<Recommendation>, Vec<usize>) {
    let Some(reranker) = reranker else { return (list, Vec::new()) };
    let order = reranker.rerank(&list).into_iter().take(top);
    order.map(|it| (list[it.rank_before - 1], it.rank_before)).unzip()
}

/// Why the film in focus, or else the first, stands where it stands in the list that is here.
/// Nobody asks where several lists are on the page.
pub(super) fn explained(
    engine: EngineHandle,
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
            let ListQuestion { family, history, taught } = answered.question.clone();
            let hidden = taught.hidden;
            let item = focus
                .filter(|item| !history.contains(*item) && !hidden.contains(item))
                .or_else(|| answered.answer.list.first().map(|best| best.item))?;
            Some(WhyQuestion { family, history, hidden, item })
        })
    };
    Latest::new(question, move |WhyQuestion { family, history, hidden, item }| {
        engine.ask(Explain { family, history, hidden, item, within: WITHIN })
    })
}

/// Whether the picks that explain the film of `explained` carry it; asked where the reader wants
/// to know, and once the explanation itself is here.
pub(super) fn tested(
    engine: EngineHandle,
    explained: Latest<WhyQuestion, Explained>,
    is_testing: RwSignal<bool>,
) -> Latest<WhyQuestion, ExplanationTested> {
    let question = move || {
        let is_testing = is_testing.get();
        explained.with(|it| it.filter(|_| is_testing).map(|it| it.question.clone()))
    };
    Latest::new(question, move |WhyQuestion { family, history, hidden, item }| {
        engine.ask(TestExplanation { family, history, hidden, item, within: WITHIN })
    })
}

/// The films nearest to `query`; a list, so without those that lists leave out.
pub(super) fn found(
    engine: EngineHandle,
    query: RwSignal<Option<String>>,
    taught: Memo<Taught>,
    encoder: RwSignal<EncoderName>,
) -> Latest<FoundQuestion, Found> {
    let question = move || {
        let hidden = taught.with(|it| it.hidden.clone());
        Some(FoundQuestion { text: query.get()?, hidden, encoder: encoder.get() })
    };
    Latest::new(question, move |FoundQuestion { text, hidden, encoder }| {
        engine.ask(Search { text, hidden, top: N_FOUND, encoder })
    })
}

/// Which words and facts brought `query` and `item` together.
pub(super) fn explained_match(
    engine: EngineHandle,
    query: RwSignal<Option<String>>,
    item: RwSignal<Option<ItemRow>>,
    encoder: RwSignal<EncoderName>,
) -> Latest<MatchQuestion, SearchExplained> {
    matches(engine, move || {
        Some(MatchQuestion { text: query.get()?, item: item.get()?, encoder: encoder.get() })
    })
}

/// The words and facts that `question` asks for.
pub(super) fn matches(
    engine: EngineHandle,
    question: impl Fn() -> Option<MatchQuestion> + Send + Sync + 'static,
) -> Latest<MatchQuestion, SearchExplained> {
    Latest::new(question, move |MatchQuestion { text, item, encoder }| {
        engine.ask(ExplainSearch { text, item, encoder })
    })
}
