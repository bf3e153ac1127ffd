"""Who needs help and has no plan, the longest waiting first; and the tabs that this list and the list of plans share."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from clients.models import Person
from monitoring import named
from monitoring.lists import CHUNK
from monitoring.models import Business, Visit, VisitObstacle
from monitoring.plans.clock import GRACE, LEVELS, Level, level
from monitoring.plans.lists import REGION, SEE
from monitoring.plans.models import HelpNeed, Plan
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import COUNTED_EXACTLY, Filter, Listing
from ppks.kit.prepared import counted, prepared
from ppks.kit.sheets import Sheet, said_of

AGES = {"lewat": GRACE, LEVELS[-1].code: LEVELS[-1].days}
AGE = Filter(
    "umur",
    "Tanpa rencana",
    lambda user: [(code, f"{days} hari atau lebih") for code, days in AGES.items()],
    lambda needs, code, day: needs.waiting(day, days=AGES[code]),
)
FILTERS = (REGION, AGE)
TABS = (
    ("perlu", "Perlu rencana", "help_list", ""),
    ("lewat", "Peringatan", "help_list", "umur=lewat"),
    ("", "Berjalan", "plan_list", ""),
    ("terlambat", "Terlambat", "plan_list", "tahap=terlambat"),
    ("selesai", "Selesai", "plan_list", "tahap=selesai"),
)


def needs(asked: Any, day: date) -> Listing:
    """The businesses in reach that need help and have no plan."""
    return Listing(asked, _shown, filters=FILTERS, keys=("since", "pk"), day=day)


def _shown(user: Any, day: date) -> QuerySet:
    return HelpNeed.objects.visible_to(user).on(day).without_plan().select_related("region")


def tabs(user: Any, day: date, region: str, current: str) -> list[dict[str, Any]]:
    """Those without a plan, and the plans by stage, each with its count in the kab/kota chosen: one query."""
    kept = f"kab={region}" if region else ""
    counts = _in_tabs(user, day, region)
    return [
        {
            "label": label,
            "url": "?".join(filter(None, (reverse(page), "&".join(filter(None, (codes, kept)))))),
            "count": count if (count := counts.get(code, 0)) <= COUNTED_EXACTLY else None,
            "more": count > COUNTED_EXACTLY,
            "current": code == current,
        }
        for code, label, page, codes in TABS
    ]


@counted
def _in_tabs(user, day, region):
    waiting, known = HelpNeed.objects.visible_to(user).on(day).without_plan(), Plan.objects.visible_to(user)
    if region:
        waiting, known = waiting.filter(region__code=region), known.filter(region__code=region)
    found = {
        "perlu": waiting,
        "lewat": waiting.waiting(day),
        "": known.open(),
        "terlambat": known.overdue(day),
        "selesai": known.closed(),
    }
    return {code: rows.order_by()[: COUNTED_EXACTLY + 1] for code, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One business without a plan, since when it needs help and what its last visit found in its way."""

    need: HelpNeed
    business: Business
    person: Person
    obstacles: list[str]
    days: int

    @property
    def level(self) -> Level | None:
        """Who is alerted by now."""
        return level(self.days)


def lines(found: list[HelpNeed], user: Any, day: date) -> list[Line]:
    """The rows with their businesses, people and obstacles: four queries."""
    businesses, people = named.with_owners((need.pk for need in found), user, day)
    obstacles = last_obstacles(tuple(businesses), user)
    return [
        Line(
            need=need,
            business=businesses[need.pk],
            person=people[businesses[need.pk].person_id],
            obstacles=[str(one.obstacle) for one in obstacles[need.pk]],
            days=need.days(day),
        )
        for need in found
    ]


def last_obstacles(businesses: tuple[int, ...], user: Any) -> dict[int, list[VisitObstacle]]:
    """By business, what its last visit found, the heaviest first: two queries."""
    last = {visit.pk: visit.business_id for visit in _last_visits(user, businesses)}
    found = defaultdict(list)
    for one in _obstacles(user, tuple(last)):
        found[last[one.visit_id]].append(one)
    return found


@prepared
def _last_visits(user, businesses):
    """Policies alone say which: a second condition on the kab/kota lets PostgreSQL read all visits of it."""
    visits = Visit.objects.filter(business__in=businesses, replaced_by=None).only("business_id")
    return visits.order_by("business_id", "-visited_on", "-pk").distinct("business_id")


@prepared
def _obstacles(user, visits):
    told = VisitObstacle.objects.visible_to(user).filter(visit__in=visits).select_related("obstacle")
    return told.order_by("-severity", "pk")


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("PEMILIK", lambda row: row[1].person.shown_name, width=30),
    Column("USAHA", lambda row: str(row[1].business), width=32),
    Column("KAB/KOTA", lambda row: str(row[1].need.region), width=22),
    Column("PERLU BANTUAN SEJAK", lambda row: row[1].need.since, DAY),
    Column("HARI", lambda row: row[1].days, COUNT),
    Column("PERINGATAN KEPADA", lambda row: row[1].level and row[1].level.label, width=24),
    Column("HAMBATAN", lambda row: "; ".join(row[1].obstacles), width=36),
    Column("KUNJUNGAN TERAKHIR", lambda row: row[1].business.seen_on, DAY),
    Column("KEADAAN", lambda row: row[1].business.state_label),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All rows of the list with their people."""
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user, listing.day))
        for number, line in enumerate(told, 1):
            subjects.append(line.person.identity_id)
            yield number, line

    return Book(
        name="perlu-rencana",
        title=f"USAHA PERLU BANTUAN TANPA RENCANA PER {dates.long(listing.day).upper()}",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
    )


contribute("sheet", Sheet("perlu_rencana", "Perlu rencana", "help_list", SEE, needs, book))
