"""Whom to visit: the visits that wait, in tabs by their day and by what is known of the business."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet, Value

from clients.models import Person
from monitoring import named
from monitoring.counts.dues import with_visits
from monitoring.due import DueVisit, in_age
from monitoring.lists import CHUNK, by_region, by_state
from monitoring.models import Business
from monitoring.progress import Category
from monitoring.schedule import AGES, BY_CODE, LATE, LATE_AFTER
from monitoring.states import help_on, unknown_on
from ppks.kit import dates
from ppks.kit.asof import asked_day
from ppks.kit.conditions import through
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.prepared import prepared
from ppks.kit.sheets import Sheet, said_of
from ppks.regions import reference_tables
from ppks.regions.models import region_choices

NOBODY = "tanpa"
NAMED = 5  # visits of an age by name on a front page; the link beside them shows all
TABS = (
    ("", "Semua"),
    ("kini", "Hari ini"),
    (LATE.code, LATE.label),
    ("pekan", "7 hari ke depan"),
    ("belum", "Belum pernah"),
    ("bantuan", "Perlu bantuan"),
    (Category.UNKNOWN.value, "Belum diketahui"),
)


TODAY = {  # of the columns of the business, which are joined once for all tabs
    "belum": lambda day: Q(last_visit_on=None),
    "bantuan": help_on,
    Category.UNKNOWN.value: unknown_on,
}


def in_tab(code: str, day: date) -> Q:
    """The condition of a tab, or of one age, on visits that are open on `day`."""
    if code in BY_CODE:
        return in_age(BY_CODE[code], day)
    if day >= dates.today():
        return through("business", TODAY[code](day)) if code else Q()
    businesses = Business.objects.as_of(day)
    match code:
        case "belum":
            return Q(business__in=businesses.never_visited())
        case "bantuan":
            return Q(business__in=businesses.needing_help())
        case Category.UNKNOWN:
            return Q(business__in=businesses.in_state(Category.UNKNOWN))
    return Q()


def _officers(user: Any) -> list[tuple[str, str]]:
    """Who has visits to make in the user's reach."""
    given = named.officers(with_visits(user), user)
    by_name = sorted(given.items(), key=lambda officer: (officer[1], officer[0]))
    return [(NOBODY, "belum ada petugas"), *((str(key), name) for key, name in by_name)]


SCHEDULE = Filter(
    "jadwal",
    "Jadwal",
    lambda user: [
        *((age.code, age.label) for age in AGES),
        *(tab for tab in TABS if tab[0] not in ("", "kini", "pekan")),
    ],
    lambda dues, code, day: dues.filter(in_tab(code, day)),
    in_form=False,
)
OFFICER = Filter(
    "petugas",
    "Petugas",
    _officers,
    lambda dues, code, day: dues.without_officer() if code == NOBODY else dues.filter(officer=int(code)),
)
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda dues, code, day: dues.filter(region=reference_tables.number(code)),
)
FILTERS = (REGION, OFFICER, SCHEDULE)


def worklist(asked: Any, day: date) -> Listing:
    """The visits in reach that wait on `day` or the earlier one asked for, the longest overdue first."""
    day = asked_day(asked.GET, day)
    return Listing(asked, _shown, filters=FILTERS, keys=("expected", "pk"), day=day)


def _shown(user: Any, day: date) -> QuerySet:
    return DueVisit.objects.visible_to(user).open_on(day).select_related("region")


@dataclass(frozen=True, slots=True)
class Line:
    """One visit that waits, with whom and what it is about."""

    due: DueVisit
    business: Business
    person: Person
    officer: str
    days_past: int

    @property
    def owner(self) -> str:
        return self.person.shown_name

    @property
    def is_late(self) -> bool:
        return self.days_past > LATE_AFTER

    @property
    def how_far(self) -> str:
        """How far its day lies from the day that asks."""
        if self.days_past == 0:
            return "hari ini"
        if self.days_past < 0:
            return f"{-self.days_past} hari lagi"
        return f"terlambat {self.days_past} hari" if self.is_late else f"lewat {self.days_past} hari"


def lines(dues: list[DueVisit], user: Any, day: date) -> list[Line]:
    """The visits with their businesses, people and officers: three queries."""
    businesses, people = named.with_owners((due.business_id for due in dues), user, day)
    names = named.officers((due.officer_id for due in dues), user)
    return [
        Line(
            due=due,
            business=businesses[due.business_id],
            person=people[businesses[due.business_id].person_id],
            officer=names[due.officer_id] if due.officer_id else "",
            days_past=due.days_late(day),
        )
        for due in dues
    ]


def nearest(codes: tuple[str, ...], user: Any, day: date) -> dict[str, list[Line]]:
    """By age the first few visits of each of these, the longest overdue first: four queries."""
    found = sorted(_first(user, codes, day), key=attrgetter("expected", "pk")) if codes else []
    told = lines(found, user, day) if found else []
    return {code: [line for line in told if line.due.age == code] for code in codes}


@prepared
def _first(user, codes, day):
    dues = DueVisit.objects.visible_to(user).open_on(day)
    aged = (dues.aged(BY_CODE[code], on=day).annotate(age=Value(code)) for code in codes)
    first, *others = (rows.order_by("expected", "pk")[:NAMED] for rows in aged)
    return first.union(*others, all=True)


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("PEMILIK", lambda row: row[1].person.shown_name, width=30),
    Column("USAHA", lambda row: str(row[1].business), width=32),
    Column("KAB/KOTA", lambda row: str(row[1].due.region), width=22),
    Column("JATUH TEMPO", lambda row: row[1].due.due_on, DAY),
    Column("DITUNDA SAMPAI", lambda row: row[1].due.snoozed_until, DAY),
    Column("HARI LEWAT", lambda row: max(row[1].days_past, 0), COUNT),
    Column("PETUGAS", lambda row: row[1].officer, width=26),
    Column("KUNJUNGAN TERAKHIR", lambda row: row[1].business.seen_on, DAY),
    Column("KEADAAN", lambda row: row[1].business.state_label),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All visits of the list with their people."""
    regions, states = Counter(), Counter()
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user, listing.day))
        for number, line in enumerate(told, 1):
            subjects.append(line.person.identity_id)
            regions[str(line.due.region)] += 1
            states[line.business.state_label] += 1
            yield number, line

    return Book(
        name="pantau",
        title=f"JADWAL KUNJUNGAN PER {dates.long(listing.day).upper()}",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions), by_state(states)),
    )


contribute("sheet", Sheet("pantau", "Jadwal kunjungan", "due_list", "monitoring.view_business", worklist, book))
