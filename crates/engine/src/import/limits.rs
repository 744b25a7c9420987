//! The bounds that keep any input within a known amount of memory and time.

/// The bounds that a caller may set, see [`crate::Watch::limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most columns of a table.
    pub columns: usize,
    /// Most rows of a delimited table; they go to the disk where they are many.
    pub table_rows: u64,
    /// Most rows of any other format; what is kept in memory grows with it.
    pub rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { columns: 1_024, table_rows: 50_000_000, rows: 5_000_000 }
    }
}

/// Longest row of a table, and longest value of a tagged file, in bytes of UTF-8.
pub(crate) const MAX_RECORD_BYTES: usize = 1 << 20;
/// Deepest nesting of a document's elements; statements stay below 20.
pub(crate) const MAX_DEPTH: usize = 64;
/// Bytes of text that container and dialect are decided on.
pub(crate) const HEAD_BYTES: usize = 1 << 18;
/// Rows that the roles of columns are decided on; formats are decided on all rows.
pub(crate) const SAMPLE_ROWS: usize = 1_000;
/// Lines that may stand before a header.
pub(crate) const MAX_PREAMBLE_ROWS: usize = 200;
/// Bytes of words with foreign letters that an old encoding is decided on.
pub(crate) const ENCODING_SAMPLE_BYTES: usize = 1 << 16;
/// Raw bytes read at a time.
pub(crate) const CHUNK_BYTES: usize = 1 << 16;
/// Rows between two reports of progress.
pub(crate) const ROWS_PER_REPORT: u64 = 4_096;
/// Characters of a rejected value that are shown.
pub(crate) const MAX_SHOWN_CHARS: usize = 80;
/// Most bytes that an archive may unpack to; they are kept in memory.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 256 << 20;
/// How many times larger than the archive its content may be; statements stay below 50.
pub(crate) const MAX_RATIO: u64 = 200;
/// Unpacked bytes for which any ratio will do.
pub(crate) const RATIO_FREE_BYTES: u64 = 16 << 20;
/// Most cells of one sheet of a workbook; they are kept in memory.
pub(crate) const MAX_CELLS: u64 = 5_000_000;
