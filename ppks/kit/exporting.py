"""Lists out: any rows as XLSX or CSV, written as they come, never more than a chunk of them in memory.

What a spreadsheet would run is written so that it is only text; `readable` is the way back, for lists that are imported.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter

TEXT, COUNT, YEAR, RUPIAH, DAY = "text", "count", "year", "rupiah", "day"
STARTERS = frozenset("=+-@|%\t\r＝＋－＠")  # what makes a spreadsheet take text for a formula
KEEPS_TEXT = "'"
BLANKS = f" \n\xa0\u200b\ufeff{KEEPS_TEXT}"  # a tab or CR is a starter itself
LONGEST = 32_767  # characters in a cell of XLSX
FORMATS = {
    TEXT: {"num_format": "@"},
    COUNT: {"num_format": "#,##0"},
    YEAR: {"num_format": "0"},
    RUPIAH: {"num_format": "[$Rp-421]#,##0"},
    DAY: {"num_format": "dd-mm-yyyy"},
}
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bg_color": "#DDECEE"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, perhaps under a group it shares with its neighbours; `value(row)` is None, text, number or day."""

    heading: str
    value: Callable[[Any], str | int | date | None]
    kind: str = TEXT
    width: int = 16
    group: str = ""


@dataclass(frozen=True, slots=True)
class Recap:
    """A small table of the REKAP sheet."""

    title: str
    rows: Sequence[tuple[str, int]]


def nothing_to_recap() -> Sequence[Recap]:
    return ()


@dataclass(frozen=True, slots=True)
class Book:
    """A list on its way out. `about` stands above the headings (of XLSX); `recaps` is asked when all rows are written."""

    name: str
    title: str
    about: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Any]
    recaps: Callable[[], Sequence[Recap]] = field(default=nothing_to_recap)


def inert(text: str) -> str:
    """The text as no spreadsheet runs it: behind an apostrophe when it begins like a formula, also after blanks."""
    if text[:1].isalnum():
        return text
    begin = text.lstrip(BLANKS)[:1]
    return KEEPS_TEXT + text if begin and begin in STARTERS else text


def readable(text: str) -> str:
    """What `inert` was given."""
    return text[1:] if text[:1] == KEEPS_TEXT and inert(text[1:]) == text else text


def write_xlsx(book: Book, target: BinaryIO, tell: Callable[[int], None] = lambda done: None) -> int:
    """Write the workbook and return its number of rows. `tell` hears now and then how many are written.

    The REKAP sheet stands first, as the office keeps it, and is written last.
    """
    workbook = xlsxwriter.Workbook(target, {"constant_memory": True})
    recap, sheet = workbook.add_worksheet("REKAP"), workbook.add_worksheet("DATA")
    sheet.activate()
    top = _write_head(workbook, sheet, book)
    count = _write_rows(workbook, sheet, book, top, tell)
    if count:
        sheet.autofilter(top - 1, 0, top - 1 + count, len(book.columns) - 1)
    _write_recaps(workbook, recap, book, count)
    workbook.close()
    return count


def _write_head(workbook, sheet, book: Book) -> int:
    """Title, what the list is about, and the two rows of headings; returns the first row of data."""
    title, head = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format(HEAD)
    for number, column in enumerate(book.columns):
        sheet.set_column(number, number, column.width)
    sheet.write_string(0, 0, inert(book.title), title)
    for number, line in enumerate(book.about, 1):
        sheet.write_string(number, 0, inert(line))
    top = len(book.about) + 2
    has_groups = any(column.group for column in book.columns)
    if has_groups:
        for first, last, group in _groups(book.columns):
            if last > first:
                sheet.merge_range(top, first, top, last, group, head)
            else:
                sheet.write_string(top, first, group, head)
        top += 1
    for number, column in enumerate(book.columns):
        sheet.write_string(top, number, column.heading, head)
    sheet.freeze_panes(top + 1, min(2, len(book.columns) - 1))
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return top + 1


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int, str]]:
    """(first, last, group) of neighbours that share a group; a column without one stands alone."""
    first = 0
    for number, column in enumerate(columns):
        following = columns[number + 1].group if number + 1 < len(columns) else ""
        if not column.group or following != column.group:
            yield first, number, column.group
            first = number + 1


def _write_rows(workbook, sheet, book: Book, top: int, tell) -> int:
    writers = [
        (number, column.value, workbook.add_format(FORMATS[column.kind])) for number, column in enumerate(book.columns)
    ]
    text, amount, day = sheet.write_string, sheet.write_number, sheet.write_datetime
    row = top
    for line in book.rows:
        for number, value, style in writers:
            cell = value(line)
            if cell is None or cell == "":
                continue
            if type(cell) is str:
                text(row, number, inert(cell)[:LONGEST], style)
            elif type(cell) is int:
                amount(row, number, cell, style)
            else:
                day(row, number, cell, style)
        row += 1
        if not (row - top) % 1_000:
            tell(row - top)
    return row - top


def _write_recaps(workbook, sheet, book: Book, count: int) -> None:
    strong, number = workbook.add_format({"bold": True}), workbook.add_format(FORMATS[COUNT])
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 12)
    sheet.write_string(0, 0, "REKAPITULASI", workbook.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate([book.title, *book.about], 1):
        sheet.write_string(row, 0, inert(line))
    row = len(book.about) + 3
    sheet.write_string(row, 0, "Jumlah baris", strong)
    sheet.write_number(row, 1, count, number)
    for recap in book.recaps():
        row += 2
        sheet.write_string(row, 0, recap.title, strong)
        for label, value in recap.rows:
            row += 1
            sheet.write_string(row, 0, inert(label))
            sheet.write_number(row, 1, value, number)


def write_csv(book: Book, target: BinaryIO, tell: Callable[[int], None] = lambda done: None) -> int:
    """Headings and rows only, so that programs can read it; returns the number of rows."""
    lines = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(lines)
    writer.writerow([inert(" ".join(filter(None, (column.group, column.heading)))) for column in book.columns])
    values, count = [column.value for column in book.columns], 0
    for count, line in enumerate(book.rows, 1):
        writer.writerow([_csv_cell(value(line)) for value in values])
        if not count % 1_000:
            tell(count)
    lines.detach()
    return count


def _csv_cell(cell: str | int | date | None) -> str | int:
    if type(cell) is str:
        return inert(cell)
    if cell is None:
        return ""
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else cell


@dataclass(frozen=True, slots=True)
class Form:
    label: str
    content_type: str
    write: Callable[..., int]


FORMS = {
    "xlsx": Form("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": Form("CSV", "text/csv; charset=utf-8", write_csv),
}
