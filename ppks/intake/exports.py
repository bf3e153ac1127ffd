"""Lists too large to wait for: written by a job into a file that only its owner gets, for one day."""

import time
from array import array
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone

from clients.models import Person
from ppks.audit.models import Export
from ppks.kit import dates
from ppks.kit.exporting import FORMS
from ppks.kit.jobs import job
from ppks.kit.listing import Asked
from ppks.kit.sheets import EXPORT, EXPORT_FULL, no_subjects, sheets

KEPT = timedelta(days=1)
SILENT = timedelta(minutes=2)  # a job that has not told of itself for so long is not running any more
BATCH = 5_000
WAITING, RUNNING, READY, BROKEN, GONE = "waiting", "running", "ready", "broken", "gone"


@dataclass(frozen=True, slots=True)
class Progress:
    state: str
    done: int = 0
    total: int = 0


def folder() -> Path:
    """Where the files lie: beside the photos, served by a door only."""
    place = settings.MEDIA_ROOT / "unduhan"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(export: Export, suffix: str = "") -> Path:
    """The file, or what lies beside it: `.ids` whom it shows, `.progress`, `.part` while it is written."""
    return folder() / f"{export.token}.{export.form}{suffix}"


def order(user: Any, **fields: Any) -> Export:
    """Ask for a file; needs an open door."""
    export = Export.objects.create(by=user, **fields)
    write_export.enqueue(user.pk, export.pk)
    return export


@job(EXPORT)
def write_export(user: Any, pk: int) -> None:
    """Write the file that was asked for: whole or not at all."""
    forget_old()
    export = Export.objects.visible_to(user).get(pk=pk)
    sheet = sheets()[export.sheet]
    if not user.has_perm(sheet.permission) or (export.is_full and not user.has_perm(EXPORT_FULL)):
        raise PermissionDenied
    listing = sheet.listing(Asked(user, QueryDict(export.filters)), dates.today())
    total, subjects, part = listing.rows.count(), no_subjects(), path_of(export, ".part")
    try:
        _tell(export, 0, total)
        with part.open("wb") as target:
            part.chmod(0o600)
            book = sheet.book(listing, subjects, full=export.is_full)
            count = FORMS[export.form].write(book, target, lambda done: _tell(export, done, total))
        path_of(export, ".ids").write_bytes(subjects.tobytes())
        part.rename(path_of(export))
        export.count, export.finished_at = count, timezone.now()
        export.save(update_fields=["count", "finished_at"])
    except BaseException:
        part.unlink(missing_ok=True)
        path_of(export, ".progress").write_text(BROKEN)
        raise


def _tell(export: Export, done: int, total: int) -> None:
    """Beside the file, since what the job writes to the database is seen only when it has ended."""
    path_of(export, ".progress").write_text(f"{done} {total}")


def progress(export: Export) -> Progress:
    """How far the file is. A job whose worker was killed is broken, not running for ever."""
    if export.finished_at:
        return Progress(READY if is_kept(export) else GONE, export.count, export.count)
    try:
        beside = path_of(export, ".progress")
        silent, told = time.time() - beside.stat().st_mtime, beside.read_text().split()
    except FileNotFoundError:
        return Progress(WAITING if timezone.now() - export.asked_at < KEPT else GONE)
    if told == [BROKEN] or silent > SILENT.total_seconds():
        return Progress(BROKEN)
    return Progress(RUNNING, *map(int, told)) if len(told) == 2 else Progress(RUNNING)


def is_kept(export: Export) -> bool:
    """Whether the file of a finished export can still be had."""
    return timezone.now() - export.finished_at < KEPT and path_of(export).exists()


def subjects_of(export: Export) -> array:
    """The identities that the file shows."""
    found = no_subjects()
    found.frombytes(path_of(export, ".ids").read_bytes())
    return found


def all_in_reach(subjects: array, user: Any) -> bool:
    """Whether the user may still see everybody in the file; needs an open door."""
    wanted = sorted(set(subjects))
    people = Person.objects.visible_to(user).order_by().values("identity").distinct()
    return all(
        people.filter(identity__in=chunk).count() == len(chunk)
        for start in range(0, len(wanted), BATCH)
        if (chunk := wanted[start : start + BATCH])
    )


def forget(export: Export) -> None:
    """Delete the file and what lies beside it."""
    for suffix in ("", ".ids", ".progress", ".part"):
        path_of(export, suffix).unlink(missing_ok=True)


def forget_old() -> int:
    """Delete files older than a day; returns how many. Safe at any time."""
    oldest, gone = time.time() - KEPT.total_seconds(), 0
    for file in folder().iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()
                gone += 1
    return gone
