//! Links that open one file for a few minutes without an account: what they open and until when, signed.
//!
//! Format: hexadecimal digits of format 1, organisation, workspace and file (16 bytes each), end in seconds since 1970 UTC
//! (8, big endian), disposition (1), HMAC-SHA256 of all that (32).

use saldo_kernel::{FileId, OrganizationId, WorkspaceId};
use uuid::Uuid;

use crate::{
    crypto::keys::{MasterKeys, SIGNATURE_BYTES},
    domain::Place,
    hex,
};

const FORMAT: u8 = 1;

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) place: Place,
    /// The last second of the link, since 1970 UTC.
    pub(crate) ends: u64,
    /// Shown in place rather than saved, where its type allows it.
    pub(crate) inline: bool,
}

/// Why a text opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoLink {
    /// It was not signed here, or was changed.
    Unknown,
    /// Its time is over.
    Expired,
}

impl Link {
    /// The link as text.
    pub(crate) fn sign(&self, keys: &MasterKeys) -> String {
        let mut bytes = vec![FORMAT];
        bytes.extend(self.place.bytes());
        bytes.extend(self.ends.to_be_bytes());
        bytes.push(u8::from(self.inline));
        bytes.extend(keys.sign(&bytes));
        hex::encode(&bytes)
    }

    /// The link of a text, `now` being seconds since 1970 UTC.
    ///
    /// # Errors
    /// Nobody here signed it, or its time is over.
    pub(crate) fn open(text: &str, keys: &MasterKeys, now: u64) -> Result<Self, NoLink> {
        let bytes = hex::decode(text).ok_or(NoLink::Unknown)?;
        let (signed, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(NoLink::Unknown)?;
        if !keys.signed(signed, signature) {
            return Err(NoLink::Unknown);
        }
        let link = Self::read(signed).ok_or(NoLink::Unknown)?;
        if now > link.ends { Err(NoLink::Expired) } else { Ok(link) }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (format, rest) = bytes.split_first_chunk::<1>()?;
        let (organization, rest) = rest.split_first_chunk::<16>()?;
        let (workspace, rest) = rest.split_first_chunk::<16>()?;
        let (file, rest) = rest.split_first_chunk::<16>()?;
        let (ends, rest) = rest.split_first_chunk::<8>()?;
        let [inline] = rest else { return None };
        let place = Place {
            organization: OrganizationId::of(Uuid::from_bytes(*organization)),
            workspace: WorkspaceId::of(Uuid::from_bytes(*workspace)),
            file: FileId::of(Uuid::from_bytes(*file)),
        };
        (*format == [FORMAT]).then_some(Self { place, ends: u64::from_be_bytes(*ends), inline: *inline == 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::key_file;

    fn keys() -> MasterKeys {
        key_file::read_or_make(&tempfile::tempdir().unwrap().path().join("master.key")).unwrap()
    }

    fn link() -> Link {
        let place = Place {
            organization: OrganizationId::generate(),
            workspace: WorkspaceId::generate(),
            file: FileId::generate(),
        };
        Link { place, ends: 1_000, inline: true }
    }

    #[test]
    fn a_link_opens_its_file_until_its_time_is_over() {
        let (keys, link) = (keys(), link());
        let text = link.sign(&keys);
        assert_eq!(Link::open(&text, &keys, 1_000), Ok(link));
        assert_eq!(Link::open(&text, &keys, 1_001), Err(NoLink::Expired));
        assert_eq!(Link::open(&text, &self::keys(), 0), Err(NoLink::Unknown), "another server's");
    }

    #[test]
    fn a_link_that_is_changed_in_any_place_opens_nothing() {
        let keys = keys();
        let text = link().sign(&keys);
        for place in 0..text.len() {
            let letter = if &text[place..=place] == "0" { "1" } else { "0" };
            let changed = format!("{}{letter}{}", &text[..place], &text[place + 1..]);
            assert_eq!(Link::open(&changed, &keys, 0), Err(NoLink::Unknown), "{place}");
            assert_eq!(Link::open(&text[..place], &keys, 0), Err(NoLink::Unknown), "cut at {place}");
        }
    }
}
