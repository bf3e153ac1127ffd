"""A book as a table on paper: every row of it, the columns that say something, cells as a reader writes them."""

from dataclasses import dataclass
from datetime import date

from ppks.kit import rupiah
from ppks.kit.exporting import RUPIAH, TEXT, YEAR, Book, Column


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Printed:
    title: str
    headings: list[Heading]
    rows: list[list[tuple[str, bool]]]  # text, and whether it is a number


def printed(book: Book) -> Printed:
    """All rows in memory, so for lists that fit on some sheets of paper only."""
    rows = [[column.value(line) for column in book.columns] for line in book.rows]
    filled = [number for number in range(len(book.columns)) if any(row[number] not in (None, "") for row in rows)]
    columns = [book.columns[number] for number in filled]
    return Printed(
        title=book.title,
        headings=[Heading(" ".join(filter(None, (c.group, c.heading))), c.kind != TEXT) for c in columns],
        rows=[
            [(_said(row[number], book.columns[number]), type(row[number]) is int) for number in filled] for row in rows
        ],
    )


def _said(cell: str | int | date | None, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, int) and column.kind == RUPIAH:
        return rupiah.format(cell) if cell >= 0 else f"-{rupiah.format(-cell)}"
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) and column.kind != YEAR else str(cell)
