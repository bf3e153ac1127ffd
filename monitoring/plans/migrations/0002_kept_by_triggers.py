"""The clock of those who need help, kept wherever assessments, plans, people and businesses change; and the counts of what helped."""

from django.conf import settings
from django.db import migrations

CLOCK = """
-- Since when each of these businesses needs help, until when that holds, and whether a plan is open. `monitoring.plans.clock`
-- says the same in Python. Whoever changes one business waits here for whoever changes it at the same time.
create function plans_reckon_help(businesses bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform from monitoring_business where id = any (businesses) order by id for no key update;
  delete from plans_helpneed where business_id = any (businesses);
  insert into plans_helpneed (business_id, region_id, since, until, plan_id, is_absent, is_over)
  with days as (
    select distinct on (business_id, "on") business_id, "on" as day, category, valid_until,
      category in ('stagnant', 'declining', 'closed') or trend = 'falling' as needs
    from monitoring_assessment where business_id = any (businesses) order by business_id, "on", id desc
  ), marked as (
    select *, not coalesce(needs and lag(needs) over earlier and (
        lag(category) over earlier = 'closed' or lag(valid_until) over earlier >= day - 1), false) as begins,
      lead(day) over earlier is null as is_last
    from days window earlier as (partition by business_id order by day)
  ), spells as (
    select business_id, max(day) filter (where begins) as since from marked group by business_id
  )
  select business.id, business.region_id, spells.since,
    case when last.category <> 'closed' then greatest(last.valid_until, spells.since) end,
    (select id from plans_plan plan where plan.business_id = business.id and plan.status = 'open'),
    person.status in ('moved', 'deceased', 'lost_contact'),
    last.category <> 'closed' and (last.valid_until is null or last.valid_until < last.day)
  from marked last
  join spells on spells.business_id = last.business_id
  join monitoring_business business on business.id = last.business_id
  join clients_person person on person.id = business.person_id
  where last.is_last and last.needs;
end $body$;

create function plans_assessments_move_the_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform plans_reckon_help((select array_agg(distinct business_id) from changed));
  return null;
end $body$;
create trigger reckons_help after insert on monitoring_assessment
  referencing new table as changed for each statement execute function plans_assessments_move_the_clock();
create trigger reckons_help_anew after delete on monitoring_assessment
  referencing old table as changed for each statement execute function plans_assessments_move_the_clock();

create function plans_plan_moves_the_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform plans_reckon_help(array[new.business_id]);
  return null;
end $body$;
create trigger reckons_help after insert or update of status on plans_plan
  for each row execute function plans_plan_moves_the_clock();

create function plans_person_moves_the_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform plans_reckon_help(array_agg(id)) from monitoring_business where person_id = new.id having count(*) > 0;
  return null;
end $body$;
create trigger reckons_help after update of status on clients_person
  for each row when (old.status is distinct from new.status) execute function plans_person_moves_the_clock();

create function plans_follow_the_business() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if tg_op = 'DELETE' then
    delete from plans_helpneed where business_id = old.id;
  else
    update plans_helpneed set region_id = new.region_id where business_id = new.id;
    update plans_plan set region_id = new.region_id where business_id = new.id and status = 'open';
  end if;
  return null;
end $body$;
create trigger plans_follow after update on monitoring_business
  for each row when (old.region_id is distinct from new.region_id) execute function plans_follow_the_business();
create trigger plans_end after delete on monitoring_business
  for each row execute function plans_follow_the_business();

revoke all on function plans_reckon_help(bigint[]), plans_assessments_move_the_clock(), plans_plan_moves_the_clock(),
  plans_person_moves_the_clock(), plans_follow_the_business() from public;
"""
NO_CLOCK = """
drop trigger plans_end on monitoring_business;
drop trigger plans_follow on monitoring_business;
drop trigger reckons_help on clients_person;
drop trigger reckons_help on plans_plan;
drop trigger reckons_help_anew on monitoring_assessment;
drop trigger reckons_help on monitoring_assessment;
drop function plans_follow_the_business(), plans_person_moves_the_clock(), plans_plan_moves_the_clock(),
  plans_assessments_move_the_clock(), plans_reckon_help(bigint[]);
"""
EXISTING = """
select plans_reckon_help(array_agg(distinct business_id)) from monitoring_assessment having count(*) > 0;
"""

HELPED = """
create function plans_count_experiences() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into plans_experiencetally ("group", obstacle, suggestion, outcome, number)
  select changed."group", obstacle.code, coalesce(suggestion.code, ''), changed.outcome,
    count(*) * case tg_op when 'INSERT' then 1 else -1 end
  from changed join monitoring_obstacle obstacle on obstacle.id = changed.obstacle_id
  left join plans_suggestion suggestion on suggestion.id = changed.suggestion_id group by 1, 2, 3, 4;
  if random() < 0.01 then perform plans_compact_experiences(); end if;
  return null;
end $body$;

-- Puts the rows of a count together; rows that somebody else puts together are left alone.
create function plans_compact_experiences() returns void
language sql security definer set search_path = public, pg_temp as $body$
  with taken as (select id from plans_experiencetally for update skip locked),
  gone as (delete from plans_experiencetally tally using taken where tally.id = taken.id
           returning tally."group", tally.obstacle, tally.suggestion, tally.outcome, tally.number)
  insert into plans_experiencetally ("group", obstacle, suggestion, outcome, number)
  select "group", obstacle, suggestion, outcome, sum(number) from gone group by 1, 2, 3, 4 having sum(number) <> 0
$body$;
create trigger counts_the_new after insert on plans_experience
  referencing new table as changed for each statement execute function plans_count_experiences();
create trigger counts_the_gone after delete on plans_experience
  referencing old table as changed for each statement execute function plans_count_experiences();

-- What measured plans of the whole province say, for every office; no group of one to four.
create function plans_what_helped()
returns table ("group" text, obstacle text, suggestion text, n bigint, better bigint, same bigint, worse bigint)
language sql stable security definer set search_path = public, pg_temp as $body$
  select "group", obstacle, suggestion, sum(number)::bigint,
    coalesce(sum(number) filter (where outcome = 'better'), 0)::bigint,
    coalesce(sum(number) filter (where outcome = 'same'), 0)::bigint,
    coalesce(sum(number) filter (where outcome = 'worse'), 0)::bigint
  from plans_experiencetally group by 1, 2, 3 having sum(number) >= 5
$body$;

create function plans_recount_experiences() returns void language plpgsql as $body$
begin
  delete from plans_experiencetally;
  insert into plans_experiencetally ("group", obstacle, suggestion, outcome, number)
  select told."group", obstacle.code, coalesce(suggestion.code, ''), told.outcome, count(*)
  from plans_experience told join monitoring_obstacle obstacle on obstacle.id = told.obstacle_id
  left join plans_suggestion suggestion on suggestion.id = told.suggestion_id group by 1, 2, 3, 4;
end $body$;

revoke all on function plans_count_experiences(), plans_compact_experiences(), plans_what_helped(),
  plans_recount_experiences() from public;
grant execute on function plans_what_helped() to {prefix}_province, {prefix}_region, {prefix}_auditor;
"""
NOT_HELPED = """
drop function plans_recount_experiences();
drop function plans_what_helped();
drop trigger counts_the_gone on plans_experience;
drop trigger counts_the_new on plans_experience;
drop function plans_compact_experiences();
drop function plans_count_experiences();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("clients", "0002_initial"),
        ("monitoring", "0008_open_visits_by_day"),
    ]
    operations = [
        migrations.RunSQL(CLOCK, NO_CLOCK),
        migrations.RunSQL(EXISTING, migrations.RunSQL.noop),
        migrations.RunSQL(HELPED.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), NOT_HELPED),
    ]
