//! Which subject of the page knows which other: a list that may only get shorter, until none knows another.

use std::collections::BTreeSet;
use std::path::Path;

use super::imports::words;
use super::{root, rust_files};

const LIST: &str = include_str!("slices.txt");

/// Where subjects lie, a file or a folder each.
const FLOORS: [&str; 2] = ["session", "views"];

#[test]
fn no_subject_of_the_page_knows_more_of_others_than_the_list_says() {
    let known: BTreeSet<String> = LIST.lines().map(str::to_owned).collect();
    let found = arrows();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    assert!(
        new.is_empty(),
        "new in tests/architecture/slices.txt, which may only shrink: {new:#?}"
    );
    assert!(gone.is_empty(), "take out of tests/architecture/slices.txt: {gone:#?}");
}

/// What two of them share moves down, to `state`, `ui` or the core.
#[test]
fn no_feature_names_another() {
    let features = root().join("src/features");
    let wrong: Vec<String> = rust_files(&features)
        .iter()
        .flat_map(|path| {
            let own = subject(path.strip_prefix(&features).unwrap());
            let own = own.split("::").next().unwrap_or_default().to_owned();
            let others = features_named(path).into_iter().filter(move |it| *it != own);
            others.map(|it| format!("{} names {it}", path.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A feature of many views may have a test for each, named after both.
#[test]
fn a_feature_is_a_folder_a_sheet_and_an_end_to_end_test_of_one_name() {
    let tests: Vec<String> = std::fs::read_dir(root().join("tests/e2e"))
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for entry in std::fs::read_dir(root().join("src/features")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let sheet = format!("style/{name}.css");
            assert!(root().join(&sheet).exists(), "{name} lacks {sheet}");
            let is_of_it = |it: &String| {
                it.ends_with(".test.mjs")
                    && (it.starts_with(&format!("{name}.")) || it.starts_with(&format!("{name}_")))
            };
            assert!(tests.iter().any(is_of_it), "{name} lacks tests/e2e/{name}.test.mjs");
        }
    }
}

/// What comes after `features::` in the code of a file: a name, or the brace of several.
fn features_named(path: &Path) -> Vec<String> {
    let code = words(&std::fs::read_to_string(path).unwrap());
    let named = code.windows(3).filter(|it| it[0] == "features" && it[1] == "::");
    named.map(|it| it[2].clone()).collect()
}

/// "views::compare → views::map", from every file.
fn arrows() -> BTreeSet<String> {
    let src = root().join("src");
    let files = FLOORS.iter().flat_map(|floor| rust_files(&src.join(floor)));
    files.flat_map(|path| arrows_of(&src, &path)).collect()
}

fn arrows_of(src: &Path, path: &Path) -> BTreeSet<String> {
    let from = subject(path.strip_prefix(src).unwrap());
    let code = words(&std::fs::read_to_string(path).unwrap());
    let is_module = |it: &str| it.starts_with(|first: char| first.is_ascii_lowercase());
    let mut found = BTreeSet::new();
    for (at, word) in code.iter().enumerate() {
        let rest: Vec<&str> = code[at..].iter().take(5).map(String::as_str).collect();
        if let [_, "::", floor, "::", name] = rest[..]
            && word == "crate"
            && FLOORS.contains(&floor)
            && is_module(name)
            && format!("{floor}::{name}") != from
        {
            // A function of the floor itself is no subject: `crate::views::session()`.
            let is_file =
                ["", ".rs"].iter().any(|it| src.join(floor).join(format!("{name}{it}")).exists());
            if is_file {
                found.insert(format!("{from} → {floor}::{name}"));
            }
        }
    }
    found
}

/// "views::compare" for everything in `views/compare.rs` and `views/compare/`.
fn subject(path: &Path) -> String {
    let path = path.with_extension("");
    let steps: Vec<&str> = path.iter().filter_map(|it| it.to_str()).collect();
    steps[..steps.len().min(2)].join("::")
}
