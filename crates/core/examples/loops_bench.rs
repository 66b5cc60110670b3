//! Times the search among vectors, and the loops under it and under the re-ranker's training.
//!
//! Build for `wasm32-unknown-unknown` and call the exports; each repeats one pass over the same rows and gives a
//! number that depends on all of them, so nothing is left out. `node tests/bench/loops.mjs` does that, and
//! `tests/bench` in the browser. `_plain` is what the compiler makes of the same loops in a program compiled for size.
#![allow(unsafe_code)] // `no_mangle` counts as unsafe; there is no other unsafe code here.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use glassrec_core::history::History;
    use glassrec_core::nearest::top_by_dot;
    use glassrec_core::recommend::rank;

    const TOP: usize = 100;

    struct Rows {
        bytes: Vec<i8>,
        query: Vec<i16>,
        scale: Vec<f32>,
        /// The bytes of the first rows as f32, as training reads them.
        floats: Vec<f32>,
        float_query: Vec<f32>,
    }

    const N_FLOAT_ROWS: usize = 1000;

    thread_local! {
        static ROWS: RefCell<Option<Rows>> = const { RefCell::new(None) };
    }

    /// Makes `n_rows` rows of `dim` int8 numbers and a query, from a seed.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn fill(n_rows: usize, dim: usize) -> usize {
        let mut state = 42_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as i8
        };
        let bytes: Vec<i8> = (0..n_rows * dim).map(|_| next()).collect();
        let query: Vec<i16> = (0..dim).map(|_| i16::from(next())).collect();
        let scale = (0..n_rows).map(|_| f32::from(next().unsigned_abs()) / 4096.0).collect();
        let floats = bytes.iter().take(N_FLOAT_ROWS * dim).map(|&it| f32::from(it)).collect();
        let float_query = query.iter().map(|&it| f32::from(it) / 128.0).collect();
        ROWS.set(Some(Rows { bytes, query, scale, floats, float_query }));
        n_rows
    }

    fn with(ask: impl FnOnce(&mut Rows) -> f64) -> f64 {
        ROWS.with_borrow_mut(|rows| rows.as_mut().map_or(f64::NAN, ask))
    }

    /// Exact top 100 as the engine searches, without scales and with them.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn top100() -> f64 {
        with(|rows| digest(&top_by_dot(&rows.bytes, &rows.query, None, TOP)))
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn scaled100() -> f64 {
        with(|rows| digest(&top_by_dot(&rows.bytes, &rows.query, Some(&rows.scale), TOP)))
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn top100_plain() -> f64 {
        with(|rows| digest(&plain(rows, |_| 1.0)))
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn scaled100_plain() -> f64 {
        with(|rows| digest(&plain(rows, |row| rows.scale.get(row).copied().unwrap_or(0.0))))
    }

    /// The sum of the same bytes: what reading them costs.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn sum() -> f64 {
        with(|rows| glassrec_loops::sum(&rows.bytes) as f64)
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn sum_plain() -> f64 {
        with(|rows| rows.bytes.iter().copied().map(i64::from).sum::<i64>() as f64)
    }

    /// Dot products in f32 of a thousand rows.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn dot() -> f64 {
        with(|rows| rows.dots(glassrec_loops::dot))
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn dot_plain() -> f64 {
        with(|rows| {
            rows.dots(|xs, ys| {
                let mut sums = [0.0_f32; 8];
                for (xs, ys) in xs.chunks_exact(8).zip(ys.chunks_exact(8)) {
                    sums.iter_mut().zip(xs.iter().zip(ys)).for_each(|(sum, (x, y))| *sum += x * y);
                }
                sums.iter().sum()
            })
        })
    }

    /// Sums of a thousand rows.
    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn add() -> f64 {
        with(|rows| rows.added(glassrec_loops::add_scaled))
    }

    #[unsafe(no_mangle)]
    pub(crate) extern "C" fn add_plain() -> f64 {
        with(|rows| {
            rows.added(|sums, factor, xs| {
                sums.iter_mut().zip(xs).for_each(|(sum, x)| *sum += factor * x);
            })
        })
    }

    impl Rows {
        fn dots(&self, dot: impl Fn(&[f32], &[f32]) -> f32) -> f64 {
            let rows = self.floats.chunks_exact(self.float_query.len());
            rows.map(|row| f64::from(dot(row, &self.float_query))).sum()
        }

        fn added(&self, add_scaled: impl Fn(&mut [f32], f32, &[f32])) -> f64 {
            let mut sums = self.float_query.clone();
            for row in self.floats.chunks_exact(sums.len()) {
                add_scaled(&mut sums, 0.25, row);
            }
            sums.iter().copied().map(f64::from).sum()
        }
    }

    /// The same list from all scores, put in order by what ranks films.
    fn plain(rows: &Rows, scale: impl Fn(usize) -> f32) -> Vec<(u32, f32)> {
        let dots = rows.bytes.chunks_exact(rows.query.len()).map(|row| {
            row.iter().zip(&rows.query).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum::<i32>()
        });
        let scores: Vec<f32> = dots.enumerate().map(|(row, it)| it as f32 * scale(row)).collect();
        let ranked = rank(&scores, scores.len(), &History::default(), TOP).unwrap_or_default();
        ranked.iter().map(|it| (it.item.0, it.score)).collect()
    }

    /// One number for a whole list: equal lists give equal numbers.
    fn digest(list: &[(u32, f32)]) -> f64 {
        let places = (1..).map(f64::from).zip(list);
        places.map(|(place, &(row, score))| place * (f64::from(row) + f64::from(score))).sum()
    }
}

fn main() {}
