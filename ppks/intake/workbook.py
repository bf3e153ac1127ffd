"""Opens a workbook that somebody sent (XLSX, XLSM, XLSB, XLS, ODS, CSV) without trusting it, and gives its cells.

Nothing in the file is run or followed: macros stay text in an archive nobody unpacks, links stay unread,
formulas give the value that the office's spreadsheet stored. Archives are measured before they are parsed
(`container`), the parser works in a process of its own with little memory (`unpacking`).
"""

import marshal
import os
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from ppks.intake import container, delimited, unpacking
from ppks.intake.container import NotReadable

MAX_FILE = 25 * 2**20  # bytes: what an upload may hold
MAX_SECONDS = 60
_UNPACKER = unpacking.__file__
_NONE = marshal.dumps(None)

_TOO_LARGE_FILE = f"Berkas lebih besar dari {MAX_FILE // 2**20} MB. Hapus gambar dari buku kerja, lalu coba lagi."
_NO_BYTES = "Berkas ini kosong (0 bita). Unggah lagi dari komputer tempat berkas itu dibuat."
_TOO_WIDE = (
    "Area yang terpakai di buku kerja ini terlalu luas untuk dibaca. Biasanya ada isi atau rumus jauh di bawah atau"
    " di kanan daftar: tekan Ctrl+End, hapus baris dan kolom itu, simpan, lalu coba lagi."
)
_TOO_LONG = f"Lembar “%s” berisi lebih dari {unpacking.MAX_ROWS // 1000}.000 baris. Pecah menjadi beberapa berkas."
_DAMAGED = "Berkas ini rusak atau terpotong, sehingga tidak dapat dibaca. Buka di Excel, simpan lagi, lalu coba lagi."
_LOCKED = "Buku kerja ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu coba lagi."
_PICTURES = "Buku kerja ini hanya berisi gambar, bukan tabel. Salin isi daftarnya sebagai tabel Excel, lalu coba lagi."
_EMPTY = "Buku kerja ini kosong: tidak ada satu sel pun yang terisi."
_SENTENCES = {"locked": _LOCKED, "too wide": _TOO_WIDE, "damaged": _DAMAGED}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of one sheet: `rows` is [(row number from 1, cells from column A)], blank rows left out.

    A cell is str, float, bool, date, datetime, time or timedelta; "" is blank. `merges` holds
    (first row, first column, last row, last column), rows from 1, columns from 0.
    """

    name: str
    is_visible: bool
    rows: Sequence[tuple[int, list]]
    merges: tuple[tuple[int, int, int, int], ...] = ()


def open_workbook(source: bytes | str | os.PathLike, filename: str = "") -> list[Sheet]:
    """The sheets of a workbook, empty ones left out. A CSV file is one sheet, named after `filename` as Excel does.

    Raises NotReadable, with one Indonesian sentence that says what to do.
    """
    data = _bytes(source)
    kind = container.kind_of(data)
    if kind == "text":
        sheets = [Sheet(Path(filename).stem or "CSV", True, delimited.rows(data, most=unpacking.MAX_ROWS))]
    else:
        has_pictures = kind == "archive" and container.check_archive(data)
        sheets = [sheet for sheet in _unpacked(data) if sheet.rows]
        if not sheets and has_pictures:
            raise NotReadable(_PICTURES)
    if not any(sheet.rows for sheet in sheets):
        raise NotReadable(_EMPTY)
    return sheets


def _bytes(source: bytes | str | os.PathLike) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    else:
        try:
            with Path(source).open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            raise NotReadable("Berkas tidak ditemukan atau tidak dapat dibuka.") from error
    if len(data) > MAX_FILE:
        raise NotReadable(_TOO_LARGE_FILE)
    if not data:
        raise NotReadable(_NO_BYTES)
    return data


def _unpacked(data: bytes) -> list[Sheet]:
    """Run the parser on the bytes in its own process; whatever befalls it becomes a sentence."""
    command = [sys.executable, "-I", _UNPACKER]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NotReadable(_TOO_WIDE) from None
    if done.returncode == 0:
        return list(_sheets(done.stdout))
    said = done.stderr.decode("utf-8", "replace")
    if match := re.search(r"^too long: (.*)", said, re.MULTILINE):
        raise NotReadable(_TOO_LONG % match[1])
    if done.returncode < 0 or "memory" in said.lower():  # killed by a limit, or refused memory
        raise NotReadable(_TOO_WIDE)
    if done.returncode != unpacking.REFUSED:
        raise RuntimeError(f"the parser of workbooks does not run: {said[-500:]}")
    raise NotReadable(_SENTENCES.get(said.strip(), _DAMAGED))


def _sheets(told: bytes) -> Iterator[Sheet]:
    """The sheets as `unpacking` writes them: a head, its rows, None; at the end None."""
    frames = unpacking.frames(told)
    told = memoryview(told)
    while (head := _at(told, next(frames))) is not None:
        starts = array("Q")
        for start in frames:
            if told[start : start + 1] == _NONE:
                break
            starts.append(start)
        name, is_visible, merges = head
        yield Sheet(name, is_visible, PackedRows(told, starts), tuple(merges))


class PackedRows(Sequence):
    """Rows as the parser wrote them, each made anew whenever it is asked for: as objects they take ten times the memory."""

    def __init__(self, told: memoryview, starts: Sequence[int]):
        self.told, self.starts = told, starts

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return PackedRows(self.told, self.starts[index])
        number, cells = _at(self.told, self.starts[index])
        return number, [_moment(cell) if type(cell) is tuple else cell for cell in cells]

    def __iter__(self) -> Iterator[tuple[int, list]]:
        return map(self.__getitem__, range(len(self.starts)))


def _at(told: memoryview, start: int) -> Any:
    return marshal.loads(told[start:])  # what follows is not looked at


def _moment(packed: tuple) -> object:
    kind, parts = packed
    match kind:
        case "datetime":
            return datetime(*parts)
        case "date":
            return datetime(*parts).date()
        case "time":
            return time(*parts)
        case _:
            return timedelta(seconds=parts)
