//! What a file is, by its first bytes. A name only tells one kind of text from another: it comes from whoever sent the file.
//!
//! Invariant: the answer is of a closed list, and nothing in it is run by a browser.

use std::path::Path;

/// First bytes that are looked at.
pub(crate) const HEAD_BYTES: usize = 8 << 10;

const UNKNOWN: &str = "application/octet-stream";

/// Kinds of text by the ending of the name, where the bytes are text.
const TEXTS: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("tab", "text/tab-separated-values"),
    ("xml", "application/xml"),
    ("json", "application/json"),
    ("ofx", "application/ofx"),
    ("qfx", "application/ofx"),
    ("qif", "application/qif"),
];

/// What is shown in a browser and does nothing there.
const SHOWN: &[&str] =
    &["application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/csv", "text/plain"];

/// The media type of a file that starts with `head` and is called `name`.
pub(crate) fn content_type(head: &[u8], name: &str) -> &'static str {
    match infer::get(head).map(|kind| (kind.matcher_type(), kind.mime_type())) {
        // Texts that programs run or browsers render, and others: as texts.
        Some((infer::MatcherType::Text, _)) => text(head, name),
        Some((_, "image/svg+xml")) | None => text(head, name),
        Some((_, known)) => known,
    }
}

/// Whether a file of this type may be shown in place, where its reader asks for that.
pub(crate) fn may_be_shown(content_type: &str) -> bool {
    SHOWN.contains(&content_type)
}

fn text(head: &[u8], name: &str) -> &'static str {
    if !is_text(head) {
        return UNKNOWN;
    }
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let known = TEXTS.iter().find(|(one, _)| one.eq_ignore_ascii_case(ending));
    known.map_or("text/plain", |(_, kind)| kind)
}

/// Text of any encoding has none of the control characters that other files are full of; that of UTF-16 says so first.
fn is_text(head: &[u8]) -> bool {
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    wide || !head.iter().any(control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_and_the_name_only_among_texts() {
        let cases: &[(&[u8], &str, &str)] = &[
            (b"%PDF-1.7 ...", "statement.csv", "application/pdf"),
            (b"\x89PNG\r\n\x1a\n....", "a.txt", "image/png"),
            (b"PK\x03\x04....", "a.csv", "application/zip"),
            (b"Date;Amount\n2026-01-02;-1.00\n", "a.CSV", "text/csv"),
            (b"Date;Amount\n", "a", "text/plain"),
            ("Дата;Сумма\n".as_bytes(), "выписка.csv", "text/csv"),
            (b"\xc4\xe0\xf2\xe0;\xd1\xf3\xec\xec\xe0\n", "cp1251.csv", "text/csv"),
            (b"\xff\xfeD\0a\0t\0e\0", "wide.tsv", "text/tab-separated-values"),
            (b"OFXHEADER:100\nDATA:OFXSGML\n", "a.qfx", "application/ofx"),
            (b"\0\x01\x02\x03", "a.csv", "application/octet-stream"),
            (b"", "a.csv", "text/csv"),
        ];
        for (head, name, kind) in cases {
            assert_eq!(content_type(head, name), *kind, "{name}");
        }
    }

    #[test]
    fn what_a_browser_would_run_is_text() {
        for page in
            ["<!DOCTYPE html><script>alert(1)</script>", "<svg xmlns='x' onload='alert(1)'/>", "#!/bin/sh\nls\n"]
        {
            let kind = content_type(page.as_bytes(), "page.html");
            assert_eq!(kind, "text/plain", "{page}");
        }
        assert!(may_be_shown("text/plain") && !may_be_shown("application/xml") && !may_be_shown("application/zip"));
    }
}
