"""The tabs of the worklist with their counts: kept ones where triggers keep them, else as many as lists count."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from monitoring.counts.dues import ALL, ALONE, all_waiting, regions_of, waiting_by_age
from monitoring.due import DueVisit
from monitoring.models import Business
from monitoring.progress import Category
from monitoring.schedule import LATE
from monitoring.tallies import ALL_OF_THEM, HELP, NEVER, Tallies
from monitoring.worklist import FILTERS, NOBODY, OFFICER, REGION, SCHEDULE, TABS, TODAY, in_tab
from ppks.kit import dates
from ppks.kit.listing import COUNTED_EXACTLY, Listing, Page
from ppks.kit.prepared import counted
from ppks.regions import reference_tables

TALLIED = {  # under which name triggers keep how many businesses are in such a state, whether a visit waits or not
    "belum": NEVER,
    "bantuan": HELP,
    Category.UNKNOWN.value: Category.UNKNOWN,
}


def numbers(listing: Listing) -> dict[str, int | None]:
    """How many visits each tab holds under the other filters; None for more than a list counts, where nothing keeps it."""
    held = tuple((name, listing.chosen[name][0]) for name in (REGION.name, OFFICER.name) if listing.chosen[name])
    places = _places(listing, dict(held))
    kept = _kept(listing, dict(held), places)
    codes = tuple(code for code, _ in TABS if code not in kept)
    live = _counted(listing.request.user, listing.day, held, codes, places) if codes else {}
    return kept | {code: found if found <= COUNTED_EXACTLY else None for code, found in live.items()}


def _places(listing: Listing, held: dict[str, str]) -> tuple[int, ...]:
    """The regions whose businesses a chosen kab/kota or officer leaves today; none for all in reach."""
    if listing.day < dates.today():
        return ()
    if REGION.name in held:
        return (reference_tables.number(held[REGION.name]),)
    officer = held.get(OFFICER.name, NOBODY)
    return () if officer == NOBODY else regions_of(listing.request.user, int(officer))


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


def _kept(listing: Listing, held: dict[str, str], places: tuple[int, ...]) -> dict[str, int | None]:
    """The tabs that go by the day alone, and none for those that are surely long. Nothing for an earlier day."""
    if listing.day < dates.today():
        return {}
    officer = held.get(OFFICER.name, "")
    region = places[0] if len(places) == 1 else None
    whose = {"region": region, "code": ALONE if officer == NOBODY else officer or ALL}
    ages = waiting_by_age(listing.request.user, listing.day, **whose)
    in_all = all_waiting(listing.request.user, **whose)
    by_day = {"": in_all, "kini": ages["kini"], LATE.code: ages["late"], "pekan": ages["pekan"]}
    return by_day | dict.fromkeys(_surely_long(Tallies(listing.request.user, listing.day), places, in_all))


def _surely_long(tallies: Tallies, places: tuple[int, ...], waiting: int) -> list[str]:
    """The tabs of more than is counted exactly, even if every business without such a visit were in the tab's state."""

    def kept(measure: str) -> int:
        by_region = tallies.by_region(measure)
        return sum(by_region[place] for place in places) if places else by_region.total()

    others = kept(ALL_OF_THEM) - waiting
    return [code for code, measure in TALLIED.items() if kept(measure) - others > COUNTED_EXACTLY]


@counted
def _counted(user, day, held, codes, places):
    rows, known = DueVisit.objects.visible_to(user).open_on(day), {wanted.name: wanted for wanted in FILTERS}
    for name, code in held:
        rows = known[name].narrow(rows, code, day)
    by_business = TODAY if day >= dates.today() else {}
    found = {code: _with_open_visit(code, day, dict(held), places) for code in codes if code in by_business}
    found |= {code: rows.filter(in_tab(code, day)) for code in codes if code not in by_business}
    return {code: rows.order_by()[: COUNTED_EXACTLY + 1] for code, rows in found.items()}


def _with_open_visit(code: str, day: date, held: dict[str, str], places: tuple[int, ...]) -> Any:
    """The businesses of a tab's visits, one each: asked for so, PostgreSQL stops after the first thousand.

    Policies alone say which are in reach; a second condition would let it expect a tenth of the rows, and read them all.
    """
    waiting = DueVisit.objects.open_on(day).filter(business=OuterRef("pk"))
    if officer := held.get(OFFICER.name):
        waiting = OFFICER.narrow(waiting, officer, day)
    businesses = Business.objects.filter(TODAY[code](day), Exists(waiting))
    return businesses.filter(region__in=places) if places else businesses
