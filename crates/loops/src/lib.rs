//! The inner loops over all films' vectors, and over all weights of the reader's re-ranker.
//!
//! The program is compiled for size, this crate for speed: `profile.release.package` in the workspace's Cargo.toml.
//! That alone leaves loops scalar, since vectors are made when the whole program is optimised, for size. So there are
//! two of each: [`plain`], which the host runs and the tests compare with, and one of SIMD instructions for wasm.
#![cfg_attr(not(test), no_std)]

pub mod plain;
#[cfg(target_arch = "wasm32")]
mod wide;

#[cfg(not(target_arch = "wasm32"))]
use plain as fast;
#[cfg(target_arch = "wasm32")]
use wide as fast;

/// Writes the dot product of each row with `query` to `dots`: the exact integer, as f32.
///
/// `rows` has shape `[dots.len(), query.len()]`. No sum may leave i32: `query.len() · 128 · max |query| < 2³¹`.
#[inline(never)] // What is inlined is compiled as its caller is: for size.
pub fn int8_dots(rows: &[i8], query: &[i16], dots: &mut [f32]) {
    fast::int8_dots(rows, query, dots);
}

/// Writes the dot product of each row with `query` to `dots`, in f32 throughout.
///
/// `rows` has shape `[dots.len(), query.len()]`.
#[inline(never)]
pub fn float_dots(rows: &[i8], query: &[f32], dots: &mut [f32]) {
    fast::float_dots(rows, query, dots);
}

/// The dot product of two rows; numbers past the end of the shorter one count as 0.
#[inline(never)]
pub fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let n = xs.len().min(ys.len());
    fast::dot(&xs[..n], &ys[..n])
}

/// Adds `factor` times `xs` to `sums`, as far as both reach.
#[inline(never)]
pub fn add_scaled(sums: &mut [f32], factor: f32, xs: &[f32]) {
    let n = xs.len().min(sums.len());
    fast::add_scaled(&mut sums[..n], factor, &xs[..n]);
}

/// Whether any of `scores` is greater than `bar`; NaN is not.
#[inline(never)]
pub fn is_any_above(scores: &[f32], bar: f32) -> bool {
    fast::is_any_above(scores, bar)
}

/// The sum of all bytes: what reading them costs at least, a yardstick for benchmarks.
#[inline(never)]
pub fn sum(bytes: &[i8]) -> i64 {
    fast::sum(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_of_bytes_are_exact() {
        let rows = [1, -2, 3, 127, -128, 0, 0, 0, 1];
        let mut dots = [9.0; 3];
        int8_dots(&rows, &[10, 100, -1000], &mut dots);
        assert_eq!(dots, [-3190.0, -11_530.0, -1000.0]);
        float_dots(&rows, &[10.0, 100.0, -1000.0], &mut dots);
        assert_eq!(dots, [-3190.0, -11_530.0, -1000.0]);
        // 2³⁰, which a sum in f32 would reach as well, and one more, which it would not.
        let mut dot = [0.0];
        int8_dots(&[-128; 512], &[-16_384; 512], &mut dot);
        assert_eq!(dot, [1_073_741_824.0]);
    }

    #[test]
    fn rows_that_are_not_there_leave_their_places_as_they_were() {
        let mut dots = [9.0; 6];
        int8_dots(&[1, 1], &[2, 3], &mut dots);
        assert_eq!(dots, [5.0, 9.0, 9.0, 9.0, 9.0, 9.0]);
        int8_dots(&[], &[], &mut dots);
        float_dots(&[], &[1.0], &mut dots);
        assert_eq!(dots, [5.0, 9.0, 9.0, 9.0, 9.0, 9.0]);
    }

    #[test]
    fn sums_of_any_length_are_whole() {
        for n in [0, 1, 7, 8, 9, 31] {
            let xs: Vec<f32> = (0..n).map(|it| it as f32).collect();
            let ys: Vec<f32> = (0..n).map(|it| 1.0 - it as f32).collect();
            let want: f32 = xs.iter().zip(&ys).map(|(x, y)| x * y).sum();
            assert_eq!(dot(&xs, &ys), want);
            let mut sums = ys.clone();
            add_scaled(&mut sums, 2.0, &xs);
            assert!(sums.iter().enumerate().all(|(at, it)| *it == 1.0 + at as f32), "{sums:?}");
        }
    }

    #[test]
    fn what_only_one_row_has_counts_as_nothing() {
        assert_eq!(dot(&[1.0; 9], &[2.0; 5]), 10.0);
        let mut sums = [1.0; 9];
        add_scaled(&mut sums, 1.0, &[1.0; 5]);
        assert_eq!(sums, [2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_tie_is_not_above() {
        for n in [1, 4, 7, 64] {
            let mut scores = vec![0.5; n];
            assert!(!is_any_above(&scores, 0.5) && is_any_above(&scores, 0.4));
            scores[n - 1] = f32::NAN;
            assert!(!is_any_above(&scores, 0.5));
            scores[n - 1] = 0.6;
            assert!(is_any_above(&scores, 0.5));
        }
        assert!(!is_any_above(&[], f32::NEG_INFINITY));
    }

    #[test]
    fn bytes_add_up() {
        assert_eq!(sum(&[-128; 100_001]), -12_800_128);
        assert_eq!(sum(&[1, 2, -4]), -1);
    }
}
