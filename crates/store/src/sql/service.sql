-- The tables that every service has.

-- Events that its transactions told of, in the order in which those began; published in the order in which they ended.
create table outbox (
  id bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  event_id uuid not null unique,
  kind text not null,
  org_id uuid,
  workspace_id uuid,
  aggregate text not null,
  aggregate_version bigint not null,
  key text not null,
  payload bytea not null,
  traceparent text,
  occurred_at timestamptz not null default clock_timestamp(),
  published_at timestamptz,
  primary key (transaction_id, id),
  unique (aggregate, aggregate_version)
);
call saldo.system_table('outbox');
alter table outbox enable row level security;
alter table outbox force row level security;

-- Which consumer has handled which event: a second time is skipped.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_age on inbox (handled_at);
call saldo.system_table('inbox');

-- Work that waits, runs or has ended.
create table jobs (
  id uuid primary key,
  org_id uuid not null,
  workspace_id uuid,
  kind text not null,
  -- What it works on: of one kind and key there is one job.
  key text not null,
  payload bytea not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempts integer not null default 0,
  max_attempts integer not null check (max_attempts > 0),
  run_at timestamptz not null default now(),
  -- Who runs it, and until when without a sign of life.
  lease uuid,
  leased_until timestamptz,
  cancel_requested boolean not null default false,
  last_reason text,
  traceparent text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (kind, key)
);
create index jobs_waiting on jobs (kind, run_at) where state = 'queued';
create index jobs_running on jobs (kind, leased_until) where state = 'running';
create index jobs_of_tenant on jobs (org_id, kind, created_at);
create index jobs_ended on jobs (ended_at) where ended_at is not null;
call saldo.tenant_table('jobs');

-- Answers to calls that may be repeated with the same key.
create table idempotency_keys (
  org_id uuid not null,
  caller text not null,
  method text not null,
  key text not null,
  request_hash bytea not null,
  response bytea not null,
  created_at timestamptz not null default now(),
  primary key (org_id, caller, method, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
call saldo.tenant_table('idempotency_keys');
