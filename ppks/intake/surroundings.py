"""Reads what stands around a list: the day it was drawn up, and the region that its title or sheet name names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ppks.intake.headings import Layout, letters
from ppks.intake.vocabulary import Places
from ppks.intake.workbook import Sheet
from ppks.kit import dates

_DAY = r"(\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{4}|\d{1,2}[ -]+[a-z]{3,10}\.?[ -]+\d{4}|\d{4}-\d{2}-\d{2})(?![\d/-])"
_LABEL = r"\b(?:per|tanggal|tgl\.?|keadaan|posisi|kondisi|update|diperbarui|s\.? ?/?d\.?|sampai|hingga)\b[\s.:]*"
_PLACE_AND_DAY = re.compile(rf"^[a-z .'’/]{{3,40}},[ ]*(?:tanggal |tgl\.? ?)?{_DAY}\W*$")
_LABEL_AND_DAY = re.compile(rf"{_LABEL}(?:tanggal |tgl\.? ?|dengan )*{_DAY}")
_ONLY_DAY = re.compile(rf"^\W*{_DAY}\W*$")
_OF_A_DECREE = re.compile(r"\b(?:nomor|no|sk|keputusan|peraturan|perda|pergub|perbup|surat|dicetak|lahir)\b")
_ADDRESS = re.compile(r"\b(?:jl|jalan|telp|telepon|tlp|fax|email|kode pos)\b|@|www\.", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:upt|panti|balai)\b.*", re.IGNORECASE)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ListDate:
    """The day a list tells about, or the cell with a day that cannot be; both None when it names no day."""

    day: date | None = None
    faulty_cell: str | None = None


def title_rows(sheet: Sheet, layout: Layout) -> list[tuple[int, list]]:
    """The rows above the heading."""
    return [(number, cells) for number, cells in sheet.rows[: layout.first_row] if number < layout.first_row]


def list_date(titles: Iterable[tuple[int, list]], loose: Iterable[tuple[int, list]], *, today: date) -> ListDate:
    """The day in the signature ("Surabaya, 26 Agustus 2020"), else in the title ("PER 26 AGUSTUS 2020").

    A place with a day says more than a day alone; of equals below the list the last counts, above it the
    first. A day later than `today` is as impossible as 31 February.
    """
    found = [(rank, -number, cell, day) for number, cells in loose for rank, cell, day in _days(number, cells)]
    found += [(rank + 3, number, cell, day) for number, cells in titles for rank, cell, day in _days(number, cells)]
    if not found:
        return ListDate()
    *_, cell, text = min(found, key=lambda each: each[:2])
    try:
        day = dates.parse(text)
    except ValueError:
        return ListDate(faulty_cell=cell)
    return ListDate(day) if day <= today else ListDate(faulty_cell=cell)


def _days(number: int, cells: list) -> Iterable[tuple[int, str, str | date]]:
    """(rank, cell, day as written) for the cells of a row that tell a day; a low rank says it plainly."""
    for column, cell in enumerate(cells):
        address = f"{letters(column)}{number}"
        if isinstance(cell, datetime | date):
            yield 1, address, cell
        elif isinstance(cell, str):
            text = " ".join(cell[:_LONGEST].lower().split())
            if match := _PLACE_AND_DAY.match(text):
                yield 0, address, match[1]
            elif _OF_A_DECREE.search(text):
                continue
            elif match := _ONLY_DAY.match(text):
                yield 1, address, match[1]
            elif match := _LABEL_AND_DAY.search(text):
                yield 2, address, match[1]


def region_of(titles: Iterable[tuple[int, list]], sheet_name: str, places: Places) -> tuple[str, ...]:
    """Codes of the one region named in the title, else in the sheet's name (two when a kabupaten and a kota share it).

    Empty when none or several are named. A letterhead's address, the place of a signature and the seat of a unit
    name no region.
    """
    texts = []
    for _, cells in titles:
        text = " ".join(cell[:_LONGEST] for cell in cells if isinstance(cell, str) and cell)[: 2 * _LONGEST]
        if not (_ADDRESS.search(text) or _PLACE_AND_DAY.match(" ".join(text.lower().split()))):
            texts.append(_UNIT.sub("", text))
    for sources in (texts, [sheet_name]):
        named = set().union(*(places.regions_within(text) for text in sources))
        if len(named) == 1:
            return named.pop()
    return ()
