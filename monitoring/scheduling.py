"""Sets first visits after an import, spread over each office's weeks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import cycle

from clients.lifecycle import GONE
from monitoring.due import DueVisit, officers_of
from monitoring.models import Business
from monitoring.progress import Category
from monitoring.schedule import FIRST_WEEKS, first_dues
from ppks.kit.bulk import insert_rows, unsaved


def schedule_first(businesses: Iterable[Business], *, on: date) -> None:
    """A first visit for new businesses, each with its `person` loaded."""
    insert_rows(DueVisit, FirstVisits(on).of(businesses))


class FirstVisits:
    """First visits, not yet stored, for the businesses of one import; the officers of a kab/kota take them in turn.

    What an office has to do already is asked once, and what comes is counted on it.
    """

    def __init__(self, on: date):
        self.on = on
        self.taken: dict[int, Counter] = {}
        self.turns: dict[int, Iterator[int | None]] = {}

    def of(self, businesses: Iterable[Business]) -> list[DueVisit]:
        by_region: dict[int, list[Business]] = {}
        for business in businesses:
            if business.person.status not in GONE:
                by_region.setdefault(business.person.region_id, []).append(business)
        if unasked := by_region.keys() - self.taken.keys():
            self._ask(unasked)
        return [visit for region, rows in by_region.items() for visit in self._in(region, rows)]

    def _ask(self, regions: Iterable[int]) -> None:
        self.taken |= _taken(regions, self.on)
        officers = officers_of(regions)
        self.turns |= {region: cycle([one.pk for one in officers.get(region, ())] or [None]) for region in regions}

    def _in(self, region: int, businesses: list[Business]) -> Iterator[DueVisit]:
        businesses.sort(key=_is_urgent, reverse=True)
        days = first_dues(self.on, [_is_urgent(business) for business in businesses], self.taken[region])
        self.taken[region].update(days)
        for business, day, officer in zip(businesses, days, self.turns[region], strict=False):
            yield unsaved(DueVisit, business_id=business.pk, due_on=day, opens_on=self.on, officer_id=officer)


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
