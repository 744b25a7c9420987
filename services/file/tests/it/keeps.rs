//! What is uploaded comes back: whole, in parts, in lists, until it is deleted.

use ring::digest;

use crate::support::{MEGABYTE, World, content, reason};

#[tokio::test]
async fn a_file_is_kept_with_what_it_is_and_comes_back_whole_and_in_parts() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let bytes = content(2 * MEGABYTE + 77);
    let file = someone.upload("../../etc/statement \"2026\".csv", &bytes).await.unwrap();
    assert_eq!(file.name, "../../etc/statement \"2026\".csv", "as given");
    assert_eq!((file.size_bytes, file.uploaded_by.as_str()), (bytes.len() as u64, someone.user.to_string().as_str()));
    let sha256: String = digest::digest(&digest::SHA256, &bytes).as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(file.sha256, sha256);
    assert_eq!(someone.get(&file.id).await.unwrap(), file);
    assert!(someone.download(&file.id, 0, 0).await.unwrap() == bytes);
    let end = bytes.len() as u64;
    for (offset, length, range) in [
        (0, 1, 0..1),
        (MEGABYTE as u64 - 1, 2, MEGABYTE - 1..MEGABYTE + 1),
        (end - 3, 0, bytes.len() - 3..bytes.len()),
        (5, u64::MAX, 5..bytes.len()),
    ] {
        assert!(someone.download(&file.id, offset, length).await.unwrap() == bytes[range.clone()], "{range:?}");
    }
    assert_eq!(reason(someone.download(&file.id, end, 1).await), "RANGE_INVALID");
    assert_eq!(world.events(&file.id).await, [("saldo.file.v1.FileUploaded".to_owned(), 1)]);
}

#[tokio::test]
async fn an_empty_file_and_a_statement_are_kept_as_what_they_are() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let empty = someone.upload("nothing", b"").await.unwrap();
    assert_eq!(someone.download(&empty.id, 0, 0).await.unwrap(), b"");
    let table = someone.upload("june.csv", b"Date;Amount\n2026-06-01;-12.00\n").await.unwrap();
    let page = someone.upload("june.csv", b"<!DOCTYPE html><script>alert(1)</script>").await.unwrap();
    let kinds = [&empty, &table, &page].map(|file| file.content_type.as_str());
    assert_eq!(kinds, ["text/plain", "text/csv", "text/csv"]);
}

#[tokio::test]
async fn files_are_listed_newest_first_page_by_page_and_found_by_their_names() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    for name in ["a_1.csv", "b%2.csv", "C_3.CSV", "d.txt"] {
        someone.upload(name, b"x").await.unwrap();
    }
    for size in [0, 1, 2, 3, 4, 200] {
        assert_eq!(someone.names("", size).await, ["d.txt", "C_3.CSV", "b%2.csv", "a_1.csv"], "pages of {size}");
    }
    assert_eq!(someone.names("csv", 2).await, ["C_3.CSV", "b%2.csv", "a_1.csv"]);
    assert_eq!(someone.names("_", 2).await, ["C_3.CSV", "a_1.csv"], "no pattern");
    assert_eq!(someone.names("%", 2).await, ["b%2.csv"]);
    let token = someone.page("csv", 1, "").await.unwrap().next_page_token;
    assert_eq!(reason(someone.page("txt", 1, &token).await), "PAGE_TOKEN_INVALID");
}

#[tokio::test]
async fn a_deleted_file_is_gone_at_once_and_its_bytes_soon_after() {
    let world = World::new(&["file.quota_bytes=100"]).await;
    let someone = world.someone();
    let file = someone.upload("a.csv", &content(80)).await.unwrap();
    assert_eq!(reason(someone.upload("b.csv", &content(80)).await), "QUOTA_EXCEEDED");
    someone.delete(&file.id).await.unwrap();
    for refused in [
        reason(someone.get(&file.id).await),
        reason(someone.download(&file.id, 0, 0).await),
        reason(someone.delete(&file.id).await),
    ] {
        assert_eq!(refused, "FILE_NOT_FOUND");
    }
    assert_eq!(someone.names("", 0).await, Vec::<String>::new());
    let told = [("saldo.file.v1.FileUploaded".to_owned(), 1), ("saldo.file.v1.FileDeleted".to_owned(), 2)];
    assert_eq!(world.events(&file.id).await, told);
    world.service.collect().await;
    assert_eq!(world.count(), 0);
    someone.upload("b.csv", &content(80)).await.expect("its room is free again");
}
