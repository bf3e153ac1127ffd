"""A business whose owner has learned nothing that is known cannot be judged: said before any word is looked at.

Lists bring thousands of such businesses, and finding families of skills in their trades was a quarter of writing a list.
"""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("monitoring.migrations.0012_skill_fit").FUNCTIONS
NAME = "create function monitoring_reckon_fit"
END = "$f$;\n"
JUDGED = """case
    when needed && (monitoring_skill_families(coalesce(learned.words, '')) || monitoring_skill_families(coalesce(experience, '')))
      then 'fits'
    when needed = '{}' or (learned.words is null and trim(coalesce(experience, '')) = '') then 'unknown'
    else 'other' end"""
JUDGED_LAST = """case
    when learned.words is null and trim(coalesce(experience, '')) = '' then 'unknown'
    when needed = '{}' then 'unknown'
    when needed && (monitoring_skill_families(coalesce(learned.words, '')) || monitoring_skill_families(coalesce(experience, '')))
      then 'fits'
    else 'other' end"""


def as_it_was() -> str:
    """The function as migration 0012 made it."""
    start = EARLIER.index(NAME)
    return EARLIER[start : EARLIER.index(END, start) + len(END)].replace("create function", "create or replace function")


def untrained_first() -> str:
    """The same with its questions in another order. Fails when they are not found."""
    if as_it_was().count(JUDGED) != 1:
        raise ValueError(JUDGED)
    return as_it_was().replace(JUDGED, JUDGED_LAST)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0012_skill_fit")]
    operations = [migrations.RunSQL(untrained_first(), as_it_was())]
