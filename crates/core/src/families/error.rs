//! What can be wrong with a family, its files or its question.

use super::{CodesError, Part, TableError};
use crate::manifest::ManifestError;
use crate::nearest::VectorsError;
use crate::recommend::RankError;

#[derive(Debug, thiserror::Error)]
pub enum FamilyError {
    #[error("this model is not part of the site: {name}")]
    UnknownFamily { name: String },
    #[error("film {row} is not in this catalogue of {n_items}; remove it and go on")]
    UnknownItem { row: u32, n_items: usize },
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Table(#[from] TableError),
    #[error(transparent)]
    Rank(#[from] RankError),
    #[error(transparent)]
    Vectors(#[from] VectorsError),
    #[error(transparent)]
    Codes(#[from] CodesError),
    #[error("a part of the model was not given: {part:?}")]
    MissingPart { part: Part },
    #[error("this model shows nothing but its list: {name}")]
    NoInside { name: &'static str },
    #[error("what the model shows cannot be sent: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error("the model's answer does not fit its question; reload the page: {output}")]
    WrongOutput { output: String },
}
