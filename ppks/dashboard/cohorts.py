"""Counts behind the cohort curves: what the lists find month by month after a grant.

Today's are kept by triggers; those of an earlier day are counted in one pass over the facts, by what was known of grants then.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, QuerySet

from monitoring.counts.reading import Kind, states_by
from monitoring.granted import POINTS, first_grant, recipients_on
from monitoring.independence.models import Graduation
from monitoring.models import Assessment
from monitoring.progress import Category
from monitoring.schedule import add_months
from ppks.dashboard.figures import Codes, Figures, people
from ppks.kit.prepared import prepared

ALL = "semua"
Counts = dict[tuple[str, int], Counter]  # by year of the first grant (or ALL) and months since
Told = tuple[date, str, date | None]  # the day of an assessment, its category, and until when that holds


def states_since_grant(figures: Figures) -> Counts:
    """How many businesses were in which state so many months after their owner's first grant, as `after_grant` tells it."""
    day, counts = figures.day, defaultdict(Counter)
    if figures.is_today:
        return _kept_states(figures)
    businesses = figures.businesses().filter(person__in=recipients_on(day)).order_by()
    granted = dict(businesses.annotate(granted_on=first_grant("person", day)).values_list("pk", "granted_on"))
    facts = Assessment.objects.filter(business__in=businesses.values("pk"), on__lte=day)
    facts = facts.order_by("business", "on", "pk").values_list("business", "on", "category", "valid_until")
    for business, rows in groupby(facts.iterator(), key=itemgetter(0)):
        _count_states(counts, granted.pop(business), [row[1:] for row in rows], day)
    for granted_on in granted.values():
        _count_states(counts, granted_on, [], day)
    return counts


def _kept_states(figures: Figures) -> Counts:
    counts: Counts = defaultdict(Counter)
    for group, found in states_by(figures.kept(Kind.AFTER)).items():
        year, _, months = group.partition(":")
        for cohort in (year, ALL):
            counts[cohort, int(months)].update(found)
    return counts


def _count_states(counts: Counts, granted_on: date | None, told: list[Told], day: date) -> None:
    days = [on for on, _, _ in told]
    for months, reached_on in _reached(granted_on, day):
        known = bisect_right(days, reached_on)
        state = _state(told[known - 1], reached_on) if known else Category.UNKNOWN
        for year in (str(granted_on.year), ALL):
            counts[year, months][state] += 1


def _state(told: Told, on: date) -> str:
    _, category, valid_until = told
    holds = category == Category.CLOSED or (valid_until is not None and valid_until >= on)
    return category if holds else Category.UNKNOWN


def independence_since_grant(figures: Figures) -> Counts:
    """How many recipients were independent (True) or not (False) so many months after their first grant."""
    counts: Counts = defaultdict(Counter)
    for year, months, is_independent, number in _kept_people(figures) if figures.is_today else _people(figures):
        for cohort in (year, ALL):
            counts[cohort, months][is_independent] += number
            counts[cohort, months][False] -= number * is_independent
    return counts


def _kept_people(figures: Figures) -> Iterator[tuple[str, int, bool, int]]:
    """All recipients of a year as not independent, and those of them who are."""
    for kind in (Kind.REACHED, Kind.INDEPENDENT):
        for code, number in figures.kept(kind).items():
            year, _, months = code.partition(":")
            yield year, int(months), kind == Kind.INDEPENDENT, number


def _people(figures: Figures) -> Iterator[tuple[str, int, bool, int]]:
    for year, months, size in _sizes(figures):
        yield year, months, False, size
    for granted_on, spells in _spells(figures):
        for months, reached_on in _reached(granted_on, figures.day):
            if any(decided <= reached_on and (ended is None or ended > reached_on) for decided, ended in spells):
                yield str(granted_on.year), months, True, 1


def _sizes(figures: Figures) -> Iterator[tuple[str, int, int]]:
    """How many recipients of each year were there so many months later."""
    recipients = _recipients(figures.user, figures.day, figures.codes)
    for granted_on, size in recipients.values_list(first_grant("pk", figures.day)).annotate(
        n=Count("pk", distinct=True)
    ):
        for months, _ in _reached(granted_on, figures.day):
            yield str(granted_on.year), months, size


def _recipients(user: Any, day: date, codes: Codes) -> QuerySet:
    return people(user, day, codes).filter(pk__in=recipients_on(day)).order_by()


def _spells(figures: Figures) -> Iterator[tuple[date | None, list[tuple[date, date | None]]]]:
    """The day of the first grant and the spells of each who was ever independent."""
    for _, own in groupby(_decided(figures.user, figures.day, figures.codes), key=itemgetter(0)):
        told = list(own)
        yield told[0][1], [row[2:] for row in told]


@prepared
def _decided(user, day, codes):
    of = _recipients(user, day, codes).values("pk")
    rows = Graduation.objects.filter(person__in=of, decided_on__lte=day).order_by("person")
    return rows.values_list("person", first_grant("person", day), "decided_on", "ended_on")


def _reached(granted_on: date | None, day: date) -> Iterator[tuple[int, date]]:
    """The points that have come by `day`, each with its day; none without the day of a grant."""
    for months in POINTS if granted_on else ():
        if (reached_on := add_months(granted_on, months)) > day:
            return
        yield months, reached_on
