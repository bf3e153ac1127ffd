"""Whom to visit: the visits that wait, in tabs by their day and by what is known of the business."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from clients.models import Person
from monitoring import named
from monitoring.counts.dues import ALL, ALONE, all_waiting, waiting_by_age, with_visits
from monitoring.due import DueVisit, in_age
from monitoring.lists import CHUNK, by_region, by_state
from monitoring.models import Business
from monitoring.progress import Category
from monitoring.schedule import AGES, BY_CODE, LATE, LATE_AFTER
from monitoring.states import help_on, unknown_on
from monitoring.tallies import ALL_OF_THEM, HELP, NEVER, Tallies
from ppks.kit import dates
from ppks.kit.asof import asked_day
from ppks.kit.conditions import through
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import COUNTED_EXACTLY, Filter, Listing, Page
from ppks.kit.prepared import counted, prepared
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
TALLIED = {  # under which name triggers keep how many businesses are in such a state, whether a visit waits or not
    "belum": NEVER,
    "bantuan": HELP,
    Category.UNKNOWN.value: Category.UNKNOWN,
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
    by_name = sorted(given.values(), key=attrgetter("full_name", "pk"))
    return [(NOBODY, "belum ada petugas"), *((str(officer.pk), str(officer)) for officer in by_name)]


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


def numbers(listing: Listing) -> dict[str, int | None]:
    """How many visits each tab holds under the other filters; None for more than a list counts, where nothing keeps it."""
    held = tuple((name, listing.chosen[name][0]) for name in (REGION.name, OFFICER.name) if listing.chosen[name])
    kept = _kept(listing, dict(held))
    live = _counted(listing.request.user, listing.day, held, tuple(code for code, _ in TABS if code not in kept))
    return kept | {code: found if found <= COUNTED_EXACTLY else None for code, found in live.items()}


def shown_page(listing: Listing, counts: dict[str, int | None]) -> Page:
    """One page of the list; a tab is not counted twice."""
    tab = _current(listing)
    if tab not in counts:
        return listing.page()
    found = counts[tab]
    return listing.page(COUNTED_EXACTLY + 1 if found is None else min(found, COUNTED_EXACTLY + 1))


def tabs(listing: Listing, counts: dict[str, int | None]) -> list[dict[str, Any]]:
    """Every tab with its count."""
    return [
        {
            "label": label,
            "url": listing.url(**{SCHEDULE.name: code or None}),
            "count": counts[code],
            "more": counts[code] is None,
            "current": code == _current(listing),
        }
        for code, label in TABS
    ]


def _current(listing: Listing) -> str:
    chosen = listing.chosen[SCHEDULE.name]
    return chosen[0] if chosen else ""


def _kept(listing: Listing, held: dict[str, str]) -> dict[str, int | None]:
    """The tabs that go by the day alone, and none for those that are surely long. Nothing for an earlier day."""
    if listing.day < dates.today():
        return {}
    officer = held.get(OFFICER.name, "")
    region = reference_tables.number(held[REGION.name]) if REGION.name in held else None
    whose = {"region": region, "code": ALONE if officer == NOBODY else officer or ALL}
    ages = waiting_by_age(listing.request.user, listing.day, **whose)
    in_all = all_waiting(listing.request.user, **whose)
    by_day = {"": in_all, "kini": ages["kini"], LATE.code: ages["late"], "pekan": ages["pekan"]}
    return by_day | dict.fromkeys(_surely_long(Tallies(listing.request.user, listing.day), region, in_all))


def _surely_long(tallies: Tallies, region: int | None, waiting: int) -> list[str]:
    """The tabs of more than is counted exactly, even if every business without such a visit were in the tab's state."""

    def kept(measure: str) -> int:
        return tallies.total(measure) if region is None else tallies.by_region(measure)[region]

    others = kept(ALL_OF_THEM) - waiting
    return [code for code, measure in TALLIED.items() if kept(measure) - others > COUNTED_EXACTLY]


@counted
def _counted(user, day, held, codes):
    rows, known = DueVisit.objects.visible_to(user).open_on(day), {wanted.name: wanted for wanted in FILTERS}
    for name, code in held:
        rows = known[name].narrow(rows, code, day)
    by_business = TODAY if day >= dates.today() else {}
    found = {code: _with_open_visit(code, day, dict(held)) for code in codes if code in by_business}
    found |= {code: rows.filter(in_tab(code, day)) for code in codes if code not in by_business}
    return {code: rows.order_by()[: COUNTED_EXACTLY + 1] for code, rows in found.items()}


def _with_open_visit(code: str, day: date, held: dict[str, str]) -> Any:
    """The businesses of a tab's visits, one each: asked for so, PostgreSQL stops after the first thousand.

    Policies alone say which are in reach; a second condition would let it expect a tenth of the rows, and read them all.
    """
    waiting = DueVisit.objects.open_on(day).filter(business=OuterRef("pk"))
    if officer := held.get(OFFICER.name):
        waiting = OFFICER.narrow(waiting, officer, day)
    businesses = Business.objects.filter(TODAY[code](day), Exists(waiting))
    region = held.get(REGION.name)
    return businesses.filter(region=reference_tables.number(region)) if region else businesses


@dataclass(frozen=True, slots=True)
class Line:
    """One visit that waits, with whom and what it is about."""

    due: DueVisit
    business: Business
    person: Person
    officer: str
    days_past: int

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
            officer=str(names[due.officer_id]) if due.officer_id else "",
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
