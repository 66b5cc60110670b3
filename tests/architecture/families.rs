//! Which family is named where: outside its own folders nowhere, but on a list that may only get shorter.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use glassrec::families::REGISTRY;

use super::{FOLDERS, root, rust_files};

const LIST: &str = include_str!("families.txt");

/// Where a family has a file or folder of its own: how it scores, and its view.
const OWN: [&str; 2] = ["crates/core/src/families", "src/features/inspect"];
/// The list of families, the name of the first among them, and the list of their views.
const REGISTRIES: [&str; 3] = [
    "crates/core/src/families/mod.rs",
    "src/features/inspect/mod.rs",
    "src/features/inspect/registry.rs",
];
/// These name other things as well; as a text of their own they are a family.
const ORDINARY: [&str; 4] = ["blend", "ease", "markov", "popularity"];

#[test]
fn no_file_outside_its_own_names_a_family_that_the_list_does_not_know() {
    let known: BTreeSet<String> = LIST.lines().map(str::to_owned).collect();
    let found: BTreeSet<String> = sources().flat_map(|(path, code)| named(&path, &code)).collect();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    assert!(
        new.is_empty(),
        "new in tests/architecture/families.txt, which may only shrink: {new:#?}"
    );
    assert!(gone.is_empty(), "take out of tests/architecture/families.txt: {gone:#?}");
}

#[test]
fn what_a_family_shows_has_a_view() {
    for it in REGISTRY {
        let Some(inspection) = it.inspection else { continue };
        let has_view = |name: &str| root().join(OWN[1]).join(name).join("mod.rs").exists();
        assert!(
            has_view(it.card.name) || has_view(inspection.form),
            "{} shows {}, for which there is no view",
            it.card.name,
            inspection.form
        );
    }
}

/// One folder in the core, one in the app, one in Python, one end-to-end test, and a line in each registry.
#[test]
fn a_family_with_a_view_of_its_own_is_where_it_should_be_and_nowhere_else() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let [core, views, registry] = REGISTRIES.map(read);
    let python = read("models/pipeline/families/registry.py");
    let count = |text: &str, line: &str| text.matches(line).count();
    for it in REGISTRY {
        let name = it.card.name;
        if !root().join(OWN[1]).join(name).exists() {
            continue;
        }
        assert_eq!(count(&core, &format!("mod {name};")), 1, "{name}: its module in the core");
        assert_eq!(count(&views, &format!("mod {name};")), 1, "{name}: its module among the views");
        assert_eq!(count(&registry, &format!("{name}::view::View>")), 1, "{name}: its line");
        assert!(has_word(&python, name), "{name} is not in Python's registry");
        for file in ["mod.rs", "view.rs", "words.rs"] {
            assert!(root().join(OWN[1]).join(name).join(file).exists(), "{name} lacks {file}");
        }
        // What shows a general form has the test and the core file of that form.
        if it.inspection.is_some_and(|shown| shown.form == name) {
            for path in [
                format!("{}/{name}/mod.rs", OWN[0]),
                format!("{}/{name}/inspect.rs", OWN[0]),
                format!("{}/{name}/tables.rs", OWN[1]),
                format!("models/pipeline/families/{name}"),
                format!("tests/e2e/inspect_{name}.test.mjs"),
            ] {
                assert!(root().join(&path).exists(), "{name} lacks {path}");
            }
        }
    }
}

#[test]
fn no_feature_and_no_view_of_a_family_names_another() {
    let names: Vec<&str> = REGISTRY.iter().map(|it| it.card.name).collect();
    for (path, code) in sources() {
        let steps: Vec<&str> = path.split('/').collect();
        if let ["src", "features", feature, part, ..] = steps[..] {
            for other in folders("src/features").filter(|it| it != feature) {
                assert!(!code.contains(&format!("features::{other}")), "{path} names {other}");
            }
            for other in names.iter().filter(|it| names.contains(&part) && **it != part) {
                assert!(!has_word(&code, other), "{path} names {other}");
            }
        }
    }
}

#[track_caller]
fn check(path: &str, code: &str, want: &[&str]) {
    assert_eq!(named(path, code), want);
}

#[test]
fn a_family_named_in_passing_is_caught() {
    check("src/state.rs", "const FIRST: &str = \"sasrec\";", &["src/state.rs: sasrec"]);
    check("src/ui/list.rs", "use families::gru4rec::Trace;", &["src/ui/list.rs: gru4rec"]);
    check("src/ui/list.rs", "let a = \"As SASRec does\";", &["src/ui/list.rs: SASRec"]);
    check("src/ui/list.rs", "\"As SASRec with texts\"", &["src/ui/list.rs: SASRec with texts"]);
    check("src/ui/list.rs", "let popularity = gru4rec_like;", &[]);
    check("src/ui/list.rs", "\"popularity\"", &["src/ui/list.rs: popularity"]);
    check("crates/core/src/families/sasrec.rs", "\"sasrec\"", &[]);
    check("src/features/inspect/irgan/words.rs", "irgan::Round", &[]);
    check("src/features/inspect/view.rs", "irgan", &["src/features/inspect/view.rs: irgan"]);
}

/// "src/state.rs: sasrec", for each family that is not the file's own.
fn named(path: &str, code: &str) -> Vec<String> {
    let is_own = |name: &str| {
        OWN.iter().filter_map(|own| path.strip_prefix(own)).any(|rest| {
            rest.split('/').any(|step| step == name || step.strip_suffix(".rs") == Some(name))
        })
    };
    let says = |name: &str| match ORDINARY.contains(&name) {
        true => code.contains(&format!("\"{name}\"")),
        false => has_word(code, name),
    };
    let is_registry = REGISTRIES.contains(&path);
    // A family's card may set it beside others.
    let is_card = path.starts_with(OWN[0]);
    let mut said = Vec::new();
    let mut rest = code.to_owned();
    let mut cards: Vec<_> = REGISTRY.iter().map(|it| it.card).collect();
    // A title that holds another does not name that one.
    cards.sort_by_key(|it| Reverse(it.title.len()));
    for card in cards.iter().filter(|_| !is_registry) {
        let is_unsaid = is_card || ORDINARY.contains(&card.title.to_lowercase().as_str());
        let has_title = !is_unsaid && has_word(&rest, card.title);
        rest = rest.replace(card.title, "");
        if !is_own(card.name) {
            said.extend(Some(card.name).filter(|it| says(it)));
            said.extend(Some(card.title).filter(|_| has_title));
        }
    }
    said.into_iter().map(|it| format!("{path}: {it}")).collect()
}

fn has_word(code: &str, word: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part)
    })
}

/// Every Rust file but those of tests, by its path, without comments and tests.
fn sources() -> impl Iterator<Item = (String, String)> {
    let files = FOLDERS.iter().flat_map(|it| rust_files(&root().join(it)));
    let is_of_tests = |it: &PathBuf| it.ends_with("tests.rs") || it.ends_with("src/stage.rs");
    files.filter(move |it| !is_of_tests(it)).map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|it| !it.trim_start().starts_with("//"));
        let relative: &Path = path.strip_prefix(root()).unwrap();
        (relative.to_str().unwrap().to_owned(), lines.collect::<Vec<_>>().join("\n"))
    })
}

fn folders(path: &str) -> impl Iterator<Item = String> {
    let found = fs::read_dir(root().join(path)).unwrap().map(|it| it.unwrap());
    found.filter(|it| it.path().is_dir()).map(|it| it.file_name().into_string().unwrap())
}
