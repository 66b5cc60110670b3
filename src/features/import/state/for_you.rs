//! What is recommended from the reader's own films, and which of them carry it.

use std::collections::BTreeSet;
use std::sync::Arc;

use reactive_graph::computed::Memo;
use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, With, WithValue};

use super::asked::{LeftOut, Question, Ranking, ranking, ranks_by};
use super::basis::{Basis, Choice, Span};
use super::beliefs::{Belief, Group, beliefs, groups};
use super::own_films::Films;
use super::steer::{Hold, KnownParts, Steer};
use super::{ImportState, Step};
use crate::catalog::ItemRow;
use crate::engine::protocol::Cost;
use crate::families::{self, FAMILY_FOR_STARS, FamilyName};
use crate::feedback;
use crate::imports::Interaction;
use crate::recommend::Recommendation;
use crate::state::latest::{Answered, Latest};
use crate::state::lists::WITHIN;
use crate::state::shell::{Lasting, Shell};
use crate::state::shown::{ShownRow, rows_beside};

mod reasons;

pub use reasons::{Reason, Standing, Tried};

/// So many films are shown.
pub const N_LISTED: usize = 50;

/// The list as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub question: Question,
    /// Ranked among what is shown.
    pub rows: Vec<ShownRow>,
    /// How many films pass what steers the list, of how many.
    pub n_passing: usize,
    pub n_all: usize,
    /// Of the first films, those that stand there because the list is steered.
    pub entered: Vec<ItemRow>,
    pub cost: Cost,
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct ForYou {
    shell: Shell,
    choice: RwSignal<Choice>,
    basis: Memo<Basis>,
    latest: Latest<Question, Ranking>,
    steer: RwSignal<Steer>,
    wanted: Memo<BTreeSet<ItemRow>>,
    parts: StoredValue<KnownParts>,
    listed: Memo<Option<Listed>>,
    left_out: Latest<Question, LeftOut>,
    n_left_out: RwSignal<usize>,
    groups: Memo<Vec<Group>>,
    wants_beliefs: RwSignal<bool>,
    beliefs: Latest<(Question, Vec<Group>), Vec<Belief>>,
    tried: RwSignal<Option<Tried>>,
}

impl Lasting for ForYou {
    fn of(shell: Shell) -> Self {
        let import = shell.get::<ImportState>();
        let films = import.own().films();
        let family = family(shell);
        let most = shell.site.manifest().family(&family.0).map_or(0, |it| it.max_history);
        let choice = RwSignal::new(Choice::default());
        let basis =
            Memo::new(move |_| choice.with(|it| films.with(|all| Basis::of(&all.here, it, most))));
        // Nobody asks while another feature is open, or while files are read.
        let is_open = move || {
            let is_idle = import.step().with(|it| matches!(it, Step::Choosing));
            shell.address.is_open(crate::features::import::DOOR.id) && is_idle
        };
        let hidden = Memo::new(move |_| {
            let sent_away = shell.reader.feedback().with(|it| feedback::hidden(it));
            films.with(|all| {
                let seen = all.here.iter().filter(|it| it.told.is_seen).map(|it| it.item);
                seen.chain(sent_away).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
            })
        });
        let question = move || {
            let basis = basis.get();
            let is_asked = is_open() && !basis.history.is_empty();
            is_asked.then(|| Question { family: family.clone(), basis, hidden: hidden.get() })
        };
        let engine = shell.engine.handle();
        let latest = Latest::new(question, move |it| ranking(engine, it));
        let steer = RwSignal::new(Steer::default());
        let wanted = Memo::new(move |_| {
            let is_wanted = |it: &&Interaction| it.told.is_wanted;
            films.with(|all| all.here.iter().filter(is_wanted).map(|it| it.item).collect())
        });
        let catalogue = shell.site.catalogue();
        let parts = StoredValue::new(KnownParts::of(&catalogue));
        let listed = Memo::new(move |before: Option<&Option<Listed>>| {
            shell.site.has_details();
            let before = before.and_then(Option::as_ref).map_or(&[][..], |it| &it.rows[..]);
            let passes = |steer: &Steer, item| {
                wanted.with(|wanted| {
                    parts.with_value(|it| steer.passes(&catalogue, it, wanted, item))
                })
            };
            let steer = steer.get();
            latest.with(|it| Some(Listed::after(it?, before, &steer, passes)))
        });
        let n_left_out = RwSignal::new(0);
        // Once the list itself is here.
        let answered = move || -> Option<Question> {
            let is_current = is_open() && !latest.is_stale();
            latest.with(|it| Some(it.filter(|_| is_current)?.question.clone()))
        };
        let left_out = Latest::new(answered, move |question| {
            let picks: Vec<ItemRow> = question.basis.history.iter().rev().collect();
            let without = without(films.get_untracked(), choice.get_untracked(), most);
            let bases = picks.clone().into_iter().map(move |it| without(&[it]));
            let asked = ranks_by(engine, question, bases, move |n| n_left_out.set(n));
            async move {
                let (ranks, millis) = asked.await?;
                Ok(LeftOut { without: picks.into_iter().zip(ranks).collect(), millis })
            }
        });
        let groups = Memo::new(move |_| {
            shell.site.has_details();
            let whole = choice.with(|it| Choice { out: Vec::new(), ..it.clone() });
            let basis = films.with(|all| Basis::of(&all.here, &whole, most));
            groups(&shell.site.catalogue(), basis.history.as_slice())
        });
        let wants_beliefs = RwSignal::new(false);
        let about = move || {
            let question = answered().filter(|_| wants_beliefs.get())?;
            let is_read =
                |it: &Group| it.films.iter().any(|it| question.basis.history.contains(*it));
            let groups = groups.get().into_iter().filter(is_read).collect();
            Some((question, groups))
        };
        let beliefs = Latest::new(about, move |(question, groups): (Question, Vec<Group>)| {
            let without = without(films.get_untracked(), choice.get_untracked(), most);
            let bases = groups.clone().into_iter().map(move |it| without(&it.films));
            let now = latest.good_untracked().map(|it| it.answer.ranks).unwrap_or_default();
            let asked = ranks_by(engine, question, bases, |_| ());
            async move {
                let ranks = asked.await?.0;
                Ok(beliefs(&now, groups.into_iter().zip(ranks)))
            }
        });
        let tried = RwSignal::new(None);
        Self {
            shell,
            choice,
            basis,
            latest,
            steer,
            wanted,
            parts,
            listed,
            left_out,
            n_left_out,
            groups,
            wants_beliefs,
            beliefs,
            tried,
        }
    }
}

impl ForYou {
    /// Who recommends.
    pub fn family(self) -> FamilyName {
        family(self.shell)
    }

    pub fn choice(self) -> RwSignal<Choice> {
        self.choice
    }

    pub fn basis(self) -> Memo<Basis> {
        self.basis
    }

    pub fn latest(self) -> Latest<Question, Ranking> {
        self.latest
    }

    pub fn listed(self) -> Memo<Option<Listed>> {
        self.listed
    }

    /// What leaving out each pick does, once all of it is here.
    pub fn left_out(self) -> Latest<Question, LeftOut> {
        self.left_out
    }

    /// How many picks have been left out so far, while that is going on.
    pub fn n_left_out(self) -> RwSignal<usize> {
        self.n_left_out
    }

    /// What is shown of the ranking.
    pub fn steer(self) -> RwSignal<Steer> {
        self.steer
    }

    /// Films on a watch-list that were not seen.
    pub fn wanted(self) -> Memo<BTreeSet<ItemRow>> {
        self.wanted
    }

    /// What keeps `film` from being shown, of what steers the list.
    pub fn holds(self, film: ItemRow) -> Vec<Hold> {
        let catalogue = self.shell.site.catalogue();
        let steer = self.steer.get();
        self.wanted
            .with(|wanted| self.parts.with_value(|it| steer.holds(&catalogue, it, wanted, film)))
    }

    pub fn tried(self) -> RwSignal<Option<Tried>> {
        self.tried
    }

    pub fn choose_span(self, span: Span) {
        self.change(|it| it.span = span);
    }

    pub fn count_stars(self, has_stars: bool) {
        self.change(|it| it.has_stars = has_stars);
    }

    /// Leaves out the pick of `reason`, to see whether `film` falls as it says.
    pub fn try_reason(self, film: ItemRow, reason: Reason) {
        let Some(rank_before) = untrack(|| self.rank_of(film)) else { return };
        self.change(|it| it.out.push(reason.pick));
        self.tried.set(Some(Tried { film, rank_before, reason }));
    }

    /// Groups of the films that count, or would.
    pub fn groups(self) -> Memo<Vec<Group>> {
        self.groups
    }

    /// Whether the reader wants to know what groups carry.
    pub fn wants_beliefs(self) -> RwSignal<bool> {
        self.wants_beliefs
    }

    /// What leaving out each group changes, for groups that are not left out.
    pub fn beliefs(self) -> Latest<(Question, Vec<Group>), Vec<Belief>> {
        self.beliefs
    }

    /// Leaves out all films of a group, or lets them count again.
    pub fn switch(self, group: &Group, is_on: bool) {
        self.change(|it| {
            it.out.retain(|film| !group.films.contains(film));
            if !is_on {
                it.out.extend(&group.films);
            }
        });
    }

    /// Lets all films that were left out count again.
    pub fn bring_back(self) {
        self.change(|it| it.out.clear());
    }

    /// How `film` comes about, on the page that explains: the same model and films, though no stars.
    pub fn why_link(self, film: ItemRow) -> String {
        let history = self.basis.with(|it| it.history.clone());
        self.shell.address.link_to_list(self.shell, family(self.shell), history, film)
    }

    fn change(self, alter: impl FnOnce(&mut Choice)) {
        self.tried.set(None);
        self.choice.update(alter);
    }
}

impl Listed {
    /// What passes `steer`. Without it films move against the list `before`, with it against the list without it.
    fn after(
        answered: &Answered<Question, Ranking>,
        before: &[ShownRow],
        steer: &Steer,
        passes: impl Fn(&Steer, ItemRow) -> bool,
    ) -> Self {
        let Answered { question, answer } = answered;
        let plain = &answer.order[..answer.order.len().min(N_LISTED)];
        let items = |list: &[Recommendation]| list.iter().map(|it| it.item).collect::<Vec<_>>();
        let passing: Vec<Recommendation> = match steer.is_empty() {
            true => answer.order.to_vec(),
            false => answer.order.iter().filter(|it| passes(steer, it.item)).copied().collect(),
        };
        let before = match steer.is_empty() {
            true => before.iter().map(|it| it.item).collect(),
            false => items(plain),
        };
        let list = &passing[..passing.len().min(N_LISTED)];
        let first_plain = items(&plain[..plain.len().min(WITHIN)]);
        let first = items(&list[..list.len().min(WITHIN)]);
        Self {
            question: question.clone(),
            rows: rows_beside(list, &[], &before),
            n_passing: passing.len(),
            n_all: answer.order.len(),
            entered: first.into_iter().filter(|it| !first_plain.contains(it)).collect(),
            cost: answer.cost,
        }
    }
}

/// What a list is based on where more is left out than the reader chose.
fn without(films: Arc<Films>, choice: Choice, most: usize) -> impl Fn(&[ItemRow]) -> Basis {
    move |more| {
        let out = choice.out.iter().chain(more).copied().collect();
        Basis::of(&films.here, &Choice { out, ..choice.clone() }, most)
    }
}

/// The one that weighs stars, else the best that is shipped.
fn family(shell: Shell) -> FamilyName {
    let manifest = shell.site.manifest();
    let is_shipped = families::shipped(&manifest).any(|it| it.card.name == FAMILY_FOR_STARS);
    if is_shipped {
        FamilyName(FAMILY_FOR_STARS.to_owned())
    } else {
        shell.site.first_family(|_| true)
    }
}

#[cfg(test)]
pub(crate) mod tests;
