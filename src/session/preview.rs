//! What the lists would be if one pick were switched: asked while the reader points at the switch,
//! shown in place, and gone when the reader points elsewhere. Nothing of the page's state changes.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::compare::{self, Changes};
use crate::history::History;
use crate::session::{Column, Latest, ListQuestion, Ranked, Session, Shown, Tab, WITHIN};

/// The switch the reader points at.
#[derive(Clone, Copy)]
pub(super) struct Previewing {
    item: RwSignal<Option<ItemRow>>,
    /// What models would read; `None` without a preview, or if they would read nothing.
    pub(super) history: Memo<Option<History>>,
}

impl Previewing {
    pub(super) fn new(history: RwSignal<History>, off: RwSignal<BTreeSet<ItemRow>>) -> Self {
        let item = RwSignal::new(None::<ItemRow>);
        let switched = Memo::new(move |_| {
            let item = item.get()?;
            let mut off = off.get();
            if !off.remove(&item) {
                off.insert(item);
            }
            let read = history.with(|it| it.without_all(&off));
            (!read.is_empty()).then_some(read)
        });
        Self { item, history: switched }
    }

    /// Forgets the preview and drops what is asked for it.
    pub(super) fn end(self) {
        if self.item.with_untracked(Option::is_some) {
            self.item.set(None);
        }
    }
}

/// What switching a pick would do to the lists on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    pub item: ItemRow,
    /// Whether the pick would be read.
    pub is_on: bool,
    /// Lists that are here.
    pub n_lists: usize,
    /// Lists that are still asked for.
    pub n_waiting: usize,
    /// Summed over the lists that are here.
    pub changes: Changes,
}

/// The list of the page, or in its place the one of a `preview`, set beside it.
pub(super) fn shown_with(
    listed: Memo<Option<Shown>>,
    preview: Latest<ListQuestion, Ranked>,
) -> Memo<Option<Shown>> {
    Memo::new(move |_| {
        let listed = listed.get();
        let is_current = !preview.is_stale();
        let previewed = preview.with(|answered| {
            let answered = answered.filter(|_| is_current)?;
            Some(Shown::after(answered, listed.as_ref()))
        });
        previewed.or(listed)
    })
}

/// What `preview` changes in `listed`; `None` until it is here.
fn changes(listed: Memo<Option<Shown>>, preview: Latest<ListQuestion, Ranked>) -> Option<Changes> {
    if preview.is_stale() {
        return None;
    }
    let before: Vec<ItemRow> =
        listed.with(|it| it.as_ref().map(|it| it.rows.iter().map(|row| row.item).collect()))?;
    preview.with(|answered| {
        let now: Vec<ItemRow> = answered?.answer.list.iter().map(|it| it.item).collect();
        Some(compare::changes(&before, &now, WITHIN))
    })
}

impl Session {
    /// Shows what the lists would be if the pick `item` were switched.
    pub fn preview_switch(self, item: ItemRow) {
        if self.previewing.item.get_untracked() != Some(item) {
            self.previewing.item.set(Some(item));
        }
    }

    /// Shows the lists of the page again, unless the reader points at another switch by now.
    pub fn end_preview(self, item: ItemRow) {
        if self.previewing.item.get_untracked() == Some(item) {
            self.previewing.end();
        }
    }

    /// The pick whose switch the reader points at, and what switching it would do.
    pub fn preview(self) -> Option<Preview> {
        let item = self.previewing.item.get()?;
        let is_on = self.is_off(item);
        let mut preview =
            Preview { item, is_on, n_lists: 0, n_waiting: 0, changes: Changes::default() };
        if self.previewing.history.with(Option::is_none) {
            return Some(preview);
        }
        let lists: Vec<Option<Changes>> = match self.tab().get() {
            Tab::Compare => self.compared().into_iter().map(Column::previewed_changes).collect(),
            _ => vec![changes(self.listed, self.previewed)],
        };
        for list in lists {
            match list {
                Some(changes) => {
                    preview.n_lists += 1;
                    preview.changes += changes;
                }
                None => preview.n_waiting += 1,
            }
        }
        Some(preview)
    }
}

impl Column {
    /// What the preview of the moment changes here; `None` until it is here.
    fn previewed_changes(self) -> Option<Changes> {
        changes(self.listed, self.previewed)
    }
}
