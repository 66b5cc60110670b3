//! Texts to unit vectors, through the tokenizer and the text encoder's graph.

use std::collections::BTreeMap;

use crate::engine::files::Halt;
use crate::engine::protocol::{Backend, EncoderName, EngineError};
use crate::engine::runtime::Graph;
use crate::engine::shelf::{Shelf, damaged};
use crate::families::Tensor;
use crate::manifest::{EncoderEntry, FileRef, Manifest};
use crate::tokenize::{CharacterMap, Tokenizer};

pub(super) struct Encoder {
    graph: Graph,
    tokenizer: Tokenizer,
    dim: usize,
    pub(super) n_embedded: usize,
}

/// An encoder of this site.
///
/// # Errors
/// [`EngineError::UnknownFamily`] if there is none of that name.
pub(super) fn entry(manifest: &Manifest, name: EncoderName) -> Result<&EncoderEntry, EngineError> {
    let missing = || EngineError::UnknownFamily { family: name.as_str().to_owned() };
    manifest.encoder(name).ok_or_else(missing)
}

/// A part of an encoder: "tokenizer", "folds", "vectors", or the graph made for a backend.
pub(super) fn file<'a>(
    manifest: &'a Manifest,
    name: EncoderName,
    part: &str,
) -> Result<&'a FileRef, EngineError> {
    entry(manifest, name)?.file(part).map_err(|error| damaged("manifest.json", &error))
}

/// How the manifest names the graph for `backend`.
pub(super) fn graph_part(backend: Backend) -> &'static str {
    match backend {
        Backend::Wasm => "wasm",
        Backend::WebGpu => "webgpu",
    }
}

impl Encoder {
    pub(super) async fn load(shelf: &mut Shelf, name: EncoderName) -> Result<Self, Halt> {
        let manifest = shelf.manifest()?;
        let graph_file = file(&manifest, name, graph_part(shelf.runtime.backend()))?;
        let tokenizer_file = file(&manifest, name, "tokenizer")?;
        let map_file = file(&manifest, name, "folds")?;
        shelf.files.need(&[graph_file, tokenizer_file, map_file])?;
        let map = shelf.files.take(map_file)?;
        let map =
            CharacterMap::from_bytes(&map).map_err(|error| damaged(&map_file.path, &error))?;
        let tokenizer = shelf.files.take(tokenizer_file)?;
        let tokenizer = Tokenizer::from_bytes(&tokenizer, map)
            .map_err(|error| damaged(&tokenizer_file.path, &error))?;
        let graph = shelf.runtime.load(&shelf.files.take(graph_file)?).await?;
        Ok(Self { graph, tokenizer, dim: entry(&manifest, name)?.dim, n_embedded: 0 })
    }

    pub(super) fn tokens(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode(text)
    }

    /// A unit vector for each text, in their order.
    pub(super) async fn embed(&mut self, texts: &[String]) -> Result<Vec<Vec<f32>>, EngineError> {
        let tokens: Vec<Vec<u32>> = texts.iter().map(|text| self.tokens(text)).collect();
        let mut of_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, tokens) in tokens.iter().enumerate() {
            of_length.entry(tokens.len()).or_default().push(position);
        }
        let mut vectors = vec![Vec::new(); texts.len()];
        for positions in of_length.into_values() {
            let batch: Vec<&[u32]> = positions.iter().map(|&at| tokens[at].as_slice()).collect();
            for (at, vector) in positions.iter().zip(self.embed_alike(&batch).await?) {
                vectors[*at] = vector;
            }
        }
        Ok(vectors)
    }

    /// A unit vector for each of `batch`, whose texts all have as many tokens: none is padding.
    pub(super) async fn embed_alike(
        &mut self,
        batch: &[&[u32]],
    ) -> Result<Vec<Vec<f32>>, EngineError> {
        let shape = [batch.len(), batch.first().map_or(0, |tokens| tokens.len())]; // (batch, length)
        let ids: Vec<i64> = batch.concat().into_iter().map(i64::from).collect();
        let mask = Tensor::i64(shape, vec![1; ids.len()]);
        let inputs = [(IDS, Tensor::i64(shape, ids)), (MASK, mask)];
        let outputs = self.graph.run(&inputs, &[EMBEDDING]).await?;
        self.n_embedded += batch.len();
        let vectors = outputs.get(EMBEDDING).and_then(|it| it.floats(&[batch.len(), self.dim]));
        let wrong = || EngineError::ModelFailed {
            detail: "the encoder gave vectors of another shape".to_owned(),
        };
        Ok(vectors.ok_or_else(wrong)?.chunks_exact(self.dim).map(<[f32]>::to_vec).collect())
    }
}

const IDS: &str = "input_ids";
const MASK: &str = "attention_mask";
const EMBEDDING: &str = "embedding";
