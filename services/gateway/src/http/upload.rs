//! The files of a request: a multipart form with a field `file` for each, or one as the raw body. They are passed on
//! while they arrive, never held. A form that is analysed may start with the field `corrections`.

use axum::{
    body::{Body, Bytes},
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, header},
};
use futures::{StreamExt, stream};
use saldo_kernel::{Error, reasons};
use saldo_proto::{
    analysis::v1::{AnalyzeOptions, AnalyzeRequest, Correction, NextFile},
    file::v1::UploadFileRequest,
};
use serde::Deserialize;
use tokio::sync::mpsc::Sender;

use super::arrival;
use crate::DOMAIN;

/// The contract's limit of one message.
const CHUNK_BYTES: usize = 1 << 20;

/// Types of a raw body; each stands for a file, and the engine looks at the bytes anyway.
const RAW_TYPES: &[&str] = &[
    "application/octet-stream",
    "application/ofx",
    "application/vnd.intu.qfx",
    "application/x-ofx",
    "application/xml",
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "text/xml",
];

/// Files that arrive.
pub(crate) enum Upload {
    Form(Multipart),
    Raw(Body),
}

impl Upload {
    /// Files to analyse. Looks at the headers only.
    ///
    /// # Errors
    /// The type is not one of ours, or the announced size is over `limit`.
    pub(crate) async fn open(request: Request, limit: u64) -> Result<Self, Error> {
        Self::open_if(request, limit, |kind| RAW_TYPES.contains(&kind)).await
    }

    /// A file to keep, of any type. Looks at the headers only.
    ///
    /// # Errors
    /// The announced size is over `limit`.
    pub(crate) async fn open_any(request: Request, limit: u64) -> Result<Self, Error> {
        Self::open_if(request, limit, |_| true).await
    }

    async fn open_if(request: Request, limit: u64, takes: fn(&str) -> bool) -> Result<Self, Error> {
        if announced(request.headers()).is_some_and(|size| size > limit.saturating_add(FORM_OVERHEAD)) {
            return Err(too_large(limit));
        }
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.map(|value| value.to_str().unwrap_or("unreadable").to_owned());
        match kind.as_deref().map(essence).as_deref() {
            Some("multipart/form-data") => {
                let form = Multipart::from_request(request.map(in_steps), &()).await;
                form.map(Self::Form).map_err(|cause| broken_form("The form has no boundary.").caused_by(cause))
            }
            None => Ok(Self::Raw(request.into_body())),
            Some(known) if takes(known) => Ok(Self::Raw(request.into_body())),
            Some(other) => {
                let message = format!("A body of type {other} is not a file that can be analysed.");
                Err(Error::known(&reasons::CONTENT_TYPE_NOT_ACCEPTED, DOMAIN, message).with("content_type", other))
            }
        }
    }

    /// Passes the files on as requests of one call. Ends early, without an error, if the other side ended the call:
    /// its answer says why.
    ///
    /// # Errors
    /// The files are over `limit` together, the form has none, or the client broke off.
    pub(crate) async fn send(
        self,
        options: AnalyzeOptions,
        limit: u64,
        to: Sender<AnalyzeRequest>,
    ) -> Result<(), Error> {
        let chunk = |chunk| AnalyzeRequest { chunk, ..AnalyzeRequest::default() };
        let mut courier = Courier { to, left: limit, limit, chunk };
        let first = |options| AnalyzeRequest { options: Some(options), ..AnalyzeRequest::default() };
        match self {
            Self::Raw(body) => {
                courier.tell(first(options)).await;
                if !courier.carry_body(body).await? {
                    return Ok(());
                }
            }
            Self::Form(mut form) => {
                let mut options = Some(options);
                while let Some(mut field) = form.next_field().await.map_err(of_form)? {
                    // They go with the options, which are sent before the first file.
                    if let (Some("corrections"), Some(options)) = (field.name(), &mut options) {
                        options.corrections.extend(corrections(&mut field).await?);
                        continue;
                    }
                    if field.name() != Some("file") {
                        return Err(no_file());
                    }
                    let name = shortened(field.file_name().unwrap_or_default());
                    match options.take() {
                        Some(mut options) => {
                            options.file_name = chosen(&options.file_name, name);
                            courier.tell(first(options)).await;
                        }
                        None => {
                            let next_file = Some(NextFile { file_name: name });
                            courier.tell(AnalyzeRequest { next_file, ..AnalyzeRequest::default() }).await;
                        }
                    }
                    if !courier.carry_field(field).await? {
                        return Ok(());
                    }
                }
                if options.is_some() {
                    return Err(no_file());
                }
            }
        }
        // Only what is complete is analysed.
        courier.tell(AnalyzeRequest { complete: true, ..AnalyzeRequest::default() }).await;
        Ok(())
    }

    /// Passes one file on to be kept, as [`Upload::send`] does; `first` is the first message of the call.
    ///
    /// # Errors
    /// The file is over `limit`, the form has none or several, or the client broke off.
    pub(crate) async fn send_one(
        self,
        mut first: UploadFileRequest,
        limit: u64,
        to: Sender<UploadFileRequest>,
    ) -> Result<(), Error> {
        let chunk = |chunk| UploadFileRequest { chunk, ..UploadFileRequest::default() };
        let mut courier = Courier { to, left: limit, limit, chunk };
        match self {
            Self::Raw(body) => {
                courier.tell(first).await;
                if !courier.carry_body(body).await? {
                    return Ok(());
                }
            }
            Self::Form(mut form) => {
                let field = form.next_field().await.map_err(of_form)?;
                let field = field.filter(|field| field.name() == Some("file")).ok_or_else(not_one_file)?;
                let options = first.options.get_or_insert_default();
                // What a form adds to the file is not known.
                options.size_bytes = 0;
                options.file_name = chosen(&options.file_name, shortened(field.file_name().unwrap_or_default()));
                courier.tell(first).await;
                if !courier.carry_field(field).await? {
                    return Ok(());
                }
                if form.next_field().await.map_err(of_form)?.is_some() {
                    return Err(not_one_file());
                }
            }
        }
        courier.tell(UploadFileRequest { complete: true, ..UploadFileRequest::default() }).await;
        Ok(())
    }
}

/// The body with a pause after each chunk. A form whose end came together with its beginning, between two looks of the
/// reader below, is taken for one that is cut off (multer 3.1, `poll_next_field`).
fn in_steps(body: Body) -> Body {
    Body::from_stream(stream::unfold((body.into_data_stream(), false), |(mut chunks, pause)| async move {
        if pause {
            tokio::task::yield_now().await;
        }
        chunks.next().await.map(|chunk| (chunk, (chunks, true)))
    }))
}

/// Longest field of corrections.
const CORRECTIONS_BYTES: usize = 1 << 20;

/// One correction as the form writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    text: String,
    category: String,
}

/// A field of corrections, as JSON.
async fn corrections(field: &mut Field<'_>) -> Result<Vec<Correction>, Error> {
    let mut json = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(of_form)? {
        json.extend_from_slice(&chunk);
        if json.len() > CORRECTIONS_BYTES {
            return Err(wrong_corrections("they are longer than 1 MB"));
        }
    }
    let list: Vec<Corrected> = serde_json::from_slice(&json).map_err(|cause| wrong_corrections(&cause.to_string()))?;
    Ok(list.into_iter().map(|Corrected { text, category }| Correction { text, category }).collect())
}

fn wrong_corrections(cause: &str) -> Error {
    let message = format!("The field 'corrections' cannot be read: {cause}.");
    Error::known(&reasons::CORRECTIONS_INVALID, DOMAIN, message)
}

/// What a form adds around the files, beside the corrections.
const FORM_OVERHEAD: u64 = 64 * 1024 + CORRECTIONS_BYTES as u64;

/// Carries bytes to the call and counts them.
struct Courier<M> {
    to: Sender<M>,
    left: u64,
    limit: u64,
    /// The message of some bytes.
    chunk: fn(Bytes) -> M,
}

impl<M> Courier<M> {
    async fn tell(&self, message: M) {
        // A closed call tells why in its answer.
        let _ = self.to.send(message).await;
    }

    /// Whether the call still takes bytes.
    async fn carry_body(&mut self, body: Body) -> Result<bool, Error> {
        let mut bytes = body.into_data_stream();
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|error| arrival::cause(&error).unwrap_or_else(|| lost(error)))?;
            if !self.carry(chunk).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the call still takes bytes.
    async fn carry_field(&mut self, mut field: Field<'_>) -> Result<bool, Error> {
        while let Some(chunk) = field.chunk().await.map_err(of_form)? {
            if !self.carry(chunk).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the call still takes bytes.
    async fn carry(&mut self, mut bytes: Bytes) -> Result<bool, Error> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| too_large(self.limit))?;
        while !bytes.is_empty() {
            let chunk = bytes.split_to(bytes.len().min(CHUNK_BYTES));
            if self.to.send((self.chunk)(chunk)).await.is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The type without its parameters.
fn essence(kind: &str) -> String {
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The length of the body, where the client says it.
pub(crate) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The name that the query gives comes before the form's.
fn chosen(given: &str, of_form: String) -> String {
    let given = shortened(given);
    if given.is_empty() { of_form } else { given }
}

/// The contract takes names of 255 characters; what matters stands at the end.
fn shortened(name: &str) -> String {
    let count = name.chars().count();
    name.chars().skip(count.saturating_sub(255)).collect()
}

fn too_large(limit: u64) -> Error {
    let message = format!("The file is larger than {} MB.", limit / 1_000_000);
    Error::known(&reasons::FILE_TOO_LARGE, DOMAIN, message).with("limit_bytes", limit)
}

fn no_file() -> Error {
    broken_form("The form has no field named 'file', or another one beside it, or corrections after it.")
}

fn not_one_file() -> Error {
    broken_form("The form must have one field named 'file', and nothing else.")
}

fn broken_form(message: &str) -> Error {
    Error::known(&reasons::FORM_INVALID, DOMAIN, message)
}

/// An error of a body that is none of ours.
fn lost(cause: axum::Error) -> Error {
    Error::internal(DOMAIN, "a body failed without a reason").caused_by(cause)
}

fn of_form(error: MultipartError) -> Error {
    arrival::cause(&error).unwrap_or_else(|| broken_form("The form cannot be read.").caused_by(error))
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn a_form_may_arrive_between_two_looks() {
        let form =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nDate;Amount\r\n--x--\r\n";
        let mut looks = 0;
        let body = Body::from_stream(stream::poll_fn(move |context| {
            looks += 1;
            match looks {
                1 => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                2 => Poll::Ready(Some(Ok::<_, Error>(Bytes::from_static(form.as_bytes())))),
                _ => Poll::Ready(None),
            }
        }));
        let request = Request::post("/analyze").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let upload = Upload::open(request.body(body).unwrap(), 1_000).await.unwrap();
        let (to, mut sent) = tokio::sync::mpsc::channel(10);
        upload.send(AnalyzeOptions::default(), 1_000, to).await.unwrap();
        let mut bytes = Vec::new();
        while let Some(message) = sent.recv().await {
            bytes.extend_from_slice(&message.chunk);
        }
        assert_eq!(bytes, b"Date;Amount");
    }
}
