"""Writes what was planned, a batch of rows at a time, in the name of the user whose door is open."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from clients.lifecycle import LIFECYCLE
from clients.models import Person, PersonStep
from monitoring.assessing import assess_all, assessment
from monitoring.models import Assessment, Business, ListedFigure
from monitoring.scheduling import schedule_first
from ppks.audit.models import Source
from ppks.intake.planning import SAME, RowPlan
from ppks.kit import dates
from ppks.kit.bulk import insert_rows, unsaved, update_rows

MANY = 1_000  # rows of a first batch from which the planner's statistics matter
COMPUTED = {"name": ("name_key", "initials"), "nik": ("nik_index",), "kk": ("kk_index",)}
REGISTERED = LIFECYCLE.moves["register_former"]
ONE_AT_A_TIME = 0x1A90  # the lock that writing imports share: two lists at once could make one person twice
MARK = "select set_config('ppks.source', %s, true)"  # triggers keep what it changes for `undo_import`


def wait_for_turn() -> None:
    """Let no other import plan and write until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, 0)", [ONE_AT_A_TIME])


class Writer:
    """Stores planned rows under one source, which is made with the first row that changes anything.

    Use it as a context manager: while it is open, what changes is kept so that it can be undone.
    """

    def __init__(self, *, name: str, sha256: str, list_date: date, by: Any):
        self.name, self.sha256, self.list_date, self.by = name, sha256, list_date, by
        self.source: Source | None = None

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, failure, *details) -> None:
        if self.source and failure is None:
            self._mark("")

    def _mark(self, source: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(MARK, [source])

    def write(self, rows: Iterable[RowPlan]) -> None:
        rows = [row for row in rows if row.outcome != SAME]
        if not rows:
            return
        is_first = self.source is None
        if is_first:
            said = {"name": self.name, "sha256": self.sha256, "list_date": self.list_date}
            self.source = Source.objects.create(**said, by=self.by)
            self._mark(str(self.source.pk))
        self._write_people(rows)
        self._write_facts(rows)
        self._write_businesses(rows)
        if is_first and len(rows) >= MANY:
            refresh_statistics()

    def _write_people(self, rows: list[RowPlan]) -> None:
        new = [row.person for row in rows if row.is_new]
        for person in new:
            person.source_id = self.source.pk
        insert_rows(Person, new)
        insert_rows(PersonStep, map(self._registered, new))
        _update((row.person, row.fields) for row in rows if row.fields and not row.is_new)

    def _registered(self, person: Person) -> PersonStep:
        return unsaved(
            PersonStep,
            person_id=person.pk,
            version=1,
            move=REGISTERED.name,
            source=LIFECYCLE.initial,
            target=REGISTERED.target,
            by_id=self.by.pk,
            effective_on=self.list_date,
        )

    def _write_facts(self, rows: list[RowPlan]) -> None:
        """What hangs on the person alone, a table at a time."""
        by_model: dict[type, list[Any]] = defaultdict(list)
        for row in rows:
            for fact in row.facts:
                fact.person_id, fact.source_id = row.person.pk, self.source.pk
                by_model[type(fact)].append(fact)
        for model, facts in by_model.items():
            insert_rows(model, facts)

    def _write_businesses(self, rows: list[RowPlan]) -> None:
        told = [row for row in rows if row.business is not None]
        new = [row for row in told if row.business.pk is None]
        known = [row for row in told if row.business.pk is not None]
        for row in new:
            row.business.person, row.business.source_id = row.person, self.source.pk
        insert_rows(Business, (row.business for row in new))
        schedule_first((row.business for row in new), on=dates.today())
        for row in told:
            for figure in row.figures:
                figure.business_id, figure.source_id = row.business.pk, self.source.pk
        insert_rows(ListedFigure, (figure for row in told for figure in row.figures))
        insert_rows(Assessment, (assessment(row.business, row.figures, self.list_date) for row in new if row.figures))
        assess_all({row.business: [figure.observed_on for figure in row.figures] for row in known if row.figures})
        # Last, since a business that bears the list's mark counts as made by it.
        marked = {"source_id": (None, self.source.pk)}
        _update((row.business, row.business_fields | marked) for row in known if row.business_fields)


def refresh_statistics() -> None:
    """Tell the planner that tables it believes empty are so no more: its plans for every later check depend on it."""
    with connection.cursor() as cursor:
        cursor.execute("select refresh_statistics_of_lists()")


def _update(changes: Iterable[tuple[Model, dict[str, tuple[Any, Any]]]]) -> None:
    """Set the new values on the records, and store those that change the same columns with one statement."""
    alike: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for record, fields in changes:
        for name, (_, new) in fields.items():
            setattr(record, name, new)
        columns = [name for field in fields for name in (field, *COMPUTED.get(field, ()))]
        alike[tuple(sorted(columns))].append(record)
    for columns, records in alike.items():
        update_rows(records, columns)
