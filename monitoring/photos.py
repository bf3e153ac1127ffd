"""Photos of visits: checked by content, made small, stripped of position and device, kept as files with random names.

A file is written beside its row as `<name>.part` and gets its own name when the row commits. So a rolled back visit leaves
no photo that anybody could ask for, and `tidy` removes what no row names.
"""

import os
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps

MOST = 5  # a visit
LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
LONGER_SIDE, QUALITY = 1600, 82
READ = ("JPEG", "PNG", "WEBP")
NAME = re.compile(r"[0-9a-f]{32}")
YOUNG = 24 * 3600  # seconds in which a file may still wait for its row

Image.MAX_IMAGE_PIXELS = None  # ours is stricter, and asked before anything is unpacked

TOO_LARGE = "Ukuran berkas lebih dari 10 MB. Kirim foto yang lebih kecil."
NO_PHOTO = "Berkas ini bukan foto JPEG, PNG, atau WebP, atau rusak. Ambil ulang fotonya, atau kirim dalam format JPEG."
TOO_MANY_PIXELS = "Foto ini terlalu besar: paling banyak 40 juta titik. Kirim foto yang lebih kecil."


class NotKept(ValueError):
    """Says in an Indonesian sentence why a file is no photo that we keep."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it will be kept."""

    content: bytes
    width: int
    height: int


def read(file: IO[bytes], size: int) -> Picture:
    """The picture in an uploaded file, upright, small and without its metadata. Raises NotKept."""
    if size > LARGEST_FILE:
        raise NotKept(TOO_LARGE)
    try:
        with Image.open(file, formats=READ) as image:
            if image.width * image.height > MOST_PIXELS:  # known from the header alone
                raise NotKept(TOO_MANY_PIXELS)
            return _remade(image)
    except NotKept:
        raise
    except Exception as error:  # a broken or hostile file makes Pillow stumble in more ways than it names
        raise NotKept(NO_PHOTO) from error


def _remade(image: Image.Image) -> Picture:
    image.draft("RGB", (LONGER_SIDE, LONGER_SIDE))  # a JPEG is unpacked at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGER_SIDE, LONGER_SIDE))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.convert("RGBA").getchannel("A"))
    content = BytesIO()
    flat.save(content, "JPEG", quality=QUALITY, optimize=True)
    return Picture(content.getvalue(), *flat.size)


def _place(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return Path(settings.MEDIA_ROOT) / "foto" / name[:2] / f"{name}.jpg"


def write(picture: Picture) -> str:
    """Write the file for a row about to be inserted in this transaction; the random name that the row must carry."""
    name = secrets.token_hex(16)
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting = place.with_suffix(".part")
    with open(waiting, "xb") as file:
        file.write(picture.content)
        file.flush()
        os.fsync(file.fileno())
    transaction.on_commit(lambda: waiting.rename(place))
    return name


def opened(name: str) -> IO[bytes]:
    """The file of a row. FileNotFoundError when there is none."""
    place = _place(name)
    try:
        return open(place, "rb")
    except FileNotFoundError:  # the process ended between the commit and the renaming
        return open(place.with_suffix(".part"), "rb")


def tidy(named: Iterable[str]) -> int:
    """Remove the files older than a day that no row names, finish what was broken off; how many files went."""
    wanted, removed = set(named), 0
    for file in (Path(settings.MEDIA_ROOT) / "foto").glob("??/*"):
        if file.stem in wanted:
            if file.suffix == ".part":
                file.rename(file.with_suffix(".jpg"))
        elif time.time() - file.stat().st_mtime > YOUNG:
            file.unlink()
            removed += 1
    return removed
