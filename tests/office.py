"""The office's side of a request: a test client that enters PostgreSQL as the server does, and raw SQL beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from ppks.accounts.sessions import BEGUN, LAST
from ppks.kit.doors import entered
from ppks.kit.roles import APP, database_role

BACKEND = "ppks.accounts.backends.RoleBackend"
SERVER_LOGIN: dict[str, str] = {}  # how the server logs in; `conftest` keeps it here before the run becomes the owner


@contextmanager
def bare() -> Iterator[None]:
    """As the web server outside a door: in the app's own role, which reads no case data.

    The role is set for the session, so that it holds with and without a transaction around it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'set role "{database_role(APP)}"')
    try:
        yield
    finally:
        if connection.connection.info.transaction_status != TRANSACTION_STATUS_INERROR:
            with connection.cursor() as cursor:
                cursor.execute("reset role")


@contextmanager
def door(user: Any, *, write: bool = False) -> Iterator[None]:
    """Inside a door of this user, as a view is."""
    with bare(), entered(user, write=write):
        yield


@contextmanager
def as_server() -> Iterator[None]:
    """A connection that truly logged in as the server does; only for tests without a transaction around them."""
    login = connection.settings_dict
    before = {key: login[key] for key in SERVER_LOGIN}
    connection.close()
    login.update(SERVER_LOGIN)
    try:
        yield
    finally:
        connection.close()
        login.update(before)


def _session_of(user: Any) -> str:
    """The key of a session such as a log-in leaves; the log-in itself is tested through its page."""
    now = timezone.now().isoformat()
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, BEGUN: now, LAST: now})
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


class OfficeBrowser(Client):
    """Sends real requests, each in the app's own role. With a user it is logged in already."""

    def __init__(self, user: Any = None, **kwargs: Any):
        super().__init__(**kwargs)
        if user is not None:
            self.cookies[settings.SESSION_COOKIE_NAME] = _session_of(user)

    def request(self, **request: Any):
        with bare():
            return super().request(**request)


@contextmanager
def refused(reason: str | None = None) -> Iterator[pytest.ExceptionInfo]:
    """PostgreSQL refuses what the block does, and the transaction around it lives on. `reason` is a regular expression."""
    with pytest.raises(DatabaseError, match=reason) as refusal, transaction.atomic():
        yield refusal


def sql(statement: str, *params: Any) -> list[tuple] | int:
    """The rows of a statement, or the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def column(statement: str, *params: Any) -> list:
    """The first column of a query."""
    return [row[0] for row in sql(statement, *params)]
