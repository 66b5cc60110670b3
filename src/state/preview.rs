//! What the lists would be if one pick were switched: asked while the reader points at the switch,
//! shown in place, and gone when the reader points elsewhere. Nothing of the page's state changes.

use reactive_graph::computed::Memo;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, With, WithUntracked};
use reactive_graph::wrappers::read::Signal;

use super::latest::Latest;
use super::lists::{ListQuestion, Ranked, WITHIN};
use super::reader::Reader;
use super::shell::{Lasting, Shell};
use super::shown::Shown;
use crate::catalog::ItemRow;
use crate::compare::{self, Changes};
use crate::history::History;

/// The switch the reader points at. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Previewing {
    reader: Reader,
    item: RwSignal<Option<ItemRow>>,
    /// What models would read; `None` without a preview, or if they would read nothing.
    history: Memo<Option<History>>,
    /// What the preview changes in each list of the open feature; `None` for those that are still asked for.
    lists: RwSignal<Option<Signal<Vec<Option<Changes>>>>>,
}

impl Lasting for Previewing {
    fn of(shell: Shell) -> Self {
        let reader = shell.reader;
        let item = RwSignal::new(None::<ItemRow>);
        let switched = Memo::new(move |_| {
            let item = item.get()?;
            let mut off = reader.off().get();
            if !off.remove(&item) {
                off.insert(item);
            }
            let read = reader.history().with(|it| it.without_all(&off));
            (!read.is_empty()).then_some(read)
        });
        let previewing = Self { reader, item, history: switched, lists: RwSignal::new(None) };
        reader.on_act(move |_| previewing.end());
        previewing
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

impl Previewing {
    /// The history to ask lists for; `None` without a preview.
    pub fn history(self) -> Memo<Option<History>> {
        self.history
    }

    /// Shows what the lists would be if the pick `item` were switched.
    pub fn begin(self, item: ItemRow) {
        if self.item.get_untracked() != Some(item) {
            self.item.set(Some(item));
        }
    }

    /// Shows the lists of the page again, unless the reader points at another switch by now.
    pub fn end_for(self, item: ItemRow) {
        if self.item.get_untracked() == Some(item) {
            self.end();
        }
    }

    /// Forgets the preview and drops what is asked for it.
    pub fn end(self) {
        if self.item.with_untracked(Option::is_some) {
            self.item.set(None);
        }
    }

    /// Counts these lists from now on, until the owner of the moment ends.
    pub fn count(self, lists: Signal<Vec<Option<Changes>>>) {
        self.lists.set(Some(lists));
        on_cleanup(move || self.lists.set(None));
    }

    /// The pick whose switch the reader points at, and what switching it would do.
    pub fn preview(self) -> Option<Preview> {
        let item = self.item.get()?;
        let is_on = self.reader.is_off(item);
        let mut preview =
            Preview { item, is_on, n_lists: 0, n_waiting: 0, changes: Changes::default() };
        if self.history.with(Option::is_none) {
            return Some(preview);
        }
        let lists = self.lists.get().map_or_else(|| vec![None], |it| it.get());
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

/// The list of the page, or in its place the one of a `preview`, set beside it.
pub fn shown_with(
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
pub fn changes(
    listed: Memo<Option<Shown>>,
    preview: Latest<ListQuestion, Ranked>,
) -> Option<Changes> {
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
