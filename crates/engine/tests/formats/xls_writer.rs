//! Writes a minimal binary workbook: one stream of records (MS-XLS 12.0) in a compound file (MS-CFB 9.0).

/// A cell of the sheet.
pub(crate) enum Cell {
    Text(&'static str),
    Number(f64),
    /// A serial number in the format of a date.
    Date(f64),
    /// A whole number of hundredths, compressed.
    Hundredths(i32),
    /// A formula whose result is a text.
    Formula(&'static str),
}

fn record(out: &mut Vec<u8>, kind: u16, bytes: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(bytes.len()).expect("a length").to_le_bytes());
    out.extend(bytes);
}

fn string(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().collect();
    let mut out = u16::try_from(letters.len()).expect("a length").to_le_bytes().to_vec();
    out.push(1);
    out.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
    out
}

/// A workbook of one sheet.
pub(crate) fn workbook(rows: &[Vec<Cell>]) -> Vec<u8> {
    let texts: Vec<&str> =
        rows.iter().flatten().filter_map(|cell| if let Cell::Text(text) = cell { Some(*text) } else { None }).collect();
    let globals = |sheet_at: u32| {
        let mut out = Vec::new();
        record(&mut out, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
        record(&mut out, 0x041E, &[&[200, 0], string("dd.mm.yyyy").as_slice()].concat());
        record(&mut out, 0x00E0, &[0; 20]);
        record(&mut out, 0x00E0, &[&[0, 0, 200, 0], [0; 16].as_slice()].concat());
        record(&mut out, 0x0085, &[sheet_at.to_le_bytes().as_slice(), &[0, 0, 4, 0], b"Page"].concat());
        let count = u32::try_from(texts.len()).expect("a count").to_le_bytes();
        let strings: Vec<u8> = texts.iter().flat_map(|text| string(text)).collect();
        record(&mut out, 0x00FC, &[count.as_slice(), &count, &strings].concat());
        record(&mut out, 0x000A, &[]);
        out
    };
    let mut stream = globals(u32::try_from(globals(0).len()).expect("a place"));
    record(&mut stream, 0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    let mut text = 0_u32;
    for (row, cells) in (0_u16..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            let at = |style: u16| [row.to_le_bytes(), column.to_le_bytes(), style.to_le_bytes()].concat();
            match cell {
                Cell::Text(_) => {
                    record(&mut stream, 0x00FD, &[at(0), text.to_le_bytes().to_vec()].concat());
                    text += 1;
                }
                Cell::Number(value) => record(&mut stream, 0x0203, &[at(0), value.to_le_bytes().to_vec()].concat()),
                Cell::Date(value) => record(&mut stream, 0x0203, &[at(1), value.to_le_bytes().to_vec()].concat()),
                Cell::Hundredths(value) => {
                    record(&mut stream, 0x027E, &[at(0), ((value << 2) | 3).to_le_bytes().to_vec()].concat());
                }
                Cell::Formula(value) => {
                    record(
                        &mut stream,
                        0x0006,
                        &[at(0), vec![0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0]].concat(),
                    );
                    record(&mut stream, 0x0207, &string(value));
                }
            }
        }
    }
    record(&mut stream, 0x000A, &[]);
    compound("Workbook", &stream)
}

/// A compound file of one stream in sectors of 512 bytes, of which one holds the table of at most 128.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).expect("a count");
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let mut set = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    set(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    set(44, &1_u32.to_le_bytes());
    set(48, &1_u32.to_le_bytes());
    set(56, &4_096_u32.to_le_bytes());
    set(60, &END.to_le_bytes());
    set(68, &END.to_le_bytes());
    set(76, &[0xFF; 436]);
    set(76, &0_u32.to_le_bytes());
    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((0..sectors).map(|place| if place + 1 == sectors { END } else { place + 3 }));
    table.resize(128, u32::MAX);
    let entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut out = vec![0; 128];
        for (place, letter) in name.encode_utf16().enumerate() {
            out[place * 2..place * 2 + 2].copy_from_slice(&letter.to_le_bytes());
        }
        out[66] = kind;
        out[116..120].copy_from_slice(&start.to_le_bytes());
        out[120..124].copy_from_slice(&size.to_le_bytes());
        out
    };
    let size = u32::try_from(stream.len()).expect("a size");
    let mut directory = [entry("Root Entry", 5, END, 0), entry(name, 2, 2, size)].concat();
    directory.resize(512, 0);
    let table: Vec<u8> = table.iter().flat_map(|next| next.to_le_bytes()).collect();
    [header, table, directory, stream].concat()
}
