//! Search by free text: the encoder, the catalogue's vectors, and why a film was found.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::embedding::Embedding;
use crate::engine::encoder::{self, Encoder};
use crate::engine::protocol::{EmbeddingProgress, EngineError, FactMatch, VectorSource, WordMatch};
use crate::engine::shelf::{Shelf, damaged, failed};
use crate::explain::{self, ExplainError};
use crate::nearest::{Neighbour, Vectors};
use crate::recommend::Recommendation;

/// What search has fetched or computed so far.
#[derive(Default)]
pub(super) struct Search {
    encoder: Option<Encoder>,
    catalogue: Option<Catalogue>,
    shipped: Option<Vectors>,
    embedding: Option<Embedding>,
    device: Option<(Vectors, Option<f32>)>,
}

/// Runs after which the browser has compiled the encoder as well as it ever will.
const WARM_AFTER_RUNS: usize = 6;

impl Search {
    pub(super) async fn find(
        &mut self,
        shelf: &mut Shelf,
        text: &str,
        top: usize,
    ) -> Result<(Vec<Recommendation>, VectorSource), EngineError> {
        let query = self.embed_one(shelf, text).await?;
        let (vectors, source) = self.vectors(shelf).await?;
        let found = vectors.nearest(&query, top).map_err(|error| failed(&error))?;
        let film = |it: Neighbour| Recommendation { item: it.item, score: it.similarity };
        Ok((found.into_iter().map(film).collect(), source))
    }

    pub(super) async fn explain(
        &mut self,
        shelf: &mut Shelf,
        text: &str,
        item: ItemRow,
    ) -> Result<(Vec<WordMatch>, Vec<FactMatch>), EngineError> {
        let facts = self.catalogue(shelf).await?.facts(item);
        let (vectors, _) = self.vectors(shelf).await?;
        let n_items = vectors.len();
        let unknown = || EngineError::UnknownItem { row: item.0, n_items };
        let film = vectors.vector(item).ok_or_else(unknown)?;
        let encoder = self.encoder(shelf).await?;
        let mut embed = async |texts: Vec<String>| encoder.embed(&texts).await;
        let words = explain::word_matches(text, &film, &mut embed).await.map_err(told)?;
        let facts = explain::fact_matches(text, facts, &mut embed).await.map_err(told)?;
        Ok((words, facts))
    }

    /// Embeds a little more of the catalogue.
    pub(super) async fn embed_next(
        &mut self,
        shelf: &mut Shelf,
    ) -> Result<EmbeddingProgress, EngineError> {
        self.encoder(shelf).await?;
        self.catalogue(shelf).await?;
        let (Some(encoder), Some(catalogue)) = (&mut self.encoder, &self.catalogue) else {
            return Err(EngineError::Stopped); // both were loaded just now
        };
        let embedding = match &mut self.embedding {
            Some(embedding) => embedding,
            None => {
                let begun = Embedding::begin(shelf, catalogue).await?;
                self.embedding.insert(begun)
            }
        };
        embedding.step(encoder, catalogue).await?;
        if self.device.is_none()
            && let Some(device) = embedding.finished(&*shelf.manifest().await?).await?
        {
            let agreement = self.shipped(shelf).await?.agreement(&device);
            self.device = Some((device, agreement));
        }
        let agreement = self.device.as_ref().and_then(|(_, agreement)| *agreement);
        let told = self.embedding.as_ref().map(|embedding| embedding.progress(agreement));
        told.ok_or(EngineError::Stopped) // it was begun just now
    }

    pub(super) async fn encoder(&mut self, shelf: &mut Shelf) -> Result<&mut Encoder, EngineError> {
        if self.encoder.is_none() {
            self.encoder = Some(Encoder::load(shelf).await?);
        }
        self.encoder.as_mut().ok_or(EngineError::Stopped) // it was loaded just now
    }

    /// The vectors that came with the site.
    pub(super) async fn shipped(&mut self, shelf: &mut Shelf) -> Result<&Vectors, EngineError> {
        if self.shipped.is_none() {
            let manifest = shelf.manifest().await?;
            let file = encoder::file(&manifest, "vectors")?;
            let dim = encoder::entry(&manifest)?.dim;
            let bytes = shelf.fetch(file).await?;
            let vectors = Vectors::from_bytes(&bytes, manifest.catalogue.n_items, dim)
                .map_err(|error| damaged(&file.path, &error))?;
            self.shipped = Some(vectors);
        }
        self.shipped.as_ref().ok_or(EngineError::Stopped) // they were loaded just now
    }

    /// How many texts the encoder has read since it was loaded.
    pub(super) fn n_embedded(&self) -> usize {
        self.encoder.as_ref().map_or(0, |encoder| encoder.n_embedded)
    }

    /// One more run of a loaded encoder that has not run often; `false` where there is nothing to do.
    pub(super) async fn warm_up(&mut self) -> bool {
        let Some(encoder) = &mut self.encoder else { return false };
        if encoder.n_embedded >= WARM_AFTER_RUNS {
            return false;
        }
        // A run that fails will fail for the reader too, and be told then.
        encoder.embed(&["slow space horror with a female lead".to_owned()]).await.is_ok()
    }

    async fn embed_one(&mut self, shelf: &mut Shelf, text: &str) -> Result<Vec<f32>, EngineError> {
        let mut vectors = self.encoder(shelf).await?.embed(&[text.to_owned()]).await?;
        Ok(vectors.swap_remove(0))
    }

    /// The device's own vectors once all are there, before that the shipped ones.
    async fn vectors(
        &mut self,
        shelf: &mut Shelf,
    ) -> Result<(&Vectors, VectorSource), EngineError> {
        if self.device.is_none() {
            return Ok((self.shipped(shelf).await?, VectorSource::Shipped));
        }
        let device = self.device.as_ref().map(|(vectors, _)| (vectors, VectorSource::Device));
        device.ok_or(EngineError::Stopped) // they were there just now
    }

    async fn catalogue(&mut self, shelf: &mut Shelf) -> Result<&Catalogue, EngineError> {
        if self.catalogue.is_none() {
            let manifest = shelf.manifest().await?;
            let file = &manifest.catalogue.file;
            let bytes = shelf.fetch(file).await?;
            let catalogue =
                Catalogue::from_json(&bytes).map_err(|error| damaged(&file.path, &error))?;
            self.catalogue = Some(catalogue);
        }
        self.catalogue.as_ref().ok_or(EngineError::Stopped) // it was loaded just now
    }
}

fn told(error: ExplainError<EngineError>) -> EngineError {
    match error {
        ExplainError::Run(error) => error,
        error => failed(&error),
    }
}
