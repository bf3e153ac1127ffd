"""Finds the sheets that are lists of recipients, their heading rows, and which column holds what."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from ppks.intake import fields
from ppks.intake.workbook import NotReadable, Sheet

SEARCHED_ROWS = 30
DEEPEST = 3  # rows one heading may take
SHEETS_SEARCHED = 200
ALIKE = 0.6  # share of the best sheet's columns that makes another sheet a part of the same list
_LONGEST_LABEL = 200
_NOT_LISTS = ("contoh", "petunjuk", "panduan", "cara", "template", "format", "referensi", "rekap", "master", "lama")

_OWN, _KNOWN, _WEAK, _UNKNOWN = range(4)

_NO_HEADING = (
    "Tidak ada baris judul dengan kolom nama (misalnya “NAMA” atau “NAMA LENGKAP”) di {rows} baris pertama"
    " lembar {sheets}. Beri judul pada setiap kolom, lalu coba lagi."
)
_NO_NAME = (
    "Baris judul di lembar “{sheet}” baris {row} tidak punya kolom nama; judul yang ada: {found}."
    " Beri judul “NAMA” pada kolom nama, atau petakan kolomnya."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading text and the cell it stands in, group and column joined by " / "."""

    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds which field, and where the heading of a sheet stands (rows from 1, columns from 0)."""

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    headings: Mapping[int, Heading]
    unknown: tuple[Heading, ...] = ()
    repeated: tuple[tuple[Heading, Heading], ...] = ()

    @property
    def width(self) -> int:
        return max(self.columns.values()) + 1

    def cell(self, name: str, row: int) -> str:
        """The address of a field's cell in a row: "C12"."""
        return f"{letters(self.columns[name])}{row}"


def letters(column: int) -> str:
    """A column from 0 as a spreadsheet names it: 0 is "A", 26 is "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def find_lists(
    sheets: list[Sheet], mapping: Mapping[str, str] | None = None
) -> tuple[list[tuple[Sheet, Layout]], tuple[str, ...]]:
    """The sheets to read with their layouts, best known first among equals, and the names of lists passed over.

    Hidden sheets and examples are passed over when there is another list; a sheet that shares most of the
    best one's columns (one sheet per region) is part of the list. `mapping` gives heading texts a field
    ("" leaves the column out) and goes before what this program knows. Raises NotReadable when no list is found,
    ValueError when the mapping names no field of `fields.FIELDS`.
    """
    found = [(sheet, layout) for sheet in sheets[:SHEETS_SEARCHED] if (layout := layout_of(sheet, mapping))]
    lists = [(sheet, layout) for sheet, layout in found if _is_list(layout)]
    if not lists:
        raise NotReadable(_nothing_found(sheets, mapping))
    wanted = [each for each in lists if each[0].is_visible and not _is_example(each[0].name)]
    wanted = wanted or [each for each in lists if each[0].is_visible] or lists
    best = set(max((layout for _, layout in wanted), key=lambda layout: len(layout.columns)).columns)
    parts = [each for each in wanted if len(best & set(each[1].columns)) >= ALIKE * len(best)]
    return parts, tuple(sheet.name for sheet, _ in lists if all(sheet is not part for part, _ in parts))


def layout_of(sheet: Sheet, mapping: Mapping[str, str] | None = None, *, first: int = 1) -> Layout | None:
    """The layout read from those of thirty rows, from row `first`, that say most; None when none has a name column."""
    own = _own_names(mapping)
    grid = _Grid(sheet, first)
    near = [row for row in grid.rows if row < first + SEARCHED_ROWS and grid.is_promising(row, own)]
    starts = {start for row in near for start in (row - 2, row - 1, row) if start in grid.rows}
    tries = [
        (start, depth) for start in sorted(starts) for depth in range(1, DEEPEST + 1)
        if start + depth - 1 in grid.rows
    ]  # fmt: skip
    layouts = [_layout(grid, start, depth, own) for start, depth in tries]
    with_names = [layout for layout in layouts if "name" in layout.columns]
    return max(with_names, key=_says, default=None)


def _own_names(mapping: Mapping[str, str] | None) -> dict[str, str]:
    for name in (mapping or {}).values():
        if name and name not in fields.FIELDS:
            raise ValueError(f"no such field: {name}")
    return {_plain(text): name for text, name in (mapping or {}).items()}


def _says(layout: Layout) -> tuple[int, int]:
    """More fields are better, then fewer rows; `max` takes the first of equals."""
    return len(layout.columns), layout.first_row - layout.last_row


def _is_list(layout: Layout) -> bool:
    return not fields.TELLING.isdisjoint(layout.columns)


def _is_example(name: str) -> bool:
    return any(word in name.casefold().split() for word in _NOT_LISTS)


class _Grid:
    """The texts of the first rows of a sheet, with merged cells spread over their range."""

    def __init__(self, sheet: Sheet, first: int = 1):
        self.sheet = sheet
        last = first + SEARCHED_ROWS + DEEPEST
        begin = bisect_left(sheet.rows, first, key=lambda row: row[0])
        near = islice(sheet.rows, begin, begin + SEARCHED_ROWS + DEEPEST)
        self.rows = {number: [_text(cell) for cell in cells] for number, cells in near if number < last}
        self.across = set()  # cells that begin a range of several columns
        self.spread: dict[tuple[int, int], str] = {}
        for top, left, bottom, right in sheet.merges:
            if top in self.rows:
                self._spread(top, left, min(bottom, top + DEEPEST), min(right, left + 60))

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        text = self.own(top, left)
        if right > left:
            self.across.add((top, left))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.spread[row, column] = text

    def is_promising(self, row: int, own: Mapping[str, str]) -> bool:
        """A row of headings has at least one text that is one."""
        texts = [text for text in self.rows[row] if text]
        return any(_plain(text) in own or fields.meaning((text,)) for text in texts)

    def own(self, row: int, column: int) -> str:
        cells = self.rows.get(row, ())
        return cells[column] if column < len(cells) else ""

    def label(self, row: int, column: int) -> str:
        """The text over a column in a row: its own, its merged range's, or that of an unmerged group to the left."""
        text = self.spread.get((row, column)) or self.own(row, column)
        if text or not self.own(row + 1, column):
            return text
        left = column - 1
        while left >= 0 and self.own(row + 1, left):
            if text := self.own(row, left):
                return "" if (row, left) in self.across else text
            left -= 1
        return ""

    def labels(self, start: int, depth: int, column: int) -> tuple[str, ...]:
        """The texts over a column, top to bottom, without repeats."""
        found: list[str] = []
        for row in range(start, start + depth):
            text = self.label(row, column) if row < start + depth - 1 else self._leaf(row, column)
            if text and text not in found[-1:]:
                found.append(text)
        return tuple(found)

    def _leaf(self, row: int, column: int) -> str:
        return self.spread.get((row, column)) or self.own(row, column)


def _layout(grid: _Grid, start: int, depth: int, own: Mapping[str, str]) -> Layout:
    headings: dict[int, Heading] = {}
    ranked: list[tuple[int, int, str]] = []
    width = max((len(grid.rows.get(row, ())) for row in range(start, start + depth)), default=0)
    for column in range(width):
        if labels := grid.labels(start, depth, column):
            row = _row_of(grid, start, depth, column)
            headings[column] = Heading(f"{letters(column)}{row}", _shown(labels))
            rank, name = _field(labels, own)
            ranked.append((rank, column, name))
    columns, unknown, repeated = _assigned(ranked, headings)
    return Layout(grid.sheet.name, start, start + depth - 1, columns, headings, unknown, repeated)


def _assigned(ranked: list[tuple[int, int, str]], headings: dict[int, Heading]):
    """Columns by field, headings of unknown columns, and (heading not read, heading read instead) pairs."""
    columns: dict[str, int] = {}
    unknown, repeated = [], []
    for rank, column, name in sorted(ranked):
        if rank == _UNKNOWN or (rank == _WEAK and name in columns):
            unknown.append(column)
        elif name in columns:
            repeated.append((headings[column], headings[columns[name]]))
        elif name:
            columns[name] = column
    return columns, tuple(headings[column] for column in sorted(unknown)), tuple(repeated)


def _field(labels: tuple[str, ...], own: Mapping[str, str]) -> tuple[int, str]:
    """How far a column's field is to be believed, and the field ("" when the office leaves the column out)."""
    for text in (_shown(labels), labels[-1]):
        if (given := own.get(_plain(text))) is not None:
            return _OWN, given
    meant = fields.meaning(labels)
    if meant is None:
        return _UNKNOWN, ""
    return (_WEAK if meant.is_weak else _KNOWN), meant.field


def _row_of(grid: _Grid, start: int, depth: int, column: int) -> int:
    """The lowest heading row that has a text of its own over a column."""
    return max((row for row in range(start, start + depth) if grid.own(row, column)), default=start)


def _shown(labels: Iterable[str]) -> str:
    return " / ".join(labels)


def _text(cell: object) -> str:
    return " ".join(cell[:_LONGEST_LABEL].split()) if isinstance(cell, str) else ""


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _nothing_found(sheets: list[Sheet], mapping: Mapping[str, str] | None) -> str:
    """Why no sheet is a list: a heading row without a name column, or none at all."""
    own = _own_names(mapping)
    for sheet in sheets[:SHEETS_SEARCHED]:
        grid = _Grid(sheet)
        for row in sorted(grid.rows):
            layout = _layout(grid, row, 1, own)
            if "name" not in layout.columns and len(layout.columns) >= 3 and _is_list(layout):
                found = ", ".join(heading.text for heading in layout.headings.values())[:200]
                return _NO_NAME.format(sheet=sheet.name, row=row, found=found)
    names = ", ".join(f"“{sheet.name}”" for sheet in sheets[:5])
    return _NO_HEADING.format(rows=SEARCHED_ROWS, sheets=names)
