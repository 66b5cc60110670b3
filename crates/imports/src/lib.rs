//! Files that other film sites export, read as what they say of films; pure, so that it runs in a
//! worker as well as in a test.
//!
//! Three steps: [`read`] makes entries of files, [`Matcher::match_all`] finds their films, [`merge`]
//! joins them with what was there. Each gives new values and changes none, so a cancelled import
//! leaves all as it was. What only the reader can tell comes back as [`Question`]s; with
//! [`Options::answers`] the same call goes further.

mod columns;
mod container;
mod dates;
mod entry;
mod films;
mod format;
mod formats;
mod formula;
mod import;
mod incoming;
mod kept;
mod limits;
mod matching;
mod merge;
mod note;
mod question;
mod recognise;
mod sheet;
mod table;
mod text;
mod titles;
pub mod words;
pub mod write;

use std::ops::ControlFlow;

pub use dates::{Date, Order};
pub use entry::{Entry, Named, Place, Rating, Scale, Stands};
pub use films::{Interaction, Ordered, Site, Told, in_order};
pub use format::{Format, Part};
pub use import::{Import, Options, ReadAs};
pub use incoming::{Incoming, Refused};
pub use kept::KeptFilm;
pub use limits::MOST_BYTES;
pub use matching::{Found, Matched, Matcher, Unmatched, Why};
pub use merge::{Conflict, Merged, merge};
pub use note::{Note, Weight, What};
pub use question::{About, Answers, Choice, Question};
pub use text::Letters;

use container::Opener;
use sheet::Gathered;

/// How far reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub read_bytes: u64,
    /// Of the files as they are handed over; what is packed counts as packed.
    pub all_bytes: u64,
}

/// The reader cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Reads files, each a name and its bytes; of a folder, the names have the way into it.
///
/// A file that cannot be read is in [`Import::notes`], with its line where there is one, and the
/// others count. `progress` is told how far it is, and may stop it.
///
/// # Errors
/// [`Cancelled`] if `progress` breaks off.
pub fn read(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Import, Cancelled> {
    let mut files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    files.sort_by_cached_key(|it| container::natural(&it.0));
    let all_bytes = files.iter().map(|it| it.1.len() as u64).sum();
    let mut read_bytes = 0;
    let mut gathered = Gathered::new(options.clone());
    let mut opener = Opener::default();
    for (name, bytes) in files {
        let n_bytes = bytes.len() as u64;
        let opened = opener.open(&name, bytes);
        let n_opened: u64 = opened.iter().map(|it| it.bytes.len() as u64).sum();
        let mut n_before = 0;
        for file in opened {
            let mut step = |n_read: usize| {
                // What is packed counts by the share of it that is read.
                let share = (n_before + n_read as u64) as f64 / n_opened.max(1) as f64;
                let read_bytes = read_bytes + (share * n_bytes as f64) as u64;
                progress(Progress { read_bytes, all_bytes })
            };
            let n_file = file.bytes.len();
            recognise::read(&mut gathered, &file.name, &file.bytes, &mut step).ok_or(Cancelled)?;
            n_before += n_file as u64;
        }
        read_bytes += n_bytes;
        if progress(Progress { read_bytes, all_bytes }).is_break() {
            return Err(Cancelled);
        }
    }
    let mut import = gathered.import;
    import.notes.extend(opener.notes);
    import.notes.sort_by_cached_key(|it| (container::natural(&it.file), it.line));
    Ok(import)
}

/// Reads what was pasted or typed: rows of any known form, or a film a line.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str, options: &Options) -> Result<Import, Cancelled> {
    let pasted = (words::PASTED.to_owned(), text.as_bytes().to_vec());
    read([pasted], options, &mut |_| ControlFlow::Continue(()))
}
