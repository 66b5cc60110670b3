//! Exact nearest neighbours among int8 vectors: every row is compared, none is guessed at.
//! `hnsw_rs` and `usearch` search an index: approximate, and one file more to fetch.

mod best;

use crate::catalog::ItemRow;
pub use best::top_by_dot;

const MAGIC: &[u8; 4] = b"GRVC";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 16;
/// What a unit vector in int8 can need; beyond it, sums would leave f32.
const SCALES: std::ops::RangeInclusive<f32> = 0.0..=1.0;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorsError {
    #[error("a file of vectors does not start like one; reload the page")]
    WrongStart,
    #[error(
        "a file of vectors is of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error(
        "a file of vectors is for {got} films but the catalogue holds {expected}; were they exported together?"
    )]
    WrongItems { expected: usize, got: usize },
    #[error(
        "vectors have {got} numbers but the text encoder writes {expected}; were they exported together?"
    )]
    WrongDim { expected: usize, got: usize },
    #[error("a file of vectors has {got} bytes in place of {expected}; reload the page")]
    WrongSize { expected: u64, got: u64 },
    #[error("a file of vectors is damaged; reload the page: row {row}")]
    Damaged { row: usize },
}

/// Unit vectors, one int8 row and one scale each.
#[derive(Clone, Debug, PartialEq)]
pub struct Vectors {
    // Invariants: `rows` has `dim` bytes for each entry of `scale`; `dim` is not 0; every
    // scale is in `SCALES`.
    dim: usize,
    scale: Vec<f32>,
    rows: Vec<i8>,
}

/// A vector near the query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    pub item: ItemRow,
    /// Cosine, −1 to 1.
    pub similarity: f32,
}

impl Vectors {
    /// No vectors yet, to be filled with [`Vectors::push`].
    ///
    /// # Errors
    /// [`VectorsError::WrongDim`] if `dim` is 0.
    pub fn empty(dim: usize) -> Result<Self, VectorsError> {
        if dim == 0 {
            return Err(VectorsError::WrongDim { expected: 1, got: 0 });
        }
        Ok(Self { dim, scale: Vec::new(), rows: Vec::new() })
    }

    /// Reads a file made for `n_items` items and an encoder that writes `dim` numbers.
    ///
    /// # Errors
    /// [`VectorsError`] if the bytes are anything else, whatever they are.
    pub fn from_bytes(bytes: &[u8], n_items: usize, dim: usize) -> Result<Self, VectorsError> {
        let (header, body) =
            bytes.split_at_checked(HEADER_BYTES).ok_or(VectorsError::WrongStart)?;
        if !header.starts_with(MAGIC) {
            return Err(VectorsError::WrongStart);
        }
        let field = |at: usize| {
            u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        let (version, got_items, got_dim) = (field(4), field(8) as usize, field(12) as usize);
        if version != VERSION {
            return Err(VectorsError::UnknownVersion { version });
        }
        if got_items != n_items {
            return Err(VectorsError::WrongItems { expected: n_items, got: got_items });
        }
        if got_dim != dim || dim == 0 {
            return Err(VectorsError::WrongDim { expected: dim, got: got_dim });
        }
        let expected = HEADER_BYTES as u64 + n_items as u64 * (4 + dim as u64);
        if bytes.len() as u64 != expected {
            return Err(VectorsError::WrongSize { expected, got: bytes.len() as u64 });
        }
        let (scale, rows) = body.split_at(4 * n_items);
        let scale: Vec<f32> =
            scale.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if let Some(row) = scale.iter().position(|scale| !SCALES.contains(scale)) {
            return Err(VectorsError::Damaged { row });
        }
        let rows = rows.iter().map(|&byte| byte.cast_signed()).collect();
        Ok(Self { dim, scale, rows })
    }

    /// The file that [`Vectors::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [VERSION, self.scale.len() as u32, self.dim as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        self.scale.iter().for_each(|scale| bytes.extend_from_slice(&scale.to_le_bytes()));
        bytes.extend(self.rows.iter().map(|&number| number.cast_unsigned()));
        bytes
    }

    /// Adds one vector, rounded to int8 with a scale of its own.
    ///
    /// # Errors
    /// [`VectorsError::WrongDim`] if it has another length than the others,
    /// [`VectorsError::Damaged`] if its numbers cannot be those of a unit vector.
    pub fn push(&mut self, vector: &[f32]) -> Result<(), VectorsError> {
        if vector.len() != self.dim {
            return Err(VectorsError::WrongDim { expected: self.dim, got: vector.len() });
        }
        let (step, numbers) = rounded(vector, 127.0);
        if !vector.iter().all(|number| number.is_finite()) || !SCALES.contains(&step) {
            return Err(VectorsError::Damaged { row: self.len() });
        }
        self.scale.push(step);
        self.rows.extend(numbers.map(|number| number as i8));
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.scale.len()
    }

    pub fn is_empty(&self) -> bool {
        self.scale.is_empty()
    }

    pub fn dim(&self) -> usize {
        self.dim
    }

    /// One vector as floats.
    pub fn vector(&self, item: ItemRow) -> Option<Vec<f32>> {
        let scale = *self.scale.get(item.index())?;
        let start = item.index() * self.dim;
        Some(self.rows[start..start + self.dim].iter().map(|&x| scale * f32::from(x)).collect())
    }

    /// The dot product of every vector with `query`, shape `[len]`, in f32 throughout.
    ///
    /// Numbers that `query` has too few of count as 0.
    pub fn dots(&self, query: &[f32]) -> Vec<f32> {
        let mut query = query.to_vec();
        query.resize(self.dim, 0.0);
        let mut dots = vec![0.0; self.len()];
        glassrec_loops::float_dots(&self.rows, &query, &mut dots);
        dots.iter_mut().zip(&self.scale).for_each(|(dot, scale)| *dot *= scale);
        dots
    }

    /// The mean dot product of every vector with those of `items`, shape `[len]`; empty where none are known.
    pub fn mean_dots(&self, items: &[ItemRow]) -> Vec<f32> {
        let known: Vec<Vec<f32>> = items.iter().filter_map(|&it| self.vector(it)).collect();
        if known.is_empty() {
            return Vec::new();
        }
        let mut mean = vec![0.0; self.dim];
        for vector in &known {
            mean.iter_mut().zip(vector).for_each(|(sum, it)| *sum += it / known.len() as f32);
        }
        self.dots(&mean)
    }

    /// The `top` vectors nearest to `query`, nearest first; ties keep catalogue order.
    ///
    /// # Errors
    /// [`VectorsError::WrongDim`] if `query` has another length than the vectors.
    pub fn nearest(&self, query: &[f32], top: usize) -> Result<Vec<Neighbour>, VectorsError> {
        if query.len() != self.dim {
            return Err(VectorsError::WrongDim { expected: self.dim, got: query.len() });
        }
        // As fine as a sum of `dim` products with int8 can be without leaving i32.
        let largest = (i32::MAX / 128 / self.dim.max(1) as i32).min(i32::from(i16::MAX));
        let (step, numbers) = rounded(query, largest as f32);
        let query: Vec<i16> = numbers.map(|number| number as i16).collect();
        let found = top_by_dot(&self.rows, &query, Some(&self.scale), top);
        let neighbour = |(row, score)| Neighbour { item: ItemRow(row), similarity: step * score };
        Ok(found.into_iter().map(neighbour).collect())
    }

    /// As [`Vectors::nearest`], errors as well, without those that are `hidden`.
    pub fn nearest_but(
        &self,
        query: &[f32],
        hidden: &[ItemRow],
        top: usize,
    ) -> Result<Vec<Neighbour>, VectorsError> {
        let mut found = self.nearest(query, top.saturating_add(hidden.len()))?;
        found.retain(|it| !hidden.contains(&it.item));
        found.truncate(top);
        Ok(found)
    }

    /// The mean cosine between these vectors and `other`'s, row by row.
    ///
    /// `None` if they are not of the same items and length, or there are none.
    pub fn agreement(&self, other: &Self) -> Option<f32> {
        if self.len() != other.len() || self.dim != other.dim || self.is_empty() {
            return None;
        }
        let pairs = self.rows.chunks_exact(self.dim).zip(other.rows.chunks_exact(self.dim));
        let total: f64 = pairs.map(|(a, b)| cosine(a, b)).sum();
        Some((total / self.len() as f64) as f32)
    }
}

/// `vector` in steps of the returned size, so that its largest number is `largest` steps.
fn rounded(vector: &[f32], largest: f32) -> (f32, impl Iterator<Item = f32> + '_) {
    let reach = vector.iter().fold(0.0_f32, |reach, number| reach.max(number.abs()));
    let step = if reach > 0.0 { reach / largest } else { 1.0 };
    (step, vector.iter().map(move |number| (number / step).round()))
}

fn cosine(left: &[i8], right: &[i8]) -> f64 {
    let dot = |a: &[i8], b: &[i8]| -> f64 {
        a.iter().zip(b).map(|(&a, &b)| i64::from(a) * i64::from(b)).sum::<i64>() as f64
    };
    let length = (dot(left, left) * dot(right, right)).sqrt();
    if length == 0.0 { 0.0 } else { dot(left, right) / length }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(seed: u32) -> impl FnMut() -> u32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        }
    }

    fn vectors(rows: &[[f32; 3]]) -> Vectors {
        let mut vectors = Vectors::empty(3).unwrap();
        rows.iter().for_each(|row| vectors.push(row).unwrap());
        vectors
    }

    #[track_caller]
    fn check(query: [f32; 3], want: &[(u32, f32)]) {
        let all = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.6, 0.8, 0.0], [1.0, 0.0, 0.0]]);
        let got = all.nearest(&query, want.len()).unwrap();
        let rows: Vec<u32> = got.iter().map(|it| it.item.0).collect();
        assert_eq!(rows, want.iter().map(|it| it.0).collect::<Vec<_>>());
        for (got, (_, want)) in got.iter().zip(want) {
            assert!((got.similarity - want).abs() < 0.005, "{got:?} is not near {want}");
        }
    }

    #[test]
    fn the_nearest_come_first_with_their_cosine() {
        check([0.0, 1.0, 0.0], &[(1, 1.0), (2, 0.8), (0, 0.0)]);
        check([0.6, 0.8, 0.0], &[(2, 1.0), (1, 0.8)]);
    }

    #[test]
    fn ties_keep_catalogue_order() {
        check([1.0, 0.0, 0.0], &[(0, 1.0), (3, 1.0), (2, 0.6), (1, 0.0)]);
    }

    #[test]
    fn hidden_vectors_leave_their_places_to_the_next() {
        let all = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.6, 0.8, 0.0], [0.8, 0.6, 0.0]]);
        let near = |hidden: &[ItemRow]| all.nearest_but(&[1.0, 0.0, 0.0], hidden, 2).unwrap();
        let rows = |hidden| near(hidden).iter().map(|it| it.item.0).collect::<Vec<_>>();
        assert_eq!([rows(&[]), rows(&[ItemRow(0)])], [[0, 3], [3, 2]]);
        assert_eq!(rows(&[ItemRow(1), ItemRow(9)]), [0, 3], "far or unknown ones cost no place");
    }

    #[test]
    fn a_query_of_another_length_is_refused() {
        let all = vectors(&[[1.0, 0.0, 0.0]]);
        let wrong = VectorsError::WrongDim { expected: 3, got: 2 };
        assert_eq!(all.nearest(&[1.0, 0.0], 1), Err(wrong.clone()));
        assert_eq!(vectors(&[]).push(&[1.0, 0.0]), Err(wrong));
        assert_eq!(vectors(&[]).nearest(&[1.0, 0.0, 0.0], 3), Ok(vec![]));
        assert_eq!(all.nearest(&[1.0, 0.0, 0.0], 0), Ok(vec![]));
    }

    #[test]
    fn a_search_agrees_with_sorting_everything() {
        let (n, dim) = (203, 32);
        let mut next = random(1);
        let rows: Vec<i8> = (0..n * dim).map(|_| next() as i8).collect();
        let scale: Vec<f32> = (0..n).map(|_| (next() % 5) as f32).collect();
        let query: Vec<i16> = (0..dim).map(|_| next() as i8 as i16).collect();
        for scale in [None, Some(scale.as_slice())] {
            let mut all: Vec<(u32, f32)> = (0_u32..)
                .zip(rows.chunks_exact(dim))
                .map(|(at, row)| {
                    let dot: i32 = row.iter().zip(&query).map(|(&a, &b)| a as i32 * b as i32).sum();
                    (at, dot as f32 * scale.map_or(1.0, |scale| scale[at as usize]))
                })
                .collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1));
            for top in [1, 10, 203, 500] {
                assert_eq!(top_by_dot(&rows, &query, scale, top), all[..top.min(n)]);
            }
        }
    }

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let all = vectors(&[[0.3, -0.2, 0.9], [0.0, 0.0, 0.0]]);
        let bytes = all.to_bytes();
        assert_eq!(Vectors::from_bytes(&bytes, 2, 3), Ok(all.clone()));
        let back = all.vector(ItemRow(0)).unwrap();
        assert!((back[1] + 0.2).abs() < 0.01);
        assert_eq!(all.vector(ItemRow(2)), None);
    }

    #[test]
    fn dots_are_those_of_the_vectors() {
        let all = vectors(&[[0.3, -0.2, 0.9], [1.0, 0.0, 0.0]]);
        let dots = all.dots(&[1.0, 2.0, -1.0]);
        assert!((dots[0] + 1.0).abs() < 0.02 && (dots[1] - 1.0).abs() < 1e-6, "{dots:?}");
    }

    #[test]
    fn other_files_are_refused() {
        let bytes = vectors(&[[0.3, -0.2, 0.9]]).to_bytes();
        let refused = |bytes: &[u8], n, dim| Vectors::from_bytes(bytes, n, dim).unwrap_err();
        assert_eq!(refused(&bytes, 2, 3), VectorsError::WrongItems { expected: 2, got: 1 });
        assert_eq!(refused(&bytes, 1, 4), VectorsError::WrongDim { expected: 4, got: 3 });
        assert_eq!(refused(b"GRTB", 1, 3), VectorsError::WrongStart);
        let mut nan = bytes.clone();
        nan[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(refused(&nan, 1, 3), VectorsError::Damaged { row: 0 });
        let short = VectorsError::WrongSize { expected: 23, got: 22 };
        assert_eq!(refused(&bytes[..22], 1, 3), short);
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let whole = vectors(&[[0.3, -0.2, 0.9], [0.1, 0.2, 0.3]]).to_bytes();
        let mut next = random(2);
        for length in 0..whole.len() {
            assert!(Vectors::from_bytes(&whole[..length], 2, 3).is_err());
        }
        for _ in 0..10_000 {
            let mut bytes = whole.clone();
            let at = next() as usize % bytes.len();
            bytes[at] = next() as u8;
            if let Ok(vectors) = Vectors::from_bytes(&bytes, 2, 3) {
                assert_eq!(vectors.nearest(&[0.1, 0.2, 0.3], 5).unwrap().len(), 2);
            }
        }
    }

    #[test]
    fn agreement_is_the_mean_cosine() {
        let all = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        assert_eq!(all.agreement(&all), Some(1.0));
        let turned = vectors(&[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
        assert_eq!(all.agreement(&turned), Some(0.5));
        assert_eq!(all.agreement(&vectors(&[[1.0, 0.0, 0.0]])), None);
        assert_eq!(vectors(&[]).agreement(&vectors(&[])), None);
    }
}
