"""Reads the counts by day: what a kind of count is on a day, in one region or all in reach, by code."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from monitoring.counts.models import DayCount
from ppks.regions.models import Region

Grain = DayCount.Grain
Kind = DayCount.Kind
UNKNOWN = "unknown"


def count(user: Any, kind: str, day: date, *, region: int | None = None) -> Counter:
    """Each count of a kind on `day` in one region or all in reach, by code: one query."""
    places = _places(user, region)
    where = {"region__in": places} if places else {"region": None}
    rows = DayCount.objects.visible_to(user).filter(Q(**where) & _summed(day) | _changed(day, places), kind=kind)
    return _counter(rows.order_by().values_list("code").annotate(n=Sum("number")))


def count_by_region(user: Any, kind: str, day: date) -> Counter:
    """The same by region id and code."""
    places = _places(user, None) or list(Region.objects.order_by().values_list("pk", flat=True))
    rows = DayCount.objects.visible_to(user).filter(
        Q(region__in=places) & _summed(day) | _changed(day, places), kind=kind
    )
    return _counter(rows.order_by().values_list("region", "code").annotate(n=Sum("number")))


def count_each_day(user: Any, kind: str, first: date, last: date, *, region: int | None = None) -> Counter:
    """What was added on each of these days, by day and code."""
    places = _places(user, region)
    where = Q(region__in=places) if places else Q(region=None)
    days = DayCount.objects.visible_to(user).filter(
        where & Q(grain=Grain.DAY) | _changed(last, places), kind=kind, day__range=(first, last)
    )
    return _counter(days.order_by().values_list("day", "code").annotate(n=Sum("number")))


def _counter(rows: Any) -> Counter:
    return Counter({key[0] if len(key) == 1 else tuple(key): number for *key, number in rows if number})


def _places(user: Any, region: int | None) -> list[int]:
    """The regions that are counted, named one by one because the index has them before the days; none for all of them."""
    return [region] if region is not None else list(user.reach)


def _changed(day: date, places: list[int]) -> Q:
    """What changed since sums were made."""
    changed = Q(grain=Grain.CHANGE, day__lte=day)
    return changed & Q(region__in=places) if places else changed


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
