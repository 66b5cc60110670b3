//! Reads the paths that Rust code names: enough of the language for that, and no more.

use std::collections::BTreeSet;

use super::is_engine_part;

/// Every module named by a path that starts at the crate, groups in braces included.
pub(super) fn named_modules(code: &[String]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, word) in code.iter().enumerate() {
        let is_path = code.get(at + 1).is_some_and(|next| next == "::");
        let is_after_path = at > 0 && code[at - 1] == "::";
        if matches!(word.as_str(), "crate" | "glassrec") && is_path && !is_after_path {
            read_path(code, at + 2, "", &mut named);
        }
    }
    named
}

/// Reads one path from `at`, adds the modules it names, and returns where it ends.
fn read_path(code: &[String], at: usize, above: &str, named: &mut BTreeSet<String>) -> usize {
    let Some(word) = code.get(at) else { return at };
    if word == "{" {
        let mut at = at + 1;
        while code.get(at).is_some_and(|word| word != "}") {
            let end = read_path(code, at, above, named);
            let is_comma = code.get(end).is_some_and(|word| word == ",");
            at = (end + usize::from(is_comma)).max(at + 1);
        }
        return at + 1;
    }
    let goes_on = code.get(at + 1).is_some_and(|next| next == "::");
    match (above, word.as_str()) {
        // A part of the engine counts as a module of its own.
        ("", "engine") if goes_on => read_path(code, at + 2, "engine", named),
        ("engine", part) if is_engine_part(part) => {
            named.insert(format!("engine::{part}"));
            skip_path(code, at)
        }
        ("engine", _) => {
            named.insert("engine".to_owned());
            skip_path(code, at)
        }
        (_, module) => {
            let is_module = module.starts_with(|first: char| first.is_ascii_lowercase());
            if is_module && module != "self" {
                named.insert(module.to_owned());
            }
            skip_path(code, at)
        }
    }
}

/// The end of the path at `at`: past its segments and a group in braces.
fn skip_path(code: &[String], mut at: usize) -> usize {
    let is = |at: usize, word: &str| code.get(at).is_some_and(|it| it == word);
    at += 1;
    while is(at, "::") {
        at += 1;
        if is(at, "{") {
            let mut depth = 0;
            while at < code.len() {
                depth += i32::from(is(at, "{")) - i32::from(is(at, "}"));
                at += 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        at += 1;
    }
    if is(at, "as") { at + 2 } else { at }
}

/// The words and marks of `code`, without comments, strings and what is compiled for tests only.
pub(super) fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            string_length(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let is_word = |it: char| it.is_alphanumeric() || it == '_';
            let length = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
            words.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            words.push("::".to_owned());
            2
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else {
            if !first.is_whitespace() {
                words.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    without_tests(words)
}

/// The length of the string literal that `text` starts with, quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

/// Takes away items marked `#[cfg(test)]`, braces and all.
fn without_tests(words: Vec<String>) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at..].iter().take(mark.len()).eq(mark) {
            kept.push(words[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 0;
        while at < words.len() {
            let word = words[at].as_str();
            at += 1;
            depth += i32::from(word == "{") - i32::from(word == "}");
            if depth == 0 && matches!(word, "}" | ";") {
                break;
            }
        }
    }
    kept
}
