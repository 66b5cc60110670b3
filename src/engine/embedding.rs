//! Embeds the catalogue on this device, a little at a time, and keeps what is done.

use std::cmp::Reverse;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::encoder::{self, Encoder};
use crate::engine::files::Halt;
use crate::engine::protocol::{EmbeddingProgress, EncoderName, EngineError, StorageFault};
use crate::engine::shelf::{Shelf, failed, now_millis};
use crate::manifest::Manifest;
use crate::nearest::Vectors;
use crate::profile::{Piece, VectorStore};

/// How long one step may take, so that a reader who asks meanwhile need not wait.
const STEP_MILLIS: f64 = 90.0;
/// Bounds on the tokens of one run, between which its size follows this device's speed.
const MIN_TOKENS: usize = 64;
const MAX_TOKENS: usize = 512;

pub(super) struct Embedding {
    /// One entry per catalogue row.
    vectors: Vec<Option<Vec<f32>>>,
    /// Rows whose texts are still to be cut into tokens.
    unread: Vec<ItemRow>,
    /// Rows still to do with their tokens; the shortest last, where they are taken from.
    waiting: Vec<(ItemRow, Vec<u32>)>,
    store_name: String,
    store: Result<VectorStore, StorageFault>,
    n_from_storage: usize,
    millis_embedding: f64,
    tokens_per_run: usize,
}

impl Embedding {
    /// Takes up what this device kept from an earlier visit.
    pub(super) async fn begin(
        shelf: &mut Shelf,
        catalogue: &Catalogue,
        name: EncoderName,
    ) -> Result<Self, Halt> {
        let manifest = shelf.manifest()?;
        let dim = encoder::entry(&manifest, name)?.dim;
        let name = store_name(&manifest, name, encoder::graph_part(shelf.runtime.backend()))?;
        let mut vectors = vec![None; catalogue.n_items()];
        let mut store = VectorStore::open(&name).await;
        if let Ok(open) = &store {
            match open.pieces().await {
                Ok(pieces) => pieces.iter().for_each(|piece| unpack(piece, dim, &mut vectors)),
                Err(fault) => store = Err(fault),
            }
        }
        let missing = |row: &ItemRow| vectors[row.index()].is_none();
        let unread: Vec<ItemRow> = catalogue.rows().filter(missing).collect();
        let n_from_storage = vectors.len() - unread.len();
        Ok(Self {
            vectors,
            unread,
            waiting: Vec::new(),
            store_name: name,
            store,
            n_from_storage,
            millis_embedding: 0.0,
            tokens_per_run: MIN_TOKENS * 2,
        })
    }

    /// Reads texts or embeds them for up to [`STEP_MILLIS`], and keeps the result.
    pub(super) async fn step(
        &mut self,
        encoder: &mut Encoder,
        catalogue: &Catalogue,
    ) -> Result<(), EngineError> {
        let began_at = now_millis();
        if !self.unread.is_empty() {
            self.read(began_at, encoder, catalogue);
            return Ok(());
        }
        let mut done: Vec<(ItemRow, Vec<f32>)> = Vec::new();
        let mut last_millis = 0.0;
        while !self.waiting.is_empty() && now_millis() - began_at + last_millis <= STEP_MILLIS {
            let run_at = now_millis();
            let batch = self.next_run();
            let tokens: Vec<&[u32]> = batch.iter().map(|(_, tokens)| tokens.as_slice()).collect();
            match encoder.embed_alike(&tokens).await {
                Ok(vectors) => done.extend(batch.iter().map(|(row, _)| *row).zip(vectors)),
                Err(error) => {
                    self.waiting.extend(batch); // the next step tries it again
                    return Err(error);
                }
            }
            last_millis = now_millis() - run_at;
            self.adapt(last_millis);
        }
        self.millis_embedding += now_millis() - began_at;
        self.keep(&done).await?;
        for (row, vector) in done {
            self.vectors[row.index()] = Some(vector);
        }
        Ok(())
    }

    /// Cuts texts into tokens, all of them before the first run: runs take texts of one length.
    fn read(&mut self, began_at: f64, encoder: &Encoder, catalogue: &Catalogue) {
        while let Some(row) = self.unread.pop() {
            self.waiting.push((row, encoder.tokens(&catalogue.item_text(row))));
            if now_millis() - began_at > STEP_MILLIS {
                break;
            }
        }
        if self.unread.is_empty() {
            self.waiting.sort_by_key(|(row, tokens)| Reverse((tokens.len(), *row)));
        }
    }

    /// Takes texts of one length, as many as a run may hold.
    fn next_run(&mut self) -> Vec<(ItemRow, Vec<u32>)> {
        let length = self.waiting.last().map_or(1, |(_, tokens)| tokens.len().max(1));
        let most = (self.tokens_per_run / length).max(1);
        let n_alike = self.waiting.iter().rev().take(most).take_while(|(_, it)| it.len() == length);
        let n_alike = n_alike.count().max(1).min(self.waiting.len());
        let mut batch = self.waiting.split_off(self.waiting.len() - n_alike);
        batch.reverse(); // row order
        batch
    }

    fn adapt(&mut self, run_millis: f64) {
        if run_millis > STEP_MILLIS * 0.75 {
            self.tokens_per_run = (self.tokens_per_run / 2).max(MIN_TOKENS);
        } else if run_millis < STEP_MILLIS * 0.25 {
            self.tokens_per_run = (self.tokens_per_run * 2).min(MAX_TOKENS);
        }
    }

    async fn keep(&mut self, done: &[(ItemRow, Vec<f32>)]) -> Result<(), EngineError> {
        let mut unkept = done.to_vec();
        if self.store.as_ref().is_err_and(|it| *it == StorageFault::Blocked) {
            self.store = VectorStore::open(&self.store_name).await;
            // The other tab is closed now: what was done meanwhile is kept as well.
            let before = (0..).map(ItemRow).zip(&self.vectors);
            unkept.extend(before.filter_map(|(row, vector)| Some((row, vector.clone()?))));
        }
        let (Ok(store), Some(piece)) = (&self.store, pack(&unkept)?) else { return Ok(()) };
        if let Err(fault) = store.keep(&piece).await {
            self.store = Err(fault); // told with the progress; the work goes on
        }
        Ok(())
    }

    /// The device's own vectors, once all are there.
    pub(super) async fn finished(
        &self,
        manifest: &Manifest,
    ) -> Result<Option<Vectors>, EngineError> {
        if !self.unread.is_empty() || !self.waiting.is_empty() {
            return Ok(None);
        }
        let rows = self.vectors.iter().flatten();
        let vectors = to_vectors(rows.map(Vec::as_slice))?;
        if let Ok(store) = &self.store {
            let mut current = Vec::new();
            for (name, _) in manifest.encoders() {
                current.push(store_name(manifest, name, "wasm")?);
                current.push(store_name(manifest, name, "webgpu")?);
            }
            // Old vectors that stay behind cost room, nothing else.
            let _ =
                store.forget_others(|key| current.iter().any(|name| key.starts_with(name))).await;
        }
        Ok(Some(vectors))
    }

    pub(super) fn progress(&self, agreement_with_shipped: Option<f32>) -> EmbeddingProgress {
        let n_items = self.vectors.len();
        let n_embedded = n_items - self.unread.len() - self.waiting.len();
        let n_computed = n_embedded - self.n_from_storage;
        let seconds = self.millis_embedding / 1000.0;
        EmbeddingProgress {
            n_embedded,
            n_items,
            texts_per_second: if seconds > 0.0 { n_computed as f64 / seconds } else { 0.0 },
            n_from_storage: self.n_from_storage,
            storage_failed: self.store.as_ref().err().copied(),
            agreement_with_shipped,
        }
    }
}

/// Names what vectors are made of: other models, films or backends never meet them.
fn store_name(
    manifest: &Manifest,
    name: EncoderName,
    graph_part: &str,
) -> Result<String, EngineError> {
    let short = |sha256: &str| sha256.get(..16).unwrap_or_default().to_owned();
    let encoder = short(&encoder::file(manifest, name, graph_part)?.sha256);
    let tokenizer = short(&encoder::file(manifest, name, "tokenizer")?.sha256);
    let character_map = short(&encoder::file(manifest, name, "folds")?.sha256);
    let catalogue = short(&manifest.catalogue.file.sha256);
    let details = short(&manifest.catalogue.details.sha256);
    Ok(format!("{graph_part}-{encoder}-{tokenizer}-{character_map}-{catalogue}-{details}"))
}

fn to_vectors<'a>(rows: impl Iterator<Item = &'a [f32]>) -> Result<Vectors, EngineError> {
    let mut rows = rows.peekable();
    let dim = rows.peek().map_or(1, |first| first.len());
    let mut vectors = Vectors::empty(dim).map_err(|error| failed(&error))?;
    rows.try_for_each(|row| vectors.push(row)).map_err(|error| failed(&error))?;
    Ok(vectors)
}

/// `u32` n, `u32[n]` catalogue rows, then their vectors as in `catalogue.vectors`.
fn pack(done: &[(ItemRow, Vec<f32>)]) -> Result<Option<Piece>, EngineError> {
    let Some((first, _)) = done.first() else { return Ok(None) };
    let rows = done.iter().map(|(row, _)| row.0);
    let numbers = std::iter::once(done.len() as u32).chain(rows);
    let mut bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    bytes.extend(to_vectors(done.iter().map(|(_, vector)| vector.as_slice()))?.to_bytes());
    Ok(Some(Piece { start: first.index(), bytes }))
}

/// Puts the vectors of a piece in their places. What does not fit is left out, and computed again.
fn unpack(piece: &Piece, dim: usize, vectors: &mut [Option<Vec<f32>>]) {
    let read = || {
        let (n, rest) = piece.bytes.split_first_chunk::<4>()?;
        let n = usize::try_from(u32::from_le_bytes(*n)).ok()?;
        let (rows, rest) = rest.split_at_checked(n.checked_mul(4)?)?;
        let rows = rows.as_chunks::<4>().0.iter().map(|row| ItemRow(u32::from_le_bytes(*row)));
        // A damaged piece reads as none.
        Some((rows, Vectors::from_bytes(rest, n, dim).ok()?))
    };
    let Some((rows, kept)) = read() else { return };
    for (position, row) in (0..).map(ItemRow).zip(rows) {
        if let Some(place) = vectors.get_mut(row.index()) {
            *place = kept.vector(position);
        }
    }
}
