"""One import from file to answer: read, compare, and write unless something forbids it."""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppks.intake.models import Import
from ppks.intake.planning import CHANGED, NEW, SAME, Planner, RowPlan
from ppks.intake.reading import read
from ppks.intake.results import ERROR
from ppks.intake.stages import RECIPIENTS, Choice, Stage
from ppks.intake.words import vocabulary
from ppks.intake.writing import Writer, add_up, wait_for_turn
from ppks.kit import dates
from ppks.regions.models import Region


class NoListDate(ValueError):
    """The list does not say of which day it tells, and nobody else did."""


class TakenBack(Exception):
    """What was written must not stay: rolls back to before the first row."""


def go_through(
    planner: Any,
    *,
    writer: Writer | None = None,
    see: Callable[[list[RowPlan]], None] = lambda rows: None,
    tell: Callable[[int], None] = lambda done: None,
) -> Counter:
    """Plan every row and write it when there is a writer; returns how many rows are new, changed and the same."""
    counts, done = Counter(), 0
    for rows in planner.batches():
        counts.update(row.outcome for row in rows)
        see(rows)  # before writing, which replaces the old values
        if writer is not None:
            writer.write(rows)
        done += len(rows)
        tell(done)
    return counts


@contextmanager
def few_collections() -> Iterator[None]:
    """Rows are many and die young: looking for cycles among them as often as usual costs a sixth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def import_list(
    content: bytes, *, name: str, by: Any, dry_run: bool = False, as_of: date | None = None
) -> dict[str, Any]:
    """Import a list of recipients; needs `by`'s open door, and writes only if the list has no errors.

    Returns the counts and problems that `import_recipients --json` prints. Raises NotReadable, NoListDate.
    """
    with few_collections():
        return _import(content, name, by, dry_run=dry_run, as_of=as_of)


def _import(content: bytes, name: str, by: Any, *, dry_run: bool, as_of: date | None) -> dict[str, Any]:
    reading = read(content, vocabulary=vocabulary(), filename=name, own_region=own_region(by), as_of=as_of)
    list_date = as_of or reading.list_date
    writes = not (dry_run or reading.has_errors)
    if writes and list_date is None:
        raise NoListDate("Tanggal daftar tidak ditemukan dalam berkas.")
    planner = Planner(reading, list_date=list_date or dates.today(), user=by, lock=writes)
    counts = _write(planner, content, name, by) if writes else go_through(planner)
    return {
        "people": len(reading.recipients),
        "new": counts[NEW],
        "changed": counts[CHANGED],
        "same": counts[SAME],
        "regions": len(reading.regions),
        "list_date": list_date.isoformat() if list_date else None,
        "problems": [asdict(problem) for problem in planner.problems],
    }


def _write(planner: Planner, content: bytes, name: str, by: Any) -> Counter:
    """All rows, or none when the database knows an error that the list alone does not show."""
    counts = Counter()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            wait_for_turn()
            with Writer(name=name, sha256=sha256, list_date=planner.list_date, by=by) as writer:
                counts = go_through(planner, writer=writer)
            if planner.has_errors:
                raise TakenBack
            if writer.source:
                add_up()
                _keep_in_history(planner, counts, writer, by)
    except TakenBack:
        pass
    return counts


def _keep_in_history(planner: Planner, counts: Counter, writer: Writer, by: Any) -> None:
    reach = list(by.reach)
    Import.objects.create(
        kind=RECIPIENTS,
        name=writer.name,
        sha256=writer.sha256,
        office_id=reach[0] if reach else None,
        reach=reach,
        by=by,
        stage=Stage.DONE,
        choice=Choice.ALL,
        list_date=planner.list_date,
        people=len(planner.reading.recipients),
        new=counts[NEW],
        changed=counts[CHANGED],
        same=counts[SAME],
        warnings=sum(problem.severity != ERROR for problem in planner.problems),
        source=writer.source,
        finished_at=timezone.now(),
    )


def own_region(user: Any) -> str | None:
    """The code of the one region that an officer answers for; None for the province and for officers of several."""
    if user.role_entry.posted_to != "region" or len(user.reach) != 1:
        return None
    return Region.objects.get(pk=user.reach[0]).code
