//! What the tests share: the catalogue, files, and an import in a few words.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use glassrec_core::catalog::Catalogue;
use glassrec_imports::{
    Answers, Date, Import, Interaction, Matched, Matcher, Options, Question, read, words,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let artifact = |name: &str| fs::read(root().join("../../models/artifacts").join(name)).unwrap();
    let catalogue = Catalogue::from_json(&artifact("catalogue.json")).unwrap();
    catalogue.add_details(&artifact("catalogue.details.json")).unwrap();
    catalogue
});
pub(crate) static MATCHER: LazyLock<Matcher<'static>> = LazyLock::new(|| Matcher::new(&CATALOGUE));

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A sample of ours, by its way under `tests/samples`.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/samples").join(name)).unwrap()
}

/// All samples of a folder, with the way into it from there.
pub(crate) fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let top = root().join("tests/samples").join(name);
    let mut files = Vec::new();
    let mut waiting = vec![top.clone()];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

pub(crate) fn options(answers: &Answers) -> Options {
    Options { today: Date::parse("2026-12-01").unwrap(), answers: answers.clone() }
}

/// Files read and matched.
pub(crate) struct Done {
    pub(crate) import: Import,
    pub(crate) matched: Matched,
}

pub(crate) fn import(files: Vec<(String, Vec<u8>)>, answers: &Answers) -> Done {
    let import = read(files, &options(answers), &mut |_| ControlFlow::Continue(())).unwrap();
    let matched = MATCHER.match_all(&import, answers);
    Done { import, matched }
}

/// One sample under the name that is given.
pub(crate) fn import_as(name: &str, bytes: impl Into<Vec<u8>>) -> Done {
    import(vec![(name.to_owned(), bytes.into())], &Answers::new())
}

pub(crate) fn import_sample(path: &str) -> Done {
    import_as(path.rsplit('/').next().unwrap(), sample(path))
}

impl Done {
    /// Every film in a line: "Seven (1995) ★3 seen 2024-02-02 2024-05-10 +1 liked".
    pub(crate) fn films(&self) -> Vec<String> {
        self.matched.films.iter().map(line).collect()
    }

    pub(crate) fn questions(&self) -> Vec<&Question> {
        self.import.questions.iter().chain(&self.matched.questions).collect()
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.questions().into_iter().map(words::question).collect()
    }

    pub(crate) fn notes(&self) -> Vec<String> {
        self.import.notes.iter().map(words::note).collect()
    }

    /// "Barbie: newer than most films here".
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let all = self.matched.unmatched.iter().chain(&self.matched.series);
        all.map(|it| format!("{}: {}", it.named.title, words::why(it.why))).collect()
    }

    #[track_caller]
    pub(crate) fn check(&self, want: &[&str]) {
        assert_eq!(self.films(), want, "notes: {:#?}", self.notes());
    }
}

pub(crate) fn line(film: &Interaction) -> String {
    let told = &film.told;
    let year = CATALOGUE.year(film.item).unwrap_or(0);
    let mut text = format!("{} ({year})", CATALOGUE.title(film.item));
    if let Some(rating) = told.rating {
        text += &format!(" ★{}", rating.stars());
    }
    for (is_so, word) in [
        (told.is_seen, " seen"),
        (told.is_wanted, " wanted"),
        (told.is_liked == Some(true), " liked"),
        (told.is_liked == Some(false), " disliked"),
    ] {
        text += if is_so { word } else { "" };
    }
    told.viewings.iter().for_each(|it| text += &format!(" {it}"));
    if told.n_rewatches > 0 {
        text += &format!(" +{}", told.n_rewatches);
    }
    text + if told.is_of_bulk_day { " bulk" } else { "" }
}

pub(crate) fn zipped(files: &[(String, Vec<u8>)], is_stored: bool) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in files.iter().enumerate() {
        let method = match is_stored && at % 2 == 0 {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Line ends as Letterboxd writes them.
pub(crate) fn crlf(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.replace('\n', "\r\n").into_bytes()
}
