//! What the comparison says.

use crate::catalog::{Catalogue, ItemRow};
use crate::compare::{Extremes, Overlap};
use crate::engine::protocol::EngineError;
use crate::families::Card;
use crate::history::History;
use crate::manifest::Results;
use crate::state::compared::{Column, ComparedBytes, Comparison, Side};
use crate::state::lists::{N_RANKED, WITHIN};
use crate::state::shown::{Movement, Shown};
use crate::ui::words::{
    asked, bytes, counted, error, film, grouped, listed, millis, movement_aloud, ordinal, titles,
};

pub(crate) const TAB: &str = "Compare";
pub(crate) const COMPARE: &str = "Models side by side";
pub(crate) const COMPARE_CHOICE: &str = "Models to compare";
pub(crate) const COMPARE_ALL: &str = "All";
pub(crate) const COMPARE_CLEAR: &str = "None";
pub(crate) const COMPARE_NONE: &str = "Choose at least one model above; two or more can disagree.";
pub(crate) const COMPARE_EMPTY: &str =
    "All models read the same films. Add one, or start from an example.";
pub(crate) const COMPARE_LISTS: &str =
    "Lists side by side; arrow keys go from film to film, + adds one to your history";
pub(crate) const COMPARE_HINT: &str = "A line joins the same film in two lists. Point at a film, \
     or use Tab and the arrow keys, to see its rank in all.";
pub(crate) const DECK_BEFORE: &str = "Previous list";
pub(crate) const DECK_NEXT: &str = "Next list";
pub(crate) const ABOUT: &str = "ranks in every list";
pub(crate) const FOLLOW: &str = "Follow a film";
pub(crate) const TABLE: &str = "ranks in every list";
pub(crate) const WAITING: &str = "Waiting for the lists…";
pub(crate) const BEYOND_TENTH: &str = "beyond the tenth";
pub(crate) const BEYOND: &str = "Up is better; ranks beyond the tenth are closer together.";
pub(crate) const KEEP_LEAD: &str =
    "Compare two histories: keep a copy of this one, edit it, and see every list twice.";
pub(crate) const KEEP_THIS: &str = "Keep a copy of this history";
pub(crate) const KEEP_BEFORE: &str = "Keep a copy from before the last edit";
pub(crate) const LET_GO_OF_KEPT: &str = "Back to one history";

/// "4 of 14 models, 6.2 MB, 3.4 MB not fetched yet."
pub(crate) fn compared_sum(n_chosen: usize, n_all: usize, sum: ComparedBytes) -> String {
    let here = match sum.missing {
        0 => "all fetched".to_owned(),
        missing => format!("{} not fetched yet", bytes(missing)),
    };
    match n_chosen {
        0 => format!("None of {n_all} models."),
        _ => format!("{n_chosen} of {n_all} models, {}, {here}.", bytes(sum.all)),
    }
}

/// "Heat (1995) is 1st with SASRec and 1,023rd with EASE; Popularity does not rank it."
pub(crate) fn standing(
    catalogue: &Catalogue,
    item: ItemRow,
    ranks: &[(String, Option<usize>)],
) -> String {
    let with = |(title, rank): &(String, Option<usize>)| {
        rank.map(|rank| format!("{} with {title}", nth(rank)))
    };
    let placed: Vec<String> = ranks.iter().filter_map(with).collect();
    let without: Vec<String> =
        ranks.iter().filter(|it| it.1.is_none()).map(|it| it.0.clone()).collect();
    let film = film(catalogue, item);
    let verb = if without.len() == 1 { "does" } else { "do" };
    match (placed.is_empty(), without.is_empty()) {
        (true, _) => format!("{film} is in no list."),
        (false, true) => format!("{film} is {}.", listed(&placed)),
        (false, false) => {
            format!("{film} is {}; {} {verb} not rank it.", listed(&placed), listed(&without))
        }
    }
}

/// "GRU4Rec", and "GRU4Rec, kept" for the history that is kept beside.
pub(crate) fn column_title(column: Column) -> String {
    match column.side {
        Side::Now => column.card.title.to_owned(),
        Side::Kept => format!("{}, kept", column.card.title),
    }
}

/// "Kept: Alien, Heat and Fargo. Yours now lacks Fargo and also has The Matrix."
pub(crate) fn kept_beside(catalogue: &Catalogue, kept: &History, now: &History) -> String {
    let films = |of: &History, but: &History| {
        let items: Vec<ItemRow> = of.iter().filter(|&item| !but.contains(item)).collect();
        listed(&titles(catalogue, &items))
    };
    let all = listed(&titles(catalogue, kept.as_slice()));
    let now_has = match (films(kept, now), films(now, kept)) {
        (lacks, has) if lacks.is_empty() && has.is_empty() && kept == now => {
            "Yours is the same: edit it above.".to_owned()
        }
        (lacks, has) if lacks.is_empty() && has.is_empty() => {
            "Yours has the same films in another order.".to_owned()
        }
        (lacks, has) if has.is_empty() => format!("Yours now lacks {lacks}."),
        (lacks, has) if lacks.is_empty() => format!("Yours now also has {has}."),
        (lacks, has) => format!("Yours now lacks {lacks} and also has {has}."),
    };
    format!("Kept: {all}. {now_has}")
}

/// "2 of 4: GRU4Rec".
pub(crate) fn deck_position(at: usize, n: usize, title: &str) -> String {
    format!("{at} of {n} · {title}")
}

/// "7 ms"; the first answer of a family may hold the fetching and opening of its files.
pub(crate) fn column_cost(shown: Option<&Shown>) -> String {
    let Some(shown) = shown else { return "…".into() };
    // The engine's clock has no finer ticks.
    let took = match shown.cost.millis {
        n if n < 0.1 => "< 0.1 ms".into(),
        n => millis(n),
    };
    let is_first = shown.rows.first().is_some_and(|row| row.movement == Movement::First);
    if is_first { format!("{took}, first answer") } else { took }
}

/// "NDCG@10 0.084, table B".
pub(crate) fn column_quality(results: &Results) -> String {
    format!("NDCG@10 {:.3}, table {}", results.ndcg_at_10, results.table)
}

/// The same with its interval, for those who point at it.
pub(crate) fn column_interval(results: &Results) -> String {
    let users = format!("on {}", asked(results));
    match (results.ndcg_at_10_low, results.ndcg_at_10_high) {
        (Some(low), Some(high)) => {
            format!("{} {users}, 95 % interval {low:.3} to {high:.3}", column_quality(results))
        }
        _ => format!("{} {users}", column_quality(results)),
    }
}

pub(crate) fn column_failure(card: &Card, cause: &EngineError) -> String {
    format!("{} has no list. {}", card.title, error(cause))
}

/// "3/4": in so many of the lists.
pub(crate) fn shared((n_lists, n_all): (usize, usize)) -> String {
    format!("{n_lists}/{n_all}")
}

/// "up 3, in 3 of 4 lists": what the marks beside a film say.
pub(crate) fn place_aloud(movement: Movement, shared: Option<(usize, usize)>) -> String {
    let mut said = movement_aloud(movement);
    if let Some((n_lists, n_all)) = shared {
        said += &format!(", in {n_lists} of {n_all} lists");
    }
    said.trim_start_matches(", ").to_owned()
}

/// "1,487th".
pub(crate) fn nth(rank: usize) -> String {
    let plain = ordinal(rank);
    format!("{}{}", grouped(rank), plain.trim_start_matches(|it: char| it.is_ascii_digit()))
}

/// A film among lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spot {
    pub(crate) title: String,
    /// In the first ten of so many.
    pub(crate) n_first: usize,
    pub(crate) best: usize,
    /// `None` where a list leaves it out.
    pub(crate) worst: Option<usize>,
}

/// "6 of 8 models have Heat in their first ten".
fn in_first_ten(n: usize, spot: &Spot) -> String {
    let film = &spot.title;
    match (spot.n_first, n) {
        (2, 2) => format!("Both models have {film} in their first ten"),
        (0, 2) => format!("Neither model has {film} in its first ten"),
        (0, _) => format!("None of {n} models has {film} in its first ten"),
        (1, _) => format!("1 of {n} models has {film} in its first ten"),
        (all, _) if all == n => format!("All {n} models have {film} in their first ten"),
        (some, _) => format!("{some} of {n} models have {film} in their first ten"),
    }
}

/// "2nd to 487th".
fn span(spot: &Spot) -> String {
    if spot.worst == Some(spot.best) {
        return format!("{} in all", nth(spot.best));
    }
    let worst = spot.worst.map_or_else(|| "unranked".to_owned(), nth);
    format!("{} to {worst}", nth(spot.best))
}

/// What `n` lists agree on and where they differ.
pub(crate) fn claim(n: usize, agreed: &Spot, disputed: &Spot) -> String {
    let first = match agreed.n_first {
        0 => format!("The lists agree most on {}, {}", agreed.title, span(agreed)),
        _ => in_first_ten(n, agreed),
    };
    if agreed.title == disputed.title && agreed.best == disputed.best {
        return format!("{first}, and differ most over it too: {}", span(disputed));
    }
    format!("{first}; they differ most over {}, {}", disputed.title, span(disputed))
}

/// Of `n` lists that have the same films in the same order.
pub(crate) fn alike(n: usize, agreed: &Spot) -> String {
    let which = if n == 2 { "Both models".to_owned() } else { format!("All {n} models") };
    format!("{which} give the same first films in the same order, {} first", agreed.title)
}

/// Of the film that is followed through `n` lists: where it is `best` and where it is `worst`; `n_without` leave it out.
pub(crate) fn followed(
    n: usize,
    spot: &Spot,
    best: (usize, &str),
    worst: (usize, &str),
    n_without: usize,
) -> String {
    let without = match n_without {
        0 => String::new(),
        n => format!("; {n} {} not rank it", if n == 1 { "does" } else { "do" }),
    };
    if best.0 == worst.0 {
        let who = if n_without > 0 { best.1.to_owned() } else { "every model".to_owned() };
        return format!("{} is {} with {who}{without}", spot.title, nth(best.0));
    }
    let [(high, first), (low, last)] = [best, worst];
    let ten = in_first_ten(n, spot);
    format!("{ten}: {} with {first}, {} with {last}{without}", nth(high), nth(low))
}

/// The lists that are most and least alike.
pub(crate) fn extremes(cards: &[&Card], extremes: &Extremes) -> String {
    let title = |at: usize| cards.get(at).map_or("", |card| card.title);
    let pair = |it: &Overlap| format!("{} and {}", title(it.left), title(it.right));
    let Extremes { most, least } = extremes;
    if most != least && most.n_shared == least.n_shared {
        return format!("Every two lists share {} of their first {WITHIN} films.", most.n_shared);
    }
    if most == least {
        return format!("{} share {} of their first {WITHIN} films.", pair(most), most.n_shared);
    }
    format!(
        "Most alike: {}, {} of {WITHIN} shared; least: {}, {}.",
        pair(most),
        most.n_shared,
        pair(least),
        least.n_shared
    )
}

/// How the two films of the claim were found.
pub(crate) fn rules(comparison: &Comparison) -> String {
    let agreed = format!(
        "{}, one run each · agreement: reciprocal rank fusion over the first {N_RANKED}",
        counted(comparison.cards.len(), "model", "models")
    );
    match &comparison.disputed {
        None => agreed,
        Some(disputed) => format!(
            "{agreed} · difference: the mean distance of two ranks, {:.1}, beyond {N_RANKED} counted as {}",
            disputed.spread,
            N_RANKED + 1
        ),
    }
}

/// "Heat", where films are followed one after another.
pub(crate) fn step(film: Option<String>) -> String {
    film.unwrap_or_else(|| "no film".to_owned())
}

/// What a screen reader is told once the lists are here.
pub(crate) fn compared_aloud(catalogue: &Catalogue, comparison: &Comparison) -> String {
    let names: Vec<String> =
        comparison.consensus.iter().take(3).map(|it| catalogue.title(it.item).to_owned()).collect();
    let n = comparison.cards.len();
    format!("{n} lists are here. They agree most on {}.", listed(&names))
}
