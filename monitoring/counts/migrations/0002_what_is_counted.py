"""What businesses, people, recipients and visits add to the counts by day: one function of facts each.

A trigger takes off what it gave before a statement and adds what it gives after it; the same functions count everything anew.
"""

from django.db import migrations

BUSINESSES = """
create type counts_business as (id bigint, region_id bigint, granted_on date, fit text);

create function counts_base() returns date language sql immutable as $f$ select date '0001-01-01' $f$;

create function counts_year(granted_on date) returns text language sql immutable as $f$
  select coalesce(extract(year from granted_on)::int::text, 'tanpa')
$f$;

-- The points after a grant that have curves: `monitoring.granted.POINTS`.
create function counts_points(granted_on date) returns table (months int, reached_on date) language sql immutable as $f$
  select months, (granted_on + make_interval(months => months))::date
  from (select 6 union all select generate_series(12, 240, 12)) point (months) where granted_on is not null
$f$;

-- What these businesses add to the counts, without the assessments that are hidden.
create function counts_of_businesses(given counts_business[], hidden bigint[])
returns table (region_id bigint, kind text, code text, day date, number int) language sql stable as $f$
  with business as (
    select id, region_id, granted_on, fit, counts_year(granted_on) as year from unnest(given)
  ), told as (
    select business.*, assessment."on" as since, category, trend, valid_until, last_visit_on is not null as is_seen,
      coalesce(lead(assessment."on") over (partition by business.id order by assessment."on", assessment.id), 'infinity') as next
    from business join monitoring_assessment assessment on assessment.business_id = business.id
    where not exists (select from unnest(hidden) left_out (id) where left_out.id = assessment.id)
  ), holding as (
    select *, case when category = 'closed' then next else least(next, coalesce(valid_until + 1, since)) end as until from told
  ), known as (
    select * from holding where until > since and category <> 'unknown'
  )
  select region_id, 'state', year || ':', counts_base(), 1 from business
  union all
  select region_id, 'state', year || ':' || category, edge.day, edge.number
    from known cross join lateral (values (since, 1), (until, -1)) edge (day, number) where edge.day < 'infinity'
  union all
  select region_id, 'fit', fit || ':', counts_base(), 1 from business where fit is not null
  union all
  select region_id, 'fit', fit || ':' || category, edge.day, edge.number
    from known cross join lateral (values (since, 1), (until, -1)) edge (day, number)
    where fit is not null and edge.day < 'infinity'
  union all
  select region_id, 'found', 'help', edge.day, edge.number
    from holding cross join lateral (values (since, 1), (until, -1)) edge (day, number)
    where until > since and edge.day < 'infinity'
      and (category in ('stagnant', 'declining', 'closed') or trend = 'falling')
  union all
  select region_id, 'found', 'seen', edge.day, edge.number
    from told cross join lateral (values (since, 1), (next, -1)) edge (day, number) where is_seen and edge.day < 'infinity'
  union all
  select region_id, 'after', year || ':' || months || ':', reached_on, 1
    from business cross join lateral counts_points(granted_on)
  union all
  select region_id, 'after', year || ':' || months || ':' || category, reached_on, 1
    from known cross join lateral counts_points(granted_on) where reached_on >= since and reached_on < until
$f$;

create function counts_these(businesses bigint[]) returns counts_business[] language sql stable as $f$
  select coalesce(array_agg((business.id, business.region_id, granted.granted_on, fit.fit)::counts_business), '{}')
  from monitoring_business business
  left join counts_firstgrant granted on granted.person_id = business.person_id
  left join monitoring_skillfit fit on fit.business_id = business.id
  where business.id = any (businesses)
$f$;
"""
PEOPLE = """
-- What these people add to the counts by their steps, without those that are hidden.
create function counts_of_people(people bigint[], hidden bigint[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  with step as (
    select person.id, person.region_id, step.target, step.effective_on as since,
      lead(step.effective_on) over (partition by person.id order by step.effective_on, step.version) as next,
      row_number() over (partition by person.id order by step.version desc) = 1 as is_last
    from clients_person person join clients_personstep step on step.person_id = person.id
    where person.id = any (people)
      and not exists (select from unnest(hidden) left_out (id) where left_out.id = step.id)
  )
  select region_id, 'stage', target, edge.day, edge.number
    from step cross join lateral (values (since, 1::bigint), (next, -1)) edge (day, number) where edge.day is not null
  union all
  select region_id, 'standing', target, counts_base(), 1::bigint from step where is_last
$f$;

-- Recipients whose rupiah are told, by whether their last step, but for the hidden ones, made them independent.
create function counts_of_independent(people bigint[], hidden bigint[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  select granted.region_id, 'cost', counts_year(granted_on) || ':independent', counts_base(), 1::bigint
  from counts_firstgrant granted
  where person_id = any (people) and received is not null and 'independent' = (
    select target from clients_personstep step
    where step.person_id = granted.person_id
      and not exists (select from unnest(hidden) left_out (id) where left_out.id = step.id)
    order by version desc limit 1)
$f$;

-- What these recipients add.
create function counts_of_recipients(given counts_firstgrant[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  with recipient as (select *, counts_year(granted_on) as year from unnest(given))
  select region_id, 'reached', year || ':' || months, reached_on, 1::bigint
    from recipient cross join lateral counts_points(granted_on)
  union all
  select region_id, 'cost', year || ':people', counts_base(), 1::bigint from recipient
  union all
  select region_id, 'cost', year || ':known', counts_base(), 1::bigint from recipient where received is not null
  union all
  select region_id, 'cost', year || ':rupiah', counts_base(), received from recipient where received <> 0
  union all
  select region_id, 'cost', year || ':independent', counts_base(), 1::bigint from recipient
    where received is not null and 'independent' = (
      select target from clients_personstep step where step.person_id = recipient.person_id order by version desc limit 1)
$f$;

-- The first grant and the rupiah of these people, as `monitoring.granted` and `since_grant` tell them of today.
create function counts_reckon_grants(people bigint[]) returns void language plpgsql as $f$
begin
  delete from counts_firstgrant where person_id = any (people)
    and not exists (select from grants_pastgrant listed where listed.person_id = counts_firstgrant.person_id)
    and not exists (
      select from grants_disbursement paid join grants_application application on application.id = paid.application_id
      where application.person_id = counts_firstgrant.person_id
        and not exists (select from grants_bounce bounce where bounce.disbursement_id = paid.id));
  insert into counts_firstgrant (person_id, region_id, granted_on, received)
  select person.id, person.region_id, coalesce(make_date(listed.year, 12, 31), paid.day),
    case when listed.is_told is not false then coalesce(listed.amount, 0) + coalesce(money.amount, 0) end
  from clients_person person
  left join lateral (
    select min(year) as year, sum(amount) as amount, bool_and(amount is not null) as is_told, count(*) as n
    from grants_pastgrant where person_id = person.id
  ) listed on true
  left join lateral (
    select min(paid_on) as day, count(*) as n
    from grants_application application join grants_disbursement given on given.application_id = application.id
    where application.person_id = person.id
      and not exists (select from grants_bounce bounce where bounce.disbursement_id = given.id)
  ) paid on true
  left join lateral (
    select sum(case when entry.kind = 'disburse' then entry.amount
        when entry.kind = 'return' or (entry.kind = 'reverse' and original.kind = 'disburse') then -entry.amount end) as amount
    from grants_application application join grants_entry entry on entry.application_id = application.id
    left join grants_entry original on original.id = entry.reverses_id
    where application.person_id = person.id
  ) money on true
  where person.id = any (people) and listed.n + paid.n > 0
  on conflict (person_id) do update
    set region_id = excluded.region_id, granted_on = excluded.granted_on, received = excluded.received
    where (counts_firstgrant.region_id, counts_firstgrant.granted_on, counts_firstgrant.received)
      is distinct from (excluded.region_id, excluded.granted_on, excluded.received);
end $f$;
"""
VISITS = """
-- What these visits add to the counts, but for those that a correction replaced.
create function counts_of_visits(visits bigint[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  select region_id, 'visit', case when not operating then 'shut' when turnover is null then 'unknown' else 'figure' end,
    visited_on, 1::bigint
  from monitoring_visit visit
  where id = any (visits) and not exists (select from monitoring_visit later where later.replaces_id = visit.id)
$f$;

-- As what a visit that waits counts.
create function counts_of_due(officer bigint) returns table (code text) language sql immutable as $f$
  select 'open' union all select 'alone' where officer is null
$f$;
"""
CLOSED = """
revoke all on function
  counts_base(), counts_year(date), counts_points(date), counts_of_businesses(counts_business[], bigint[]),
  counts_these(bigint[]), counts_of_people(bigint[], bigint[]), counts_of_independent(bigint[], bigint[]),
  counts_of_recipients(counts_firstgrant[]), counts_reckon_grants(bigint[]), counts_of_visits(bigint[]),
  counts_of_due(bigint) from public;
"""
GONE = """
drop function
  counts_of_due(bigint), counts_of_visits(bigint[]), counts_reckon_grants(bigint[]),
  counts_of_recipients(counts_firstgrant[]), counts_of_independent(bigint[], bigint[]), counts_of_people(bigint[],
  bigint[]), counts_these(bigint[]), counts_of_businesses(counts_business[], bigint[]), counts_points(date),
  counts_year(date), counts_base();
drop type counts_business;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0001_counts_by_day"),
        ("monitoring", "0013_fit_of_the_untrained"),
        ("grants", "0011_receipts_count_once"),
    ]
    operations = [migrations.RunSQL(BUSINESSES + PEOPLE + VISITS + CLOSED, GONE)]
