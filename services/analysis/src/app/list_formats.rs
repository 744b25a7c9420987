//! Which formats can be read.

use saldo_proto::analysis::v1::Format;

/// The formats, sorted by name.
pub(crate) fn list_formats() -> Vec<Format> {
    let format = |name: &str, title: &str, extensions: &[&str]| Format {
        name: name.to_owned(),
        title: title.to_owned(),
        extensions: extensions.iter().map(ToString::to_string).collect(),
    };
    vec![
        format("1c", "1C bank exchange (1CClientBankExchange)", &["txt"]),
        format("camt", "ISO 20022 CAMT.052, CAMT.053, CAMT.054", &["xml"]),
        format("csv", "CSV and other delimited text", &["csv", "tsv", "txt", "gz", "zip"]),
        format("mt940", "SWIFT MT940, MT942", &["sta", "mt940", "mt942", "940", "txt"]),
        format("ofx", "OFX, QFX", &["ofx", "qfx"]),
        format("qif", "Quicken (QIF)", &["qif"]),
        format("xls", "Excel workbooks of 1997 to 2003", &["xls"]),
        format("xlsx", "Excel workbooks", &["xlsx"]),
    ]
}
