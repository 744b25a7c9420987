//! A service of files for a test: a database of its own, a folder of its own, and callers of organisations of their own.

use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use saldo_file::{SCHEMA, Service};
use saldo_kernel::{Caller, Error, OrganizationId, Scope, Tenant, UserId, WorkspaceId, reasons};
use saldo_proto::{
    file::v1::{
        DeleteFileRequest, DownloadFileRequest, GetFileRequest, ListFilesRequest, ListFilesResponse, StoredFile,
        UploadFileRequest, UploadOptions, download_file_response::Part, file_service_client::FileServiceClient,
    },
    from_status,
    guard::{Access, Gate, Method},
    to_status,
};
use saldo_runtime::{Metrics, Settings, config::Layers};
use saldo_store::{Database, Options, Source};
use saldo_testkit::engines::Postgres;
use sqlx::Executor;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tonic::{
    Request, Status,
    metadata::MetadataMap,
    transport::{Channel, Server, server::TcpIncoming},
};

pub(crate) const MEGABYTE: usize = 1 << 20;

/// A service that answers, until it is dropped.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) database: Database,
    pub(crate) channel: Channel,
    pub(crate) folder: Arc<TempDir>,
}

impl World {
    /// With these settings, on an empty database and an empty folder.
    pub(crate) async fn new(flags: &[&str]) -> Self {
        let (database, folder) = (migrated().await, Arc::new(folder()));
        Self::open(database, folder, flags).await.unwrap()
    }

    /// The service started anew on the same rows and objects.
    pub(crate) async fn again(&self, flags: &[&str]) -> Result<Self, Error> {
        Self::open(self.database.clone(), Arc::clone(&self.folder), flags).await
    }

    async fn open(database: Database, folder: Arc<TempDir>, flags: &[&str]) -> Result<Self, Error> {
        let layers = Layers { flags: flags.iter().map(ToString::to_string).collect(), ..Layers::default() };
        let (settings, problems) = Settings::read(&layers);
        assert!(problems.is_empty(), "{problems:?}");
        let store = database.store(&SCHEMA);
        let service = Service::open(&settings, store, folder.path(), &Metrics::default()).await?;
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", socket.local_addr().unwrap());
        let server = Server::builder().add_routes(service.routes(Arc::new(Door)));
        tokio::spawn(server.serve_with_incoming(TcpIncoming::from(socket)));
        let channel = Channel::from_shared(address).unwrap().connect_lazy();
        Ok(Self { service, database, channel, folder })
    }

    /// Someone of a new organisation, in a workspace of it.
    pub(crate) fn someone(&self) -> Someone {
        Someone {
            channel: self.channel.clone(),
            organization: OrganizationId::generate(),
            workspace: WorkspaceId::generate(),
            user: UserId::generate(),
        }
    }

    /// The folder of the objects.
    pub(crate) fn objects(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// How many files there are in it.
    pub(crate) fn count(&self) -> usize {
        files_below(&self.objects())
    }

    /// Runs a statement as the owner of the database.
    pub(crate) async fn sql(&self, sql: &str) {
        let mut connection = self.database.connection().await.unwrap();
        connection.execute(sqlx::AssertSqlSafe(format!("set search_path = file; {sql}"))).await.unwrap();
    }

    /// The published events of a file: kind and version, in order.
    pub(crate) async fn events(&self, file: &str) -> Vec<(String, i64)> {
        let mut connection = self.database.connection().await.unwrap();
        let sql = "select kind, aggregate_version from file.outbox where aggregate = $1 order by id";
        sqlx::query_as(sql).bind(file).fetch_all(&mut connection).await.unwrap()
    }
}

/// A caller.
#[derive(Clone)]
pub(crate) struct Someone {
    pub(crate) channel: Channel,
    pub(crate) organization: OrganizationId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) user: UserId,
}

impl Someone {
    /// The same person at another start of the service.
    pub(crate) fn at(&self, world: &World) -> Self {
        Self { channel: world.channel.clone(), ..self.clone() }
    }

    pub(crate) fn client(&self) -> FileServiceClient<Channel> {
        FileServiceClient::new(self.channel.clone())
    }

    /// A request of this caller.
    pub(crate) fn asks<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        let caller = format!("{} {}", self.organization, self.user);
        request.metadata_mut().insert("caller", caller.parse().unwrap());
        request
    }

    /// The messages of an upload, complete.
    pub(crate) fn messages(&self, name: &str, content: &[u8]) -> Vec<UploadFileRequest> {
        let options = UploadOptions { file_name: name.to_owned(), ..UploadOptions::default() };
        let first = UploadFileRequest {
            workspace_id: self.workspace.to_string(),
            options: Some(options),
            ..UploadFileRequest::default()
        };
        let chunks = content
            .chunks(300_000)
            .map(|chunk| UploadFileRequest { chunk: chunk.to_vec().into(), ..UploadFileRequest::default() });
        let last = UploadFileRequest { complete: true, ..UploadFileRequest::default() };
        std::iter::once(first).chain(chunks).chain([last]).collect()
    }

    pub(crate) async fn send(&self, messages: Vec<UploadFileRequest>) -> Result<StoredFile, Error> {
        let request = self.asks(tokio_stream::iter(messages));
        let answer = self.client().upload_file(request).await.map_err(|status| from_status(&status))?;
        Ok(answer.into_inner().file.unwrap())
    }

    pub(crate) async fn upload(&self, name: &str, content: &[u8]) -> Result<StoredFile, Error> {
        self.send(self.messages(name, content)).await
    }

    pub(crate) async fn download(&self, file: &str, offset: u64, length: u64) -> Result<Vec<u8>, Error> {
        let request =
            DownloadFileRequest { workspace_id: self.workspace.to_string(), file_id: file.to_owned(), offset, length };
        let answer = self.client().download_file(self.asks(request)).await.map_err(|status| from_status(&status))?;
        let (mut stream, mut bytes, mut heads) = (answer.into_inner(), Vec::new(), 0);
        while let Some(message) = stream.message().await.map_err(|status| from_status(&status))? {
            match message.part.unwrap() {
                Part::Head(_) => heads += 1,
                Part::Chunk(chunk) => bytes.extend(chunk),
            }
        }
        assert_eq!(heads, 1);
        Ok(bytes)
    }

    pub(crate) async fn get(&self, file: &str) -> Result<StoredFile, Error> {
        let request = GetFileRequest { workspace_id: self.workspace.to_string(), file_id: file.to_owned() };
        let answer = self.client().get_file(self.asks(request)).await.map_err(|status| from_status(&status))?;
        Ok(answer.into_inner().file.unwrap())
    }

    pub(crate) async fn delete(&self, file: &str) -> Result<(), Error> {
        let request = DeleteFileRequest { workspace_id: self.workspace.to_string(), file_id: file.to_owned() };
        let answer = self.client().delete_file(self.asks(request)).await;
        answer.map(|_| ()).map_err(|status| from_status(&status))
    }

    pub(crate) async fn page(&self, search: &str, page_size: u32, token: &str) -> Result<ListFilesResponse, Error> {
        let request = ListFilesRequest {
            workspace_id: self.workspace.to_string(),
            page_size,
            page_token: token.to_owned(),
            search: search.to_owned(),
        };
        let answer = self.client().list_files(self.asks(request)).await.map_err(|status| from_status(&status))?;
        Ok(answer.into_inner())
    }

    /// The names of all files that a search finds, page by page.
    pub(crate) async fn names(&self, search: &str, page_size: u32) -> Vec<String> {
        let (mut names, mut token) = (Vec::new(), String::new());
        loop {
            let page = self.page(search, page_size, &token).await.unwrap();
            names.extend(page.files.into_iter().map(|file| file.name));
            token = page.next_page_token;
            if token.is_empty() {
                return names;
            }
        }
    }
}

/// Lets everyone in as who they say they are; who says nothing is anonymous.
struct Door;

#[tonic::async_trait]
impl Gate for Door {
    async fn authenticate(&self, _: &'static Method, metadata: &MetadataMap) -> Result<Caller, Error> {
        let said = metadata.get("caller").and_then(|caller| caller.to_str().ok()?.split_once(' '));
        Ok(said.map_or(Caller::Anonymous, |(organization, user)| Caller::User {
            user: user.parse().unwrap(),
            tenant: Tenant { organization: organization.parse().unwrap(), workspace: None },
        }))
    }

    /// Every workspace may be one of the caller's organisation: what is in it, the rows decide.
    async fn authorize(&self, method: &'static Method, caller: &Caller, scope: Scope) -> Result<Option<Tenant>, Error> {
        match (method.access, caller.tenant(), scope) {
            (Access::Anonymous, ..) => Ok(None),
            (_, Some(own), Scope::Workspace(workspace)) => Ok(Some(Tenant { workspace: Some(workspace), ..own })),
            _ => Err(Error::known(&reasons::SIGN_IN_REQUIRED, "saldo.test", "Who is there?")),
        }
    }

    fn refuse(&self, _: &'static Method, error: Error) -> Status {
        to_status(error)
    }
}

/// Bytes without a pattern of the length of a chunk.
pub(crate) fn content(size: usize) -> Vec<u8> {
    (0..size).map(|number| (number * 31 % 253) as u8).collect()
}

pub(crate) fn reason<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.expect_err("a refusal").reason.as_str().to_owned()
}

pub(crate) fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

/// A folder that another user may enter, as PostgreSQL does where tests run as root.
fn folder() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap()
}

/// A new database with the schema of files.
async fn migrated() -> Database {
    let postgres = Postgres::shared().expect("PostgreSQL, which `make setup-test` installs");
    let source = Source::Url(postgres.database(&[SCHEMA]).await);
    let options = Options { source, connections: 8, wait: Duration::from_secs(10) };
    Database::open(&options).await.unwrap()
}
