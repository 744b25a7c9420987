//! A file as Saldo knows it, and where its bytes are.

use std::ops::Range;

use saldo_kernel::{FileId, OrganizationId, ParseIdError, Tenant, UserId, WorkspaceId};
use time::OffsetDateTime;

/// Whose file it is. The key of its object and the key of its bytes are made of it: the object of one file is never the
/// content of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) organization: OrganizationId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) file: FileId,
}

impl Place {
    /// The object's key, `org_…/wsp_…/fil_…`.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}/{}", self.organization, self.workspace, self.file)
    }

    /// The place of an object's key; `None` where it is not one of ours.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let mut parts = key.split('/');
        let mut next = || parts.next();
        let (organization, workspace, file) = (next()?, next()?, next()?);
        let parsed = || -> Result<Self, ParseIdError> {
            Ok(Self { organization: organization.parse()?, workspace: workspace.parse()?, file: file.parse()? })
        };
        parsed().ok().filter(|place| place.key() == key)
    }

    /// The three ids, 48 bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.organization.body(), self.workspace.body(), self.file.body()]
            .iter()
            .flat_map(|id| *id.as_bytes())
            .collect()
    }

    /// Whose data it is.
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant { organization: self.organization, workspace: Some(self.workspace) }
    }
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) place: Place,
    /// As given; never trusted.
    pub(crate) name: String,
    /// What the bytes are, by the bytes.
    pub(crate) content_type: String,
    /// Plain bytes.
    pub(crate) size: u64,
    /// Of the plain bytes.
    pub(crate) sha256: [u8; 32],
    /// Which of the organisation's data keys its bytes are under.
    pub(crate) key_version: u32,
    pub(crate) uploaded_by: Option<UserId>,
    pub(crate) created_at: OffsetDateTime,
    /// When it is removed by itself; never if there is none.
    pub(crate) expires_at: Option<OffsetDateTime>,
}

/// The plain bytes `first..end` of a file.
pub(crate) type Bytes64 = Range<u64>;

/// The part of a file of `size` bytes that starts at `offset` and has `length` bytes, or all that follow where that is 0;
/// what is beyond the end is left out. `None` if it starts beyond the end.
pub(crate) fn part(size: u64, offset: u64, length: u64) -> Option<Bytes64> {
    let end = if length == 0 { size } else { offset.saturating_add(length).min(size) };
    (offset < size || offset == 0).then_some(offset..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_place_and_another_text_to_none() {
        let place = Place {
            organization: OrganizationId::generate(),
            workspace: WorkspaceId::generate(),
            file: FileId::generate(),
        };
        assert_eq!(Place::of_key(&place.key()), Some(place));
        let key = place.key();
        for wrong in [format!("{key}/more"), key.to_uppercase(), key.replace('/', "-"), String::new()] {
            assert_eq!(Place::of_key(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_ends_with_the_file_and_none_starts_beyond_it() {
        assert_eq!(part(10, 0, 0), Some(0..10));
        assert_eq!(part(10, 4, 3), Some(4..7));
        assert_eq!(part(10, 4, 30), Some(4..10));
        assert_eq!(part(10, 4, u64::MAX), Some(4..10));
        assert_eq!(part(0, 0, 0), Some(0..0));
        assert_eq!(part(10, 10, 1), None);
    }
}
