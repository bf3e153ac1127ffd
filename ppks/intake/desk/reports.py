"""Puts a plan into words for the preview: who is new, what changes from what to what, which cell has which problem.

NIK and KK appear masked only. What is written here is sealed by `sealing` and shown page by page.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from clients.models import Category, Decile, Disability, Person, Stay
from grants.models import OtherAid, PastGrant
from monitoring.models import Business, ListedFigure
from ppks.intake.planning import CHANGED, NEW, RowPlan
from ppks.intake.results import Problem, Reading
from ppks.kit import dates, phones, rupiah
from ppks.kit.sealed import Sealed, blind_index
from ppks.regions.models import District, Region, Village

SEALED = ("nik", "kk")
NONE = "–"
Item = tuple[str, str, str]  # label, before, after


class Reporter:
    """Sees every batch of planned rows before it is written, and keeps what a person must see of it."""

    def __init__(self, user: Any):
        self.user = user
        self.news: list[list[Any]] = []
        self.changes: list[dict[str, Any]] = []
        self.went: set[tuple[str, int]] = set()  # the rows that go in, by sheet and number
        self.regions = {region.pk: str(region) for region in Region.objects.all()}

    def see(self, rows: list[RowPlan]) -> None:
        changed = [row for row in rows if row.outcome == CHANGED]
        names = _Names(self.user, changed)
        self.went.update((row.row.sheet, row.row.row) for row in rows)
        for row in rows:
            if row.outcome == NEW:
                where = self.regions.get(row.person.region_id, "")
                self.news.append([_place(row.row), row.person.name, where, _what(row)])
        for row in changed:
            person = row.person
            self.changes.append(
                {
                    "cell": _place(row.row),
                    "person": person.pk,
                    "identity": person.identity_id,
                    "name": person.name,
                    "region": self.regions.get(person.region_id, ""),
                    "items": list(_items(row, names)),
                }
            )

    def report(self, reading: Reading, problems: Iterable[Problem]) -> dict[str, Any]:
        """All of it; `fingerprint` differs as soon as any outcome does."""
        told = {
            "news": self.news,
            "changes": self.changes,
            "problems": [[p.sheet, p.cell, p.severity, p.message] for p in problems],
        }
        return told | {
            "fingerprint": blind_index(json.dumps(told)),
            "unknown": [[heading.cell, heading.text] for heading in reading.unknown_headings],
            "sheet": reading.sheet,
            "sheets": list(reading.sheets),
            "passed_over": list(reading.passed_over),
            "heading_row": reading.heading_row,
            "needs_region": any(problem.code == "no_region" for problem in problems),
        }


class _Names:
    """What the changed rows' codes and sealed numbers are called, a query each."""

    def __init__(self, user: Any, rows: list[RowPlan]):
        self.places = {
            "district_id": _named(District, rows, "district_id"),
            "village_id": _named(Village, rows, "village_id"),
        }
        with_numbers = [row.person.pk for row in rows if not row.fields.keys().isdisjoint(SEALED)]
        people = Person.objects.visible_to(user).filter(pk__in=with_numbers).only(*SEALED) if with_numbers else ()
        self.masked = {(person.pk, name): _shown(getattr(person, name)) for person in people for name in SEALED}

    def before(self, row: RowPlan, name: str, old: Any) -> str:
        if name in SEALED:
            return self.masked.get((row.person.pk, name), NONE)
        return self.said(name, old)

    def said(self, name: str, value: Any) -> str:
        if name in self.places:
            return self.places[name].get(value, NONE)
        if name == "phone" and value:
            return phones.format(value)
        return Person.Sex(value).label if name == "sex" and value else _shown(value)


def _named(model: type, rows: list[RowPlan], name: str) -> dict[int, str]:
    ids = {value for row in rows for value in row.fields.get(name, ()) if value}
    return {pk: str(found) for pk, found in model.objects.in_bulk(ids).items()} if ids else {}


def _items(row: RowPlan, names: _Names) -> Iterable[Item]:
    for name, (old, new) in row.fields.items():
        label = str(Person._meta.get_field(name.removesuffix("_id")).verbose_name)
        yield label[:1].upper() + label[1:], names.before(row, name, old), names.said(name, new)
    for fact in row.facts:
        label, said = _told(fact)
        yield label, NONE, said
    if row.begins_business:
        yield "Usaha", NONE, str(row.business)
    for name, (old, new) in row.business_fields.items():
        shown = Business(**{name: new}), Business(**{name: old})
        yield _report(name), *(_condition(each, name) for each in reversed(shown))
    for figure in row.figures:
        yield f"{row.business}, {dates.long(figure.observed_on)}", NONE, _amounts(figure)


def _report(name: str) -> str:
    return {"reported_condition": "Keadaan usaha menurut daftar", "reported_on": "Keadaan itu per tanggal"}[name]


def _condition(business: Business, name: str) -> str:
    if name == "reported_condition":
        return business.get_reported_condition_display() or NONE
    return _shown(business.reported_on)


def _told(fact: Any) -> tuple[str, str]:
    match fact:
        case Stay():
            left = f"keluar {fact.left_on.year}" if fact.left_on else ""
            return "Tinggal di UPT", _joined(str(fact.institution or fact.institution_as_written), left)
        case Category():
            return "Jenis PPKS", str(fact.kind)
        case Disability():
            return "Ragam disabilitas", str(fact.kind)
        case PastGrant():
            amount = rupiah.format(fact.amount) if fact.amount else ""
            return "Bantuan yang diterima", _joined(
                fact.year and str(fact.year), fact.get_form_display().lower(), amount
            )
        case Decile():
            return "Desil", f"{fact.decile} ({fact.dataset}, {dates.long(fact.as_of)})"
        case OtherAid():
            amount = rupiah.format(fact.amount) if fact.amount else ""
            when = dates.long(fact.given_on) if fact.given_on else fact.year and str(fact.year)
            return "Bantuan lain", _joined(fact.programme, when, amount, fact.giver)
    raise TypeError(type(fact))


def _amounts(figure: ListedFigure) -> str:
    turnover = f"omzet {rupiah.format(figure.turnover)}" if figure.turnover is not None else ""
    profit = f"laba {rupiah.format(figure.profit)}" if figure.profit is not None else ""
    workers = f"{figure.workers} tenaga kerja" if figure.workers is not None else ""
    return _joined(turnover, profit, workers)


def _what(row: RowPlan) -> str:
    return str(row.business) if row.business is not None else ""


def _place(row: Any) -> str:
    return f"{row.sheet}!{row.cell('name') or row.cell('nik') or row.row}"


def _joined(*parts: Any) -> str:
    return ", ".join(filter(None, parts)) or NONE


def _shown(value: Any) -> str:
    match value:
        case None | "":
            return NONE
        case Sealed():
            return value.masked
        case date():
            return dates.long(value)
    return str(value)
