"""What a list of thousands costs the counts: keys instead of joins of a statement's rows, which PostgreSQL cannot plan."""

from importlib import import_module

from django.db import migrations

BUSINESSES = import_module("monitoring.counts.migrations.0004_businesses_are_counted").TRIGGERS
PEOPLE = import_module("monitoring.counts.migrations.0005_people_are_counted").TRIGGERS
OWNERS = "language plpgsql security definer set search_path = public, pg_temp"
END = "$f$;\n"

CHANGED = f"""
create or replace function counts_fits() returns trigger {OWNERS} as $f$
begin
  perform counts_change_businesses('{{}}', '{{}}',
    array(select (business.id, business.region_id, null, fit.fit)::counts_business
          from monitoring_business business join monitoring_skillfit fit on fit.business_id = business.id
          where business.id = any (array(select business_id from added))), '{{}}', array['fit']);
  return null;
end $f$;

create function counts_granted(people bigint[], given counts_firstgrant[]) returns counts_business[]
language sql stable as $f$
  select coalesce(array_agg((business.id, business.region_id, granted.granted_on, null)::counts_business), '{{}}')
  from monitoring_business business left join unnest(given) granted using (person_id)
  where business.person_id = any (people)
$f$;
revoke all on function counts_granted(bigint[], counts_firstgrant[]) from public;

create or replace function counts_recipients() returns trigger {OWNERS} as $f$
declare
  before counts_firstgrant[] := '{{}}';
  after counts_firstgrant[] := '{{}}';
  people bigint[];
begin
  if tg_op <> 'INSERT' then before := array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from removed); end if;
  if tg_op <> 'DELETE' then after := array(
    select row(person_id, granted_on, received, region_id)::counts_firstgrant from added); end if;
  people := array(select person_id from unnest(before) union select person_id from unnest(after));
  perform counts_change_recipients(before, after);
  perform counts_change_businesses(
    counts_granted(people, before), '{{}}', counts_granted(people, after), '{{}}', array['state', 'after']);
  return null;
end $f$;
"""


def function(text: str, name: str) -> str:
    """As an earlier migration made it."""
    start = text.index(f"create function {name}()")
    return text[start : text.index(END, start) + len(END)]


def as_it_was() -> str:
    again = function(BUSINESSES, "counts_fits") + function(PEOPLE, "counts_recipients")
    again = again.replace("create function", "create or replace function")
    return again + "drop function counts_granted(bigint[], counts_firstgrant[]);"


class Migration(migrations.Migration):
    dependencies = [("counts", "0006_lists_are_added_up_once")]
    operations = [migrations.RunSQL(CHANGED, as_it_was())]
