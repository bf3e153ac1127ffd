"""Spells of independence are counted by day: who was independent so many months after a grant, and what became of each spell.

A spell depends on its graduation, on whether its person is gone, and on the last visit. Whoever writes one of these has built
it as it was and as it is; one function tells what either adds.
"""

from importlib import import_module

from django.db import migrations, models

from ppks.kit.redefining import changed, function

COUNTED = import_module("monitoring.counts.migrations.0002_what_is_counted").PEOPLE
SUMS = import_module("monitoring.counts.migrations.0003_counts_are_sums").SUMS
OWNERS = "language plpgsql security definer set search_path = public, pg_temp"

SPELLS = """
create type counts_spell as (
  id bigint, person_id bigint, region_id bigint, decided_on date, ended_on date, is_gone boolean, seen_on date);

create function counts_is_gone(status text) returns boolean language sql immutable as $f$
  select status in ('moved', 'deceased', 'lost_contact')
$f$;

-- Those of these people, as they are.
create function counts_spells(people bigint[]) returns counts_spell[] language sql stable as $f$
  select coalesce(array_agg((spell.id, spell.person_id, spell.region_id, spell.decided_on, spell.ended_on,
    counts_is_gone(person.status),
    (select max(last_visit_on) from monitoring_business where person_id = person.id))::counts_spell), '{}')
  from independence_graduation spell join clients_person person on person.id = spell.person_id
  where spell.person_id = any (people) and spell.decided_on is not null
$f$;

-- Which of these recipients were independent so many months after the first grant.
create function counts_of_independence(given counts_firstgrant[], spells counts_spell[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  select region_id, 'independent', counts_year(granted_on) || ':' || months, reached_on, 1::bigint
  from (
    select distinct recipient.person_id, recipient.region_id, granted_on, months, reached_on
    from unnest(given) recipient join unnest(spells) spell on spell.person_id = recipient.person_id
    cross join lateral counts_points(granted_on)
    where decided_on <= reached_on and (ended_on is null or ended_on > reached_on)
  ) independent
$f$;

-- What became of these: the months of `monitoring.independence.spans.MONTHS`, the codes of its outcomes.
create function counts_of_outcomes(spells counts_spell[])
returns table (region_id bigint, kind text, code text, day date, number bigint) language sql stable as $f$
  select region_id, 'spell', months || ':' || case
      when ended_on < reached_on then 'kembali'
      when is_gone then 'hilang'
      when seen_on >= reached_on - 14 then 'masih'
      else 'belum' end, reached_on, 1::bigint
  from unnest(spells)
  cross join (values (12), (24)) point (months)
  cross join lateral (select (decided_on + make_interval(months => months))::date as reached_on) reached
$f$;

create function counts_change_spells(before counts_spell[], after counts_spell[]) returns void language plpgsql as $f$
declare
  given counts_firstgrant[];
begin
  if before = after then return; end if;
  given := array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from counts_firstgrant
    where person_id in (select person_id from unnest(before) union select person_id from unnest(after)));
  insert into counts_daycount (region_id, kind, code, grain, day, number)
  select region_id, kind, code, 'change', day, sum(n) from (
    select region_id, kind, code, day, -number as n from counts_of_independence(given, before)
    union all
    select region_id, kind, code, day, number from counts_of_independence(given, after)
    union all
    select region_id, kind, code, day, -number from counts_of_outcomes(before)
    union all
    select region_id, kind, code, day, number from counts_of_outcomes(after)
  ) changed group by 1, 2, 3, 5 having sum(n) <> 0;
end $f$;
"""
TRIGGERS = f"""
create function counts_graduated() returns trigger {OWNERS} as $f$
declare
  after constant counts_spell[] := counts_spells(array[new.person_id]);
begin
  perform counts_change_spells(array(
    select case when id = new.id
      then (id, person_id, old.region_id, old.decided_on, old.ended_on, is_gone, seen_on)::counts_spell else spell end
    from unnest(after) spell where id <> new.id or old.decided_on is not null), after);
  return null;
end $f$;
create trigger counts_spells after update on independence_graduation for each row
  when ((old.region_id, old.decided_on, old.ended_on) is distinct from (new.region_id, new.decided_on, new.ended_on))
  execute function counts_graduated();

create function counts_left() returns trigger {OWNERS} as $f$
declare
  after constant counts_spell[] := counts_spells(array[new.id]);
begin
  perform counts_change_spells(array(
    select (id, person_id, region_id, decided_on, ended_on, counts_is_gone(old.status), seen_on)::counts_spell
    from unnest(after)), after);
  return null;
end $f$;
create trigger counts_who_is_gone after update on clients_person for each row
  when (old.status is distinct from new.status) execute function counts_left();

create function counts_seen() returns trigger {OWNERS} as $f$
declare
  people constant bigint[] := array(
    select distinct added.person_id from added join removed using (id)
    where added.last_visit_on is distinct from removed.last_visit_on
      and exists (select from independence_graduation where person_id = added.person_id and decided_on is not null));
  after counts_spell[];
begin
  if people = '{{}}' then return null; end if;
  after := counts_spells(people);
  perform counts_change_spells(array(
    select (id, person_id, region_id, decided_on, ended_on, is_gone, (
      select max(case when removed.id is null then business.last_visit_on else removed.last_visit_on end)
      from monitoring_business business left join removed using (id)
      where business.person_id = spell.person_id))::counts_spell
    from unnest(after) spell), after);
  return null;
end $f$;
create trigger counts_visited after update on monitoring_business
  referencing old table as removed new table as added for each statement execute function counts_seen();
"""
CLOSED = """
revoke all on function
  counts_is_gone(text), counts_spells(bigint[]), counts_of_independence(counts_firstgrant[], counts_spell[]),
  counts_of_outcomes(counts_spell[]), counts_change_spells(counts_spell[], counts_spell[]), counts_graduated(),
  counts_left(), counts_seen() from public;
"""
GONE = """
drop trigger counts_visited on monitoring_business;
drop trigger counts_who_is_gone on clients_person;
drop trigger counts_spells on independence_graduation;
drop function
  counts_seen(), counts_left(), counts_graduated(), counts_change_spells(counts_spell[], counts_spell[]),
  counts_of_outcomes(counts_spell[]), counts_of_independence(counts_firstgrant[], counts_spell[]), counts_spells(bigint[]),
  counts_is_gone(text);
drop type counts_spell;
"""
ALL_OF_THEM = """
with told as (
  select counts_spells(array(select distinct person_id from independence_graduation where decided_on is not null)) as spells
), counted as (
  select found.* from told cross join lateral counts_of_outcomes(spells) found
  union all
  select found.* from told cross join lateral counts_of_independence(array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from counts_firstgrant
    where person_id in (select person_id from unnest(spells))), spells) found
)
insert into counts_daycount (region_id, kind, code, grain, day, number)
select region_id, kind, code, 'change', day, sum(number) from counted group by 1, 2, 3, 5;
select counts_compact();
"""
OF_RECIPIENTS, REBUILD = function(COUNTED, "counts_of_recipients"), function(SUMS, "counts_rebuild")
LAST = "step where step.person_id = recipient.person_id order by version desc limit 1)\n"
WITH_SPELLS = changed(
    OF_RECIPIENTS,
    (
        LAST,
        f"""{LAST}  union all
  select * from counts_of_independence(given, counts_spells(array(select person_id from recipient)))
""",
    ),
)
REBUILD_WITH_SPELLS = changed(
    REBUILD,
    (
        "    ) counted group by",
        """      union all
      select * from counts_of_outcomes(counts_spells(array(
        select id from clients_person where id > low and id <= low + many)))
    ) counted group by""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("counts", "0008_one_at_a_time_reckons_a_person"), ("independence", "0004_candidates")]
    operations = [
        migrations.AlterField(
            model_name="daycount",
            name="kind",
            field=models.TextField(
                choices=[
                    ("state", "State"),
                    ("found", "Found"),
                    ("fit", "Fit"),
                    ("after", "After"),
                    ("visit", "Visit"),
                    ("due", "Due"),
                    ("stage", "Stage"),
                    ("standing", "Standing"),
                    ("reached", "Reached"),
                    ("independent", "Independent"),
                    ("spell", "Spell"),
                    ("cost", "Cost"),
                ]
            ),
        ),
        migrations.RunSQL(SPELLS + TRIGGERS + CLOSED, GONE),
        migrations.RunSQL(WITH_SPELLS + REBUILD_WITH_SPELLS + ALL_OF_THEM, OF_RECIPIENTS + REBUILD),
    ]
