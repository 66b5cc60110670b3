//! Glassrec: generative recommenders that run in the reader's browser and can be tested there.
//!
//! Modules in reading order. Those marked *pure* know neither browser nor runtime and are
//! tested on the host; ARCHITECTURE.md says who may import whom.
#![allow(clippy::module_name_repetitions)]

pub mod address; // pure · page state ⇄ URL fragment
pub mod catalog; // pure · items and facts
pub mod compare; // pure · ranked lists side by side: consensus, dispute, overlap
pub mod dialogue; // pure · messages → what the reader wants → films, with the evidence
pub mod explain; // pure · influence, counterfactuals
pub mod families; // pure · one file per recommender family
pub mod feedback; // pure · what the reader said of films beside picking them
pub mod figures; // pure · numbers as they are written
pub mod head; // pure · a small network over text vectors, trained on what one reader marked
pub mod history; // pure · what the reader picked
pub mod kept; // pure · lists of films as text, and the merge of what several tabs did to one
pub mod language; // pure · a language model as a recommender: tokens, prompts, scores, constrained decoding
pub mod manifest; // pure · what models/artifacts holds
pub mod map; // pure · all films on a plane: layout, viewport, hit test, lasso
pub mod nearest; // pure · exact nearest vectors, int8
pub mod plot; // pure · numbers → pixels
pub mod random; // pure · seeded numbers
pub mod recommend; // pure · scores → ranked list
pub mod tokenize; // pure · text → token ids for the encoder

pub mod engine;

#[cfg(target_arch = "wasm32")]
pub mod fetch;
#[cfg(target_arch = "wasm32")]
pub mod profile;
#[cfg(target_arch = "wasm32")]
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod start; // starts the engine, mounts a page
#[cfg(target_arch = "wasm32")]
pub mod views;
