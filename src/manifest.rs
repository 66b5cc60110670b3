//! What `models/artifacts` holds: names, shapes, sizes, checksums, results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
    /// Stored answers by family name, and "encoder", "small_encoder" and "item_texts".
    #[serde(default)]
    pub golden: BTreeMap<String, FileRef>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueEntry {
    pub file: FileRef,
    pub n_items: usize,
}

/// One shipped recommender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FamilyEntry {
    /// By part: "table", "scores", "vectors" or "graph".
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
        std::iter::once(&self.catalogue.file)
            .chain(self.families.values().flat_map(|family| family.files.values()))
            .chain(self.encoders().flat_map(|(_, encoder)| encoder.files.values()))
            .chain(self.map.iter().flat_map(|map| map.files.values()))
            .chain(self.golden.values())
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
            require(!family.files.is_empty(), &format!("{name}.files"))?;
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
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A made-up manifest for three films, with one family of each sort.
    pub(crate) fn made_up() -> Value {
        let file = |path: &str| json!({"path": path, "bytes": 3, "sha256": sha256_of(b"abc")});
        json!({
            "version": 1,
            "catalogue": {"file": file("catalogue.json"), "n_items": 3},
            "families": {
                "popularity": {"files": {"scores": file("popularity.scores")}, "max_history": 9},
                "ease": {
                    "files": {"table": file("ease.table")}, "age_weights": [1.0, 0.5],
                    "rest_weight": 0.25, "popularity_weight": 0.0, "max_history": 3,
                    "results": {
                        "table": "B", "ndcg@10": 0.09, "ndcg@10_low": 0.08, "ndcg@10_high": 0.1,
                        "hr@10": 0.17, "n_users": 3000
                    }
                },
                "sasrec": {
                    "files": {"graph": file("sasrec.onnx")}, "max_history": 2, "opset": 18,
                    "inputs": {"history": {"type": "int32", "shape": ["batch", "length"]}},
                    "outputs": {
                        "scores": {"type": "float32", "shape": ["batch", 3]},
                        "attention": {"type": "float32", "shape": ["batch", "layers", "length"]}
                    }
                }
            },
            "encoder": {"files": {"wasm": file("encoder.onnx")}, "dim": 4, "max_tokens": 8},
            "small_encoder": {"files": {"wasm": file("small.onnx")}, "dim": 4, "max_tokens": 8},
            "map": {"files": {"text": file("text.layout")}, "kept_of_ten": {"text": 0.32}},
            "golden": {"ease": file("golden/ease.json")}
        })
    }

    pub(crate) fn read(json: &Value) -> Result<Manifest, ManifestError> {
        Manifest::from_json(json.to_string().as_bytes())
    }

    #[track_caller]
    fn check_refused(pointer: &str, value: Value, want: &str) {
        let mut json = made_up();
        *json.pointer_mut(pointer).unwrap() = value;
        let got = read(&json).unwrap_err().to_string();
        assert!(got.contains(want), "{got:?} does not speak of {want:?}");
    }

    #[test]
    fn a_manifest_tells_files_shapes_and_results() {
        let manifest = read(&made_up()).unwrap();
        assert_eq!(manifest.files().count(), 8);
        assert_eq!(manifest.file_of("ease", "table").unwrap().path, "ease.table");
        assert_eq!(manifest.family("ease").unwrap().results.as_ref().unwrap().ndcg_at_10, 0.09);
        let scores = &manifest.family("sasrec").unwrap().outputs["scores"];
        assert_eq!(scores.shape, [Axis::Named("batch".to_owned()), Axis::Fixed(3)]);
        let missing = manifest.file_of("ease", "graph").unwrap_err().to_string();
        assert!(missing.ends_with("graph of ease"), "{missing}");
        assert!(manifest.file_of("gru4rec", "graph").is_err());
        let names: Vec<EncoderName> = manifest.encoders().map(|(name, _)| name).collect();
        assert_eq!(names, [EncoderName::SmallEncoder, EncoderName::Encoder]);
        assert!(manifest.encoder(EncoderName::Encoder).unwrap().file("webgpu").is_err());
    }

    #[test]
    fn what_cannot_be_true_is_refused() {
        check_refused("/version", 2.into(), "another version");
        check_refused("/catalogue/n_items", 0.into(), "catalogue.n_items");
        check_refused("/families/ease/max_history", 0.into(), "ease.max_history");
        check_refused("/families/ease/files", json!({}), "ease.files");
        check_refused("/families/ease/rest_weight", json!(1e39), "ease weights");
        check_refused("/families/ease/rest_weight", json!("one"), "cannot be read");
        check_refused("/map/kept_of_ten/text", json!(1.5), "map.kept_of_ten");
        check_refused("/map/kept_of_ten", json!({}), "map.kept_of_ten");
        check_refused("/encoder/dim", 0.into(), "encoder.dim");
        check_refused("/small_encoder/max_tokens", 0.into(), "small_encoder.dim");
        check_refused("/catalogue/file/sha256", "AB".into(), "catalogue.json");
        check_refused("/catalogue/file/bytes", 0.into(), "catalogue.json");
    }

    #[test]
    fn a_path_stays_in_its_folder() {
        for path in ["../secret", "/etc/passwd", "a//b", "", ".hidden", "a b", "https://x.y/z"] {
            check_refused("/families/ease/files/table/path", path.into(), path);
        }
    }

    #[test]
    fn a_file_is_known_by_its_size_and_checksum() {
        let file = read(&made_up()).unwrap().catalogue.file;
        assert!(verify(b"abc", &file).is_ok());
        assert!(matches!(
            verify(b"ab", &file),
            Err(ManifestError::WrongSize { expected: 3, got: 2, .. })
        ));
        assert!(matches!(verify(b"abd", &file), Err(ManifestError::WrongChecksum { .. })));
        // The digest of "abc" from FIPS 180.
        assert!(file.sha256.starts_with("ba7816bf8f01cfea"));
    }

    #[test]
    fn a_manifest_that_is_cut_is_refused() {
        let whole = made_up().to_string();
        for length in 0..whole.len() {
            assert!(Manifest::from_json(&whole.as_bytes()[..length]).is_err());
        }
    }
}
