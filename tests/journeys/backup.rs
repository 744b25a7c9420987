//! `saldo backup` and `saldo restore`, as whoever runs a server uses them.

use std::{fs, path::Path, process::Output};

use saldo_testkit::{Program, run};
use serde_json::Value;

use crate::{
    files,
    support::{json, table},
};

fn saldo(command: &[&str], data: &Path) -> Output {
    let folder = format!("data.dir={}", data.display());
    run(&[command, &["--set", &folder]].concat())
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder that the user may enter whom PostgreSQL runs as where the tests are root.
fn place() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o755)).tempdir().expect("a folder")
}

/// A server that keeps everything in one folder, its database too.
fn serve(data: &Path) -> Program {
    let folder = format!("data.dir={}", data.display());
    Program::serve(&["--set", "database.url=", "--set", &folder])
}

/// What a server keeps: each file with its bytes.
async fn kept(saldo: &Program) -> Vec<(Value, Vec<u8>)> {
    let folder = files::folder(saldo).await;
    let list = json(reqwest::get(&folder).await.expect("an answer")).await;
    let mut kept = Vec::new();
    for file in list["files"].as_array().expect("files") {
        let content = reqwest::get(format!("{folder}/{}/content", file["id"].as_str().expect("an id"))).await;
        let content = content.expect("an answer").error_for_status().expect("a file").bytes().await.expect("its bytes");
        kept.push((file.clone(), content.to_vec()));
    }
    kept
}

#[tokio::test]
async fn what_was_saved_beside_a_running_server_comes_back_after_all_was_lost() {
    let place = place();
    let (data, keys) = (place.path().join("data"), place.path().join("keys"));
    let (file, with_keys) = (place.path().join("saldo.zip"), place.path().join("with-keys.zip"));
    let name = |path: &Path| path.to_str().expect("a path").to_owned();
    let server = serve(&data);
    let folder = files::folder(&server).await;
    files::upload(&folder, "июнь.csv", &table(30_000)).await;
    files::upload(&folder, "empty.csv", b"").await;
    let before = kept(&server).await;
    assert_eq!(before.len(), 2);

    let output = saldo(&["backup", &name(&file)], &data);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("The keys are not in it"), "{}", said(&output));
    let again = saldo(&["backup", &name(&file)], &data);
    assert!(said(&again).contains("exists already"), "{}", said(&again));
    let output = saldo(&["backup", &name(&with_keys), "--with-keys"], &data);
    assert!(said(&output).contains("whoever has this file can read everything"), "{}", said(&output));
    files::upload(&folder, "later.csv", b"not in it").await;
    let taken = saldo(&["restore", &name(&with_keys)], &data);
    assert!(said(&taken).contains("RESTORE_NEEDS_EMPTY"), "{}", said(&taken));
    assert_eq!(kept(&server).await.len(), 3);
    server.stop();
    fs::rename(data.join("keys"), &keys).expect("the keys in another place");
    fs::remove_dir_all(&data).expect("all is lost");

    let output = saldo(&["restore", &name(&file)], &data);
    assert!(output.status.success(), "{}", said(&output));
    fs::rename(&keys, data.join("keys")).expect("the keys come back too");
    let server = serve(&data);
    assert_eq!(kept(&server).await, before);
    server.stop();

    let other = place.path().join("other");
    let output = saldo(&["restore", &name(&with_keys)], &other);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(kept(&serve(&other)).await, before);
}

#[test]
fn a_broken_backup_is_refused_before_a_database_is_even_made() {
    let place = place();
    let file = place.path().join("saldo.zip");
    fs::write(&file, "PK, but no archive").expect("written");
    let data = place.path().join("data");
    let output = saldo(&["restore", file.to_str().expect("a path")], &data);
    assert!(!output.status.success());
    assert!(said(&output).contains("BACKUP_DAMAGED"), "{}", said(&output));
    assert!(!data.exists());
}
