"""Since when a business needs help, and whom it concerns when nobody makes a plan: plain functions of assessments and days.

The database keeps the same day for lists (`plans_reckon_help`); a test compares the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from monitoring.progress import Category, Trend

GRACE = 14  # days without a plan until the head of the kab/kota is alerted
ESCALATES = 28  # until the province is


class Told(Protocol):
    """An assessment, in the order in which it was made; of one day the last one counts."""

    on: date
    category: str
    trend: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Level:
    """Who is alerted after so many days without a plan."""

    number: int
    code: str
    label: str
    days: int


LEVELS = (
    Level(1, "kadin", "kepala dinas kab/kota", GRACE),
    Level(2, "provinsi", "provinsi", ESCALATES),
)


def needs_help_since(assessments: Iterable[Told], *, on: date) -> date | None:
    """The first day of the unbroken time in which the business needs help on `on`; None when it does not.

    A category that lapsed before the next assessment breaks it: nobody knew how the business stood.
    """
    by_day: dict[date, Told] = {}
    for told in assessments:
        if told.on <= on:
            by_day[told.on] = told
    since, before = None, None
    for day in sorted(by_day):
        told = by_day[day]
        if not _needs(told):
            since = None
        elif since is None or not _holds(before, day - timedelta(days=1)):
            since = day
        before = told
    return since if since and _holds(before, on) else None


def _needs(told: Told) -> bool:
    return told.category in Category.needs_help or told.trend == Trend.FALLING


def _holds(told: Told, day: date) -> bool:
    return told.category == Category.CLOSED or (told.valid_until is not None and told.valid_until >= day)


def level(days: int) -> Level | None:
    """The highest level that so many days without a plan have reached."""
    return next((one for one in reversed(LEVELS) if days >= one.days), None)
