-- Events of an aggregate keep its order in (transaction_id, id). Its row is locked while an event is told, so ids rise with the
-- versions; the numbers of transactions need not: one that began early may come to the row late. Such an event takes the number
-- of the one before it. That only delays it: whoever reads in this order waits for all transactions up to the number.
create or replace function order_event() returns trigger language plpgsql security definer set search_path from current as $$
declare
  before xid8;
begin
  select transaction_id into before from outbox
    where aggregate = new.aggregate and aggregate_version < new.aggregate_version
    order by aggregate_version desc limit 1;
  new.transaction_id := greatest(new.transaction_id, before);
  return new;
end $$;
revoke all on function order_event() from public;
create or replace trigger order_event before insert on outbox for each row execute function order_event();
