//! No feature knows another, and each is where its name says.

use std::fs;
use std::path::Path;

use super::imports::words;
use super::{root, rust_files};

/// What two of them share moves down, to `state`, `ui` or the core.
#[test]
fn no_feature_names_another() {
    let features = root().join("src/features");
    let wrong: Vec<String> = rust_files(&features)
        .iter()
        .flat_map(|path| {
            let own = path.strip_prefix(&features).unwrap().with_extension("");
            let own = own.iter().next().unwrap().to_string_lossy().into_owned();
            let others = features_named(path).into_iter().filter(move |it| *it != own);
            others.map(|it| format!("{} names {it}", path.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A feature of many views may have a test for each, named after both.
#[test]
fn a_feature_is_a_folder_a_sheet_and_an_end_to_end_test_of_one_name() {
    let tests: Vec<String> = fs::read_dir(root().join("tests/e2e"))
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for entry in fs::read_dir(root().join("src/features")).unwrap() {
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
            let features = fs::read_to_string(root().join("src/features/mod.rs")).unwrap();
            assert_eq!(
                features.matches(&format!("pub mod {name};")).count(),
                1,
                "{name}: its line"
            );
            let pages: String = ["explore.html", "talk.html"]
                .map(|it| fs::read_to_string(root().join(it)).unwrap())
                .concat();
            assert!(pages.contains(&sheet), "no page has {sheet}");
        }
    }
}

/// What comes after `features::` in the code of a file: a name, or the brace of several.
fn features_named(path: &Path) -> Vec<String> {
    let code = words(&fs::read_to_string(path).unwrap());
    let named = code.windows(3).filter(|it| it[0] == "features" && it[1] == "::");
    named.map(|it| it[2].clone()).collect()
}

/// Every feature is on a page, in one line of its list: a door of one page leads to the others.
#[test]
fn every_feature_that_has_a_door_is_in_the_list_of_each_page() {
    let lists = ["page", "talk"].map(|it| {
        let code =
            words(&fs::read_to_string(root().join(format!("src/programs/{it}.rs"))).unwrap());
        code.join(" ")
    });
    for entry in fs::read_dir(root().join("src/features")).unwrap() {
        let path = entry.unwrap().path().join("mod.rs");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if !text.contains("pub const DOOR") {
            continue;
        }
        let name = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let n_here = lists.iter().filter(|it| it.contains(&format!("{name} :: HERE"))).count();
        assert_eq!(n_here, 1, "{name} is shown by {n_here} pages");
        let has_door = |it: &&String| it.contains(&format!("{name} :: DOOR"));
        assert_eq!(lists.iter().filter(has_door).count(), 2, "{name} has no door on a page");
    }
}
