//! The events that this service publishes.

use prost::Message;
use saldo_proto::file::v1::{FileDeleted, FileUploaded};

use crate::{domain::File, hex};

/// An event's kind and payload.
pub(crate) type Told = (&'static str, Vec<u8>);

/// The file can be read; it was uploaded to be analysed, or only to be kept.
pub(crate) fn uploaded(file: &File, analyze: bool) -> Told {
    let event = FileUploaded {
        file_id: file.place.file.to_string(),
        workspace_id: file.place.workspace.to_string(),
        content_type: file.content_type.clone(),
        size_bytes: file.size,
        sha256: hex::encode(&file.sha256),
        name: file.name.clone(),
        uploaded_by: file.uploaded_by.map(|user| user.to_string()).unwrap_or_default(),
        analyze,
    };
    ("saldo.file.v1.FileUploaded", event.encode_to_vec())
}

/// The file can no longer be read.
pub(crate) fn deleted(file: &File) -> Told {
    let event = FileDeleted {
        file_id: file.place.file.to_string(),
        workspace_id: file.place.workspace.to_string(),
        size_bytes: file.size,
        sha256: hex::encode(&file.sha256),
    };
    ("saldo.file.v1.FileDeleted", event.encode_to_vec())
}
