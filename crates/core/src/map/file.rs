//! The file of a layout, byte by byte.

use super::{Label, Point, SIDE};

const MAGIC: &[u8; 4] = b"GRMP";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 16;
const LABEL_BYTES: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    #[error("a map does not start like one; reload the page")]
    WrongStart,
    #[error(
        "a map is of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error(
        "a map is for {got} films but the catalogue holds {expected}; were they exported together?"
    )]
    WrongItems { expected: usize, got: usize },
    #[error("a map has {got} bytes in place of {expected}; reload the page")]
    WrongSize { expected: usize, got: usize },
    #[error("a film lies outside its map; reload the page: row {row}")]
    Outside { row: usize },
    #[error("a name on the map cannot be read; reload the page: label {label}")]
    DamagedLabel { label: usize },
    #[error("a map names no region; tell the site's owner")]
    NoRegion,
}

pub(super) struct Read {
    pub(super) points: Vec<Point>,
    pub(super) regions: Vec<Label>,
    pub(super) places: Vec<Label>,
}

/// Reads and checks a file made for `n_items` films.
pub(super) fn read(bytes: &[u8], n_items: usize) -> Result<Read, MapError> {
    let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(MapError::WrongStart)?;
    if !header.starts_with(MAGIC) {
        return Err(MapError::WrongStart);
    }
    let field = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (version, got_items, n_labels) = (field(4), field(8) as usize, field(12) as usize);
    if version != VERSION {
        return Err(MapError::UnknownVersion { version });
    }
    if got_items != n_items {
        return Err(MapError::WrongItems { expected: n_items, got: got_items });
    }
    let wrong_size = |expected| MapError::WrongSize { expected, got: bytes.len() };
    let (planes, rest) =
        body.split_at_checked(4 * n_items).ok_or_else(|| wrong_size(HEADER_BYTES + 4 * n_items))?;
    let heads_end = n_labels.saturating_mul(LABEL_BYTES);
    let (heads, names) = rest
        .split_at_checked(heads_end)
        .ok_or_else(|| wrong_size((HEADER_BYTES + 4 * n_items).saturating_add(heads_end)))?;
    let named = heads.chunks_exact(LABEL_BYTES).map(|head| usize::from(head[5])).sum::<usize>();
    if names.len() != named {
        return Err(wrong_size(HEADER_BYTES + 4 * n_items + heads_end + named));
    }
    let points = points(planes, n_items)?;
    let (regions, places) = labels(heads, names)?;
    if regions.is_empty() {
        return Err(MapError::NoRegion);
    }
    Ok(Read { points, regions, places })
}

/// Low bytes of every x, then of every y; then the high bytes of both.
fn points(planes: &[u8], n_items: usize) -> Result<Vec<Point>, MapError> {
    let number = |axis: usize, row: usize| {
        let low = planes[axis * n_items + row];
        f32::from(u16::from_le_bytes([low, planes[(2 + axis) * n_items + row]]))
    };
    let point = |row| {
        let point = Point { x: number(0, row), y: number(1, row) };
        let is_inside = point.x < SIDE && point.y < SIDE;
        if is_inside { Ok(point) } else { Err(MapError::Outside { row }) }
    };
    (0..n_items).map(point).collect()
}

/// Regions and places. `names` has as many bytes as `heads` say.
fn labels(heads: &[u8], mut names: &[u8]) -> Result<(Vec<Label>, Vec<Label>), MapError> {
    let (mut regions, mut places) = (Vec::new(), Vec::new());
    for (label, head) in heads.chunks_exact(LABEL_BYTES).enumerate() {
        let number = |at: usize| f32::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let (name, rest) = names.split_at(usize::from(head[5]));
        names = rest;
        let damaged = |_| MapError::DamagedLabel { label };
        let name = std::str::from_utf8(name).map_err(damaged)?.to_owned();
        let read = Label { name, at: Point { x: number(0), y: number(2) } };
        match head[4] {
            0 => regions.push(read),
            1 => places.push(read),
            _ => return Err(MapError::DamagedLabel { label }),
        }
    }
    Ok((regions, places))
}

#[cfg(test)]
mod tests {
    use super::super::tests::bytes;
    use super::*;

    #[track_caller]
    fn check_refused(alter: impl FnOnce(&mut Vec<u8>), want: &MapError) {
        let mut bytes = bytes();
        alter(&mut bytes);
        assert_eq!(read(&bytes, 4).err().as_ref(), Some(want));
    }

    #[test]
    fn what_is_no_map_of_this_catalogue_is_refused() {
        check_refused(|it| it[0] = b'X', &MapError::WrongStart);
        check_refused(|it| it[4] = 2, &MapError::UnknownVersion { version: 2 });
        check_refused(|it| it[8] = 5, &MapError::WrongItems { expected: 4, got: 5 });
        // The high byte of the first x.
        check_refused(|it| it[16 + 8] = 16, &MapError::Outside { row: 0 });
        // The level and the first byte of the first label's name.
        check_refused(|it| it[32 + 4] = 2, &MapError::DamagedLabel { label: 0 });
        check_refused(|it| it[32 + 18] = 0xff, &MapError::DamagedLabel { label: 0 });
        let regions_to_places = |it: &mut Vec<u8>| (it[36], it[42]) = (1, 1);
        check_refused(regions_to_places, &MapError::NoRegion);
        assert!(read(&bytes(), 4).is_ok());
    }

    #[test]
    fn a_map_that_is_cut_or_too_long_is_refused() {
        let mut whole = bytes();
        for length in 0..whole.len() {
            assert!(read(&whole[..length], 4).is_err(), "{length} bytes");
        }
        whole.push(0);
        assert!(matches!(read(&whole, 4), Err(MapError::WrongSize { .. })));
        // So many labels that their size leaves the numbers of a small machine.
        whole[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(matches!(read(&whole, 4), Err(MapError::WrongSize { .. })));
    }
}
