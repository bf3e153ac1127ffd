"""Points of an application: every scorer's newest judgement by every criterion, weighted."""

from collections import defaultdict

from grants.programmes.models import Criterion

SCALE = 5


def by_scorer(application) -> dict[int, dict[int, int]]:
    """{scorer: {criterion: newest value}} in the application's present cycle."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    scores = application.scores.filter(cycle=application.cycle).order_by("pk")
    for scorer, criterion, value in scores.values_list("by", "criterion", "value"):
        found[scorer][criterion] = value
    return dict(found)


def scorers(application) -> list[int]:
    """Who has judged by every criterion in force."""
    asked = {criterion.pk for criterion in Criterion.objects.current()}
    return [scorer for scorer, given in by_scorer(application).items() if asked and asked <= given.keys()]


def points(given: dict[int, int], weights: dict[int, int]) -> int:
    """One scorer's points, in hundredths of a percent of the highest possible: 10,000 is full marks."""
    full = sum(weights.values()) * SCALE
    return (
        sum(weights[criterion] * value for criterion, value in given.items() if criterion in weights) * 10_000 // full
    )


def points_of(application) -> int:
    """The average of all complete scorers, rounded down; 0 without any."""
    weights = {criterion.pk: criterion.weight for criterion in Criterion.objects.current()}
    given = by_scorer(application)
    complete = scorers(application)
    return sum(points(given[scorer], weights) for scorer in complete) // len(complete) if complete else 0
