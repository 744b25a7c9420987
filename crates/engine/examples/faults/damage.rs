//! What is done to a file, decided by a seed, and files of the kinds that the folders may lack.

use std::path::Path;

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/formats/packing.rs"]
mod packing;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/formats/xls_writer.rs"]
mod xls_writer;

use xls_writer::Cell;

/// Cuts of one file.
const CUTS: u64 = 200;
/// Copies of one file with flipped bits.
const FLIPS: u64 = 200;
/// Damaged copies of one file.
pub(crate) const RUNS: u64 = CUTS + FLIPS;
/// Most bits that are flipped in one copy.
const MAX_BITS: u64 = 8;

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    /// One stream for each file.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self(name.bytes().fold(seed, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound as u64).max(1)).unwrap_or_default()
    }
}

/// The copy of a number, with what was done to it.
pub(crate) fn damage(whole: &[u8], number: u64, random: &mut Random) -> (Vec<u8>, String) {
    if number < CUTS {
        let cut = random.below(whole.len());
        return (whole[..cut].to_vec(), format!("cut at {cut}"));
    }
    let mut bytes = whole.to_vec();
    let mut bits = Vec::new();
    for _ in 0..=number % MAX_BITS {
        let bit = random.below(whole.len() * 8);
        if let Some(byte) = bytes.get_mut(bit / 8) {
            *byte ^= 1 << (bit % 8);
        }
        bits.push(bit.to_string());
    }
    (bytes, format!("bits {} flipped", bits.join(", ")))
}

/// Writes workbooks and archives, which folders of text have none of.
pub(crate) fn write_made_files(folder: &Path) {
    let table = b"Date;Text;Amount;Currency\n2024-01-05;Rent;-700.10;EUR\n2024-01-08;Sale;0.30;EUR\n".repeat(8);
    let header = ["Date", "Description", "Amount", "Currency"].map(Cell::Text).into_iter().collect();
    let row = |day| vec![Cell::Date(day), Cell::Text("Rent"), Cell::Hundredths(-70_010), Cell::Formula("EUR")];
    let rows: Vec<Vec<Cell>> =
        std::iter::once(header).chain((0..40).map(|day| row(45_296.0 + f64::from(day)))).collect();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (place, cells) in (0_u32..).zip([["Date", "Text", "Amount"], ["2024-01-05", "Rent", "-700.10"]]) {
        sheet.write_row(place, 0, cells).expect("a row");
    }
    let xlsx = workbook.save_to_buffer().expect("a workbook");
    let zip = |name: &str, bytes: &[u8]| packing::zip(&[(name, bytes)]);
    for (name, bytes) in [
        ("table.csv.gz", packing::gzip(&table)),
        ("table.zip", zip("table.csv", &table)),
        ("workbook.xls", xls_writer::workbook(&rows)),
        ("workbook.zip", zip("workbook.xlsx", &xlsx)),
        ("workbook.xlsx", xlsx),
    ] {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
}
