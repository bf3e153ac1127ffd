"""PDF files as people send them, honest ones and others, put together by hand."""

import zlib
from functools import cache

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>"
TEXT = b"BT /F1 12 Tf 20 100 Td (Nota) Tj ET"


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)


def pdf(*more: bytes, catalog: bytes = b"", trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of one page; `more` are further objects, `catalog` and `trailer` further entries of those."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        stream(TEXT),
        *more,
    ]
    body = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer << /Root 1 0 R /Size %d %s >>\nstartxref\n0\n%%%%EOF\n" % (len(objects) + 1, trailer)


def hidden(content: bytes) -> bytes:
    """An object inside a packed stream of objects, where no plain search finds it."""
    return stream(b"9 0 " + content, b"/Type /ObjStm /N 1 /First 4")


@cache
def bomb(megabytes: int) -> bytes:
    """A stream that says little and unpacks to this much."""
    return stream(bytes(megabytes * 2**20))
