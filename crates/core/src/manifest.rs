//! What `models/artifacts` holds: names, shapes, sizes, checksums, results.

mod held_out;
mod language;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use held_out::HeldOutEntry;
pub use language::{LanguageModel, LanguageWeights, MeasuredLists, MeasuredRanker, Wording};

/// The one version of `manifest.json` this program reads.
pub const VERSION: u32 = 1;

#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error("the list of models cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the list of models is of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error("the list of models has an entry that cannot be true; tell the site's owner: {entry}")]
    Impossible { entry: String },
    #[error("the list of models lacks a file; tell the site's owner: {part} of {family}")]
    MissingFile { family: String, part: String },
    #[error("a file has {got} bytes in place of {expected}; reload the page: {path}")]
    WrongSize { path: String, expected: u64, got: u64 },
    #[error("a file is not the one its checksum names; reload the page: {path}")]
    WrongChecksum { path: String },
}

/// A file of `models/artifacts`, as it must arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Relative to `models/artifacts/`.
    pub path: String,
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub version: u32,
    pub catalogue: CatalogueEntry,
    /// By family name.
    pub families: BTreeMap<String, FamilyEntry>,
    #[serde(default)]
    pub encoder: Option<EncoderEntry>,
    /// Distilled from `encoder`, and of the same space: both read the same shipped vectors.
    #[serde(default)]
    pub small_encoder: Option<EncoderEntry>,
    /// All films laid out on a plane.
    #[serde(default)]
    pub map: Option<MapEntry>,
    /// What conversations weigh, and the words they are read by.
    #[serde(default)]
    pub dialogue: Option<DialogueEntry>,
    /// Users whom no model learned from, to measure models on.
    #[serde(default)]
    pub held_out: Option<HeldOutEntry>,
    /// Stored answers by family name, and "encoder", "small_encoder", "item_texts", "tokenizer", "dialogue".
    #[serde(default)]
    pub golden: BTreeMap<String, FileRef>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueEntry {
    pub file: FileRef,
    /// What no first list needs: cast, tags, countries, ids elsewhere.
    pub details: FileRef,
    pub n_items: usize,
}

/// One shipped recommender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FamilyEntry {
    /// By part: "table", "scores", "vectors" or "graph". None of a family that is made of others.
    pub files: BTreeMap<String, FileRef>,
    /// How many of the newest picks it reads.
    pub max_history: usize,
    /// Weight of a pick by its age, the newest first. Counting families only.
    #[serde(default)]
    pub age_weights: Vec<f32>,
    /// Weight of picks older than `age_weights` is long.
    #[serde(default)]
    pub rest_weight: f32,
    #[serde(default)]
    pub popularity_weight: f32,
    /// Numbers per text vector, for families that read them.
    #[serde(default)]
    pub dim: usize,
    #[serde(default)]
    pub opset: Option<u32>,
    #[serde(default)]
    pub inputs: BTreeMap<String, TensorSpec>,
    #[serde(default)]
    pub outputs: BTreeMap<String, TensorSpec>,
    #[serde(default)]
    pub results: Option<Results>,
    #[serde(default)]
    pub faithfulness: Option<Faithfulness>,
    /// Adversarial families only.
    #[serde(default)]
    pub rounds: Option<Rounds>,
    /// The families of which it is made, none of them made of others. Blends only.
    #[serde(default)]
    pub members: Vec<Member>,
    /// How slowly points fall with rank: a first place gives 1, place `constant + 2` half of it.
    #[serde(default)]
    pub constant: f64,
}

/// One of the families of which another is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub family: String,
    /// What its points are multiplied by.
    pub weight: f64,
}

/// Which of the site's text encoders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EncoderName {
    SmallEncoder,
    Encoder,
}

impl EncoderName {
    /// What the manifest calls it and its golden answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SmallEncoder => "small_encoder",
            Self::Encoder => "encoder",
        }
    }
}

/// A text encoder: one graph per backend, its tokenizer and the shipped vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EncoderEntry {
    /// By part: "wasm", "webgpu", "tokenizer", "folds", "vectors".
    pub files: BTreeMap<String, FileRef>,
    pub dim: usize,
    pub max_tokens: usize,
    #[serde(default)]
    pub inputs: BTreeMap<String, TensorSpec>,
    #[serde(default)]
    pub outputs: BTreeMap<String, TensorSpec>,
}

/// The maps of all films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapEntry {
    /// By what a layout goes by: "text", "model".
    pub files: BTreeMap<String, FileRef>,
    /// Of a film's ten nearest by what the layout goes by, the share among its ten nearest on it.
    pub kept_of_ten: BTreeMap<String, f64>,
}

/// What the page of conversations reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueEntry {
    /// By part: "weights", and "lexicon", which is built into the program.
    pub files: BTreeMap<String, FileRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TensorSpec {
    /// "int32", "float32", …
    #[serde(rename = "type")]
    pub kind: String,
    pub shape: Vec<Axis>,
}

/// The length of a tensor along one axis: a number, or a name where it varies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Axis {
    Fixed(usize),
    Named(String),
}

/// How the shipped file did on held-out readers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// "A", "B" or "C"; never compare across tables.
    pub table: String,
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    #[serde(rename = "ndcg@10_low", default)]
    pub ndcg_at_10_low: Option<f64>,
    #[serde(rename = "ndcg@10_high", default)]
    pub ndcg_at_10_high: Option<f64>,
    #[serde(rename = "hr@10")]
    pub hr_at_10: f64,
    pub n_users: usize,
    /// Each user's are asked one after the other; the interval is over users.
    pub n_questions: usize,
}

/// How often the best recommendation of held-out readers outlives the picks that each explainer
/// names first, from 0 to 1: the less, the more those picks carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Faithfulness {
    pub n_users: usize,
    /// Outliving means to stay in so many first ranks.
    pub within: usize,
    pub leave_one_out: f64,
    #[serde(default)]
    pub contributions: Option<f64>,
    #[serde(default)]
    pub attention: Option<f64>,
    pub most_recent: f64,
    pub random: f64,
}

/// What adversarial rounds did to a generator, measured on the same held-out readers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rounds {
    /// "A", "B" or "C"; never compare across tables.
    pub table: String,
    pub n_users: usize,
    pub before: Reached,
    pub after: Reached,
    /// Without rounds, but pre-trained for as many passes more.
    pub longer: Reached,
    /// As if it recommended, after the rounds.
    pub discriminator: Reached,
}

/// NDCG@100 and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    #[serde(rename = "ndcg@100")]
    pub ndcg_at_100: f32,
    #[serde(rename = "ndcg@100_low")]
    pub low: f32,
    #[serde(rename = "ndcg@100_high")]
    pub high: f32,
}

impl Manifest {
    /// Reads `manifest.json` and checks it.
    ///
    /// # Errors
    /// [`ManifestError`] if it is not JSON of the agreed shape, of another version, or has an
    /// entry that cannot be true, such as a path that leaves its folder.
    pub fn from_json(json: &[u8]) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_slice(json)?;
        manifest.check()?;
        Ok(manifest)
    }

    pub fn family(&self, name: &str) -> Option<&FamilyEntry> {
        self.families.get(name)
    }

    /// The file of a family's part.
    ///
    /// # Errors
    /// [`ManifestError::MissingFile`] if there is no such family or part.
    pub fn file_of(&self, family: &str, part: &str) -> Result<&FileRef, ManifestError> {
        let file = self.family(family).and_then(|entry| entry.files.get(part));
        file.ok_or_else(|| missing(family, part))
    }

    /// The files of a family and of those of which it is made, each once.
    pub fn family_files(&self, name: &str) -> Vec<&FileRef> {
        let entry = self.family(name);
        let members = entry.iter().flat_map(|it| &it.members);
        let entries = entry.into_iter().chain(members.filter_map(|it| self.family(&it.family)));
        let files = entries.flat_map(|it| it.files.values());
        // Families may share a file.
        files.map(|it| (&it.path, it)).collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// The text encoders that ship, the quickest first: the one to begin with.
    pub fn encoders(&self) -> impl Iterator<Item = (EncoderName, &EncoderEntry)> {
        let small = self.small_encoder.iter().map(|it| (EncoderName::SmallEncoder, it));
        small.chain(self.encoder.iter().map(|it| (EncoderName::Encoder, it)))
    }

    pub fn encoder(&self, name: EncoderName) -> Option<&EncoderEntry> {
        self.encoders().find_map(|(it, entry)| (it == name).then_some(entry))
    }

    /// Every file the manifest names, some more than once.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        [&self.catalogue.file, &self.catalogue.details]
            .into_iter()
            .chain(self.families.values().flat_map(|family| family.files.values()))
            .chain(self.encoders().flat_map(|(_, encoder)| encoder.files.values()))
            .chain(self.map.iter().flat_map(|map| map.files.values()))
            .chain(self.dialogue.iter().flat_map(|dialogue| dialogue.files.values()))
            .chain(self.held_out.iter().flat_map(|held_out| held_out.files.values()))
            .chain(self.golden.values())
    }

    /// Members are no blends, come once each, and have a weight.
    fn can_be_made(&self, of: &FamilyEntry) -> bool {
        let is_plain =
            |it: &Member| self.family(&it.family).is_none_or(|member| member.members.is_empty());
        let is_weight = |it: &Member| it.weight.is_finite() && it.weight > 0.0;
        let names: BTreeSet<&str> = of.members.iter().map(|it| it.family.as_str()).collect();
        names.len() == of.members.len()
            && of.members.iter().all(|it| is_plain(it) && is_weight(it))
            && of.constant.is_finite()
            && of.constant >= 0.0
    }

    fn check(&self) -> Result<(), ManifestError> {
        if self.version != VERSION {
            return Err(ManifestError::UnknownVersion { version: self.version });
        }
        let require = |is_true: bool, entry: &str| {
            let entry = entry.to_owned();
            if is_true { Ok(()) } else { Err(ManifestError::Impossible { entry }) }
        };
        require(self.catalogue.n_items > 0, "catalogue.n_items")?;
        for (name, family) in &self.families {
            require(
                !family.files.is_empty() || !family.members.is_empty(),
                &format!("{name}.files"),
            )?;
            require(self.can_be_made(family), &format!("{name}.members or constant"))?;
            require(family.max_history > 0, &format!("{name}.max_history"))?;
            let weights = [family.rest_weight, family.popularity_weight];
            let mut weights = family.age_weights.iter().chain(&weights);
            require(weights.all(|weight| weight.is_finite()), &format!("{name} weights"))?;
        }
        for (name, encoder) in self.encoders() {
            let is_possible = encoder.dim > 0 && encoder.max_tokens > 0;
            require(is_possible, &format!("{}.dim or max_tokens", name.as_str()))?;
        }
        if let Some(map) = &self.map {
            let is_possible =
                |name| map.kept_of_ten.get(name).is_some_and(|it| (0.0..=1.0).contains(it));
            require(map.files.keys().all(is_possible), "map.kept_of_ten")?;
        }
        self.files().try_for_each(|file| require(file.is_plausible(), &file.path))
    }
}

impl EncoderEntry {
    /// # Errors
    /// [`ManifestError::MissingFile`] if there is no such part.
    pub fn file(&self, part: &str) -> Result<&FileRef, ManifestError> {
        self.files.get(part).ok_or_else(|| missing("encoder", part))
    }
}

impl FileRef {
    /// The path stays in its folder, and the checksum could be one.
    fn is_plausible(&self) -> bool {
        let is_step = |step: &str| {
            !step.is_empty()
                && !step.starts_with('.')
                && step.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        self.path.split('/').all(is_step)
            && self.bytes > 0
            && self.sha256.len() == 64
            && self.sha256.bytes().all(is_hex)
    }
}

/// Checks that `bytes` are the file that `file` names.
///
/// # Errors
/// [`ManifestError::WrongSize`] or [`ManifestError::WrongChecksum`] if they are not.
pub fn verify(bytes: &[u8], file: &FileRef) -> Result<(), ManifestError> {
    let got = bytes.len() as u64;
    if got != file.bytes {
        let path = file.path.clone();
        return Err(ManifestError::WrongSize { path, expected: file.bytes, got });
    }
    if sha256_of(bytes) != file.sha256 {
        return Err(ManifestError::WrongChecksum { path: file.path.clone() });
    }
    Ok(())
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn missing(family: &str, part: &str) -> ManifestError {
    ManifestError::MissingFile { family: family.to_owned(), part: part.to_owned() }
}

#[cfg(test)]
pub(crate) mod tests;
