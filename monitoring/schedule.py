"""When a business is to be visited: months counted from its grant, spread weeks after an import, and what counts as late.

Plain functions of days. The database keeps the same calendar for visits that come past Python; a test compares the two.
"""

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, count

FIRST_MONTHS = (1, 3, 6, 9, 12, 15, 18, 21, 24)  # after a grant
WATCH_MONTHS = (6, 12, 24)  # after somebody was found independent; then no more
LATER_MONTHS = 5  # then every so many, and for those whose grant is older than this system
CLOSE = timedelta(days=14)  # a visit so shortly before a month of the calendar counts for that month
LATE_AFTER = 7  # days past the day
LONGEST_SNOOZE = 30  # days
FIRST_WEEKS, URGENT_WEEKS = 8, 4  # after an import; the shorter for who needs help: within 60 and 30 days
MONDAY_TO_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Age:
    """How far a visit's day lies from the day that asks: between `least` and `most` days past, negative for ahead."""

    code: str
    label: str
    least: int | None
    most: int | None

    def holds(self, due: date, on: date) -> bool:
        past = (on - due).days
        return (self.least is None or past >= self.least) and (self.most is None or past <= self.most)


AGES = (
    Age("pekan", "Jatuh tempo 7 hari ke depan", -7, -1),
    Age("kini", "Lewat 0–7 hari", 0, LATE_AFTER),
    Age("lewat-8", "Terlambat 8–30 hari", LATE_AFTER + 1, 30),
    Age("lewat-31", "Terlambat 31–90 hari", 31, 90),
    Age("lewat-91", "Terlambat lebih dari 90 hari", 91, None),
)
LATE = Age("terlambat", "Terlambat", LATE_AFTER + 1, None)
BY_CODE = {age.code: age for age in (*AGES, LATE)}


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def calendar_of(granted_on: date) -> Iterator[date]:
    """The days on which a business is to be visited after its grant, without end."""
    later = count(FIRST_MONTHS[-1] + LATER_MONTHS, LATER_MONTHS)
    return (add_months(granted_on, months) for months in chain(FIRST_MONTHS, later))


def next_due(visited_on: date, granted_on: date | None = None) -> date:
    """When to come again after a visit; without a day of the grant, which is then long ago, in five months."""
    if granted_on is None:
        return add_months(visited_on, LATER_MONTHS)
    return next(day for day in calendar_of(granted_on) if day >= visited_on + CLOSE)


def next_watch(visited_on: date, independent_since: date) -> date | None:
    """When to see somebody independent again after a visit; None when the watch is over."""
    days = (add_months(independent_since, months) for months in WATCH_MONTHS)
    return next((day for day in days if day >= visited_on + CLOSE), None)


def first_dues(on: date, urgent: Sequence[bool], taken: Iterable[date] = ()) -> list[date]:
    """A first visit for each of an office's businesses after an import on `on`: who needs help within 30 days, all within 60.

    Each goes to the emptiest day from Monday to Friday in its weeks, the earliest of equals, beside the days already
    `taken`; so the same list gives the same days.
    """
    load = Counter(taken)
    found = []
    for is_urgent in urgent:
        day = min(_working_days(on, URGENT_WEEKS if is_urgent else FIRST_WEEKS), key=lambda day: (load[day], day))
        load[day] += 1
        found.append(day)
    return found


@lru_cache(maxsize=8)
def _working_days(on: date, weeks: int) -> tuple[date, ...]:
    days = (on + timedelta(days=ahead) for ahead in range(1, weeks * 7 + 1))
    return tuple(day for day in days if day.weekday() < MONDAY_TO_FRIDAY)
