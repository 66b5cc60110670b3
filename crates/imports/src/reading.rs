//! Reading file by file, so that whoever reads on a page lets others go first between two.

use std::ops::ControlFlow;
use std::vec;

use crate::container::{self, Opened, Opener};
use crate::import::{Import, Options};
use crate::recognise;
use crate::sheet::Gathered;

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub read_bytes: u64,
    /// Of the files as they are handed over; what is packed counts as packed.
    pub all_bytes: u64,
}

/// The reader cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Files of which some are read. To cancel is to forget it.
pub struct Reading {
    waiting: vec::IntoIter<(String, Vec<u8>)>,
    /// What is being read.
    open: Option<Open>,
    opener: Opener,
    gathered: Gathered,
    progress: Progress,
}

/// What was in a file: itself, or what a zip packed.
struct Open {
    files: vec::IntoIter<Opened>,
    n_bytes: u64,
    n_unpacked: u64,
    n_unpacked_before: u64,
}

impl Reading {
    /// Of files, each a name and its bytes; of a folder, the names have the way into it.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>, options: &Options) -> Self {
        let mut files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
        files.sort_by_cached_key(|it| container::natural(&it.0));
        let all_bytes = files.iter().map(|it| it.1.len() as u64).sum();
        Self {
            waiting: files.into_iter(),
            open: None,
            opener: Opener::default(),
            gathered: Gathered::new(options.clone()),
            progress: Progress { read_bytes: 0, all_bytes },
        }
    }

    /// Opens the next file, or reads the next of what was in it; `false` once all is read.
    ///
    /// # Errors
    /// [`Cancelled`] if `progress` breaks off.
    pub fn step(
        &mut self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<bool, Cancelled> {
        let Some(open) = &mut self.open else {
            let Some((name, bytes)) = self.waiting.next() else { return Ok(false) };
            let n_bytes = bytes.len() as u64;
            let opened = self.opener.open(&name, bytes);
            let n_unpacked = opened.iter().map(|it| it.bytes.len() as u64).sum();
            let files = opened.into_iter();
            self.open = Some(Open { files, n_bytes, n_unpacked, n_unpacked_before: 0 });
            return Ok(true);
        };
        if let Some(file) = open.files.next() {
            let before = self.progress;
            let mut step = |n_read: usize| {
                // What is packed counts by the share of it that is read.
                let n_unpacked = open.n_unpacked_before + n_read as u64;
                let share = n_unpacked as f64 / open.n_unpacked.max(1) as f64;
                let read_bytes = before.read_bytes + (share * open.n_bytes as f64) as u64;
                progress(Progress { read_bytes, ..before })
            };
            recognise::read(&mut self.gathered, &file.name, &file.bytes, &mut step)
                .ok_or(Cancelled)?;
            open.n_unpacked_before += file.bytes.len() as u64;
            return Ok(true);
        }
        self.progress.read_bytes += open.n_bytes;
        self.open = None;
        if progress(self.progress).is_break() {
            return Err(Cancelled);
        }
        Ok(true)
    }

    /// What came of the files that were read.
    pub fn finish(self) -> Import {
        let mut import = self.gathered.import;
        import.notes.extend(self.opener.notes);
        import.notes.sort_by_cached_key(|it| (container::natural(&it.file), it.line));
        import
    }
}
