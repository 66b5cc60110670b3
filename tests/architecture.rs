//! Who may import whom, as a table. An arrow that is not in it fails here.
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "architecture/crate_of_imports.rs"]
mod crate_of_imports;
#[path = "architecture/families.rs"]
mod families;
#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/slices.rs"]
mod slices;
#[path = "architecture/table.rs"]
mod table;

use imports::{named_modules, words};
use table::ALLOWED;

/// Words that only the named file may say.
const ONLY: &[(&str, &str)] = &[
    ("ort", "engine::runtime"),
    ("ort_web", "engine::runtime"),
    ("gloo_net", "fetch"),
    ("XmlHttpRequest", "fetch"),
    ("fetch_with_request", "fetch"),
    ("fetch_with_request_and_init", "fetch"),
    ("fetch_with_str", "fetch"),
    ("fetch_with_str_and_init", "fetch"),
    ("RequestInit", "fetch"),
    ("WebSocket", "fetch"),
    ("EventSource", "fetch"),
    ("send_beacon_with_opt_str", "fetch"),
    ("gloo_storage", "profile"),
    ("local_storage", "profile"),
    ("session_storage", "profile"),
    ("idb", "profile"),
    ("IdbFactory", "profile"),
    ("indexed_db", "profile"),
    ("location", "shell"),
    ("push_state_with_url", "shell"),
    ("replace_state_with_url", "shell"),
];

/// A source file as the module it belongs to and its code without comments, strings and tests.
struct Source {
    module: String,
    code: Vec<String>,
}

#[test]
fn every_import_is_an_allowed_arrow() {
    let wrong: Vec<String> = sources().iter().flat_map(wrong_arrows).collect();
    assert!(wrong.is_empty(), "not in the table:\n{}", wrong.join("\n"));
}

#[test]
fn runtime_net_and_storage_are_named_in_one_file_each() {
    let wrong: Vec<String> = sources().iter().flat_map(wrong_words).collect();
    assert!(wrong.is_empty(), "named outside their file:\n{}", wrong.join("\n"));
}

/// What crosses the worker's border is plain data: no value of JavaScript, no tensor.
#[test]
fn messages_are_plain_data() {
    for file in ["protocol.rs", "floats.rs"] {
        let code = words(&fs::read_to_string(root().join("src/engine").join(file)).unwrap());
        for word in ["JsValue", "js_sys", "web_sys", "Tensor", "ort"] {
            assert!(!code.iter().any(|it| it == word), "{file} says {word}");
        }
    }
}

#[test]
fn what_features_share_needs_no_browser() {
    for source in sources().iter().filter(|it| it.module == "state") {
        for word in ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_timers", "gloo_events"] {
            assert!(!source.code.iter().any(|it| it == word), "a file of state says {word}");
        }
    }
}

/// All else compiles where tests run without one.
#[test]
fn only_the_worker_and_the_programs_are_for_browsers_alone() {
    let mut found = BTreeSet::new();
    for path in FOLDERS.iter().flat_map(|it| rust_files(&root().join(it))) {
        if fs::read_to_string(&path).unwrap().contains("cfg(target_arch = \"wasm32\")") {
            found.insert(path.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    let allowed = ["src/bin/talk.rs", "src/engine/answer.rs", "src/engine/mod.rs", "src/main.rs"];
    let more: Vec<_> = found.iter().filter(|it| it.starts_with("src/")).collect();
    assert_eq!(more, allowed);
}

#[test]
fn the_table_has_no_cycle() {
    let arrows: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut below: BTreeSet<&str> = BTreeSet::new();
    // Takes away what points at nothing but what was taken away before.
    while let Some(next) = arrows
        .keys()
        .find(|it| !below.contains(*it) && arrows[*it].iter().all(|to| below.contains(to)))
    {
        below.insert(next);
    }
    let left: Vec<_> = arrows.keys().filter(|it| !below.contains(*it)).collect();
    assert!(left.is_empty(), "in or above a cycle: {left:?}");
}

#[test]
fn every_module_is_in_the_table() {
    let known: BTreeSet<&str> = ALLOWED.iter().map(|(module, _)| *module).collect();
    for source in sources() {
        assert!(known.contains(source.module.as_str()), "{} has no line", source.module);
    }
}

#[test]
fn no_file_is_longer_than_it_may_be() {
    let folders = FOLDERS.iter().chain([&crate_of_imports::FOLDER]);
    for path in folders.flat_map(|it| rust_files(&root().join(it))) {
        let n_lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(n_lines <= 400, "{} has {n_lines} lines of at most 400", path.display());
    }
}

#[track_caller]
fn check(module: &str, code: &str, want: &[&str]) {
    let source = Source { module: module.to_owned(), code: words(code) };
    let got: Vec<String> = wrong_arrows(&source).into_iter().chain(wrong_words(&source)).collect();
    assert_eq!(got, want);
}

#[test]
fn a_forbidden_import_is_caught() {
    check("history", "use crate::catalog::ItemRow;", &[]);
    check("history", "use crate::recommend::rank;", &["history → recommend"]);
    check("history", "fn f() { crate::engine::client::ask() }", &["history → engine::client"]);
    check(
        "ui",
        "use crate::{catalog::ItemRow, engine::{protocol::Ask, client::Client}};",
        &["ui → engine::client"],
    );
    check("shell", "use crate::features::map::DOOR;", &["shell → features"]);
    check("state", "use crate::shell::feature::Feature;", &["state → shell"]);
    check("main", "use glassrec::engine::shelf::Shelf;", &["main → engine::shelf"]);
    check("families", "pub use super::manifest;", &[]);
    check("families", "use crate::engine::*;", &["families → engine"]);
    check("state", "use ort::session::Session;", &["state says ort"]);
    check("ui", "window.fetch_with_str(url)", &["ui says fetch_with_str"]);
    check("features", "window().local_storage()", &["features says local_storage"]);
}

#[test]
fn what_is_said_in_passing_is_no_import() {
    check("history", "// use crate::recommend::rank;", &[]);
    check("history", "/// See [`crate::engine::client`].", &[]);
    check("history", "let text = \"use crate::plot::ring\";", &[]);
    check("history", "/* crate::plot */ let a = \"\\\" crate::plot\";", &[]);
    check("history", "#[cfg(test)] mod tests { use crate::plot::ring; }", &[]);
    check("ui", "let report = sort(transport, idb_free);", &[]);
}

fn wrong_arrows(source: &Source) -> Vec<String> {
    let from = source.module.as_str();
    let allowed = ALLOWED.iter().find(|(module, _)| *module == from).map_or(&[][..], |it| it.1);
    let is_own = |to: &str| to == from || to.starts_with(&format!("{from}::"));
    named_modules(&source.code)
        .into_iter()
        .filter(|to| !is_own(to) && !allowed.contains(&to.as_str()))
        .map(|to| format!("{from} → {to}"))
        .collect()
}

fn wrong_words(source: &Source) -> Vec<String> {
    let is_wrong = |(word, owner): &&(&str, &str)| {
        source.module != *owner && source.code.iter().any(|it| it == word)
    };
    ONLY.iter().filter(is_wrong).map(|(word, _)| format!("{} says {word}", source.module)).collect()
}

fn is_engine_part(name: &str) -> bool {
    ALLOWED.iter().any(|(module, _)| module.strip_prefix("engine::") == Some(name))
}

/// Where modules lie: the rules, and what needs a browser.
const FOLDERS: [&str; 2] = ["crates/core/src", "src"];

fn sources() -> Vec<Source> {
    FOLDERS.iter().flat_map(|it| sources_of(&root().join(it))).collect()
}

fn sources_of(src: &Path) -> Vec<Source> {
    let files = rust_files(src);
    assert!(files.len() > 10, "the sources are not where they were");
    files
        .iter()
        .filter(|path| **path != src.join("lib.rs") && **path != src.join("engine/mod.rs"))
        .filter(|path| !path.ends_with("tests.rs"))
        .map(|path| {
            let relative = path.strip_prefix(src).unwrap().with_extension("");
            let steps: Vec<&str> = relative.iter().map(|step| step.to_str().unwrap()).collect();
            let module = match steps.as_slice() {
                ["engine", part, ..] => format!("engine::{part}"),
                [module, ..] => (*module).to_owned(),
                [] => unreachable!("a file has a name"),
            };
            Source { module, code: words(&fs::read_to_string(path).unwrap()) }
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
