//! Calls that are repeated with the same key.

use saldo_store::Repeat;

use crate::support::{NOTES, migrated, tenant};

pub(crate) fn repeat<'a>(key: &'a str, request: &'a [u8]) -> Repeat<'a> {
    Repeat { caller: "usr_1", method: "saldo.notes.v1.NotesService/CreateNote", key, request }
}

#[tokio::test]
async fn a_repeated_call_gets_the_first_answer() {
    let store = migrated().await.store(&NOTES);
    let mine = tenant();
    let mut tx = store.tenant(mine).await.unwrap();
    assert_eq!(tx.repeated(&repeat("a", b"request")).await.unwrap(), None);
    tx.remember(&repeat("a", b"request"), b"answer").await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.tenant(mine).await.unwrap();
    assert_eq!(tx.repeated(&repeat("a", b"request")).await.unwrap(), Some(b"answer".to_vec()));
    assert_eq!(tx.repeated(&repeat("b", b"request")).await.unwrap(), None);
    let refused = tx.repeated(&repeat("a", b"another")).await.unwrap_err();
    assert_eq!(refused.reason.as_str(), "IDEMPOTENCY_KEY_REUSED");
    let mut tx = store.tenant(tenant()).await.unwrap();
    assert_eq!(tx.repeated(&repeat("a", b"another")).await.unwrap(), None, "another tenant's key is another key");
}

#[tokio::test]
async fn of_two_equal_calls_at_once_one_is_kept() {
    let store = migrated().await.store(&NOTES);
    let mine = tenant();
    let mut first = store.tenant(mine).await.unwrap();
    first.remember(&repeat("a", b"request"), b"answer").await.unwrap();
    let second = async {
        let mut tx = store.tenant(mine).await.unwrap();
        tx.remember(&repeat("a", b"request"), b"answer").await
    };
    let (second, first) = tokio::join!(second, first.commit());
    first.unwrap();
    assert_eq!(second.unwrap_err().reason.as_str(), "DATABASE_UNAVAILABLE");
}
