"""Applies the progress rule to a business and keeps the results, each for its day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from monitoring.models import Assessment, Business, ListedFigure, Visit
from monitoring.progress import RULES, assess
from ppks.kit.bulk import unsaved
from ppks.kit.contributions import contributed

CURRENT_RULE = RULES[max(RULES)]


def observations_of(business: Business) -> list[ListedFigure | Visit]:
    """What lists and visits say, oldest first, without what a later list or visit replaced."""
    return in_order(business.listed_figures.order_by("pk"), business.visits.standing())


def in_order(figures: Iterable[ListedFigure], visits: Iterable[Visit]) -> list[ListedFigure | Visit]:
    """Observations by day; of several lists of a day the last one imported."""
    listed = {figure.observed_on: figure for figure in figures}
    return sorted([*listed.values(), *visits], key=lambda seen: (seen.on, seen.pk))


def assess_from(business: Business, *changed: date) -> None:
    """After what was observed on these days changed: assess them and every later day that was observed or assessed.

    A day assessed before may be one on which nothing is observed any more, since a correction moved its visit.
    """
    assess_all({business: changed})


def assess_all(changed: Mapping[Business, Iterable[date]]) -> None:
    """As `assess_from`, for many businesses with the same few statements."""
    figures, visits, assessed = defaultdict(list), defaultdict(list), defaultdict(list)
    for figure in ListedFigure.objects.filter(business__in=changed).order_by("pk"):
        figures[figure.business_id].append(figure)
    for visit in Visit.objects.filter(business__in=changed).standing():
        visits[visit.business_id].append(visit)
    for business, day in Assessment.objects.filter(business__in=changed).values_list("business", "on"):
        assessed[business].append(day)
    made: list[Assessment] = []
    for business, days in changed.items():
        observations = in_order(figures[business.pk], visits[business.pk])
        since = min(days := set(days))
        later = [day for day in (*assessed[business.pk], *(seen.on for seen in observations)) if day > since]
        made += [assessment(business, observations, day) for day in sorted({*days, *later})]
    Assessment.objects.bulk_create(made, batch_size=1_000)
    for follow in contributed("assessed"):
        follow(changed)


def assessment(business: Business, observations: Iterable[ListedFigure | Visit], day: date) -> Assessment:
    """The rule's answer for one day, not yet stored."""
    known = [seen for seen in observations if seen.on <= day]
    result = assess(known, on=day, rule=CURRENT_RULE)
    visits = [seen for seen in known if isinstance(seen, Visit)]
    turnovers = [seen.turnover for seen in known if seen.turnover is not None]
    return unsaved(
        Assessment,
        business_id=business.pk,
        on=day,
        category=result.category,
        trend=result.trend or "",
        reasons=list(result.reasons),
        rule=result.rule,
        valid_until=result.valid_until,
        last_visit_on=visits[-1].on if visits else None,
        last_turnover=turnovers[-1] if turnovers else None,
    )
