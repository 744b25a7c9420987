-- Analyses of files, every report they led to, and the rows of those.
create table analyses (
  id uuid primary key,
  org_id uuid not null,
  workspace_id uuid not null,
  version bigint not null default 1,
  title text not null,
  state text not null check (state in ('queued', 'running', 'asking', 'done', 'failed', 'cancelled')),
  -- Which set of answers is worked out, and of which the newest report is.
  revision integer not null default 1,
  report_revision integer not null default 0,
  -- Encoded messages of the contract: what the user says, what is asked, the report in short.
  answers bytea not null,
  question bytea,
  digest bytea,
  failure_reason text,
  failure_message text,
  failure_hint text,
  -- How far the work is.
  stage integer not null default 0,
  done bigint not null default 0,
  total bigint not null default 0,
  -- Title and file names in lower case, for the search.
  words text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index analyses_of_workspace on analyses (org_id, workspace_id, id desc);
call saldo.tenant_table('analyses');

create table analysis_files (
  analysis_id uuid not null references analyses on delete cascade,
  place integer not null,
  org_id uuid not null,
  workspace_id uuid not null,
  file_id uuid not null,
  name text not null,
  primary key (analysis_id, place)
);
create index analysis_files_of_file on analysis_files (file_id);
call saldo.tenant_table('analysis_files');

create table reports (
  analysis_id uuid not null references analyses on delete cascade,
  revision integer not null,
  org_id uuid not null,
  workspace_id uuid not null,
  report bytea not null,
  created_at timestamptz not null default now(),
  primary key (analysis_id, revision)
);
call saldo.tenant_table('reports');

-- Encoded batches; `first` is the number of the first row of each.
create table report_rows (
  analysis_id uuid not null,
  revision integer not null,
  first integer not null,
  org_id uuid not null,
  workspace_id uuid not null,
  rows bytea not null,
  primary key (analysis_id, revision, first),
  foreign key (analysis_id, revision) references reports on delete cascade
);
call saldo.tenant_table('report_rows');
