//! Which models are asked about whom, what they answered, and what it comes to under the protocol of the moment.

mod asking;
mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reactive_graph::computed::Memo;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set, Track, Update, UpdateValue, With, WithValue};

use crate::engine::protocol::EngineError;
use crate::families::{self, Card, FamilyName, Kind};
use crate::history::History;
use crate::measure::{Answered, Films, HeldOut, Measure, Protocol, User, thirds};
use crate::state::shell::{Lasting, Shell};

pub use summary::{Leader, Line, Summary};

/// What the run is at.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Doing {
    /// Nothing was asked yet, or all was forgotten.
    #[default]
    Idle,
    Asking,
    Paused,
    /// All that is chosen has answered.
    Done,
    Failed(EngineError),
}

/// Whose answers count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    #[default]
    All,
    /// A third of the users, 0 those with the shortest histories.
    Third(usize),
}

/// The users with what is known of the films.
#[derive(Debug)]
pub struct Held {
    pub users: Vec<User>,
    pub third: Vec<usize>,
    pub films: Films,
}

/// One model's answers, by user.
#[derive(Clone, Debug, Default)]
struct OfFamily {
    users: Vec<Option<Answered>>,
    own: Option<Answered>,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct MeasureState {
    shell: Shell,
    cards: StoredValue<Vec<&'static Card>>,
    held: StoredValue<Option<Arc<Held>>>,
    chosen: RwSignal<BTreeSet<&'static str>>,
    measure: RwSignal<Measure>,
    protocol: RwSignal<Protocol>,
    whose: RwSignal<Whose>,
    counts_own: RwSignal<bool>,
    /// How many users the picture shows, where the reader went back among them.
    shown: RwSignal<Option<usize>>,
    doing: RwSignal<Doing>,
    answers: StoredValue<BTreeMap<&'static str, OfFamily>>,
    /// The history that the answers for the reader are of.
    own_history: StoredValue<History>,
    /// Tells that `answers` are others.
    news: RwSignal<u32>,
    /// A run whose number is not this one any more ends.
    run: StoredValue<u32>,
    summary: Memo<Option<Summary>>,
}

impl Lasting for MeasureState {
    fn of(shell: Shell) -> Self {
        let manifest = shell.site.manifest();
        let cards: Vec<&'static Card> = families::shipped(&manifest).map(|it| &it.card).collect();
        let chosen = RwSignal::new(first(shell, &cards));
        let (answers, news) = (StoredValue::default(), RwSignal::new(0));
        let mut state = Self {
            shell,
            cards: StoredValue::new(cards),
            held: StoredValue::default(),
            chosen,
            measure: RwSignal::default(),
            protocol: RwSignal::default(),
            whose: RwSignal::default(),
            counts_own: RwSignal::new(false),
            shown: RwSignal::default(),
            doing: RwSignal::default(),
            answers,
            own_history: StoredValue::default(),
            news,
            run: StoredValue::new(0),
            // Taken by the one that reads the state.
            summary: Memo::new(|_| None),
        };
        state.summary = Memo::new(move |_| state.summed_up());
        state.follow_history();
        state
    }
}

/// The best of every kind of model.
fn first(shell: Shell, cards: &[&'static Card]) -> BTreeSet<&'static str> {
    let ndcg = |name| shell.site.results(name).map_or(0.0, |it| it.ndcg_at_10);
    let mut best: BTreeMap<Kind, &'static Card> = BTreeMap::new();
    for card in cards {
        let of_kind = best.entry(card.kind).or_insert(card);
        if ndcg(card.name) > ndcg(of_kind.name) {
            *of_kind = card;
        }
    }
    best.into_values().map(|it| it.name).collect()
}

impl MeasureState {
    /// Every model that can be asked.
    pub fn cards(self) -> Vec<&'static Card> {
        self.cards.with_value(Clone::clone)
    }

    /// Those that are, in the order of [`Self::cards`].
    pub fn chosen(self) -> Vec<&'static Card> {
        let cards = self.cards().into_iter();
        self.chosen.with(|chosen| cards.filter(|it| chosen.contains(it.name)).collect())
    }

    pub fn is_chosen(self, name: &'static str) -> bool {
        self.chosen.with(|it| it.contains(name))
    }

    pub fn toggle(self, name: &'static str) {
        self.choose(|chosen| {
            if !chosen.remove(name) {
                chosen.insert(name);
            }
        });
    }

    pub fn choose_all(self) {
        self.choose(|chosen| chosen.extend(self.cards().iter().map(|it| it.name)));
    }

    pub fn choose_first(self) {
        self.choose(|chosen| *chosen = first(self.shell, &self.cards()));
    }

    pub fn choose_only(self, names: BTreeSet<&'static str>) {
        self.choose(|chosen| *chosen = names);
    }

    /// Those that are chosen, where they are not the first ones.
    pub fn chosen_beyond_first(self) -> Option<Vec<&'static str>> {
        let first = first(self.shell, &self.cards());
        let chosen = self.chosen.get();
        (chosen != first).then(|| chosen.into_iter().collect())
    }

    fn choose(self, change: impl FnOnce(&mut BTreeSet<&'static str>)) {
        self.chosen.update(change);
        self.go_on_where_something_is_missing();
    }

    pub fn measure(self) -> RwSignal<Measure> {
        self.measure
    }

    pub fn protocol(self) -> RwSignal<Protocol> {
        self.protocol
    }

    pub fn change_protocol(self, change: impl FnOnce(&mut Protocol)) {
        self.protocol.update(change);
    }

    pub fn whose(self) -> RwSignal<Whose> {
        self.whose
    }

    pub fn counts_own(self) -> bool {
        self.counts_own.get()
    }

    /// Asks about the reader as well, or no more.
    pub fn count_own(self, counts: bool) {
        self.counts_own.set(counts);
    }

    /// Whether the history is long enough to be asked about.
    pub fn can_count_own(self) -> bool {
        self.shell.reader.read_history().with(|it| User::of_history(it).is_some())
    }

    pub fn doing(self) -> RwSignal<Doing> {
        self.doing
    }

    /// What the answers come to; `None` before the first.
    pub fn summary(self) -> Memo<Option<Summary>> {
        self.summary
    }

    /// The least and the most films before the last question of each third; empty before the users are here.
    pub fn lengths(self) -> Vec<(usize, usize)> {
        self.news.track();
        let Some(held) = self.held.with_value(Clone::clone) else { return Vec::new() };
        let of_third = |third: usize| {
            let users = held.users.iter().zip(&held.third);
            let lengths = users.filter(|it| *it.1 == third).map(|it| it.0.n_before());
            Some((lengths.clone().min()?, lengths.max()?))
        };
        (0..3).filter_map(of_third).collect()
    }

    /// How many users ship with the site.
    pub fn n_users(self) -> usize {
        self.shell.site.manifest().held_out.as_ref().map_or(0, |it| it.n_users)
    }

    /// What has to come before all that are chosen can be asked.
    pub fn missing_bytes(self) -> u64 {
        let manifest = self.shell.site.manifest();
        let parts = self.chosen().into_iter().filter_map(|card| {
            families::parts_of(&FamilyName(card.name.to_owned()), &manifest).ok()
        });
        let users = manifest.held_out.iter().flat_map(|it| it.files.values());
        let users = users.filter(|_| self.held.with_value(Option::is_none));
        let files = parts.flatten().map(|it| it.file).chain(users.cloned());
        // Families may share a file.
        let files: BTreeMap<String, u64> = files.map(|it| (it.path, it.bytes)).collect();
        let watch = self.shell.engine.watch();
        let is_missing = |path: &str| watch.file(path).is_none_or(|it| !it.is_done);
        files.iter().filter(|it| is_missing(it.0)).map(|it| it.1).sum()
    }

    /// How many users all that are chosen have answered for, and how many there are.
    pub fn progress(self) -> (usize, usize) {
        self.news.track();
        let chosen = self.chosen();
        let n_all = self.n_users() + usize::from(self.counts_own.get() && self.can_count_own());
        let n_done = self.answers.with_value(|all| {
            let n_of = |card: &&Card| {
                let of = all.get(card.name)?;
                let own = of.own.as_ref().filter(|_| self.counts_own.get());
                Some(of.users.iter().flatten().count() + own.iter().count())
            };
            chosen.iter().map(|it| n_of(it).unwrap_or(0)).min().unwrap_or(0)
        });
        (n_done, n_all)
    }

    /// About how many of the users that count all that are chosen have answered.
    pub fn n_answered(self) -> usize {
        self.news.track();
        let whose = self.whose.get();
        let counts_own = self.counts_own.get();
        let chosen = self.chosen();
        let Some(held) = self.held.with_value(Clone::clone) else { return 0 };
        self.answers.with_value(|all| {
            let n_of = |card: &&Card| {
                let of = all.get(card.name)?;
                Some(summary::counted(of, &held, whose, counts_own).iter().flatten().count())
            };
            chosen.iter().filter_map(n_of).min().unwrap_or(0)
        })
    }

    /// Shows the first `n` users alone; all for `None`.
    pub fn show_first(self, n: Option<usize>) {
        self.shown.set(n);
    }

    pub fn shown(self) -> Option<usize> {
        self.shown.get()
    }

    fn tell(self) {
        self.news.update(|it| *it = it.wrapping_add(1));
    }

    fn next_run(self) -> u32 {
        self.run.update_value(|it| *it = it.wrapping_add(1));
        self.run.with_value(|it| *it)
    }
}
