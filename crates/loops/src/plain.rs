//! The loops as anyone would write them; sums in f32 add up in the order in which SIMD does.

/// Numbers whose sums run side by side.
const LANES: usize = 8;

/// See [`crate::int8_dots`].
pub fn int8_dots(rows: &[i8], query: &[i16], dots: &mut [f32]) {
    for (dot, row) in dots.iter_mut().zip(rows.chunks_exact(query.len().max(1))) {
        let sum: i32 = row.iter().zip(query).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum();
        *dot = sum as f32;
    }
}

/// See [`crate::float_dots`].
pub fn float_dots(rows: &[i8], query: &[f32], dots: &mut [f32]) {
    for (to, row) in dots.iter_mut().zip(rows.chunks_exact(query.len().max(1))) {
        let (row, row_rest) = row.as_chunks::<LANES>();
        let (query, query_rest) = query.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for (row, query) in row.iter().zip(query) {
            for ((sum, &x), y) in sums.iter_mut().zip(row).zip(query) {
                *sum += f32::from(x) * y;
            }
        }
        let rest: f32 = row_rest.iter().zip(query_rest).map(|(&x, y)| f32::from(x) * y).sum();
        *to = sums.iter().sum::<f32>() + rest;
    }
}

/// See [`crate::dot`]; both have the same length.
pub fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let (xs, xs_rest) = xs.as_chunks::<LANES>();
    let (ys, ys_rest) = ys.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (xs, ys) in xs.iter().zip(ys) {
        for ((sum, x), y) in sums.iter_mut().zip(xs).zip(ys) {
            *sum += x * y;
        }
    }
    let rest: f32 = xs_rest.iter().zip(ys_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

/// See [`crate::add_scaled`].
pub fn add_scaled(sums: &mut [f32], factor: f32, xs: &[f32]) {
    sums.iter_mut().zip(xs).for_each(|(sum, x)| *sum += factor * x);
}

/// See [`crate::is_any_above`].
pub fn is_any_above(scores: &[f32], bar: f32) -> bool {
    scores.iter().any(|&score| score > bar)
}

/// See [`crate::sum`].
pub fn sum(bytes: &[i8]) -> i64 {
    bytes.iter().copied().map(i64::from).sum()
}
