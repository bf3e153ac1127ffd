"""The rows that did not go in, as the same workbook with a column ALASAN: to be mended there and sent again.

What stood around the people stays (titles, headings, groups, signature), so that it reads like the list it came from.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange, XlsxWriterException

from ppks.intake.headings import Layout, find_lists, letters
from ppks.intake.results import ERROR, Problem, Reading
from ppks.intake.workbook import NotReadable, Sheet
from ppks.kit import dates

REASON = "ALASAN"
Place = tuple[str, int]  # sheet and row
_ROW = re.compile(r"\d+$")
_LONGEST = 32_767  # characters in a cell of XLSX
_FIRST_YEAR = 1901  # of the days that Excel knows


def rest_of(
    sheets: list[Sheet], reading: Reading, conflicts: Iterable[Problem], went: set[Place], mapping: Mapping[str, str]
) -> bytes | None:
    """The workbook, or None when every row went in. `conflicts` are the problems that the reading does not know."""
    if all((row.sheet, row.row) in went for row in reading.recipients):
        return None
    reasons: dict[Place, list[Problem]] = defaultdict(list)
    for row in reading.recipients:
        reasons[row.sheet, row.row] += (problem for problem in row.problems if problem.severity == ERROR)
    for problem in conflicts:
        reasons[problem.sheet, int(_ROW.search(problem.cell)[0])].append(problem)
    layouts = _layouts(sheets, mapping)
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for number, sheet in enumerate(sheets, 1):
        if sheet.name in reading.sheets:
            _Rest(_worksheet(book, sheet.name, number), book, sheet, layouts.get(sheet.name), reading).write(
                reasons, went
            )
    book.close()
    return target.getvalue()


def _worksheet(book: Any, name: str, number: int) -> Any:
    """A sheet of that name where Excel allows it: other programs are more generous."""
    try:
        return book.add_worksheet(name)
    except XlsxWriterException:
        return book.add_worksheet(f"Lembar {number}")


def _layouts(sheets: list[Sheet], mapping: Mapping[str, str]) -> dict[str, Layout]:
    try:
        return {sheet.name: layout for sheet, layout in find_lists(sheets, mapping)[0]}
    except NotReadable:  # a short list has no names, and a heading of one row
        return {}


class _Rest:
    def __init__(self, target: Any, book: Any, sheet: Sheet, layout: Layout | None, reading: Reading):
        self.target, self.source, self.layout = target, sheet, layout
        self.day = book.add_format({"num_format": "dd-mm-yyyy"})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "font_color": "#8A2A16"})
        self.first = layout.first_row if layout else reading.heading_row
        self.last = layout.last_row if layout else reading.heading_row
        headings = next((cells for number, cells in sheet.rows if number == self.last), [])
        self.column = max((layout.width if layout else 0), len(headings))
        self.list_date = reading.list_date

    def write(self, reasons: Mapping[Place, list[Problem]], gone: set[Place]) -> None:
        """Heading rows keep their numbers, so that their merged cells do too; the people below move up."""
        self.target.set_column(self.column, self.column, 60)
        self._write_merged_headings()
        below = self.last
        for number, cells in self.source.rows:
            if (self.source.name, number) in gone:
                continue
            row = number - 1 if number <= self.last else below
            below = max(below, row + 1)
            for column, cell in enumerate(cells):
                self._cell(row, column, cell)
            if found := reasons.get((self.source.name, number)):
                self.target.write_string(row, self.column, "; ".join(map(self._said, found))[:_LONGEST], self.strong)
        self.target.write_string(self.last - 1, self.column, REASON, self.strong)
        if self.list_date:
            self.target.write_string(below + 1, 0, f"Keadaan per {dates.long(self.list_date)}")

    def _write_merged_headings(self) -> None:
        for top, left, bottom, right in self.source.merges:
            if self.first <= top and bottom <= self.last and right < self.column and (bottom, right) != (top, left):
                with suppress(OverlappingRange):
                    self.target.merge_range(top - 1, left, bottom - 1, right, "")

    def _said(self, problem: Problem) -> str:
        heading = self._heading(problem.cell)
        return f"{heading}: {problem.message}" if heading else problem.message

    def _heading(self, cell: str) -> str:
        if self.layout is None:
            return ""
        column = _ROW.sub("", cell)
        return next((h.text for number, h in self.layout.headings.items() if letters(number) == column), "")

    def _cell(self, row: int, column: int, cell: object) -> None:
        """Text as text, whatever it begins with: nothing that was sent can become a formula."""
        match cell:
            case "":
                return
            case bool():
                self.target.write_boolean(row, column, cell)
            case float() if math.isfinite(cell):
                self.target.write_number(row, column, cell)
            case date() if cell.year >= _FIRST_YEAR:  # a datetime, too
                self.target.write_datetime(row, column, cell, self.day)
            case _:
                self.target.write_string(row, column, str(cell)[:_LONGEST])
