//! What belongs to another organisation or workspace is not there.

use saldo_file::SCHEMA;
use saldo_kernel::{Tenant, WorkspaceId};
use saldo_proto::file::v1::CreateDownloadLinkRequest;

use crate::support::{Someone, World, content, reason};

#[tokio::test]
async fn another_organisations_or_workspaces_file_is_not_found() {
    let world = World::new(&[]).await;
    let owner = world.someone();
    let file = owner.upload("secret.csv", &content(100)).await.unwrap();
    let stranger = Someone { workspace: owner.workspace, ..world.someone() };
    let neighbour = Someone { workspace: WorkspaceId::generate(), ..owner.clone() };
    for other in [stranger, neighbour] {
        let link = CreateDownloadLinkRequest {
            workspace_id: other.workspace.to_string(),
            file_id: file.id.clone(),
            inline: false,
        };
        let link = other.client().create_download_link(other.asks(link)).await;
        for refused in [
            reason(other.get(&file.id).await),
            reason(other.download(&file.id, 0, 0).await),
            reason(other.delete(&file.id).await),
            reason(link.map_err(|status| saldo_proto::from_status(&status))),
        ] {
            assert_eq!(refused, "FILE_NOT_FOUND");
        }
        assert_eq!(other.names("", 0).await, Vec::<String>::new());
    }
    assert_eq!(owner.download(&file.id, 0, 0).await.unwrap(), content(100));
}

#[tokio::test]
async fn the_object_of_one_file_in_the_place_of_another_gives_nothing() {
    let world = World::new(&[]).await;
    let (one, two) = (world.someone(), world.someone());
    let (mine, theirs) = (one.upload("a", &content(100)).await.unwrap(), two.upload("a", &content(100)).await.unwrap());
    let path = |someone: &Someone, file: &str| {
        world.objects().join(format!("{}/{}/{file}", someone.organization, someone.workspace))
    };
    std::fs::copy(path(&two, &theirs.id), path(&one, &mine.id)).unwrap();
    assert_eq!(reason(one.download(&mine.id, 0, 0).await), "INTERNAL");
}

#[tokio::test]
async fn who_is_nobody_reaches_no_file() {
    let world = World::new(&[]).await;
    let request = saldo_proto::file::v1::ListFilesRequest {
        workspace_id: WorkspaceId::generate().to_string(),
        ..saldo_proto::file::v1::ListFilesRequest::default()
    };
    let refused = world.someone().client().list_files(request).await.unwrap_err();
    assert_eq!(saldo_proto::from_status(&refused).reason.as_str(), "SIGN_IN_REQUIRED");
}

/// Rows of each tenant table that a query without any condition sees.
async fn seen(world: &World, tenant: Tenant) -> Vec<(String, i64)> {
    let mut tx = world.database.store(&SCHEMA).tenant(tenant).await.unwrap();
    let tables = "select relname::text from pg_class where relnamespace = 'file'::regnamespace and relkind = 'r' \
                  and obj_description(oid, 'pg_class') = 'tenant' order by relname";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(tx.connection()).await.unwrap();
    let mut seen = Vec::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from \"{table}\""));
        seen.push((table, sqlx::query_scalar(sql).fetch_one(tx.connection()).await.unwrap()));
    }
    seen
}

#[tokio::test]
async fn a_query_that_forgets_its_filter_sees_the_rows_of_its_tenant_only() {
    let world = World::new(&[]).await;
    let (one, two) = (world.someone(), world.someone());
    for (someone, files) in [(&one, 3), (&two, 2)] {
        for number in 0..files {
            someone.upload(&format!("{number}.csv"), b"x").await.unwrap();
        }
    }
    let elsewhere = Someone { workspace: WorkspaceId::generate(), ..one.clone() };
    elsewhere.upload("in another workspace.csv", b"x").await.unwrap();
    let rows = |keys, files, usage| {
        let named = [("data_keys", keys), ("files", files), ("idempotency_keys", 0), ("jobs", 0), ("usage", usage)];
        named.map(|(table, count)| (table.to_owned(), count)).to_vec()
    };
    let tenant = |someone: &Someone, workspace| Tenant { organization: someone.organization, workspace };
    assert_eq!(seen(&world, tenant(&one, Some(one.workspace))).await, rows(1, 3, 1));
    assert_eq!(seen(&world, tenant(&one, None)).await, rows(1, 4, 1), "of all its workspaces");
    assert_eq!(seen(&world, tenant(&two, Some(two.workspace))).await, rows(1, 2, 1));
    assert_eq!(seen(&world, tenant(&two, Some(one.workspace))).await, rows(1, 0, 1), "another's workspace");
    assert_eq!(seen(&world, tenant(&world.someone(), None)).await, rows(0, 0, 0), "who has nothing");
}
