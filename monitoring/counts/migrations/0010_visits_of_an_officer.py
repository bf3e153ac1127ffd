"""Visits that wait are counted by officer, so that who has how many need not read them all."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from ppks.kit.redefining import changed, function

BUSINESSES = import_module("monitoring.counts.migrations.0004_businesses_are_counted").TRIGGERS
SUMS = import_module("monitoring.counts.migrations.0003_counts_are_sums").SUMS
REBUILD = import_module("monitoring.counts.migrations.0009_spells_are_counted").REBUILD_WITH_SPELLS

AS_WHAT = """
drop function counts_of_due(bigint);
-- As what a visit that waits counts.
create function counts_of_due(officer bigint) returns table (kind text, code text) language sql immutable as $f$
  values ('due', 'open'), ('given', coalesce(officer::text, 'nobody'))
$f$;
revoke all on function counts_of_due(bigint) from public;
delete from counts_daycount where kind = 'due' and code = 'alone';
"""
ALL_OF_THEM = """
insert into counts_daycount (region_id, kind, code, grain, day, number)
select region_id, 'given', coalesce(officer_id::text, 'nobody'), 'change', expected_on, count(*)
from monitoring_duevisit where closed_on is null group by 1, 3, 5;
select counts_compact();
"""
AS_IT_WAS = """
drop function counts_of_due(bigint);
create function counts_of_due(officer bigint) returns table (code text) language sql immutable as $f$
  select 'open' union all select 'alone' where officer is null
$f$;
revoke all on function counts_of_due(bigint) from public;
delete from counts_daycount where kind = 'given' and code <> 'nobody';
update counts_daycount set kind = 'due', code = 'alone' where kind = 'given';
"""
AS_THEY_WERE = (
    function(BUSINESSES, "counts_dues_changed"),
    function(BUSINESSES, "counts_dues_come_and_go"),
    function(REBUILD, "counts_rebuild"),
)
BY_KIND = (
    ("select region_id, 'due', code,", "select region_id, told.kind, told.code,"),
    ("counts_of_due(officer_id) told (code)", "counts_of_due(officer_id) told"),
    ("closed_on is null group by 1, 3, 5", "closed_on is null group by 1, 2, 3, 5"),
)
AS_THEY_ARE = "".join(changed(text, *BY_KIND) for text in AS_THEY_WERE)


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
        migrations.AlterField(
            model_name="daycount",
            name="region",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
        migrations.RunSQL(AS_WHAT + AS_THEY_ARE + ALL_OF_THEM, AS_IT_WAS + "".join(AS_THEY_WERE)),
    ]
