"""PDF scans that people send: checked by content, without a PDF library, and kept as they are.

What a PDF must not bring is looked for in its own bytes and in every stream that it packs, names unescaped; packed
streams are opened up to a limit, so that a small file cannot fill the memory.
"""

import re
import zlib
from collections.abc import Iterator

from ppks.documents.pictures import LARGEST_FILE, NotKept

MOST_UNPACKED = 64 * 2**20  # bytes of one file's streams together

TOO_LARGE = "Ukuran berkas lebih dari 10 MB. Pindai lagi dengan mutu lebih rendah, atau bagi menjadi beberapa berkas."
NO_PDF = "Berkas ini bukan PDF yang utuh. Pindai atau simpan ulang sebagai PDF."
LOCKED = "PDF ini dikunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu kirim lagi."
ACTIVE = "PDF ini berisi program (JavaScript) atau perintah membuka berkas lain. Cetak ulang menjadi PDF biasa, lalu kirim lagi."
CARRIES = "PDF ini membawa berkas lain di dalamnya. Cetak ulang menjadi PDF biasa, lalu kirim lagi."
UNREADABLE = "Isi PDF ini tidak dapat diperiksa. Cetak ulang menjadi PDF biasa, lalu kirim lagi."
BOMB = "Isi PDF ini terlalu besar bila dibuka. Pindai lagi dengan mutu lebih rendah."

_END = rb"(?![A-Za-z0-9])"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOCKED = re.compile(rb"/Encrypt" + _END)
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|ImportData|SubmitForm|RichMedia|XFA)" + _END)
_CARRIES = re.compile(rb"/(?:EmbeddedFiles?|Filespec)" + _END)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image" + _END)
_OBJECTS = re.compile(rb"/ObjStm" + _END)
_FLATE_ALONE = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\s*(?:\]|/|>>)")
_PAGES = re.compile(rb"/Type\s*/Pages?" + _END)


def check(content: bytes) -> None:
    """Raises NotKept unless this is a whole PDF that neither is locked, nor acts, nor carries other files."""
    if len(content) > LARGEST_FILE:
        raise NotKept(TOO_LARGE)
    if not re.match(rb"%PDF-[12]\.\d", content) or b"%%EOF" not in content[-2048:]:
        raise NotKept(NO_PDF)
    found_pages = False
    for part in (content, *_unpacked(content)):
        plain = _unescaped(part)
        for pattern, sentence in ((_LOCKED, LOCKED), (_ACTIVE, ACTIVE), (_CARRIES, CARRIES)):
            if pattern.search(plain):
                raise NotKept(sentence)
        found_pages = found_pages or bool(_PAGES.search(plain))
    if not found_pages:
        raise NotKept(NO_PDF)


def _unescaped(part: bytes) -> bytes:
    """Names may write any letter as `#4a`."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), part)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The streams of the file that can hold objects or instructions, unpacked; pictures are not opened."""
    left = MOST_UNPACKED
    for match in _STREAM.finditer(content):
        head = _unescaped(
            content[max(content.rfind(b" obj", 0, match.start()), match.start() - 4096, 0) : match.start()]
        )
        is_of_objects = bool(_OBJECTS.search(head))
        if is_of_objects and b"/Filter" in head and not _FLATE_ALONE.search(head):
            raise NotKept(UNREADABLE)
        if b"/Fl" not in head or (_PICTURE.search(head) and not is_of_objects):
            continue
        end = content.find(b"endstream", match.end())
        part = _inflated(content[match.end() : end if end >= 0 else None], left, must=is_of_objects)
        left -= len(part)
        yield part


def _inflated(packed: bytes, most: int, *, must: bool) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        part = unpacker.decompress(packed, most + 1)
    except zlib.error:
        if must:
            raise NotKept(UNREADABLE) from None
        return b""
    if len(part) > most:
        raise NotKept(BOMB)
    return part
