"""Whether a background job is still alive, and how it tells of itself while its own transaction is open.

A job holds a lock for as long as its transaction lives; PostgreSQL lets go of it when the worker is gone, however it died.
So whoever can take the lock of a job that has begun and not ended knows that it is dead: no clock has to be trusted.
"""

import time
from enum import Enum

from django.db import connection

EVERY = 0.4  # seconds between two tellings


class Life(Enum):
    WAITING = "waiting"
    UNTAKEN = "untaken"  # no worker took it for a while
    RUNNING = "running"
    DEAD = "dead"
    ENDED = "ended"


def hold(sort: int, key: int) -> None:
    """For the job: the lock that says it is alive, until its transaction ends. `sort` says which sort of job."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [sort, key])


def is_held(sort: int, key: int) -> bool:
    """Whether such a job is alive."""
    with connection.cursor() as cursor:
        cursor.execute("select not pg_try_advisory_xact_lock_shared(%s, %s)", [sort, key])
        return cursor.fetchone()[0]


class Beside:
    """A connection of its own, which commits at once, in the bare role; use it as a context manager."""

    def __init__(self):
        self.last, self.connection = 0.0, connection.copy()

    def __enter__(self) -> "Beside":
        return self

    def __exit__(self, *failure) -> None:
        self.connection.close()

    def run(self, statement: str, *values: object) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)

    def now_and_then(self, statement: str, *values: object) -> None:
        """Run it, unless something was told a moment ago."""
        if time.monotonic() - self.last > EVERY:
            self.last = time.monotonic()
            self.run(statement, *values)
