//! Master keys and data keys come and go; what was uploaded before stays readable.

use std::io::Write;

use crate::support::{World, content, reason};

#[tokio::test]
async fn files_outlive_the_master_key_that_they_were_uploaded_under() {
    let first = World::new(&[]).await;
    let someone = first.someone();
    let file = someone.upload("a", &content(100)).await.unwrap();
    let path = first.folder.path().join("keys/master.key");
    let old = std::fs::read_to_string(&path).unwrap();
    let new = format!("second {}\n", "5a".repeat(32));
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(new.as_bytes()).unwrap();
    let both = first.again(&[]).await.unwrap();
    assert_eq!(someone.at(&both).download(&file.id, 0, 0).await.unwrap(), content(100));
    std::fs::write(&path, &new).unwrap();
    assert_eq!(first.again(&[]).await.err().unwrap().reason.as_str(), "MASTER_KEY_UNUSABLE", "it still wraps a key");
    both.service.collect().await;
    let last = first.again(&[]).await.unwrap();
    assert_eq!(someone.at(&last).download(&file.id, 0, 0).await.unwrap(), content(100));
    std::fs::write(&path, &old).unwrap();
    assert_eq!(first.again(&[]).await.err().unwrap().reason.as_str(), "MASTER_KEY_UNUSABLE");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(first.again(&[]).await.err().unwrap().reason.as_str(), "MASTER_KEY_UNUSABLE");
    assert!(!path.exists(), "no new key takes the place of one that is lost");
}

#[tokio::test]
async fn new_files_get_a_new_data_key_when_the_old_one_has_had_its_time() {
    let world = World::new(&["file.data_key_days=30"]).await;
    let someone = world.someone();
    let old = someone.upload("old", &content(100)).await.unwrap();
    world.sql("update data_keys set created_at = created_at - interval '31 days'").await;
    let uploads = (0..4).map(|_| someone.upload("new", b"y"));
    let new: Vec<_> = futures::future::join_all(uploads).await.into_iter().map(Result::unwrap).collect();
    let mut connection = world.database.connection().await.unwrap();
    let versions: Vec<i32> =
        sqlx::query_scalar("select key_version from file.files order by id").fetch_all(&mut connection).await.unwrap();
    assert_eq!(versions, [1, 2, 2, 2, 2], "one new key for all that came at once");
    assert_eq!(someone.download(&old.id, 0, 0).await.unwrap(), content(100));
    assert_eq!(someone.download(&new[0].id, 0, 0).await.unwrap(), b"y");
}

#[tokio::test]
async fn a_row_that_names_another_data_key_gives_nothing() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let file = someone.upload("a", &content(100)).await.unwrap();
    world.sql("update data_keys set created_at = created_at - interval '1000 days'").await;
    someone.upload("b", b"y").await.unwrap();
    world.sql("update files set key_version = 2").await;
    assert_eq!(reason(someone.download(&file.id, 0, 0).await), "INTERNAL");
}
