//! The loops with WebAssembly SIMD, number for number as in plain Rust.

use core::arch::wasm32::{
    f32x4_add, f32x4_convert_i32x4, f32x4_gt, f32x4_mul, f32x4_splat, i16x8_add,
    i16x8_load_extend_i8x8, i16x8_splat, i32x4_add, i32x4_dot_i16x8, i32x4_extadd_pairwise_i16x8,
    i32x4_extend_high_i16x8, i32x4_extend_low_i16x8, i32x4_extract_lane, i32x4_splat, v128,
    v128_any_true, v128_load, v128_or, v128_store,
};

use crate::plain;

/// Bytes taken in one go.
const LANES: usize = 8;
/// Rows compared together: what is loaded of the query serves them all.
const ROWS: usize = 4;

pub(crate) fn int8_dots(rows: &[i8], query: &[i16], dots: &mut [f32]) {
    let dim = query.len();
    let (blocks, dots_left) = dots.as_chunks_mut::<ROWS>();
    let rows_left = rows.get(blocks.len() * ROWS * dim..).unwrap_or_default();
    let (query_chunks, query_rest) = query.as_chunks::<LANES>();
    for (dots, rows) in blocks.iter_mut().zip(rows.chunks_exact(ROWS * dim.max(1))) {
        let rows = quarters(rows).map(|row| row.as_chunks::<LANES>());
        let [a, b, c, d] = rows.map(|(chunks, _)| chunks);
        let mut sums = [i32x4_splat(0); ROWS];
        for ((((a, b), c), d), query) in a.iter().zip(b).zip(c).zip(d).zip(query_chunks) {
            let query = loaded(query);
            let rows = [a, b, c, d];
            for at in 0..ROWS {
                sums[at] = i32x4_add(sums[at], i32x4_dot_i16x8(widened(rows[at]), query));
            }
        }
        for ((dot, sum), (_, rest)) in dots.iter_mut().zip(sums).zip(rows) {
            let rest = rest.iter().zip(query_rest).map(|(&x, &y)| i32::from(x) * i32::from(y));
            *dot = (whole(sum) + rest.sum::<i32>()) as f32;
        }
    }
    plain::int8_dots(rows_left, query, dots_left);
}

pub(crate) fn float_dots(rows: &[i8], query: &[f32], dots: &mut [f32]) {
    let (query_halves, query_rest) = halves(query);
    for (to, row) in dots.iter_mut().zip(rows.chunks_exact(query.len().max(1))) {
        let (row, row_rest) = row.as_chunks::<LANES>();
        let mut sums = [f32x4_splat(0.0); 2];
        for (row, [left, right]) in row.iter().zip(query_halves) {
            let row = widened(row);
            let row_left = f32x4_convert_i32x4(i32x4_extend_low_i16x8(row));
            let row_right = f32x4_convert_i32x4(i32x4_extend_high_i16x8(row));
            sums[0] = f32x4_add(sums[0], f32x4_mul(row_left, loaded(left)));
            sums[1] = f32x4_add(sums[1], f32x4_mul(row_right, loaded(right)));
        }
        let rest: f32 = row_rest.iter().zip(query_rest).map(|(&x, y)| f32::from(x) * y).sum();
        *to = total(sums) + rest;
    }
}

pub(crate) fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let ((xs, xs_rest), (ys, ys_rest)) = (halves(xs), halves(ys));
    let mut sums = [f32x4_splat(0.0); 2];
    for (xs, ys) in xs.iter().zip(ys) {
        sums[0] = f32x4_add(sums[0], f32x4_mul(loaded(&xs[0]), loaded(&ys[0])));
        sums[1] = f32x4_add(sums[1], f32x4_mul(loaded(&xs[1]), loaded(&ys[1])));
    }
    let rest: f32 = xs_rest.iter().zip(ys_rest).map(|(x, y)| x * y).sum();
    total(sums) + rest
}

pub(crate) fn add_scaled(sums: &mut [f32], factor: f32, xs: &[f32]) {
    let (sum_blocks, sums_rest) = sums.as_chunks_mut::<4>();
    let (blocks, rest) = xs.as_chunks::<4>();
    for (sums, xs) in sum_blocks.iter_mut().zip(blocks) {
        store(sums, f32x4_add(loaded(sums), f32x4_mul(f32x4_splat(factor), loaded(xs))));
    }
    plain::add_scaled(sums_rest, factor, rest);
}

pub(crate) fn is_any_above(scores: &[f32], bar: f32) -> bool {
    let (blocks, rest) = scores.as_chunks::<4>();
    let none = i32x4_splat(0);
    let is_above = |found, block| v128_or(found, f32x4_gt(loaded(block), f32x4_splat(bar)));
    v128_any_true(blocks.iter().fold(none, is_above)) || plain::is_any_above(rest, bar)
}

pub(crate) fn sum(bytes: &[i8]) -> i64 {
    // As many as the lanes of i16 hold: 255 · 128 < 2¹⁵.
    const CHUNKS: usize = 255;
    let (chunks, rest) = bytes.as_chunks::<LANES>();
    let mut total = plain::sum(rest);
    for chunks in chunks.chunks(CHUNKS) {
        let sums = chunks.iter().fold(i16x8_splat(0), |sums, it| i16x8_add(sums, widened(it)));
        total += i64::from(whole(i32x4_extadd_pairwise_i16x8(sums)));
    }
    total
}

/// Four rows that lie one behind the other.
#[inline(always)]
fn quarters(rows: &[i8]) -> [&[i8]; ROWS] {
    let (left, right) = rows.split_at(rows.len() / 2);
    let ((a, b), (c, d)) = (left.split_at(left.len() / 2), right.split_at(right.len() / 2));
    [a, b, c, d]
}

/// Numbers by eight, as two halves, and what is left.
fn halves(numbers: &[f32]) -> (&[[[f32; 4]; 2]], &[f32]) {
    let (whole, rest) = numbers.split_at(numbers.len() / LANES * LANES);
    (whole.as_chunks().0.as_chunks().0, rest)
}

/// The sum of four integers.
#[inline(always)]
fn whole(sums: v128) -> i32 {
    i32x4_extract_lane::<0>(sums)
        + i32x4_extract_lane::<1>(sums)
        + i32x4_extract_lane::<2>(sums)
        + i32x4_extract_lane::<3>(sums)
}

/// The sum of eight numbers, from the first to the last.
#[inline(always)]
fn total(sums: [v128; 2]) -> f32 {
    let mut lanes = [[0.0; 4]; 2];
    lanes.iter_mut().zip(sums).for_each(|(lanes, sums)| store(lanes, sums));
    lanes.as_flattened().iter().sum()
}

// What can be written without a pointer becomes a load for each number, several times as slow.

/// Eight numbers as i16.
#[inline(always)]
#[allow(unsafe_code)]
fn widened(numbers: &[i8; LANES]) -> v128 {
    // SAFETY: the reference is to eight readable bytes, and the load needs no alignment.
    unsafe { i16x8_load_extend_i8x8(numbers.as_ptr()) }
}

/// Sixteen bytes of numbers.
#[inline(always)]
#[allow(unsafe_code)]
fn loaded<Number, const N: usize>(numbers: &[Number; N]) -> v128 {
    const { assert!(size_of::<[Number; N]>() == size_of::<v128>()) };
    // SAFETY: the reference is to sixteen readable bytes, and the load needs no alignment.
    unsafe { v128_load(numbers.as_ptr().cast()) }
}

#[inline(always)]
#[allow(unsafe_code)]
fn store(to: &mut [f32; 4], numbers: v128) {
    // SAFETY: the reference is to sixteen bytes that may be written, and the store needs no alignment.
    unsafe { v128_store(to.as_mut_ptr().cast(), numbers) }
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
        // Rows in blocks of four and left over, with and without numbers past the last eight.
        for (n, dim) in [(0, 64), (3, 64), (8, 64), (1001, 64), (77, 384), (50, 43), (9, 5)] {
            let rows: Vec<i8> = (0..n * dim).map(|_| next() as i8).collect();
            let query: Vec<i16> = (0..dim).map(|_| next() as i16 / 4).collect();
            let floats: Vec<f32> = query.iter().map(|&it| f32::from(it) / 1000.0).collect();
            let (mut got, mut want) = (vec![0.0; n], vec![0.0; n]);
            int8_dots(&rows, &query, &mut got);
            plain::int8_dots(&rows, &query, &mut want);
            assert_eq!(got, want);
            float_dots(&rows, &floats, &mut got);
            plain::float_dots(&rows, &floats, &mut want);
            assert_eq!(got, want);
            for bar in want.iter().take(20) {
                assert_eq!(is_any_above(&want, *bar), plain::is_any_above(&want, *bar));
            }
            for row in want.chunks(dim) {
                let floats = &floats[..row.len()];
                assert_eq!(dot(row, floats), plain::dot(row, floats));
                let (mut got, mut want) = (row.to_vec(), row.to_vec());
                add_scaled(&mut got, 0.3, floats);
                plain::add_scaled(&mut want, 0.3, floats);
                assert_eq!(got, want);
            }
            assert_eq!(sum(&rows), plain::sum(&rows));
        }
        assert_eq!(sum(&[-128; 100_000]), -12_800_000);
    }
}
