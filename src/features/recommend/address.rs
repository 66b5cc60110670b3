//! `w=t`: the reasons are put to the test.

use std::rc::Rc;

use reactive_graph::traits::Get;

use super::state::RecommendState;
use crate::address::{Address, AddressWarning, Piece};
use crate::state::router::AddressPart;
use crate::state::shell::Shell;

pub(super) const KEYS: &[&str] = &["w"];
const TESTING: &str = "t";

pub(super) fn part(shell: Shell) -> Rc<dyn AddressPart> {
    Rc::new(Part(shell.get()))
}

struct Part(RecommendState);

impl AddressPart for Part {
    fn write(&self) -> Vec<Piece> {
        let testing = self.0.is_testing().get().then(|| ("w".to_owned(), TESTING.to_owned()));
        testing.into_iter().collect()
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        let testing = address.read_piece("w", &mut warnings, |it| (it == TESTING).then_some(()));
        self.0.test_explanations(testing.is_some());
        warnings
    }
}
