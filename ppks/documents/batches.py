"""Many papers at once: a job issues each with a file and code of its own, and sets them all in one PDF for the printer."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from ppks.documents import setting
from ppks.documents.files import sha256
from ppks.documents.kinds import Kind
from ppks.documents.kinds.shared import plain
from ppks.documents.letterheads import Letterhead
from ppks.documents.models import Batch
from ppks.documents.papers import issue_one, read, title
from ppks.documents.reach import VIEW
from ppks.kit import alive
from ppks.kit.alive import Beside, Life
from ppks.kit.jobs import job
from ppks.kit.sealed import box

MOST = 1_000  # papers of one package
PATIENCE = timedelta(minutes=1)  # with a job that no worker takes
KEPT = timedelta(days=7)  # the data of a package whose job never ended
LOCK = 0x50C5
BEGIN = "update documents_batch set started_at = now(), done = 0 where id = %s"
TELL = "update documents_batch set done = %s where id = %s"
NOTHING = "Tidak ada surat yang dibuat: daftarnya kosong."
TOO_MANY = "Paling banyak 1.000 surat sekali paket. Bagi menjadi beberapa paket."


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a package, as `papers.issue` takes it."""

    data: dict[str, Any] | Kind
    number: str = ""
    subjects: Sequence[int] = ()


def order(kind: str, entries: Iterable[Entry], *, title: str, region_id: int | None, by: Any, key: str = "") -> Batch:
    """Ask for a package of papers of one kind; needs an open door. Raises ValidationError with a sentence.

    All data are read at once, so that wrong ones fail here and not in the job. `title` names the package on its page and
    may hold nothing personal. With a `key` a second asking gives the first package. The papers are `batch.papers` in the
    order of the entries, once `batch.finished_at` is set.
    """
    if key and (earlier := Batch.objects.filter(by=by, key=key).first()):
        return earlier
    told = [[plain(read(kind, one.data)), one.number, list(one.subjects)] for one in entries]
    if not told or len(told) > MOST:
        raise ValidationError(TOO_MANY if told else NOTHING)
    sealed = box().encrypt(zlib.compress(json.dumps(told).encode()))
    batch = Batch.objects.create(
        kind=kind, title=title.replace("\x00", ""), key=key, count=len(told), entries=sealed, region_id=region_id, by=by
    )
    write_batch.enqueue(by.pk, batch.pk, batch.attempt)
    return batch


def again(batch: Batch) -> None:
    """Try once more what died."""
    batch.attempt, batch.asked_at, batch.started_at, batch.done = batch.attempt + 1, timezone.now(), None, 0
    batch.save(update_fields=["attempt", "asked_at", "started_at", "done"])
    write_batch.enqueue(batch.by_id, batch.pk, batch.attempt)


@job(VIEW)
def write_batch(user: Any, pk: int, attempt: int) -> None:
    """Issue the papers of a package: all of them or none."""
    alive.hold(LOCK, pk)
    batch = Batch.objects.visible_to(user).filter(pk=pk, attempt=attempt, finished_at=None).first()
    if batch is None or batch.entries is None:
        return
    entries = json.loads(zlib.decompress(box().decrypt(bytes(batch.entries))))
    with Beside() as beside:
        beside.run(BEGIN, pk)
        content = _issued(batch, user, entries, beside)
    ended = {"file": Batch.FILES.write(content), "size": len(content), "sha256": sha256(content)}
    Batch.objects.filter(pk=pk).update(**ended, entries=None, finished_at=timezone.now())


def _issued(batch: Batch, user: Any, entries: list[Any], beside: Beside) -> bytes:
    """The one PDF, after each paper was issued."""
    letterhead, sheets, day = Letterhead.of(batch.region_id), [], None
    of = {"region_id": batch.region_id, "by": user, "batch": batch}
    for done, (told, number, subjects) in enumerate(entries):
        beside.now_and_then(TELL, done, batch.pk)
        data = read(batch.kind, told)
        sheets.append(issue_one(batch.kind, data, letterhead, number=number, subjects=subjects, **of)[1])
        day = max(day or data.day, data.day)
    beside.run(TELL, len(entries), batch.pk)
    return setting.pdf(sheets, title=title(batch.kind, ""), day=day)


def life_of(batch: Batch) -> Life:
    """What has become of the job; needs an open door."""
    if batch.finished_at:
        return Life.ENDED
    if batch.entries is None:
        return Life.DEAD
    if batch.started_at is None:
        return Life.WAITING if timezone.now() - batch.asked_at < PATIENCE else Life.UNTAKEN
    if alive.is_held(LOCK, batch.pk):
        return Life.RUNNING
    return Life.ENDED if Batch.objects.filter(pk=batch.pk, finished_at__isnull=False).exists() else Life.DEAD


def forget_old() -> int:
    """Empty the data of packages that never ended; how many."""
    old = Batch.objects.filter(finished_at=None, entries__isnull=False, asked_at__lt=timezone.now() - KEPT)
    return old.update(entries=None)
