"""Looks at the outside of a file, what it is and how much it would unpack to, before anything parses it."""

import copy
import re
import zipfile
import zlib
from io import BytesIO


class NotReadable(Exception):
    """The file is no list that can be read; the message is one Indonesian sentence saying why and what to do."""


MAX_ENTRIES = 5_000
MAX_UNPACKED = 400 * 2**20  # bytes, pictures included
MAX_RATIO = 100  # unpacked to packed; bordered empty cells, the worst honest case, come to 12
RATIO_FROM = 5 * 2**20  # bytes unpacked below which the ratio does not matter
_CHUNK = 2**20

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}\x2f\x00", re.DOTALL)  # BOF, then FILEPASS
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
_WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_HTML_STARTS = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<body", b"<div", b"<style")

_NOT_A_WORKBOOK = "Berkas ini bukan buku kerja Excel, LibreOffice, atau CSV. Simpan daftarnya sebagai .xlsx."
_NOT_WHOLE = "Berkas ini bukan buku kerja Excel yang utuh. Buka di Excel, simpan sebagai .xlsx, lalu coba lagi."
_HTML = "Berkas ini halaman web yang berakhiran Excel. Buka di Excel, pilih Simpan Sebagai .xlsx, lalu coba lagi."
_XML_2003 = "Berkas ini berformat XML Excel 2003. Buka di Excel, pilih Simpan Sebagai .xlsx, lalu coba lagi."
_LOCKED = "Buku kerja ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu coba lagi."
_DAMAGED = "Berkas ini rusak atau terpotong, sehingga tidak dapat dibaca. Buka di Excel, simpan lagi, lalu coba lagi."
_BOMB = (
    "Isi berkas ini setelah dibuka jauh lebih besar daripada daftar mana pun, jadi tidak dibaca."
    " Salin daftarnya ke buku kerja baru, lalu coba lagi."
)


def kind_of(data: bytes) -> str:
    """ "archive" (XLSX, XLSM, XLSB, ODS), "compound" (XLS) or "text" (CSV). Raises NotReadable for anything else."""
    if data.startswith(_ZIP):
        return "archive"
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data or _ENCRYPTED_XLS.search(data):
            raise NotReadable(_LOCKED)
        if not any(name in data for name in _WORKBOOK_STREAMS):
            raise NotReadable(_NOT_WHOLE)
        return "compound"
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_STARTS):
        raise NotReadable(_HTML)
    if start.startswith(b"<?xml"):
        raise NotReadable(_HTML if b"<html" in start else _XML_2003)
    if start.startswith((b"%pdf", b"{\\rtf")) or not _is_text(data):
        raise NotReadable(_NOT_A_WORKBOOK)
    return "text"


def check_archive(data: bytes) -> bool:
    """Measure every entry by unpacking it in small pieces, keeping nothing; True when the archive holds pictures.

    Sizes that the archive states about itself are tried first (cheap) and believed only when they refuse.
    Raises NotReadable: not a workbook, locked, damaged, or a bomb.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            left = MAX_UNPACKED
            for entry in entries:
                left -= _measured(archive, entry, left)
            if _is_locked(archive, entries):
                raise NotReadable(_LOCKED)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotReadable(_DAMAGED) from error
    return any("/media/" in entry.filename or entry.filename.startswith("Pictures/") for entry in entries)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise NotReadable(_BOMB)
    if any(_is_bomb(entry.file_size, entry.compress_size) for entry in entries):
        raise NotReadable(_BOMB)
    names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
    if names.isdisjoint(_WORKBOOK_PARTS) or "word/document.xml" in names:
        raise NotReadable(_NOT_A_WORKBOOK)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotReadable(_LOCKED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise NotReadable(_DAMAGED)


def _measured(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """The true unpacked size. zipfile stops at the stated size, so a copy of the entry states the most there may be."""
    honest = copy.copy(entry)
    honest.file_size = left + _CHUNK
    size = 0
    with archive.open(honest) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > left or _is_bomb(size, entry.compress_size):
                raise NotReadable(_BOMB)
    return size


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)


def _is_locked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """An OpenDocument file says in its manifest which parts are encrypted."""
    manifest = next((entry for entry in entries if entry.filename == "META-INF/manifest.xml"), None)
    if manifest is None:
        return False
    with archive.open(manifest) as stream:
        return b"encryption-data" in stream.read(_CHUNK)


def _is_text(data: bytes) -> bool:
    """Text has no control characters but tab and line ends; UTF-16 with its mark has zero bytes and is text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = data[:100_000]
    return not any(byte in head for byte in (*range(9), *range(14, 27), *range(28, 32)))
