//! Files that are kept, by HTTP: what a proto cannot say of upload and download. The rest is transcoded.

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, future::Either};
use saldo_kernel::{Caller, Error, Kind, reasons};
use saldo_proto::{
    file::v1::{
        DownloadFileRequest, DownloadHead, DownloadLinkedFileRequest, StoredFile, UploadFileRequest, UploadOptions,
        download_file_response, download_linked_file_response, file_service_client::FileServiceClient,
    },
    from_status, to_json,
};
use saldo_runtime::TracedChannel;
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{
    Edge, Problem,
    analyze::wrong_query,
    range::{self, Wanted},
    upload::{Upload, announced},
};
use crate::DOMAIN;

/// Chunks of the file that may be under way; there are many uploads.
const CHUNKS_UNDER_WAY: usize = 1;

/// The query parameters of an upload.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Parameters {
    file_name: String,
    /// Whether an analysis of the file begins by itself.
    analyze: bool,
}

/// `POST /v1/workspaces/{workspace_id}/files`: keeps one file.
pub(crate) async fn upload(
    State(edge): State<Arc<Edge>>,
    Extension(caller): Extension<Caller>,
    Path(workspace_id): Path<String>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Query(Parameters { file_name, analyze }) = parameters.map_err(|rejection| wrong_query(&rejection))?;
    let limit = edge.config.max_upload_bytes;
    let mut client = client(&edge, &caller)?;
    let size_bytes = announced(request.headers()).unwrap_or_default();
    let options = UploadOptions { file_name, size_bytes, analyze };
    let first = UploadFileRequest { workspace_id, options: Some(options), ..UploadFileRequest::default() };
    let upload = Upload::open_any(request, limit).await?;
    let (to, chunks) = mpsc::channel(CHUNKS_UNDER_WAY);
    let call = async { client.upload_file(ReceiverStream::new(chunks)).await.map_err(|status| from_status(&status)) };
    let (answer, ()) = tokio::try_join!(call, upload.send_one(first, limit, to))?;
    let body = to_json("saldo.file.v1.UploadFileResponse", &answer.into_inner())?;
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// `GET /v1/workspaces/{workspace_id}/files/{file_id}/content`: the bytes of a file, or a part of them.
pub(crate) async fn content(
    State(edge): State<Arc<Edge>>,
    Extension(caller): Extension<Caller>,
    Path((workspace_id, file_id)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&edge, &caller, &Source::File { workspace_id, file_id }, &method, &headers).await
}

/// `GET /v1/links/{token}`: the bytes of the file that a link opens.
pub(crate) async fn linked(
    State(edge): State<Arc<Edge>>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&edge, &caller, &Source::Link { token }, &method, &headers).await
}

fn client(edge: &Edge, caller: &Caller) -> Result<FileServiceClient<TracedChannel>, Error> {
    Ok(FileServiceClient::new(edge.channels.on_behalf_of(caller, "file")?))
}

/// What is downloaded.
enum Source {
    File { workspace_id: String, file_id: String },
    Link { token: String },
}

/// A file, and the part of it that follows.
struct Download {
    file: StoredFile,
    head: DownloadHead,
    body: Body,
}

impl Source {
    /// Begins a download of `length` bytes from `offset`; of all that follow where that is 0.
    async fn open(&self, edge: &Edge, caller: &Caller, offset: u64, length: u64) -> Result<Download, Error> {
        let mut client = client(edge, caller)?;
        let parts = match self {
            Self::File { workspace_id, file_id } => {
                let (workspace_id, file_id) = (workspace_id.clone(), file_id.clone());
                let request = DownloadFileRequest { workspace_id, file_id, offset, length };
                let answer = client.download_file(request).await.map_err(|status| from_status(&status))?;
                Either::Left(answer.into_inner().map(|part| part.map(|part| part.part)))
            }
            Self::Link { token } => {
                let request = DownloadLinkedFileRequest { token: token.clone(), offset, length };
                let answer = client.download_linked_file(request).await.map_err(|status| from_status(&status))?;
                Either::Right(answer.into_inner().map(|part| part.map(|part| part.part.map(alike))))
            }
        };
        use download_file_response::Part;
        let mut parts = Box::pin(parts);
        let Some(Part::Head(mut head)) =
            parts.next().await.transpose().map_err(|status| from_status(&status))?.flatten()
        else {
            return Err(Error::internal(DOMAIN, "a download did not begin with its head"));
        };
        let file = head.file.take().unwrap_or_default();
        let chunks = parts.map(|part| match part {
            Ok(Some(Part::Chunk(chunk))) => Ok(chunk),
            Ok(Some(Part::Head(_)) | None) => Err(Error::internal(DOMAIN, "a download has a part that is none")),
            // The connection is cut: the client must not take what came for the whole.
            Err(status) => Err(from_status(&status)),
        });
        Ok(Download { file, head, body: Body::from_stream(chunks) })
    }
}

/// The parts of a linked download are those of any other.
fn alike(part: download_linked_file_response::Part) -> download_file_response::Part {
    match part {
        download_linked_file_response::Part::Head(head) => download_file_response::Part::Head(head),
        download_linked_file_response::Part::Chunk(chunk) => download_file_response::Part::Chunk(chunk),
    }
}

/// Answers as RFC 9110 asks: conditions first, then one range; several ranges are answered with the whole file.
async fn answer(
    edge: &Edge,
    caller: &Caller,
    source: &Source,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let wanted = range::wanted(headers);
    // A file never changes, so most parts can be asked for before its length is known.
    let (offset, length) = match wanted {
        Wanted::Part { first, length } => (first, length),
        Wanted::All | Wanted::Last { .. } => (0, 0),
    };
    let mut download = match source.open(edge, caller, offset, length).await {
        Err(error) if error.kind == Kind::OutOfRange => return Ok(beyond(error)),
        opened => opened?,
    };
    let tag = format!("\"{}\"", download.file.sha256);
    if range::has_tag(headers, header::IF_NONE_MATCH, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, of_any(&tag)).into_response());
    }
    let mut partial = wanted != Wanted::All;
    if partial && headers.contains_key(header::IF_RANGE) && !range::has_tag(headers, header::IF_RANGE, &tag) {
        partial = false;
        download = source.open(edge, caller, 0, 0).await?;
    } else if let Wanted::Last { length } = wanted {
        let size = download.file.size_bytes;
        if length == 0 || size == 0 {
            return Ok(beyond(not_within(size)));
        }
        download = source.open(edge, caller, size.saturating_sub(length), 0).await?;
    }
    Ok(respond(method, download, partial, &tag))
}

fn respond(method: &Method, download: Download, partial: bool, tag: &str) -> Response {
    let Download { file, head, body } = download;
    let body = if method == Method::HEAD { Body::empty() } else { body };
    let mut response =
        (if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK }, of_any(tag), body).into_response();
    let mut set = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    };
    let kind = if head.inline { "inline" } else { "attachment" };
    let name = if file.name.is_empty() { &file.id } else { &file.name };
    set(header::CONTENT_DISPOSITION, range::disposition(kind, name));
    set(header::CONTENT_TYPE, file.content_type);
    set(header::CONTENT_LENGTH, head.length.to_string());
    if partial {
        let (first, last) = (head.offset, (head.offset + head.length).saturating_sub(1));
        set(header::CONTENT_RANGE, format!("bytes {first}-{last}/{}", file.size_bytes));
    }
    response
}

/// What each answer about a file says of it.
fn of_any(tag: &str) -> [(HeaderName, String); 3] {
    [
        (header::ETAG, tag.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        // Kept by its reader only, and asked for again each time: it may be deleted.
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ]
}

fn not_within(size: u64) -> Error {
    let message = format!("The file has {size} bytes; the part that is asked for is not within them.");
    Error::known(&reasons::RANGE_INVALID, DOMAIN, message).with("size_bytes", size)
}

/// A part that the file does not have: the answer says how long it is.
fn beyond(error: Error) -> Response {
    let size = error.metadata.iter().find(|(key, _)| key == "size_bytes").map(|(_, size)| size.clone());
    let mut response = Problem(error).into_response();
    if let Some(size) = size.and_then(|size| HeaderValue::try_from(format!("bytes */{size}")).ok()) {
        response.headers_mut().insert(header::CONTENT_RANGE, size);
    }
    response
}
