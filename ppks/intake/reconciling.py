"""Holds the treasurer's own list of SP2D against the payment orders here; tells what differs and changes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ppks.intake import cells
from ppks.intake.columns import Wanted, find
from ppks.intake.container import NotReadable
from ppks.intake.workbook import Sheet, open_workbook

COLUMNS = Wanted(
    about=re.compile(r"sp2d", re.IGNORECASE),
    amount=re.compile(r"nilai|jumlah|nominal|netto|bruto", re.IGNORECASE),
    never=re.compile(r"tanggal|tgl", re.IGNORECASE),
)
NO_HEADINGS = "Tidak ada kolom nomor SP2D dan kolom nilai pada berkas ini. Beri judul “Nomor SP2D” dan “Nilai”."


@dataclass(frozen=True, slots=True)
class Listed:
    """One SP2D as the list tells it: all rows of its number together."""

    number: str
    amount: int
    rows: tuple[int, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One number on both sides; None where it is missing."""

    number: str
    listed: int | None
    here: int | None
    key: int | None = None
    note: str = ""

    @property
    def state(self) -> str:
        if self.note:
            return "problem"
        if self.listed is None:
            return "only_here"
        if self.here is None:
            return "only_listed"
        return "same" if self.listed == self.here else "differs"


def plain(number: str) -> str:
    """A number without what people write differently: blanks, case, a leading apostrophe."""
    return "".join(number.split()).strip("'").upper()


def read(content: bytes, filename: str) -> list[Listed]:
    """The orders of the list. Raises NotReadable with an Indonesian sentence."""
    for sheet in open_workbook(content, filename):
        if found := find(sheet, COLUMNS):
            return list(_listed(sheet, *found))
    raise NotReadable(NO_HEADINGS)


def _listed(sheet: Sheet, top: int, number_at: int, amount_at: int) -> Iterator[Listed]:
    found: dict[str, list[tuple[int, str, object]]] = defaultdict(list)
    for row, line in sheet.rows:
        cell = line[number_at] if row > top and number_at < len(line) else None
        number = "" if cell is None else cells.text(cell)
        if number:
            found[plain(number)].append((row, number, line[amount_at] if amount_at < len(line) else None))
    for rows in found.values():
        total, problem = 0, ""
        for row, _, cell in rows:
            try:
                total += cells.amount(cell) or 0
            except ValueError as error:
                problem = f"baris {row}: {error}"
        yield Listed(rows[0][1], total, tuple(row for row, _, _ in rows), problem)


def compare(listed: Iterable[Listed], here: Mapping[str, tuple[int, int]]) -> list[Compared]:
    """Every number of both sides; `here` is {number: (key, rupiah)}. What differs stands first."""
    ours = {plain(number): (number, *rest) for number, rest in here.items()}
    told = {plain(one.number): one for one in listed}
    found = []
    for key in sorted(ours.keys() | told.keys()):
        one, (number, pk, amount) = told.get(key), ours.get(key, ("", None, None))
        found.append(
            Compared(one.number if one else number, one.amount if one else None, amount, pk, one.problem if one else "")
        )
    order = ("problem", "differs", "only_listed", "only_here", "same")
    return sorted(found, key=lambda one: order.index(one.state))
