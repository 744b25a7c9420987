//! What the document says of the bytes of files: no proto can say a form, a range or a stream of bytes.

use saldo_kernel::reasons::Met;
use serde_json::{Map, Value, json};

use super::openapi::{Document, responses};

/// Adds the upload and the two downloads to `paths`.
pub(super) fn add(document: &mut Document<'_>, paths: &mut Map<String, Value>) {
    let kept = document.refer("saldo.file.v1.UploadFileResponse");
    let mut put = |path: &str, verb: &str, operation: Value| {
        if let Some(path) = paths.entry(path).or_insert_with(|| json!({})).as_object_mut() {
            path.insert(verb.to_owned(), operation);
        }
    };
    put("/v1/workspaces/{workspace_id}/files", "post", upload(&kept));
    let file = [in_path("workspace_id", "Where the file belongs."), in_path("file_id", "Which.")];
    let content = download(
        "DownloadFile",
        "Gives the bytes of a file, or a part of them.",
        "The file's SHA-256 is its ETag: `If-None-Match` and `If-Range` are understood.",
        file.into(),
    );
    put("/v1/workspaces/{workspace_id}/files/{file_id}/content", "get", content);
    let linked = download(
        "DownloadLinkedFile",
        "Gives the bytes of the file that a link opens.",
        "Whoever has the link may read the file until the link ends.",
        vec![in_path("token", "The last part of the path of a link.")],
    );
    put("/v1/links/{token}", "get", linked);
}

fn upload(kept: &Value) -> Value {
    let answers = responses(json!({"application/json": {"schema": kept}}), &[Met::Upload, Met::File]);
    json!({
        "operationId": "UploadFile",
        "tags": ["File"],
        "summary": "Keeps one file.",
        "description": "Send a form with one field `file`, or the bytes of the file as the body. What does not arrive to its \
                        end is not kept.",
        "parameters": [
            in_path("workspace_id", "Where the file belongs."),
            {"name": "file_name", "in": "query", "required": false, "schema": {"type": "string"},
             "description": "The name of a raw body; a form brings its own."},
            {"name": "analyze", "in": "query", "required": false, "schema": {"type": "boolean"},
             "description": "Begin an analysis of it, in the background. Its id has the same letters and digits behind \
                             `ana_` as the file's behind `fil_`."},
        ],
        "requestBody": {"required": true, "content": {
            "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {
                "file": {"contentMediaType": "application/octet-stream"}}}},
            "application/octet-stream": {"schema": {}},
        }},
        "responses": created(answers),
    })
}

/// An upload makes something: its answer is 201.
fn created(mut answers: Value) -> Value {
    if let Some(answers) = answers.as_object_mut()
        && let Some(done) = answers.remove("200")
    {
        answers.insert("201".to_owned(), done);
    }
    answers
}

fn download(name: &str, summary: &str, more: &str, mut parameters: Vec<Value>) -> Value {
    parameters.push(json!({"name": "Range", "in": "header", "required": false, "schema": {"type": "string"},
        "description": "One range of bytes, such as bytes=0-1023."}));
    let bytes = json!({"*/*": {"schema": {}}});
    let mut answers = responses(bytes.clone(), &[Met::File]);
    if let Some(answers) = answers.as_object_mut() {
        answers.insert("206".to_owned(), json!({"description": "The part that was asked for.", "content": bytes}));
        answers.insert("304".to_owned(), json!({"description": "The file is the one that the caller has."}));
    }
    json!({
        "operationId": name,
        "tags": ["File"],
        "summary": summary,
        "description": format!("{summary} {more} The media type is the one that the file's bytes speak for."),
        "parameters": parameters,
        "responses": answers,
    })
}

fn in_path(name: &str, description: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "description": description, "schema": {"type": "string"}})
}
