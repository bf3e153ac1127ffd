"""The visits that wait today, by age, from the counts that triggers keep by the day they are expected on."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from monitoring.counts.reading import Kind, count, count_by_region, count_each_day, count_on_days
from monitoring.schedule import AGES, LATE, LATE_AFTER, Age

ALL, ALONE = "open", "nobody"  # all that wait; those of them without an officer; other codes are officers' ids
OLDEST = timedelta(days=AGES[-1].least)
NEXT = timedelta(days=-AGES[0].least)


def waiting_by_age(user: Any, day: date, *, region: int | None = None, code: str = ALL) -> dict[str, int]:
    """Each age and all that are late, of those of `code`: two queries."""
    kind, only = _of(code)
    long_ago = count(user, kind, day - OLDEST, region=region, code=only)
    near = count_each_day(user, kind, day - OLDEST + timedelta(days=1), day + NEXT, region=region, code=only)

    def of(age: Age) -> int:
        found = sum(n for (due, _), n in near.items() if age.holds(due, day))
        return found + (long_ago[code] if age.most is None else 0)

    return {"late": of(LATE)} | {age.code: of(age) for age in AGES}


def late_alone(user: Any, day: date, *, region: int | None = None) -> int:
    """The late ones without an officer: one query."""
    return count(user, Kind.GIVEN, day - timedelta(days=LATE_AFTER + 1), region=region, code=ALONE)[ALONE]


def all_waiting(user: Any, *, region: int | None = None, code: str = ALL) -> int:
    """Whatever their day: one query."""
    kind, only = _of(code)
    return count(user, kind, date.max, region=region, code=only)[code]


def _of(code: str) -> tuple[Kind, str]:
    """Under which kind a code is counted, and the code where there are others beside it."""
    return (Kind.DUE, "") if code == ALL else (Kind.GIVEN, code)


def waiting_by_officer(user: Any, day: date, ages: tuple[Age, ...], *, region: int | None = None) -> list[tuple]:
    """Region and officer by their ids, None for nobody, how many wait in all, and how many of each age: one query."""
    ends = tuple(sorted({date.max, *(end for age in ages for end in _ends(age, day))} - {date.min}))
    found: dict[tuple[int, str], Counter] = defaultdict(Counter)
    for end, counts in count_on_days(user, Kind.GIVEN, ends, region=region).items():
        for whose, number in counts.items():
            found[whose][end] = number
    return [
        (
            place,
            None if code == ALONE else int(code),
            counts[date.max],
            *(counts[last] - counts[before] for before, last in (_ends(age, day) for age in ages)),
        )
        for (place, code), counts in found.items()
    ]


def _ends(age: Age, day: date) -> tuple[date, date]:
    """The day before the first one on which a visit of this age was expected, and the last one."""
    before = date.min if age.most is None else day - timedelta(days=age.most + 1)
    return before, day - timedelta(days=age.least)


def with_visits(user: Any) -> list[int]:
    """The ids of the officers for whom a visit waits: one query."""
    return [int(code) for code in count(user, Kind.GIVEN, date.max) if code != ALONE]


def regions_of(user: Any, officer: int) -> tuple[int, ...]:
    """The ids of the regions in which visits of this officer wait: one query."""
    return tuple(sorted(place for place, code in count_by_region(user, Kind.GIVEN, date.max) if code == str(officer)))


def late_by_region(user: Any, day: date) -> Counter:
    """The late ones by region id: one query."""
    found = count_by_region(user, Kind.DUE, day - timedelta(days=LATE_AFTER + 1))
    return Counter({region: n for (region, code), n in found.items() if code == ALL})
