"""Visits and steps keep the schedule: functions of the owner that close what was due, set the next, cancel and restore.

Businesses that are already there get a first visit within eight weeks, who needs help within four, or the one after their
last visit.
"""

from django.db import migrations

SQL = """
create function monitoring_next_due(visited date, granted date) returns date language sql immutable as $body$
  select case when granted is null then (visited + interval '5 months')::date else (
    select min(day) from (
      select (granted + make_interval(months => months))::date as day from (
        select unnest(array[1, 3, 6, 9, 12, 15, 18, 21, 24]) as months
        union all select generate_series(29, greatest(29, (visited - granted) / 28 + 8), 5)
      ) calendar
    ) days where day >= visited + 14
  ) end
$body$;

create function monitoring_visit_sets_the_next() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  held monitoring_duevisit;
  mistaken monitoring_duevisit;
begin
  if new.replaces_id is not null then
    select * into mistaken from monitoring_duevisit where after_id = new.replaces_id;
    if mistaken.opens_on = new.visited_on then
      update monitoring_duevisit set done_by_id = new.id where done_by_id = new.replaces_id;
      update monitoring_duevisit set after_id = new.id where after_id = new.replaces_id;
      return null;
    elsif mistaken.id is not null then
      delete from monitoring_duevisit where id = mistaken.id;
      update monitoring_duevisit set closed_on = mistaken.closed_on, done_by_id = mistaken.done_by_id,
          cancelled_by_id = mistaken.cancelled_by_id where done_by_id = new.replaces_id;
    end if;
  end if;

  select * into held from monitoring_duevisit where business_id = new.business_id and opens_on <= new.visited_on
      order by opens_on desc, id desc limit 1 for update;
  if held.opens_on = new.visited_on and held.after_id is not null then
    return null;
  end if;
  if held.id is null then
    select * into held from monitoring_duevisit where business_id = new.business_id
        order by opens_on, id limit 1 for update;
  end if;
  if held.id is null and exists (
    select from monitoring_business business join clients_person person on person.id = business.person_id
    where business.id = new.business_id and person.status in ('moved', 'deceased', 'lost_contact')
  ) then
    return null;
  end if;

  update monitoring_duevisit set opens_on = least(opens_on, new.visited_on), closed_on = new.visited_on,
      done_by_id = new.id, cancelled_by_id = null where id = held.id;
  insert into monitoring_duevisit (business_id, kind, granted_on, due_on, officer_id, snooze_reason, opens_on, after_id,
                                   closed_on, done_by_id, cancelled_by_id)
  values (
    new.business_id, 'next', held.granted_on, monitoring_next_due(new.visited_on, held.granted_on),
    coalesce(
      (select posting.user_id from accounts_posting posting join accounts_user officer on officer.id = posting.user_id
       where officer.role = 'officer' and officer.is_active and posting.region_id =
         (select region_id from monitoring_business where id = new.business_id)
         and posting.user_id in (held.officer_id, new.by_id)
       order by posting.user_id = held.officer_id desc nulls last limit 1)
    ),
    '', new.visited_on, new.id, greatest(held.closed_on, case when held.closed_on is not null then new.visited_on end),
    held.done_by_id, held.cancelled_by_id
  );
  return null;
end $body$;
create trigger sets_the_next_visit after insert on monitoring_visit
  for each row execute function monitoring_visit_sets_the_next();

create function monitoring_step_cancels_visits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  gone constant text[] := array['moved', 'deceased', 'lost_contact'];
begin
  if new.target = any (gone) and not new.source = any (gone) then
    update monitoring_duevisit due set closed_on = greatest(due.opens_on, new.effective_on), cancelled_by_id = new.id
      from monitoring_business business
      where business.id = due.business_id and business.person_id = new.person_id and due.closed_on is null;
  elsif new.source = any (gone) and not new.target = any (gone) then
    update monitoring_duevisit set closed_on = null, cancelled_by_id = null where cancelled_by_id in (
      select id from clients_personstep step where step.person_id = new.person_id and step.version < new.version
        and step.version > coalesce((
          select max(version) from clients_personstep present where present.person_id = new.person_id
            and present.version < new.version and not present.target = any (gone)), 0));
  end if;
  return null;
end $body$;
create trigger cancels_visits after insert on clients_personstep
  for each row execute function monitoring_step_cancels_visits();

create function monitoring_visits_follow_the_business() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  update monitoring_duevisit set region_id = new.region_id, officer_id = null
    where business_id = new.id and closed_on is null;
  return null;
end $body$;
create trigger visits_follow after update on monitoring_business
  for each row when (old.region_id is distinct from new.region_id)
  execute function monitoring_visits_follow_the_business();

revoke all on function monitoring_visit_sets_the_next() from public;
revoke all on function monitoring_step_cancels_visits() from public;
revoke all on function monitoring_visits_follow_the_business() from public;
"""
BACK = """
drop trigger visits_follow on monitoring_business;
drop trigger cancels_visits on clients_personstep;
drop trigger sets_the_next_visit on monitoring_visit;
drop function monitoring_visits_follow_the_business();
drop function monitoring_step_cancels_visits();
drop function monitoring_visit_sets_the_next();
drop function monitoring_next_due(date, date);
"""
EXISTING = """
insert into monitoring_duevisit (business_id, kind, due_on, opens_on, after_id, snooze_reason)
select id, case when visit_id is null then 'first' else 'next' end,
       case when visit_id is null then today + 1 + (place - 1)::int % case when urgent then 28 else 56 end
            else monitoring_next_due(visited_on, null) end,
       coalesce(visited_on, today), visit_id, ''
from (
  select business.id, visit.id as visit_id, visit.visited_on, told.urgent,
         (now() at time zone 'Asia/Jakarta')::date as today,
         row_number() over (partition by business.region_id, visit.id is null, told.urgent order by business.id) as place
  from monitoring_business business
  join clients_person person on person.id = business.person_id
  cross join lateral (select business.reported_condition in ('stagnant', 'declining') as urgent) told
  left join lateral (
    select id, visited_on from monitoring_visit made where made.business_id = business.id
      and not exists (select from monitoring_visit later where later.replaces_id = made.id)
    order by visited_on desc, id desc limit 1
  ) visit on true
  where person.status not in ('moved', 'deceased', 'lost_contact')
) found;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_due_visits"), ("accounts", "0002_initial")]
    operations = [migrations.RunSQL(SQL, BACK), migrations.RunSQL(EXISTING, migrations.RunSQL.noop)]
