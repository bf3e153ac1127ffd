"""Reference data in the test database: loaded once, and put back after a test that commits, which empties every table."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_migrate

from ppks.accounts.models import Installation, User
from ppks.kit.contributions import contributed

COPY = "kept"  # a schema beside `public`


def load() -> None:
    """Fill the reference tables and copy all that a fresh database holds."""
    call_command("load_reference", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {COPY} cascade; create schema {COPY}")
        for table in _tables():
            cursor.execute(f'create table {COPY}."{table}" as table public."{table}"')


def keep() -> None:
    """From now on, whatever empties the tables puts the copy back."""
    post_migrate.connect(_put_back, sender=apps.get_app_config("regions"))


def _tables() -> list[str]:
    models = [User, Installation, *(table.model() for table in contributed("reference"))]
    return [model._meta.db_table for model in models]


def _put_back(**kwargs) -> None:
    """Django's `flush` ends with this signal."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'insert into public."{table}" select * from {COPY}."{table}" on conflict do nothing')
