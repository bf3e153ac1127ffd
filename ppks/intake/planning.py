"""What importing a list would do: who is new, what changes field by field, what stays the same. Writes nothing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clients.models import Category, Disability, DisabilityKind, Person, PpksKind, Stay
from grants.models import PastGrant
from monitoring.models import Business, ListedFigure, Trade
from ppks.intake.knowing import Known, same_trade
from ppks.intake.results import Reading, Recipient
from ppks.kit.sealed import Sealed
from ppks.regions.reference_tables import number

FORMS = {"barang": PastGrant.Form.GOODS, "uang": PastGrant.Form.CASH, None: ""}
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass
class RowPlan:
    """One row: its person (stored or not yet), the fields that change as (old, new), and the facts to add."""

    row: Recipient
    person: Person
    is_new: bool
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    business: Business | None = None
    business_fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    figures: list[ListedFigure] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.is_new:
            return NEW
        adds_business = self.business is not None and self.business.pk is None
        changes = self.fields or self.facts or adds_business or self.business_fields or self.figures
        return CHANGED if changes else SAME


@dataclass
class Plan:
    reading: Reading
    list_date: date
    rows: list[RowPlan]

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)


class Codes:
    """Reference rows by their codes, asked for once."""

    def __init__(self):
        self.kinds = {kind.code: kind for kind in PpksKind.objects.all()}
        self.disabilities = {kind.code: kind for kind in DisabilityKind.objects.all()}
        self.trades = {trade.code: trade for trade in Trade.objects.all()}


def plan(reading: Reading, *, list_date: date, user: Any) -> Plan:
    """Compare a list with what is stored; needs an open door and a reading whose rows to import have no errors."""
    recipients = [row for row in reading.recipients if not row.has_errors]
    known, codes = Known(recipients, user), Codes()
    return Plan(reading, list_date, [_row(row, known.person(row), codes, list_date) for row in recipients])


def _row(row: Recipient, person: Person | None, codes: Codes, list_date: date) -> RowPlan:
    wanted = _wanted(row)
    if person is None:
        planned = RowPlan(
            row, Person(**wanted, region_id=number(row.region_code), nik_status=row.nik_status), is_new=True
        )
    else:
        changes = {name: (getattr(person, name), value) for name, value in wanted.items() if value not in ("", None)}
        planned = RowPlan(
            row, person, is_new=False, fields={n: pair for n, pair in changes.items() if pair[0] != pair[1]}
        )
    planned.facts = [*_stays(planned), *_needs(planned, codes), *_grants(planned, list_date)]
    _plan_business(planned, codes, list_date)
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


def _stored(planned: RowPlan, name: str) -> list[Any]:
    return [] if planned.is_new else list(getattr(planned.person, name).all())


def _stays(planned: RowPlan) -> list[Stay]:
    row = planned.row
    if not (row.institution_key or row.institution):
        return []
    left_on = date(row.left_year, 12, 31) if row.left_year else None
    written = "" if row.institution_key else row.institution
    stay = Stay(
        institution_id=row.institution_key,
        institution_as_written=written,
        left_on=left_on,
        left_precision=Stay.Precision.YEAR,
    )
    same = [
        old
        for old in _stored(planned, "stays")
        if (old.institution_id, old.institution_as_written) == (row.institution_key, written)
        and (old.left_on and old.left_on.year) == row.left_year
    ]
    return [] if same else [stay]


def _needs(planned: RowPlan, codes: Codes) -> list[Category | Disability]:
    row = planned.row
    has_kinds = {category.kind.code for category in _stored(planned, "categories") if category.until_on is None}
    has_disabilities = {disability.kind.code for disability in _stored(planned, "disabilities")}
    found: list[Category | Disability] = [Category(kind=codes.kinds[c]) for c in row.ppks_codes if c not in has_kinds]
    if row.disability_code and row.disability_code not in has_disabilities:
        found.append(Disability(kind=codes.disabilities[row.disability_code]))
    return found


def _grants(planned: RowPlan, list_date: date) -> list[PastGrant]:
    """Aid that no earlier list told of; the same year, form and amount is the same aid.

    A row without a word of aid makes nobody a recipient who is known already: lists that went out hold others too.
    """
    row = planned.row
    told = (row.aid_year, FORMS[row.aid_form], row.aid_value or None)
    if told == (None, "", None) and not planned.is_new:
        return []
    if any((old.year, old.form, old.amount) == told for old in _stored(planned, "past_grants")):
        return []
    year, form, amount = told
    cell = f"{row.sheet}!{row.cell('name') or row.row}"
    return [PastGrant(year=year, form=form, amount=amount, list_date=list_date, cell=cell)]


def _plan_business(planned: RowPlan, codes: Codes, list_date: date) -> None:
    row = planned.row
    figures = _figures(row, list_date)
    if not (row.trade or row.trade_code or figures or row.reported_condition):
        return
    business = next((old for old in _stored(planned, "businesses") if same_trade(old, row)), None)
    if business is None:
        business = Business(trade=codes.trades.get(row.trade_code), trade_as_written=row.trade)
        business.reported_condition = row.reported_condition or ""
        business.reported_on = list_date if row.reported_condition else None
        planned.figures = figures
    else:
        planned.business_fields = _report(business, row, list_date)
        planned.figures = [new for new in figures if not _is_told(business, new)]
    planned.business = business


def _report(business: Business, row: Recipient, list_date: date) -> dict[str, tuple[Any, Any]]:
    told = {"reported_condition": row.reported_condition, "reported_on": list_date}
    is_older = business.reported_on is not None and business.reported_on > list_date
    if not row.reported_condition or is_older:
        return {}
    return {name: (getattr(business, name), value) for name, value in told.items() if getattr(business, name) != value}


def _figures(row: Recipient, list_date: date) -> list[ListedFigure]:
    found = []
    if row.turnover_before is not None and row.aid_year:
        day = date(row.aid_year - 1, 12, 31)
        found.append(ListedFigure(observed_on=day, turnover=row.turnover_before, cell=row.cell("turnover_before")))
    if any(value is not None for value in (row.turnover_now, row.profit, row.workers)):
        cell = row.cell("turnover_now") or row.cell("name")
        now = ListedFigure(
            observed_on=list_date, turnover=row.turnover_now, profit=row.profit, workers=row.workers, cell=cell
        )
        found.append(now)
    return found


def _is_told(business: Business, new: ListedFigure) -> bool:
    """Whether the last list that speaks of that day says the same."""
    told = [old for old in business.listed_figures.all() if old.observed_on == new.observed_on]
    last = max(told, key=lambda old: old.pk, default=None)
    return last is not None and (last.turnover, last.profit, last.workers) == (new.turnover, new.profit, new.workers)
