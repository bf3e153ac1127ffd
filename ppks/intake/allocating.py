"""Reads a list of allocations: a column of kab/kota and one of rupiah; what cannot be understood is said, row by row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ppks.intake import cells
from ppks.intake.columns import Wanted, find
from ppks.intake.container import NotReadable
from ppks.intake.vocabulary import Places
from ppks.intake.workbook import Sheet, open_workbook

COLUMNS = Wanted(
    about=re.compile(r"\bkab|\bkota\b|daerah|wilayah", re.IGNORECASE),
    amount=re.compile(r"alokasi|kuota|nilai|jumlah|nominal|rupiah|\brp\b", re.IGNORECASE),
    never=re.compile(r"alokasi|kuota|nilai|jumlah|nominal", re.IGNORECASE),
)
A_SUM = re.compile(r"\W*(?:sub\s*)?(?:jumlah|total)\b", re.IGNORECASE)
NO_HEADINGS = "Tidak ada kolom kab/kota dan kolom alokasi pada berkas ini. Beri judul “Kab/Kota” dan “Alokasi”."
NO_ROWS = "Tidak ada satu baris pun dengan nama kab/kota di bawah judulnya."


@dataclass
class Listed:
    """What the list says: rupiah by the region's code, and a sentence for each row that it cannot be taken from."""

    amounts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(content: bytes, filename: str, places: Places) -> Listed:
    """The first sheet with both columns. Raises NotReadable with an Indonesian sentence."""
    for sheet in open_workbook(content, filename):
        if found := find(sheet, COLUMNS):
            listed = _listed(_rows(sheet, *found), places)
            if not listed.amounts and not listed.problems:
                raise NotReadable(NO_ROWS)
            return listed
    raise NotReadable(NO_HEADINGS)


def _rows(sheet: Sheet, top: int, name_at: int, amount_at: int) -> Iterator[tuple[int, str, object]]:
    for row, line in sheet.rows:
        cell = line[name_at] if row > top and name_at < len(line) else None
        name = "" if cell is None else cells.text(cell)
        if name and not A_SUM.match(name):
            yield row, name, line[amount_at] if amount_at < len(line) else ""


def _listed(rows: Iterator[tuple[int, str, object]], places: Places) -> Listed:
    listed, first = Listed(), {}
    for row, name, cell in rows:
        codes, said = places.regions_named(name), f"Baris {row}, “{name[:60]}”"
        try:
            amount = cells.amount(cell) or 0
        except ValueError as error:
            listed.problems.append(f"{said}: {error}")
            continue
        if problem := _why_not(codes, first):
            listed.problems.append(f"{said}: {problem}")
            continue
        first[codes[0]], listed.amounts[codes[0]] = row, amount
    return listed


def _why_not(codes: tuple[str, ...], first: Mapping[str, int]) -> str | None:
    if not codes:
        return "bukan nama kab/kota di Jawa Timur."
    if len(codes) > 1:
        return "ada kabupaten dan kota dengan nama itu; tulis “Kab.” atau “Kota” di depannya."
    if codes[0] in first:
        return f"kab/kota ini sudah ada di baris {first[codes[0]]}."
    return None
