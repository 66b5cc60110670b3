//! Exact nearest neighbours among int8 vectors: every row is compared, none is guessed at.

mod best;
mod plain;

use crate::catalog::ItemRow;
use best::Best;

const MAGIC: &[u8; 4] = b"GRVC";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 16;

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
    // scale is finite.
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
        if let Some(row) = scale.iter().position(|scale| !scale.is_finite()) {
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
    /// [`VectorsError::Damaged`] if it is not made of finite numbers.
    pub fn push(&mut self, vector: &[f32]) -> Result<(), VectorsError> {
        if vector.len() != self.dim {
            return Err(VectorsError::WrongDim { expected: self.dim, got: vector.len() });
        }
        if !vector.iter().all(|number| number.is_finite()) {
            return Err(VectorsError::Damaged { row: self.len() });
        }
        let (step, numbers) = rounded(vector, 127.0);
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

/// The `top` rows of `rows` with the largest dot product with `query`, as (row, score), best
/// first; equal scores keep row order. A row's score is its exact integer dot product as f32,
/// times its `scale` if there is one.
///
/// `rows` has shape `[n, query.len()]`.
pub fn top_by_dot(
    rows: &[i8],
    query: &[i16],
    scale: Option<&[f32]>,
    top: usize,
) -> Vec<(u32, f32)> {
    plain::top_by_dot(rows, query, scale, top)
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
