"""Points of applications: every scorer's newest judgement by every criterion in force, weighted, for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grants.programmes.models import Criterion
from grants.selection.models import Score, mark

SCALE = 5
FULL = 10_000  # points of who gets the highest value everywhere: hundredths of a percent


@dataclass(frozen=True, slots=True)
class Judged:
    """Who has judged by every criterion, and the points that came of it; 0 points without a complete scorer."""

    scorers: tuple[int, ...] = ()
    points: int = 0

    @property
    def mark(self) -> str:
        return mark(self.points)


def judged(applications: Iterable) -> dict[int, Judged]:
    """What the scores of each application's present cycle amount to, by its id: two queries."""
    applications = list(applications)
    weights = {criterion.pk: criterion.weight for criterion in Criterion.objects.current()}
    given = _newest(applications)
    return {one.pk: _together(given[one.pk], weights) for one in applications}


def _newest(applications: list) -> dict[int, dict[int, dict[int, int]]]:
    """{application: {scorer: {criterion: value}}} of the present cycles."""
    cycles = {one.pk: one.cycle for one in applications}
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Score.objects.filter(application__in=list(cycles)).order_by("pk")
    for application, cycle, scorer, criterion, value in rows.values_list(
        "application", "cycle", "by", "criterion", "value"
    ):
        if cycle == cycles[application]:
            found[application][scorer][criterion] = value
    return found


def _together(given: dict[int, dict[int, int]], weights: dict[int, int]) -> Judged:
    complete = {who: values for who, values in given.items() if weights and weights.keys() <= values.keys()}
    if not complete:
        return Judged()
    total = sum(points(values, weights) for values in complete.values())
    return Judged(tuple(complete), total // len(complete))


def points(values: dict[int, int], weights: dict[int, int]) -> int:
    """One scorer's points by values per criterion, 0 to 10,000, rounded down."""
    full = sum(weights.values()) * SCALE
    return sum(weight * values[criterion] for criterion, weight in weights.items()) * FULL // full


def scorers(application) -> tuple[int, ...]:
    """Who has judged this application by every criterion in force."""
    return judged([application])[application.pk].scorers
