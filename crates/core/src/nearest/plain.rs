//! The comparison in plain Rust, for the host and as the yardstick for the SIMD one.

use super::Best;

/// See [`super::top_by_dot`].
pub fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    let mut best = Best::new(top);
    offer_rows(&mut best, rows, query, scale, 0);
    best.into_list()
}

/// Offers rows one by one; the first of them is row `first_row` of the whole.
pub(super) fn offer_rows(
    best: &mut Best,
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    first_row: usize,
) {
    for (at, row) in (first_row..).zip(rows.chunks_exact(query.len().max(1))) {
        let dot: i32 = row.iter().zip(query).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        let scale = scale.map_or(1.0, |scale| scale.get(at).copied().unwrap_or(0.0));
        best.offer(at as u32, dot as f32 * scale);
    }
}
