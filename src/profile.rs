//! What is kept on this device, and never leaves it: the reader's history and settings, and
//! vectors computed here. The only file, with its part, that stores.
//!
//! Storage is a comfort: it may be full, forbidden or hang, and the site works without it.

mod database;

use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::JsValue;

use crate::engine::protocol::StorageFault;
use crate::state::texts::Texts;

pub use database::{FileStore, Piece, VectorStore};

/// Short texts, such as the reader's history, in this site's part of the browser's storage.
pub struct OnDevice;

impl Texts for OnDevice {
    fn keep(&self, name: &str, text: &str) -> Result<(), StorageFault> {
        local_storage()?.set_item(&full_name(name), text).map_err(|reason| fault(&reason))
    }

    /// What an earlier version of the site kept, under one name for all sites of the origin, becomes this site's.
    fn kept(&self, name: &str) -> Result<Option<String>, StorageFault> {
        let storage = local_storage()?;
        let get = |name: &str| storage.get_item(name).map_err(|reason| fault(&reason));
        if let Some(text) = get(&full_name(name))? {
            return Ok(Some(text));
        }
        let old_name = format!("glassrec.{name}");
        let old = get(&old_name)?;
        if let Some(text) = &old
            && self.keep(name, text).is_ok()
        {
            storage.remove_item(&old_name).map_err(|reason| fault(&reason))?;
        }
        Ok(old)
    }

    fn forget(&self, name: &str) -> Result<(), StorageFault> {
        local_storage()?.remove_item(&full_name(name)).map_err(|reason| fault(&reason))
    }

    /// Also when this page comes back from where the browser had laid it: there it heard nothing.
    fn listen(&self, hear: Rc<dyn Fn()>) -> Box<dyn FnOnce()> {
        let listeners = ["storage", "pageshow"].map(|event| {
            let hear = hear.clone();
            window_event_listener_untyped(event, move |_| hear())
        });
        Box::new(move || listeners.into_iter().for_each(|it| it.remove()))
    }
}

fn local_storage() -> Result<web_sys::Storage, StorageFault> {
    // Where storage is forbidden, even asking for it throws.
    let window = web_sys::window().ok_or(StorageFault::Forbidden)?;
    window.local_storage().map_err(|reason| fault(&reason))?.ok_or(StorageFault::Forbidden)
}

/// `name` among what this site keeps: other sites of the origin, and other copies of this one, lie
/// in other folders.
fn full_name(name: &str) -> String {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok();
    let global = js_sys::global();
    // The engine's worker is made of a blob, whose own address says nothing: engine_boot.js does.
    let told = get(&global, "glassrecFolder").and_then(|it| it.as_string());
    let own = || get(&get(&global, "location")?, "pathname")?.as_string();
    let path = told.or_else(own).unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    format!("glassrec{folder}/{name}")
}

/// Browsers name a full disk the same way everywhere; all else means "not here".
fn fault(reason: &JsValue) -> StorageFault {
    let name = Reflect::get(reason, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageFault::Full,
        Some("VersionError") => StorageFault::Newer,
        _ => StorageFault::Forbidden,
    }
}
