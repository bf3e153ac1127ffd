"""Reads a list of recipients from a workbook: who, where, which aid, how the business goes, and what is wrong where.

No database: what a list may name comes in as a `Vocabulary`, what it says goes out as a `Reading`.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ppks.intake.checking import Checker
from ppks.intake.headings import Layout, find_lists, layout_of, letters
from ppks.intake.places import Fallback, Locator
from ppks.intake.results import Problem, Reading, Recipient, problem
from ppks.intake.rows import Sorted, sort_rows
from ppks.intake.surroundings import list_date, region_of, title_rows
from ppks.intake.vocabulary import Places, Vocabulary
from ppks.intake.workbook import Sheet, open_workbook
from ppks.kit import dates

_MONEY = ("aid_value", "turnover_before", "turnover_now", "profit")
_OTHER_UNIT = re.compile(r"\b(?:ribu|ribuan|juta|jutaan)\b|\bx ?1[.,]?000\b|\b000\b", re.IGNORECASE)
_MOST_TABLES = 50
MOST_PROBLEMS = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows under it; a sheet may hold several. `titles` are the rows above the first heading."""

    sheet: Sheet
    layout: Layout
    titles: list[tuple[int, list]]
    rows: Sorted

    @property
    def heading_cell(self) -> str:
        return f"{letters(min(self.layout.headings))}{self.layout.first_row}"


def read(source: bytes | str | os.PathLike, *, vocabulary: Vocabulary, filename: str = "", **how) -> Reading:
    """Read a list from the bytes or the path of a workbook; `how` are the keywords of `read_sheets`.

    Raises NotReadable, with one Indonesian sentence, and nothing else but ValueError for a mapping to no field.
    """
    if not filename and not isinstance(source, bytes | bytearray | memoryview):
        filename = os.fspath(source)
    return read_sheets(open_workbook(source, filename), vocabulary=vocabulary, **how)


def read_sheets(
    sheets: list[Sheet],
    *,
    vocabulary: Vocabulary,
    mapping: Mapping[str, str] | None = None,
    own_region: str | None = None,
    as_of: date | None = None,
    today: date | None = None,
) -> Reading:
    """Read a list from the sheets of a workbook.

    `mapping` gives an office's headings a field of `fields.FIELDS`; `own_region` is the importing officer's region
    code, for a list that names none; `as_of` is the list's date when the list tells none. Years and birth dates are
    judged by `today` (the present day). Raises as `read`.
    """
    today = today or dates.today()
    parts, passed_over = find_lists(sheets, mapping)
    tables = [table for sheet, layout in parts for table in _tables(sheet, layout, mapping, vocabulary.places)]
    day, faults = _list_date(tables, as_of, today)
    problems = dict.fromkeys(faults)
    seen: dict[str, tuple[str, str]] = {}
    recipients: list[Recipient] = []
    for table in tables:
        checker = _checker(table, vocabulary, seen, own_region=own_region, today=today, day=day)
        problems |= dict.fromkeys(_heading_problems(table))
        recipients += _people(table, checker, problems)
    if not recipients:
        problems[problem(tables[0].sheet.name, tables[0].heading_cell, "no_people")] = None
    return Reading(
        sheet=tables[0].sheet.name,
        heading_row=tables[0].layout.first_row,
        list_date=day,
        recipients=tuple(recipients),
        problems=tuple(problems),
        unknown_headings=tuple(dict.fromkeys(heading for table in tables for heading in table.layout.unknown)),
        regions=tuple(sorted({person.region_code for person in recipients if person.region_code})),
        sheets=tuple(dict.fromkeys(table.sheet.name for table in tables)),
        passed_over=passed_over,
    )


def _tables(sheet: Sheet, layout: Layout, mapping: Mapping[str, str] | None, places: Places) -> Iterator[Table]:
    """The tables of a sheet, one below the other."""
    titles = title_rows(sheet, layout)
    for number in range(1, _MOST_TABLES + 1):
        rows = sort_rows(sheet, layout, places, to_the_end=number == _MOST_TABLES)
        yield Table(sheet, layout, titles, rows)
        if not rows.next_heading:
            return
        begin = bisect_left(sheet.rows, rows.next_heading, key=lambda row: row[0])
        sheet = Sheet(sheet.name, sheet.is_visible, sheet.rows[begin:], sheet.merges)
        layout = layout_of(sheet, mapping, first=rows.next_heading) or layout


def _list_date(tables: list[Table], as_of: date | None, today: date) -> tuple[date | None, list[Problem]]:
    """The day of the first sheet that tells one, else `as_of`; with what is wrong about it."""
    told = []
    for name in dict.fromkeys(table.sheet.name for table in tables):
        here = [table for table in tables if table.sheet.name == name]
        loose = [row for table in here for row in table.rows.loose]
        told.append((here[0], list_date(here[0].titles, loose, today=today)))
    days = [(table, found.day) for table, found in told if found.day]
    if days:
        first, day = days[0]
        others = [(table, other) for table, other in days if other != day]
        return day, [_differs(table, other, first) for table, other in others]
    if as_of:
        return as_of, []
    if faulty := next(((table, found.faulty_cell) for table, found in told if found.faulty_cell), None):
        table, cell = faulty
        why = "Tanggal daftar ini tidak ada di kalender atau belum terjadi."
        return None, [problem(table.sheet.name, cell, "date_impossible", why=why)]
    return None, [problem(tables[0].sheet.name, tables[0].heading_cell, "no_list_date")]


def _differs(table: Table, day: date, first: Table) -> Problem:
    said = {"day": dates.long(day), "sheet": first.sheet.name}
    return problem(table.sheet.name, table.heading_cell, "list_dates_differ", **said)


def _checker(
    table: Table,
    vocabulary: Vocabulary,
    seen: dict[str, tuple[str, str]],
    *,
    own_region: str | None,
    today: date,
    day: date | None,
) -> Checker:
    title = region_of(table.titles, table.sheet.name, vocabulary.places)
    locator = Locator(vocabulary.places, table.sheet.name, Fallback(table.heading_cell, title, own_region))
    without = frozenset(_of_another_unit(table.layout))
    return Checker(table.layout, vocabulary, locator, seen, today, (day or today).year, without)


def _heading_problems(table: Table) -> Iterator[Problem]:
    name = table.sheet.name
    for heading, first in table.layout.repeated:
        yield problem(name, heading.cell, "heading_repeated", first=first.cell)
    for cell in _of_another_unit(table.layout).values():
        yield problem(name, cell, "amount_unit")
    for cell in table.rows.unclear:
        yield problem(name, cell, "row_unclear")


def _people(table: Table, checker: Checker, problems: dict[Problem, None]) -> Iterator[Recipient]:
    """The people of a table; adds their problems, each once, until there are more than anybody can mend."""
    more = problem(table.sheet.name, table.heading_cell, "more_problems")
    for row in table.rows.people:
        person = checker.recipient(row)
        if person.problems and len(problems) >= MOST_PROBLEMS:
            person.problems = (more,) if person.has_errors else ()
        problems |= dict.fromkeys(person.problems)
        yield person


def _of_another_unit(layout: Layout) -> dict[str, str]:
    """Money fields whose heading speaks of thousands or millions, with the heading's cell."""
    headings = {name: layout.headings[layout.columns[name]] for name in _MONEY if name in layout.columns}
    return {name: heading.cell for name, heading in headings.items() if _OTHER_UNIT.search(heading.text)}
