//! Which films have a line, and what is claimed of them.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{Explanation, Influence};
use crate::features::recommend::state::Reasons;
use crate::features::recommend::words;
use crate::order::best_first;
use crate::ui::figure::pen::title;

/// So many films have a ribbon; the others share a line.
const N_STRONGEST: usize = 8;
/// So many films that are left out are shown, the newest.
const N_LEFT_OUT: usize = 3;

/// What has a line on the left.
pub(super) enum Slot<'a> {
    Read(&'a Influence),
    LeftOut(ItemRow),
    /// So many that are read, and what is lost without one of them at most, for or against.
    Others(usize, f32),
}

/// Those without whom the film stands lower, the lowest first.
fn falls(why: &Explanation) -> Vec<&Influence> {
    let mut falls: Vec<_> = why.influence.iter().filter(|it| it.rank_without > why.rank).collect();
    best_first(&mut falls, |it| it.score_drop);
    falls.sort_by_key(|it| std::cmp::Reverse(it.rank_without));
    falls
}

pub(super) fn claim(it: &Reasons, catalogue: &Catalogue) -> String {
    let why = &it.explained.explanation;
    let film = title(catalogue, why.item);
    let off: Vec<String> = it.off().into_iter().map(|it| title(catalogue, it)).collect();
    if !off.is_empty() {
        return words::without(&off, &film, it.rank_with_all, why.rank);
    }
    if let [only] = why.influence.as_slice() {
        return words::with_one(&title(catalogue, only.pick), &film, why.rank, only.rank_without);
    }
    let falls: Vec<(String, usize)> =
        falls(why).into_iter().map(|it| (title(catalogue, it.pick), it.rank_without)).collect();
    let rises = why.influence.iter().any(|it| it.rank_without < why.rank);
    words::rests_on(&film, why.rank, why.influence.len(), &falls, rises)
}

/// The strongest in the order of the history, those that are left out, and the rest as one.
pub(super) fn slots(it: &Reasons) -> Vec<Slot<'_>> {
    let why = &it.explained.explanation;
    // What the claim names is shown, even where others lose more of the score.
    let mut strongest: Vec<&Influence> = falls(why).into_iter().take(2).collect();
    let mut others: Vec<&Influence> =
        why.influence.iter().filter(|it| !strongest.iter().any(|of| of.pick == it.pick)).collect();
    best_first(&mut others, |it| it.score_drop.abs());
    let rest = others.split_off(others.len().min(N_STRONGEST - strongest.len()));
    strongest.extend(others);
    let off = it.off();
    let off = &off[off.len().saturating_sub(N_LEFT_OUT)..];
    let mut slots: Vec<Slot<'_>> = it
        .films
        .iter()
        .filter_map(|film| match strongest.iter().find(|it| it.pick == film) {
            Some(it) => Some(Slot::Read(it)),
            None => off.contains(&film).then_some(Slot::LeftOut(film)),
        })
        .collect();
    if let Some(first) = rest.first() {
        slots.push(Slot::Others(rest.len(), first.score_drop.abs()));
    }
    slots
}
