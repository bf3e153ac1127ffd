"""People, their steps and their grants are counted by whatever statement writes them; then all that is there already."""

from django.db import migrations

OWNERS = "language plpgsql security definer set search_path = public, pg_temp"
TRIGGERS = f"""
create function counts_stepped() returns trigger {OWNERS} as $f$
begin
  perform counts_change_people(array(select distinct person_id from added), array(select id from added), '{{}}');
  return null;
end $f$;
create trigger counts_stages after insert on clients_personstep referencing new table as added
  for each statement execute function counts_stepped();

create function counts_unstepped() returns trigger {OWNERS} as $f$
begin
  perform counts_change_people(array[old.person_id], '{{}}', array[old.id]);
  return old;
end $f$;
create trigger counts_what_is_taken_back before delete on clients_personstep
  for each row execute function counts_unstepped();

create function counts_follow_the_person() returns trigger {OWNERS} as $f$
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select place.region_id, kind, code, 'change', day, place.sign * number
  from counts_of_people(array[new.id], '{{}}')
  cross join (values (old.region_id, -1), (new.region_id, 1)) place (region_id, sign);
  update counts_firstgrant set region_id = new.region_id where person_id = new.id;
  return null;
end $f$;
create trigger counts_follow after update on clients_person for each row
  when (old.region_id is distinct from new.region_id) execute function counts_follow_the_person();

create function counts_recipients() returns trigger {OWNERS} as $f$
declare
  before counts_firstgrant[] := '{{}}';
  after counts_firstgrant[] := '{{}}';
begin
  if tg_op <> 'INSERT' then before := array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from removed); end if;
  if tg_op <> 'DELETE' then after := array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from added); end if;
  perform counts_change_recipients(before, after);
  perform counts_change_businesses(
    array(select (business.id, business.region_id, granted.granted_on, null)::counts_business
      from monitoring_business business join (
        select person_id from unnest(before) union select person_id from unnest(after)) touched using (person_id)
      left join unnest(before) granted using (person_id)), '{{}}',
    array(select (business.id, business.region_id, granted.granted_on, null)::counts_business
      from monitoring_business business join (
        select person_id from unnest(before) union select person_id from unnest(after)) touched using (person_id)
      left join unnest(after) granted using (person_id)), '{{}}', array['state', 'after']);
  return null;
end $f$;
create trigger counts_new after insert on counts_firstgrant referencing new table as added
  for each statement execute function counts_recipients();
create trigger counts_changed after update on counts_firstgrant referencing old table as removed new table as added
  for each statement execute function counts_recipients();
create trigger counts_gone after delete on counts_firstgrant referencing old table as removed
  for each statement execute function counts_recipients();

create function counts_listed() returns trigger {OWNERS} as $f$
begin
  perform counts_reckon_grants(array(select distinct person_id from touched));
  return null;
end $f$;
create trigger counts_new after insert on grants_pastgrant referencing new table as touched
  for each statement execute function counts_listed();
create trigger counts_changed after update on grants_pastgrant referencing new table as touched
  for each statement execute function counts_listed();
create trigger counts_gone after delete on grants_pastgrant referencing old table as touched
  for each statement execute function counts_listed();

create function counts_paid() returns trigger {OWNERS} as $f$
begin
  perform counts_reckon_grants(array(
    select distinct person_id from touched join grants_application application on application.id = touched.application_id));
  return null;
end $f$;
create trigger counts_new after insert on grants_disbursement referencing new table as touched
  for each statement execute function counts_paid();
create trigger counts_new after insert on grants_entry referencing new table as touched
  for each statement execute function counts_paid();

create function counts_bounced() returns trigger {OWNERS} as $f$
begin
  perform counts_reckon_grants(array(
    select distinct person_id from touched join grants_disbursement paid on paid.id = touched.disbursement_id
      join grants_application application on application.id = paid.application_id));
  return null;
end $f$;
create trigger counts_new after insert on grants_bounce referencing new table as touched
  for each statement execute function counts_bounced();
"""
CLOSED = """
revoke all on function
  counts_stepped(), counts_unstepped(), counts_follow_the_person(), counts_recipients(), counts_listed(),
  counts_paid(), counts_bounced() from public;
select counts_rebuild();
"""
GONE = """
drop trigger counts_stages on clients_personstep;
drop trigger counts_what_is_taken_back on clients_personstep;
drop trigger counts_follow on clients_person;
drop trigger counts_new on counts_firstgrant;
drop trigger counts_changed on counts_firstgrant;
drop trigger counts_gone on counts_firstgrant;
drop trigger counts_new on grants_pastgrant;
drop trigger counts_changed on grants_pastgrant;
drop trigger counts_gone on grants_pastgrant;
drop trigger counts_new on grants_disbursement;
drop trigger counts_new on grants_entry;
drop trigger counts_new on grants_bounce;
drop function
  counts_bounced(), counts_paid(), counts_listed(), counts_recipients(), counts_follow_the_person(),
  counts_unstepped(), counts_stepped();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0004_businesses_are_counted"),
    ]
    operations = [migrations.RunSQL(TRIGGERS + CLOSED, GONE)]
