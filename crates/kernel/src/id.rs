//! Typed, prefixed ids. Their body is a UUIDv7, so they sort by the time they were made.

use std::{fmt, str::FromStr};

use uuid::Uuid;

/// A text that is not an id of the expected type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not an id that starts with '{prefix}'")]
pub struct ParseIdError {
    /// What was given.
    pub text: String,
    /// What was expected.
    pub prefix: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What every id of this type starts with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id.
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id of this body, as a database keeps it.
            pub const fn of(body: Uuid) -> Self {
                Self(body)
            }

            /// Its body, as a database keeps it.
            pub const fn body(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", Self::PREFIX, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.strip_prefix(Self::PREFIX)
                    .filter(|body| body.len() == 32)
                    .and_then(|body| Uuid::try_parse(body).ok())
                    .map(Self)
                    .ok_or_else(|| ParseIdError { text: text.to_owned(), prefix: Self::PREFIX })
            }
        }
    };
}

id!(
    /// A tenant.
    OrganizationId,
    "org_"
);
id!(
    /// Where a team works.
    WorkspaceId,
    "wsp_"
);
id!(
    /// A person with an account.
    UserId,
    "usr_"
);
id!(
    /// A file that was uploaded.
    FileId,
    "fil_"
);
id!(
    /// An analysis and the report it led to.
    AnalysisId,
    "ana_"
);
id!(
    /// Something that happened.
    EventId,
    "evt_"
);
id!(
    /// Work that waits for its turn.
    JobId,
    "job_"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_another_types_id_does_not() {
        let id = OrganizationId::generate();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().parse::<WorkspaceId>().is_err());
        assert!("org_".parse::<OrganizationId>().is_err());
        assert!("org_zz".parse::<OrganizationId>().is_err());
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let ids: Vec<_> = (0..100).map(|_| WorkspaceId::generate()).collect();
        assert!(ids.is_sorted());
    }
}
