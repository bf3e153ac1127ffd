"""Writes what was planned, a batch of rows at a time, in the name of the user whose door is open."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from clients.lifecycle import LIFECYCLE
from clients.models import Person, PersonStep
from monitoring.assessing import assess_all, assessment
from monitoring.models import Assessment, Business, DueVisit, ListedFigure
from monitoring.scheduling import FirstVisits
from ppks.audit.models import Source
from ppks.intake.planning import ASKED, REGISTERED, SAME, RowPlan
from ppks.kit import dates
from ppks.kit.behind import Behind
from ppks.kit.bulk import insert_rows, unsaved, update_rows
from ppks.kit.doors import SPEAK_UP

MANY = 1_000  # rows of a batch from which more are expected, and PostgreSQL's statistics matter
COMPUTED = {"name": ("name_key", "initials"), "nik": ("nik_index",), "kk": ("kk_index",)}
ONE_AT_A_TIME = 0x1A90  # the lock that writing imports share: two lists at once could make one person twice
# Tables that PostgreSQL believes empty are so no more: its plans for every later check depend on it.
REFRESH_STATISTICS = "select refresh_statistics_of_lists()"
MARK = "select set_config('ppks.source', %s, true)"  # triggers keep what it changes for `undo_import`


def wait_for_turn() -> None:
    """Let no other import plan and write until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, 0)", [ONE_AT_A_TIME])


class Writer:
    """Stores planned rows under one source, which is made with the first row that changes anything.

    Use it as a context manager: while it is open, what changes is kept so that it can be undone. Afterwards `add_up`.
    """

    def __init__(self, *, name: str, sha256: str, list_date: date, by: Any):
        self.name, self.sha256, self.list_date, self.by = name, sha256, list_date, by
        self.source: Source | None = None
        self.behind = Behind()
        self.keys = {model: Keys(model) for model in (Person, Business)}
        self.visits = FirstVisits(dates.today())

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
        self.keys[Person].give(new)
        self.keys[Business].give([row.business for row in begun])
        for row in begun:
            row.business.person = row.person
        visits = self.visits.of([row.business for row in begun])
        self._write_people(new)
        self._update((row.person, row.fields) for row in rows if row.fields and not row.is_new)
        self._write_facts(rows)
        self._write_new_businesses(begun, visits)
        self._write_known_businesses(told)
        if is_first and len(rows) >= MANY:
            self.behind.run(REFRESH_STATISTICS, [])
        self.behind.run(SPEAK_UP, [])

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


def add_up() -> None:
    """Add up by day, month and year what a list changed of the counts; until then reading them takes longer."""
    with connection.cursor() as cursor:
        cursor.execute("select counts_after_a_list()")


class Keys:
    """The keys that new rows of a table will be stored with, so that others can point at them; many are asked for at once."""

    def __init__(self, model: type[Model]):
        self.table, self.left = model._meta.db_table, deque()

    def give(self, records: Sequence[Model]) -> None:
        if len(self.left) < len(records):
            with connection.cursor() as cursor:
                many = ASKED if len(records) >= MANY else len(records)
                cursor.execute("select * from keys_for_list(%s, %s)", [self.table, many])
                self.left.extend(key for (key,) in cursor)
        for record in records:
            record.pk = self.left.popleft()
