"""The ledger in the database: documents post to it, triggers keep every balance, and nothing else writes either.

All functions run as the owner. Trigger functions cannot be called; `grants_post` may be called by nobody but them.
"""

from django.conf import settings
from django.db import migrations

BORN = """
create function grants_line_gets_its_balance() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into grants_budgetbalance (line_id, ceiling, allocated) values (new.id, 0, 0);
  return null;
end $body$;
create trigger grants_gets_its_balance after insert on grants_budgetline
  for each row execute function grants_line_gets_its_balance();

create function grants_allocation_gets_its_balance() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into grants_allocationbalance (allocation_id, ceiling, committed, disbursed, accounted, returned, entries, last_hash)
    values (new.id, 0, 0, 0, 0, 0, 0, '');
  update grants_application application set allocation_id = new.id
    from grants_call call where call.id = application.call_id and call.line_id = new.line_id
      and application.region_id = new.region_id and application.allocation_id is null;
  return null;
end $body$;
create trigger grants_gets_its_balance after insert on grants_allocation
  for each row execute function grants_allocation_gets_its_balance();

create function grants_application_is_placed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  select identity_id, region_id into new.identity_id, new.region_id from clients_person where id = new.person_id;
  select line.year, allocation.id into new.year, new.allocation_id
    from grants_call call join grants_budgetline line on line.id = call.line_id
    left join grants_allocation allocation on allocation.line_id = line.id and allocation.region_id = new.region_id
    where call.id = new.call_id;
  new.cycle := 1; new.recommended := null;
  return new;
end $body$;
create trigger grants_is_placed before insert on grants_application
  for each row execute function grants_application_is_placed();

create function grants_application_gets_its_balance() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into grants_applicationbalance (application_id, committed, disbursed, accounted, returned)
    values (new.id, 0, 0, 0, 0);
  return null;
end $body$;
create trigger grants_gets_its_balance after insert on grants_application
  for each row execute function grants_application_gets_its_balance();

create function grants_follow_the_identity() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  update grants_application set identity_id = new.identity_id where person_id = new.id;
  return null;
end $body$;
create trigger grants_follow_the_identity after update of identity_id on clients_person
  for each row when (old.identity_id is distinct from new.identity_id) execute function grants_follow_the_identity();
"""
UNBORN = """
drop trigger grants_follow_the_identity on clients_person;
drop function grants_follow_the_identity();
drop trigger grants_gets_its_balance on grants_application;
drop function grants_application_gets_its_balance();
drop trigger grants_is_placed on grants_application;
drop function grants_application_is_placed();
drop trigger grants_gets_its_balance on grants_allocation;
drop function grants_allocation_gets_its_balance();
drop trigger grants_gets_its_balance on grants_budgetline;
drop function grants_line_gets_its_balance();
"""

CEILINGS = """
create function grants_ceiling_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  update grants_budgetbalance set ceiling = ceiling + new.amount where line_id = new.line_id;
  return null;
end $body$;
create trigger grants_ceiling_follows after insert on grants_ceilingchange
  for each row execute function grants_ceiling_follows();

create function grants_allocation_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  update grants_budgetbalance balance set allocated = allocated + new.amount
    from grants_allocation allocation where allocation.id = new.allocation_id and balance.line_id = allocation.line_id;
  update grants_allocationbalance set ceiling = ceiling + new.amount where allocation_id = new.allocation_id;
  return null;
end $body$;
create trigger grants_allocation_follows after insert on grants_allocationchange
  for each row execute function grants_allocation_follows();
"""
NO_CEILINGS = """
drop trigger grants_allocation_follows on grants_allocationchange;
drop function grants_allocation_follows();
drop trigger grants_ceiling_follows on grants_ceilingchange;
drop function grants_ceiling_follows();
"""

LEDGER = """
create function grants_lock_money(applications bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform from grants_allocationbalance where allocation_id in (
    select allocation_id from grants_application where id = any (applications)) order by allocation_id for update;
  perform from grants_application where id = any (applications) order by id for update;
end $body$;
grant execute on function grants_lock_money(bigint[]) to {prefix}_province;

create function grants_entry_hash(entry grants_entry) returns text language sql stable as $body$
  select encode(sha256(convert_to(concat_ws('|', entry.number, entry.allocation_id, entry.application_id, entry.region_id,
    entry.kind, entry.amount, coalesce(entry.reverses_id::text, '-'), entry.key, entry.by_id,
    (extract(epoch from entry.posted_at) * 1000000)::bigint, entry.previous_hash), 'UTF8')), 'hex')
$body$;

create function grants_entry_joins_the_chain() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  head grants_allocationbalance;
begin
  select * into head from grants_allocationbalance where allocation_id = new.allocation_id for update;
  new.number := head.entries + 1;
  new.previous_hash := head.last_hash;
  new.posted_at := clock_timestamp();
  new.hash := grants_entry_hash(new);
  return new;
end $body$;
create trigger grants_joins_the_chain before insert on grants_entry
  for each row execute function grants_entry_joins_the_chain();

create function grants_entry_moves_the_balances() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  what text := new.kind;
  sign integer := 1;
  original grants_entry;
begin
  if new.kind = 'release' then
    what := 'commit'; sign := -1;
  elsif new.kind = 'reverse' then
    select * into original from grants_entry where id = new.reverses_id;
    what := original.kind; sign := -1;
    if original.application_id <> new.application_id or original.kind not in ('disburse', 'account')
      or (select sum(amount) from grants_entry where reverses_id = original.id) > original.amount
    then
      raise 'Pembatalan harus menyebut catatan aslinya dan tidak boleh melebihinya.'
        using errcode = 'check_violation', constraint = 'entry_reverses_what_is_there';
    end if;
  end if;
  update grants_allocationbalance set
      committed = committed + case what when 'commit' then sign * new.amount else 0 end,
      disbursed = disbursed + case what when 'disburse' then sign * new.amount else 0 end,
      accounted = accounted + case what when 'account' then sign * new.amount else 0 end,
      returned = returned + case what when 'return' then sign * new.amount else 0 end,
      entries = new.number, last_hash = new.hash
    where allocation_id = new.allocation_id;
  update grants_applicationbalance set
      committed = committed + case what when 'commit' then sign * new.amount else 0 end,
      disbursed = disbursed + case what when 'disburse' then sign * new.amount else 0 end,
      accounted = accounted + case what when 'account' then sign * new.amount else 0 end,
      returned = returned + case what when 'return' then sign * new.amount else 0 end
    where application_id = new.application_id;
  return null;
end $body$;
create trigger grants_moves_the_balances after insert on grants_entry
  for each row execute function grants_entry_moves_the_balances();

create function grants_entry_stays() returns trigger language plpgsql as $body$
begin
  raise 'Buku besar tidak pernah diubah; koreksi adalah catatan baru yang menyebut aslinya.'
    using errcode = 'check_violation', constraint = 'entry_stays';
end $body$;
create trigger grants_stays before update or delete on grants_entry
  for each row execute function grants_entry_stays();

create function grants_post(of_application bigint, what text, rupiah bigint, document text, whose bigint,
                            original bigint default null) returns void
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if exists (select from grants_hold where application_id = of_application and lifted_at is null) then
    raise 'Uang usulan ini sedang ditahan. Lepaskan penahanannya dulu.'
      using errcode = 'check_violation', constraint = 'money_is_on_hold';
  end if;
  if (select allocation_id from grants_application where id = of_application) is null then
    raise 'Kab/kota ini belum punya alokasi pada mata anggaran ini.'
      using errcode = 'check_violation', constraint = 'application_has_an_allocation';
  end if;
  insert into grants_entry (allocation_id, application_id, region_id, number, kind, amount, reverses_id, key, by_id,
                            posted_at, previous_hash, hash)
    select application.allocation_id, application.id, application.region_id, 0, what, rupiah, original, document, whose,
      clock_timestamp(), '', '' from grants_application application where application.id = of_application;
end $body$;
"""
NO_LEDGER = """
drop function grants_post(bigint, text, bigint, text, bigint, bigint);
drop trigger grants_stays on grants_entry;
drop function grants_entry_stays();
drop trigger grants_moves_the_balances on grants_entry;
drop function grants_entry_moves_the_balances();
drop trigger grants_joins_the_chain on grants_entry;
drop function grants_entry_joins_the_chain();
drop function grants_entry_hash(grants_entry);
drop function grants_lock_money(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_grants")]
    operations = [
        migrations.RunSQL(BORN, UNBORN),
        migrations.RunSQL(CEILINGS, NO_CEILINGS),
        migrations.RunSQL(LEDGER.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), NO_LEDGER),
    ]
