"""The table beneath a picture: what the page shows and what the CSV says come from the same cells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ppks.kit import rupiah


def dotted(number: int) -> str:
    """1234567 is "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def percent(count: int, whole: int) -> str:
    """A share in whole percent, half up; never "0%" for some nor "100%" for not all: then "<1%" and ">99%".

    "–" of nothing.
    """
    if whole <= 0:
        return "–"
    share = (200 * count + whole) // (2 * whole)
    if count and not share:
        return "<1%"
    if count < whole and share >= 100:
        return ">99%"
    return f"{share}%"


def of_hundred(number: float, *, digits: int = 2) -> str:
    """A length or place as SVG wants it, whatever the page's language: 12.5 is "12.50%"."""
    return f"{number:.{digits}f}%"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is shown, linked to `url`; `note` stands quietly behind it, `fill` colours a swatch before it.

    `value` goes into the CSV: the bare number, where `text` has dots. A sum is rupiah, which its address adds up.
    """

    text: str
    value: int | str | None = None
    url: str = ""
    note: str = ""
    fill: str = ""
    is_sum: bool = False

    @property
    def is_count(self) -> bool:
        """Whether it is a number of rows, which its address opens."""
        return isinstance(self.value, int) and not self.is_sum


def count_cell(count: int, url: str = "", note: str = "") -> Cell:
    """A number that opens its rows; none is a dash without a link."""
    return Cell(dotted(count), count, url, note) if count else Cell("–", 0)


def sum_cell(amount: int, url: str = "") -> Cell:
    """Rupiah that open the rows they are the sum of; none is a dash without a link."""
    return Cell(rupiah.format(amount), amount, url, is_sum=True) if amount else Cell("–", 0, is_sum=True)


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the row, the others are numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def with_row(self, *cells: Cell) -> "Table":
        """The same with one more row beneath: the sum, which a page shows and a file leaves to the spreadsheet."""
        return replace(self, rows=(*self.rows, cells))

    def named_rows(self) -> Iterator[list[tuple[str, Cell]]]:
        """Every cell with the heading of its column, for tables that stack on a phone."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))

    def csv_rows(self) -> Iterator[list[int | str]]:
        """Head and rows for a CSV writer."""
        yield list(self.columns)
        for row in self.rows:
            yield [cell.text if cell.value is None else cell.value for cell in row]
