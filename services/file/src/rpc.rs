//! `saldo.file.v1.FileService`: requests in, use cases, replies out.

use std::sync::Arc;

use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use prost_types::Timestamp;
use saldo_kernel::{Caller, Error, FileId, Tenant, UserId, WorkspaceId};
use saldo_proto::{
    file::v1::{
        CreateDownloadLinkRequest, CreateDownloadLinkResponse, DeleteFileRequest, DeleteFileResponse,
        DownloadFileRequest, DownloadFileResponse, DownloadHead, DownloadLinkedFileRequest, DownloadLinkedFileResponse,
        FileHandlers, GetFileRequest, GetFileResponse, ListFilesRequest, ListFilesResponse, StoredFile,
        UploadFileRequest, UploadFileResponse, download_file_response, download_linked_file_response,
    },
    guard::{Call, Incoming, Outgoing},
};
use time::OffsetDateTime;

use crate::{
    app::{
        Files,
        create_download_link::{create_download_link, open_link},
        delete_file::delete_file,
        download_file::{Download, download_file},
        get_file::get_file,
        list_files::list_files,
        upload_file::upload_file,
    },
    domain::{File, Place},
    error::not_found,
    hex, sniff,
};

/// The service.
pub(crate) struct FileServer(pub(crate) Arc<Files>);

#[tonic::async_trait]
impl FileHandlers for FileServer {
    async fn upload_file(&self, call: Call<Incoming<UploadFileRequest>>) -> Result<UploadFileResponse, Error> {
        let (tenant, workspace) = place_of(&call)?;
        let file = upload_file(&self.0, tenant, workspace, user_of(&call.caller), call.request).await?;
        Ok(UploadFileResponse { file: Some(reply(file)) })
    }

    async fn download_file(&self, call: Call<DownloadFileRequest>) -> Result<Outgoing<DownloadFileResponse>, Error> {
        let place = file_of(&call, &call.request.file_id)?;
        let download = download_file(&self.0, place, call.request.offset, call.request.length).await?;
        Ok(Box::pin(parts(download, false).map(|part| part.map(|part| DownloadFileResponse { part: Some(part) }))))
    }

    async fn download_linked_file(
        &self,
        call: Call<DownloadLinkedFileRequest>,
    ) -> Result<Outgoing<DownloadLinkedFileResponse>, Error> {
        let link = open_link(&self.0, &call.request.token)?;
        let download = download_file(&self.0, link.place, call.request.offset, call.request.length).await?;
        let inline = link.inline && sniff::may_be_shown(&download.file.content_type);
        Ok(Box::pin(parts(download, inline).map(|part| part.map(linked))))
    }

    async fn get_file(&self, call: Call<GetFileRequest>) -> Result<GetFileResponse, Error> {
        let file = get_file(&self.0, file_of(&call, &call.request.file_id)?).await?;
        Ok(GetFileResponse { file: Some(reply(file)) })
    }

    async fn list_files(&self, call: Call<ListFilesRequest>) -> Result<ListFilesResponse, Error> {
        let (tenant, workspace) = place_of(&call)?;
        let (files, next_page_token) = list_files(&self.0, tenant, workspace, &call.request).await?;
        Ok(ListFilesResponse { files: files.into_iter().map(reply).collect(), next_page_token })
    }

    async fn delete_file(&self, call: Call<DeleteFileRequest>) -> Result<DeleteFileResponse, Error> {
        delete_file(&self.0, file_of(&call, &call.request.file_id)?).await?;
        Ok(DeleteFileResponse {})
    }

    async fn create_download_link(
        &self,
        call: Call<CreateDownloadLinkRequest>,
    ) -> Result<CreateDownloadLinkResponse, Error> {
        let place = file_of(&call, &call.request.file_id)?;
        let (path, ends) = create_download_link(&self.0, place, call.request.inline).await?;
        let expires_at = Timestamp { seconds: i64::try_from(ends).unwrap_or(i64::MAX), nanos: 0 };
        Ok(CreateDownloadLinkResponse { path, expires_at: Some(expires_at) })
    }
}

/// The tenant of a call and its workspace, which the guard found in the request.
fn place_of<R>(call: &Call<R>) -> Result<(Tenant, WorkspaceId), Error> {
    let tenant = call.tenant()?;
    Ok((tenant, tenant.workspace.ok_or_else(not_found)?))
}

/// The place of the file that a request names.
fn file_of<R>(call: &Call<R>, file: &str) -> Result<Place, Error> {
    let (tenant, workspace) = place_of(call)?;
    let file: FileId = file.parse().map_err(|_| not_found())?;
    Ok(Place { organization: tenant.organization, workspace, file })
}

fn user_of(caller: &Caller) -> Option<UserId> {
    match caller {
        Caller::User { user, .. } => Some(*user),
        Caller::Anonymous | Caller::Service { .. } => None,
    }
}

/// The two streams of bytes have parts of the same form.
fn linked(part: download_file_response::Part) -> DownloadLinkedFileResponse {
    use download_linked_file_response::Part;
    let part = match part {
        download_file_response::Part::Head(head) => Part::Head(head),
        download_file_response::Part::Chunk(chunk) => Part::Chunk(chunk),
    };
    DownloadLinkedFileResponse { part: Some(part) }
}

fn parts(
    download: Download,
    inline: bool,
) -> impl Stream<Item = Result<download_file_response::Part, Error>> + Send + 'static {
    use download_file_response::Part;
    let Download { file, range, chunks } = download;
    let head = DownloadHead { file: Some(reply(file)), offset: range.start, length: range.end - range.start, inline };
    stream::once(async { Ok(Part::Head(head)) }).chain(chunks.map(|chunk: Result<Bytes, Error>| chunk.map(Part::Chunk)))
}

fn reply(file: File) -> StoredFile {
    StoredFile {
        id: file.place.file.to_string(),
        workspace_id: file.place.workspace.to_string(),
        name: file.name,
        content_type: file.content_type,
        size_bytes: file.size,
        sha256: hex::encode(&file.sha256),
        uploaded_by: file.uploaded_by.map(|user| user.to_string()).unwrap_or_default(),
        created_at: Some(timestamp(file.created_at)),
        expires_at: file.expires_at.map(timestamp),
    }
}

fn timestamp(at: OffsetDateTime) -> Timestamp {
    Timestamp { seconds: at.unix_timestamp(), nanos: i32::try_from(at.nanosecond()).unwrap_or_default() }
}
