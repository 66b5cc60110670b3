//! What is left out for the sake of a reason: the films, the list, and the rank that the film had with all of them.

use reactive_graph::computed::Memo;
use reactive_graph::traits::Get;

use super::WhyQuestion;
use crate::catalog::ItemRow;
use crate::engine::protocol::Explained;
use crate::history::History;
use crate::state::latest::Latest;
use crate::state::lists::{ListQuestion, Ranked, WITHIN};
use crate::state::recommended::RecommendedList;
use crate::state::shell::Shell;

/// An explanation with the list and the films that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    pub question: WhyQuestion,
    pub explained: Explained,
    /// The reader's films, oldest first, with those that are switched off.
    pub films: History,
    /// The first films of the list by the model's own rank, best first.
    pub first: Vec<(usize, ItemRow)>,
    /// The film's rank with all of `films`, where that was seen.
    pub rank_with_all: Option<usize>,
}

impl Reasons {
    /// The films that are switched off, oldest first.
    pub fn off(&self) -> Vec<ItemRow> {
        self.films.iter().filter(|&it| !self.question.history.contains(it)).collect()
    }

    /// Whether both are about the same film, whichever films are switched off.
    fn is_about_same(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.question.family.clone(), it.question.item, it.films.clone());
        of(self) == of(other) && self.question.hidden == other.question.hidden
    }
}

/// The last that fitted together: an answer to films that are no longer read shows nothing new.
pub(super) fn reasons(
    shell: Shell,
    list: RecommendedList,
    explained: Latest<WhyQuestion, Explained>,
) -> Memo<Option<Reasons>> {
    let (history, read) = (shell.reader.history(), shell.reader.read_history());
    Memo::new(move |old: Option<&Option<Reasons>>| {
        let answered = explained.get()?;
        let old = old.and_then(Option::as_ref);
        let (films, read) = (history.get(), read.get());
        let first = list.latest().with(|it| {
            let it = it.filter(|it| is_of(&it.question, &answered.question))?;
            Some(first_of(&it.answer))
        });
        let Some(first) = first.filter(|_| answered.question.history == read) else {
            return old.cloned();
        };
        let (question, explained) = (answered.question, answered.answer);
        let rank = explained.explanation.rank;
        let mut now = Reasons { question, explained, films, first, rank_with_all: None };
        let seen = || old.filter(|it| it.is_about_same(&now))?.rank_with_all;
        now.rank_with_all = if now.off().is_empty() { Some(rank) } else { seen() };
        Some(now)
    })
}

fn is_of(list: &ListQuestion, why: &WhyQuestion) -> bool {
    list.family == why.family
        && list.history == why.history
        && list.preferences.hidden == why.hidden
}

fn first_of(ranked: &Ranked) -> Vec<(usize, ItemRow)> {
    let rank = |at: usize| ranked.plain_ranks.get(at).copied().unwrap_or(at + 1);
    let all = ranked.list.iter().enumerate().map(|(at, it)| (rank(at), it.item));
    let mut first: Vec<_> = all.filter(|it| it.0 <= WITHIN).collect();
    first.sort_unstable();
    first
}
