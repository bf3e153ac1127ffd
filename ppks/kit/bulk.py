"""Writes many rows with few statements and little work for each row; Django's own bulk methods spend most on preparing them.

Triggers and policies see ordinary inserts and updates. Column names come from the model, values are parameters.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Model
from django.db.models.base import ModelState

from ppks.kit.computed import ComputedText

Run = Callable[[str, Sequence[Any]], None]  # what runs a statement: `execute`, or a `Behind`
PAGE = 1_000  # rows a statement
GIVEN = "jsonb_array_elements(%s) given"
AS_THEY_ARE = (
    models.BigAutoField,
    models.ForeignKey,
    models.TextField,
    models.DateField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    ArrayField,
)
AS_COMPUTED = (ComputedText, models.DateTimeField)  # stored as `pre_save` gives them


def unsaved(model: type[Model], **values: Any) -> Model:
    """What `model(**values)` makes, at a fifth of the cost: `values` are columns (`person_id`), no signal is sent."""
    record = model.__new__(model)
    record.__dict__ = {"_state": ModelState()} | _defaults(model) | values
    return record


@lru_cache(maxsize=64)
def _defaults(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields if not field.generated}


def execute(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert_rows(model: type[Model], records: Iterable[Model], *, run: Run = execute) -> None:
    """Store new records, with the keys they were given or new ones, which are not told. Only the database checks anything.

    Relations are stored by the columns' values: what a record points at has its key already.
    """
    if not (records := list(records)):
        return
    has_keys = records[0].pk is not None
    fields = [f for f in model._meta.concrete_fields if not f.generated and (has_keys or not f.primary_key)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(_value(number, field) for number, field in enumerate(fields))
    statement = f"insert into {quote(model._meta.db_table)} ({columns}) select {values} from {GIVEN}"
    for start in range(0, len(records), PAGE):
        run(statement, [_told(_rows(fields, records[start : start + PAGE], is_new=True))])


def update_rows(records: Sequence[Model], columns: Iterable[str], *, run: Run = execute) -> None:
    """Store these columns (field or attribute names) of records of one model, as `save(update_fields=…)` would.

    Columns that are computed from others are computed anew.
    """
    if not records:
        return
    meta, quote = type(records[0])._meta, connection.ops.quote_name
    by_name = {name: field for field in meta.concrete_fields for name in (field.name, field.attname)}
    fields = [meta.pk, *(by_name[name] for name in columns)]
    key, *values = (f"{quote(field.column)} = {_value(number, field)}" for number, field in enumerate(fields))
    statement = f"update {quote(meta.db_table)} stored set {', '.join(values)} from {GIVEN} where stored.{key}"
    for start in range(0, len(records), PAGE):
        run(statement, [_told(_rows(fields, records[start : start + PAGE], is_new=False))])


def _rows(fields: Sequence[models.Field], records: Sequence[Model], *, is_new: bool) -> Iterable[list]:
    read = attrgetter(*(field.attname for field in fields))
    prepared = [(n, _prepare(field, is_new)) for n, field in enumerate(fields) if type(field) not in AS_THEY_ARE]
    for record in records:
        row = list(read(record))
        for number, prepare in prepared:
            row[number] = prepare(record)
        yield row


def _prepare(field: models.Field, is_new: bool) -> Callable[[Model], Any]:
    """What gives the value of a record that is to be stored."""
    if type(field) in AS_COMPUTED:
        return lambda record: field.pre_save(record, is_new)
    return lambda record: field.get_db_prep_save(field.pre_save(record, is_new), connection)


def _told(rows: Iterable[list]) -> str:
    """The rows travel as one JSON text, which costs a fifth of a parameter for each value."""
    return json.dumps(list(rows), default=str)


def _value(number: int, field: models.Field) -> str:
    if isinstance(field, ArrayField):
        return f"array(select jsonb_array_elements_text(given->{number}))::{field.db_type(connection)}"
    return f"(given->>{number})::{field.db_type(connection)}"
