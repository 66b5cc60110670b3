//! What `models/llm` holds, on sites that have it: a language model in parts, and how it is asked.

use serde::{Deserialize, Serialize};

use super::{FileRef, ManifestError, VERSION};

/// The folder of the language model, beside the other models.
const FOLDER: &str = "llm/";
/// Longer contexts would take a page minutes.
const MOST_TOKENS: usize = 8_192;

/// `models/llm/llm.json`: see "The language model" in docs/formats.md. Paths are relative to `models/`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageModel {
    version: u32,
    pub name: String,
    #[serde(flatten)]
    pub weights: LanguageWeights,
    pub n_vocab: usize,
    /// The token that every text begins with.
    pub begin: u32,
    pub newline: u32,
    /// A prefix and a row together.
    pub max_tokens: usize,
    pub tokenizer: FileRef,
    pub licence: FileRef,
    pub prompt: Wording,
    /// Of the tuned model, where there is one.
    #[serde(default)]
    tuning: Option<Tuning>,
    /// What it reached on lists of 20, where the site tells.
    #[serde(default)]
    pub measured: Option<MeasuredLists>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Tuning {
    /// 1 where a reader starts with the tuned model.
    adapted: f32,
    calibration: f32,
}

/// Rankers of the same short lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredLists {
    pub n_users: usize,
    /// The best first.
    pub rows: Vec<MeasuredRanker>,
}

/// A ranker's NDCG@10 with its 95 % interval over readers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredRanker {
    /// A family, "random", or "llm" and "llm_tuned" with "raw", "half" or "full" for the share taken off.
    pub name: String,
    pub ndcg: f32,
    pub low: f32,
    pub high: f32,
}

/// The graph and the shape of what it keeps of a prefix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageWeights {
    /// Joined in order they are one ONNX file.
    pub parts: Vec<FileRef>,
    /// Keys and values of a token are `[slots, head_dim]` numbers.
    pub slots: usize,
    pub head_dim: usize,
    /// Whether they hold what was learnt from people's histories too, to be added or left out.
    pub tuned: bool,
}

/// How a prompt names a history and asks for a film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    pub opening: String,
    /// A line for a pick: `{number}`, `{title}` and, where it is known, ` ({year})`.
    pub pick: String,
    /// What the next title follows.
    pub asked: String,
    /// A candidate.
    pub title: String,
    /// How many of the newest picks the prompt names.
    pub n_picks: usize,
    /// How much of the title's log-probability without a history is taken off.
    pub calibration: f32,
}

impl LanguageModel {
    /// # Errors
    /// [`ManifestError`] if this is not a list this program reads, or one that cannot be true.
    pub fn from_json(json: &[u8]) -> Result<Self, ManifestError> {
        let mut model: Self = serde_json::from_slice(json)?;
        if model.version != VERSION {
            return Err(ManifestError::UnknownVersion { version: model.version });
        }
        let LanguageWeights { parts, slots, head_dim, .. } = &model.weights;
        let is_sound = !parts.is_empty()
            && *slots > 0
            && *head_dim > 0
            && (model.begin as usize) < model.n_vocab
            && (2..=MOST_TOKENS).contains(&model.max_tokens);
        if !is_sound {
            return Err(ManifestError::Impossible { entry: "llm".to_owned() });
        }
        let parts = model.weights.parts.iter_mut();
        for file in parts.chain([&mut model.tokenizer, &mut model.licence]) {
            file.path.insert_str(0, FOLDER);
        }
        Ok(model)
    }

    /// Whether a reader starts with the tuned model.
    pub fn starts_adapted(&self) -> bool {
        self.tuning.as_ref().is_some_and(|it| it.adapted > 0.5)
    }

    /// The share of a title's log-probability without a history that serves this form best.
    pub fn calibration(&self, is_adapted: bool) -> f32 {
        match &self.tuning {
            Some(tuning) if is_adapted => tuning.calibration,
            _ => self.prompt.calibration,
        }
    }

    /// What has to come before the model can be asked.
    pub fn bytes(&self) -> u64 {
        self.weights.parts.iter().map(|it| it.bytes).sum::<u64>() + self.tokenizer.bytes
    }
}
