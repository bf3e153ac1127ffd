"""The jobs of an import, each one transaction: read and compare; write what was decided, or nothing at all; take it back."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ppks.intake.container import NotReadable
from ppks.intake.desk import progress
from ppks.intake.desk.headings import candidates, own_headings
from ppks.intake.desk.progress import Teller
from ppks.intake.desk.read_before import basis_of, keep_reading, kept_reading
from ppks.intake.desk.reports import Reporter
from ppks.intake.desk.rest import is_empty, rest_of
from ppks.intake.desk.sealing import report_of, seal, seal_report, unseal
from ppks.intake.importing import TakenBack, few_collections, go_through
from ppks.intake.lists import KIND
from ppks.intake.models import Import
from ppks.intake.planning import CHANGED, NEW, SAME
from ppks.intake.results import ERROR, Problem, Reading
from ppks.intake.stages import Choice, Stage
from ppks.intake.workbook import Sheet, open_workbook
from ppks.intake.writing import Writer, add_up, wait_for_turn
from ppks.kit import dates
from ppks.kit.jobs import job

MAY = "intake.import"
STANDS_ON_IT = "Impor tidak dibatalkan: sementara itu ada pekerjaan lain di atasnya."


@job(MAY)
def read_upload(user: Any, pk: int, attempt: int) -> None:
    """Make the preview."""
    with _at_work(user, pk, attempt, Stage.READING) as (listing, teller):
        if listing:
            try:
                found = _Found(listing, user)
            except NotReadable as error:
                _end(listing, **_unreadable(listing, error))
                return
            found.go_through(teller, progress.COMPARING)
            _end(listing, **found.preview())


@job(MAY)
def write_upload(user: Any, pk: int, attempt: int) -> None:
    """Write what was decided on, unless it has other outcomes now than the preview showed: then show it anew."""
    with _at_work(user, pk, attempt, Stage.WRITING) as (listing, teller):
        if listing:
            wait_for_turn()
            found = _Found(listing, user, writes=True)
            try:
                with transaction.atomic():
                    found.go_through(teller, progress.WRITING)
                    found.must_be_as_decided()
            except TakenBack:
                _end(listing, **(found.preview() | {"is_stale": True}))
            else:
                _end(listing, **found.result())
                add_up_counts.enqueue(user.pk)


@job(MAY)
def add_up_counts(user: Any) -> None:
    """What a list leaves to be added up, when the clerk has its result already."""
    add_up()


@job(MAY)
def undo_upload(user: Any, pk: int, attempt: int) -> None:
    """Take the import back as a whole, or leave it as it is when something stands on it."""
    with _at_work(user, pk, attempt, Stage.UNDOING) as (listing, _):
        if listing:
            wait_for_turn()
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("select undo_import(%s, %s)", [listing.source_id, listing.undo_reason])
            except IntegrityError:
                _end(listing, stage=Stage.DONE, undo_reason="", failure=STANDS_ON_IT)


@contextmanager
def _at_work(user: Any, pk: int, attempt: int, stage: str) -> Iterator[tuple[Import | None, Teller]]:
    """The import, if it still waits for this very job; a job that was given up finds none."""
    progress.hold(pk)
    listing = Import.objects.visible_to(user).filter(pk=pk, attempt=attempt, stage=stage).first()
    with few_collections(), Teller(pk, progress.UNDOING if stage == Stage.UNDOING else progress.READING) as teller:
        yield listing, teller


def _end(listing: Import, **values: Any) -> None:
    """The job's last word; rolls everything back when somebody gave the import up meanwhile."""
    waiting = Import.objects.filter(pk=listing.pk, attempt=listing.attempt, stage=listing.stage)
    if not waiting.update(**values):
        raise TakenBack


def _unreadable(listing: Import, error: NotReadable) -> dict[str, Any]:
    """Headings that somebody can explain keep the file; for anything else it is of no use any more."""
    found = candidates(unseal(listing.upload), listing.name)
    keeps = {"report": seal_report({"candidates": found})} if found else {"upload": None}
    return {"stage": Stage.UNREADABLE, "reading": None, "failure": str(error), **keeps}


class _Found:
    """What the sealed upload says, gone through once: counts, report, rows left over; and written, if it is to be."""

    def __init__(self, listing: Import, user: Any, *, writes: bool = False):
        self.listing, self.kind = listing, KIND[listing.kind]
        self.mapping = own_headings(listing)
        self.reading, self.kept = self._read()
        day = self.reading.list_date or dates.today()  # without one it can be seen, not written
        self.planner = self.kind.planner(self.reading, list_date=day, user=user, lock=writes)
        self.reporter = Reporter(user)
        said = {"name": listing.name, "sha256": listing.sha256, "list_date": day}
        self.writer = Writer(**said, by=user) if writes else None
        self.counts: Counter = Counter()

    def _read(self) -> tuple[Reading, bytes]:
        """As the preview kept it, if it would be read no other way now; else from the file. And what is kept of it."""
        region = self.listing.region.code if self.listing.region else None
        basis = basis_of(self.listing, self.mapping, region)
        if kept := kept_reading(self.listing.reading, basis):
            return kept, bytes(self.listing.reading)
        how = {"mapping": self.mapping, "own_region": region, "as_of": self.listing.as_of}
        reading = self.kind.read(self.sheets, **how)
        return reading, keep_reading(reading, basis)

    @cached_property
    def sheets(self) -> list[Sheet]:
        return open_workbook(unseal(self.listing.upload), self.listing.name)

    def go_through(self, teller: Teller, phase: str) -> None:
        tell = partial(teller.tell, phase, total=len(self.planner.rows))
        tell(0)
        go = partial(go_through, self.planner, see=self.reporter.see, tell=tell)
        if self.writer is None:
            self.counts = go()
        else:
            with self.writer as writer:
                self.counts = go(writer=writer)
        self.report = self.reporter.report(self.reading, self.planner.problems)

    def must_be_as_decided(self) -> None:
        is_all = self.listing.choice == Choice.ALL
        is_other = self.report["fingerprint"] != report_of(self.listing).get("fingerprint")
        if is_other or self.reading.list_date is None or (is_all and self.planner.has_errors):
            raise TakenBack

    def preview(self) -> dict[str, Any]:
        does_something = self.counts[NEW] or self.counts[CHANGED] or self.planner.has_errors
        if does_something or self.reading.list_date is None or not self.planner.rows:
            return self._told() | {"stage": Stage.PREVIEW, "choice": "", "reading": self.kept}
        return self._told() | {"stage": Stage.NOTHING, **self._emptied()}

    def result(self) -> dict[str, Any]:
        source = self.writer.source
        stage = Stage.DONE if source else Stage.NOTHING
        return self._told() | {"stage": stage, "source": source, **self._emptied()}

    def _rest(self, conflicts: list[Problem]) -> bytes | None:
        if is_empty(self.reading, self.reporter.went):
            return None  # without opening the file again
        return rest_of(self.sheets, self.reading, conflicts, self.reporter.went, self.mapping)

    def _emptied(self) -> dict[str, Any]:
        return {"upload": None, "reading": None, "finished_at": timezone.now()}

    def _told(self) -> dict[str, Any]:
        severities = Counter(problem.severity for problem in self.planner.problems)
        conflicts = self.planner.problems[len(self.reading.problems) :]
        rest = self._rest(conflicts)
        return {
            "list_date": self.reading.list_date,
            "people": len(self.reading.recipients),
            "new": self.counts[NEW],
            "changed": self.counts[CHANGED],
            "same": self.counts[SAME],
            "errors": severities[ERROR],
            "warnings": sum(severities.values()) - severities[ERROR],
            "report": seal_report(self.report),
            "rest": seal(rest) if rest else None,
            "is_stale": False,
            "failure": "",
        }
