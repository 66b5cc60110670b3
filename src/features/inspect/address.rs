//! `s=3&p=…`: the step, and what is done to the model, as its family writes that.

use std::rc::Rc;

use super::inspecting::Inspecting;
use crate::address::{Address, AddressWarning, Piece, number};
use crate::families::inspect::read_probe;
use crate::state::router::AddressPart;
use crate::state::shell::Shell;

pub(super) const KEYS: &[&str] = &["s", "p"];

pub(super) fn part(shell: Shell) -> Rc<dyn AddressPart> {
    Rc::new(Part(shell.get()))
}

struct Part(Inspecting);

impl AddressPart for Part {
    fn write(&self) -> Vec<Piece> {
        let (step, probe) = self.0.in_address();
        let probe = Some(probe).filter(|it| !it.is_empty());
        let pieces = [("s", step.map(|it| it.to_string())), ("p", probe)];
        pieces.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        let step = address.read_piece("s", &mut warnings, number);
        let probe = address.read_piece("p", &mut warnings, read_probe);
        self.0.put(step.map(|it| it as usize), probe.unwrap_or_default());
        warnings
    }
}
