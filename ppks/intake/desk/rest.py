"""The rows that did not go in, as the same workbook with a column ALASAN: to be mended there and sent again.

What stood around the people stays (titles, headings, groups, signature), so that it reads like the list it came from.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ppks.intake.desk.plainbook import LONGEST, PLAIN, STRONG, Cell, Merge, PlainBook, PlainSheet
from ppks.intake.headings import Layout, find_lists, letters
from ppks.intake.results import ERROR, Problem, Reading
from ppks.intake.workbook import NotReadable, Sheet
from ppks.kit import dates

REASON = "ALASAN"
Place = tuple[str, int]  # sheet and row
_ROW = re.compile(r"\d+$")
REASON_WIDTH = 60  # characters


def is_empty(reading: Reading, went: set[Place]) -> bool:
    """Whether every row went in."""
    return all((row.sheet, row.row) in went for row in reading.recipients)


def rest_of(
    sheets: list[Sheet], reading: Reading, conflicts: Iterable[Problem], went: set[Place], mapping: Mapping[str, str]
) -> bytes | None:
    """The workbook, or None when every row went in. `conflicts` are the problems that the reading does not know."""
    if is_empty(reading, went):
        return None
    reasons: dict[Place, list[Problem]] = defaultdict(list)
    for row in reading.recipients:
        reasons[row.sheet, row.row] += (problem for problem in row.problems if problem.severity == ERROR)
    for problem in conflicts:
        reasons[problem.sheet, int(_ROW.search(problem.cell)[0])].append(problem)
    layouts = _layouts(sheets, mapping)
    book = PlainBook()
    for sheet in sheets:
        if sheet.name in reading.sheets:
            _Rest(sheet, layouts.get(sheet.name), reading).write(book, reasons, went)
    return book.close()


def _layouts(sheets: list[Sheet], mapping: Mapping[str, str]) -> dict[str, Layout]:
    try:
        return {sheet.name: layout for sheet, layout in find_lists(sheets, mapping)[0]}
    except NotReadable:  # a short list has no names, and a heading of one row
        return {}


class _Rest:
    def __init__(self, sheet: Sheet, layout: Layout | None, reading: Reading):
        self.source, self.layout = sheet, layout
        self.first = layout.first_row if layout else reading.heading_row
        self.last = layout.last_row if layout else reading.heading_row
        headings = next((cells for number, cells in sheet.rows if number == self.last), [])
        self.column = max((layout.width if layout else 0), len(headings))
        self.list_date = reading.list_date

    def write(self, book: PlainBook, reasons: Mapping[Place, list[Problem]], gone: set[Place]) -> None:
        merges = list(self._merged_headings())
        with book.sheet(self.source.name, widths={self.column: REASON_WIDTH}, merges=merges) as target:
            below = self._write_rows(target, reasons, gone)
            if self.list_date:
                target.row(below + 2, [(0, f"Keadaan per {dates.long(self.list_date)}", PLAIN)])

    def _write_rows(self, target: PlainSheet, reasons: Mapping[Place, list[Problem]], gone: set[Place]) -> int:
        """Heading rows keep their numbers, so that their merged cells do too; the people below move up."""
        below = self.last
        for number, cells in self.source.rows:
            place = self.source.name, number
            if place in gone:
                continue
            row = number if number <= self.last else below + 1
            below = max(below, row)
            said = REASON if number == self.last else "; ".join(map(self._said, reasons.get(place, ())))
            target.row(row, self._cells(cells, said[:LONGEST]))
        return below

    def _cells(self, cells: list, said: str) -> Iterator[Cell]:
        """With what is said of the row in the column behind the headings, whatever stood there."""
        for column, cell in enumerate(cells[: self.column]):
            yield column, cell, PLAIN
        yield self.column, said or (cells[self.column] if len(cells) > self.column else ""), STRONG
        for column, cell in enumerate(cells[self.column + 1 :], self.column + 1):
            yield column, cell, PLAIN

    def _merged_headings(self) -> Iterator[Merge]:
        """Those of the heading; of two that overlap, as no spreadsheet allows, the first."""
        taken: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.source.merges:
            if self.first <= top and bottom <= self.last and right < self.column and (bottom, right) != (top, left):
                cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
                if taken.isdisjoint(cells):
                    taken |= cells
                    yield top, left, bottom, right

    def _said(self, problem: Problem) -> str:
        heading = self._heading(problem.cell)
        return f"{heading}: {problem.message}" if heading else problem.message

    def _heading(self, cell: str) -> str:
        if self.layout is None:
            return ""
        column = _ROW.sub("", cell)
        return next((h.text for number, h in self.layout.headings.items() if letters(number) == column), "")
