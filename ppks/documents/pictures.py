"""Photos that people send: checked by content, made small, upright, stripped of position and device."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
LONGER_SIDE, QUALITY = 1600, 82
READ = ("JPEG", "PNG", "WEBP")

Image.MAX_IMAGE_PIXELS = None  # ours is stricter, and asked before anything is unpacked

TOO_LARGE = "Ukuran berkas lebih dari 10 MB. Kirim foto yang lebih kecil."
NO_PHOTO = "Berkas ini bukan foto JPEG, PNG, atau WebP, atau rusak. Ambil ulang fotonya, atau kirim dalam format JPEG."
TOO_MANY_PIXELS = "Foto ini terlalu besar: paling banyak 40 juta titik. Kirim foto yang lebih kecil."


class NotKept(ValueError):
    """Says in an Indonesian sentence why a file is not kept."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it will be kept."""

    content: bytes
    width: int
    height: int


def read(file: IO[bytes], size: int, *, longer_side: int = LONGER_SIDE) -> Picture:
    """The picture in an uploaded file, upright, small and without its metadata. Raises NotKept."""
    if size > LARGEST_FILE:
        raise NotKept(TOO_LARGE)
    try:
        with Image.open(file, formats=READ) as image:
            if image.width * image.height > MOST_PIXELS:  # known from the header alone
                raise NotKept(TOO_MANY_PIXELS)
            return _remade(image, (longer_side, longer_side))
    except NotKept:
        raise
    except Exception as error:  # a broken or hostile file makes Pillow stumble in more ways than it names
        raise NotKept(NO_PHOTO) from error


def _remade(image: Image.Image, box: tuple[int, int]) -> Picture:
    image.draft("RGB", box)  # a JPEG is unpacked at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail(box)
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.convert("RGBA").getchannel("A"))
    content = BytesIO()
    flat.save(content, "JPEG", quality=QUALITY, optimize=True)
    return Picture(content.getvalue(), *flat.size)
