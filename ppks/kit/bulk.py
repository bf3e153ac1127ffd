"""Updates many rows with one statement: Django's `bulk_update` writes a CASE for every row and column, this a list of rows.

Triggers and policies see ordinary updates. Column names come from the model, values are parameters.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model
from psycopg2.extras import execute_values

PAGE = 1_000  # rows a statement


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
