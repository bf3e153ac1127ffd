"""What a statement of a list makes is traced in one row, not in one for each: three in ten of an import's rows were traces."""

from importlib import import_module

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

EARLIER = import_module("ppks.intake.migrations.0002_undo")
BEGINNINGS = {
    "create function trace_what_a_list_makes()": EARLIER.TRACES,
    "create function made_by_list(": EARLIER.UNDO,
    "create function stands_on_import(": EARLIER.UNDO,
}
END = "end $body$;\n"
CHANGES = (
    (
        """insert into intake_trace (source_id, table_name, "row")
      select current_setting('ppks.source')::bigint, tg_table_name, made.id from made;""",
        """insert into intake_trace (source_id, table_name, made)
      select current_setting('ppks.source')::bigint, tg_table_name, array_agg(made.id) from made having count(*) > 0;""",
    ),
    (
        """select array_agg("row") into found from intake_trace
      where source_id = list and table_name = in_table and before is null;""",
        """select array_agg(one) into found from intake_trace cross join unnest(made) one
      where source_id = list and table_name = in_table;""",
    ),
    (
        """select min("row") from intake_trace t
                  where""",
        """select min(one) from intake_trace t cross join unnest(t.made) one
                  where""",
    ),
)
GATHERED = """
insert into intake_trace (source_id, table_name, made)
  select source_id, table_name, array_agg("row" order by "row") from intake_trace where before is null group by 1, 2;
delete from intake_trace where before is null and made is null;
set constraints all immediate; set constraints all deferred;
"""
SPREAD = """
insert into intake_trace (source_id, table_name, "row")
  select source_id, table_name, one from intake_trace cross join unnest(made) one;
delete from intake_trace where made is not null;
set constraints all immediate; set constraints all deferred;
"""


def as_they_were() -> str:
    """The three functions as migration 0002 made them."""
    parts = []
    for beginning, sql in BEGINNINGS.items():
        start = sql.index(beginning)
        parts.append(sql[start : sql.index(END, start) + len(END)])
    together = "".join(parts).replace("create function", "create or replace function")
    return together.replace("{prefix}", settings.DATABASE_ROLE_PREFIX)


def with_many() -> str:
    """The same for rows that are traced together. Fails when a part is not found."""
    sql = as_they_were()
    for old, new in CHANGES:
        if sql.count(old) != 1:
            raise ValueError(old)
        sql = sql.replace(old, new)
    return sql


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_export'),
        ('intake', '0004_keys_of_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='trace',
            name='made',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None),
        ),
        migrations.AlterField(
            model_name='trace',
            name='row',
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(GATHERED, SPREAD),
        migrations.RunSQL(with_many(), as_they_were()),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before__isnull', False), ('made__isnull', True), ('row__isnull', False)), models.Q(('before__isnull', True), ('made__isnull', False), ('row__isnull', True)), _connector='OR'), name='trace_of_a_row_or_of_many'),
        ),
    ]
