"""The rows behind a figure of a report: live or frozen, of one measure, on a page, in a file and on paper."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet, Sum
from django.http import Http404
from django.urls import reverse

from clients.models import Person
from monitoring.lists import CHUNK, by_region
from monitoring.reports.measures import Measure, Source, Span
from monitoring.reports.models import Edition, EditionRow
from monitoring.reports.periods import Period, parse
from monitoring.reports.sources import BY_MEASURE
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import Region, region_choices
from ppks.regions.reference_tables import number

NAME = "laporan"  # of the list in addresses of files


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure's rows: of a period, and of one of its editions or as they are now."""

    period: Period
    edition: Edition | None
    source: Source
    measure: Measure


def asked_for(params: Any, user: Any, day: date) -> Asked:
    """What the address names; Http404 for what does not exist, has not begun or is not for this role."""
    period = parse(params.get("periode", ""))
    source, measure = BY_MEASURE.get(params.get("ukuran", ""), (None, None))
    if period is None or source is None or not period.has_begun(day) or not user.has_perm(source.permission):
        raise Http404
    edition, code = None, params.get("edisi", "")
    if code:
        wanted = int(code) if code.isascii() and code.isdigit() and len(code) < 5 else 0
        edition = Edition.objects.visible_to(user).of(period).filter(number=wanted).first()
        if edition is None:
            raise Http404
    return Asked(period, edition, source, measure)


def _one(name: str, label: str, code: str, words: str) -> Filter:
    """A parameter that the address must carry; it narrows nothing here, since the rows are chosen by it."""
    return Filter(name, label, lambda user: [(code, words)], lambda rows, code, day: rows, in_form=False)


REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(row_region=number(code)),
)


def rows_of(asked: Asked, user: Any, day: date) -> QuerySet:
    """The rows in reach, each with the columns of every source and `row_subject`."""
    if asked.edition is None:
        span = Span(asked.period, asked.period.told_on(day))
        return asked.source.of(asked.measure, user, span).annotate(row_subject=F("pk"))
    rows = EditionRow.objects.visible_to(user).filter(edition=asked.edition, measure=asked.measure.code)
    names = {f"row_{name}": F(name) for name in ("subject", "person", "initials", "on", "about", "detail", "amount")}
    return rows.annotate(row_region=F("region_id"), **names)


def behind(request: Any, day: date) -> Listing:
    """The rows of the figure that the address names."""
    asked = asked_for(request.GET, request.user, day)
    filters = [
        _one("periode", "Periode", asked.period.code, asked.period.label),
        _one("ukuran", "Angka", asked.measure.code, asked.measure.label),
    ]
    if asked.edition:
        filters.append(_one("edisi", "Edisi", str(asked.edition.number), f"{asked.edition.number}, ditutup"))
    return Listing(request, rows_of(asked, request.user, day), filters=(*filters, REGION), keys=("pk",), day=day)


def rows_url(period: Period, measure: str, *, edition: Edition | None = None, region: str = "") -> str:
    """The address of the rows behind a figure."""
    return _rows_url(period.code, measure, edition.number if edition else None, region)


@lru_cache(maxsize=10_000)
def _rows_url(period: str, measure: str, edition: int | None, region: str) -> str:
    codes = {"periode": period, "ukuran": measure}
    codes |= {"edisi": edition} if edition else {}
    codes |= {"kab": region} if region else {}
    return f"{reverse('period_rows')}?{urlencode(codes)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words; `person` is None for who is out of the reader's reach by now."""

    person: Person | None
    initials: str
    region: str
    on: date | None
    about: str
    detail: str
    amount: int | None

    @property
    def name(self) -> str:
        return self.person.shown_name if self.person else self.initials or "di luar wilayah kini"


def lines(found: Iterable[Any], user: Any, words: dict[str, str]) -> list[Line]:
    """Two queries, however many rows."""
    found = list(found)
    people = Person.objects.visible_to(user).only("identity", "initials", "name")
    known = people.in_bulk({row.row_person for row in found if row.row_person})
    regions = {region.pk: str(region) for region in Region.objects.only("kind", "name")}
    return [
        Line(
            person=known.get(row.row_person),
            initials=row.row_initials,
            region=regions[row.row_region],
            on=row.row_on,
            about=row.row_about or "",
            detail=words.get(row.row_detail, row.row_detail or ""),
            amount=row.row_amount,
        )
        for row in found
    ]


def total_of(listing: Listing) -> int:
    """The rupiah of all rows."""
    return listing.rows.order_by().aggregate(total=Sum("row_amount"))["total"] or 0


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NAMA", lambda row: row[1].name, width=30),
    Column("KAB/KOTA", lambda row: row[1].region, width=22),
    Column("TENTANG", lambda row: row[1].about, width=30),
    Column("TANGGAL", lambda row: row[1].on, DAY),
    Column("KETERANGAN", lambda row: row[1].detail, width=24),
    Column("RUPIAH", lambda row: row[1].amount, RUPIAH),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All rows of the figure."""
    user = listing.request.user
    asked = asked_for(listing.params, user, listing.day)
    regions: Counter = Counter()

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user, asked.source.words))
        for count, line in enumerate(told, 1):
            if line.person:
                subjects.append(line.person.identity_id)
            regions[line.region] += 1
            yield count, line

    return Book(
        name=f"laporan-{asked.period.code}-{asked.measure.code}".replace("_", "-"),
        title=f"{asked.measure.label.upper()}, {asked.period.label.upper()}",
        about=[asked.measure.definition, *_closed(asked.edition), *said_of(user, listing)],
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions),),
    )


def _closed(edition: Edition | None) -> list[str]:
    return [f"Edisi {edition.number}, ditutup {dates.moment(edition.closed_at)}"] if edition else []


contribute("sheet", Sheet(NAME, "Baris laporan", "period_rows", "reports.view_report", behind, book))
