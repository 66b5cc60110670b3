//! Search by free text: the encoder, the catalogue's vectors, and why a film was found.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::embedding::Embedding;
use crate::engine::encoder::{self, Encoder};
use crate::engine::files::Halt;
use crate::engine::protocol::{
    EmbeddingProgress, EncoderName, EngineError, FactMatch, VectorSource, WordMatch,
};
use crate::engine::shelf::{Shelf, damaged, failed};
use crate::explain::{self, ExplainError};
use crate::nearest::{Neighbour, Vectors};
use crate::recommend::Recommendation;

/// What search has fetched or computed so far.
#[derive(Default)]
pub(super) struct Search {
    catalogue: Option<Catalogue>,
    /// With the path they came from.
    shipped: Option<(String, Vectors)>,
    desk: Option<Desk>,
}

/// One encoder and what it made. Another takes its place: two would fill the memory.
struct Desk {
    name: EncoderName,
    encoder: Encoder,
    embedding: Option<Embedding>,
    /// With their agreement with the shipped ones.
    device: Option<(Vectors, Option<f32>)>,
}

/// Runs after which the browser has compiled the encoder as well as it ever will.
const WARM_AFTER_RUNS: usize = 6;

impl Search {
    pub(super) async fn find(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
        text: &str,
        hidden: &[ItemRow],
        top: usize,
    ) -> Result<(Vec<Recommendation>, VectorSource), Halt> {
        self.catalogue(shelf)?;
        let query = self.read(shelf, name, text).await?;
        let (vectors, source) = self.vectors(shelf, name)?;
        let near = vectors.nearest_but(&query, hidden, top).map_err(|error| failed(&error))?;
        let film = |it: Neighbour| Recommendation { item: it.item, score: it.similarity };
        let found = near.into_iter().map(film).collect();
        Ok((found, source))
    }

    pub(super) async fn read(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
        text: &str,
    ) -> Result<Vec<f32>, Halt> {
        Ok(self.encoder(shelf, name).await?.embed(&[text.to_owned()]).await?.swap_remove(0))
    }

    /// Cosines of all films with `text`, empty without one, and the mean of those with the films `liked`; by the
    /// vectors that came with the site.
    pub(super) async fn converse(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
        text: &str,
        liked: &[ItemRow],
    ) -> Result<(Vec<f32>, Vec<f32>), Halt> {
        let query = match text {
            "" => None,
            _ => Some(self.read(shelf, name, text).await?),
        };
        let vectors = self.shipped(shelf, name)?;
        let meaning = query.map_or_else(Vec::new, |it| vectors.dots(&it));
        Ok((meaning, vectors.mean_dots(liked)))
    }

    pub(super) async fn explain(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
        text: &str,
        item: ItemRow,
    ) -> Result<(Vec<WordMatch>, Vec<FactMatch>), Halt> {
        let facts = self.catalogue(shelf)?.facts(item);
        let (vectors, _) = self.vectors(shelf, name)?;
        let n_items = vectors.len();
        let unknown = || EngineError::UnknownItem { row: item.0, n_items };
        let film = vectors.vector(item).ok_or_else(unknown)?;
        let encoder = self.encoder(shelf, name).await?;
        let mut embed = async |texts: Vec<String>| encoder.embed(&texts).await;
        let words = explain::word_matches(text, &film, &mut embed).await.map_err(told)?;
        let facts = explain::fact_matches(text, facts, &mut embed).await.map_err(told)?;
        Ok((words, facts))
    }

    /// Embeds a little more of the catalogue.
    pub(super) async fn embed_next(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
    ) -> Result<EmbeddingProgress, Halt> {
        self.encoder(shelf, name).await?;
        self.catalogue(shelf)?;
        self.shipped(shelf, name)?;
        let (Some(desk), Some(catalogue), Some((_, shipped))) =
            (&mut self.desk, &self.catalogue, &self.shipped)
        else {
            return Err(EngineError::Stopped.into()); // all were loaded just now
        };
        let embedding = match &mut desk.embedding {
            Some(embedding) => embedding,
            None => desk.embedding.insert(Embedding::begin(shelf, catalogue, name).await?),
        };
        embedding.step(&mut desk.encoder, catalogue).await?;
        if desk.device.is_none()
            && let Some(device) = embedding.finished(&*shelf.manifest()?).await?
        {
            let agreement = shipped.agreement(&device);
            desk.device = Some((device, agreement));
        }
        let agreement = desk.device.as_ref().and_then(|(_, agreement)| *agreement);
        Ok(embedding.progress(agreement))
    }

    pub(super) async fn encoder(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
    ) -> Result<&mut Encoder, Halt> {
        if self.desk.as_ref().is_none_or(|desk| desk.name != name) {
            let encoder = Encoder::load(shelf, name).await?;
            self.desk = Some(Desk { name, encoder, embedding: None, device: None });
        }
        // It was loaded just now.
        Ok(self.desk.as_mut().map(|desk| &mut desk.encoder).ok_or(EngineError::Stopped)?)
    }

    /// The vectors that came with the site.
    pub(super) fn shipped(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
    ) -> Result<&Vectors, Halt> {
        let manifest = shelf.manifest()?;
        let file = encoder::file(&manifest, name, "vectors")?;
        if self.shipped.as_ref().is_none_or(|(path, _)| *path != file.path) {
            let dim = encoder::entry(&manifest, name)?.dim;
            let bytes = shelf.files.take(file)?;
            let vectors = Vectors::from_bytes(&bytes, manifest.catalogue.n_items, dim)
                .map_err(|error| damaged(&file.path, &error))?;
            self.shipped = Some((file.path.clone(), vectors));
        }
        // They were loaded just now.
        Ok(self.shipped.as_ref().map(|(_, vectors)| vectors).ok_or(EngineError::Stopped)?)
    }

    /// How many texts the encoder at work has read since it was loaded.
    pub(super) fn n_embedded(&self) -> usize {
        self.desk.as_ref().map_or(0, |desk| desk.encoder.n_embedded)
    }

    /// One more run of a loaded encoder that has not run often; `false` where there is nothing to do.
    pub(super) async fn warm_up(&mut self) -> bool {
        let Some(Desk { encoder, .. }) = &mut self.desk else { return false };
        if encoder.n_embedded >= WARM_AFTER_RUNS {
            return false;
        }
        // A run that fails will fail for the reader too, and be told then.
        encoder.embed(&["slow space horror with a female lead".to_owned()]).await.is_ok()
    }

    /// The device's own vectors once all are there, before that the shipped ones. What the small
    /// encoder asks finds more by its teacher's vectors, which ship, than by its own.
    fn vectors(
        &mut self,
        shelf: &mut Shelf,
        name: EncoderName,
    ) -> Result<(&Vectors, VectorSource), Halt> {
        let has_own = |desk: &Desk| {
            desk.name == name && name == EncoderName::Encoder && desk.device.is_some()
        };
        if !self.desk.as_ref().is_some_and(has_own) {
            return Ok((self.shipped(shelf, name)?, VectorSource::Shipped));
        }
        let device = self.desk.as_ref().and_then(|desk| desk.device.as_ref());
        let device = device.map(|(vectors, _)| (vectors, VectorSource::Device));
        Ok(device.ok_or(EngineError::Stopped)?) // they were there just now
    }

    fn catalogue(&mut self, shelf: &mut Shelf) -> Result<&Catalogue, Halt> {
        if self.catalogue.is_none() {
            let manifest = shelf.manifest()?;
            let (file, details) = (&manifest.catalogue.file, &manifest.catalogue.details);
            shelf.files.need(&[file, details])?;
            let bytes = shelf.files.take(file)?;
            let catalogue =
                Catalogue::from_json(&bytes).map_err(|error| damaged(&file.path, &error))?;
            let bytes = shelf.files.take(details)?;
            catalogue.add_details(&bytes).map_err(|error| damaged(&details.path, &error))?;
            self.catalogue = Some(catalogue);
        }
        Ok(self.catalogue.as_ref().ok_or(EngineError::Stopped)?) // it was loaded just now
    }
}

fn told(error: ExplainError<EngineError>) -> EngineError {
    match error {
        ExplainError::Run(error) => error,
        error => failed(&error),
    }
}
