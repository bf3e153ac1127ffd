"""What the pages of a report show: its figures by section, kab/kota side by side, and what is different by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from monitoring.reports.lists import rows_url
from monitoring.reports.measures import Span
from monitoring.reports.models import Edition
from monitoring.reports.periods import Period
from monitoring.reports.values import Told, Values, live
from ppks.kit.charts.tables import Cell, Table, count_cell, sum_cell
from ppks.regions.models import Region, regions_of


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `now` is there when it is a frozen one that is different by now."""

    told: Told
    cell: Cell
    now: Cell | None


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    rows: tuple[Row, ...]
    table: Table | None  # kab/kota side by side, where the reader has several


class Report:
    """One period as one reader sees it: live, or an edition with today's figures beside it."""

    def __init__(
        self, user: Any, period: Period, day: date, *, edition: Edition | None = None, values: Values | None = None
    ):
        self.user, self.period, self.edition = user, period, edition
        self.now = live(user, Span(period, period.told_on(day)))
        self.values = values or self.now
        self.regions = regions_of(user)

    def sections(self, region: Region | None = None) -> list[Section]:
        """Every section, of one kab/kota or of all in reach."""
        found = groupby(self.values.measures, key=lambda told: told.heading)
        return [self._section(heading, list(measures), region) for heading, measures in found]

    def _section(self, heading: str, measures: list[Told], region: Region | None) -> Section:
        has_table = region is None and len(self.regions) > 1
        rows = tuple(Row(told, self._cell(told, region), self._now(told, region)) for told in measures)
        return Section(heading, rows, self._by_region(heading, measures) if has_table else None)

    def _cell(self, told: Told, region: Region | None) -> Cell:
        return _cell(told, self.values.of(told.code, region and region.pk), self._url(told, region, self.edition))

    def _now(self, told: Told, region: Region | None) -> Cell | None:
        if not self.edition or not self.differs(told.code, region):
            return None
        return _cell(told, self.now.of(told.code, region and region.pk), self._url(told, region, None))

    def _url(self, told: Told, region: Region | None, edition: Edition | None) -> str:
        return rows_url(self.period, told.code, edition=edition, region=region.code if region else "")

    def differs(self, code: str, region: Region | None = None) -> bool:
        """Whether today's figure is another one, in sum or in some kab/kota."""
        places = [region.pk] if region else self.values.regions | self.now.regions
        return any(self.values.of(code, place) != self.now.of(code, place) for place in places)

    def _by_region(self, heading: str, measures: list[Told]) -> Table:
        present = [region for region in self.regions if any(self.values.of(told.code, region.pk) for told in measures)]
        rows = tuple((Cell(str(region)), *(self._cell(told, region) for told in measures)) for region in present)
        table = Table(f"{heading}, menurut kab/kota", ("Kab/kota", *(told.label for told in measures)), rows)
        return table.with_row(Cell("Jumlah"), *(self._cell(told, None) for told in measures))

    def changed(self) -> list[Told]:
        """The figures that are different by now, in sum or in some kab/kota."""
        return [told for told in self.values.measures if self.differs(told.code)]


def _cell(told: Told, value: int, url: str) -> Cell:
    return sum_cell(value, url) if told.is_sum else count_cell(value, url)


def begun(periods: Iterable[Period], editions: dict[tuple[date, date], Edition], day: date) -> list[dict[str, Any]]:
    """The periods that have begun, each with its latest edition."""
    return [
        {"period": period, "edition": editions.get((period.first, period.last)), "has_ended": period.has_ended(day)}
        for period in periods
        if period.has_begun(day)
    ]
