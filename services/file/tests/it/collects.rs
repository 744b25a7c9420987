//! What the collector removes, and what it leaves alone.

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

use saldo_kernel::{FileId, OrganizationId};

use crate::support::{World, content};

fn put(path: &Path, age: Duration) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, b"left over").unwrap();
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - age).unwrap();
}

#[tokio::test]
async fn objects_without_a_row_go_after_an_hour_and_nothing_else_does() {
    let world = World::new(&[]).await;
    let someone = world.someone();
    let file = someone.upload("a", &content(100)).await.unwrap();
    let folder = world.objects().join(format!("{}/{}", someone.organization, someone.workspace));
    let hours = |count: u64| Duration::from_secs(count * 3_600);
    let (kept, orphan, young) = (folder.join(&file.id), FileId::generate(), FileId::generate());
    let (orphan, young) = (folder.join(orphan.to_string()), folder.join(young.to_string()));
    let draft = folder.join(format!("{}#1", FileId::generate()));
    let foreign = world.objects().join("notes.txt");
    let unknown =
        world.objects().join(format!("{}/{}/{}", OrganizationId::generate(), someone.workspace, FileId::generate()));
    File::options().write(true).open(&kept).unwrap().set_modified(SystemTime::now() - hours(5)).unwrap();
    for (path, age) in [(&orphan, 2), (&young, 0), (&draft, 2), (&foreign, 2), (&unknown, 2)] {
        put(path, hours(age));
    }
    world.service.collect().await;
    let there = [&kept, &orphan, &young, &draft, &foreign, &unknown].map(|path| path.exists());
    assert_eq!(there, [true, false, true, false, true, true]);
    assert_eq!(someone.download(&file.id, 0, 0).await.unwrap(), content(100));
}

#[tokio::test]
async fn a_file_whose_time_is_over_is_deleted_as_by_its_owner() {
    let world = World::new(&["file.retention_days=10"]).await;
    let someone = world.someone();
    let (old, new) = (someone.upload("old", b"x").await.unwrap(), someone.upload("new", b"x").await.unwrap());
    let (created, expires) = (new.created_at.unwrap(), new.expires_at.unwrap());
    assert_eq!(expires.seconds - created.seconds, 10 * 24 * 3_600);
    world.sql("update files set expires_at = now() - interval '1 second' where name = 'old'").await;
    world.service.collect().await;
    assert_eq!(someone.names("", 0).await, ["new"]);
    assert_eq!(world.count(), 1);
    assert_eq!(world.events(&old.id).await.last(), Some(&("saldo.file.v1.FileDeleted".to_owned(), 2)));
}
