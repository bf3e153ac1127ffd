"""Visits to somebody independent: 6, 12 and 24 months after the decision, then no more; the other calendars as before."""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("monitoring.migrations.0004_visits_are_scheduled").SQL
NAME = "create function monitoring_visit_sets_the_next() returns trigger"
END = "end $body$;\n"
WATCH = """
create function monitoring_next_watch(since date, visited date) returns date language sql immutable as $body$
  select min(day) from (
    select (since + make_interval(months => months))::date as day from unnest(array[6, 12, 24]) months
  ) days where day >= visited + 14
$body$;
"""
OVER = """
  next_watch := monitoring_next_watch(held.watched_from, new.visited_on);
  is_over := held.watched_from is not null and next_watch is null;
  if is_over and held.closed_on < new.visited_on
     and (new.replaces_id is null or held.done_by_id is distinct from new.replaces_id) then
    return null;  -- the watch had ended before
  end if;

"""


def as_it_was() -> str:
    """The function as migration 0004 made it."""
    start = EARLIER.index(NAME)
    return EARLIER[start : EARLIER.index(END, start) + len(END)].replace("create function", "create or replace function")


def with_watch() -> str:
    """The same, which keeps to the watch's calendar where the visit that waits belongs to one. Fails when a part is not found."""
    sql = as_it_was()
    for old, new in (
        ("  mistaken monitoring_duevisit;\n", "  mistaken monitoring_duevisit;\n  next_watch date;\n  is_over boolean;\n"),
        ("  update monitoring_duevisit set opens_on = least", OVER + "  update monitoring_duevisit set opens_on = least"),
        ("  insert into monitoring_duevisit (business_id, kind, granted_on,",
         "  if is_over then\n    return null;\n  end if;\n"
         "  insert into monitoring_duevisit (business_id, kind, watched_from, granted_on,"),
        ("'next', held.granted_on, monitoring_next_due(new.visited_on, held.granted_on)",
         "case when held.watched_from is null then 'next' else 'watch' end, held.watched_from, held.granted_on,\n"
         "    coalesce(next_watch, monitoring_next_due(new.visited_on, held.granted_on))"),
    ):  # fmt: skip
        if sql.count(old) != 1:
            raise ValueError(old)
        sql = sql.replace(old, new)
    return sql


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0010_watch_visits")]
    operations = [
        migrations.RunSQL(WATCH + with_watch(), as_it_was() + "drop function monitoring_next_watch(date, date);"),
    ]
