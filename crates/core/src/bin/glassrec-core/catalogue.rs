//! Catalogues: the shipped one, and those that a request brings.

use glassrec_core::catalog::Catalogue;
use serde::Deserialize;
use serde_json::{Value, json};

use super::files::Artifacts;

/// The shipped one, with its details.
pub(super) fn shipped(artifacts: &Artifacts) -> Catalogue {
    let catalogue = Catalogue::from_json(&artifacts.read("/catalogue/file/path")).unwrap();
    catalogue.add_details(&artifacts.read("/catalogue/details/path")).unwrap();
    catalogue
}

/// Both files of a catalogue, as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    file: String,
    details: String,
}

impl Given {
    /// What a text encoder reads of each film.
    pub(super) fn item_texts(&self) -> Value {
        let read = || {
            let catalogue = Catalogue::from_json(self.file.as_bytes())?;
            catalogue.add_details(self.details.as_bytes())?;
            Ok(catalogue)
        };
        let read: Result<_, glassrec_core::catalog::CatalogError> = read();
        match read {
            Ok(catalogue) => {
                let texts = catalogue.rows().map(|row| catalogue.item_text(row));
                json!({ "texts": texts.collect::<Vec<_>>() })
            }
            Err(error) => json!({ "error": error.to_string() }),
        }
    }
}
