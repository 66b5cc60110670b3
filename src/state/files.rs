//! The files of the site, as whoever needs one is given it.

use futures::future::LocalBoxFuture;

use crate::engine::protocol::EngineError;
use crate::manifest::FileRef;

/// Where the files of `models/artifacts` come from.
pub trait Files {
    /// # Errors
    /// [`EngineError::Unreachable`] if the file does not come, [`EngineError::Damaged`] if it comes with another
    /// checksum.
    fn fetch(&self, file: &FileRef) -> LocalBoxFuture<'static, Result<Vec<u8>, EngineError>>;
}
