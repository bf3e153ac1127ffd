"""How far an import's job is, told beside the job's own transaction, and whether the job is still alive.

A job holds a lock for as long as its transaction lives; PostgreSQL lets go of it when the worker is gone, however it died.
So whoever can take the lock of a job that has begun and not ended knows that it is dead: no clock has to be trusted.
"""

import time
from datetime import timedelta
from enum import Enum

from django.db import connection
from django.utils import timezone

from ppks.intake.models import Import, Progress

LOCK = 0x1A91
EVERY = 0.4  # seconds between two tellings
PATIENCE = timedelta(minutes=1)  # with a job that no worker takes
READING, COMPARING, WRITING = "Membaca berkas", "Membandingkan dengan data", "Menyimpan"
HEAD_START = 10  # percent that opening the file counts for
BEGIN = "update intake_progress set started_at = now(), told_at = now(), phase = %s, done = 0, total = 0 where listing_id = %s"
TELL = "update intake_progress set told_at = now(), phase = %s, done = %s, total = %s where listing_id = %s"


class Life(Enum):
    WAITING = "waiting"
    UNTAKEN = "untaken"  # no worker took it for a while
    RUNNING = "running"
    DEAD = "dead"
    ENDED = "ended"


def hold(listing_id: int) -> None:
    """For the job: the lock that says it is alive, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, listing_id])


def _is_held(listing_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select not pg_try_advisory_xact_lock_shared(%s, %s)", [LOCK, listing_id])
        return cursor.fetchone()[0]


def life_of(listing: Import, told: Progress) -> Life:
    """What has become of the job; needs an open door."""
    if not listing.is_working:
        return Life.ENDED
    if told.started_at is None:
        return Life.WAITING if timezone.now() - listing.asked_at < PATIENCE else Life.UNTAKEN
    if _is_held(listing.pk):
        return Life.RUNNING
    ended = Import.objects.filter(pk=listing.pk).exclude(stage=listing.stage, attempt=listing.attempt).exists()
    return Life.ENDED if ended else Life.DEAD  # it may have ended between our looking at the row and at the lock


def percent(told: Progress) -> int:
    if not told.total:
        return HEAD_START // 2 if told.started_at else 0
    return HEAD_START + (100 - HEAD_START) * min(told.done, told.total) // told.total


class Teller:
    """Tells on a connection of its own, which commits at once; use it as a context manager."""

    def __init__(self, listing_id: int):
        self.listing_id, self.last = listing_id, 0.0
        self.beside = connection.copy()

    def __enter__(self) -> "Teller":
        self._run(BEGIN, READING, self.listing_id)
        return self

    def __exit__(self, *failure) -> None:
        self.beside.close()

    def tell(self, phase: str, done: int, total: int) -> None:
        if time.monotonic() - self.last > EVERY:
            self.last = time.monotonic()
            self._run(TELL, phase, done, total, self.listing_id)

    def _run(self, statement: str, *values: object) -> None:
        with self.beside.cursor() as cursor:
            cursor.execute(statement, values)
