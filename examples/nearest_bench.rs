//! Times the exact nearest-neighbour search against reading the same bytes.
//!
//! Build for `wasm32-unknown-unknown` and call the exports; each repeats one pass over the same
//! million rows and gives a number that depends on all of them, so nothing is left out.
//! `tests/bench` does that in the browser.
#![allow(unsafe_code)] // `no_mangle` counts as unsafe; there is no other unsafe code here.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::sync::OnceLock;

    use glassrec::nearest::{plain, simd, top_by_dot};

    const DIM: usize = 64;
    const TOP: usize = 100;

    struct Rows {
        numbers: Vec<i8>,
        query: Vec<i16>,
    }

    static ROWS: OnceLock<Rows> = OnceLock::new();

    /// Makes `n_rows` rows of 64 int8 numbers and a query, from a seed. The first call counts.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn fill(n_rows: usize) -> usize {
        let rows = ROWS.get_or_init(|| {
            let mut state = 42_u32;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as i8
            };
            let numbers = (0..n_rows * DIM).map(|_| next()).collect();
            Rows { numbers, query: (0..DIM).map(|_| i16::from(next())).collect() }
        });
        rows.numbers.len() / DIM
    }

    /// Exact top 100 as the engine searches.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn top100_simd() -> f64 {
        digest(|rows| top_by_dot(&rows.numbers, &rows.query, None, TOP))
    }

    /// Exact top 100 in plain Rust.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn top100_plain() -> f64 {
        digest(|rows| plain::top_by_dot(&rows.numbers, &rows.query, None, TOP))
    }

    /// The sum of the same bytes with SIMD: what reading them costs.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn sum_simd() -> f64 {
        ROWS.get().map_or(f64::NAN, |rows| simd::sum(&rows.numbers) as f64)
    }

    /// The sum of the same bytes in plain Rust, to check the other.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn sum_plain() -> f64 {
        let sum = |rows: &Rows| rows.numbers.iter().copied().map(i64::from).sum::<i64>();
        ROWS.get().map_or(f64::NAN, |rows| sum(rows) as f64)
    }

    /// One number for a whole list: equal lists give equal numbers.
    fn digest(search: impl Fn(&Rows) -> Vec<(u32, f32)>) -> f64 {
        let list = ROWS.get().map(search).unwrap_or_default();
        let places = (1..).map(f64::from).zip(&list);
        places.map(|(place, &(row, score))| place * (f64::from(row) + f64::from(score))).sum()
    }
}

fn main() {}
