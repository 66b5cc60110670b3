//! `l=model`: what the map is laid out by.

use std::rc::Rc;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::address::{Address, AddressWarning, Piece};
use crate::map::Layout;
use crate::state::router::AddressPart;
use crate::state::shell::{Lasting, Shell};

pub(super) const KEYS: &[&str] = &["l"];

/// What the map is laid out by. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct LaidOut(RwSignal<Layout>);

impl Lasting for LaidOut {
    fn of(_shell: Shell) -> Self {
        Self(RwSignal::new(Layout::default()))
    }
}

impl LaidOut {
    pub(super) fn by(self) -> Layout {
        self.0.get()
    }

    pub(super) fn lay_out_by(self, layout: Layout) {
        if self.0.get_untracked() != layout {
            self.0.set(layout);
        }
    }
}

pub(super) fn part(shell: Shell) -> Rc<dyn AddressPart> {
    Rc::new(shell.get::<LaidOut>())
}

impl AddressPart for LaidOut {
    fn write(&self) -> Vec<Piece> {
        let layout = Some(self.by()).filter(|it| *it != Layout::default());
        layout.map(|it| ("l".to_owned(), it.as_str().to_owned())).into_iter().collect()
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        let find = |value: &str| Layout::ALL.into_iter().find(|it| it.as_str() == value);
        self.lay_out_by(address.read_piece("l", &mut warnings, find).unwrap_or_default());
        warnings
    }
}
