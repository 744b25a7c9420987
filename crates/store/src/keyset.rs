//! Pages of long lists. A page begins behind the last row of the one before, so that rows which come or go meanwhile are
//! neither repeated nor missed. Ids rise with time: behind an id is what is older.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use saldo_kernel::{Error, reasons};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::DOMAIN;

/// How many rows a page has where the caller does not say.
pub const DEFAULT_SIZE: u32 = 50;
/// The most rows of a page; more are not an error, there are only not more.
pub const MAX_SIZE: u32 = 200;
/// What of the filter is in a token.
const FILTER_BYTES: usize = 8;

/// One page of a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    size: usize,
    after: Option<Uuid>,
    filter: [u8; FILTER_BYTES],
}

impl Page {
    /// The page that a request asks for. `filter` is all that decides which rows the list has: a token of another list is
    /// refused.
    ///
    /// # Errors
    /// The token is none of this list (reason `PAGE_TOKEN_INVALID`).
    pub fn asked(size: u32, token: &str, filter: &[&str]) -> Result<Self, Error> {
        let size = if size == 0 { DEFAULT_SIZE } else { size.min(MAX_SIZE) } as usize;
        let filter = short_hash(filter);
        let after = if token.is_empty() { None } else { Some(read(token, filter).ok_or_else(invalid)?) };
        Ok(Self { size, after, filter })
    }

    /// The id behind which the page begins; none for the first page.
    pub fn after(&self) -> Option<Uuid> {
        self.after
    }

    /// How many rows to ask the database for: one more than the page has, to know whether there is another page.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The rows of the page and the token of the next one, empty where this is the last.
    pub fn cut<R>(&self, mut rows: Vec<R>, id: impl Fn(&R) -> Uuid) -> (Vec<R>, String) {
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        let token = rows.last().filter(|_| more).map(|last| write(id(last), self.filter)).unwrap_or_default();
        (rows, token)
    }
}

fn write(after: Uuid, filter: [u8; FILTER_BYTES]) -> String {
    URL_SAFE_NO_PAD.encode([after.as_bytes().as_slice(), &filter].concat())
}

fn read(token: &str, filter: [u8; FILTER_BYTES]) -> Option<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, of) = bytes.split_at_checked(16)?;
    (of == filter).then_some(())?;
    Uuid::from_slice(id).ok()
}

fn short_hash(filter: &[&str]) -> [u8; FILTER_BYTES] {
    let mut hash = Sha256::new();
    for part in filter {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let whole: [u8; 32] = hash.finalize().into();
    let mut short = [0; FILTER_BYTES];
    short.copy_from_slice(whole.split_at(FILTER_BYTES).0);
    short
}

fn invalid() -> Error {
    Error::known(&reasons::PAGE_TOKEN_INVALID, DOMAIN, "The page token is none of this list.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whole_in_pages_of_any_size() {
        let mut all: Vec<Uuid> = (0..23).map(|_| Uuid::now_v7()).collect();
        all.reverse();
        for size in 1..30 {
            let (mut read, mut token) = (Vec::new(), String::new());
            loop {
                let page = Page::asked(size, &token, &["a"]).unwrap();
                let rows = all.iter().copied().filter(|id| page.after().is_none_or(|after| *id < after));
                let (rows, next) = page.cut(rows.take(page.limit() as usize).collect(), |id| *id);
                read.extend(rows);
                token = next;
                if token.is_empty() {
                    break;
                }
            }
            assert_eq!(read, all, "pages of {size}");
        }
    }

    #[test]
    fn a_token_of_another_list_is_refused() {
        let page = Page::asked(1, "", &["statement"]).unwrap();
        let (_, token) = page.cut(vec![Uuid::now_v7(), Uuid::now_v7()], |id| *id);
        assert!(Page::asked(1, &token, &["statement"]).is_ok());
        for (token, filter) in [(token.as_str(), ["other"]), ("AAAA", ["statement"]), ("%%%", ["statement"])] {
            let refused = Page::asked(1, token, &filter).unwrap_err();
            assert_eq!(refused.reason.as_str(), "PAGE_TOKEN_INVALID");
        }
    }
}
