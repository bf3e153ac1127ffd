"""Changes of counts are written down, and now and then added up; everything can be counted anew.

First grants are reckoned here, before the triggers that follow them are there.
"""

from django.db import migrations

SUMS = """
-- Adds up what changed, by day, month and year, for each region and for all of them. Whoever comes while another does it leaves it to him.
create function counts_compact() returns void language plpgsql as $f$
begin
  if not pg_try_advisory_xact_lock(hashtext('counts_compact')) then return; end if;
  with gone as (delete from counts_daycount where grain = 'change' returning region_id, kind, code, day, number),
  sums as (
    select place.region_id, kind, code, coarse.grain, coarse.day, sum(number) as number
    from gone cross join lateral (values
      ('day', day), ('month', date_trunc('month', day::timestamp)::date), ('year', date_trunc('year', day::timestamp)::date)
    ) coarse (grain, day) cross join lateral (values (gone.region_id), (null)) place (region_id) group by 1, 2, 3, 4, 5
  )
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, grain, day, number from sums where number <> 0
  on conflict (kind, grain, region_id, day, code) where not (grain = 'change')
    do update set number = counts_daycount.number + excluded.number;
end $f$;

-- After so many new rows: now and then, and at once when a list came.
create function counts_settle(new_rows bigint) returns void language plpgsql as $f$
begin
  if new_rows > 1000 or random() < 0.01 then perform counts_compact(); end if;
end $f$;

create function counts_change_businesses(
  before counts_business[], hidden_before bigint[], after counts_business[], hidden_after bigint[], kinds text[]
) returns void language plpgsql as $f$
declare new_rows bigint;
begin
  if before = '{}' and after = '{}' then return; end if;
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, 'change', day, sum(n) from (
    select region_id, kind, code, day, -number as n from counts_of_businesses(before, hidden_before) where kind = any (kinds)
    union all
    select region_id, kind, code, day, number from counts_of_businesses(after, hidden_after) where kind = any (kinds)
  ) changed group by 1, 2, 3, 5 having sum(n) <> 0;
  get diagnostics new_rows = row_count;
  perform counts_settle(new_rows);
end $f$;

create function counts_change_people(people bigint[], hidden_before bigint[], hidden_after bigint[])
returns void language plpgsql as $f$
declare new_rows bigint;
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, 'change', day, sum(n) from (
    select region_id, kind, code, day, -number as n from counts_of_people(people, hidden_before)
    union all
    select region_id, kind, code, day, number from counts_of_people(people, hidden_after)
    union all
    select region_id, kind, code, day, -number from counts_of_independent(people, hidden_before)
    union all
    select region_id, kind, code, day, number from counts_of_independent(people, hidden_after)
  ) changed group by 1, 2, 3, 5 having sum(n) <> 0;
  get diagnostics new_rows = row_count;
  perform counts_settle(new_rows);
end $f$;

create function counts_change_recipients(before counts_firstgrant[], after counts_firstgrant[])
returns void language plpgsql as $f$
begin
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, 'change', day, sum(n) from (
    select region_id, kind, code, day, -number as n from counts_of_recipients(before)
    union all
    select region_id, kind, code, day, number from counts_of_recipients(after)
  ) changed group by 1, 2, 3, 5 having sum(n) <> 0;
end $f$;

create function counts_reckon_all_grants() returns void language plpgsql as $f$
declare
  low bigint;
  many constant bigint := 50000;
begin
  delete from counts_firstgrant where not exists (select from clients_person person where person.id = person_id);
  for low in select generate_series(0, coalesce((select max(id) from clients_person), 0), many) loop
    perform counts_reckon_grants(array(select id from clients_person where id > low and id <= low + many));
  end loop;
  analyze counts_firstgrant;
end $f$;

-- Everything anew, so many at a time.
create function counts_rebuild() returns void language plpgsql as $f$
declare
  low bigint;
  many constant bigint := 50000;
  last constant bigint := greatest((select max(id) from clients_person), (select max(id) from monitoring_business), 0);
begin
  lock table counts_daycount, counts_firstgrant in share row exclusive mode;
  perform counts_reckon_all_grants();
  delete from counts_daycount;
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, 'due', code, 'change', expected_on, count(*)
  from monitoring_duevisit cross join lateral counts_of_due(officer_id) told (code) where closed_on is null group by 1, 3, 5;
  for low in select generate_series(0, last, many) loop
    insert into counts_daycount (region_id, kind, code, grain, day, number)
    select region_id, kind, code, 'change', day, sum(number) from (
      select * from counts_of_people(array(select id from clients_person where id > low and id <= low + many), '{}')
      union all
      select * from counts_of_recipients(array(
        select row(person_id, granted_on, received, region_id)::counts_firstgrant
        from counts_firstgrant where person_id > low and person_id <= low + many))
      union all
      select * from counts_of_businesses(counts_these(array(
        select id from monitoring_business where id > low and id <= low + many)), '{}')
      union all
      select * from counts_of_visits(array(select id from monitoring_visit
        where business_id in (select id from monitoring_business where id > low and id <= low + many)))
    ) counted group by 1, 2, 3, 5 having sum(number) <> 0;
  end loop;
  perform counts_compact();
end $f$;
"""
CLOSED = """
revoke all on function
  counts_compact(), counts_settle(bigint), counts_change_businesses(counts_business[], bigint[], counts_business[],
  bigint[], text[]), counts_change_people(bigint[], bigint[], bigint[]),
  counts_change_recipients(counts_firstgrant[], counts_firstgrant[]), counts_reckon_all_grants(), counts_rebuild() from public;
select counts_reckon_all_grants();
"""
GONE = """
drop function
  counts_rebuild(), counts_reckon_all_grants(), counts_change_recipients(counts_firstgrant[], counts_firstgrant[]),
  counts_change_people(bigint[], bigint[], bigint[]), counts_change_businesses(counts_business[], bigint[],
  counts_business[], bigint[], text[]), counts_settle(bigint), counts_compact();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0002_what_is_counted"),
    ]
    operations = [migrations.RunSQL(SUMS + CLOSED, GONE)]
