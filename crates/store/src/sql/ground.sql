-- What every schema stands on. Runs again at each migration: all of it says what shall be, nothing is added twice.
create schema if not exists saldo authorization saldo_migrator;
grant usage on schema saldo to public;

-- The tenant of the transaction. Unset it is null, and null equals nothing. (A variable that a transaction has set is an
-- empty text afterwards.)
create or replace function saldo.org_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('saldo.org_id', true), '')::uuid $$;
create or replace function saldo.workspace_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('saldo.workspace_id', true), '')::uuid $$;

-- Makes a table a tenant's: org_id, and workspace_id where it has one, decide who sees a row. Within a workspace only its
-- rows are seen, for the whole organisation those of all its workspaces.
create or replace procedure saldo.tenant_table(target regclass) language plpgsql as $$
declare
  service text;
  rule text := 'org_id = (select saldo.org_id())';
begin
  select nspname into strict service from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = target;
  if exists (select from pg_attribute where attrelid = target and attname = 'workspace_id' and not attisdropped) then
    rule := rule || ' and (workspace_id = (select saldo.workspace_id()) or (select saldo.workspace_id()) is null)';
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to %I using (%s) with check (%s)', target, 'saldo_' || service, rule, rule);
  execute format('create policy system on %s to %I using (true) with check (true)', target, 'saldo_' || service || '_system');
  execute format('create policy migrator on %s to saldo_migrator using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %s to %I, %I', target, 'saldo_' || service, 'saldo_' || service || '_system');
  execute format('comment on table %s is %L', target, 'tenant');
end $$;

-- Makes a table one that no tenant's transaction may read.
create or replace procedure saldo.system_table(target regclass) language plpgsql as $$
declare
  service text;
begin
  select nspname into strict service from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = target;
  execute format('grant select, insert, update, delete on %s to %I', target, 'saldo_' || service || '_system');
  execute format('comment on table %s is %L', target, 'system');
end $$;

revoke all on procedure saldo.tenant_table(regclass), saldo.system_table(regclass) from public;
grant execute on procedure saldo.tenant_table(regclass), saldo.system_table(regclass) to saldo_migrator;
