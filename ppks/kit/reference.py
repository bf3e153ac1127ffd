"""Reference data: tables kept equal to a CSV that the project ships. What leaves the CSV is retired, never deleted."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Q

from ppks.kit.roles import ADMIN, APP, ENTERED
from ppks.kit.rows import ALL, Rows

FOLDER = Path(__file__).resolve().parent.parent / "regions" / "reference"
BATCH = 2_000


class Retirable(models.QuerySet):
    def current(self) -> "Retirable":
        """What may still be chosen; retired rows stay for the facts that name them."""
        return self.filter(retired_on=None)


class Reference(models.Model):
    """A row of reference data, known by its code. What the office itself edited is left alone by the loader."""

    code = models.TextField(unique=True, verbose_name="kode")
    retired_on = models.DateField(null=True, blank=True, verbose_name="tidak dipakai sejak")
    is_edited = models.BooleanField(default=False, editable=False, verbose_name="diubah kantor ini")

    objects = Retirable.as_manager()

    class Meta:
        abstract = True


def read_by_all(name: str, *, but: str = "") -> Rows:
    """Every role reads reference data, also outside a door; only the admin adds and edits, and nobody deletes."""
    roles = [role for role in (*ENTERED, APP) if role != but]
    return Rows(
        name=name,
        see=dict.fromkeys(roles, ALL),
        may=dict.fromkeys(roles, "select") | {ADMIN: "select, insert, update"},
    )


@dataclass(frozen=True)
class Table:
    """One CSV and the model it fills. `row` turns a CSV row into field values, or None for a row that is not wanted."""

    file: str
    model: Callable[[], type[models.Model]]
    row: Callable[[dict[str, str]], dict[str, Any] | None]


@dataclass(frozen=True)
class Loaded:
    """What loading one table did, in rows."""

    table: str
    new: int
    changed: int
    same: int
    retired: int


def load(table: Table, *, on) -> Loaded:
    """Make the table equal to its CSV: insert, update what differs, retire what is gone, revive what came back.

    Rows that the office edited or added itself stay as they are.
    """
    model = table.model()
    wanted = {values["code"]: values for values in _rows(table)}
    present = {row.code: row for row in model._base_manager.all()}
    ours = {code: row for code, row in present.items() if not row.is_edited}
    new = [model(**values) for code, values in wanted.items() if code not in present]
    changed = [row for code, row in ours.items() if code in wanted and _differs(row, wanted[code])]
    gone = [row for code, row in ours.items() if code not in wanted and row.retired_on is None]
    for row in gone:
        row.retired_on = on
    model._base_manager.bulk_create(new, batch_size=BATCH)
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._base_manager.bulk_update([*changed, *gone], fields, batch_size=BATCH)
    same = len(present) - len(changed) - len(gone)
    return Loaded(model._meta.db_table, len(new), len(changed), same, len(gone))


def _rows(table: Table) -> Iterable[dict[str, Any]]:
    with open(FOLDER / table.file, encoding="utf-8", newline="") as lines:
        yield from (values for row in csv.DictReader(lines) if (values := table.row(row)) is not None)


def _differs(row: models.Model, values: dict[str, Any]) -> bool:
    """Put `values` (and no retirement) on `row`; whether that changed anything."""
    changed = False
    for name, value in (values | {"retired_on": None}).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def whole(text: str) -> int | None:
    """A whole number, or None for an empty cell."""
    return int(text) if text.strip() else None


def chosen(queryset: Any, *, or_already: Any = None) -> Any:
    """Choices of a form field: current rows, and the one already stored even when it was retired since."""
    return queryset.filter(Q(retired_on=None) | Q(pk=getattr(or_already, "pk", or_already)))
