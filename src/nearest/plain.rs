//! The comparison in plain Rust, for the host and as the yardstick for the SIMD one.

use super::Best;

pub(super) fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    let mut best = Best::new(top);
    for ((row, at), index) in rows.chunks_exact(query.len().max(1)).zip(0_u32..).zip(0_usize..) {
        let dot: i32 = row.iter().zip(query).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        let scale = scale.map_or(1.0, |scale| scale.get(index).copied().unwrap_or(0.0));
        best.offer(at, dot as f32 * scale);
    }
    best.into_list()
}
