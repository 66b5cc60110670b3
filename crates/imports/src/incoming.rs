//! A file while it arrives: chunk by chunk, so that one that is too large, or holds a thousand people's
//! ratings, is refused after its first megabytes and never lies in memory as a whole.

use std::collections::BTreeSet;
use std::io::Read;

use crate::limits::{MOST_BYTES, MOST_PEOPLE};
use crate::note::{Note, What};

/// A file of which not all has come.
#[derive(Debug)]
pub struct Incoming {
    name: String,
    bytes: Vec<u8>,
    /// The people in a MovieLens data set so far, and how many bytes of it were counted.
    people: BTreeSet<u64>,
    n_counted: usize,
}

/// A file that is not wanted any further: let go of the rest of it, and tell the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Note);

const CHUNK: usize = 256 << 10;

impl Incoming {
    /// Begins a file. `name` is the way into it, for a folder.
    pub fn new(name: &str) -> Self {
        let name = name.to_owned();
        Self { name, bytes: Vec::new(), people: BTreeSet::new(), n_counted: 0 }
    }

    /// Takes the next part.
    ///
    /// # Errors
    /// [`Refused`] as soon as it is clear that the whole would be.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Refused> {
        if (self.bytes.len() + chunk.len()) as u64 > MOST_BYTES {
            return Err(self.refused(What::TooLarge { most_bytes: MOST_BYTES }));
        }
        self.bytes.extend_from_slice(chunk);
        if self.is_data_set() {
            self.count_people();
        }
        if self.people.len() > MOST_PEOPLE {
            return Err(self.refused(What::ManyPeople { more_than: MOST_PEOPLE }));
        }
        Ok(())
    }

    /// The file as [`read`](crate::read) wants it.
    pub fn finish(self) -> (String, Vec<u8>) {
        (self.name, self.bytes)
    }

    /// The same of anything that can be read.
    ///
    /// # Errors
    /// As [`Incoming::push`]; a reader that fails has [`What::CutOff`].
    pub fn read_from(name: &str, mut reader: impl Read) -> Result<(String, Vec<u8>), Refused> {
        let mut incoming = Self::new(name);
        let mut chunk = vec![0; CHUNK];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(incoming.finish()),
                Ok(n_read) => incoming.push(&chunk[..n_read])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                // Why a disk fails is not the reader's to mend.
                Err(_) => return Err(incoming.refused(What::CutOff)),
            }
        }
    }

    fn is_data_set(&self) -> bool {
        let start = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.bytes);
        start.starts_with(b"userId,movieId,") || start.starts_with(b"1::")
    }

    /// Counts on from the last whole line.
    fn count_people(&mut self) {
        let Some(end) =
            self.bytes.iter().rposition(|it| *it == b'\n').filter(|it| *it >= self.n_counted)
        else {
            return;
        };
        for line in self.bytes[self.n_counted..end].split(|it| *it == b'\n') {
            let n_digits = line.iter().take_while(|it| it.is_ascii_digit()).count().min(18);
            let digits = line[..n_digits].iter();
            if n_digits > 0 {
                self.people.insert(digits.fold(0, |id, it| id * 10 + u64::from(it - b'0')));
            }
            if self.people.len() > MOST_PEOPLE {
                return;
            }
        }
        self.n_counted = end + 1;
    }

    fn refused(&self, what: What) -> Refused {
        Refused(Note { file: self.name.clone(), line: None, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A data set of `n_people`, as long as it is read.
    struct DataSet {
        next: u64,
        n_people: u64,
        left: Vec<u8>,
        n_read: usize,
    }

    impl Read for &mut DataSet {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            while self.left.len() < buffer.len() && self.next < self.n_people * 100 {
                if self.next == 0 {
                    self.left.extend(b"userId,movieId,rating,timestamp\n");
                }
                let line =
                    format!("{},{},4.0,1147880044\n", self.next / 100 + 1, self.next % 100 + 1);
                self.left.extend(line.as_bytes());
                self.next += 1;
            }
            let n = self.left.len().min(buffer.len());
            buffer[..n].copy_from_slice(&self.left[..n]);
            self.left.drain(..n);
            self.n_read += n;
            Ok(n)
        }
    }

    fn data_set(n_people: u64) -> DataSet {
        DataSet { next: 0, n_people, left: Vec::new(), n_read: 0 }
    }

    #[test]
    fn a_data_set_of_thousands_is_refused_after_its_beginning() {
        let mut file = data_set(300_000);
        let refused = Incoming::read_from("ratings.csv", &mut file).unwrap_err();
        assert_eq!(refused.0.what, What::ManyPeople { more_than: MOST_PEOPLE });
        assert!(file.n_read < 2 << 20, "{}", file.n_read);
        let mut file = data_set(30);
        let (_, bytes) = Incoming::read_from("ratings.csv", &mut file).unwrap();
        assert_eq!(bytes.len(), file.n_read);
    }

    #[test]
    fn what_is_too_large_is_refused_as_it_comes() {
        let endless = std::io::repeat(b'a');
        let refused = Incoming::read_from("a.csv", endless).unwrap_err();
        assert_eq!(refused.0.what, What::TooLarge { most_bytes: MOST_BYTES });
    }
}
