//! What was handed over, opened: zips (in zips), packed files, folders; with limits that hold
//! whatever a file claims of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::{
    BOMB_FROM_BYTES, DEEPEST, MOST_BYTES, MOST_BYTES_IN_ALL, MOST_FILES, MOST_TIMES_PACKED,
};
use crate::note::{Note, What};

/// A file as it lay, with its way into it: "letterboxd.zip/likes/films.csv".
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Opens files, and remembers how much has come of them.
#[derive(Debug, Default)]
pub(crate) struct Opener {
    n_bytes: u64,
    pub(crate) notes: Vec<Note>,
}

impl Opener {
    /// Everything in a file that may hold films, in the order of their names, numbers by their size.
    pub(crate) fn open(&mut self, name: &str, bytes: Vec<u8>) -> Vec<Opened> {
        let mut opened = Vec::new();
        self.open_into(name, bytes, 0, &mut opened);
        opened.sort_by_cached_key(|it| natural(&it.name));
        opened
    }

    fn open_into(&mut self, name: &str, bytes: Vec<u8>, depth: usize, opened: &mut Vec<Opened>) {
        if is_junk(name) {
            return self.tell(name, What::Junk);
        }
        let is_zip = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
        let is_gz = bytes.starts_with(&[0x1f, 0x8b]);
        if (is_zip || is_gz) && depth == DEEPEST {
            return self.tell(name, What::TooDeep);
        }
        if is_zip {
            return self.open_zip(name, bytes, depth, opened);
        }
        if is_gz {
            let n_packed = bytes.len() as u64;
            let unpacked = self.unpack(flate2::read::GzDecoder::new(bytes.as_slice()), n_packed);
            return match unpacked {
                Ok(bytes) => {
                    let inner = name.trim_end_matches(".gz").to_owned();
                    self.open_into(&inner, bytes, depth + 1, opened);
                }
                Err(what) => self.tell(name, what),
            };
        }
        if depth == 0 {
            self.n_bytes += bytes.len() as u64;
        }
        match what_is_wrong(&bytes) {
            Some(what) => self.tell(name, what),
            None if bytes.len() as u64 > MOST_BYTES || self.n_bytes > MOST_BYTES_IN_ALL => {
                self.tell(name, What::TooLarge { most_bytes: MOST_BYTES });
            }
            None => opened.push(Opened { name: name.to_owned(), bytes }),
        }
    }

    fn open_zip(&mut self, name: &str, bytes: Vec<u8>, depth: usize, opened: &mut Vec<Opened>) {
        let mut archive = match ZipArchive::new(Cursor::new(bytes.as_slice())) {
            Ok(archive) => archive,
            Err(_) => return self.tell(name, What::CutOff),
        };
        if archive.len() > MOST_FILES {
            return self.tell(name, What::TooManyFiles { most: MOST_FILES });
        }
        if archive.file_names_raw().any(|it| it == b"xl/workbook.xml" || it == b"content.xml") {
            return self.tell(name, What::Spreadsheet);
        }
        for at in 0..archive.len() {
            let file = match archive.by_index(at) {
                Ok(file) => file,
                Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                    self.tell(name, What::Encrypted);
                    continue;
                }
                Err(_) => {
                    self.tell(name, What::Unreadable);
                    continue;
                }
            };
            if file.is_dir() {
                continue;
            }
            // A name in no known letters is shown as far as it can be.
            let raw = || String::from_utf8_lossy(file.name_raw()).into_owned();
            let inner = file.name().map_or_else(|_| raw(), |it| it.into_owned());
            let inner = format!("{name}/{inner}");
            if file.enclosed_name().is_none() {
                self.tell(&inner, What::UnsafeName);
                continue;
            }
            if is_junk(&inner) {
                self.tell(&inner, What::Junk);
                continue;
            }
            let n_packed = file.compressed_size();
            match self.unpack(file, n_packed) {
                Ok(bytes) => self.open_into(&inner, bytes, depth + 1, opened),
                Err(what) => {
                    let is_over = self.n_bytes > MOST_BYTES_IN_ALL;
                    self.tell(&inner, what);
                    if is_over {
                        return;
                    }
                }
            }
        }
    }

    /// Reads to the end, or to a limit: what a zip says of its sizes need not be true.
    fn unpack(&mut self, reader: impl Read, n_packed: u64) -> Result<Vec<u8>, What> {
        let most_of_packed = (n_packed * MOST_TIMES_PACKED).max(BOMB_FROM_BYTES);
        let most =
            MOST_BYTES.min(most_of_packed).min(MOST_BYTES_IN_ALL.saturating_sub(self.n_bytes));
        let mut bytes = Vec::new();
        let read = reader.take(most + 1).read_to_end(&mut bytes);
        self.n_bytes += bytes.len() as u64;
        match read {
            _ if bytes.len() as u64 > most => Err(match most == most_of_packed {
                true => What::Bomb,
                false => What::TooLarge { most_bytes: MOST_BYTES },
            }),
            Err(_) => Err(What::CutOff),
            Ok(_) => Ok(bytes),
        }
    }

    fn tell(&mut self, name: &str, what: What) {
        self.notes.push(Note { file: name.to_owned(), line: None, what });
    }
}

/// What systems leave between files.
fn is_junk(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.split('/').any(|it| it == "__MACOSX")
        || last.starts_with("._")
        || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".directory")
}

fn what_is_wrong(bytes: &[u8]) -> Option<What> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.is_empty() {
        return Some(What::Empty);
    }
    let start = text[..text.len().min(200)].to_ascii_lowercase();
    let is_page = [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<head", b"<body"];
    if is_page.iter().any(|it| start.starts_with(it)) {
        return Some(What::WebPage);
    }
    let is_other = [
        b"%pdf".as_slice(),
        b"\x89png",
        b"\xff\xd8\xff",
        b"gif8",
        b"rar!",
        b"7z\xbc\xaf",
        b"\xd0\xcf\x11\xe0",
        b"sqlite format",
    ];
    is_other.iter().any(|it| start.starts_with(it)).then_some(What::Unreadable)
}

/// A key by which "part-10" comes after "part-9".
pub(crate) fn natural(name: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let n_text = rest.find(|it: char| it.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at(n_text);
        let n_digits = after.find(|it: char| !it.is_ascii_digit()).unwrap_or(after.len());
        let (digits, after) = after.split_at(n_digits);
        // The text stands before its number.
        key.push((0, text.to_owned()));
        key.push((digits.parse().unwrap_or(u64::MAX), String::new()));
        rest = after;
    }
    key
}
