"""What an officer types in the form of a visit, and pictures he might send."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ppks.kit import dates

KEY = "0192f0c1-0000-7000-8000-000000000001"


def typed(**changes) -> dict[str, str]:
    """An honest visit; a change to None leaves the answer out."""
    honest = {
        "key": KEY,
        "visited_on": dates.long(dates.today()),
        "met": "owner",
        "operating": "ya",
        "turnover": "3.600.000",
    }
    return {name: value for name, value in (honest | changes).items() if value is not None}


def key(number: int) -> str:
    """The key of another form."""
    return f"{KEY[:-3]}{number:03}"


def picture(width: int = 60, height: int = 40, form: str = "JPEG", **saved) -> bytes:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    content = BytesIO()
    image.save(content, form, **saved)
    return content.getvalue()


def photo(content: bytes | None = None, name: str = "foto.jpg", **of) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(**of) if content is None else content, "image/jpeg")
