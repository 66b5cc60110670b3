//! Edit distance between a typed word and a word: optimal string alignment distance, at most `limit`.
//!
//! `strsim` has no limit and no distance to beginnings; a test holds the numbers to its own.

/// The optimal string alignment distances of a typed word: the fewest letters to insert, delete,
/// replace or swap with their neighbour, where none is touched twice. `None` where it is past the
/// limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct EditDistance {
    /// To the whole word.
    pub(super) whole: Option<u8>,
    /// To the nearest of its beginnings.
    pub(super) start: Option<u8>,
}

/// The distance at which a word is still taken for `typed`. Short words and numbers mean what they
/// say.
pub(super) fn limit_for(typed: &str) -> usize {
    let is_number = typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed.len() {
        4..8 if !is_number => 1,
        8.. if !is_number => 2,
        _ => 0,
    }
}

/// Whether `typed` may be meant for `word`.
pub fn is_misspelling(typed: &str, word: &str) -> bool {
    edit_distance(typed, word, limit_for(typed)).whole.is_some()
}

/// Whether the words are the same but for one letter that is typed elsewhere: "ghandi". One edit.
pub(super) fn is_letter_moved(typed: &str, word: &str) -> bool {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    let is_same = |it: &(&u8, &u8)| it.0 == it.1;
    let n_before = typed.iter().zip(word).take_while(is_same).count();
    let n_after = typed.iter().rev().zip(word.iter().rev()).take_while(is_same).count();
    if typed.len() != word.len() || typed.len() < 5 || n_before == typed.len() || n_before == 0 {
        return false;
    }
    let between = n_before..typed.len() - n_after;
    let (typed, word) = (&typed[between.clone()], &word[between]);
    typed[1..] == word[..word.len() - 1] && typed.first() == word.last()
        || word[1..] == typed[..typed.len() - 1] && word.first() == typed.last()
}

/// The letters a word has, one bit each, so that most pairs are told apart without counting.
pub(super) fn letters_of(word: &str) -> u64 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte % 64))
}

/// Typed words longer than this mean what they say.
const LONGEST: usize = 28;
const FAR: u8 = u8::MAX / 2;

/// The optimal string alignment distances, in bytes, of `typed` to `word` and to its beginnings, up
/// to `limit`, which is at most 3.
pub(super) fn edit_distance(typed: &str, word: &str, limit: usize) -> EditDistance {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if typed.len() > LONGEST || typed.len() > word.len() + limit {
        return EditDistance::default();
    }
    // A longer beginning than this is past the limit by its length alone.
    let start = &word[..word.len().min(typed.len() + limit)];
    // Rows of the usual table, for the last two typed letters and this one; only places within
    // `limit` of the diagonal can matter, all others stay `FAR`.
    let mut before = [FAR; LONGEST + 4];
    let mut last = before;
    last.iter_mut().zip(0..=limit).for_each(|(cost, at)| *cost = at as u8);
    for (i, &letter) in typed.iter().enumerate() {
        let mut row = [FAR; LONGEST + 4];
        let mut least = FAR;
        if i < limit {
            row[0] = i as u8 + 1;
            least = row[0];
        }
        for j in i.saturating_sub(limit)..start.len().min(i + 1 + limit) {
            let wanted = start[j];
            let replaced = last[j] + u8::from(letter != wanted);
            let mut cost = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && letter == start[j - 1] && typed[i - 1] == wanted {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        let least_before = last.iter().copied().min().unwrap_or(FAR);
        if usize::from(least.min(least_before)) > limit {
            return EditDistance::default();
        }
        before = last;
        last = row;
    }
    let within = |cost: u8| (usize::from(cost) <= limit).then_some(cost);
    let is_all = start.len() == word.len();
    EditDistance {
        whole: within(last[start.len()]).filter(|_| is_all),
        start: last.into_iter().min().and_then(within),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SplitMix64;

    #[track_caller]
    fn check(typed: &str, word: &str, whole: Option<u8>, start: Option<u8>) {
        assert_eq!(
            edit_distance(typed, word, 2),
            EditDistance { whole, start },
            "{typed} for {word}"
        );
    }

    #[test]
    fn each_edit_counts_once() {
        check("matrix", "matrix", Some(0), Some(0));
        check("matrx", "matrix", Some(1), Some(1));
        check("mattrix", "matrix", Some(1), Some(1));
        check("metrix", "matrix", Some(1), Some(1));
        check("martix", "matrix", Some(1), Some(1));
        check("amtirx", "matrix", Some(2), Some(2));
        check("alien", "matrix", None, None);
        check("", "ab", Some(2), Some(0));
    }

    #[test]
    fn a_beginning_is_measured_as_well() {
        check("termn", "terminator", None, Some(1));
        check("termin", "terminator", None, Some(0));
        check("treminator", "terminators", Some(2), Some(1));
        assert_eq!(edit_distance("retmin", "terminator", 1), EditDistance::default());
    }

    /// A word of few letters, so that many pairs are near.
    fn word(random: &mut SplitMix64) -> String {
        let n_letters = random.below(11);
        (0..n_letters).map(|_| char::from(b'a' + random.below(4) as u8)).collect()
    }

    #[test]
    fn distances_are_those_of_strsim() {
        let mut random = SplitMix64::new(5);
        let mut n_near = 0;
        for round in 0..60_000 {
            let typed = word(&mut random);
            let word = word(&mut random);
            let limit = round % 3;
            let within = |it: usize| (it <= limit).then_some(it as u8);
            let whole = within(strsim::osa_distance(&typed, &word));
            let starts = (0..=word.len()).map(|end| strsim::osa_distance(&typed, &word[..end]));
            let want = EditDistance { whole, start: starts.min().and_then(within) };
            assert_eq!(edit_distance(&typed, &word, limit), want, "{typed} for {word}, {limit}");
            n_near += usize::from(want.whole.is_some());
        }
        assert!(n_near > 1000, "only {n_near} pairs were near");
    }

    #[test]
    fn a_very_long_word_means_what_it_says() {
        let long = "x".repeat(500);
        assert_eq!(edit_distance(&long, &long, 2), EditDistance::default());
        assert_eq!(edit_distance(&long[..28], &long, 2).start, Some(0));
    }

    #[test]
    fn a_letter_typed_elsewhere_is_one_edit() {
        let is_moved = |pair: (&str, &str)| is_letter_moved(pair.0, pair.1);
        assert!(
            [("ghandi", "gandhi"), ("gandhi", "ghandi"), ("martix", "matrix")]
                .iter()
                .copied()
                .all(is_moved)
        );
        for pair in [
            ("gandhi", "gandhi"),
            ("listen", "silent"),
            ("alien", "aline s"),
            ("form", "from"),
            ("", ""),
        ] {
            assert!(!is_moved(pair), "{pair:?}");
        }
    }

    #[test]
    fn short_words_and_numbers_mean_what_they_say() {
        assert_eq!(["up", "2001", "alien", "terminator"].map(limit_for), [0, 0, 1, 2]);
    }
}
