"""Visits that wait are counted for each officer, too, so that who has how many need not read them all."""

from importlib import import_module

from django.db import migrations, models

BUSINESSES = import_module("monitoring.counts.migrations.0004_businesses_are_counted").TRIGGERS
SUMS = import_module("monitoring.counts.migrations.0003_counts_are_sums").SUMS
WITH_SPELLS = import_module("monitoring.counts.migrations.0009_spells_are_counted").functions
END = "end $f$;\n"

AS_WHAT = """
drop function counts_of_due(bigint);
-- As what a visit that waits counts.
create function counts_of_due(officer bigint) returns table (kind text, code text) language sql immutable as $f$
  select 'due', 'open' union all select 'due', 'alone' where officer is null
  union all select 'given', coalesce(officer::text, 'nobody')
$f$;
revoke all on function counts_of_due(bigint) from public;
"""
AS_IT_WAS = """
drop function counts_of_due(bigint);
create function counts_of_due(officer bigint) returns table (code text) language sql immutable as $f$
  select 'open' union all select 'alone' where officer is null
$f$;
revoke all on function counts_of_due(bigint) from public;
delete from counts_daycount where kind = 'given';
"""
ALL_OF_THEM = """
insert into counts_daycount (region_id, kind, code, grain, day, number)
select region_id, 'given', coalesce(officer_id::text, 'nobody'), 'change', expected_on, count(*)
from monitoring_duevisit where closed_on is null group by 1, 3, 5;
select counts_compact();
"""
IN = {  # the functions that count visits, as they are made until here
    "create function counts_dues_changed(": BUSINESSES,
    "create function counts_dues_come_and_go(": BUSINESSES,
    "create or replace function counts_rebuild(": WITH_SPELLS(as_they_were=False),
}
NEW = (
    ("select region_id, 'due', code,", "select region_id, told.kind, told.code,"),
    ("counts_of_due(officer_id) told (code)", "counts_of_due(officer_id) told"),
    ("closed_on is null group by 1, 3, 5", "closed_on is null group by 1, 2, 3, 5"),
)


def functions(*, as_they_were: bool) -> str:
    """These functions as they were, or with the kind that `counts_of_due` tells. Fails when a part is not found."""
    found = []
    for beginning, sql in IN.items():
        start = sql.index(beginning)
        function = sql[start : sql.index(END, start) + len(END)].replace("create function", "create or replace function")
        for old, new in () if as_they_were else NEW:
            if function.count(old) != 1:
                raise ValueError(old)
            function = function.replace(old, new)
        found.append(function)
    return "".join(found)


class Migration(migrations.Migration):
    dependencies = [("counts", "0009_spells_are_counted")]
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
                    ("given", "Given"),
                    ("stage", "Stage"),
                    ("standing", "Standing"),
                    ("reached", "Reached"),
                    ("independent", "Independent"),
                    ("spell", "Spell"),
                    ("cost", "Cost"),
                ]
            ),
        ),
        migrations.RunSQL(
            AS_WHAT + functions(as_they_were=False) + ALL_OF_THEM, AS_IT_WAS + functions(as_they_were=True)
        ),
    ]
