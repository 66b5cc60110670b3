//! Runs each model on its stored known input and compares with the stored answer.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalog::ItemRow;
use crate::engine::files::Halt;
use crate::engine::protocol::{Backend, EncoderName, EngineError, ParityCheck};
use crate::engine::search::Search;
use crate::engine::shelf::{Shelf, damaged, failed, now_millis};
use crate::families::{FIRST_FAMILY, FamilyName, Want};
use crate::history::History;
use crate::manifest::{FileRef, Manifest};
use crate::nearest::Vectors;
use crate::recommend;

const TOP: usize = 10;
/// Films whose scores lie within the tolerance of each other may change places at the list's end.
const MIN_SHARED: usize = 9;

#[derive(Deserialize)]
struct Golden<Case> {
    tolerance: f32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct HistoryCase {
    history: Vec<ItemRow>,
    top: Vec<(ItemRow, f32)>,
}

#[derive(Deserialize)]
struct TextCase {
    text: String,
    tokens: Vec<u32>,
    wasm: Vec<f32>,
    webgpu: Vec<f32>,
}

/// Loads both models and the stored answers, so that the checks wait for nothing.
pub(super) async fn prepare(
    shelf: &mut Shelf,
    search: &mut Search,
    name: EncoderName,
) -> Result<(), Halt> {
    shelf.family(&first_family()).await?;
    search.encoder(shelf, name).await?;
    search.shipped(shelf, name)?;
    let manifest = shelf.manifest()?;
    let of_family = golden_file(&manifest, FIRST_FAMILY)?;
    shelf.files.need(&[of_family, golden_file(&manifest, name.as_str())?])
}

fn first_family() -> FamilyName {
    FamilyName(FIRST_FAMILY.to_owned())
}

/// Checks the family that a first visit starts with.
pub(super) async fn check_family(shelf: &mut Shelf) -> Result<ParityCheck, Halt> {
    let name = first_family();
    let golden: Golden<HistoryCase> = golden(shelf, &name.0)?;
    let mut family = shelf.family(&name).await?;
    let mut tally = Tally::begin();
    for case in golden.cases {
        let history: History = case.history.into_iter().collect();
        let scored = family.score(std::slice::from_ref(&history), Want::Scores).await?;
        let scores = scored.scores.first().map_or(&[][..], Vec::as_slice);
        let list =
            recommend::rank(scores, scores.len(), &history, TOP).map_err(|error| failed(&error))?;
        let fresh: Vec<ItemRow> = list.iter().map(|it| it.item).collect();
        let stored: Vec<ItemRow> = case.top.iter().map(|(row, _)| *row).collect();
        let pairs = case.top.iter().map(|(row, score)| {
            (*score, scores.get(row.index()).copied().unwrap_or(f32::INFINITY))
        });
        tally.add(&fresh, &stored, pairs);
    }
    Ok(tally.end(name.0, golden.tolerance))
}

/// Checks the text encoder, and through it the tokenizer.
pub(super) async fn check_encoder(
    shelf: &mut Shelf,
    search: &mut Search,
    name: EncoderName,
) -> Result<ParityCheck, Halt> {
    let golden: Golden<TextCase> = golden(shelf, name.as_str())?;
    search.shipped(shelf, name)?;
    let backend = shelf.runtime.backend();
    let mut tally = Tally::begin();
    for case in golden.cases {
        let encoder = search.encoder(shelf, name).await?;
        let is_same_text = encoder.tokens(&case.text) == case.tokens;
        let mut fresh = encoder.embed(&[case.text]).await?;
        let fresh = fresh.swap_remove(0);
        let stored = match backend {
            Backend::Wasm => case.wasm,
            Backend::WebGpu => case.webgpu,
        };
        let shipped = search.shipped(shelf, name)?;
        let pairs = stored.iter().copied().zip(fresh.iter().copied());
        let cut_differently = (!is_same_text).then_some((0.0, f32::INFINITY));
        tally.add(
            &nearest(shipped, &fresh)?,
            &nearest(shipped, &stored)?,
            pairs.chain(cut_differently),
        );
    }
    Ok(tally.end(name.as_str().to_owned(), golden.tolerance))
}

struct Tally {
    began_at: f64,
    shared: usize,
    largest_difference: f32,
}

impl Tally {
    fn begin() -> Self {
        Self { began_at: now_millis(), shared: TOP, largest_difference: 0.0 }
    }

    fn add(
        &mut self,
        fresh: &[ItemRow],
        stored: &[ItemRow],
        pairs: impl Iterator<Item = (f32, f32)>,
    ) {
        let n_shared = stored.iter().filter(|row| fresh.contains(row)).count();
        self.shared = self.shared.min(n_shared + TOP.saturating_sub(stored.len()));
        for (stored, fresh) in pairs {
            let difference = (stored - fresh).abs();
            // `max` alone would let a NaN pass.
            let difference = if difference.is_nan() { f32::INFINITY } else { difference };
            self.largest_difference = self.largest_difference.max(difference);
        }
    }

    fn end(self, model: String, tolerance: f32) -> ParityCheck {
        let passed = self.largest_difference <= tolerance && self.shared >= MIN_SHARED;
        let millis = now_millis() - self.began_at;
        let Self { shared, largest_difference, .. } = self;
        ParityCheck { model, top10_shared: shared, largest_difference, tolerance, passed, millis }
    }
}

fn golden<Case: DeserializeOwned>(shelf: &mut Shelf, name: &str) -> Result<Golden<Case>, Halt> {
    let manifest = shelf.manifest()?;
    let file = golden_file(&manifest, name)?;
    let json = shelf.files.take(file)?;
    Ok(serde_json::from_slice(&json).map_err(|error| damaged(&file.path, &error))?)
}

fn golden_file<'a>(manifest: &'a Manifest, name: &str) -> Result<&'a FileRef, EngineError> {
    let missing = || EngineError::Damaged { path: format!("golden/{name}.json") };
    manifest.golden.get(name).ok_or_else(missing)
}

fn nearest(vectors: &Vectors, query: &[f32]) -> Result<Vec<ItemRow>, EngineError> {
    let found = vectors.nearest(query, TOP).map_err(|error| failed(&error))?;
    Ok(found.into_iter().map(|it| it.item).collect())
}
