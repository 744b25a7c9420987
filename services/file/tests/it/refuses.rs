//! What is not completed, has no room or is too large leaves nothing behind.

use saldo_kernel::Kind;
use saldo_proto::file::v1::UploadOptions;
use saldo_testkit::wait_until;

use crate::support::{MEGABYTE, World, content, reason};

#[tokio::test]
async fn what_is_not_completed_is_never_kept() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let mut messages = someone.messages("a.csv", &content(7 * MEGABYTE));
    messages.pop();
    assert_eq!(reason(someone.send(messages).await), "UPLOAD_BROKEN_OFF");
    assert_eq!(someone.names("", 0).await, Vec::<String>::new());
    wait_until("an empty folder", || async { (world.count() == 0).then_some(()) }).await;
}

#[tokio::test]
async fn a_file_that_is_too_large_or_announced_too_large_is_refused() {
    let world = World::new(&["file.max_file_bytes=1000", "file.quota_bytes=1500"]).await;
    let someone = world.someone();
    someone.upload("fits", &content(1_000)).await.unwrap();
    let error = someone.upload("more", &content(1_001)).await.unwrap_err();
    assert_eq!((error.kind, error.reason.as_str()), (Kind::TooLarge, "FILE_TOO_LARGE"));
    let mut messages = someone.messages("announced", b"");
    messages[0].options = Some(UploadOptions { size_bytes: 501, ..UploadOptions::default() });
    let error = someone.send(messages).await.unwrap_err();
    assert_eq!((error.kind, error.reason.as_str()), (Kind::FailedPrecondition, "QUOTA_EXCEEDED"));
    assert!(error.metadata.contains(&("used_bytes".into(), "1000".into())), "{:?}", error.metadata);
    assert_eq!(world.count(), 1);
}

#[tokio::test]
async fn uploads_at_the_same_time_cannot_take_more_room_than_there_is() {
    let world = World::new(&["file.quota_bytes=1000"]).await;
    let someone = world.someone();
    let bytes = content(400);
    let uploads = (0..6).map(|number| {
        let (someone, bytes) = (someone.clone(), bytes.clone());
        async move { someone.upload(&format!("{number}"), &bytes).await }
    });
    let ended = futures::future::join_all(uploads).await;
    let kept = ended.iter().filter(|one| one.is_ok()).count();
    assert_eq!(kept, 2, "{ended:?}");
    for refused in ended.into_iter().filter(Result::is_err) {
        assert_eq!(reason(refused), "QUOTA_EXCEEDED");
    }
    assert_eq!((someone.names("", 0).await.len(), world.count()), (2, 2), "files and objects agree");
}

#[tokio::test]
async fn more_transfers_than_the_server_takes_are_told_to_come_again() {
    let world = World::new(&["file.max_transfers=1"]).await;
    let someone = world.someone();
    let file = someone.upload("a", &content(5 * MEGABYTE)).await.unwrap();
    let request = saldo_proto::file::v1::DownloadFileRequest {
        workspace_id: someone.workspace.to_string(),
        file_id: file.id.clone(),
        offset: 0,
        length: 0,
    };
    // It is not read: the turn is held.
    let held = someone.client().download_file(someone.asks(request)).await.unwrap();
    let error = someone.upload("b", b"x").await.unwrap_err();
    assert_eq!((error.kind, error.reason.as_str()), (Kind::Busy, "TRANSFERS_BUSY"));
    assert!(error.retry_after.is_some());
    drop(held);
    wait_until("a turn", || async { someone.upload("b", b"x").await.ok() }).await;
}
