//! What the reader looks at on every part of the site: a family and, if they asked about one, a film.

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, UpdateValue, With, WithUntracked, WithValue};
use std::rc::Rc;
use std::sync::Arc;

use super::reader::Act;
use super::shell::{Lasting, Shell};
use super::site::Site;
use crate::address::AddressWarning;
use crate::catalog::ItemRow;
use crate::families::{self, Card, FamilyName};
use crate::feedback::Feedback;
use crate::state::notices::Notice;

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct Chosen {
    site: Site,
    family: RwSignal<FamilyName>,
    focus: RwSignal<Option<ItemRow>>,
    heard_by: StoredValue<Vec<Rc<dyn Fn()>>, LocalStorage>,
}

impl Lasting for Chosen {
    fn of(shell: Shell) -> Self {
        let chosen = Self {
            site: shell.site,
            family: RwSignal::new(shell.site.first_family(|_| true)),
            focus: RwSignal::new(None),
            heard_by: StoredValue::new_local(Vec::new()),
        };
        shell.reader.keep_with_acts(move || {
            let focus = chosen.focus.get_untracked();
            Arc::new(move || chosen.focus.set(focus))
        });
        shell.reader.on_act(move |act| {
            if let Some(act) = act {
                chosen.hear(act);
            }
        });
        chosen
    }
}

impl Chosen {
    pub fn family(self) -> RwSignal<FamilyName> {
        self.family
    }

    /// The film the reader asked about, if they did.
    pub fn focus(self) -> RwSignal<Option<ItemRow>> {
        self.focus
    }

    /// What the chosen family tells about itself.
    pub fn card(self) -> Option<&'static Card> {
        self.family.with(families::find).map(|it| &it.card)
    }

    /// How many of the newest picks the chosen family reads.
    pub fn max_history(self) -> usize {
        let family = self.family.get();
        self.site.manifest().family(&family.0).map_or(usize::MAX, |entry| entry.max_history)
    }

    /// Chooses which family recommends.
    pub fn choose_family(self, name: FamilyName) {
        if self.family.with_untracked(|family| *family != name) {
            for hear in self.heard_by.with_value(Vec::clone) {
                hear();
            }
            self.family.set(name);
        }
    }

    /// Calls `hear` before another family is chosen, as long as the shell lasts.
    pub fn on_family(self, hear: impl Fn() + 'static) {
        self.heard_by.update_value(|it| it.push(Rc::new(hear)));
    }

    /// `wanted` if the site ships it, else the first; then the reader is told.
    pub(super) fn arrive(self, shell: Shell, wanted: Option<FamilyName>, focus: Option<ItemRow>) {
        let manifest = self.site.manifest();
        let is_shipped = |it: &FamilyName| manifest.family(&it.0).is_some();
        if let Some(unknown) = wanted.clone().filter(|it| !is_shipped(it)) {
            let warning = AddressWarning::UnknownFamily { family: unknown.0 };
            shell.notices.tell(Notice::Address(warning));
        }
        let wanted = wanted.filter(is_shipped);
        self.choose_family(wanted.unwrap_or_else(|| self.site.first_family(|_| true)));
        self.focus_on(focus);
    }

    /// Puts `item` in focus, or nothing.
    pub fn focus_on(self, item: Option<ItemRow>) {
        if self.focus.get_untracked() != item {
            self.focus.set(item);
        }
    }

    /// A film that became a pick, or that lists leave out, is no longer asked about.
    fn hear(self, act: &Act) {
        let is_over = match act {
            Act::Picked(item) | Act::Replaced { new: item, .. } => {
                self.focus.get_untracked() == Some(*item)
            }
            Act::Said(item, said) => {
                said.is_some_and(Feedback::hides) && self.focus.get_untracked() == Some(*item)
            }
            Act::Cleared | Act::TookExample | Act::TookWatched => true,
            _ => false,
        };
        if is_over {
            self.focus_on(None);
        }
    }
}
