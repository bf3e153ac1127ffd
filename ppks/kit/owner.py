"""Log in as the owner of the tables: for `migrate`, reference data and demo set-up, never for a request."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner() -> Iterator[None]:
    """Be `ppks_owner` for as long as the block runs; a connection that already is (the tests') stays as it is."""
    login, owner = connection.settings_dict, settings.DATABASE_OWNER
    if login["USER"] == owner["USER"]:
        yield
        return
    before = {key: login[key] for key in LOGIN}
    connection.close()
    login.update({key: owner[key] for key in LOGIN})
    try:
        yield
    finally:
        connection.close()
        login.update(before)
