//! How far two rankings of the same things agree. The crate `kendalls` would be a dependency for
//! twenty lines over short lists.

/// Kendall's τ-b of two rankings of the same things, −1 to 1; 0 where either ranks nothing.
///
/// τ-b takes ties into account, so equal weights neither agree nor disagree.
pub fn kendall_tau(left: &[f32], right: &[f32]) -> f32 {
    let n = left.len().min(right.len());
    let (mut balance, mut n_left, mut n_right) = (0_i64, 0_u64, 0_u64);
    for i in 0..n {
        for j in i + 1..n {
            let in_left = sign(left[i], left[j]);
            let in_right = sign(right[i], right[j]);
            balance += in_left * in_right;
            n_left += in_left.unsigned_abs();
            n_right += in_right.unsigned_abs();
        }
    }
    if n_left == 0 || n_right == 0 {
        return 0.0;
    }
    (balance as f64 / (n_left as f64 * n_right as f64).sqrt()) as f32
}

fn sign(a: f32, b: f32) -> i64 {
    i64::from(a > b) - i64::from(a < b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &[f32], right: &[f32], want: f32) {
        let got = kendall_tau(left, right);
        assert!((got - want).abs() < 1e-6, "τ is {got}, not {want}");
    }

    #[test]
    fn same_order_agrees_fully() {
        check(&[0.1, 0.2, 0.7], &[1.0, 2.0, 3.0], 1.0);
    }

    #[test]
    fn opposite_order_disagrees_fully() {
        check(&[0.1, 0.2, 0.7], &[3.0, 2.0, 1.0], -1.0);
    }

    #[test]
    fn one_swap_of_three_leaves_a_third() {
        check(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0], 1.0 / 3.0);
    }

    #[test]
    fn ties_are_taken_into_account() {
        // Five pairs differ on the left, six on the right, all five the same way round.
        check(&[1.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0], 5.0 / 30.0_f32.sqrt());
    }

    #[test]
    fn equal_weights_and_short_lists_say_nothing() {
        check(&[0.5, 0.5], &[1.0, 2.0], 0.0);
        check(&[1.0], &[1.0], 0.0);
        check(&[], &[], 0.0);
    }
}
