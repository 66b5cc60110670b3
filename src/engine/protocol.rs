//! Every message between page and engine: plain data, no tensor, no `JsValue`.
//!
//! A request carries all the engine needs to know about the reader, so that a fresh
//! worker answers the next one as well as the old worker would have.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::engine::floats::Floats;
pub use crate::explain::{
    Attention, Counterfactual, Explainer, Explanation, ExplanationTest, FactMatch, Influence,
    Outcome, Trial, Verdict, WordMatch,
};
use crate::families::FamilyName;
use crate::history::History;
pub use crate::manifest::{EncoderName, LanguageWeights};
use crate::recommend::Recommendation;

/// Numbers the requests of one page, so that an answer finds its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestId(pub u32);

/// Where a model runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    Wasm,
    WebGpu,
}

/// A request that knows its answer.
pub trait Ask: Into<Request> {
    type Answer: Serialize + DeserializeOwned + 'static;
}

macro_rules! asks {
    ($($(#[$about:meta])* $ask:ident { $($field:ident: $of:ty),* $(,)? } -> $answer:ty;)*) => {
        /// What the page asks.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Request {
            $($ask($ask),)*
        }

        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub struct $ask {
                $(pub $field: $of,)*
            }

            impl From<$ask> for Request {
                fn from(asked: $ask) -> Self {
                    Self::$ask(asked)
                }
            }

            impl Ask for $ask {
                type Answer = $answer;
            }
        )*
    };
}

asks! {
    /// The `top` best items for `history` that are neither in it nor `hidden`.
    Recommend {
        family: FamilyName,
        history: History,
        hidden: Vec<ItemRow>,
        top: usize,
    } -> Recommended;

    /// What `family` gives every film after `history`. `weights` is what each pick counts, oldest first, where the family
    /// weighs picks; empty for what their age makes of them.
    Score { family: FamilyName, history: History, weights: Vec<f32> } -> Scored;

    /// Why `item` stands where it stands for `history` among what is not `hidden`; the
    /// counterfactual set is the one that drops it out of the first `within` ranks.
    Explain {
        family: FamilyName,
        history: History,
        hidden: Vec<ItemRow>,
        item: ItemRow,
        within: usize,
    } -> Explained;

    /// What `family` shows of itself for `history`, with what `probe` does to it: empty for nothing,
    /// else as the family's own writes it.
    Inspect { family: FamilyName, history: History, probe: String } -> Inspected;

    /// Whether the picks that explanations of `item` name carry it: leaves them out together, and
    /// as many newest and random ones; the first ranks are the first `within`.
    TestExplanation {
        family: FamilyName,
        history: History,
        hidden: Vec<ItemRow>,
        item: ItemRow,
        within: usize,
    } -> ExplanationTested;

    /// The `top` films nearest to a free text that are not `hidden`, through a text encoder.
    Search { text: String, hidden: Vec<ItemRow>, top: usize, encoder: EncoderName } -> Found;

    /// Which words of `text` and which facts of `item` brought them together.
    ExplainSearch { text: String, item: ItemRow, encoder: EncoderName } -> SearchExplained;

    /// How alike every film's text is to what was said, and to those of the films liked. Without a `text` no
    /// encoder is needed.
    Converse { text: String, liked: Vec<ItemRow>, encoder: EncoderName } -> Conversed;

    /// Embeds the next chunk of the catalogue on the device. Asking no more is the cancel.
    EmbedNext { encoder: EncoderName } -> EmbeddingProgress;

    /// Fetches the language model, or takes it from this device, and starts it.
    LoadLanguage { weights: LanguageWeights } -> LanguageLoaded;

    /// What the language model says after `prefix`, which is not empty: the log-probabilities of
    /// `rows`, or of every token that may come after each. With `is_adapted` it is the tuned one,
    /// where there is one.
    ReadTokens {
        weights: LanguageWeights,
        is_adapted: bool,
        prefix: Vec<u32>,
        rows: Vec<Vec<u32>>,
        want: TokenWant,
    } -> TokensRead;

    /// Runs the sequence model and a text encoder on their stored known input and compares with
    /// the stored answer.
    TestEngine { encoder: EncoderName } -> SelfTest;
}

/// What is wanted of the language model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenWant {
    /// The natural logarithm of each token's probability, given the prefix and those before it in its row.
    LogProbs,
    /// Logits of what comes after each row; the rows are of one length.
    Next,
    /// Of these tokens alone, a list a row: the natural logarithm of each one's probability to come after it. The
    /// rows are of one length.
    Among(Vec<Vec<u32>>),
}

/// What ran, where and for how long. Shown beside every answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    pub backend: Backend,
    /// Forward passes, counting each row of a batch.
    pub n_runs: usize,
    /// Inside the engine, from all files here to answer ready.
    pub millis: f64,
}

/// A ranked list, best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommended {
    pub list: Vec<Recommendation>,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// By row, `[n_items]`; those of the history are scored as well.
    pub scores: Floats,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    pub explanation: Explanation,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspected {
    /// JSON of the family's own type; see [`crate::families::inspect`].
    pub shown: String,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplanationTested {
    pub test: ExplanationTest,
    pub cost: Cost,
}

/// Films near to a text, best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub films: Vec<Recommendation>,
    pub vectors: VectorSource,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchExplained {
    pub words: Vec<WordMatch>,
    pub facts: Vec<FactMatch>,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversed {
    /// Cosines by row, `[n_items]`, with the text; empty without one.
    pub meaning: Floats,
    /// Mean cosines with the films liked; empty where there are none.
    pub likeness: Floats,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageLoaded {
    /// Why the model was not kept on this device, if it was not: it then has to come again next time.
    pub storage_failed: Option<StorageFault>,
    pub cost: Cost,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokensRead {
    /// One list per row: a number per token, or per entry of the vocabulary.
    pub numbers: Vec<Floats>,
    /// Tokens of the prefix that had not been read before.
    pub n_prefilled: usize,
    pub cost: Cost,
}

/// Which catalogue vectors answered a search.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum VectorSource {
    /// The int8 vectors that came with the site.
    Shipped,
    /// Vectors computed on this device.
    Device,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmbeddingProgress {
    pub n_embedded: usize,
    pub n_items: usize,
    /// Texts per second over this run.
    pub texts_per_second: f64,
    /// Found in this device's storage rather than computed now.
    pub n_from_storage: usize,
    /// Why storing failed, if it did: the vectors then last until the page closes.
    pub storage_failed: Option<StorageFault>,
    /// Mean cosine between device and shipped vectors, once all are there.
    pub agreement_with_shipped: Option<f32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum StorageFault {
    Full,
    Forbidden,
    /// Another tab of the site holds an older database open.
    Blocked,
    /// A newer version of the site has upgraded the database.
    Newer,
}

/// The parity check that has to pass before a backend is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfTest {
    pub backend: Backend,
    pub checks: Vec<ParityCheck>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParityCheck {
    /// The name of a family or of an encoder.
    pub model: String,
    /// Items shared by the stored and the fresh top 10.
    pub top10_shared: usize,
    pub largest_difference: f32,
    pub tolerance: f32,
    pub passed: bool,
    pub millis: f64,
}

/// What the page says to the engine, once the engine is ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToEngine {
    Ask {
        id: RequestId,
        request: Request,
    },
    /// Nobody waits for this answer any more; skip it if it has not begun.
    Forget {
        id: RequestId,
    },
    /// Answered at once with [`FromEngine::Alive`], even while a model runs.
    Ping,
}

/// What the engine says to the page; `A` is whatever it answered, which only those who asked can read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromEngine<A> {
    /// First message: the runtime is up.
    Ready {
        backend: Backend,
        n_threads: usize,
        millis: f64,
    },
    /// The engine cannot start, for a reason the reader can act on. Nothing follows.
    Refused(EngineError),
    /// The page is to fetch a file, and to hand it over beside these messages: see `port`.
    Want(Wanted),
    /// A file that needs no fetching.
    Fetching(FetchProgress),
    Reply {
        id: RequestId,
        outcome: Result<A, EngineError>,
    },
    /// The answer to a ping.
    Alive,
    /// A message without a request id could not be read, or the device was lost.
    Trouble(EngineError),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// Relative to the page. A program (`.wasm`) is handed over compiled.
    pub path: String,
    /// 0 where the engine does not know.
    pub n_bytes: u64,
    /// What came before was damaged: it has to come past the browser's cache.
    pub is_fresh: bool,
}

/// A file on its way or arrived; told at most ten times a second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FetchProgress {
    pub path: String,
    pub fetched_bytes: u64,
    /// 0 where nobody knows.
    pub total_bytes: u64,
    pub is_done: bool,
    /// Known once done: served from the browser's cache, not from the net.
    pub is_from_cache: Option<bool>,
}

/// Everything that can go wrong in the engine, each with what to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum EngineError {
    #[error("the engine stopped; restart it, your history is kept")]
    Stopped,
    #[error(
        "this browser cannot run WebAssembly SIMD; use a current Firefox, Chrome, Edge or Safari"
    )]
    NoSimd,
    #[error("this browser offers no WebGPU here; Glassrec stays on WebAssembly")]
    NoWebGpu,
    #[error("the graphics device was lost; Glassrec goes on with WebAssembly")]
    DeviceLost,
    #[error("a file did not arrive; check the connection and try again: {path}")]
    Unreachable { path: String },
    #[error(
        "a file is damaged or belongs to another version; reload the page, or tell the site's owner: {path}"
    )]
    Damaged { path: String },
    #[error("this model is not part of the site: {family}")]
    UnknownFamily { family: String },
    #[error("film {row} is not in this catalogue of {n_items}; remove it and go on")]
    UnknownItem { row: u32, n_items: usize },
    #[error("the model failed to run; try another one or restart the engine: {detail}")]
    ModelFailed { detail: String },
    #[error(
        "this device has too little memory free for the language model; close other pages and try again, or go on without it"
    )]
    NoMemory,
    #[error("the engine could not read a message: {detail}")]
    Unreadable { detail: String },
}
