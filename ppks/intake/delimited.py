"""Reads CSV as offices save it: semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252."""

import csv
import re
from contextlib import suppress
from io import StringIO
from itertools import islice

from ppks.intake.container import NotReadable

MAX_COLUMNS = 600
_DELIMITERS = ";\t,|"
_SAMPLE_ROWS = 40
_EXCEL_TEXT = re.compile(r'="([^"]*)"')  # ="3522…" is how people keep Excel from rounding a number

_BROKEN = "Berkas CSV ini rusak: ada tanda kutip yang tidak ditutup. Simpan daftarnya sebagai .xlsx, lalu coba lagi."
_TOO_LONG = "Berkas CSV ini berisi lebih dari {} baris. Pecah menjadi beberapa berkas."


def rows(data: bytes, *, most: int) -> list[tuple[int, list[str]]]:
    """[(row number from 1, cells)] without the blank rows. Raises NotReadable: broken, or more than `most` rows.

    A row number is what Excel shows when it opens the file: a line break inside a quoted cell starts no row.
    """
    text = _decoded(data)
    if not text.strip(_DELIMITERS + '" \r\n'):
        return []
    delimiter, text = _told_delimiter(text)
    found = []
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
            if not (cells := _filled(row[:MAX_COLUMNS])):
                continue
            if len(found) == most:
                raise NotReadable(_TOO_LONG.format(f"{most // 1000}.000"))
            found.append((number, cells))
    except csv.Error as error:
        raise NotReadable(_BROKEN) from error
    return found


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _told_delimiter(text: str) -> tuple[str, str]:
    """The delimiter and the text; Excel writes and honours a first line "sep=;", which counts as a row."""
    if match := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return match[1], "\n" + text[match.end() :]
    return max(_DELIMITERS, key=lambda each: _usual_width(text, each)), text


def _usual_width(text: str, delimiter: str) -> int:
    """How many cells the fuller ones of the first rows have (the upper quartile: titles and odd commas do not count)."""
    reader = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
    widths = []
    with suppress(csv.Error):  # the reading itself will say so
        widths.extend(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if any(cells))
    return sorted(widths)[len(widths) * 3 // 4] if widths else 0


def _filled(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return [_EXCEL_TEXT.sub(r"\1", cell[:5000]) if cell.startswith('="') else cell[:5000] for cell in cells]
