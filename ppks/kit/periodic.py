"""Periodic work: contributed by apps, done by `tick` in the clock's role, each work in a transaction of its own.

A work goes by what stands in the database on a day and not by having run before, so it may run twice or miss days.
"""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError, connection

from ppks.kit.contributions import contributed
from ppks.kit.doors import entered

BUSY = "sedang dikerjakan proses lain, dilewati"


@dataclass(frozen=True, slots=True)
class Work:
    """`run(day)` does what is due on that day and answers with a sentence about it, in Indonesian, without names."""

    name: str
    run: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a work: `said`, or the frames of its failure without the message, which may quote a row."""

    work: Work
    said: str
    frames: str = ""

    @property
    def has_failed(self) -> bool:
        return bool(self.frames)


def tick(user: Any, day: date) -> Iterator[Done]:
    """Do every contributed work as `user`; one that fails is rolled back and does not stop the others."""
    for work in contributed("tick"):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # the work before may have lost the server
        try:
            with entered(user, write=True, tick=work.name):
                said = work.run(day) if _is_alone(work) else BUSY
        except Exception as error:
            yield Done(work, f"gagal ({_kind(error)})", "".join(traceback.format_tb(error.__traceback__)))
        else:
            yield Done(work, said)


def _is_alone(work: Work) -> bool:
    """Whether no other process is at this work; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('tick'), hashtext(%s))", [work.name])
        return cursor.fetchone()[0]


def _kind(error: Exception) -> str:
    """The name of the constraint that refused, else what sort of error it is."""
    cause = error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ else error
    return getattr(getattr(cause, "diag", None), "constraint_name", None) or type(cause).__name__
