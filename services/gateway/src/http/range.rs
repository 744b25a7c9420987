//! Headers of a download: which part is wanted (RFC 9110, 14), which version is known (13), and the name that it is saved
//! under (RFC 6266).

use axum::http::{HeaderMap, HeaderName, header};

/// Which part of a file a request wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it; also where the header cannot be read or names several parts, as the RFC allows.
    All,
    /// From the byte `first` on, `length` bytes or all that follow where that is 0.
    Part {
        /// From 0.
        first: u64,
        /// 0: to the end.
        length: u64,
    },
    /// The last bytes.
    Last {
        /// How many.
        length: u64,
    },
}

/// What the header `Range` asks for.
pub(super) fn wanted(headers: &HeaderMap) -> Wanted {
    let text = headers.get(header::RANGE).and_then(|range| range.to_str().ok()).unwrap_or_default();
    part(text).unwrap_or(Wanted::All)
}

fn part(text: &str) -> Option<Wanted> {
    let (unit, range) = text.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let number =
        |text: &str| Some(text).filter(|text| text.bytes().all(|one| one.is_ascii_digit()))?.parse::<u64>().ok();
    match (first.trim(), last.trim()) {
        ("", last) => Some(Wanted::Last { length: number(last)? }),
        (first, "") => Some(Wanted::Part { first: number(first)?, length: 0 }),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then(|| Wanted::Part { first, length: (last - first).saturating_add(1) })
        }
    }
}

/// Whether a header of tags names this one, or any.
pub(super) fn has_tag(headers: &HeaderMap, name: HeaderName, tag: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(','));
    tags.any(|one| matches!(one.trim(), one if one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag))
}

/// `Content-Disposition` for any name. Older readers get the letters that every system takes, the others the name itself.
pub(super) fn disposition(kind: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || " ._-()".contains(letter) { letter } else { '_' })
        .collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        // `attr-char` of RFC 8187, without those that are rare in names.
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            exact.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(name: HeaderName, text: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(text).unwrap())])
    }

    #[test]
    fn one_range_is_understood_and_everything_else_means_the_whole_file() {
        let part = |first, length| Wanted::Part { first, length };
        for (text, asked) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=5-", part(5, 0)),
            ("Bytes = 5 - 9", part(5, 5)),
            ("bytes=0-18446744073709551615", part(0, u64::MAX)),
            ("bytes=-500", Wanted::Last { length: 500 }),
            ("bytes=9-5", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("bytes=+1-5", Wanted::All),
            ("bytes=-", Wanted::All),
            ("rows=1-5", Wanted::All),
            ("nonsense", Wanted::All),
        ] {
            assert_eq!(wanted(&of(header::RANGE, text)), asked, "{text}");
        }
        assert_eq!(wanted(&HeaderMap::new()), Wanted::All);
    }

    #[test]
    fn a_tag_is_found_among_several() {
        let known = |text: &str| has_tag(&of(header::IF_NONE_MATCH, text), header::IF_NONE_MATCH, "\"ab\"");
        assert!(known("\"ab\"") && known("\"x\", W/\"ab\"") && known("*"));
        assert!(!known("\"x\"") && !known("ab") && !known(""));
    }

    #[test]
    fn no_name_breaks_out_of_the_header() {
        let hostile = disposition("attachment", "a\"; filename=evil.exe\r\nX: y; выписка.csv");
        assert!(HeaderValue::try_from(&hostile).is_ok());
        assert!(hostile.starts_with(
            "attachment; filename=\"a__ filename_evil.exe__X_ y_ _______.csv\"; filename*=UTF-8''a%22%3B"
        ));
        assert_eq!(
            disposition("inline", "июнь 1.csv"),
            "inline; filename=\"____ 1.csv\"; filename*=UTF-8''%D0%B8%D1%8E%D0%BD%D1%8C%201.csv"
        );
    }
}
