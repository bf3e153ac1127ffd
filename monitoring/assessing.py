"""Applies the progress rule to a business and keeps the results, each for its day."""

from collections.abc import Iterable
from datetime import date

from monitoring.models import Assessment, Business, ListedFigure, Visit
from monitoring.progress import RULES, assess

CURRENT_RULE = RULES[max(RULES)]


def observations_of(business: Business) -> list[ListedFigure | Visit]:
    """What lists and visits say, oldest first, without what a later list or visit replaced."""
    listed = {figure.observed_on: figure for figure in business.listed_figures.order_by("pk")}
    return sorted([*listed.values(), *business.visits.standing()], key=lambda seen: (seen.on, seen.pk))


def assess_from(business: Business, *changed: date) -> None:
    """After what was observed on these days changed: assess them and every later day that was observed or assessed.

    A day assessed before may be one on which nothing is observed any more, since a correction moved its visit.
    """
    observations, since = observations_of(business), min(changed)
    assessed = business.assessments.filter(on__gt=since).values_list("on", flat=True)
    days = sorted({*changed, *assessed, *(seen.on for seen in observations if seen.on > since)})
    Assessment.objects.bulk_create([assessment(business, observations, day) for day in days])


def assessment(business: Business, observations: Iterable[ListedFigure | Visit], day: date) -> Assessment:
    """The rule's answer for one day, not yet stored."""
    known = [seen for seen in observations if seen.on <= day]
    result = assess(known, on=day, rule=CURRENT_RULE)
    visits = [seen for seen in known if isinstance(seen, Visit)]
    turnovers = [seen.turnover for seen in known if seen.turnover is not None]
    return Assessment(
        business=business,
        on=day,
        category=result.category,
        trend=result.trend or "",
        reasons=list(result.reasons),
        rule=result.rule,
        valid_until=result.valid_until,
        last_visit_on=visits[-1].on if visits else None,
        last_turnover=turnovers[-1] if turnovers else None,
    )
