//! Which text encoder reads the reader's words.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use super::shell::{Lasting, Shell};
use super::texts::Texts;
use crate::engine::protocol::EncoderName;
use crate::manifest::{EncoderEntry, Manifest};

/// A text encoder the reader may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderOffer {
    pub name: EncoderName,
    /// Of its graph.
    pub n_bytes: u64,
    pub is_here: bool,
}

/// Under this name the device keeps the reader's choice of a text encoder.
const KEPT_ENCODER: &str = "encoder";

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct Encoder {
    shell: Shell,
    name: RwSignal<EncoderName>,
}

impl Lasting for Encoder {
    fn of(shell: Shell) -> Self {
        let name = first_encoder(&*shell.texts(), &shell.site.manifest());
        Self { shell, name: RwSignal::new(name) }
    }
}

impl Encoder {
    pub fn name(self) -> RwSignal<EncoderName> {
        self.name
    }

    /// The encoders of this site, the quickest first.
    pub fn offers(self) -> Vec<EncoderOffer> {
        let offer = |(name, entry): (EncoderName, &EncoderEntry)| {
            let graph = entry.file("wasm").ok()?;
            Some(EncoderOffer { name, n_bytes: graph.bytes, is_here: self.is_here(&graph.path) })
        };
        self.shell.site.manifest().encoders().filter_map(offer).collect()
    }

    /// Reads texts with `encoder` from now on.
    pub fn choose(self, encoder: EncoderName) {
        if self.name.get_untracked() != encoder {
            // Where nothing can be kept, the choice lasts until the page closes.
            let _ = self.shell.texts().keep(KEPT_ENCODER, encoder.as_str());
            self.name.set(encoder);
        }
    }

    /// What a first search fetches, in bytes; 0 once it is here, `None` if the site ships no encoder.
    pub fn missing_bytes(self) -> Option<u64> {
        let manifest = self.shell.site.manifest();
        let encoder = manifest.encoder(self.name.get())?;
        let parts = ["wasm", "tokenizer", "folds", "vectors"];
        let files = parts.iter().filter_map(|part| encoder.file(part).ok());
        Some(files.filter(|file| !self.is_here(&file.path)).map(|file| file.bytes).sum())
    }

    fn is_here(self, path: &str) -> bool {
        self.shell.engine.watch().file(path).is_some_and(|file| file.is_done)
    }
}

/// The encoder the reader chose on an earlier visit, else the quickest of the site.
fn first_encoder(texts: &dyn Texts, manifest: &Manifest) -> EncoderName {
    let kept = texts.kept(KEPT_ENCODER).ok().flatten();
    let names = || manifest.encoders().map(|(name, _)| name);
    let chosen = names().find(|name| kept.as_deref() == Some(name.as_str()));
    chosen.or_else(|| names().next()).unwrap_or(EncoderName::Encoder)
}
