"""A dossier: kept files put together in one ZIP, with a list of what is in it and the SHA-256 of each."""

import csv
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import IO

from ppks.documents.models import Attachment, Paper
from ppks.kit.exporting import inert

LIST, SUMS = "DAFTAR-ISI.csv", "SHA256SUMS"
HEADINGS = ("Berkas", "Jenis", "Nomor", "Tanggal", "Ukuran (byte)", "SHA-256")
FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # in a name on Windows
OLDEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier day; every file gets this one, so that equal dossiers are equal


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept file and the folder it goes into; `name` replaces its own name, without a suffix."""

    row: Attachment | Paper
    folder: str = ""
    name: str = ""


def write(entries: Iterable[Entry], target: IO[bytes]) -> list[int]:
    """Write the ZIP and return the identities it shows, for `seen`. Raises Altered for a file that is not what was stored.

    The rows must have been narrowed by `visible_to`; names that meet twice are told apart by a number.
    """
    rows, subjects, taken = [], set(), {LIST.casefold(), SUMS.casefold()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in entries:
            path = _free(_path(entry), taken)
            content = entry.row.FILES.content(entry.row.file, digest=entry.row.sha256)
            _add(package, path, content)
            rows.append((path, *_told(entry.row), str(len(content)), entry.row.sha256))
            subjects.update(entry.row.subjects)
        _add(package, LIST, _as_csv(rows))
        _add(package, SUMS, "".join(f"{row[-1]}  {row[0]}\n" for row in rows).encode())
    return sorted(subjects)


def _add(package: zipfile.ZipFile, path: str, content: bytes) -> None:
    info = zipfile.ZipInfo(path, OLDEST)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    package.writestr(info, content)


def _told(row: Attachment | Paper) -> tuple[str, str, str]:
    if isinstance(row, Paper):
        return row.get_kind_display(), row.number, row.day.isoformat()
    return row.get_media_type_display(), "", row.added_at.date().isoformat()


def _path(entry: Entry) -> str:
    own = entry.row.file_name if isinstance(entry.row, Paper) else entry.row.name
    suffix = own[own.rfind(".") :]
    parts = [_plain(part) for part in (entry.folder, entry.name or own.removesuffix(suffix))]
    return "/".join(part for part in parts if part) + suffix


def _plain(words: str) -> str:
    return FORBIDDEN.sub("-", words).strip(". ")[:100]


def _free(path: str, taken: set[str]) -> str:
    stem, dot, suffix = path.rpartition(".")
    number, free = 1, path
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    taken.add(free.casefold())
    return free


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    """With the mark by which a spreadsheet knows UTF-8, and nothing that it would take for a formula."""
    text = StringIO()
    csv.writer(text).writerows([HEADINGS, *([inert(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")
