"""Parses a workbook in a process of its own, with little memory and time, and writes its cells to standard output.

Run by `workbook` as a script: bytes come on standard input, `marshal`led rows go out. A parser that is
led to allocate gigabytes, to loop or to crash takes only this process with it.
"""

import marshal
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

REFUSED = 3  # exit code: the workbook is at fault, not this program
MEMORY = 400 * 2**20  # bytes of address space
SECONDS = 40  # of processor time
MAX_ROWS = 50_000  # filled rows in one sheet
MAX_COLUMNS = 600  # what stands further to the right is not read
MAX_TEXT = 5_000  # characters of one cell; more is cut
MAX_CELLS = 2_500_000  # filled rows times their width, whole workbook
MAX_CHARACTERS = 30_000_000  # whole workbook
LENGTH = 4  # bytes that say how many follow


class TooLong(Exception):
    """A sheet has more filled rows than a list of people can have."""


def main() -> int:
    """Exit 0 with the sheets on standard output, else `REFUSED` with the reason on standard error."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        unpack(data, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except MemoryError:
        return _failed("too wide")
    except TooLong as error:
        return _failed(f"too long: {error}")
    except BaseException as error:
        return _failed("locked" if isinstance(error, PasswordError) else "damaged")
    return 0


def unpack(data: bytes, out) -> None:
    """Write every sheet as (name, is visible, merges), its filled rows as (number, cells), None; at the end None."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    budget = [MAX_CELLS, MAX_CHARACTERS]
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:  # a chart, a macro sheet
            continue
        sheet = book.get_sheet_by_name(meta.name)
        _tell(out, (meta.name, meta.visible == SheetVisibleEnum.Visible, _merges(sheet)))
        _write_rows(sheet, out, budget)
        _tell(out, None)
    _tell(out, None)


def _tell(out, what: object) -> None:
    """One thing, behind the number of its bytes."""
    told = marshal.dumps(what)
    out.write(len(told).to_bytes(LENGTH, "little"))
    out.write(told)


def frames(told: bytes) -> Iterator[int]:
    """For the reader: where each thing begins."""
    start = 0
    while start < len(told):
        start += LENGTH
        yield start
        start += int.from_bytes(told[start - LENGTH : start], "little")


def _merges(sheet) -> list[tuple[int, int, int, int]]:
    ranges = sheet.merged_cell_ranges or []
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _write_rows(sheet, out, budget: list[int]) -> None:
    if sheet.start is None:
        return
    before = [""] * min(sheet.start[1], MAX_COLUMNS)
    width = MAX_COLUMNS - len(before)
    found = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = _filled(row[:width])
        if not cells:
            continue
        found += 1
        if found > MAX_ROWS:
            raise TooLong(sheet.name)
        budget[0] -= len(cells)
        budget[1] -= sum(len(cell) for cell in cells if type(cell) is str)
        if min(budget) < 0:
            raise MemoryError
        _tell(out, (number, before + cells))


def _filled(row: list) -> list:
    """The cells up to the last one that is not blank, in types that `marshal` knows."""
    last = len(row)
    while last and (row[last - 1] == "" or (type(row[last - 1]) is str and not row[last - 1].strip())):
        last -= 1
    return [cell if type(cell) is float else _plain(cell) for cell in row[:last]]


def _plain(cell):
    if isinstance(cell, str):
        return cell[:MAX_TEXT]
    if isinstance(cell, int) and not isinstance(cell, bool):  # XLS keeps small numbers so
        return float(cell)
    return _packed(cell) if isinstance(cell, date | time | timedelta) else cell


def _packed(cell) -> tuple[str, object]:
    """A day or time as parts that `marshal` knows, behind the name of its type."""
    match cell:
        case datetime():
            return "datetime", (cell.year, cell.month, cell.day, cell.hour, cell.minute, cell.second)
        case date():
            return "date", (cell.year, cell.month, cell.day)
        case time():
            return "time", (cell.hour, cell.minute, cell.second)
        case _:
            return "timedelta", cell.total_seconds()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a lower limit is already set, or the system knows none
            continue


def _failed(reason: str) -> int:
    sys.stderr.write(reason)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
