//! Sums over long rows, eight numbers at a time: nearly all of training is spent here.
//!
//! Both forms add in the same order, so that host and page train alike. `std::simd` is not stable;
//! `wide` would be a dependency for these two loops.

const LANES: usize = 8;

/// The dot product of two rows; numbers past the end of the shorter one count as 0.
pub(super) fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let (xs_blocks, xs_rest) = xs.as_chunks::<LANES>();
    let (ys_blocks, ys_rest) = ys.as_chunks::<LANES>();
    let sums = block_sums(xs_blocks, ys_blocks);
    let rest: f32 = xs_rest.iter().zip(ys_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

/// Adds `factor` times `xs` to `sums`.
pub(super) fn add_scaled(sums: &mut [f32], factor: f32, xs: &[f32]) {
    let (sum_blocks, sums_rest) = sums.as_chunks_mut::<LANES>();
    let (blocks, rest) = xs.as_chunks::<LANES>();
    add_blocks(sum_blocks, factor, blocks);
    sums_rest.iter_mut().zip(rest).for_each(|(sum, x)| *sum += factor * x);
}

#[cfg(not(target_arch = "wasm32"))]
fn block_sums(xs: &[[f32; LANES]], ys: &[[f32; LANES]]) -> [f32; LANES] {
    let mut sums = [0.0; LANES];
    for (xs, ys) in xs.iter().zip(ys) {
        for ((sum, x), y) in sums.iter_mut().zip(xs).zip(ys) {
            *sum += x * y;
        }
    }
    sums
}

#[cfg(not(target_arch = "wasm32"))]
fn add_blocks(sums: &mut [[f32; LANES]], factor: f32, xs: &[[f32; LANES]]) {
    for (sums, xs) in sums.iter_mut().zip(xs) {
        sums.iter_mut().zip(xs).for_each(|(sum, x)| *sum += factor * x);
    }
}

#[cfg(target_arch = "wasm32")]
use wide::{add_blocks, block_sums};

/// The program is compiled for size, which vectorises nothing by itself.
#[cfg(target_arch = "wasm32")]
mod wide {
    use core::arch::wasm32::{f32x4, f32x4_add, f32x4_extract_lane, f32x4_mul, f32x4_splat, v128};

    use super::LANES;

    #[target_feature(enable = "simd128")]
    pub(super) fn block_sums(xs: &[[f32; LANES]], ys: &[[f32; LANES]]) -> [f32; LANES] {
        let (mut left, mut right) = (f32x4_splat(0.0), f32x4_splat(0.0));
        for (xs, ys) in xs.iter().zip(ys) {
            let ((x, xx), (y, yy)) = (halves(xs), halves(ys));
            left = f32x4_add(left, f32x4_mul(x, y));
            right = f32x4_add(right, f32x4_mul(xx, yy));
        }
        together(left, right)
    }

    #[target_feature(enable = "simd128")]
    pub(super) fn add_blocks(sums: &mut [[f32; LANES]], factor: f32, xs: &[[f32; LANES]]) {
        let factor = f32x4_splat(factor);
        for (sums, xs) in sums.iter_mut().zip(xs) {
            let ((sum, sum_right), (x, x_right)) = (halves(sums), halves(xs));
            let left = f32x4_add(sum, f32x4_mul(factor, x));
            let right = f32x4_add(sum_right, f32x4_mul(factor, x_right));
            *sums = together(left, right);
        }
    }

    #[target_feature(enable = "simd128")]
    #[inline]
    fn halves(&[a, b, c, d, e, f, g, h]: &[f32; LANES]) -> (v128, v128) {
        (f32x4(a, b, c, d), f32x4(e, f, g, h))
    }

    #[target_feature(enable = "simd128")]
    #[inline]
    fn together(left: v128, right: v128) -> [f32; LANES] {
        [
            f32x4_extract_lane::<0>(left),
            f32x4_extract_lane::<1>(left),
            f32x4_extract_lane::<2>(left),
            f32x4_extract_lane::<3>(left),
            f32x4_extract_lane::<0>(right),
            f32x4_extract_lane::<1>(right),
            f32x4_extract_lane::<2>(right),
            f32x4_extract_lane::<3>(right),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
