//! Files that are kept, as a program and a browser upload and download them.

use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE,
        CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, IF_RANGE, RANGE,
    },
    multipart::{Form, Part},
};
use saldo_testkit::Program;
use serde_json::{Value, json as object};

use crate::support::{json, problem, table};

/// The folder of files in the one workspace of a server without accounts.
pub async fn folder(saldo: &Program) -> String {
    let server = json(reqwest::get(format!("{}/v1/server", saldo.url())).await.expect("an answer")).await;
    format!("{}/v1/workspaces/{}/files", saldo.url(), server["workspaceId"].as_str().expect("a workspace"))
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> &str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

/// Uploads by a form, as a browser does.
pub async fn upload(folder: &str, name: &str, content: &[u8]) -> Value {
    let form = Form::new().part("file", Part::bytes(content.to_vec()).file_name(name.to_owned()));
    let response = send(Client::new().post(folder).multipart(form)).await;
    assert_eq!(response.status(), 201);
    json(response).await["file"].clone()
}

#[tokio::test]
async fn a_file_is_uploaded_found_downloaded_and_deleted() {
    let saldo = Program::serve(&[]);
    let folder = folder(&saldo).await;
    let content = table(30_000);
    let file = upload(&folder, "выписка \"июнь\".csv", &content).await;
    assert_eq!(file["sizeBytes"], content.len().to_string());
    assert_eq!((&file["contentType"], &file["name"]), (&object!("text/csv"), &object!("выписка \"июнь\".csv")));
    let raw = send(
        Client::new()
            .post(format!("{folder}?file_name=raw.pdf"))
            .header(CONTENT_TYPE, "application/pdf")
            .body("%PDF-1.7"),
    );
    let raw = json(raw.await).await["file"].clone();
    assert_eq!((&raw["contentType"], &raw["name"]), (&object!("application/pdf"), &object!("raw.pdf")));

    let list = json(send(Client::new().get(format!("{folder}?search=июнь"))).await).await;
    assert_eq!(list, object!({"files": [file.clone()], "nextPageToken": ""}));
    let one = format!("{folder}/{}", file["id"].as_str().expect("an id"));
    assert_eq!(json(send(Client::new().get(&one)).await).await["file"], file);

    let whole = send(Client::new().get(format!("{one}/content")).header(ACCEPT_ENCODING, "gzip")).await;
    assert_eq!(whole.status(), 200);
    assert_eq!(header(&whole, CONTENT_TYPE), "text/csv");
    assert_eq!(header(&whole, CONTENT_ENCODING), "", "its tag is of its bytes");
    assert_eq!(header(&whole, CACHE_CONTROL), "private, no-cache");
    let disposition = header(&whole, CONTENT_DISPOSITION);
    assert!(
        disposition.starts_with("attachment; filename=\"_______ ______.csv\"; filename*=UTF-8''%D0%B2"),
        "{disposition}"
    );
    assert!(whole.bytes().await.expect("its bytes") == content);

    assert_eq!(send(Client::new().delete(&one)).await.status(), 200);
    for gone in [send(Client::new().get(&one)).await, send(Client::new().get(format!("{one}/content"))).await] {
        assert_eq!(gone.status(), 404);
        assert_eq!(problem(gone).await["reason"], "FILE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_part_is_had_by_its_range_and_a_known_file_not_sent_again() {
    let saldo = Program::serve(&[]);
    let folder = folder(&saldo).await;
    let content = table(60_000);
    let size = content.len();
    let file = upload(&folder, "a.csv", &content).await;
    let url = format!("{folder}/{}/content", file["id"].as_str().expect("an id"));
    let get = |range: &str| Client::new().get(&url).header(RANGE, range);
    for (range, first, end) in [
        ("bytes=0-9".to_owned(), 0, 10),
        (format!("bytes={}-", size - 5), size - 5, size),
        ("bytes=-7".to_owned(), size - 7, size),
        (format!("bytes=1048570-{size}"), 1_048_570, size),
    ] {
        let part = send(get(&range)).await;
        assert_eq!(part.status(), 206, "{range}");
        assert_eq!(header(&part, CONTENT_RANGE), format!("bytes {first}-{}/{size}", end - 1));
        assert!(part.bytes().await.expect("its bytes") == content[first..end], "{range}");
    }
    let beyond = send(get(&format!("bytes={size}-"))).await;
    assert_eq!((beyond.status().as_u16(), header(&beyond, CONTENT_RANGE)), (416, format!("bytes */{size}").as_str()));
    assert_eq!(problem(beyond).await["reason"], "RANGE_INVALID");

    let head = send(Client::new().request(Method::HEAD, &url)).await;
    let tag = header(&head, ETAG).to_owned();
    assert_eq!(tag, format!("\"{}\"", file["sha256"].as_str().expect("a hash")));
    assert_eq!(header(&head, CONTENT_LENGTH), size.to_string());
    assert_eq!(send(Client::new().get(&url).header(IF_NONE_MATCH, &tag)).await.status(), 304);
    assert_eq!(send(get("bytes=0-9").header(IF_RANGE, &tag)).await.status(), 206);
    assert_eq!(send(get("bytes=0-9").header(IF_RANGE, "\"another\"")).await.status(), 200);
}

#[tokio::test]
async fn a_link_opens_a_file_for_who_is_nobody_here() {
    let saldo = Program::serve(&[]);
    let folder = folder(&saldo).await;
    let file = upload(&folder, "a.csv", b"Date;Amount\n").await;
    let one = format!("{folder}/{}", file["id"].as_str().expect("an id"));
    let link = json(send(Client::new().post(format!("{one}/links")).json(&object!({"inline": true}))).await).await;
    let url = format!("{}{}", saldo.url(), link["path"].as_str().expect("a path"));
    // A name that leads here from elsewhere is nobody's.
    let stranger = |url: &str| Client::new().get(url).header(HOST, "elsewhere.example");
    let opened = send(stranger(&url)).await;
    assert_eq!(opened.status(), 200);
    assert!(header(&opened, CONTENT_DISPOSITION).starts_with("inline; "));
    assert_eq!(opened.text().await.expect("its bytes"), "Date;Amount\n");
    assert_eq!(problem(send(stranger(&format!("{one}/content"))).await).await["reason"], "SIGN_IN_REQUIRED");
    assert_eq!(problem(send(stranger(&format!("{url}00"))).await).await["reason"], "LINK_INVALID");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_its_reason() {
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=2000", "--set", "file.quota_bytes=1500"]);
    let folder = folder(&saldo).await;
    let another = format!("{}/v1/workspaces/wsp_0198c2f4e7d27a5b9c3d1e6f8a0b2c4d/files", saldo.url());
    let two = Form::new().text("file", "one").text("file", "two");
    let post = |url: &str, size: usize| Client::new().post(url).body(vec![b'x'; size]);
    for (request, status, reason) in [
        (post(&folder, 2_001), 413, "FILE_TOO_LARGE"),
        (post(&folder, 1_501), 409, "QUOTA_EXCEEDED"),
        (post(&another, 10), 404, "SCOPE_NOT_FOUND"),
        (post(&format!("{folder}?colour=red"), 10), 400, "QUERY_INVALID"),
        (Client::new().post(&folder).multipart(two), 400, "FORM_INVALID"),
        (Client::new().get(format!("{folder}?page_token=x")), 400, "PAGE_TOKEN_INVALID"),
    ] {
        let refused = send(request).await;
        assert_eq!((refused.status().as_u16(), reason), (status, reason));
        assert_eq!(problem(refused).await["reason"], reason);
    }
    assert_eq!(json(send(Client::new().get(&folder)).await).await["files"], object!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_outlive_the_process_and_are_kept_by_a_process_of_their_own_alike() {
    let saldo = Program::serve(&["--target", "file", "--set", "grpc.listen=127.0.0.1:0"]);
    let nowhere = ["peers.analysis=http://127.0.0.1:1", "peers.forecast=http://127.0.0.1:1"];
    let gateway = |file: &Program| {
        let peer = format!("peers.file={}", file.grpc());
        let key = format!("identity.key_file={}", file.folder().join("keys/identity.key").display());
        Program::serve(&[
            "--target", "gateway", "--set", &peer, "--set", &key, "--set", nowhere[0], "--set", nowhere[1],
        ])
    };
    let edge = gateway(&saldo);
    let content = table(5_000);
    let file = upload(&folder(&edge).await, "a.csv", &content).await;
    edge.stop();
    let saldo = saldo.again();
    let edge = gateway(&saldo);
    let url = format!("{}/{}/content", folder(&edge).await, file["id"].as_str().expect("an id"));
    assert!(send(Client::new().get(url)).await.bytes().await.expect("its bytes") == content);
}

/// Files below a folder.
fn count(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_upload_that_was_acknowledged_survives_a_crash_and_files_agree_with_their_rows() {
    let mut saldo = Program::serve(&["--set", "gateway.analyses_burst=1000"]);
    let (mut acknowledged, content) = (Vec::new(), table(20_000));
    for crash in 1..=3 {
        let (folder, (tell, mut told)) = (folder(&saldo).await, tokio::sync::mpsc::unbounded_channel());
        let uploads: Vec<_> = (0..8)
            .map(|number| {
                let (folder, content, tell) = (folder.clone(), content.clone(), tell.clone());
                tokio::spawn(async move {
                    for again in 0.. {
                        let part = Part::bytes(content.clone()).file_name(format!("{crash}-{number}-{again}.csv"));
                        let request = Client::new().post(&folder).multipart(Form::new().part("file", part));
                        let Ok(response) = request.send().await else { return };
                        let Ok(text) = response.text().await else { return };
                        let file: Value = serde_json::from_str(&text).expect("JSON");
                        let _ = tell.send(file["file"]["id"].as_str().expect("an id").to_owned());
                    }
                })
            })
            .collect();
        // In the middle of others.
        for _ in 0..10 * crash {
            acknowledged.push(told.recv().await.expect("an upload"));
        }
        saldo = saldo.crashed();
        for upload in uploads {
            upload.await.expect("an upload ends with the server");
        }
        drop(tell);
        while let Some(more) = told.recv().await {
            acknowledged.push(more);
        }
    }
    let folder = folder(&saldo).await;
    for id in &acknowledged {
        let bytes = send(Client::new().get(format!("{folder}/{id}/content"))).await.bytes().await.expect("its bytes");
        assert!(bytes == content, "{id} of {}", acknowledged.len());
    }
    let (mut rows, mut token) = (0, String::new());
    loop {
        let page = json(send(Client::new().get(format!("{folder}?pageSize=200&pageToken={token}"))).await).await;
        rows += page["files"].as_array().expect("files").len();
        page["nextPageToken"].as_str().expect("a token").clone_into(&mut token);
        if token.is_empty() {
            break;
        }
    }
    let objects = count(&saldo.folder().join("files"));
    println!("{} uploads acknowledged, {rows} rows, {objects} objects and drafts after 3 crashes", acknowledged.len());
    assert!(rows >= acknowledged.len(), "none is lost");
    assert!(
        objects >= rows && objects <= rows + 3 * 8 * 2,
        "what broke off is little, and no row is without its object"
    );
}
