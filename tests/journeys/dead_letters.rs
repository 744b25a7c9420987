//! `saldo dlq`, as whoever runs a server uses it. What it does with events is tested with the bus.

use saldo_testkit::{Program, run};
use serde_json::Value;

#[test]
fn dead_letters_are_looked_after_beside_a_running_server() {
    use std::os::unix::fs::PermissionsExt;
    // A folder that the user may enter whom PostgreSQL runs as where the tests are root.
    let place =
        tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().expect("a folder");
    let folder = format!("data.dir={}", place.path().join("data").display());
    let server = Program::serve(&["--set", "database.url=", "--set", &folder]);
    let dlq = |arguments: &[&str]| {
        let output = run(&[&["dlq"], arguments, &["--set", "database.url=", "--set", &folder]].concat());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    assert_eq!(dlq(&["list"]), (Some(0), "No events are parked.\n".to_owned(), String::new()));
    let (code, list, _) = dlq(&["list", "--group", "analysis", "--format", "json"]);
    let list: Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!((code, list["dead_letters"].as_array().map(Vec::len)), (Some(0), Some(0)));
    for command in [["show", "7"], ["replay", "7"], ["drop", "7"]] {
        let (code, _, said) = dlq(&command);
        assert!(code == Some(2) && said.contains("DEAD_LETTER_NOT_FOUND"), "{command:?}: {code:?} {said}");
    }
    assert_eq!(dlq(&["replay", "--all"]), (Some(0), "0 to be tried again.\n".to_owned(), String::new()));
    // Nobody means one and drops all.
    assert_eq!(dlq(&["drop"]).0, Some(2));
    assert_eq!(dlq(&["drop", "7", "--all"]).0, Some(2));
    server.stop();
}
