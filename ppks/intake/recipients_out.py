"""The list of people as it goes out: the office's own columns, so that the same workbook can come in again unchanged.

What lists told stands under the office's headings as of one day, the newest list's; what the system knows today stands
behind it under a heading that an import leaves alone. A figure of another list's day is left out rather than misdated.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Max, QuerySet

from clients.lifecycle import Status
from clients.lists import people
from clients.models import Person, Stay
from grants.models import PastGrant
from monitoring.lists import by_region, by_state
from monitoring.models import Business, Condition, ListedFigure
from monitoring.progress import Category
from ppks.intake.planning import FORMS
from ppks.kit import dates, phones
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, TEXT, YEAR, Book, Column
from ppks.kit.listing import Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import District, Region, Village

CHUNK = 1_000
OPEN = (
    "pk",
    "identity_id",
    "initials",
    "sex",
    "village_id",
    "district_id",
    "region_id",
    "ppks_as_written",
    "nik_status",
    "status",
)
SHOWN = ("name", "nik", "kk", "birth_place", "birth_date", "phone", "address", "note")
FORM_WORDS = {form: word for word, form in FORMS.items() if word}
NO_NIK = {Person.NikStatus.NONE: "belum ada", Person.NikStatus.PENDING: "sedang diurus"}
NO_BUSINESS = "Tanpa usaha"
STATES, STATUSES = dict(Category.choices), dict(Status.choices)
CONDITIONS = {code: label.lower() for code, label in Condition.choices}


@dataclass(slots=True)
class Line:
    """One person on the way out."""

    number: int
    person: dict[str, Any]
    region: str
    district: str
    village: str
    stay: Any  # these are rows of the queries below, or None
    grant: Any
    business: Any
    before: Any
    now: Any
    told: bool  # the condition is of the list's own day

    @property
    def birth(self) -> str:
        day = self.person["birth_date"]
        return ", ".join(filter(None, (self.person["birth_place"], f"{day:%d-%m-%Y}" if day else "")))

    @property
    def institution(self) -> str:
        return self.stay.institution__code or self.stay.institution_as_written if self.stay else ""

    @property
    def left_year(self) -> int | None:
        return self.stay.left_on.year if self.stay and self.stay.left_on else None

    @property
    def trade(self) -> str:
        return self.business.trade__name or self.business.trade_as_written if self.business else ""

    @property
    def state(self) -> str:
        return STATES[self.business.state] if self.business else ""


def _number(name: str, *, full: bool):
    """A sealed number, masked unless the whole file was asked for with a reason."""

    def value(line: Line) -> str:
        found = line.person[name]
        if found is None:
            return NO_NIK.get(line.person["nik_status"], "") if name == "nik" else ""
        return found.reveal() if full else found.masked

    return value


def _of(part: str, name: str):
    """An attribute of a part that a line may not have."""

    def value(line: Line) -> Any:
        found = getattr(line, part)
        return None if found is None else getattr(found, name)

    return value


def _person(name: str):
    return lambda line: line.person[name]


def columns(*, masked: bool, full: bool, day: date) -> list[Column]:
    """The office's columns, then the system's; a masked role gets initials and no personal ones."""
    name = Column("INISIAL", _person("initials"), width=12) if masked else Column("NAMA", _person("name"), width=30)
    return [
        Column("NO", lambda line: line.number, COUNT, 6),
        name,
        *([] if masked else _identity(full=full)),
        Column("L/P", _person("sex"), width=6),
        *([] if masked else [Column("TEMPAT, TGL LAHIR", lambda line: line.birth, width=28)]),
        *([] if masked else [Column("ALAMAT", _person("address"), width=36)]),
        Column("DESA/KEL", lambda line: line.village, width=20),
        Column("KECAMATAN", lambda line: line.district, width=20),
        Column("KAB/KOTA", lambda line: line.region, width=22),
        *([] if masked else [Column("NO. HP", _phone, width=18)]),
        Column("JENIS PPKS", _person("ppks_as_written"), width=28),
        *_service(),
        *_business(),
        *([] if masked else [Column("KETERANGAN", _person("note"), width=36)]),
        *_today(f"CATATAN PPKS MANDIRI {dates.long(day).upper()}"),
    ]


def _identity(*, full: bool) -> list[Column]:
    return [
        Column("NIK", _number("nik", full=full), width=20),
        Column("NO. KK", _number("kk", full=full), width=20),
    ]


def _phone(line: Line) -> str:
    return phones.format(line.person["phone"]) if line.person["phone"] else ""


def _service() -> list[Column]:
    return [
        Column("ASAL UPT", lambda line: line.institution, width=24),
        Column("TAHUN KELUAR", lambda line: line.left_year, YEAR, 10),
    ]


def _business() -> list[Column]:
    return [
        Column("JENIS USAHA", lambda line: line.trade, width=30),
        Column("TAHUN", _of("grant", "year"), YEAR, 10, group="BANTUAN"),
        Column("BENTUK", lambda line: FORM_WORDS.get(line.grant.form, "") if line.grant else "", TEXT, 10, "BANTUAN"),
        Column("NILAI (Rp)", _of("grant", "amount"), RUPIAH, group="BANTUAN"),
        Column("AWAL", _of("before", "turnover"), RUPIAH, group="OMZET/BLN"),
        Column("SEKARANG", _of("now", "turnover"), RUPIAH, group="OMZET/BLN"),
        Column("LABA BERSIH/BLN", _of("now", "profit"), RUPIAH),
        Column("TENAGA KERJA", _of("now", "workers"), COUNT, 10),
        Column("KONDISI USAHA", _condition, width=18),
    ]


def _condition(line: Line) -> str:
    return CONDITIONS[line.business.reported_condition] if line.told else ""


def _today(group: str) -> list[Column]:
    return [
        Column("TAHAP", lambda line: STATUSES[line.person["status"]], width=16, group=group),
        Column("KEADAAN MENURUT KUNJUNGAN", lambda line: line.state, width=18, group=group),
        Column("KUNJUNGAN TERAKHIR", _of("business", "seen_on"), DAY, 14, group),
        Column("OMZET PENGAMATAN TERAKHIR", _of("business", "seen_turnover"), RUPIAH, group=group),
    ]


class Lines:
    """The people of a list with all that the columns need: six queries a chunk, plain rows instead of models."""

    def __init__(self, listing: Listing):
        self.listing, self.user, self.rows = listing, listing.request.user, listing.rows
        self.masked = "name" in self.rows.query.deferred_loading[0]
        self.day = self._list_date()
        self.regions = {region.pk: str(region) for region in Region.objects.all()}
        self.districts = dict(District.objects.values_list("pk", "name"))

    def _list_date(self) -> date | None:
        """The day that the newest list tells of, for these people."""
        of_these = {"person__in": self.rows.order_by().values("pk")}
        grants = PastGrant.objects.visible_to(self.user).filter(**of_these)
        businesses = Business.objects.visible_to(self.user).filter(**of_these)
        figures = ListedFigure.objects.visible_to(self.user).filter(business__in=businesses.values("pk"))
        found = [
            grants.aggregate(day=Max("list_date"))["day"],
            businesses.aggregate(day=Max("reported_on"))["day"],
            figures.aggregate(day=Max("observed_on"))["day"],
        ]
        return max(filter(None, found), default=None)

    def __iter__(self) -> Iterator[Line]:
        fields = OPEN if self.masked else (*OPEN, *SHOWN)
        found = self.rows.order_by(*self.listing.keys).values(*fields).iterator(CHUNK)
        done = 0
        while chunk := list(islice(found, CHUNK)):
            yield from self._lines(chunk, done)
            done += len(chunk)

    def _lines(self, chunk: list[dict], done: int) -> Iterator[Line]:
        ids = [person["pk"] for person in chunk]
        villages = dict(Village.objects.filter(pk__in={p["village_id"] for p in chunk}).values_list("pk", "name"))
        stays, grants = self._stays(ids), self._grants(ids)
        businesses = self._businesses(ids)
        figures = self._figures(businesses)
        for number, person in enumerate(chunk, done + 1):
            key = person["pk"]
            business, grant = businesses.get(key), grants.get(key)
            before = date(grant.year - 1, 12, 31) if grant and grant.year else None
            yield Line(
                number,
                person,
                self.regions[person["region_id"]],
                self.districts.get(person["district_id"], ""),
                villages.get(person["village_id"], ""),
                stays.get(key),
                grant,
                business,
                figures.get((business and business.pk, before)),
                figures.get((business and business.pk, self.day)),
                bool(business and business.reported_condition and business.reported_on == self.day),
            )

    def _stays(self, ids: list[int]) -> dict[int, Any]:
        """The last stay that a list of that day can tell of."""
        rows = Stay.objects.visible_to(self.user).filter(person__in=ids)
        latest = self.day.year if self.day else dates.today().year
        told = _rows(rows, "person_id", "left_on", "institution__code", "institution_as_written")
        known = [stay for stay in told if stay.left_on is None or stay.left_on.year <= latest]
        return {stay.person_id: stay for stay in reversed(known)}

    def _grants(self, ids: list[int]) -> dict[int, Any]:
        """The newest grant; one without a year counts as the oldest."""
        rows = PastGrant.objects.visible_to(self.user).filter(person__in=ids).order_by("pk")
        told = _rows(rows, "person_id", "year", "form", "amount")
        return {grant.person_id: grant for grant in sorted(told, key=lambda grant: grant.year or 0)}

    def _businesses(self, ids: list[int]) -> dict[int, Any]:
        """The newest business, as on the page."""
        rows = Business.objects.visible_to(self.user).as_of(self.listing.day).filter(person__in=ids).order_by("pk")
        stored = ("pk", "person_id", "trade__name", "trade_as_written", "reported_condition", "reported_on")
        return {row.person_id: row for row in _rows(rows, *stored, "state", "seen_on", "seen_turnover")}

    def _figures(self, businesses: dict[int, Any]) -> dict[tuple[int, date], Any]:
        """What lists said of the businesses, the last word on each day."""
        rows = ListedFigure.objects.visible_to(self.user).filter(business__in=[b.pk for b in businesses.values()])
        told = _rows(rows.order_by("pk"), "business_id", "observed_on", "turnover", "profit", "workers")
        return {(figure.business_id, figure.observed_on): figure for figure in told}


def _rows(rows: QuerySet, *fields: str) -> QuerySet:
    return rows.values_list(*fields, named=True)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All people of the list. With `full`, NIK and KK stand there in plain digits."""
    regions, states, lines = Counter(), Counter(), Lines(listing)

    def rows() -> Iterator[Line]:
        for line in lines:
            subjects.append(line.person["identity_id"])
            regions[line.region] += 1
            states[line.state or NO_BUSINESS] += 1
            yield line

    return Book(
        name="klien",
        title="DAFTAR KLIEN PPKS",
        about=[f"Menurut daftar per {dates.long(lines.day or dates.today())}", *said_of(lines.user, listing)],
        columns=columns(masked=lines.masked, full=full, day=listing.day),
        rows=rows(),
        recaps=lambda: (by_region(regions), by_state(states)),
    )


contribute("sheet", Sheet("klien", "Klien", "person_list", "clients.view_person", people, book, has_full=True))
