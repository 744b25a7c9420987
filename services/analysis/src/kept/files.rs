//! The files of the file service, on behalf of a caller.

use std::{fs::File, path::Path};

use saldo_kernel::{Caller, Error, FileId, Tenant};
use saldo_proto::{
    file::v1::{
        DownloadFileRequest, GetFileRequest, download_file_response::Part, file_service_client::FileServiceClient,
    },
    from_status,
};
use saldo_runtime::{Channels, TracedChannel};

use super::domain::KeptFile;
use crate::{
    DOMAIN,
    app::analyze::Upload,
    spool::{Share, Spool},
};

/// Files as one caller sees them.
pub(crate) struct Files {
    client: FileServiceClient<TracedChannel>,
    workspace: String,
}

impl Files {
    pub(crate) fn of(channels: &Channels, caller: &Caller, tenant: Tenant) -> Result<Self, Error> {
        let client = FileServiceClient::new(channels.on_behalf_of(caller, "file")?);
        let workspace = tenant.workspace.map(|workspace| workspace.to_string()).unwrap_or_default();
        Ok(Self { client, workspace })
    }

    /// What a file is called.
    ///
    /// # Errors
    /// There is none, as far as the caller may know.
    pub(crate) async fn find(&self, id: FileId) -> Result<KeptFile, Error> {
        let request = GetFileRequest { workspace_id: self.workspace.clone(), file_id: id.to_string() };
        let answer = self.client.clone().get_file(request).await.map_err(|status| from_status(&status))?;
        Ok(KeptFile { id, name: answer.into_inner().file.unwrap_or_default().name })
    }

    /// A copy of a file, without a name in `folder`.
    ///
    /// # Errors
    /// It is gone, is larger than `limit`, or there is no room for it.
    pub(crate) async fn fetch(
        &self,
        file: &KeptFile,
        folder: &Path,
        limit: u64,
        share: &mut Share,
    ) -> Result<Upload<File>, Error> {
        let request = DownloadFileRequest {
            workspace_id: self.workspace.clone(),
            file_id: file.id.to_string(),
            ..DownloadFileRequest::default()
        };
        let answer = self.client.clone().download_file(request).await.map_err(|status| from_status(&status))?;
        let (mut parts, mut wanted, mut came) = (answer.into_inner(), 0, 0);
        let mut spool = Spool::create(folder, limit)?;
        while let Some(part) = parts.message().await.map_err(|status| from_status(&status))? {
            match part.part {
                Some(Part::Head(head)) => wanted = head.length,
                Some(Part::Chunk(chunk)) => {
                    came += chunk.len() as u64;
                    spool.append(&chunk, share).await?;
                }
                None => {}
            }
        }
        if came != wanted {
            return Err(Error::internal(DOMAIN, format!("{came} of {wanted} bytes of {} came", file.id)));
        }
        Ok(Upload { name: file.name.clone(), content: spool.finish().await? })
    }
}
