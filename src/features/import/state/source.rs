//! Files on their way into the page: whatever gives them, their bytes come part by part.

use std::ops::ControlFlow;

use futures::future::{FutureExt, LocalBoxFuture, ready};

use crate::imports::words::PASTED;
use crate::imports::{Cancelled, Incoming, MOST_BYTES, MOST_BYTES_IN_ALL, Note, Refused, What};

/// How much of a file is asked for at once.
const PART_BYTES: u64 = 1 << 20;

/// A file that the reader handed over.
pub trait Source {
    /// With the way into it, of a folder.
    fn name(&self) -> String;

    fn n_bytes(&self) -> u64;

    /// The bytes from `from` to `to`; `None` where the file has gone, or may not be read.
    fn part(&self, from: u64, to: u64) -> LocalBoxFuture<'static, Option<Vec<u8>>>;
}

/// A file's name and all its bytes.
pub type Whole = (String, Vec<u8>);

/// Text that was pasted or typed.
pub struct Pasted(pub String);

impl Source for Pasted {
    fn name(&self) -> String {
        PASTED.to_owned()
    }

    fn n_bytes(&self) -> u64 {
        self.0.len() as u64
    }

    fn part(&self, from: u64, to: u64) -> LocalBoxFuture<'static, Option<Vec<u8>>> {
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
        ready(self.0.as_bytes().get(range).map(<[u8]>::to_vec)).boxed_local()
    }
}

/// Takes in all files but those that are refused, each of which has a note. `go_on` is told of every part how many
/// bytes are behind it, lets others go first, and may stop it.
///
/// # Errors
/// [`Cancelled`] if `go_on` breaks off.
pub async fn take_in(
    sources: &[Box<dyn Source>],
    mut go_on: impl AsyncFnMut(u64) -> ControlFlow<()>,
) -> Result<(Vec<Whole>, Vec<Note>), Cancelled> {
    let (mut files, mut notes) = (Vec::new(), Vec::new());
    let (mut n_behind, mut n_kept) = (0, 0);
    for source in sources {
        let n_bytes = source.n_bytes();
        let arrived = match n_kept + n_bytes > MOST_BYTES_IN_ALL {
            // A folder of other things: its files are not even opened.
            true => Err(refused(&**source, What::TooLarge { most_bytes: MOST_BYTES })),
            false => arrive(&**source, async |n| go_on(n_behind + n).await).await?,
        };
        match arrived {
            Ok(file) => {
                n_kept += n_bytes;
                files.push(file);
            }
            Err(Refused(note)) => notes.push(note),
        }
        n_behind += n_bytes;
    }
    Ok((files, notes))
}

async fn arrive(
    source: &dyn Source,
    mut go_on: impl AsyncFnMut(u64) -> ControlFlow<()>,
) -> Result<Result<Whole, Refused>, Cancelled> {
    let n_bytes = source.n_bytes();
    let mut incoming = Incoming::new(&source.name());
    let mut from = 0;
    while from < n_bytes {
        let to = n_bytes.min(from + PART_BYTES);
        let Some(part) = source.part(from, to).await else {
            return Ok(Err(refused(source, What::CutOff)));
        };
        if let Err(refused) = incoming.push(&part) {
            return Ok(Err(refused));
        }
        from = to;
        if go_on(from).await.is_break() {
            return Err(Cancelled);
        }
    }
    Ok(Ok(incoming.finish()))
}

fn refused(source: &dyn Source, what: What) -> Refused {
    Refused(Note { file: source.name(), line: None, what })
}
