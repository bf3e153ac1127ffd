"""Empties tables and fills them through COPY, from rows given by attribute name."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from django.db import models

from ppks.kit import dates
from ppks.kit.sealed import Sealed, SealedField

CHUNK = 10_000


def refill(cursor: Any, tables: dict[type[models.Model], Iterable[dict[str, Any]]]) -> None:
    """Empty these tables and whatever refers to them, fill them in this order, and let their keys go on from there."""
    names = [model._meta.db_table for model in tables]
    cursor.execute("truncate " + ", ".join(f'"{name}"' for name in names) + " restart identity cascade")
    for model, rows in tables.items():
        _copy(cursor, model, rows)
    for model in tables:
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute("select pg_get_serial_sequence(%s, %s)", [table, key])
        if sequence := cursor.fetchone()[0]:
            cursor.execute(f"""select setval('{sequence}', (select coalesce(max("{key}"), 0) + 1 from "{table}"))""")


def _copy(cursor: Any, model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """COPY rows given by attribute name; what they leave out gets the field's default."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'copy "{model._meta.db_table}" ({columns}) from stdin'
    cursor.copy_expert(statement, size=1 << 16, file=_Lines(_line(fields, row) for row in rows))


def _line(fields: list[models.Field], row: dict[str, Any]) -> str:
    return "\t".join(
        [_cell(field, row[field.attname] if field.attname in row else _default(field)) for field in fields]
    )


def _default(field: models.Field) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return NOW
    return field.get_default()


NOW = datetime.combine(dates.today(), time(), UTC)


def _cell(field: models.Field, value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(field, SealedField):
        return field.get_prep_value(Sealed(value))
    if isinstance(value, list):
        return "{" + ",".join(f'"{each}"' for each in value) + "}"
    return str(value)


class _Lines:
    """What `copy_expert` reads from: an iterator of lines, some at a time."""

    def __init__(self, lines: Iterator[str]):
        self.lines, self.buffer = lines, io.StringIO()

    def read(self, size: int = -1) -> str:
        found = self.buffer.read(size)
        if not found and (some := list(islice(self.lines, CHUNK))):
            self.buffer = io.StringIO("\n".join(some) + "\n")
            found = self.buffer.read(size)
        return found
