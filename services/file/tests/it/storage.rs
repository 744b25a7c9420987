//! Files in a bucket of S3, also while it is away.

use std::path::PathBuf;

use saldo_kernel::Kind;
use saldo_testkit::engines::S3;
use tempfile::TempDir;

use crate::support::{MEGABYTE, World, content};

/// The settings for this bucket, below a prefix of its own.
fn settings(s3: &S3, folder: &TempDir) -> Vec<String> {
    let secret: PathBuf = folder.path().join("secret");
    std::fs::write(&secret, format!("{}\n", s3.secret_key())).unwrap();
    vec![
        "blobs.kind=s3".to_owned(),
        format!("blobs.s3.endpoint={}", s3.endpoint()),
        format!("blobs.s3.bucket={}", s3.bucket()),
        // Short: the server of the tests makes one file name of a whole key.
        format!("blobs.s3.prefix={}", &uuid::Uuid::now_v7().simple().to_string()[16..26]),
        format!("blobs.s3.access_key={}", s3.access_key()),
        format!("blobs.s3.secret_key_file={}", secret.display()),
    ]
}

#[tokio::test]
async fn a_bucket_keeps_files_as_the_folder_does() {
    let Some(s3) = S3::shared() else { return };
    let secrets = tempfile::tempdir().unwrap();
    let flags = settings(&s3, &secrets);
    let world = World::new(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let someone = world.someone();
    for size in [0, 100, MEGABYTE, 12 * MEGABYTE + 5] {
        let bytes = content(size);
        let file = someone.upload("a.csv", &bytes).await.unwrap();
        assert!(someone.download(&file.id, 0, 0).await.unwrap() == bytes, "{size}");
        if size > 10 {
            let part = someone.download(&file.id, size as u64 / 2, 10).await.unwrap();
            assert!(part == bytes[size / 2..size / 2 + 10], "a part of {size}");
        }
    }
    let files = someone.page("", 0, "").await.unwrap().files;
    assert_eq!(files.len(), 4);
    for file in &files {
        someone.delete(&file.id).await.unwrap();
    }
    world.service.collect().await;
    let mut connection = world.database.connection().await.unwrap();
    let rows: i64 = sqlx::query_scalar("select count(*) from file.files").fetch_one(&mut connection).await.unwrap();
    assert_eq!(rows, 0, "the rows go with their objects");
    assert_eq!(world.count(), 0, "nothing in the folder");
}

#[tokio::test]
async fn a_bucket_that_is_away_is_told_and_nothing_is_kept_until_it_is_back() {
    let Some(s3) = S3::own() else { return };
    let secrets = tempfile::tempdir().unwrap();
    let flags = settings(&s3, &secrets);
    let world = World::new(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let someone = world.someone();
    let before = someone.upload("before", b"x").await.unwrap();
    s3.stop();
    for error in [
        someone.upload("meanwhile", &content(100)).await.err().unwrap(),
        someone.download(&before.id, 0, 0).await.err().unwrap(),
    ] {
        assert_eq!((error.kind, error.reason.as_str()), (Kind::Unavailable, "STORAGE_UNAVAILABLE"));
        assert!(error.retry_after.is_some());
    }
    someone.delete(&before.id).await.unwrap();
    s3.start();
    assert_eq!(someone.names("", 0).await, Vec::<String>::new());
    let after = someone.upload("after", b"y").await.unwrap();
    assert_eq!(someone.download(&after.id, 0, 0).await.unwrap(), b"y");
    world.service.collect().await;
    let mut connection = world.database.connection().await.unwrap();
    let rows: i64 = sqlx::query_scalar("select count(*) from file.files").fetch_one(&mut connection).await.unwrap();
    assert_eq!(rows, 1, "what was deleted meanwhile is removed now");
}
