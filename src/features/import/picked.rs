//! Files of the reader's device, as a browser hands them over.

use std::future::Future;

use futures::future::{FutureExt, LocalBoxFuture};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, HtmlInputElement};

use super::state::source::Source;

#[wasm_bindgen]
extern "C" {
    /// What public/page_boot.js leaves behind; see public/dropped.js. Gives files, each with the way into it.
    #[wasm_bindgen(catch, js_name = glassrecDropped)]
    fn files_dropped(transfer: &DataTransfer) -> Result<Promise, JsValue>;
}

struct Picked {
    file: File,
    /// With the way into it, of a folder.
    name: String,
}

impl Source for Picked {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn n_bytes(&self) -> u64 {
        self.file.size() as u64
    }

    fn part(&self, from: u64, to: u64) -> LocalBoxFuture<'static, Option<Vec<u8>>> {
        let part = self.file.slice_with_f64_and_f64(from as f64, to as f64);
        async move {
            // Whether it went away or may not be read: the reader is told that it is not whole.
            let bytes = JsFuture::from(part.ok()?.array_buffer()).await.ok()?;
            Some(Uint8Array::new(&bytes).to_vec())
        }
        .boxed_local()
    }
}

/// The files that the reader chose in `input`, or all of a folder.
pub(super) fn chosen_in(input: &HtmlInputElement) -> Vec<Box<dyn Source>> {
    let Some(files) = input.files() else { return Vec::new() };
    let files = (0..files.length()).filter_map(|at| files.get(at));
    files
        .map(|file| {
            let path = Reflect::get(&file, &"webkitRelativePath".into()).ok();
            let path = path.and_then(|it| it.as_string()).filter(|it| !it.is_empty());
            let name = path.unwrap_or_else(|| file.name());
            Box::new(Picked { file, name }) as Box<dyn Source>
        })
        .collect()
}

/// The files that were dropped, and all in folders that were; nothing where it was no file.
pub(super) fn dropped(
    transfer: &DataTransfer,
) -> Option<impl Future<Output = Vec<Box<dyn Source>>> + use<>> {
    let files = files_dropped(transfer).ok()?;
    Some(async move {
        let files = JsFuture::from(files).await.unwrap_or_default();
        let files: Vec<JsValue> =
            files.dyn_into::<Array>().map(|it| it.to_vec()).unwrap_or_default();
        files.into_iter().filter_map(|it| source_of(&it)).collect()
    })
}

fn source_of(pair: &JsValue) -> Option<Box<dyn Source>> {
    let get = |key: &str| Reflect::get(pair, &key.into()).ok();
    let (name, file) = (get("path")?.as_string()?, get("file")?.dyn_into::<File>().ok()?);
    Some(Box::new(Picked { file, name }))
}
