"""Whoever a list made in the status of his first step was changed since when he has more versions than steps after that one."""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("ppks.intake.migrations.0005_made_rows_are_traced_together")
BEGINS = "function stands_on_import("
COUNTED = "e.pgh_label = 'update') > p.version"
SINCE_BIRTH = f"""{COUNTED} - coalesce((
      select e.version from clients_personevent e where e.pgh_obj_id = p.id and e.pgh_label = 'insert'), 0)"""


def as_it_was() -> str:
    """The function as migration 0005 made it, alone."""
    sql = EARLIER.with_many()
    if sql.count(BEGINS) != 1 or sql.count(COUNTED) != 1:
        raise ValueError(BEGINS)
    begin = sql.index(BEGINS)
    return "create or replace " + sql[begin : sql.index(EARLIER.END, begin) + len(EARLIER.END)]


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0008_large_lists_are_taken_back_with_fresh_statistics"),
        ("clients", "0014_born_in_the_status_of_the_step"),
    ]
    operations = [migrations.RunSQL(as_it_was().replace(COUNTED, SINCE_BIRTH), as_it_was())]
