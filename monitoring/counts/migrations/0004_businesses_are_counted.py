"""Businesses, their assessments and fit, visits and those that wait are counted by whatever statement writes them."""

from django.db import migrations

OWNERS = "language plpgsql security definer set search_path = public, pg_temp"
TRIGGERS = f"""
create function counts_assessed() returns trigger {OWNERS} as $f$
declare these counts_business[] := counts_these(array(select distinct business_id from added));
begin
  perform counts_change_businesses(these, array(select id from added), these, '{{}}', array['state', 'found', 'after', 'fit']);
  return null;
end $f$;
create trigger counts_what_is_assessed after insert on monitoring_assessment referencing new table as added
  for each statement execute function counts_assessed();

create function counts_unassessed() returns trigger {OWNERS} as $f$
declare these counts_business[] := counts_these(array[old.business_id]);
begin
  perform counts_change_businesses(these, '{{}}', these, array[old.id], array['state', 'found', 'after', 'fit']);
  return old;
end $f$;
create trigger counts_what_is_taken_back before delete on monitoring_assessment
  for each row execute function counts_unassessed();

create function counts_new_businesses() returns trigger {OWNERS} as $f$
begin
  perform counts_change_businesses('{{}}', '{{}}', counts_these(array(select id from added)), '{{}}',
    array['state', 'found', 'after']);
  return null;
end $f$;
create trigger counts_new after insert on monitoring_business referencing new table as added
  for each statement execute function counts_new_businesses();

create function counts_changed_businesses() returns trigger {OWNERS} as $f$
begin
  if not exists (select from added join removed using (id)
                 where (added.region_id, added.person_id) <> (removed.region_id, removed.person_id)) then
    return null;
  end if;
  perform counts_change_businesses(
    array(select (removed.id, removed.region_id, granted.granted_on, fit.fit)::counts_business from removed
      left join counts_firstgrant granted on granted.person_id = removed.person_id
      left join monitoring_skillfit fit on fit.business_id = removed.id), '{{}}',
    counts_these(array(select id from added)), '{{}}', array['state', 'found', 'after', 'fit']);
  return null;
end $f$;
create trigger counts_changed after update on monitoring_business referencing old table as removed new table as added
  for each statement execute function counts_changed_businesses();

create function counts_businesses_gone() returns trigger {OWNERS} as $f$
begin
  perform counts_change_businesses(
    array(select (removed.id, removed.region_id, granted.granted_on, fit.fit)::counts_business from removed
      left join counts_firstgrant granted on granted.person_id = removed.person_id
      left join monitoring_skillfit fit on fit.business_id = removed.id), '{{}}',
    '{{}}', '{{}}', array['state', 'found', 'after', 'fit']);
  return null;
end $f$;
create trigger counts_gone after delete on monitoring_business referencing old table as removed
  for each statement execute function counts_businesses_gone();

create function counts_fit_of(business bigint, fit text) returns counts_business[] language sql stable as $f$
  select coalesce(array_agg((id, region_id, null, fit)::counts_business), '{{}}') from monitoring_business where id = business
$f$;
create function counts_fits() returns trigger {OWNERS} as $f$
begin
  perform counts_change_businesses('{{}}', '{{}}',
    array(select (business.id, business.region_id, null, added.fit)::counts_business
          from added join monitoring_business business on business.id = added.business_id), '{{}}', array['fit']);
  return null;
end $f$;
create trigger counts_new after insert on monitoring_skillfit referencing new table as added
  for each statement execute function counts_fits();
create function counts_fit_again() returns trigger {OWNERS} as $f$
begin
  perform counts_change_businesses(counts_fit_of(new.business_id, old.fit), '{{}}',
    counts_fit_of(new.business_id, new.fit), '{{}}', array['fit']);
  return null;
end $f$;
create trigger counts_changed after update on monitoring_skillfit
  for each row when (old.fit <> new.fit) execute function counts_fit_again();

create function counts_visited() returns trigger {OWNERS} as $f$
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, 'change', day, sum(n) from (
    select region_id, kind, code, day, number as n from counts_of_visits(array(select id from added))
    union all
    select region_id, 'visit', case when not operating then 'shut' when turnover is null then 'unknown' else 'figure' end,
      visited_on, -1
      from monitoring_visit where id in (select replaces_id from added) and id not in (select id from added)
  ) changed group by 1, 2, 3, 5 having sum(n) <> 0;
  return null;
end $f$;
create trigger counts_new after insert on monitoring_visit referencing new table as added
  for each statement execute function counts_visited();

create function counts_dues_changed() returns trigger {OWNERS} as $f$
declare new_rows bigint;
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, 'due', code, 'change', expected_on, sum(n) from (
    select region_id, expected_on, officer_id, closed_on, 1 as n from added
    union all
    select region_id, expected_on, officer_id, closed_on, -1 from removed
  ) changed cross join lateral counts_of_due(officer_id) told (code)
  where closed_on is null group by 1, 3, 5 having sum(n) <> 0;
  get diagnostics new_rows = row_count;
  perform counts_settle(new_rows);
  return null;
end $f$;
create trigger counts_changed after update on monitoring_duevisit referencing old table as removed new table as added
  for each statement execute function counts_dues_changed();

create function counts_dues_come_and_go() returns trigger {OWNERS} as $f$
declare new_rows bigint;
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, 'due', code, 'change', expected_on, tg_argv[0]::int * count(*)
  from touched cross join lateral counts_of_due(officer_id) told (code) where closed_on is null group by 1, 3, 5;
  get diagnostics new_rows = row_count;
  perform counts_settle(new_rows);
  return null;
end $f$;
create trigger counts_new after insert on monitoring_duevisit referencing new table as touched
  for each statement execute function counts_dues_come_and_go('1');
create trigger counts_gone after delete on monitoring_duevisit referencing old table as touched
  for each statement execute function counts_dues_come_and_go('-1');
"""
CLOSED = """
revoke all on function
  counts_assessed(), counts_unassessed(), counts_new_businesses(), counts_changed_businesses(),
  counts_businesses_gone(), counts_fit_of(bigint, text), counts_fits(), counts_fit_again(), counts_visited(),
  counts_dues_changed(), counts_dues_come_and_go() from public;
"""
GONE = """
drop trigger counts_what_is_assessed on monitoring_assessment;
drop trigger counts_what_is_taken_back on monitoring_assessment;
drop trigger counts_new on monitoring_business;
drop trigger counts_changed on monitoring_business;
drop trigger counts_gone on monitoring_business;
drop trigger counts_new on monitoring_skillfit;
drop trigger counts_changed on monitoring_skillfit;
drop trigger counts_new on monitoring_visit;
drop trigger counts_changed on monitoring_duevisit;
drop trigger counts_new on monitoring_duevisit;
drop trigger counts_gone on monitoring_duevisit;
drop function
  counts_dues_come_and_go(), counts_dues_changed(), counts_visited(), counts_fit_again(), counts_fits(),
  counts_fit_of(bigint, text), counts_businesses_gone(), counts_changed_businesses(), counts_new_businesses(),
  counts_unassessed(), counts_assessed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0003_counts_are_sums"),
    ]
    operations = [migrations.RunSQL(TRIGGERS + CLOSED, GONE)]
