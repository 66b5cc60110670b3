//! Damaged files of every format: whatever is in them, reading ends, and what it gives is sound.
//!
//! `GLASSREC_FUZZ_CASES=100000 cargo test -p glassrec-imports --release fuzz` goes on for longer. What once
//! broke a reader is kept under `tests/corpus`.

use std::sync::LazyLock;

use glassrec_imports::Answers;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::stage::{Done, folder, import, root, zipped};

pub(crate) fn config() -> Config {
    let cases = std::env::var("GLASSREC_FUZZ_CASES").ok().and_then(|it| it.parse().ok());
    Config { cases: cases.unwrap_or(64), max_shrink_iters: 2_000, ..Config::default() }
}

static SAMPLES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut samples = folder("");
    samples.extend(FURTHER.iter().map(|it| ((*it).to_owned(), it.as_bytes().to_vec())));
    samples.push(("a.zip".to_owned(), zipped(&folder("letterboxd"), true)));
    samples
});

const FURTHER: [&str; 4] = [
    "sep=;\nTitel;Jahr;Bewertung\nHeat;1995;4,5\n",
    "\u{feff}Title,Year\r\n\"A \"\"b\"\"\r\nc\",1999\r\n",
    "{\"file\":\"glassrec films\",\"version\":1,\"films\":[{\"movieId\":6,\"title\":\"Heat\",\"year\":1995,\"isSeen\":true}]}",
    "Position,Name,Year,URL,Description\n1,Heat,1995,x,\n",
];

/// One change to a file.
#[derive(Clone, Debug)]
enum Edit {
    Cut(prop::sample::Index, u16),
    Repeat(prop::sample::Index, u16),
    Put(prop::sample::Index, Vec<u8>),
    Swap(prop::sample::Index, u8),
    Splice(prop::sample::Index, prop::sample::Index, u16),
}

fn edit() -> impl Strategy<Value = Edit> {
    use Edit::{Cut, Put, Repeat, Splice, Swap};
    let at = any::<prop::sample::Index>;
    let signs = prop::sample::select(vec![
        &b"\""[..],
        b"\"\"",
        b",",
        b";",
        b"\n",
        b"\r",
        b"\t",
        b"::",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"0",
        b"-1",
        b"99999999999999999999",
        b"[",
        b"{",
        b"null",
        b"(",
        b"(1999)",
        b"tt",
        b": ",
        b"\xc3\x28",
        b"9999-99-99",
        b"1e309",
        b"\xe2\x98\x85",
        b"=\"",
        b"'=",
        b"PK\x03\x04",
        b"\x1f\x8b",
    ]);
    let bytes =
        prop_oneof![signs.prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 0..12),];
    prop_oneof![
        (at(), any::<u16>()).prop_map(|(at, n)| Cut(at, n % 200)),
        (at(), any::<u16>()).prop_map(|(at, n)| Repeat(at, n % 200)),
        (at(), bytes).prop_map(|(at, it)| Put(at, it)),
        (at(), any::<u8>()).prop_map(|(at, it)| Swap(at, it)),
        (at(), at(), any::<u16>()).prop_map(|(at, it, n)| Splice(at, it, n % 400)),
    ]
}

fn edited(mut bytes: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for edit in edits {
        let n_bytes = bytes.len() + 1;
        match edit {
            Edit::Cut(at, n) => {
                let at = at.index(n_bytes);
                bytes.drain(at..(at + usize::from(*n)).min(n_bytes - 1));
            }
            Edit::Repeat(at, n) => {
                let at = at.index(n_bytes);
                let again = bytes[at..(at + usize::from(*n)).min(n_bytes - 1)].to_vec();
                bytes.splice(at..at, again);
            }
            Edit::Put(at, new) => {
                let at = at.index(n_bytes);
                bytes.splice(at..at, new.iter().copied());
            }
            Edit::Swap(at, new) => {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *new;
                }
            }
            Edit::Splice(at, of, n) => {
                let other = &SAMPLES[of.index(SAMPLES.len())].1;
                let part = other[..usize::from(*n).min(other.len())].to_vec();
                let at = at.index(n_bytes);
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

/// What holds of every import.
#[track_caller]
fn check(done: &Done) {
    for entry in &done.import.entries {
        assert!(entry.place.file < done.import.files.len());
        assert!(
            !entry.named.title.is_empty()
                || entry.named.imdb.or(entry.named.tmdb).or(entry.named.movielens).is_some()
        );
    }
    for film in &done.matched.films {
        assert!(film.told.rating.is_none_or(|it| (0.5..=5.0).contains(&it.stars())));
        assert!(film.told.viewings.is_sorted_by(|one, other| one < other));
        assert!(!(film.told.is_seen && film.told.is_wanted));
    }
    for question in done.questions() {
        assert!(!question.choices.is_empty());
        assert!(question.meanwhile.as_ref().is_none_or(|it| question.choices.contains(it)));
    }
    done.notes();
    done.asked();
}

/// The first answer to every question, so that what lies behind them is read as well.
fn answered(done: &Done) -> Answers {
    done.questions().iter().map(|it| (it.about.clone(), it.choices[0].clone())).collect()
}

fn read_both_ways(name: &str, bytes: &[u8]) {
    let files = || vec![(name.to_owned(), bytes.to_vec())];
    let done = import(files(), &Answers::new());
    check(&done);
    let done = import(files(), &answered(&done));
    check(&done);
    check(&import(files(), &answered(&done)));
}

proptest! {
    #![proptest_config(Config { cases: config().cases * 8, ..config() })]

    #[test]
    fn a_damaged_file_is_read_as_far_as_it_goes(
        of in any::<prop::sample::Index>(),
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let (name, bytes) = &SAMPLES[of.index(SAMPLES.len())];
        read_both_ways(name, &edited(bytes.clone(), &edits));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_both_ways("x", &bytes);
    }

    #[test]
    fn any_text_is_read(text in "([a-zA-Zé0-9,;:\"\t\n\r()★/. -]|Title|Date|Year|Rating|Const){0,200}") {
        read_both_ways("x.csv", text.as_bytes());
    }
}

#[test]
fn what_once_broke_a_reader_no_longer_does() {
    let corpus = root().join("tests/corpus");
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        read_both_ways(path.file_name().unwrap().to_str().unwrap(), &std::fs::read(&path).unwrap());
    }
}

/// Each of the formats' samples, cut off at every line and in every line's middle.
#[test]
fn a_file_that_ends_anywhere_is_read() {
    for (name, bytes) in SAMPLES.iter().filter(|it| !it.0.starts_with("matching")) {
        let ends = (0..bytes.len()).filter(|it| bytes[*it] == b'\n' || it % 97 == 0);
        for end in ends {
            check(&import(vec![(name.clone(), bytes[..end].to_vec())], &Answers::new()));
        }
    }
}
