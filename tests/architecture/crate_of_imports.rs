//! The arrows between the modules of `crates/imports`, which knows of the core the catalogue alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::imports::{named_modules, words};
use super::{root, rust_files};

pub(super) const FOLDER: &str = "crates/imports/src";

/// From the bottom up: each names only what stands above it.
const LAYERS: &[&str] = &[
    "limits",
    "dates",
    "columns",
    "formula",
    "text",
    "titles",
    "format",
    "note",
    "entry",
    "question",
    "table",
    "container",
    "films",
    "kept",
    "import",
    "incoming",
    "sheet",
    "formats",
    "recognise",
    "reading",
    "merge",
    "matching",
    "words",
    "write",
    "lib",
];

#[test]
fn each_module_of_imports_names_only_what_is_below_it() {
    let place: BTreeMap<&str, usize> = LAYERS.iter().copied().zip(0..).collect();
    let folder = root().join(FOLDER);
    let (mut wrong, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for path in rust_files(&folder) {
        let relative = path.strip_prefix(&folder).unwrap().with_extension("");
        let module = relative.iter().next().unwrap().to_str().unwrap().to_owned();
        let own = *place.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no layer"));
        for named in named_modules(&words(&fs::read_to_string(&path).unwrap())) {
            let below = place.get(named.as_str()).is_some_and(|it| *it <= own);
            if !below && module != "lib" {
                wrong.insert(format!("{module} → {named}"));
            }
        }
        seen.insert(module);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(seen, LAYERS.iter().map(|it| (*it).to_owned()).collect());
}

#[test]
fn imports_know_the_catalogue_alone() {
    for path in rust_files(&root().join(FOLDER)) {
        let code = words(&fs::read_to_string(&path).unwrap());
        for named in code.windows(3).filter(|it| it[0] == "glassrec_core" && it[1] == "::") {
            assert_eq!(named[2], "catalog", "{}", path.display());
        }
    }
}
