"""Writes many rows with few statements and little work for each row; Django's own bulk methods spend most on preparing them.

Triggers and policies see ordinary inserts and updates. Column names come from the model, values are parameters.
"""

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Model
from psycopg2.extras import execute_values

PAGE = 1_000  # rows a statement
AS_THEY_ARE = (
    models.TextField,
    models.DateField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    ArrayField,
)


def insert_rows(model: type[Model], records: Iterable[Model]) -> list[Model]:
    """Store new records and give each its key, as `bulk_create` does. Nothing is checked but by the database."""
    records = list(records)
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    for start in range(0, len(records), PAGE):
        _insert(model, fields, records[start : start + PAGE])
    return records


def _insert(model: type[Model], fields: Sequence[models.Field], records: Sequence[Model]) -> None:
    """The rows travel as one JSON text, which costs a fifth of a parameter for each value."""
    quote, meta = connection.ops.quote_name, model._meta
    _settle_keys(fields, records)
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(_value(number, field) for number, field in enumerate(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(meta.db_table)} ({columns}) select {values} from jsonb_array_elements(%s) given"
            f" returning {quote(meta.pk.column)}",
            [json.dumps(list(_rows(fields, records)), default=str)],
        )
        keys = cursor.fetchall()
    for record, (key,) in zip(records, keys, strict=True):
        record.pk, record._state.adding, record._state.db = key, False, connection.alias


def _settle_keys(fields: Sequence[models.Field], records: Sequence[Model]) -> None:
    """A record that was given its relation before that was stored has no key of it yet."""
    for field in fields:
        if field.many_to_one:
            for record in records:
                if (related := record._state.fields_cache.get(field.name)) is not None:
                    setattr(record, field.attname, related.pk)


def _rows(fields: Sequence[models.Field], records: Sequence[Model]) -> Iterable[list]:
    read = attrgetter(*(field.attname for field in fields))
    prepared = [(n, f) for n, f in enumerate(fields) if not (f.many_to_one or type(f) in AS_THEY_ARE)]
    for record in records:
        row = list(read(record))
        for number, field in prepared:
            row[number] = field.get_db_prep_save(field.pre_save(record, True), connection)
        yield row


def _value(number: int, field: models.Field) -> str:
    if isinstance(field, ArrayField):
        return f"array(select jsonb_array_elements_text(given->{number}))::{field.db_type(connection)}"
    return f"(given->>{number})::{field.db_type(connection)}"


def update_rows(records: Sequence[Model], columns: Iterable[str]) -> None:
    """Store these columns (field or attribute names) of records of one model, as `save(update_fields=…)` would.

    Columns that are computed from others are computed anew.
    """
    if not records:
        return
    meta = type(records[0])._meta
    by_name = {name: field for field in meta.concrete_fields for name in (field.name, field.attname)}
    fields = [by_name[name] for name in columns]
    rows = [
        (record.pk, *(field.get_db_prep_save(field.pre_save(record, False), connection) for field in fields))
        for record in records
    ]
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(f.column)} = given.{quote(f.column)}::{f.db_type(connection)}" for f in fields)
    names = ", ".join(["pk", *(quote(field.column) for field in fields)])
    statement = (
        f"update {quote(meta.db_table)} stored set {values} from (values %s) given ({names})"
        f" where stored.{quote(meta.pk.column)} = given.pk"
    )
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, statement, rows, page_size=PAGE)
