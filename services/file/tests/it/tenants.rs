//! What belongs to another organisation or workspace is not there.

use saldo_kernel::WorkspaceId;
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
