//! The `.table` format: the weights between items, in sparse int8 rows. Arrow and safetensors have no
//! such rows, and a reader that is more to fetch.

use crate::catalog::ItemRow;

const MAGIC: &[u8; 4] = b"GRTB";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("an item table does not start like one; reload the page")]
    WrongStart,
    #[error(
        "an item table is of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error(
        "an item table is for {got} films but the catalogue holds {expected}; were they exported together?"
    )]
    WrongItems { expected: usize, got: usize },
    #[error("an item table has {got} bytes in place of {expected}; reload the page")]
    WrongSize { expected: u64, got: u64 },
    #[error("an item table is damaged; reload the page: row {row}")]
    Damaged { row: usize },
    #[error("the popularity scores are damaged or for another catalogue; reload the page")]
    WrongPopularity,
}

/// Weights from item to item, most of them zero.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemTable {
    // Invariants: `row_start` has one entry more than `row_scale`, rises from 0 to the length of
    // `columns` and `weights`; every column is an item; every scale is finite.
    row_start: Vec<u32>,
    row_scale: Vec<f32>,
    columns: Vec<u16>,
    weights: Vec<i8>,
}

impl ItemTable {
    /// Reads a table made for a catalogue of `n_items`.
    ///
    /// # Errors
    /// [`TableError`] if the bytes are anything else, whatever they are.
    pub fn from_bytes(bytes: &[u8], n_items: usize) -> Result<Self, TableError> {
        let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(TableError::WrongStart)?;
        if !header.starts_with(MAGIC) {
            return Err(TableError::WrongStart);
        }
        let mut fields = u32s(&header[4..]);
        let mut next = || fields.next().unwrap_or_default();
        let (version, got_items, n_entries) = (next(), next() as usize, next());
        if version != VERSION {
            return Err(TableError::UnknownVersion { version });
        }
        if got_items != n_items {
            return Err(TableError::WrongItems { expected: n_items, got: got_items });
        }
        let expected = 4 * (2 * n_items as u64 + 1) + 3 * u64::from(n_entries);
        if body.len() as u64 != expected {
            let [expected, got] = [expected, body.len() as u64].map(|n| n + HEADER_BYTES as u64);
            return Err(TableError::WrongSize { expected, got });
        }
        let n_entries = n_entries as usize;
        let (row_start, body) = body.split_at(4 * (n_items + 1));
        let (row_scale, body) = body.split_at(4 * n_items);
        let (columns, weights) = body.split_at(2 * n_entries);
        let table = Self {
            row_start: u32s(row_start).collect(),
            row_scale: f32s(row_scale).collect(),
            columns: columns.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect(),
            weights: weights.iter().map(|&b| b.cast_signed()).collect(),
        };
        table.check(n_items)?;
        Ok(table)
    }

    /// What item `from` adds to each item it speaks for; nothing if it is not in the table.
    pub fn row(&self, from: ItemRow) -> impl Iterator<Item = (ItemRow, f32)> + '_ {
        let at = from.index();
        let bounds = self.row_start.get(at..at + 2).unwrap_or(&[0, 0]);
        let entries = bounds[0] as usize..bounds[1] as usize;
        let scale = self.row_scale.get(at).copied().unwrap_or(0.0);
        let columns = self.columns[entries.clone()].iter();
        columns
            .zip(&self.weights[entries])
            .map(move |(&column, &weight)| (ItemRow(column.into()), scale * f32::from(weight)))
    }

    /// What item `from` adds to item `to`.
    pub fn weight(&self, from: ItemRow, to: ItemRow) -> f32 {
        self.row(from).filter(|(item, _)| *item == to).map(|(_, weight)| weight).sum()
    }

    fn check(&self, n_items: usize) -> Result<(), TableError> {
        if self.row_start.first() != Some(&0) {
            return Err(TableError::Damaged { row: 0 });
        }
        if let Some(row) = self.row_start.windows(2).position(|pair| pair[0] > pair[1]) {
            return Err(TableError::Damaged { row });
        }
        let last = self.row_start.last().map(|&last| last as usize);
        let is_finite = self.row_scale.iter().all(|scale| scale.is_finite());
        let is_in_range = self.columns.iter().all(|&column| usize::from(column) < n_items);
        if last == Some(self.columns.len()) && is_finite && is_in_range {
            Ok(())
        } else {
            Err(TableError::Damaged { row: n_items })
        }
    }
}

/// Reads `popularity.scores`: one finite number per item.
///
/// # Errors
/// [`TableError::WrongPopularity`] if the bytes are anything else.
pub(super) fn popularity_from_bytes(bytes: &[u8], n_items: usize) -> Result<Vec<f32>, TableError> {
    let scores: Vec<f32> = f32s(bytes).collect();
    let is_whole = bytes.len() as u64 == 4 * n_items as u64;
    if is_whole && scores.iter().all(|score| score.is_finite()) {
        Ok(scores)
    } else {
        Err(TableError::WrongPopularity)
    }
}

fn u32s(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn f32s(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    u32s(bytes).map(f32::from_bits)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The bytes of a table, from its rows of (column, weight) and their scales.
    pub(in crate::families) fn table_bytes(rows: &[(f32, &[(u16, i8)])]) -> Vec<u8> {
        let n_entries: usize = rows.iter().map(|(_, row)| row.len()).sum();
        let mut bytes = MAGIC.to_vec();
        let mut add = |part: &[u8]| bytes.extend_from_slice(part);
        for number in [1, rows.len() as u32, n_entries as u32, 0] {
            add(&number.to_le_bytes());
        }
        let mut start = 0_u32;
        for (_, row) in rows {
            start += row.len() as u32;
            add(&start.to_le_bytes());
        }
        rows.iter().for_each(|(scale, _)| add(&scale.to_le_bytes()));
        let entries = || rows.iter().flat_map(|(_, row)| row.iter());
        entries().for_each(|(column, _)| add(&column.to_le_bytes()));
        entries().for_each(|(_, weight)| add(&weight.to_le_bytes()));
        bytes
    }

    fn three_rows() -> Vec<u8> {
        table_bytes(&[(0.5, &[(1, 4), (2, -2)]), (1.0, &[]), (0.25, &[(0, 8)])])
    }

    #[track_caller]
    fn check_refused(change: impl FnOnce(&mut Vec<u8>), want: TableError) {
        let mut bytes = three_rows();
        change(&mut bytes);
        assert_eq!(ItemTable::from_bytes(&bytes, 3), Err(want));
    }

    #[test]
    fn a_weight_is_its_row_scale_times_its_byte() {
        let table = ItemTable::from_bytes(&three_rows(), 3).unwrap();
        let row: Vec<_> = table.row(ItemRow(0)).collect();
        assert_eq!(row, [(ItemRow(1), 2.0), (ItemRow(2), -1.0)]);
        assert_eq!(table.weight(ItemRow(2), ItemRow(0)), 2.0);
        assert_eq!(table.weight(ItemRow(0), ItemRow(0)), 0.0);
        assert_eq!(table.row(ItemRow(1)).count(), 0);
        assert_eq!(table.row(ItemRow(3)).count(), 0, "not in the table");
    }

    #[test]
    fn other_files_are_refused() {
        check_refused(|it| it[0] = b'X', TableError::WrongStart);
        check_refused(|it| it.truncate(15), TableError::WrongStart);
        check_refused(|it| it[4] = 2, TableError::UnknownVersion { version: 2 });
        check_refused(|it| it[8] = 9, TableError::WrongItems { expected: 3, got: 9 });
    }

    #[test]
    fn a_table_that_is_cut_or_too_long_is_refused() {
        let whole = three_rows().len() as u64;
        let wrong = |got| TableError::WrongSize { expected: whole, got };
        check_refused(|it| it.truncate(whole as usize - 1), wrong(whole - 1));
        check_refused(|it| it.push(0), wrong(whole + 1));
        check_refused(
            |it| it[12..16].copy_from_slice(&u32::MAX.to_le_bytes()),
            TableError::WrongSize { expected: whole - 9 + 3 * u64::from(u32::MAX), got: whole },
        );
    }

    #[test]
    fn rows_that_cannot_be_are_refused() {
        check_refused(|it| it[16] = 1, TableError::Damaged { row: 0 });
        check_refused(|it| it[20] = 9, TableError::Damaged { row: 1 });
        check_refused(|it| it[28] = 2, TableError::Damaged { row: 3 });
        let nan = f32::NAN.to_le_bytes();
        check_refused(|it| it[32..36].copy_from_slice(&nan), TableError::Damaged { row: 3 });
        check_refused(|it| it[44] = 3, TableError::Damaged { row: 3 });
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let whole = three_rows();
        for length in 0..whole.len() {
            assert!(ItemTable::from_bytes(&whole[..length], 3).is_err());
        }
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize
        };
        for _ in 0..20_000 {
            let mut bytes = whole.clone();
            for _ in 0..1 + random() % 3 {
                let at = random() % bytes.len();
                bytes[at] = random() as u8;
            }
            if let Ok(table) = ItemTable::from_bytes(&bytes, 3) {
                (0..4).for_each(|row| assert!(table.row(ItemRow(row)).all(|(to, _)| to.0 < 3)));
            }
        }
    }

    #[test]
    fn popularity_is_one_finite_number_per_item() {
        let bytes: Vec<u8> = [0.0_f32, 0.5, 1.0].iter().flat_map(|it| it.to_le_bytes()).collect();
        assert_eq!(popularity_from_bytes(&bytes, 3), Ok(vec![0.0, 0.5, 1.0]));
        assert_eq!(popularity_from_bytes(&bytes, 2), Err(TableError::WrongPopularity));
        assert_eq!(popularity_from_bytes(&bytes[..11], 3), Err(TableError::WrongPopularity));
        let nan = f32::NAN.to_le_bytes();
        assert_eq!(popularity_from_bytes(&nan, 1), Err(TableError::WrongPopularity));
    }
}
