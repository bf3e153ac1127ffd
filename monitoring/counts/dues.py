"""The visits that wait today, by age, from the counts that triggers keep by the day they are expected on."""

from datetime import date, timedelta
from typing import Any

from monitoring.counts.reading import Kind, count, count_each_day
from monitoring.schedule import AGES, LATE

ALL, ALONE = "open", "alone"  # all that wait; those of them without an officer
OLDEST = timedelta(days=AGES[-1].least)
NEXT = timedelta(days=-AGES[0].least)


def waiting_by_age(user: Any, day: date, *, region: int | None = None) -> dict[str, int]:
    """Each age, all that are late, and those of them without an officer: two queries."""
    long_ago = count(user, Kind.DUE, day - OLDEST, region=region)
    near = count_each_day(user, Kind.DUE, day - OLDEST + timedelta(days=1), day + NEXT, region=region)

    def of(age: Any, code: str = ALL) -> int:
        found = sum(n for (due, each), n in near.items() if each == code and age.holds(due, day))
        return found + (long_ago[code] if age.most is None else 0)

    return {"late": of(LATE), "alone": of(LATE, ALONE)} | {age.code: of(age) for age in AGES}
