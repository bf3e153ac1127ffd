"""The figures of a report as numbers: live ones counted now, frozen ones read; kab/kota add up to the whole by construction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.reports.measures import Span
from monitoring.reports.models import Edition, EditionFigure, EditionMeasure
from monitoring.reports.sources import open_to


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in the words of the report: as the code defines it now, or as it was defined when the report was closed."""

    code: str
    heading: str
    label: str
    definition: str
    is_sum: bool


class Values:
    """Every figure by kab/kota."""

    def __init__(self, measures: Iterable[Told], counts: Mapping[tuple[int, str], int]):
        self.measures = list(measures)
        self.counts = {key: value for key, value in counts.items() if value}
        self.totals: dict[str, int] = defaultdict(int)
        for (_, code), value in self.counts.items():
            self.totals[code] += value

    def of(self, code: str, region: int | None = None) -> int:
        """The figure of one kab/kota, or of all in reach."""
        return self.totals.get(code, 0) if region is None else self.counts.get((region, code), 0)

    @property
    def regions(self) -> set[int]:
        """Those that have anything to tell."""
        return {region for region, _ in self.counts}

    @property
    def fingerprint(self) -> str:
        """The same for the same figures, so that a check page knows whether it is stale."""
        told = ";".join(f"{region}:{code}:{value}" for (region, code), value in sorted(self.counts.items()))
        return hashlib.sha256(told.encode()).hexdigest()


def live(user: Any, span: Span) -> Values:
    """The figures in reach as they are now: one query a source."""
    measures, counts = [], {}
    for source in open_to(user):
        measures += [Told(m.code, source.heading, m.label, m.definition, m.is_sum) for m in source.measures]
        counts |= source.counts(user, span)
    return Values(measures, counts)


def frozen(edition: Edition, user: Any) -> Values:
    """The figures in reach as they were closed: two queries."""
    told = [m for m in EditionMeasure.objects.visible_to(user).filter(edition=edition) if user.has_perm(m.permission)]
    codes = {m.code for m in told}
    figures = EditionFigure.objects.visible_to(user).filter(edition=edition)
    counts = {(f.region_id, f.measure): f.value for f in figures if f.measure in codes}
    return Values([Told(m.code, m.heading, m.label, m.definition, m.is_sum) for m in told], counts)
