"""Writes what was planned, a batch of rows at a time, in the name of the user whose door is open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from clients.lifecycle import LIFECYCLE
from clients.models import Person, PersonStep
from monitoring.assessing import assess_all, assessment
from monitoring.models import Assessment, Business, DueVisit, ListedFigure
from monitoring.scheduling import first_visits
from ppks.audit.models import Source
from ppks.intake.planning import SAME, RowPlan
from ppks.kit import dates
from ppks.kit.behind import Behind
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
        self.behind = Behind()

    def __enter__(self) -> "Writer":
        self.behind.__enter__()
        return self

    def __exit__(self, failure, *details) -> None:
        self.behind.__exit__(failure, *details)
        if self.source and failure is None:
            self._mark("")

    def _mark(self, source: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(MARK, [source])

    def write(self, rows: Iterable[RowPlan]) -> None:
        """What has to be asked is asked first: from then on PostgreSQL works behind while Python prepares."""
        rows = [row for row in rows if row.outcome != SAME]
        if not rows:
            return
        is_first = self.source is None
        if is_first:
            self._begin()
        new = [row.person for row in rows if row.is_new]
        begun = [row for row in rows if row.begins_business]
        told = [row for row in rows if row.business is not None and not row.begins_business]
        give_keys(new)
        give_keys([row.business for row in begun])
        for row in begun:
            row.business.person = row.person
        visits = first_visits([row.business for row in begun], on=dates.today())
        self._write_people(new)
        self._update((row.person, row.fields) for row in rows if row.fields and not row.is_new)
        self._write_facts(rows)
        self._write_new_businesses(begun, visits)
        self._write_known_businesses(told)
        if is_first and len(rows) >= MANY:
            refresh_statistics()

    def _begin(self) -> None:
        said = {"name": self.name, "sha256": self.sha256, "list_date": self.list_date}
        self.source = Source.objects.create(**said, by=self.by)
        self._mark(str(self.source.pk))

    def _insert(self, model: type[Model], records: Iterable[Model]) -> None:
        insert_rows(model, records, run=self.behind.run)

    def _write_people(self, new: list[Person]) -> None:
        for person in new:
            person.source_id = self.source.pk
        self._insert(Person, new)
        self._insert(PersonStep, map(self._registered, new))

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
            self._insert(model, facts)

    def _write_new_businesses(self, rows: list[RowPlan], visits: list[DueVisit]) -> None:
        for row in rows:
            row.business.source_id = self.source.pk
        self._insert(Business, (row.business for row in rows))
        self._insert(DueVisit, visits)
        self._write_figures(rows)
        self._insert(Assessment, (assessment(row.business, row.figures, self.list_date) for row in rows if row.figures))

    def _write_known_businesses(self, rows: list[RowPlan]) -> None:
        self._write_figures(rows)
        assess_all({row.business: [figure.observed_on for figure in row.figures] for row in rows if row.figures})
        # Last, since a business that bears the list's mark counts as made by it.
        marked = {"source_id": (None, self.source.pk)}
        self._update((row.business, row.business_fields | marked) for row in rows if row.business_fields)

    def _write_figures(self, rows: list[RowPlan]) -> None:
        for row in rows:
            for figure in row.figures:
                figure.business_id, figure.source_id = row.business.pk, self.source.pk
        self._insert(ListedFigure, (figure for row in rows for figure in row.figures))

    def _update(self, changes: Iterable[tuple[Model, dict[str, tuple[Any, Any]]]]) -> None:
        """Set the new values on the records, and store those that change the same columns with one statement."""
        alike: dict[tuple[str, ...], list[Model]] = defaultdict(list)
        for record, fields in changes:
            for name, (_, new) in fields.items():
                setattr(record, name, new)
            columns = [name for field in fields for name in (field, *COMPUTED.get(field, ()))]
            alike[tuple(sorted(columns))].append(record)
        for columns, records in alike.items():
            update_rows(records, columns, run=self.behind.run)


def give_keys(records: Sequence[Person] | Sequence[Business]) -> None:
    """Give new records of one model the keys that they will be stored with, so that others can point at them."""
    if not records:
        return
    with connection.cursor() as cursor:
        cursor.execute("select * from keys_for_list(%s, %s)", [records[0]._meta.db_table, len(records)])
        for record, (key,) in zip(records, cursor.fetchall(), strict=True):
            record.pk = key


def refresh_statistics() -> None:
    """Tell the planner that tables it believes empty are so no more: its plans for every later check depend on it."""
    with connection.cursor() as cursor:
        cursor.execute("select refresh_statistics_of_lists()")
