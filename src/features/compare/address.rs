//! `c=sacgrceae`: the families side by side; `b`: a history kept beside.

use std::rc::Rc;

use reactive_graph::traits::{Get, Set};

use crate::address::{self, Address, AddressWarning, Piece};
use crate::families::{FamilyName, Names, REGISTRY};
use crate::state::compared::Compared;
use crate::state::router::AddressPart;
use crate::state::shell::Shell;

pub(super) const KEYS: &[&str] = &["b", "c"];

pub(super) fn part(shell: Shell) -> Rc<dyn AddressPart> {
    Rc::new(Part { shell, compared: shell.get() })
}

struct Part {
    shell: Shell,
    compared: Compared,
}

impl AddressPart for Part {
    fn write(&self) -> Vec<Piece> {
        let kept = self.compared.kept().get().filter(|it| !it.is_empty());
        let ids = kept.map(|it| address::film_ids(&it, &self.shell.site.catalogue()));
        let codes = self.compared.chosen().into_iter().map(|it| code_of(it.card.name)).collect();
        let kept = ids.map(|ids| ("b".to_owned(), ids));
        // An empty choice is a choice.
        kept.into_iter().chain([("c".to_owned(), codes)]).collect()
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        let catalogue = self.shell.site.catalogue();
        let kept = address.piece("b").map(|it| address::films("b", it, &catalogue, &mut warnings));
        self.compared.kept().set(kept.filter(|it| !it.is_empty()));
        match address.piece("c") {
            None => self.compared.choose_first(),
            Some(codes) => {
                let named = families_of(codes, address.names, &mut warnings);
                let manifest = self.shell.site.manifest();
                let (shipped, unknown): (Vec<_>, Vec<_>) =
                    named.into_iter().partition(|it| manifest.family(&it.0).is_some());
                if !unknown.is_empty() {
                    let names: Vec<String> = unknown.into_iter().map(|it| it.0).collect();
                    warnings.push(AddressWarning::unknown_compared(&names));
                }
                self.compared.choose(shipped.into_iter().collect());
            }
        }
        warnings
    }
}

/// The families that `codes` of such `names` name, each once; what means nothing goes to `warnings`.
fn families_of(codes: &str, names: Names, warnings: &mut Vec<AddressWarning>) -> Vec<FamilyName> {
    let letters: Vec<char> = codes.chars().take(MAX_LETTERS).collect();
    let mut named: Vec<FamilyName> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for code in letters.chunks_exact(CODE_LENGTH) {
        let code: String = code.iter().collect();
        let found = REGISTRY.iter().find(|it| code_of(it.card.name) == code);
        match found.map(|it| names.family(it.card.name)) {
            Some(it) if named.contains(&it) => {}
            Some(it) => named.push(it),
            None if unknown.contains(&code) => {}
            None => unknown.push(code),
        }
    }
    if !letters.len().is_multiple_of(CODE_LENGTH) {
        warnings.push(AddressWarning::damaged_piece("c", codes));
    }
    if !unknown.is_empty() {
        warnings.push(AddressWarning::unknown_compared(&unknown));
    }
    named
}

/// A family in a list of families: the first two letters of its name and the last. Ten of them
/// beside twenty picks still make a short link.
fn code_of(family: &str) -> String {
    family.chars().take(CODE_LENGTH - 1).chain(family.chars().last()).collect()
}

const CODE_LENGTH: usize = 3;

/// A longer list is not from this site.
const MAX_LETTERS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(codes: &str, want: &[&str], warnings: &[AddressWarning]) {
        check_by(Names::Today, codes, want, warnings);
    }

    #[track_caller]
    fn check_by(names: Names, codes: &str, want: &[&str], warnings: &[AddressWarning]) {
        let mut told = Vec::new();
        let named = families_of(codes, names, &mut told);
        let named: Vec<String> = named.into_iter().map(|it| it.0).collect();
        assert_eq!(
            (named, told),
            (want.iter().map(|it| (*it).to_owned()).collect(), warnings.to_vec())
        );
    }

    #[test]
    fn codes_name_families_each_once() {
        check("sacmue", &["sasrec", "mult_vae"], &[]);
        check("eaeeae", &["ease"], &[]);
        check("", &[], &[]);
        let unknown = AddressWarning::UnknownCompared { families: "xyz, é.é".to_owned() };
        check("eaexyzirnxyzé.é", &["ease", "irgan"], &[unknown]);
        let damaged = AddressWarning::Damaged { piece: "c=eaesa".to_owned() };
        check("eaesa", &["ease"], &[damaged]);
    }

    #[test]
    fn codes_of_before_name_what_they_named() {
        check_by(Names::First, "saceaesat", &["sasrec_ease", "ease", "sasrec_text"], &[]);
        check("saceaesae", &["sasrec", "ease", "sasrec_ease"], &[]);
    }

    #[test]
    fn every_family_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<String> =
            REGISTRY.iter().map(|it| code_of(it.card.name)).collect();
        assert_eq!(codes.len(), REGISTRY.len());
        assert!(codes.iter().all(|code| code.len() == CODE_LENGTH));
    }
}
