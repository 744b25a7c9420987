-- Who reads events, how far each has come, and what could not be handled. Reached by the system role of the bus only.

-- A group handles each event once. Its number is what its locks are made of.
create table groups (
  id integer generated always as identity primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);
call saldo.system_table('groups');

-- A group was asked to handle the events since a moment again. What it handles from then on counts under a new name in its
-- inbox, or it would skip all of them.
create table replays (
  group_id integer not null references groups on delete cascade,
  generation integer not null check (generation > 0),
  from_at timestamptz not null,
  asked_at timestamptz not null default now(),
  primary key (group_id, generation)
);
call saldo.system_table('replays');

-- How far a group has come in one outbox and partition: all up to and with this row is handled. Only where events are read
-- from the outboxes; Kafka keeps offsets of its own. They are written often and in place.
create table cursors (
  group_id integer not null references groups on delete cascade,
  outbox text not null,
  partition integer not null,
  transaction_id xid8 not null default '0',
  id bigint not null default 0,
  -- Of the last replay that moved it; who knows an older one may not move it.
  generation integer not null default 0,
  primary key (group_id, outbox, partition)
) with (fillfactor = 50);
call saldo.system_table('cursors');

-- Events that a group has tried often enough, whole, so that they can be tried again when the outbox has let go of them.
create table dead_letters (
  id bigint generated always as identity primary key,
  group_name text not null,
  event_id uuid not null,
  kind text not null,
  org_id uuid,
  workspace_id uuid,
  aggregate text not null,
  aggregate_version bigint not null,
  payload bytea not null,
  traceparent text,
  occurred_at timestamptz not null,
  state text not null default 'parked' check (state in ('parked', 'replay')),
  -- While it is tried again, nobody else takes it.
  claimed_until timestamptz,
  tries integer not null,
  -- Why the last try failed.
  reason text not null,
  message text not null,
  parked_at timestamptz not null default now(),
  unique (group_name, event_id)
);
create index dead_letters_to_replay on dead_letters (group_name, id) where state = 'replay';
call saldo.system_table('dead_letters');
