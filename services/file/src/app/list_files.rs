//! The files of a workspace, newest first.

use saldo_kernel::{Error, Tenant, WorkspaceId};
use saldo_proto::file::v1::ListFilesRequest;
use saldo_store::keyset::Page;

use super::Files;
use crate::{domain::File, store};

/// A page of files and the token of the next one, empty on the last.
///
/// # Errors
/// The token is of another list (`PAGE_TOKEN_INVALID`), or the database does not answer.
pub(crate) async fn list_files(
    files: &Files,
    tenant: Tenant,
    workspace: WorkspaceId,
    request: &ListFilesRequest,
) -> Result<(Vec<File>, String), Error> {
    let filter = [request.workspace_id.as_str(), request.search.as_str()];
    let page = Page::asked(request.page_size, &request.page_token, &filter)?;
    let mut tx = files.store.tenant(tenant).await?;
    let found = store::list(&mut tx, workspace, &request.search, &page).await?;
    tx.commit().await?;
    Ok(page.cut(found, |file| file.place.file.body()))
}
