//! What the answers come to, for the picture and its claim.

use std::cmp::Ordering;

use reactive_graph::traits::{Get, Track, WithValue};

use super::{Held, MeasureState, OfFamily, Whose};
use crate::families::Card;
use crate::measure::{Answered, Estimate, Measure, Protocol, curve, lead};

/// The answers of the moment under the protocol of the moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub measure: Measure,
    pub protocol: Protocol,
    pub whose: Whose,
    /// How many users may still come, and have come.
    pub n_users: usize,
    /// In the order of the choice.
    pub lines: Vec<Line>,
    pub leader: Option<Leader>,
    /// Who would lead if the same users were asked as the tables ask; `None` where that is how they are asked.
    pub leader_of_tables: Option<&'static Card>,
}

/// One model, user after user.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub card: &'static Card,
    pub points: Vec<Estimate>,
}

/// Who is ahead, of whom, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Leader {
    pub first: &'static Card,
    /// The next; nobody where one model is alone.
    pub second: Option<&'static Card>,
    /// What the first is ahead by, paired; `None` for what belongs to all lists together.
    pub lead: Option<Estimate>,
}

impl Line {
    pub fn last(&self) -> Option<&Estimate> {
        self.points.last()
    }
}

impl Summary {
    /// Whether the claim is about it: the first and the next, or the highest and the lowest where neither is better.
    pub fn is_in_claim(&self, card: &Card) -> bool {
        let first = self.leader.as_ref().map(|it| it.first);
        let other = match self.measure.is_more_better() {
            Some(_) => self.leader.as_ref().and_then(|it| it.second),
            None => self.least().map(|it| it.0),
        };
        [first, other].into_iter().flatten().any(|it| it.name == card.name)
    }

    /// Over how many users all models that answered are compared.
    pub fn n_compared(&self) -> usize {
        self.lines.iter().map(|it| it.points.len()).min().unwrap_or(0)
    }

    /// The one whose value is lowest.
    pub fn least(&self) -> Option<(&'static Card, f64)> {
        let ends = self.lines.iter().filter_map(|it| Some((it.card, it.last()?.value)));
        ends.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

impl Leader {
    /// Whether the first and the second can be told apart.
    pub fn is_certain(&self) -> bool {
        self.lead.and_then(|it| it.interval).is_some_and(|(low, high)| low > 0.0 || high < 0.0)
    }
}

/// A model's answers that count, by user: where it has none yet, there is none.
struct Counted<'a> {
    card: &'static Card,
    answers: Vec<Option<&'a Answered>>,
}

impl MeasureState {
    pub(super) fn summed_up(self) -> Option<Summary> {
        self.news.track();
        let (measure, protocol, whose) =
            (self.measure.get(), self.protocol.get(), self.whose.get());
        let chosen = self.chosen();
        let counts_own = self.counts_own.get();
        let shown = self.shown.get();
        let held = self.held.with_value(Clone::clone)?;
        let n_items = held.films.n_items();
        self.answers.with_value(|all| {
            let none = OfFamily::default();
            let counted: Vec<Counted<'_>> = chosen
                .iter()
                .map(|&card| {
                    let of = all.get(card.name).unwrap_or(&none);
                    Counted { card, answers: counted(of, &held, whose, counts_own) }
                })
                .filter(|it| it.answers.iter().any(Option::is_some))
                .collect();
            let lines: Vec<Line> = counted
                .iter()
                .map(|it| {
                    let answers = it.answers.iter().copied().flatten();
                    let answers = answers.take(shown.unwrap_or(usize::MAX));
                    Line { card: it.card, points: curve(answers, measure, protocol, n_items) }
                })
                .collect();
            let n_third = |third| held.third.iter().filter(|it| **it == third).count();
            let n_users = match whose {
                Whose::All => held.users.len() + usize::from(counts_own),
                Whose::Third(third) => n_third(third),
            };
            let leader = leader(&counted, measure, protocol, n_items, shown);
            let tables = Protocol::default();
            let leader_of_tables = (protocol != tables)
                .then(|| self::leader(&counted, measure, tables, n_items, shown))
                .flatten()
                .map(|it| it.first);
            (!lines.is_empty()).then_some(Summary {
                measure,
                protocol,
                whose,
                n_users,
                lines,
                leader,
                leader_of_tables,
            })
        })
    }
}

/// The reader is of no third: those are of the users that ship.
pub(super) fn counted<'a>(
    of: &'a OfFamily,
    held: &Held,
    whose: Whose,
    counts_own: bool,
) -> Vec<Option<&'a Answered>> {
    let is_of = |at: usize| match whose {
        Whose::All => true,
        Whose::Third(third) => held.third.get(at) == Some(&third),
    };
    let users = of.users.iter().enumerate().filter(|it| is_of(it.0)).map(|it| it.1.as_ref());
    let own = (counts_own && whose == Whose::All).then_some(of.own.as_ref());
    users.chain(own).collect()
}

/// The two that are ahead, over the users that all have answered for.
fn leader(
    counted: &[Counted<'_>],
    measure: Measure,
    protocol: Protocol,
    n_items: usize,
    shown: Option<usize>,
) -> Option<Leader> {
    let n = counted.iter().map(|it| it.answers.len()).max()?;
    let of_all =
        |at: &usize| counted.iter().all(|it| it.answers.get(*at).is_some_and(Option::is_some));
    let users: Vec<usize> = (0..n).filter(of_all).take(shown.unwrap_or(usize::MAX)).collect();
    let mut ranked: Vec<(f64, &'static Card, Vec<&Answered>)> = counted
        .iter()
        .filter_map(|it| {
            let of: Vec<&Answered> = users.iter().filter_map(|&at| it.answers[at]).collect();
            let points = curve(of.iter().copied(), measure, protocol, n_items);
            Some((points.last()?.value, it.card, of))
        })
        .collect();
    let is_less_first = measure.is_more_better() == Some(false);
    ranked.sort_by(|a, b| {
        let by_value = b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal);
        if is_less_first { by_value.reverse() } else { by_value }
    });
    let mut ranked = ranked.into_iter();
    let (_, first, ours) = ranked.next()?;
    let second = ranked.next();
    let lead = second.as_ref().and_then(|(_, _, theirs)| {
        lead(ours.iter().copied().zip(theirs.iter().copied()), measure, protocol)
    });
    Some(Leader { first, second: second.map(|it| it.1), lead })
}
