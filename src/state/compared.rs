//! Families side by side on the history of the page: who is chosen, each one's list, and what
//! the lists have in common.

mod comparison;

use std::collections::{BTreeMap, BTreeSet};

use reactive_graph::computed::Memo;
use reactive_graph::owner::{StoredValue, on_cleanup};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, GetValue, Set, Update, With, WithUntracked};

use super::chosen::Chosen;
use super::latest::Latest;
use super::lists::{ListQuestion, Lists, Ranked, WITHIN};
use super::preview::{self, Previewing};
use super::router::FeatureId;
use super::shell::{Lasting, Shell};
use super::shown::Shown;
use crate::catalog::ItemRow;
use crate::compare::{self, Changes};
use crate::engine::protocol::EngineError;
use crate::families::{self, Card, FamilyName, Kind};
use crate::history::History;

pub use comparison::Comparison;

/// The feature that shows them side by side.
pub const FEATURE: FeatureId = "compare";

/// A family larger than this is not compared before the reader asks for it.
const MAX_FIRST_BYTES: u64 = 2_000_000;

/// Which history a list is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The history of the page.
    #[default]
    Now,
    /// The one kept beside it.
    Kept,
}

/// One family's list among others.
#[derive(Clone, Copy)]
pub struct Column {
    pub card: &'static Card,
    pub side: Side,
    /// Of all its files.
    pub n_bytes: u64,
    latest: Latest<ListQuestion, Ranked>,
    /// The list of the page's history.
    listed: Memo<Option<Shown>>,
    /// None for a history that is kept.
    previewed: Option<Latest<ListQuestion, Ranked>>,
    shown: Memo<Option<Shown>>,
}

/// The files of the chosen families, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedBytes {
    pub all: u64,
    /// Not fetched yet.
    pub missing: u64,
}

/// Made when families are first compared. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Compared {
    shell: Shell,
    chosen_family: Chosen,
    /// `None` until the reader, or a link, chose.
    chosen: RwSignal<Option<BTreeSet<FamilyName>>>,
    /// A second history, to see every list twice.
    kept: RwSignal<Option<History>>,
    /// So many features show lists of families side by side; for none, none is asked.
    n_wanted: RwSignal<usize>,
    /// Of every shipped family, as the page orders them.
    columns: StoredValue<Vec<Column>>,
    /// The same families, for the history that is kept.
    kept_columns: StoredValue<Vec<Column>>,
    comparison: Memo<Option<Comparison>>,
}

impl Lasting for Compared {
    fn of(shell: Shell) -> Self {
        let history = shell.reader.read_history();
        let lists = shell.get::<Lists>();
        let preview = shell.get::<Previewing>().history();
        let chosen = RwSignal::new(None::<BTreeSet<FamilyName>>);
        let kept = RwSignal::new(None::<History>);
        let n_wanted = RwSignal::new(0_usize);
        let asked = move |card: &'static Card, history: Option<History>| {
            let is_this = |it: &BTreeSet<FamilyName>| it.iter().any(|it| it.0 == card.name);
            let is_chosen = chosen.with(|it| it.as_ref().is_some_and(is_this));
            let history = history.filter(|_| is_chosen && n_wanted.get() > 0)?;
            Some((FamilyName(card.name.to_owned()), history))
        };
        let mut columns = Vec::new();
        let mut kept_columns = Vec::new();
        let manifest = shell.site.manifest();
        // The newest kinds first, as in the choice of one family.
        let cards: Vec<&'static Card> = families::shipped(&manifest).map(|it| &it.card).collect();
        for card in cards.into_iter().rev() {
            let n_bytes = shell.site.family_bytes(card.name);
            let latest = lists.ranked_whole(move || asked(card, kept.get()));
            let listed = Shown::following(latest);
            // Nobody edits what is kept, so there is nothing to try beforehand.
            let previewed = None;
            let side = Side::Kept;
            let shown = listed;
            kept_columns.push(Column { card, side, n_bytes, latest, listed, previewed, shown });
            let latest = lists.ranked_whole(move || asked(card, Some(history.get())));
            let previewed = lists.ranked_whole(move || asked(card, preview.get()));
            let listed = Shown::beside(latest, move || kept.with(Option::is_some), listed);
            let shown = preview::shown_with(listed, previewed);
            let (side, previewed) = (Side::Now, Some(previewed));
            columns.push(Column { card, side, n_bytes, latest, listed, previewed, shown });
        }
        let (columns, kept_columns) = (StoredValue::new(columns), StoredValue::new(kept_columns));
        let comparison = Memo::new(move |before: Option<&Option<Comparison>>| {
            let chosen = chosen_of(columns, chosen);
            comparison::compared(&chosen, &history.get(), before.and_then(Option::as_ref))
        });
        let chosen_family = shell.get::<Chosen>();
        Self { shell, chosen_family, chosen, kept, n_wanted, columns, kept_columns, comparison }
    }
}

impl Column {
    /// Its list with each film's movement since the list before; in a preview, that one's, moved
    /// against the list of the page.
    pub fn shown(self) -> Memo<Option<Shown>> {
        self.shown
    }

    /// What the preview of the moment changes here; `None` until it is here.
    pub fn previewed_changes(self) -> Option<Changes> {
        preview::changes(self.listed, self.previewed?)
    }

    pub fn is_waiting(self) -> bool {
        self.latest.is_waiting()
    }

    pub fn is_stale(self) -> bool {
        self.latest.is_stale()
    }

    /// Why the history of the moment has no list.
    pub fn failure(self) -> Option<EngineError> {
        self.latest.failure()
    }

    pub fn retry(self) {
        self.latest.retry();
    }

    /// Where it has `item`, 1 the best; `None` for a film that it leaves out.
    pub fn rank_of(self, item: ItemRow) -> Option<usize> {
        self.shown.with(|it| it.as_ref()?.ranks.rank_of(item))
    }

    /// The films, best first.
    fn items(self) -> Vec<ItemRow> {
        let rows = |it: &Shown| it.rows.iter().map(|row| row.item).collect();
        self.shown.with(|it| it.as_ref().map(rows).unwrap_or_default())
    }

    /// The films that stand in the first ranks of both lists: rank here, rank in `right`.
    pub fn links_to(self, right: Self) -> Vec<(usize, usize)> {
        compare::links(&self.items(), &right.items(), WITHIN)
    }
}

impl Compared {
    /// Asks for the lists of the chosen families until the owner of the moment ends; for the first choice where the
    /// reader made none.
    pub fn want(self) {
        self.n_wanted.update(|n| *n += 1);
        on_cleanup(move || self.n_wanted.update(|n| *n -= 1));
    }

    /// Chooses the first ones, unless the reader chose.
    pub fn choose_first(self) {
        if self.chosen.with_untracked(Option::is_none) {
            self.chosen.set(Some(self.first()));
        }
    }

    /// Compares just `chosen`.
    pub fn choose(self, chosen: BTreeSet<FamilyName>) {
        if self.chosen.with_untracked(|it| it.as_ref() != Some(&chosen)) {
            self.chosen.set(Some(chosen));
        }
    }

    /// Every family that can be compared.
    pub fn columns(self) -> Vec<Column> {
        self.columns.get_value()
    }

    /// The families the reader chose, in the order of [`Self::columns`].
    pub fn chosen(self) -> Vec<Column> {
        chosen_of(self.columns, self.chosen)
    }

    /// The lists on the board: those of [`Self::chosen`], each after the same family's list for
    /// the history that is kept, where one is.
    pub fn board(self) -> Vec<Column> {
        let now = self.chosen();
        if self.kept.with(Option::is_none) {
            return now;
        }
        let kept = chosen_of(self.kept_columns, self.chosen);
        kept.into_iter().zip(now).flat_map(|(kept, now)| [kept, now]).collect()
    }

    /// The history that is kept beside the page's own.
    pub fn kept(self) -> RwSignal<Option<History>> {
        self.kept
    }

    /// Keeps the history as it is, to be set beside what it becomes.
    pub fn keep_beside(self) {
        self.kept.set(Some(self.shell.reader.read_history().get_untracked()));
    }

    /// Keeps the history as it was before the newest act.
    pub fn keep_before_last_act(self) {
        if let Some(before) = self.shell.reader.read_before() {
            self.kept.set(Some(before));
        }
    }

    /// Compares one history alone again.
    pub fn forget_kept(self) {
        self.kept.set(None);
    }

    /// What the lists have in common; nothing before the first is here.
    pub fn comparison(self) -> Memo<Option<Comparison>> {
        self.comparison
    }

    /// Puts `family` beside the others, or takes it away.
    pub fn toggle(self, family: &str) {
        self.chosen.update(|chosen| {
            let chosen = chosen.get_or_insert_default();
            let name = FamilyName(family.to_owned());
            if !chosen.remove(&name) {
                chosen.insert(name);
            }
        });
    }

    pub fn choose_all(self) {
        let all = self.columns().iter().map(|it| FamilyName(it.card.name.to_owned())).collect();
        self.chosen.set(Some(all));
    }

    pub fn choose_none(self) {
        self.chosen.set(Some(BTreeSet::new()));
    }

    /// What the chosen families are made of.
    pub fn bytes(self) -> ComparedBytes {
        let manifest = self.shell.site.manifest();
        let parts = self.chosen().into_iter().filter_map(|column| {
            families::parts_of(&FamilyName(column.card.name.to_owned()), &manifest).ok()
        });
        // Families may share a file.
        let files: BTreeMap<String, u64> =
            parts.flatten().map(|it| (it.file.path, it.file.bytes)).collect();
        let is_missing =
            |path: &str| self.shell.engine.watch().file(path).is_none_or(|file| !file.is_done);
        ComparedBytes {
            all: files.values().sum(),
            missing: files.iter().filter(|it| is_missing(it.0)).map(|it| it.1).sum(),
        }
    }

    /// The family of the page, the best plain baseline, and the best small one of each kind.
    fn first(self) -> BTreeSet<FamilyName> {
        let ndcg = |name| self.shell.site.results(name).map_or(0.0, |it| it.ndcg_at_10);
        let mut best: BTreeMap<Kind, &'static Card> = BTreeMap::new();
        for column in self.columns().iter().filter(|it| it.n_bytes <= MAX_FIRST_BYTES) {
            let card = column.card;
            let of_kind = best.entry(card.kind).or_insert(card);
            if ndcg(card.name) > ndcg(of_kind.name) {
                *of_kind = card;
            }
        }
        let family = self.chosen_family.family().get_untracked();
        if let Some((baseline, _)) = self.shell.site.best_baseline(&family.0) {
            best.insert(Kind::Baseline, baseline);
        }
        let names = best.into_values().map(|card| FamilyName(card.name.to_owned()));
        names.chain([family]).collect()
    }
}

/// The chosen ones of `columns`.
fn chosen_of(
    columns: StoredValue<Vec<Column>>,
    chosen: RwSignal<Option<BTreeSet<FamilyName>>>,
) -> Vec<Column> {
    let mut columns = columns.get_value();
    chosen.with(|chosen| {
        columns.retain(|column| {
            chosen.as_ref().is_some_and(|it| it.iter().any(|name| name.0 == column.card.name))
        });
    });
    columns
}

#[cfg(test)]
mod tests;
