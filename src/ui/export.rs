//! What a reader takes along: a view or a figure as a picture, or its numbers as files.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::table::Table;

#[wasm_bindgen]
extern "C" {
    /// What public/page_boot.js leaves behind; see public/take_away.js.
    #[wasm_bindgen(catch, js_name = glassrecTakeAway)]
    async fn take_away_as(form: &str, taken: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = glassrecSave)]
    async fn save_as(name: &str, kind: &str, text: &str) -> Result<JsValue, JsValue>;
}

/// Files that public/take_away.js makes, by the names it knows, and what they are called.
pub const FORMS: [(&str, &str); 4] =
    [("png", "PNG"), ("svg", "SVG"), ("csv", "CSV"), ("json", "JSON")];

/// A view in words and numbers; public/take_away.js and public/picture.js read it by these names.
#[derive(Serialize)]
pub struct Taken {
    pub title: String,
    /// The figure that it is of; the open view without one.
    pub figure: Option<&'static str>,
    pub address: String,
    /// Title of the family chosen.
    pub model: &'static str,
    /// Lines under a picture.
    pub caption: Vec<String>,
    pub tables: Vec<Table>,
}

/// Saves `text` as the file `name` of a media type.
///
/// # Errors
///
/// What the browser refused.
pub async fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    save_as(name, kind, text).await.map(drop)
}

/// Exports `taken` as `form`, one of [`FORMS`] or "copy" for a picture on the clipboard.
///
/// # Errors
///
/// What the browser refused.
pub async fn take_away(form: &str, taken: &Taken) -> Result<(), JsValue> {
    let taken = serde_json::to_string(taken).unwrap_or_default();
    take_away_as(form, &taken).await.map(drop)
}
