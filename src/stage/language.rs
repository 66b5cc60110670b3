//! A language model without a model: a page that ships one, and an engine that finds some tokens likely.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture, ready};

use super::{COST, answers, clock};
use crate::engine::answer::{Answer, Answers};
use crate::engine::floats::Floats;
use crate::engine::protocol::{
    EngineError, FetchProgress, LanguageLoaded, ReadTokens, Request, TokenWant, TokensRead,
};
use crate::language::Tokenizer;
use crate::manifest::LanguageModel;
use crate::state::language::{Host, Language};

/// Tokens of a text are its bytes, from this one on.
const FIRST_BYTE: u32 = 3;
const N_VOCAB: usize = 3 + 256;

/// How likely the token is that comes after those before it: a logit.
pub(crate) type Logit = fn(&[u32], u32) -> f32;

/// What a model was asked: the tokens before, and the rows after them.
pub(crate) type Asked = Rc<RefCell<Vec<ReadTokens>>>;

/// A page that ships a model to which `logit` says what is likely.
pub(crate) struct LanguagePage {
    pub(crate) is_shipped: bool,
    /// What loading comes to.
    pub(crate) loaded: Result<(), EngineError>,
    pub(crate) logit: Logit,
    pub(crate) asked: Asked,
    pub(crate) kept: Rc<RefCell<Vec<String>>>,
}

impl LanguagePage {
    pub(crate) fn new(logit: Logit) -> Self {
        let (asked, kept) = (Asked::default(), Rc::default());
        Self { is_shipped: true, loaded: Ok(()), logit, asked, kept }
    }

    pub(crate) fn language(self) -> Language {
        Language::new(Rc::new(self), clock())
    }
}

/// The token of a byte.
pub(crate) fn token(letter: char) -> u32 {
    FIRST_BYTE + letter as u32
}

pub(crate) fn model() -> LanguageModel {
    let file = |path: &str, n: u64| format!(r#"{{"path":"{path}","bytes":{n},"sha256":"{path}"}}"#);
    let json = format!(
        r#"{{"version":1,"name":"small","parts":[{part}],"slots":1,"head_dim":1,"tuned":false,
        "n_vocab":{N_VOCAB},"begin":2,"newline":13,"max_tokens":2000,"tokenizer":{other},
        "licence":{other},"prompt":{{"opening":"Films:\n","pick":"{{title}}\n","asked":"Next:",
        "title":"{{title}}\n","n_picks":5,"calibration":0.5}},"measured":{{"n_users":2000,"rows":[
        {{"name":"llm half","ndcg":0.31,"low":0.3,"high":0.32}},
        {{"name":"random","ndcg":0.2,"low":0.19,"high":0.21}}]}}}}"#,
        part = file("part", 100),
        other = file("other", 1),
    );
    LanguageModel::from_json(json.as_bytes()).unwrap()
}

fn read(asked: &ReadTokens, logit: Logit) -> TokensRead {
    let log_probs = |before: &[u32]| {
        let logits: Vec<f32> = (0..N_VOCAB as u32).map(|it| logit(before, it)).collect();
        let total = logits.iter().map(|it| it.exp()).sum::<f32>().ln();
        logits.into_iter().map(move |it| it - total).collect::<Vec<f32>>()
    };
    let before = |row: &[u32]| [&asked.prefix[..], row].concat();
    let numbers = asked.rows.iter().enumerate().map(|(at, row)| match &asked.want {
        TokenWant::Next => Floats(log_probs(&before(row))),
        TokenWant::Among(tokens) => {
            let all = log_probs(&before(row));
            Floats(tokens[at].iter().map(|it| all[*it as usize]).collect())
        }
        TokenWant::LogProbs => {
            let each = (0..row.len()).map(|at| log_probs(&before(&row[..at]))[row[at] as usize]);
            Floats(each.collect())
        }
    });
    TokensRead { numbers: numbers.collect(), n_prefilled: asked.prefix.len(), cost: COST }
}

impl Host for LanguagePage {
    fn is_shipped(&self) -> bool {
        self.is_shipped
    }

    fn model(&self) -> LocalBoxFuture<'static, Option<LanguageModel>> {
        ready(Some(model())).boxed_local()
    }

    fn tokenizer(
        &self,
        _model: &LanguageModel,
    ) -> LocalBoxFuture<'static, Result<Tokenizer, EngineError>> {
        let json =
            format!(r#"{{"version":1,"bytes":{FIRST_BYTE},"first_piece":{N_VOCAB},"pieces":[]}}"#);
        ready(Ok(Tokenizer::from_json(json.as_bytes()).unwrap())).boxed_local()
    }

    fn kept(&self) -> LocalBoxFuture<'static, Vec<String>> {
        ready(self.kept.borrow().clone()).boxed_local()
    }

    fn forget(&self) -> LocalBoxFuture<'static, ()> {
        self.kept.borrow_mut().clear();
        ready(()).boxed_local()
    }

    fn start(&self) -> Rc<dyn Answers> {
        let (logit, seen, loaded) = (self.logit, self.asked.clone(), self.loaded.clone());
        let kept = self.kept.clone();
        answers(move |request| match request {
            Request::LoadLanguage(_) => {
                loaded.clone()?;
                kept.borrow_mut().push("part".to_owned());
                Ok(Answer::made(LanguageLoaded { storage_failed: None, cost: COST }))
            }
            Request::ReadTokens(asked) => {
                let answer = read(&asked, logit);
                seen.borrow_mut().push(asked);
                Ok(Answer::made(answer))
            }
            other => panic!("not asked of a language model: {other:?}"),
        })
    }

    fn files(&self) -> Vec<FetchProgress> {
        Vec::new()
    }
}
