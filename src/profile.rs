//! What is kept on this device, and never leaves it: the reader's history and settings, and
//! vectors computed here. The only file that stores.
//!
//! Storage is a comfort: it may be full, forbidden or hang, and the site works without it.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use idb::{
    Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode,
    TransactionResult,
};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::protocol::StorageFault;

/// Short texts, such as the reader's history: kept at once, or not at all.
///
/// # Errors
/// [`StorageFault::Full`] or [`StorageFault::Forbidden`], as the browser says.
pub fn keep_text(name: &str, text: &str) -> Result<(), StorageFault> {
    local_storage()?.set_item(&full_name(name), text).map_err(|reason| fault(&reason))
}

/// What [`keep_text`] kept under `name`.
///
/// # Errors
/// [`StorageFault::Forbidden`] if this browser keeps nothing for this site.
pub fn kept_text(name: &str) -> Result<Option<String>, StorageFault> {
    local_storage()?.get_item(&full_name(name)).map_err(|reason| fault(&reason))
}

/// Forgets what [`keep_text`] kept under `name`.
///
/// # Errors
/// [`StorageFault::Forbidden`] if this browser keeps nothing for this site.
pub fn forget_text(name: &str) -> Result<(), StorageFault> {
    local_storage()?.remove_item(&full_name(name)).map_err(|reason| fault(&reason))
}

fn local_storage() -> Result<web_sys::Storage, StorageFault> {
    // Where storage is forbidden, even asking for it throws.
    let window = web_sys::window().ok_or(StorageFault::Forbidden)?;
    window.local_storage().map_err(|reason| fault(&reason))?.ok_or(StorageFault::Forbidden)
}

fn full_name(name: &str) -> String {
    format!("glassrec.{name}")
}

const DATABASE: &str = "glassrec";
const VERSION: u32 = 2;
const VECTORS: &str = "vectors";
/// Large files that the reader agreed to keep, by checksum.
const FILES: &str = "files";
/// In some private modes a database never opens.
const PATIENCE_MILLIS: u32 = 4_000;
/// A file of 25 MB takes a slow disk a while.
const FILE_PATIENCE_MILLIS: u32 = 60_000;

/// Vectors computed on this device, in pieces, under a name that says what they were made of.
pub struct VectorStore {
    database: Database,
    name: String,
}

/// A piece of what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the order in which vectors are computed.
    pub start: usize,
    pub bytes: Vec<u8>,
}

impl VectorStore {
    /// Opens the store of vectors made of `name`: encoder, catalogue and backend.
    ///
    /// # Errors
    /// [`StorageFault::Forbidden`] if the browser gives no database, or none in time.
    pub async fn open(name: &str) -> Result<Self, StorageFault> {
        Ok(Self { database: open_database().await?, name: name.to_owned() })
    }

    /// All pieces kept under this name.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not give them.
    pub async fn pieces(&self) -> Result<Vec<Piece>, StorageFault> {
        let read = async {
            let transaction = self.database.transaction(&[VECTORS], TransactionMode::ReadOnly)?;
            let store = transaction.object_store(VECTORS)?;
            let range = || self.own_range().map(Query::from).map(Some);
            let keys = store.get_all_keys(range()?, None)?;
            let values = store.get_all(range()?, None)?;
            Ok((keys.await?, values.await?))
        };
        let (keys, values) = in_time(read).await?;
        Ok(keys.iter().zip(values).filter_map(|(key, value)| piece(key, value)).collect())
    }

    /// Keeps one more piece.
    ///
    /// # Errors
    /// [`StorageFault::Full`] or [`StorageFault::Forbidden`], as the browser says.
    pub async fn keep(&self, piece: &Piece) -> Result<(), StorageFault> {
        let key = JsValue::from(format!("{}/{:07}", self.name, piece.start));
        let value = Uint8Array::from(piece.bytes.as_slice());
        let write = async {
            let transaction = self.database.transaction(&[VECTORS], TransactionMode::ReadWrite)?;
            transaction.object_store(VECTORS)?.put(&value, Some(&key))?.await?;
            transaction.commit()?.await
        };
        match in_time(write).await? {
            TransactionResult::Committed => Ok(()),
            // Nobody here aborts: the browser does when the disk has no room.
            TransactionResult::Aborted => Err(StorageFault::Full),
        }
    }

    /// Forgets vectors made of anything else.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not let go of them.
    pub async fn forget_others(&self, is_own: impl Fn(&str) -> bool) -> Result<(), StorageFault> {
        let forget = async {
            let transaction = self.database.transaction(&[VECTORS], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(VECTORS)?;
            for key in store.get_all_keys(None, None)?.await? {
                if !key.as_string().is_some_and(|key| is_own(&key)) {
                    store.delete(key)?.await?;
                }
            }
            transaction.commit()?.await
        };
        in_time(forget).await.map(|_| ())
    }

    /// Keys that start with this name and a slash; `0` is the character after it.
    fn own_range(&self) -> Result<KeyRange, idb::Error> {
        let (first, past) = (format!("{}/", self.name), format!("{}0", self.name));
        KeyRange::bound(&first.into(), &past.into(), Some(false), Some(true))
    }
}

/// Large files kept on this device, by their checksums.
pub struct FileStore(Database);

impl FileStore {
    /// # Errors
    /// [`StorageFault::Forbidden`] if the browser gives no database, or none in time.
    pub async fn open() -> Result<Self, StorageFault> {
        Ok(Self(open_database().await?))
    }

    /// The file whose checksum is `sha256`, if it is kept.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not give it.
    pub async fn file(&self, sha256: &str) -> Result<Option<Vec<u8>>, StorageFault> {
        let read = async {
            let transaction = self.0.transaction(&[FILES], TransactionMode::ReadOnly)?;
            transaction.object_store(FILES)?.get(JsValue::from(sha256))?.await
        };
        let kept = in_time_of(FILE_PATIENCE_MILLIS, read).await?;
        Ok(kept.and_then(|it| it.dyn_into::<Uint8Array>().ok()).map(|it| it.to_vec()))
    }

    /// The checksums of all that is kept.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not tell.
    pub async fn kept(&self) -> Result<Vec<String>, StorageFault> {
        let read = async {
            let transaction = self.0.transaction(&[FILES], TransactionMode::ReadOnly)?;
            transaction.object_store(FILES)?.get_all_keys(None, None)?.await
        };
        Ok(in_time(read).await?.iter().filter_map(JsValue::as_string).collect())
    }

    /// # Errors
    /// [`StorageFault::Full`] or [`StorageFault::Forbidden`], as the browser says.
    pub async fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), StorageFault> {
        let value = Uint8Array::from(bytes);
        let write = async {
            let transaction = self.0.transaction(&[FILES], TransactionMode::ReadWrite)?;
            transaction.object_store(FILES)?.put(&value, Some(&JsValue::from(sha256)))?.await?;
            transaction.commit()?.await
        };
        match in_time_of(FILE_PATIENCE_MILLIS, write).await? {
            TransactionResult::Committed => Ok(()),
            // As for vectors: the disk has no room.
            TransactionResult::Aborted => Err(StorageFault::Full),
        }
    }

    /// Forgets every file but those `wanted`.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not let go of them.
    pub async fn forget_all_but(&self, wanted: &[&str]) -> Result<(), StorageFault> {
        let forget = async {
            let transaction = self.0.transaction(&[FILES], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(FILES)?;
            for key in store.get_all_keys(None, None)?.await? {
                if !key.as_string().is_some_and(|key| wanted.contains(&key.as_str())) {
                    store.delete(key)?.await?;
                }
            }
            transaction.commit()?.await
        };
        in_time_of(FILE_PATIENCE_MILLIS, forget).await.map(|_| ())
    }
}

async fn open_database() -> Result<Database, StorageFault> {
    let open = async {
        let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            // If one cannot be made here, the first use of it fails, and tells.
            let _ = event.database().and_then(|database| {
                let made = database.store_names();
                for name in
                    [VECTORS, FILES].into_iter().filter(|it| !made.iter().any(|has| has == it))
                {
                    database.create_object_store(name, ObjectStoreParams::new())?;
                }
                Ok(())
            });
        });
        request.await
    };
    in_time(open).await
}

fn piece(key: &JsValue, value: JsValue) -> Option<Piece> {
    let start = key.as_string()?.rsplit('/').next()?.parse().ok()?;
    Some(Piece { start, bytes: value.dyn_into::<Uint8Array>().ok()?.to_vec() })
}

/// Waits for a database, but not for ever.
async fn in_time<T>(work: impl Future<Output = Result<T, idb::Error>>) -> Result<T, StorageFault> {
    in_time_of(PATIENCE_MILLIS, work).await
}

async fn in_time_of<T>(
    millis: u32,
    work: impl Future<Output = Result<T, idb::Error>>,
) -> Result<T, StorageFault> {
    match select(std::pin::pin!(work), TimeoutFuture::new(millis)).await {
        Either::Left((outcome, _)) => outcome.map_err(|error| match error {
            idb::Error::DomException(reason) => fault(&reason),
            idb::Error::UpdateFailed(reason) | idb::Error::TransactionCommitError(reason) => {
                fault(&reason)
            }
            _ => StorageFault::Forbidden,
        }),
        Either::Right(_) => Err(StorageFault::Forbidden),
    }
}

/// Browsers name a full disk the same way everywhere; all else means "not here".
fn fault(reason: &JsValue) -> StorageFault {
    let name = Reflect::get(reason, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageFault::Full,
        _ => StorageFault::Forbidden,
    }
}
