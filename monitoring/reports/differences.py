"""What is different by now from a frozen report: the rows that are there no more, and those that came."""

from dataclasses import dataclass
from typing import Any

from monitoring.reports.lists import Asked, Line, lines, rows_of
from monitoring.reports.models import Edition
from monitoring.reports.sources import BY_MEASURE
from monitoring.reports.values import Told
from ppks.kit import dates

MOST = 100  # rows of one measure and side that a page shows


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure's rows on both sides."""

    told: Told
    gone: list[Line]
    come: list[Line]
    more: int  # rows that are not shown


def differences(edition: Edition, changed: list[Told], user: Any) -> list[Difference]:
    """Row by row, for the figures that differ; a row that changed kab/kota or rupiah is gone and came."""
    return [_difference(edition, told, user) for told in changed if told.code in BY_MEASURE]


def _difference(edition: Edition, told: Told, user: Any) -> Difference:
    source, measure = BY_MEASURE[told.code]
    day = dates.today()
    both = [
        {(row.row_region, row.row_subject, row.row_amount if told.is_sum else None): row for row in rows}
        for rows in (
            rows_of(Asked(edition.period, of, source, measure), user, day).order_by("pk") for of in (edition, None)
        )
    ]
    then, now = both
    gone, come = ([row for key, row in one.items() if key not in other] for one, other in ((then, now), (now, then)))
    shown = [lines(rows[:MOST], user, source.words) for rows in (gone, come)]
    return Difference(told, *shown, more=max(len(gone) - MOST, 0) + max(len(come) - MOST, 0))
