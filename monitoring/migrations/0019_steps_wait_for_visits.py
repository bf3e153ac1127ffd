"""Whoever changes a person's way waits for whoever writes a visit, and the other way round; else the two deadlock.

A visit holds its business and then what hangs on it: the visit that waits, readiness, the clock of help. A step reached the
same rows from the other side.
"""

from django.db import migrations

WAIT = """
-- Locks a person and then the businesses: in this order, before anything that hangs on either.
create function monitoring_hold_person(who bigint) returns void language plpgsql as $body$
begin
  perform from clients_person where id = who for no key update;
  perform from monitoring_business where person_id = who order by id for no key update;
end $body$;

create function monitoring_step_waits_for_visits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform monitoring_hold_person(new.person_id);
  return new;
end $body$;
create trigger waits_for_visits before insert on clients_personstep
  for each row when (new.version > 1) execute function monitoring_step_waits_for_visits();

revoke all on function monitoring_hold_person(bigint), monitoring_step_waits_for_visits() from public;
"""
BACK = """
drop trigger waits_for_visits on clients_personstep;
drop function monitoring_step_waits_for_visits(), monitoring_hold_person(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0018_open_visit_of_a_business"), ("clients", "0014_born_in_the_status_of_the_step")]
    operations = [migrations.RunSQL(WAIT, BACK)]
