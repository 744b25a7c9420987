//! Links open one file for whoever has them.

use saldo_kernel::Error;
use saldo_proto::{
    file::v1::{
        CreateDownloadLinkRequest, DownloadHead, DownloadLinkedFileRequest, download_linked_file_response::Part,
    },
    from_status,
};

use crate::support::{Someone, World, reason};

async fn link(someone: &Someone, file: &str, inline: bool) -> String {
    let request =
        CreateDownloadLinkRequest { workspace_id: someone.workspace.to_string(), file_id: file.to_owned(), inline };
    let answer = someone.client().create_download_link(someone.asks(request)).await.unwrap().into_inner();
    answer.path.strip_prefix("/v1/links/").unwrap().to_owned()
}

/// What somebody without an account gets.
async fn follow(someone: &Someone, token: &str) -> Result<(DownloadHead, Vec<u8>), Error> {
    let request = DownloadLinkedFileRequest { token: token.to_owned(), offset: 0, length: 0 };
    let answer = someone.client().download_linked_file(request).await.map_err(|status| from_status(&status))?;
    let (mut stream, mut bytes, mut head) = (answer.into_inner(), Vec::new(), None);
    while let Some(message) = stream.message().await.map_err(|status| from_status(&status))? {
        match message.part.unwrap() {
            Part::Head(first) => head = Some(first),
            Part::Chunk(chunk) => bytes.extend(chunk),
        }
    }
    Ok((head.unwrap(), bytes))
}

#[tokio::test]
async fn a_link_opens_its_file_until_that_is_deleted() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let file = someone.upload("june.csv", b"Date;Amount\n").await.unwrap();
    let token = link(&someone, &file.id, false).await;
    let (head, bytes) = follow(&someone, &token).await.unwrap();
    assert_eq!((head.file.as_ref(), head.inline, bytes.as_slice()), (Some(&file), false, &b"Date;Amount\n"[..]));
    let last = if token.ends_with('0') { "1" } else { "0" };
    let changed = format!("{}{last}", &token[..token.len() - 1]);
    assert_eq!(reason(follow(&someone, &changed).await), "LINK_INVALID");
    someone.delete(&file.id).await.unwrap();
    assert_eq!(reason(follow(&someone, &token).await), "FILE_NOT_FOUND");
}

#[tokio::test]
async fn only_what_does_nothing_in_a_browser_is_shown_there() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let shown = someone.upload("june.csv", b"Date;Amount\n").await.unwrap();
    let saved = someone.upload("june.xml", b"<?xml version='1.0'?><a/>").await.unwrap();
    for (file, inline) in [(shown, true), (saved, false)] {
        let token = link(&someone, &file.id, true).await;
        let (head, _) = follow(&someone, &token).await.unwrap();
        assert_eq!(head.inline, inline, "{}", file.content_type);
    }
}
