"""The periods that are reported on: months, quarters, years, each with its days, its words and its code in addresses."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.schedule import add_months
from ppks.kit import dates

FIRST_YEAR = 2000  # as early as pages tell of
ROMAN = ("I", "II", "III", "IV")
KINDS = {1: "Bulan", 3: "Triwulan", 12: "Tahun"}  # by months
CODE = re.compile(r"(?P<year>[0-9]{4})(-(tw(?P<quarter>[1-4])|(?P<month>[0-9]{2})))?")


@dataclass(frozen=True, slots=True)
class Period:
    """So many whole months from the first day of one on."""

    first: date
    months: int

    @property
    def last(self) -> date:
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def code(self) -> str:
        """2026-10, 2026-tw4 or 2026"""
        if self.months == 12:
            return f"{self.first.year}"
        return f"{self.first.year}-tw{self._quarter}" if self.months == 3 else f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        if self.months == 12:
            return f"Tahun {self.first.year}"
        return f"Triwulan {ROMAN[self._quarter - 1]} {self.first.year}" if self.months == 3 else dates.month(self.first)

    @property
    def span(self) -> str:
        """Its first and last day."""
        return f"{dates.long(self.first)} sampai {dates.long(self.last)}"

    @property
    def _quarter(self) -> int:
        return (self.first.month + 2) // 3

    def has_begun(self, day: date) -> bool:
        return self.first <= day

    def has_ended(self, day: date) -> bool:
        """Whether its last day is over on `day`."""
        return self.last < day

    def told_on(self, day: date) -> date:
        """The day that its state is told of: its last one, or `day` while it runs."""
        return min(self.last, day)


def parse(code: str) -> Period | None:
    """The period that a code names; None for what names none."""
    match = CODE.fullmatch(code)
    if match is None or not FIRST_YEAR <= int(match["year"]) <= dates.LAST_YEAR:
        return None
    year, month = int(match["year"]), int(match["month"] or 1)
    if match["quarter"]:
        return Period(date(year, 3 * int(match["quarter"]) - 2, 1), 3)
    return Period(date(year, month, 1), 1 if match["month"] else 12) if 1 <= month <= 12 else None


def periods_of(year: int) -> list[Period]:
    """The year, its quarters and its months, the latest first."""
    months = [Period(date(year, month, 1), 1) for month in range(12, 0, -1)]
    quarters = [Period(date(year, month, 1), 3) for month in (10, 7, 4, 1)]
    return [Period(date(year, 1, 1), 12), *quarters, *months]
