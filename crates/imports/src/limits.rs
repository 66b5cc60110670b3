//! How much is taken. All of it is far above what any person's export has.

/// Of one file, unpacked. Exports of twenty years have a tenth of it.
pub const MOST_BYTES: u64 = 64 << 20;
/// Of all files of one import.
pub const MOST_BYTES_IN_ALL: u64 = 256 << 20;
/// Of a zip; Trakt's have a few hundred.
pub(crate) const MOST_FILES: usize = 5_000;
/// Text packs to a tenth, a list of one word to a hundredth.
pub(crate) const MOST_TIMES_PACKED: u64 = 250;
pub(crate) const BOMB_FROM_BYTES: u64 = 4 << 20;
pub(crate) const DEEPEST: usize = 3;
/// More people in one file are those of a study, and nobody's own.
pub(crate) const MOST_PEOPLE: usize = 200;
