"""What importing a list would do: who is new, what changes field by field, what stays the same. Writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from clients.lifecycle import LIFECYCLE, Status
from clients.models import Category, Disability, DisabilityKind, Person, PpksKind, Stay
from grants.models import PastGrant
from monitoring.models import Business, ListedFigure, Trade
from ppks.intake.conflicts import Reach, Twins, conflict
from ppks.intake.knowing import Known, same_trade
from ppks.intake.results import ERROR, Problem, Reading, Recipient
from ppks.kit.bulk import unsaved
from ppks.kit.computed import index_of
from ppks.kit.sealed import Sealed
from ppks.regions.reference_tables import number

BATCH = 2_000  # rows compared, and written, at a time: what is held in memory
ASKED = 10 * BATCH  # rows of which is asked at once what is known: only then planning waits for what is being written
FORMS = {"barang": PastGrant.Form.GOODS, "uang": PastGrant.Form.CASH, None: ""}
REGISTERED = LIFECYCLE.moves["register_former"]
BORN = {"status": REGISTERED.target, "version": 1}  # with the step that is written right after
NEW, CHANGED, SAME = "new", "changed", "same"
SEALED_INDEX = {"nik": "nik_index", "kk": "kk_index"}


@dataclass(slots=True)
class RowPlan:
    """One row: its person (stored or not yet), the fields that change as (old, new), and the facts to add.

    The old value of a sealed field is left out: it is read only where somebody has to see its mask.
    """

    row: Any
    person: Person
    is_new: bool = False
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    business: Business | None = None
    business_fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    figures: list[ListedFigure] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.is_new:
            return NEW
        changes = self.fields or self.facts or self.begins_business or self.business_fields or self.figures
        return CHANGED if changes else SAME

    @property
    def begins_business(self) -> bool:
        """Whether the business is not known yet; only before it is written."""
        return self.business is not None and self.business.pk is None


class Codes:
    """Reference rows by their codes, asked for once."""

    @cached_property
    def kinds(self) -> dict[str, PpksKind]:
        return {kind.code: kind for kind in PpksKind.objects.all()}

    @cached_property
    def disabilities(self) -> dict[str, DisabilityKind]:
        return {kind.code: kind for kind in DisabilityKind.objects.all()}

    @cached_property
    def trades(self) -> dict[str, Trade]:
        return {trade.code: trade for trade in Trade.objects.all()}


class Planner:
    """Compares a list with what is stored, a batch of rows at a time; needs an open door.

    `problems` are the reading's, and while the batches are gone through those that only the database can know are
    added; a row with an error is in no batch. With `lock` the people stay as they are until the transaction ends.
    """

    def __init__(self, reading: Reading, *, list_date: date, user: Any, lock: bool = False):
        self.reading, self.list_date, self.user, self.lock = reading, list_date, user, lock
        self.problems: list[Problem] = list(reading.problems)
        self.codes, self.reach = Codes(), Reach(user)
        self.rows = [row for row in reading.recipients if not row.has_errors]
        self.twins = Twins(self.rows)
        self.planned: dict[int, Recipient] = {}

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == ERROR for problem in self.problems)

    def batches(self) -> Iterator[list[RowPlan]]:
        for asked in batched(self.rows, ASKED):
            known = Known(asked, self.user, lock=self.lock)
            for rows in batched(asked, BATCH):
                yield [planned for row in rows if (planned := self._row(row, known))]

    def _row(self, row: Recipient, known: Known) -> RowPlan | None:
        meant = known.meant(row)
        if fault := self._fault(row, meant, known):
            self.problems.append(fault)
            return None
        person = meant[0] if meant else None
        if person is not None:
            self.planned[person.pk] = row
        return _compared(row, person, known, self.codes, self.list_date)

    def _fault(self, row: Recipient, meant: list[Person], known: Known) -> Problem | None:
        if fault := self.reach.fault(row) or self.twins.fault(row):
            return fault
        if row.nik and known.people.is_elsewhere(row.nik):
            return conflict(row, "nik", "nik_elsewhere")
        if len(meant) > 1:
            return conflict(row, "name", "person_ambiguous", count=len(meant))
        if meant and (first := self.planned.get(meant[0].pk)):
            return conflict(row, "name", "duplicate_person", first=first.cell("name"))
        return None


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _compared(row: Recipient, person: Person | None, known: Known, codes: Codes, list_date: date) -> RowPlan:
    wanted = _wanted(row)
    if person is None:
        person = unsaved(Person, **wanted, **BORN, region_id=number(row.region_code), nik_status=row.nik_status)
        planned = RowPlan(row, person, is_new=True)
    else:
        planned = RowPlan(row, person, fields=_changes(person, wanted))
    planned.facts = [*_stays(planned, known), *_needs(planned, known, codes), *_grants(planned, known, list_date)]
    _plan_business(planned, known, codes, list_date)
    return planned


def _wanted(row: Recipient) -> dict[str, Any]:
    """The row's values by field of Person; empty ones never overwrite what is stored."""
    return {
        "name": row.name,
        "nik": Sealed(row.nik) if row.nik else None,
        "kk": Sealed(row.kk) if row.kk else None,
        "sex": row.sex or "",
        "birth_place": row.birth_place,
        "birth_date": row.birth_date,
        "phone": row.phone or "",
        "address": row.address,
        "village_id": number(row.village_code) if row.village_code else None,
        "district_id": number(row.district_code) if row.district_code else None,
        "ppks_as_written": row.ppks,
        "note": row.note,
    }


def _changes(person: Person, wanted: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for name, value in wanted.items():
        if value in ("", None):
            continue
        if index := SEALED_INDEX.get(name):
            if getattr(person, index) != index_of(value):
                found[name] = (None, value)
        elif (old := getattr(person, name)) != value:
            found[name] = (old, value)
    return found


def _stays(planned: RowPlan, known: Known) -> list[Stay]:
    row = planned.row
    if not (row.institution_key or row.institution):
        return []
    written = "" if row.institution_key else row.institution
    if (row.institution_key, written, row.left_year) in known.stays.get(planned.person.pk, ()):
        return []
    return [
        unsaved(
            Stay,
            institution_id=row.institution_key,
            institution_as_written=written,
            left_on=date(row.left_year, 12, 31) if row.left_year else None,
            left_precision=Stay.Precision.YEAR,
        )
    ]


def _needs(planned: RowPlan, known: Known, codes: Codes) -> list[Category | Disability]:
    row, person = planned.row, planned.person.pk
    has_kinds = known.kinds.get(person, ())
    is_independent = (
        planned.person.status == Status.INDEPENDENT
    )  # no list opens a kind anew: that is a relapse, decided
    found: list[Category | Disability] = [
        _of_kind(Category, codes.kinds[code]) for code in row.ppks_codes if code not in has_kinds and not is_independent
    ]
    if row.disability_code and row.disability_code not in known.disabilities.get(person, ()):
        found.append(_of_kind(Disability, codes.disabilities[row.disability_code]))
    return found


def _of_kind(model: type, kind: PpksKind | DisabilityKind) -> Any:
    need = unsaved(model)
    need.kind = kind
    return need


def _grants(planned: RowPlan, known: Known, list_date: date) -> list[PastGrant]:
    """Aid that no earlier list told of; the same year, form and amount is the same aid.

    A row without a word of aid makes nobody a recipient who is known already: lists that went out hold others too.
    """
    row = planned.row
    told = (row.aid_year, FORMS[row.aid_form], row.aid_value or None)
    if told == (None, "", None) and not planned.is_new:
        return []
    if told in known.grants.get(planned.person.pk, ()):
        return []
    year, form, amount = told
    cell = f"{row.sheet}!{row.cell('name') or row.row}"
    return [unsaved(PastGrant, year=year, form=form, amount=amount, list_date=list_date, cell=cell)]


def _plan_business(planned: RowPlan, known: Known, codes: Codes, list_date: date) -> None:
    row = planned.row
    figures = _figures(row, list_date)
    if not (row.trade or row.trade_code or figures or row.reported_condition):
        return
    stored = known.businesses.get(planned.person.pk, ())
    business = next((old for old in stored if same_trade(old, row)), None)
    if business is None:
        business = _new_business(row, codes, list_date)
        planned.figures = figures
    else:
        planned.business_fields = _report(business, row, list_date)
        planned.figures = [new for new in figures if known.figures.get((business.pk, new.observed_on)) != _amounts(new)]
    planned.business = business


def _new_business(row: Recipient, codes: Codes, list_date: date) -> Business:
    business = unsaved(Business, trade_as_written=row.trade, reported_condition=row.reported_condition or "")
    business.reported_on = list_date if row.reported_condition else None
    if trade := codes.trades.get(row.trade_code):
        business.trade = trade
    return business


def _report(business: Business, row: Recipient, list_date: date) -> dict[str, tuple[Any, Any]]:
    told = {"reported_condition": row.reported_condition, "reported_on": list_date}
    is_older = business.reported_on is not None and business.reported_on > list_date
    if not row.reported_condition or is_older:
        return {}
    return {name: (getattr(business, name), value) for name, value in told.items() if getattr(business, name) != value}


def _figures(row: Recipient, list_date: date) -> list[ListedFigure]:
    """By day: should both fall on one, what the list says of its own date stands."""
    found = {}
    if row.turnover_before is not None and row.aid_year:
        day = date(row.aid_year - 1, 12, 31)
        found[day] = unsaved(
            ListedFigure, observed_on=day, turnover=row.turnover_before, cell=row.cell("turnover_before")
        )
    if any(value is not None for value in (row.turnover_now, row.profit, row.workers)):
        cell = row.cell("turnover_now") or row.cell("name")
        amounts = {"turnover": row.turnover_now, "profit": row.profit, "workers": row.workers}
        found[list_date] = unsaved(ListedFigure, observed_on=list_date, **amounts, cell=cell)
    return list(found.values())


def _amounts(figure: ListedFigure) -> tuple[int | None, int | None, int | None]:
    return figure.turnover, figure.profit, figure.workers
