-- Files, the keys they are encrypted with, and what each organisation has of them.

-- A row is there only if its object is: it is written when the object is complete, and goes after it.
create table files (
  id uuid primary key,
  org_id uuid not null,
  workspace_id uuid not null,
  version bigint not null default 1,
  -- As given; never trusted.
  name text not null,
  -- What the bytes are, by the bytes.
  content_type text not null,
  -- Of the plain bytes.
  size_bytes bigint not null check (size_bytes >= 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- Which of the organisation's data keys the object is under.
  key_version integer not null,
  uploaded_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  -- From here on nobody sees it; the collector removes the object, then the row.
  deleted_at timestamptz
);
-- Lists: newest first, for ids rise with time.
create index files_listed on files (workspace_id, id desc) where deleted_at is null;
create index files_deleted on files (deleted_at) where deleted_at is not null;
create index files_expiring on files (expires_at) where expires_at is not null and deleted_at is null;
call saldo.tenant_table('files');

-- Keys of files, each wrapped by a master key. New files get the newest version.
create table data_keys (
  org_id uuid not null,
  version integer not null check (version > 0),
  -- The id of the master key that wraps it.
  master text not null,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  primary key (org_id, version)
);
create index data_keys_master on data_keys (master);
call saldo.tenant_table('data_keys');

-- What an organisation has in files that are not deleted. The row is locked by who adds or deletes one.
create table usage (
  org_id uuid primary key,
  files bigint not null default 0 check (files >= 0),
  bytes bigint not null default 0 check (bytes >= 0)
);
call saldo.tenant_table('usage');
