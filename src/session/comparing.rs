//! Families side by side on the history of the page: who is chosen, each one's list, and what
//! the lists have in common.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::compare::{self, Disputed, Extremes, Placed};
use crate::engine::protocol::EngineError;
use crate::families::{self, Card, FamilyName, Kind};
use crate::history::History;
use crate::manifest::Manifest;
use crate::session::answers;
use crate::session::preview::{self, Previewing};
use crate::session::{Latest, ListQuestion, Ranked, Session, Shown, Tab, Taught, WITHIN};
use crate::state::engine::EngineHandle;

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
    pub(super) listed: Memo<Option<Shown>>,
    pub(super) previewed: Latest<ListQuestion, Ranked>,
    shown: Memo<Option<Shown>>,
}

/// The lists that are here, set side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub history: History,
    pub cards: Vec<&'static Card>,
    /// The films most lists agree on, best first.
    pub consensus: Vec<Placed>,
    pub disputed: Option<Disputed>,
    /// By position in `cards`.
    pub extremes: Option<Extremes>,
    /// In how many lists a film stands in the first ranks.
    pub n_lists_with: BTreeMap<ItemRow, usize>,
}

/// The files of the chosen families, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedBytes {
    pub all: u64,
    /// Not fetched yet.
    pub missing: u64,
}

/// The state of the tab: cheap to copy, a part of the session.
#[derive(Clone, Copy)]
pub(super) struct Comparing {
    pub(super) tab: RwSignal<Tab>,
    /// `None` until the reader, or a link, chose.
    pub(super) chosen: RwSignal<Option<BTreeSet<FamilyName>>>,
    /// A second history, to see every list twice.
    pub(super) kept: RwSignal<Option<History>>,
    /// Of every shipped family, as the page orders them.
    columns: StoredValue<Vec<Column>>,
    /// The same families, for the history that is kept.
    kept_columns: StoredValue<Vec<Column>>,
    comparison: Memo<Option<Comparison>>,
}

impl Comparing {
    pub(super) fn new(
        engine: EngineHandle,
        manifest: &Manifest,
        history: Memo<History>,
        taught: Memo<Taught>,
        previewing: Previewing,
    ) -> Self {
        let tab = RwSignal::new(Tab::default());
        let chosen = RwSignal::new(None::<BTreeSet<FamilyName>>);
        let kept = RwSignal::new(None::<History>);
        let asked = move |card: &'static Card, history: Option<History>| {
            let is_chosen = matches!(tab.get(), Tab::Compare | Tab::Map)
                && chosen
                    .with(|it| it.as_ref().is_some_and(|it| it.iter().any(|it| it.0 == card.name)));
            let history = history.filter(|it| is_chosen && !it.is_empty())?;
            let family = FamilyName(card.name.to_owned());
            Some(ListQuestion { family, history, taught: taught.get() })
        };
        let mut columns = Vec::new();
        let mut kept_columns = Vec::new();
        // The newest kinds first, as in the choice of one family.
        let cards: Vec<&'static Card> = families::shipped(manifest).map(|it| &it.card).collect();
        for card in cards.into_iter().rev() {
            let files = manifest.family(card.name).map(|entry| &entry.files);
            let n_bytes = files.map_or(0, |files| files.values().map(|file| file.bytes).sum());
            let latest = answers::ranked(engine, move || asked(card, kept.get()));
            let listed = Shown::following(latest);
            // Nobody edits what is kept, so there is nothing to try beforehand.
            let previewed = answers::ranked(engine, || None);
            let side = Side::Kept;
            kept_columns.push(Column {
                card,
                side,
                n_bytes,
                latest,
                listed,
                previewed,
                shown: listed,
            });
            let latest = answers::ranked(engine, move || asked(card, Some(history.get())));
            let preview = move || asked(card, previewing.history.get());
            let previewed = answers::ranked(engine, preview);
            let listed = Shown::beside(latest, move || kept.with(Option::is_some), listed);
            let shown = preview::shown_with(listed, previewed);
            let side = Side::Now;
            columns.push(Column { card, side, n_bytes, latest, listed, previewed, shown });
        }
        let (columns, kept_columns) = (StoredValue::new(columns), StoredValue::new(kept_columns));
        let comparison = Memo::new(move |before: Option<&Option<Comparison>>| {
            let chosen = chosen_of(columns, chosen);
            compared(&chosen, &history.get(), before.and_then(Option::as_ref))
        });
        Self { tab, chosen, kept, columns, kept_columns, comparison }
    }
}

impl Column {
    /// Its list with each film's movement since the list before; in a preview, that one's, moved
    /// against the list of the page.
    pub fn shown(self) -> Signal<Option<Shown>> {
        self.shown.into()
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

    /// Where its list has `item`, 1 the best; `None` beyond its end.
    pub fn rank_of(self, item: ItemRow) -> Option<usize> {
        self.shown
            .with(|it| it.as_ref()?.rows.iter().find(|row| row.item == item).map(|it| it.rank))
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

impl Session {
    pub fn tab(self) -> Signal<Tab> {
        self.comparing.tab.into()
    }

    pub fn open_tab(self, tab: Tab) {
        if tab == Tab::Compare && self.comparing.chosen.with_untracked(Option::is_none) {
            self.comparing.chosen.set(Some(self.first_compared()));
        }
        if self.comparing.tab.get_untracked() != tab {
            self.comparing.tab.set(tab);
        }
    }

    /// Every family that can be compared.
    pub fn columns(self) -> Vec<Column> {
        self.comparing.columns.get_value()
    }

    /// The families the reader chose, in the order of [`Self::columns`].
    pub fn compared(self) -> Vec<Column> {
        chosen_of(self.comparing.columns, self.comparing.chosen)
    }

    /// The lists on the board: those of [`Self::compared`], each after the same family's list for
    /// the history that is kept, where one is.
    pub fn board(self) -> Vec<Column> {
        let now = self.compared();
        if self.comparing.kept.with(Option::is_none) {
            return now;
        }
        let kept = chosen_of(self.comparing.kept_columns, self.comparing.chosen);
        kept.into_iter().zip(now).flat_map(|(kept, now)| [kept, now]).collect()
    }

    /// The history that is kept beside the page's own.
    pub fn kept(self) -> Signal<Option<History>> {
        self.comparing.kept.into()
    }

    /// Keeps the history as it is, to be set beside what it becomes.
    pub fn keep_beside(self) {
        self.comparing.kept.set(Some(self.store.read().get_untracked()));
    }

    /// Keeps the history as it was before the newest act.
    pub fn keep_before_last_act(self) {
        if let Some(before) = self.store.read_before() {
            self.comparing.kept.set(Some(before));
        }
    }

    /// Compares one history alone again.
    pub fn let_go_of_kept(self) {
        self.comparing.kept.set(None);
    }

    /// What the lists have in common; nothing before the first is here.
    pub fn comparison(self) -> Signal<Option<Comparison>> {
        self.comparing.comparison.into()
    }

    /// Puts `family` beside the others, or takes it away.
    pub fn toggle_compared(self, family: &str) {
        self.comparing.chosen.update(|chosen| {
            let chosen = chosen.get_or_insert_default();
            let name = FamilyName(family.to_owned());
            if !chosen.remove(&name) {
                chosen.insert(name);
            }
        });
    }

    pub fn compare_all(self) {
        let all = self.columns().iter().map(|it| FamilyName(it.card.name.to_owned())).collect();
        self.comparing.chosen.set(Some(all));
    }

    pub fn compare_none(self) {
        self.comparing.chosen.set(Some(BTreeSet::new()));
    }

    /// What the chosen families are made of.
    pub fn compared_bytes(self) -> ComparedBytes {
        let manifest = self.manifest();
        let parts = self.compared().into_iter().filter_map(|column| {
            families::parts_of(&FamilyName(column.card.name.to_owned()), &manifest).ok()
        });
        // Families may share a file.
        let files: BTreeMap<String, u64> =
            parts.flatten().map(|(_, file)| (file.path, file.bytes)).collect();
        let is_missing = |path: &str| self.watch.file(path).is_none_or(|file| !file.is_done);
        ComparedBytes {
            all: files.values().sum(),
            missing: files.iter().filter(|it| is_missing(it.0)).map(|it| it.1).sum(),
        }
    }

    /// The family of the page, the best plain baseline, and the best small one of each kind.
    pub(super) fn first_compared(self) -> BTreeSet<FamilyName> {
        let ndcg = |name| self.results(name).map_or(0.0, |it| it.ndcg_at_10);
        let mut best: BTreeMap<Kind, &'static Card> = BTreeMap::new();
        for column in self.columns().iter().filter(|it| it.n_bytes <= MAX_FIRST_BYTES) {
            let card = column.card;
            let of_kind = best.entry(card.kind).or_insert(card);
            if ndcg(card.name) > ndcg(of_kind.name) {
                *of_kind = card;
            }
        }
        let family = self.family.get_untracked();
        if let Some((baseline, _)) = self.best_baseline(&family.0) {
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

/// Sets the lists of `history` side by side. While some of them are on their way, and fewer are
/// here than were `before`, that one stays: a picture that shrinks and grows tells nothing.
fn compared(
    columns: &[Column],
    history: &History,
    before: Option<&Comparison>,
) -> Option<Comparison> {
    let mut cards = Vec::new();
    let mut lists: Vec<Vec<ItemRow>> = Vec::new();
    let mut n_waiting = 0;
    for column in columns {
        n_waiting += usize::from(column.is_waiting());
        column.latest.with(|it| {
            if let Some(it) = it.filter(|it| it.question.history == *history) {
                cards.push(column.card);
                lists.push(it.answer.list.iter().map(|it| it.item).collect());
            }
        });
    }
    let is_chosen = |card: &&Card| columns.iter().any(|it| it.card.name == card.name);
    if let Some(before) = before
        && n_waiting > 0
        && cards.len() < before.cards.len()
        && before.cards.iter().all(is_chosen)
    {
        return Some(before.clone());
    }
    (!lists.is_empty()).then(|| Comparison {
        history: history.clone(),
        cards,
        consensus: compare::consensus(&lists, WITHIN),
        disputed: compare::most_disputed(&lists, WITHIN),
        extremes: compare::extremes(&lists, WITHIN),
        n_lists_with: compare::n_lists_with(&lists, WITHIN),
    })
}
