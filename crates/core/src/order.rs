//! Sorting by a number.

/// Sorts `items` by what `score` gives each, highest first. Stable: equals keep their order.
///
/// Sorts places in place of items, so that the program holds one sort and not one a type.
pub fn best_first<T>(items: &mut [T], score: impl Fn(&T) -> f32) {
    let order = places(items.iter().map(score).zip(0..).collect());
    for at in 0..order.len() {
        // What stood at a place that is done by now was swapped to where its own item came from.
        let mut from = order[at];
        while from < at {
            from = order[from];
        }
        items.swap(at, from);
    }
}

#[inline(never)] // one for all
fn places(mut scored: Vec<(f32, usize)>) -> Vec<usize> {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SplitMix64;

    #[test]
    fn it_sorts_as_the_library_does_and_leaves_equals_in_their_order() {
        let mut random = SplitMix64::new(7);
        for n in [0, 1, 2, 3, 50, 257] {
            let items: Vec<(f32, usize)> =
                (0..n).map(|at| ((random.below(9) as f32) - 4.0, at)).collect();
            let (mut got, mut want) = (items.clone(), items);
            best_first(&mut got, |it| it.0);
            want.sort_by(|a, b| b.0.total_cmp(&a.0));
            assert_eq!(got, want);
        }
    }
}
