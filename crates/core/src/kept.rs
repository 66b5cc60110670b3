//! Lists of films as this device keeps them: their text, and what comes of one list that several
//! tabs changed.

use std::collections::{BTreeMap, BTreeSet};

/// A film by its MovieLens id, and a letter for what was said of it, where something was.
pub type Entry = (u32, Option<char>);

/// The text begins as a link does, so that a list of picks is one.
const BEGINNING: &str = "#v1&h=";

/// `entries` as text: films by their ids, each with its letter. Nothing for none.
pub fn write(entries: &[Entry]) -> String {
    let mut text = String::new();
    for (movie_id, letter) in entries {
        text += if text.is_empty() { BEGINNING } else { "." };
        text += &movie_id.to_string();
        text.extend(letter);
    }
    text
}

/// What `text` holds, each film once, and whether that is all of it: a text of a newer version, or
/// a damaged one, is read as far as it goes.
pub fn read(text: &str) -> (Vec<Entry>, bool) {
    if text.is_empty() {
        return (Vec::new(), true);
    }
    let Some(films) = text.strip_prefix(BEGINNING) else { return (Vec::new(), false) };
    let mut seen = BTreeSet::new();
    let mut is_whole = true;
    let entries = films.split('.').filter_map(|film| {
        let digits = film.trim_end_matches(|it: char| it.is_ascii_lowercase());
        let mut letters = film[digits.len()..].chars();
        let letter = letters.next();
        let is_plain = letters.next().is_none() && !digits.starts_with('+');
        let movie_id = digits.parse().ok().filter(|_| is_plain);
        is_whole &= movie_id.is_some();
        movie_id.filter(|&it| seen.insert(it)).map(|it| (it, letter))
    });
    (entries.collect(), is_whole)
}

/// The same films under the ids that `id_of` gives for theirs, each film once: an older list may hold
/// a film under two.
pub fn each_once(entries: Vec<Entry>, id_of: impl Fn(u32) -> u32) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let renamed = entries.into_iter().map(|(movie_id, letter)| (id_of(movie_id), letter));
    renamed.filter(|it| seen.insert(it.0)).collect()
}

/// What comes of `base` when one side made `ours` of it and another `theirs`.
///
/// A film is there if a side added it, or if neither took it out. Where both said something of a
/// film, ours counts; so does our order, if we moved anything. What only one side has stands
/// before the film it stands before there; the newest of ours stay the newest.
pub fn merge(base: &[Entry], ours: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    if ours == base || ours == theirs {
        return theirs.to_vec();
    }
    if theirs == base {
        return ours.to_vec();
    }
    let [in_base, in_ours, in_theirs] =
        [base, ours, theirs].map(|it| it.iter().copied().collect::<BTreeMap<u32, Option<char>>>());
    let entry = |movie_id: u32| {
        let of = |side: &BTreeMap<u32, Option<char>>| side.get(&movie_id).copied();
        let (before, our, their) = (of(&in_base), of(&in_ours), of(&in_theirs));
        let letter = if our == before { their } else { our };
        letter.map(|it| (movie_id, it))
    };
    let order_of = |side: &[Entry], other: &BTreeMap<u32, Option<char>>| -> Vec<u32> {
        side.iter().map(|it| it.0).filter(|it| other.contains_key(it)).collect()
    };
    let have_we_moved = order_of(ours, &in_base) != order_of(base, &in_ours);
    let (first, second) = if have_we_moved { (ours, theirs) } else { (theirs, ours) };
    let mut merged: Vec<Entry> = first.iter().filter_map(|it| entry(it.0)).collect();
    let mut placed: BTreeSet<u32> = merged.iter().map(|it| it.0).collect();
    // From the newest back, so that each one's successor has its place already.
    let mut next = None;
    for &(movie_id, _) in second.iter().rev() {
        let Some(entry) = entry(movie_id) else { continue };
        if placed.insert(movie_id) {
            let place = next.and_then(|next| merged.iter().position(|it| it.0 == next));
            merged.insert(place.unwrap_or(merged.len()), entry);
        }
        next = Some(movie_id);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<Entry> {
        let (entries, is_whole) = read(&format!("{BEGINNING}{text}"));
        assert!(is_whole || text.is_empty(), "{text}");
        entries
    }

    /// Both tabs begin with `base`; the second to write merges what the first wrote.
    #[track_caller]
    fn check(base: &str, ours: &str, theirs: &str, want: &str) {
        let merged = merge(&entries(base), &entries(ours), &entries(theirs));
        assert_eq!(write(&merged), write(&entries(want)));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for list in
            [vec![], vec![(1214, None)], vec![(541, Some('l')), (6, None), (608, Some('s'))]]
        {
            assert_eq!(read(&write(&list)), (list, true));
        }
        // As earlier versions of the site wrote a history.
        assert_eq!(write(&entries("1214.541")), "#v1&h=1214.541");
        assert_eq!(entries("1.2.1"), [(1, None), (2, None)]);
    }

    #[test]
    fn a_film_that_was_kept_under_two_ids_is_kept_once() {
        let twice = entries("7l.3.10s.10");
        assert_eq!(write(&each_once(twice, |id| if id == 7 { 10 } else { id })), "#v1&h=10l.3");
    }

    #[test]
    fn what_cannot_be_read_is_known_as_such() {
        for (text, n_read) in [
            ("#v2&h=1.2", 0),
            ("{\"version\":2}", 0),
            ("#v1", 0),
            ("#v1&h=", 0),
            ("#v1&h=1.x.3", 2),
            ("#v1&h=1.+2", 1),
            ("#v1&h=1.2lm", 1),
            ("#v1&h=1.99999999999", 1),
            ("#v1&h=1&q=2", 0),
            ("#v1&h=1é.2", 1),
        ] {
            let (entries, is_whole) = read(text);
            assert_eq!((entries.len(), is_whole), (n_read, false), "{text}");
        }
    }

    #[test]
    fn films_of_both_tabs_are_kept_the_own_newest_last() {
        check("1.2", "1.2.3", "1.2.4", "1.2.4.3");
        check("", "3.5", "4", "4.3.5");
        check("1.2", "1.2.3.4", "1.2.4", "1.2.3.4");
    }

    #[test]
    fn what_one_tab_took_out_stays_out() {
        check("1.2.3", "1.2.3.4", "1.3", "1.3.4");
        check("1.2.3", "", "1.2.3.4", "4");
        check("1.2.3", "1.2.3.4", "", "4");
        check("1.2", "1", "2", "");
    }

    #[test]
    fn what_was_taken_out_and_added_again_is_there() {
        check("1.2", "2.1", "2", "2");
        check("1.2", "1.2.9", "2.1.9", "2.1.9");
    }

    #[test]
    fn the_order_is_that_of_the_tab_that_moved() {
        check("1.2.3", "3.1.2", "1.2.3.4", "3.1.2.4");
        check("1.2.3", "1.2.3.4", "3.1.2", "3.1.2.4");
        check("1.2.3", "2.1.3", "3.2.1", "2.1.3");
    }

    #[test]
    fn a_film_in_the_place_of_another_stays_there() {
        check("1.2.3", "1.9.3", "1.2.3.4", "1.9.3.4");
        check("1.2.3", "9.8.2.3", "1.2.3.4", "9.8.2.3.4");
    }

    #[test]
    fn what_was_said_last_of_a_film_counts() {
        check("1l.2n", "1n.2n", "1l.2n.3s", "1n.2n.3s");
        check("1l.2n", "1l.2n.3s", "1s.2n", "1s.2n.3s");
        check("1l", "1n", "1s", "1n");
        check("1l", "1l.2l", "", "2l");
    }

    #[test]
    fn three_tabs_come_to_the_same_films_in_any_order_of_writing() {
        let base = entries("1.2.3.4");
        let sides = ["1.3.4.5", "1.2.3.4.6", "2.3.4.7"].map(entries);
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut kept = base.clone();
            for side in order {
                kept = merge(&base, &sides[side], &kept);
            }
            kept.sort_unstable();
            assert_eq!(kept, entries("3.4.5.6.7"), "{order:?}");
        }
    }

    #[test]
    fn whatever_two_tabs_do_each_film_is_there_once() {
        let mut random = crate::random::SplitMix64::new(7);
        let mut list = || {
            let n = random.below(7);
            let films = (0..n).map(|_| (random.below(9) as u32, None)).collect::<Vec<Entry>>();
            read(&write(&films)).0
        };
        for _ in 0..20_000 {
            let (base, ours, theirs) = (list(), list(), list());
            let merged = merge(&base, &ours, &theirs);
            let ids: BTreeSet<u32> = merged.iter().map(|it| it.0).collect();
            assert_eq!(ids.len(), merged.len(), "{base:?} {ours:?} {theirs:?}");
            for id in 0..9 {
                let has = |side: &[Entry]| side.contains(&(id, None));
                let want = if has(&ours) == has(&base) { has(&theirs) } else { has(&ours) };
                assert_eq!(ids.contains(&id), want, "{id}: {base:?} {ours:?} {theirs:?}");
            }
            // Where nothing is left to merge, nothing changes.
            assert_eq!(merge(&merged, &merged, &merged), merged);
            assert_eq!(merge(&ours, &ours, &merged), merged);
        }
    }
}
