//! The rules of Glassrec, without a browser: items, histories, recommenders, explanations, conversation.
//!
//! Modules in reading order. They know neither browser nor runtime and are tested on the host; ARCHITECTURE.md says
//! who may import whom.
#![allow(clippy::module_name_repetitions)]

pub mod address; // page state ⇄ URL fragment
pub mod catalog; // items and facts
pub mod compare; // ranked lists side by side: consensus, dispute, overlap
pub mod dialogue; // messages → what the reader wants → films, with the evidence
pub mod explain; // influence, counterfactuals
pub mod families; // one file per recommender family
pub mod feedback; // what the reader said of films beside picking them
pub mod figures; // numbers as they are written
pub mod history; // what the reader picked
pub mod kept; // lists of films as text, and the merge of what several tabs did to one
pub mod language; // a language model as a recommender: tokens, prompts, scores, constrained decoding
pub mod manifest; // what models/artifacts holds
pub mod map; // all films on a plane: layout, viewport, hit test, lasso
pub mod measure; // models on held-out users: questions, protocols, figures with intervals
pub mod nearest; // exact nearest vectors, int8
pub mod order; // sorting by a number
pub mod plot; // numbers → pixels
pub mod random; // seeded numbers
pub mod recommend; // scores → ranked list
pub mod reranker; // a small network over text vectors, trained on what one reader marked
pub mod tokenize; // text → token ids for the encoder
