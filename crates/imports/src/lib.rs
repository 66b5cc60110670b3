//! Files that other film sites export, read as what they say of films; pure, so that it runs in a
//! worker as well as in a test.
//!
//! Three steps: [`read`] makes entries of files ([`Reading`] does so in slices), [`Matcher::match_all`] finds their films, [`merge`]
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
mod reading;
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
pub use kept::{KeptFilm, kept_films};
pub use limits::{MOST_BYTES, MOST_BYTES_IN_ALL};
pub use matching::{Found, Matched, Matcher, Unmatched, Why};
pub use merge::{Conflict, Merged, merge};
pub use note::{Note, Weight, What};
pub use question::{About, Answers, Choice, Question};
pub use reading::{Cancelled, Progress, Reading};
pub use text::Letters;

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
    let mut reading = Reading::new(files, options);
    while reading.step(progress)? {}
    Ok(reading.finish())
}

/// Reads what was pasted or typed: rows of any known form, or a film a line.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str, options: &Options) -> Result<Import, Cancelled> {
    let pasted = (words::PASTED.to_owned(), text.as_bytes().to_vec());
    read([pasted], options, &mut |_| ControlFlow::Continue(()))
}
