"""Whoever reckons the first grant of a person waits for another who does, so that neither overlooks what the other wrote."""

from importlib import import_module

from django.db import migrations

NAME = "create function counts_reckon_grants(people bigint[])"
END = "end $f$;\n"
LOCKS = "begin\n  perform from clients_person where id = any (people) order by id for no key update;\n"


def function(*, is_locking: bool) -> str:
    """As migration 0002 made it, or with the people locked first."""
    text = import_module("monitoring.counts.migrations.0002_what_is_counted").PEOPLE
    start = text.index(NAME)
    made = text[start : text.index(END, start) + len(END)].replace("create function", "create or replace function")
    return made.replace("begin\n", LOCKS, 1) if is_locking else made


class Migration(migrations.Migration):
    dependencies = [("counts", "0007_lists_cost_less")]
    operations = [migrations.RunSQL(function(is_locking=True), function(is_locking=False))]
