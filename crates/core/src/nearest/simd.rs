//! The comparison with WebAssembly SIMD: four rows at a time, almost all of them turned down by
//! one look at four sums.
//!
//! `std::simd` is not stable and has no widening int8 product, which is all the speed here.
//! The instructions are switched on for these functions alone: a program that never calls them
//! holds none and loads in any browser.

use core::arch::wasm32::{
    f32x4, f32x4_convert_i32x4, f32x4_extract_lane, f32x4_gt, f32x4_mul, f32x4_splat, i16x8,
    i16x8_add, i16x8_load_extend_i8x8, i16x8_splat, i32x4_add, i32x4_dot_i16x8,
    i32x4_extadd_pairwise_i16x8, i32x4_shuffle, i32x4_splat, i64x2_add, i64x2_extend_high_i32x4,
    i64x2_extend_low_i32x4, i64x2_extract_lane, i64x2_splat, v128, v128_any_true,
};

use super::{Best, plain};

/// Numbers multiplied together.
const LANES: usize = 8;
/// Numbers of a row taken in one go: few enough for the query to stay in registers.
type Panel = [[i8; LANES]; 8];
/// Rows compared together.
const ROWS: usize = 4;

/// As [`plain::top_by_dot`], number for number. Fast where `query.len()` is a multiple of 64.
#[target_feature(enable = "simd128")]
pub(super) fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    let dim = query.len();
    if dim == 0 || !dim.is_multiple_of(size_of::<Panel>()) {
        return plain::top_by_dot(rows, query, scale, top);
    }
    let query_panels: Vec<[v128; 8]> =
        query.as_chunks().0.as_chunks().0.iter().map(|it| packed(it)).collect();
    let mut best = Best::new(top);
    let mut threshold = f32x4_splat(best.threshold());
    let mut first_row = 0;
    let panels = rows.as_chunks().0.as_chunks().0;
    let blocks = panels.chunks_exact(ROWS * query_panels.len());
    let n_in_blocks = blocks.len() * ROWS * dim;
    for block in blocks {
        let mut scores = f32x4_convert_i32x4(four_dots(block, &query_panels));
        if let Some(scale) = scale {
            scores = f32x4_mul(scores, four_scales(scale, first_row));
        }
        if v128_any_true(f32x4_gt(scores, threshold)) {
            for (row, score) in (first_row..).zip(lanes(scores)) {
                best.offer(row as u32, score);
            }
            threshold = f32x4_splat(best.threshold());
        }
        first_row += ROWS;
    }
    plain::offer_rows(&mut best, &rows[n_in_blocks..], query, scale, first_row);
    best.into_list()
}

/// The dot products of four rows that lie one behind the other, `query.len()` panels each.
#[inline(always)]
fn four_dots(block: &[Panel], query: &[[v128; 8]]) -> v128 {
    let per_row = query.len();
    let (first, rest) = block.split_at(per_row);
    let (second, rest) = rest.split_at(per_row);
    let (third, fourth) = rest.split_at(per_row);
    let none = i32x4_splat(0);
    let (mut sum_a, mut sum_b, mut sum_c, mut sum_d) = (none, none, none, none);
    for ((((a, b), c), d), query) in first.iter().zip(second).zip(third).zip(fourth).zip(query) {
        sum_a = i32x4_add(sum_a, panel_dot(a, query));
        sum_b = i32x4_add(sum_b, panel_dot(b, query));
        sum_c = i32x4_add(sum_c, panel_dot(c, query));
        sum_d = i32x4_add(sum_d, panel_dot(d, query));
    }
    // Each sum lies in four lanes; two rounds of pairing bring it into one.
    let (a, b, c, d) = (sum_a, sum_b, sum_c, sum_d);
    let ab = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let cd = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
    i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(ab, cd), i32x4_shuffle::<2, 3, 6, 7>(ab, cd))
}

/// 64 products, added up into four lanes. Written out, since size-optimised builds roll loops.
#[inline(always)]
fn panel_dot(row: &Panel, query: &[v128; 8]) -> v128 {
    let [a, b, c, d, e, f, g, h] = row;
    let ab = i32x4_add(dot(a, query[0]), dot(b, query[1]));
    let cd = i32x4_add(dot(c, query[2]), dot(d, query[3]));
    let ef = i32x4_add(dot(e, query[4]), dot(f, query[5]));
    let gh = i32x4_add(dot(g, query[6]), dot(h, query[7]));
    i32x4_add(i32x4_add(ab, cd), i32x4_add(ef, gh))
}

#[inline(always)]
fn dot(numbers: &[i8; LANES], query: v128) -> v128 {
    i32x4_dot_i16x8(widened(numbers), query)
}

/// Eight numbers as i16, in one instruction.
#[inline(always)]
#[allow(unsafe_code)]
fn widened(numbers: &[i8; LANES]) -> v128 {
    // SAFETY: the reference is to eight readable bytes, and the load needs no alignment. What
    // can be written without a pointer becomes a load for each byte, many times as slow.
    unsafe { i16x8_load_extend_i8x8(std::ptr::from_ref(numbers).cast()) }
}

#[target_feature(enable = "simd128")]
fn packed(query: &[[i16; LANES]; 8]) -> [v128; 8] {
    query.map(|[a, b, c, d, e, f, g, h]| i16x8(a, b, c, d, e, f, g, h))
}

/// The scales of four rows; 0 for a row that has none, as in plain Rust.
#[inline]
#[target_feature(enable = "simd128")]
fn four_scales(scale: &[f32], first_row: usize) -> v128 {
    let of = |at: usize| scale.get(first_row + at).copied().unwrap_or(0.0);
    f32x4(of(0), of(1), of(2), of(3))
}

#[target_feature(enable = "simd128")]
fn lanes(scores: v128) -> [f32; ROWS] {
    [
        f32x4_extract_lane::<0>(scores),
        f32x4_extract_lane::<1>(scores),
        f32x4_extract_lane::<2>(scores),
        f32x4_extract_lane::<3>(scores),
    ]
}

/// The sum of all bytes: what reading them costs at least. A yardstick for benchmarks.
#[target_feature(enable = "simd128")]
pub fn sum(bytes: &[i8]) -> i64 {
    // As many as the lanes of i16 hold: 255 · 128 < 2¹⁵.
    const CHUNKS: usize = 255;
    let mut total = i64x2_splat(0);
    let (chunks, rest) = bytes.as_chunks::<LANES>();
    for chunks in chunks.chunks(CHUNKS) {
        let mut sum = i16x8_splat(0);
        for chunk in chunks {
            sum = i16x8_add(sum, widened(chunk));
        }
        let sum = i32x4_extadd_pairwise_i16x8(sum);
        let halves = i64x2_add(i64x2_extend_low_i32x4(sum), i64x2_extend_high_i32x4(sum));
        total = i64x2_add(total, halves);
    }
    let rest: i64 = rest.iter().copied().map(i64::from).sum();
    i64x2_extract_lane::<0>(total) + i64x2_extract_lane::<1>(total) + rest
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn simd_agrees_with_plain_number_for_number() {
        let mut state = 3_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        // Rows in blocks of four and left over, dimensions with and without whole panels.
        for (n, dim) in [(0, 64), (3, 64), (8, 64), (1001, 64), (77, 384), (50, 48)] {
            let rows: Vec<i8> = (0..n * dim).map(|_| next() as i8).collect();
            let query: Vec<i16> = (0..dim).map(|_| next() as i16 / 4).collect();
            let scale: Vec<f32> = (0..n).map(|_| (next() % 7) as f32 / 8.0).collect();
            for scale in [None, Some(scale.as_slice())] {
                for top in [0, 1, 100, 2000] {
                    let got = top_by_dot(&rows, &query, scale, top);
                    assert_eq!(got, plain::top_by_dot(&rows, &query, scale, top));
                }
            }
            let bytes: i64 = rows.iter().copied().map(i64::from).sum();
            assert_eq!(sum(&rows), bytes);
        }
        assert_eq!(sum(&[-128; 100_000]), -12_800_000);
    }
}
