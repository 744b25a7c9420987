//! What an archive says of itself.

use saldo_kernel::{Error, reasons};
use serde::{Deserialize, Serialize};

use super::{Summary, damaged};
use crate::{DOMAIN, Schema, migrate};

/// The form of the archive. A change that an older program would misread gets the next number.
pub(super) const FORMAT: u32 = 1;
pub(super) const MANIFEST: &str = "manifest.json";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    /// The version of the program that wrote it.
    pub(super) saldo: String,
    /// When the snapshot was taken, in seconds since 1970 UTC.
    pub(super) taken_at: i64,
    pub(super) schemas: Vec<SchemaVersion>,
    pub(super) tables: Vec<Table>,
    pub(super) sequences: Vec<Sequence>,
    pub(super) files: Vec<File>,
}

/// A schema and the migrations that it has had.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SchemaVersion {
    pub(super) name: String,
    pub(super) migrations: Vec<i64>,
}

/// A table, in the order in which rows may be added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    #[serde(default)]
    pub(super) rows: u64,
    #[serde(default)]
    pub(super) content: Content,
}

/// How far a sequence has counted.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sequence {
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) last_value: i64,
    pub(super) is_called: bool,
}

/// A file of a folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct File {
    pub(super) folder: String,
    /// Below the folder, with slashes.
    pub(super) path: String,
    pub(super) content: Content,
}

/// What an entry holds, unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) bytes: u64,
    /// SHA-256, hexadecimal.
    pub(super) sha256: String,
}

impl Table {
    /// Its name in SQL.
    pub(super) fn sql(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    /// Its columns in SQL.
    pub(super) fn columns_sql(&self) -> String {
        self.columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
    }

    /// Its entry in the archive.
    pub(super) fn entry(&self) -> String {
        format!("tables/{}.{}", self.schema, self.name)
    }
}

impl File {
    /// Its entry in the archive.
    pub(super) fn entry(&self) -> String {
        format!("files/{}/{}", self.folder, self.path)
    }
}

impl Manifest {
    pub(super) fn summary(&self) -> Summary {
        let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
        Summary {
            tables: count(self.tables.len()),
            rows: self.tables.iter().map(|table| table.rows).sum(),
            files: count(self.files.len()),
            bytes: self.files.iter().map(|file| file.content.bytes).sum(),
        }
    }

    /// Every entry with what it must hold.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, &Content)> {
        let tables = self.tables.iter().map(|table| (table.entry(), &table.content));
        tables.chain(self.files.iter().map(|file| (file.entry(), &file.content)))
    }

    /// Whether this program has the very schemas that it was made with.
    ///
    /// # Errors
    /// It was made by another version; the error says which one can read it.
    pub(super) fn fits(&self, schemas: &[Schema]) -> Result<(), Error> {
        if self.format != FORMAT {
            let message = format!("The backup has form {}, this program reads form {FORMAT}.", self.format);
            return Err(self.of_another_version(message));
        }
        let wanted: Vec<_> = schemas.iter().map(version_of).collect();
        let differs = |one: &SchemaVersion, among: &[SchemaVersion]| !among.contains(one);
        let other = wanted.iter().find(|one| differs(one, &self.schemas));
        let other = other.or_else(|| self.schemas.iter().find(|one| differs(one, &wanted)));
        match other {
            None => Ok(()),
            Some(schema) => {
                let message = format!("The backup has another version of the schema {}.", schema.name);
                Err(self.of_another_version(message))
            }
        }
    }

    fn of_another_version(&self, message: String) -> Error {
        let message = format!("{message} Nothing was changed.");
        Error::known(&reasons::BACKUP_OF_ANOTHER_VERSION, DOMAIN, message).hint(format!(
            "It was written by Saldo {}: restore it with that version; `saldo migrate` of this one brings the database on.",
            self.saldo
        ))
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Error> {
        /// The one part that every form has.
        #[derive(Deserialize)]
        struct Form {
            format: u32,
            saldo: String,
        }
        let form: Form = serde_json::from_slice(bytes).map_err(|cause| damaged(format!("its manifest: {cause}")))?;
        if form.format == FORMAT {
            return serde_json::from_slice(bytes).map_err(|cause| damaged(format!("its manifest: {cause}")));
        }
        let (format, saldo) = (form.format, form.saldo);
        let none = Vec::new;
        Ok(Self {
            format,
            saldo,
            taken_at: 0,
            schemas: Vec::new(),
            tables: none(),
            sequences: Vec::new(),
            files: Vec::new(),
        })
    }
}

/// The version of a schema that this program has.
pub(super) fn version_of(schema: &Schema) -> SchemaVersion {
    SchemaVersion { name: schema.name.to_owned(), migrations: migrate::versions(schema) }
}

/// A name in SQL, whatever it is.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
