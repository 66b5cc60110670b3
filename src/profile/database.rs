//! Vectors and files in the browser's database.
//!
//! Every act opens the database and closes it again: a connection that stays open would keep other
//! tabs from upgrading or deleting it.

use std::cell::Cell;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use idb::{
    Database, DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query,
    TransactionMode, TransactionResult,
};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{fault, full_name};
use crate::engine::protocol::StorageFault;

/// Earlier versions had one database for all sites of an origin.
const OLD_DATABASE: &str = "glassrec";
const VERSION: u32 = 2;
const VECTORS: &str = "vectors";
/// Large files that the reader agreed to keep, by checksum.
const FILES: &str = "files";
/// In some private modes a database never opens.
const PATIENCE_MILLIS: u32 = 4_000;
/// A file of 25 MB takes a slow disk a while.
const FILE_PATIENCE_MILLIS: u32 = 60_000;

thread_local! {
    /// Why the database that was asked for last has not opened yet.
    static WAITING: Cell<Option<StorageFault>> = const { Cell::new(None) };
}

/// Vectors computed on this device, in pieces, under a name that says what they were made of.
pub struct VectorStore {
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
    /// The store of vectors made of `name`: encoder, catalogue and backend.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser gives no database, or none in time.
    pub async fn open(name: &str) -> Result<Self, StorageFault> {
        open_database().await?.close();
        Ok(Self { name: name.to_owned() })
    }

    /// All pieces kept under this name.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not give them.
    pub async fn pieces(&self) -> Result<Vec<Piece>, StorageFault> {
        let read = async |database: &Database| {
            let store = store_of(database, VECTORS, TransactionMode::ReadOnly)?;
            let range = || self.own_range().map(Query::from).map(Some);
            let keys = store.get_all_keys(range()?, None)?;
            let values = store.get_all(range()?, None)?;
            Ok((keys.await?, values.await?))
        };
        let (keys, values) = with_database(PATIENCE_MILLIS, read).await?;
        Ok(keys.iter().zip(values).filter_map(|(key, value)| piece(key, value)).collect())
    }

    /// Keeps one more piece.
    ///
    /// # Errors
    /// [`StorageFault`], as the browser says.
    pub async fn keep(&self, piece: &Piece) -> Result<(), StorageFault> {
        let key = format!("{}/{:07}", self.name, piece.start);
        put(PATIENCE_MILLIS, VECTORS, &key, &piece.bytes).await
    }

    /// Forgets vectors made of anything else.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not let go of them.
    pub async fn forget_others(&self, is_own: impl Fn(&str) -> bool) -> Result<(), StorageFault> {
        forget_all_but(VECTORS, &is_own).await
    }

    /// Keys that start with this name and a slash; `0` is the character after it.
    fn own_range(&self) -> Result<KeyRange, idb::Error> {
        let (first, past) = (format!("{}/", self.name), format!("{}0", self.name));
        KeyRange::bound(&first.into(), &past.into(), Some(false), Some(true))
    }
}

/// Large files kept on this device, by their checksums.
pub struct FileStore(());

impl FileStore {
    /// # Errors
    /// [`StorageFault`] if the browser gives no database, or none in time.
    pub async fn open() -> Result<Self, StorageFault> {
        open_database().await?.close();
        Ok(Self(()))
    }

    /// The file whose checksum is `sha256`, if it is kept.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not give it.
    pub async fn file(&self, sha256: &str) -> Result<Option<Vec<u8>>, StorageFault> {
        let read = async |database: &Database| {
            let store = store_of(database, FILES, TransactionMode::ReadOnly)?;
            store.get(JsValue::from(sha256))?.await
        };
        let kept = with_database(FILE_PATIENCE_MILLIS, read).await?;
        Ok(kept.and_then(|it| it.dyn_into::<Uint8Array>().ok()).map(|it| it.to_vec()))
    }

    /// The checksums of all that is kept.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not tell.
    pub async fn kept(&self) -> Result<Vec<String>, StorageFault> {
        let read = async |database: &Database| {
            let store = store_of(database, FILES, TransactionMode::ReadOnly)?;
            store.get_all_keys(None, None)?.await
        };
        let keys = with_database(PATIENCE_MILLIS, read).await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// # Errors
    /// [`StorageFault`], as the browser says.
    pub async fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), StorageFault> {
        put(FILE_PATIENCE_MILLIS, FILES, sha256, bytes).await
    }

    /// Forgets every file but those `wanted`.
    ///
    /// # Errors
    /// [`StorageFault`] if the browser does not let go of them.
    pub async fn forget_all_but(&self, wanted: &[&str]) -> Result<(), StorageFault> {
        forget_all_but(FILES, &|key| wanted.contains(&key)).await
    }
}

async fn put(millis: u32, name: &str, key: &str, bytes: &[u8]) -> Result<(), StorageFault> {
    let (key, value) = (JsValue::from(key), Uint8Array::from(bytes));
    let write = async |database: &Database| {
        let transaction = database.transaction(&[name], TransactionMode::ReadWrite)?;
        transaction.object_store(name)?.put(&value, Some(&key))?.await?;
        transaction.commit()?.await
    };
    match with_database(millis, write).await? {
        TransactionResult::Committed => Ok(()),
        // Nobody here aborts: the browser does when the disk has no room.
        TransactionResult::Aborted => Err(StorageFault::Full),
    }
}

async fn forget_all_but(name: &str, is_wanted: &dyn Fn(&str) -> bool) -> Result<(), StorageFault> {
    let forget = async |database: &Database| {
        let transaction = database.transaction(&[name], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(name)?;
        for key in store.get_all_keys(None, None)?.await? {
            if !key.as_string().is_some_and(|key| is_wanted(&key)) {
                store.delete(key)?.await?;
            }
        }
        transaction.commit()?.await
    };
    with_database(FILE_PATIENCE_MILLIS, forget).await.map(|_| ())
}

fn store_of(
    database: &Database,
    name: &str,
    mode: TransactionMode,
) -> Result<ObjectStore, idb::Error> {
    database.transaction(&[name], mode)?.object_store(name)
}

/// Does `work` with the database, but does not wait for ever, and lets go of it.
async fn with_database<T>(
    millis: u32,
    work: impl AsyncFnOnce(&Database) -> Result<T, idb::Error>,
) -> Result<T, StorageFault> {
    let database = open_database().await?;
    let done = in_time(millis, work(&database)).await;
    database.close();
    done
}

/// Opens the database of this site. Where another tab holds an older one open, the upgrade goes on
/// as soon as that tab is closed; until then nobody waits for it.
async fn open_database() -> Result<Database, StorageFault> {
    if let Some(fault) = WAITING.get() {
        return Err(fault);
    }
    let request = Factory::new().and_then(|it| it.open(&full_name(""), Some(VERSION)));
    let mut request = request.map_err(|error| fault_of(&error))?;
    let is_first = Rc::new(Cell::new(false));
    let note = is_first.clone();
    request.on_upgrade_needed(move |event| {
        note.set(event.old_version() == Ok(0));
        // If one cannot be made here, the first use of it fails, and tells.
        let _ = event.database().and_then(|database| {
            let made = database.store_names();
            for name in [VECTORS, FILES].into_iter().filter(|it| !made.iter().any(|has| has == it))
            {
                database.create_object_store(name, ObjectStoreParams::new())?;
            }
            Ok(())
        });
    });
    let (tell, blocked) = oneshot::channel();
    request.on_blocked(move |_| {
        let _ = tell.send(()); // or it came too late
    });
    let opening = request.into_future();
    let waited = select(blocked, TimeoutFuture::new(PATIENCE_MILLIS));
    match select(opening, waited).await {
        Either::Left((opened, _)) => {
            let database = opened.map_err(|error| fault_of(&error))?;
            if is_first.get() {
                // What cannot be taken over is computed, or fetched, once more.
                let _ = in_time(FILE_PATIENCE_MILLIS, take_over(&database)).await;
            }
            Ok(database)
        }
        Either::Right((waited, opening)) => {
            let is_blocked = matches!(waited, Either::Left((Ok(()), _)));
            // Who asks while another's wish to upgrade it is blocked hears nothing at all.
            let fault = if is_blocked || is_older().await {
                StorageFault::Blocked
            } else {
                StorageFault::Forbidden
            };
            WAITING.set(Some(fault));
            spawn_local(async {
                if let Ok(database) = opening.await {
                    database.close();
                }
                WAITING.set(None);
            });
            Err(fault)
        }
    }
}

/// Whether the database of this site is here in an older version; no where the browser does not tell.
async fn is_older() -> bool {
    let listed = async {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        let list = Reflect::get(&factory, &"databases".into())?.dyn_into::<Function>()?;
        let listed = JsFuture::from(Promise::resolve(&list.call0(&factory)?)).await?;
        let is_older = |it: &JsValue| {
            let of = |key: &str| Reflect::get(it, &key.into()).unwrap_or_default();
            let version = of("version").as_f64();
            of("name") == full_name("") && version.is_some_and(|it| it < f64::from(VERSION))
        };
        Ok::<_, JsValue>(Array::from(&listed).iter().any(|it| is_older(&it)))
    };
    match select(std::pin::pin!(listed), TimeoutFuture::new(PATIENCE_MILLIS)).await {
        Either::Left((listed, _)) => listed.unwrap_or(false),
        Either::Right(_) => false,
    }
}

/// Takes over what earlier versions of the site kept for the whole origin.
async fn take_over(database: &Database) -> Result<(), idb::Error> {
    let factory = Factory::new()?;
    let old = factory.open(OLD_DATABASE, None)?.await?;
    let copied = async {
        for name in old.store_names() {
            let old = || store_of(&old, &name, TransactionMode::ReadOnly);
            for key in old()?.get_all_keys(None, None)?.await? {
                if let Some(value) = old()?.get(key.clone())?.await? {
                    let own = store_of(database, &name, TransactionMode::ReadWrite)?;
                    own.put(&value, Some(&key))?.await?;
                }
            }
        }
        Ok(())
    };
    let copied = copied.await;
    old.close();
    copied?;
    // A tab of an earlier version may hold it: then it goes with that tab, and nobody waits.
    factory.delete(OLD_DATABASE).map(|_| ())
}

fn piece(key: &JsValue, value: JsValue) -> Option<Piece> {
    let start = key.as_string()?.rsplit('/').next()?.parse().ok()?;
    Some(Piece { start, bytes: value.dyn_into::<Uint8Array>().ok()?.to_vec() })
}

async fn in_time<T>(
    millis: u32,
    work: impl Future<Output = Result<T, idb::Error>>,
) -> Result<T, StorageFault> {
    match select(std::pin::pin!(work), TimeoutFuture::new(millis)).await {
        Either::Left((outcome, _)) => outcome.map_err(|error| fault_of(&error)),
        Either::Right(_) => Err(StorageFault::Forbidden),
    }
}

fn fault_of(error: &idb::Error) -> StorageFault {
    match error {
        idb::Error::DomException(reason) => fault(reason),
        idb::Error::UpdateFailed(reason) | idb::Error::TransactionCommitError(reason) => {
            fault(reason)
        }
        _ => StorageFault::Forbidden,
    }
}
