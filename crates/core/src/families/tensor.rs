//! Numbers with a shape, as they go into a graph and come out of it.

/// A dense tensor, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    /// As many as the shape says.
    pub numbers: Numbers,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    I32(Vec<i32>),
    I64(Vec<i64>),
    F32(Vec<f32>),
}

impl Tensor {
    pub fn f32(shape: impl Into<Vec<usize>>, numbers: Vec<f32>) -> Self {
        Self { shape: shape.into(), numbers: Numbers::F32(numbers) }
    }

    pub fn i32(shape: impl Into<Vec<usize>>, numbers: Vec<i32>) -> Self {
        Self { shape: shape.into(), numbers: Numbers::I32(numbers) }
    }

    pub fn i64(shape: impl Into<Vec<usize>>, numbers: Vec<i64>) -> Self {
        Self { shape: shape.into(), numbers: Numbers::I64(numbers) }
    }

    /// The numbers, if they are floats of exactly this shape.
    pub fn floats(&self, shape: &[usize]) -> Option<&[f32]> {
        match &self.numbers {
            Numbers::F32(numbers)
                if self.shape == shape && numbers.len() == shape.iter().product::<usize>() =>
            {
                Some(numbers)
            }
            _ => None,
        }
    }

    /// The numbers, if they are floats.
    pub fn into_floats(self) -> Option<Vec<f32>> {
        match self.numbers {
            Numbers::F32(numbers) => Some(numbers),
            Numbers::I32(_) | Numbers::I64(_) => None,
        }
    }

    /// The rows of a matrix `[n_rows, width]` of floats. One row alone is handed on without a copy.
    pub fn into_rows(self, n_rows: usize, width: usize) -> Option<Vec<Vec<f32>>> {
        let numbers = self.floats(&[n_rows, width])?;
        if n_rows != 1 {
            return Some(numbers.chunks_exact(width.max(1)).map(<[f32]>::to_vec).collect());
        }
        match self.numbers {
            Numbers::F32(row) => Some(vec![row]),
            _ => None,
        }
    }
}
