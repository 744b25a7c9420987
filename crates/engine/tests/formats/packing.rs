//! Packs bytes into archives.

use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("bytes");
    out.finish().expect("an archive")
}

pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if name.ends_with('/') {
            out.add_directory(*name, SimpleFileOptions::default()).expect("a folder");
        } else {
            out.start_file(*name, SimpleFileOptions::default()).expect("a file");
            out.write_all(bytes).expect("bytes");
        }
    }
    out.finish().expect("an archive").into_inner()
}
