"""One import from file to answer: read, compare, and write unless something forbids it."""

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any

from ppks.intake.planning import CHANGED, NEW, SAME, plan
from ppks.intake.reading import read
from ppks.intake.words import vocabulary
from ppks.intake.writing import write
from ppks.kit import dates
from ppks.regions.models import Region


class NoListDate(ValueError):
    """The list does not say of which day it tells, and nobody else did."""


def import_list(content: bytes, *, name: str, by: Any, dry_run: bool = False, as_of: date | None = None) -> dict[str, Any]:
    """Import a list of recipients; needs `by`'s open door, and writes only if the list has no errors.

    Returns the counts and problems that `import_recipients --json` prints. Raises NotReadable, NoListDate.
    """
    reading = read(content, vocabulary=vocabulary(), filename=name, own_region=_own_region(by), as_of=as_of)
    list_date = as_of or reading.list_date
    writes = not (dry_run or reading.has_errors)
    if writes and list_date is None:
        raise NoListDate("Tanggal daftar tidak ditemukan dalam berkas.")
    planned = plan(reading, list_date=list_date or dates.today(), user=by)
    if writes:
        write(planned, name=name, sha256=hashlib.sha256(content).hexdigest(), by=by)
    return {
        "people": len(reading.recipients),
        "new": planned.count(NEW),
        "changed": planned.count(CHANGED),
        "same": planned.count(SAME),
        "regions": len(reading.regions),
        "list_date": list_date.isoformat() if list_date else None,
        "problems": [asdict(problem) for problem in reading.problems],
    }


def _own_region(user: Any) -> str | None:
    """The one region that an officer answers for; None for the province and for officers of several."""
    if user.role_entry.posted_to != "region" or len(user.reach) != 1:
        return None
    return Region.objects.get(pk=user.reach[0]).code
