"""Reads the counts by day: what a kind of count is on a day, in one region or all in reach, by code."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Sum

from monitoring.counts.models import DayCount
from ppks.kit.prepared import NOBODY, prepared
from ppks.regions.models import Region

Grain = DayCount.Grain
Kind = DayCount.Kind
UNKNOWN = "unknown"


def count(user: Any, kind: str, day: date, *, region: int | None = None, code: str = "") -> Counter:
    """Each count of a kind on `day`, or that of one code, in one region or all in reach, by code: one query."""
    return _counter(_by_code(user, kind, day, _places(user, region), code))


def count_by_region(user: Any, kind: str, day: date) -> Counter:
    """The same by region id and code."""
    return _counter(_by_region(user, kind, day, _places(user, None) or _everywhere()))


def count_on_days(user: Any, kind: str, days: tuple[date, ...], *, region: int | None = None) -> dict[date, Counter]:
    """The same for each of several days: one query."""
    rows = _on_days(user, kind, days, _places(user, region) or _everywhere())
    return {day: _counter((place, code, sums[at]) for place, code, *sums in rows) for at, day in enumerate(days)}


def count_each_day(
    user: Any, kind: str, first: date, last: date, *, region: int | None = None, code: str = ""
) -> Counter:
    """What was added on each of these days, by day and code, or of one code."""
    return _counter(_by_day(user, kind, (first, last), _places(user, region), code))


@prepared
def _by_code(user, kind, day, places, code):
    rows = _rows(user, kind, places, code).filter(_in(places) & _summed(day) | Q(grain=Grain.CHANGE, day__lte=day))
    return rows.values_list("code").annotate(n=Sum("number"))


@prepared
def _by_region(user, kind, day, places):
    rows = _rows(user, kind, places).filter(_summed(day) | Q(grain=Grain.CHANGE, day__lte=day))
    return rows.values_list("region", "code").annotate(n=Sum("number"))


@prepared
def _on_days(user, kind, days, places):
    changed = Q(grain=Grain.CHANGE)
    sums = [Sum("number", filter=_summed(day) | changed & Q(day__lte=day), default=0) for day in days]
    wanted = reduce(or_, map(_summed, days), changed)
    rows = _rows(user, kind, places).filter(wanted).values_list("region", "code")
    return rows.annotate(**{f"on_{at}": each for at, each in enumerate(sums)})


@prepared
def _by_day(user, kind, span, places, code):
    rows = _rows(user, kind, places, code).filter(_in(places) & Q(grain=Grain.DAY) | Q(grain=Grain.CHANGE))
    return rows.filter(day__range=span).values_list("day", "code").annotate(n=Sum("number"))


def _rows(user: Any, kind: str, places: tuple[int, ...], code: str = "") -> QuerySet:
    rows = DayCount.objects.visible_to(user).filter(kind=kind, **({"code": code} if code else {})).order_by()
    return rows.filter(region__in=places) if places else rows


def _in(places: tuple[int, ...]) -> Q:
    """Sums of all regions together stand in rows of no region."""
    return Q() if places else Q(region=None)


def _counter(rows: Iterable[Any]) -> Counter:
    return Counter({key[0] if len(key) == 1 else tuple(key): number for *key, number in rows if number})


def _places(user: Any, region: int | None) -> tuple[int, ...]:
    """The regions that are counted, named one by one because the index has them before the days; none for all of them."""
    return (region,) if region is not None else tuple(user.reach)


def _everywhere() -> tuple[int, ...]:
    return tuple(key for (key,) in _regions(NOBODY))


@prepared
def _regions(reader):
    return Region.objects.order_by("pk").values_list("pk")


def _summed(day: date) -> Q:
    """The years before that of `day`, the months of its year before its own, the days of its month."""
    year, month = day.replace(month=1, day=1), day.replace(day=1)
    return (
        Q(grain=Grain.YEAR, day__lt=year)
        | Q(grain=Grain.MONTH, day__gte=year, day__lt=month)
        | Q(grain=Grain.DAY, day__gte=month, day__lte=day)
    )


def states_by(counts: Counter) -> dict[str, Counter]:
    """Businesses by group and state, from the codes `group:` for all of a group and `group:state` for what is known of it.

    What is not known is the rest of the group: no code counts it, so that nothing else can be counted as it.
    """
    groups: dict[str, Counter] = {}
    for code, n in sorted(counts.items()):
        group, _, state = code.rpartition(":")
        found = groups.setdefault(group, Counter())
        found[UNKNOWN] += n if not state else -n
        if state:
            found[state] += n
    return {group: +found for group, found in groups.items()}
