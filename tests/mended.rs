//! docs/mended.md says which test holds what was once mended. A test that it names and that is gone fails here.
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

use std::fs;
use std::path::Path;

/// What a row of the table names: a file, and in it a test or, of a text file, a case.
#[derive(Debug, PartialEq)]
struct Named<'a> {
    file: &'a str,
    test: &'a str,
}

#[test]
fn every_test_that_is_named_exists() {
    let table = read("docs/mended.md");
    let named: Vec<Named<'_>> = rows(&table).flat_map(named_in).collect();
    assert!(named.len() > 100, "the table is not where it was: {} tests", named.len());
    let gone: Vec<String> = named
        .iter()
        .filter(|it| !holds(it.file, &read(it.file), it.test))
        .map(|it| format!("{}: {}", it.file, it.test))
        .collect();
    assert!(gone.is_empty(), "named in docs/mended.md, but not there:\n{}", gone.join("\n"));
}

#[test]
fn every_row_names_a_test_and_the_table_stays_short() {
    let table = read("docs/mended.md");
    for row in rows(&table) {
        assert!(!named_in(row).is_empty(), "no test holds: {row}");
    }
    assert!(rows(&table).count() <= 90, "{} rows", rows(&table).count());
}

#[track_caller]
fn check(file: &str, text: &str, test: &str, want: bool) {
    assert_eq!(holds(file, text, test), want, "{test} in {text}");
}

#[test]
fn a_test_that_is_gone_or_only_mentioned_is_caught() {
    check("a.rs", "fn ties_stay() {", "ties_stay", true);
    check("a.rs", "fn ties_stay_put() {", "ties_stay", false);
    check("a.rs", "// as ties_stay says", "ties_stay", false);
    check("a.mjs", "test('ties stay', async", "ties stay", true);
    check("a.mjs", "test(`ties ${how}`, async", "ties ${how}", true);
    check("a.mjs", "// test of 'ties stay'", "ties stay", false);
    check("a.mjs", "describe('ties stay', () =>", "ties stay", false);
    check("a.txt", "ties => stay", "ties", true);
    check("a.txt", "# ties => stay", "ties", false);
}

#[test]
fn a_row_tells_files_and_their_tests() {
    let named = named_in("| It `fell`, 1 < 2 | `a.rs`: `one`, `two`; `b/c.mjs`: `an a.rs` |");
    let want = [("a.rs", "one"), ("a.rs", "two"), ("b/c.mjs", "an a.rs")];
    assert_eq!(named, want.map(|(file, test)| Named { file, test }));
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    let is_head = |it: &str| it.starts_with("| --- ") || it.ends_with("| What holds it |");
    table.lines().filter(move |it| it.starts_with("| ") && !is_head(it))
}

/// The tests of a row's second cell: what stands in backticks is a file where a colon follows, else one of its tests.
fn named_in(row: &str) -> Vec<Named<'_>> {
    let cell = row.split(" | ").nth(1).unwrap_or_default();
    let pieces: Vec<&str> = cell.split('`').collect();
    let mut file = "";
    let mut named = Vec::new();
    for pair in pieces[1..].chunks(2) {
        let follows = pair.get(1).copied().unwrap_or_default();
        if follows.starts_with(':') {
            file = pair[0];
        } else {
            named.push(Named { file, test: pair[0] });
        }
    }
    named
}

fn holds(file: &str, text: &str, test: &str) -> bool {
    match file.rsplit('.').next() {
        Some("rs") => text.contains(&format!("fn {test}(")),
        Some("mjs") => ['\'', '`', '"'].iter().any(|quote| {
            let written = test.replace('\'', if *quote == '\'' { "\\'" } else { "'" });
            text.contains(&format!("test({quote}{written}{quote}, "))
        }),
        _ => text.lines().any(|line| line.starts_with(&format!("{test} => "))),
    }
}

fn read(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{path}: {error}"))
}
