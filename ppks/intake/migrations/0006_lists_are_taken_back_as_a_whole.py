"""Undoing a list takes its assessments and steps off the counts by day together, and not one by one."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

UNDO = import_module("ppks.intake.migrations.0002_undo").UNDO
NAME = "create function undo_import("
END = "end $body$;\n"
CHANGES = (
    (
        "    execute format('delete from %I where id = any ($1)', part) using gone;\n  end loop;\n",
        "    perform counts_take_back(part, gone);\n"
        "    execute format('delete from %I where id = any ($1)', part) using gone;\n  end loop;\n"
        "  perform set_config('ppks.taken_back', '', true);\n",
    ),
)


def as_it_was() -> str:
    """The function as migration 0002 made it."""
    start = UNDO.index(NAME)
    sql = UNDO[start : UNDO.index(END, start) + len(END)].replace("create function", "create or replace function")
    return sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX)


def as_a_whole() -> str:
    """The same, which says first what goes. Fails when the part is not found."""
    sql = as_it_was()
    for old, new in CHANGES:
        if sql.count(old) != 1:
            raise ValueError(old)
        sql = sql.replace(old, new)
    return sql


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_made_rows_are_traced_together"), ("counts", "0006_lists_are_added_up_once")]
    operations = [migrations.RunSQL(as_a_whole(), as_it_was())]
