//! The comparison with WebAssembly SIMD: four rows at a time, almost all of them turned down by
//! one look at four sums.
//!
//! The instructions are switched on for these functions alone: a program that never calls them
//! holds none and loads in any browser.

use core::arch::wasm32::{
    f32x4, f32x4_convert_i32x4, f32x4_extract_lane, f32x4_gt, f32x4_mul, f32x4_splat, i16x8,
    i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_shuffle,
    i32x4_splat, u64x2, v128, v128_any_true,
};

use super::{Best, plain};

/// Numbers in one register.
const LANES: usize = 16;
/// Rows compared together.
const ROWS: usize = 4;

/// As [`plain::top_by_dot`], number for number.
#[target_feature(enable = "simd128")]
pub(super) fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    let dim = query.len();
    if dim == 0 || !dim.is_multiple_of(LANES) {
        return plain::top_by_dot(rows, query, scale, top);
    }
    let wide: Vec<(v128, v128)> = query.as_chunks::<LANES>().0.iter().map(widened).collect();
    let mut best = Best::new(top);
    let mut threshold = f32x4_splat(best.threshold());
    let mut first_row = 0;
    let blocks = rows.chunks_exact(ROWS * dim);
    let rest = blocks.remainder();
    for block in blocks {
        let mut scores = f32x4_convert_i32x4(four_dots(block, dim, &wide));
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
    plain::offer_rows(&mut best, rest, query, scale, first_row);
    best.into_list()
}

/// The dot products of the four rows of `block`.
#[inline]
#[target_feature(enable = "simd128")]
fn four_dots(block: &[i8], dim: usize, query: &[(v128, v128)]) -> v128 {
    let (first, rest) = block.split_at(dim);
    let (second, rest) = rest.split_at(dim);
    let (third, fourth) = rest.split_at(dim);
    let [a, b, c, d] = [first, second, third, fourth].map(|row| row.as_chunks::<LANES>().0);
    let mut sums = [i32x4_splat(0); ROWS];
    for ((((a, b), c), d), query) in a.iter().zip(b).zip(c).zip(d).zip(query) {
        sums[0] = i32x4_add(sums[0], products(a, query));
        sums[1] = i32x4_add(sums[1], products(b, query));
        sums[2] = i32x4_add(sums[2], products(c, query));
        sums[3] = i32x4_add(sums[3], products(d, query));
    }
    // Each sum lies in four lanes; two rounds of pairing bring it into one.
    let [a, b, c, d] = sums;
    let ab = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let cd = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
    i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(ab, cd), i32x4_shuffle::<2, 3, 6, 7>(ab, cd))
}

/// Sixteen products, added up into four lanes.
#[inline]
#[target_feature(enable = "simd128")]
fn products(row: &[i8; LANES], query: &(v128, v128)) -> v128 {
    let row = load(row);
    let low = i32x4_dot_i16x8(i16x8_extend_low_i8x16(row), query.0);
    let high = i32x4_dot_i16x8(i16x8_extend_high_i8x16(row), query.1);
    i32x4_add(low, high)
}

/// One `v128.load`, written without a pointer.
#[inline]
#[target_feature(enable = "simd128")]
fn load(bytes: &[i8; LANES]) -> v128 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes.map(i8::cast_unsigned);
    u64x2(
        u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        u64::from_le_bytes([i, j, k, l, m, n, o, p]),
    )
}

#[target_feature(enable = "simd128")]
fn widened(query: &[i16; LANES]) -> (v128, v128) {
    let &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = query;
    (i16x8(a, b, c, d, e, f, g, h), i16x8(i, j, k, l, m, n, o, p))
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
    use core::arch::wasm32::{
        i16x8_add, i16x8_extadd_pairwise_i8x16, i16x8_splat, i32x4_extadd_pairwise_i16x8,
        i64x2_add, i64x2_extend_high_i32x4, i64x2_extend_low_i32x4, i64x2_extract_lane,
        i64x2_splat,
    };
    // So many pairs of bytes fit the lanes of i16: 128 · 2 · 127 < 2¹⁵.
    const CHUNKS: usize = 127;
    let mut total = i64x2_splat(0);
    let (chunks, rest) = bytes.as_chunks::<LANES>();
    for chunks in chunks.chunks(CHUNKS) {
        let sum = |sum, chunk| i16x8_add(sum, i16x8_extadd_pairwise_i8x16(load(chunk)));
        let sum = i32x4_extadd_pairwise_i16x8(chunks.iter().fold(i16x8_splat(0), sum));
        let halves = i64x2_add(i64x2_extend_low_i32x4(sum), i64x2_extend_high_i32x4(sum));
        total = i64x2_add(total, halves);
    }
    let rest: i64 = rest.iter().copied().map(i64::from).sum();
    i64x2_extract_lane::<0>(total) + i64x2_extract_lane::<1>(total) + rest
}
