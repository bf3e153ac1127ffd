"""Sets first visits after an import, spread over each office's weeks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from clients.lifecycle import GONE
from monitoring.due import DueVisit, officers_of
from monitoring.models import Business
from monitoring.progress import Category
from monitoring.schedule import FIRST_WEEKS, first_dues
from ppks.kit.bulk import insert_rows, unsaved


def schedule_first(businesses: Iterable[Business], *, on: date) -> None:
    """A first visit for new businesses, each with its `person` loaded."""
    insert_rows(DueVisit, first_visits(businesses, on=on))


def first_visits(businesses: Iterable[Business], *, on: date) -> list[DueVisit]:
    """As `schedule_first`, not yet stored; the officers of a kab/kota take them in turn."""
    by_region: dict[int, list[Business]] = {}
    for business in businesses:
        if business.person.status not in GONE:
            by_region.setdefault(business.person.region_id, []).append(business)
    officers, taken = officers_of(by_region), _taken(by_region, on)
    visits: list[DueVisit] = []
    for region, rows in by_region.items():
        rows.sort(key=_is_urgent, reverse=True)
        days = first_dues(on, [_is_urgent(business) for business in rows], taken[region])
        turn = [officer.pk for officer in officers.get(region, ())] or [None]
        visits += (
            unsaved(DueVisit, business_id=business.pk, due_on=day, opens_on=on, officer_id=turn[number % len(turn)])
            for number, (business, day) in enumerate(zip(rows, days, strict=True))
        )
    return visits


def _is_urgent(business: Business) -> bool:
    """Whether the office's own list says that it needs help."""
    return business.reported_condition in Category.needs_help


def _taken(regions: Iterable[int], on: date) -> dict[int, Counter]:
    """How many visits each kab/kota has on each of the coming days already."""
    last = on + timedelta(weeks=FIRST_WEEKS)
    found: dict[int, Counter] = {region: Counter() for region in regions}
    waiting = DueVisit.objects.filter(region__in=found, closed_on=None, expected_on__range=(on, last))
    for region, day in waiting.values_list("region", "expected_on"):
        found[region][day] += 1
    return found
