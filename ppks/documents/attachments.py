"""What people attach: a photo, made anew as JPEG, or a PDF scan, kept as it is; known by content, never by its name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ppks.documents import pictures, scans
from ppks.documents.files import sha256
from ppks.documents.models import Attachment
from ppks.documents.pictures import NotKept

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
LONGER_SIDE = 2400  # of a photo: small print on a receipt stays legible
LONGEST_NAME = 100
BEGINNINGS = {b"\xff\xd8\xff": "photo", b"\x89PNG\r\n": "photo", b"RIFF": "photo", b"%PDF-": "scan"}

EMPTY = "Berkas ini kosong. Pilih berkas lain."
TOO_LARGE = "Ukuran berkas lebih dari 10 MB. Kirim berkas yang lebih kecil."
OTHER = "Berkas ini bukan foto (JPEG, PNG, WebP) dan bukan PDF. Kirim fotonya, atau simpan sebagai PDF."


@dataclass(frozen=True, slots=True)
class Checked:
    """An uploaded file as it will be kept."""

    name: str
    media_type: str
    content: bytes


def check(upload: UploadedFile) -> Checked:
    """The upload as it will be kept. Raises ValidationError with an Indonesian sentence."""
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    if upload.size > pictures.LARGEST_FILE:
        raise ValidationError(TOO_LARGE, code="too_large")
    upload.seek(0)
    content = upload.read()
    kind = next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)
    try:
        if kind == "photo":
            picture = pictures.read(BytesIO(content), len(content), longer_side=LONGER_SIDE)
            return Checked(_named(upload.name, ".jpg"), "image/jpeg", picture.content)
        if kind == "scan":
            scans.check(content)
            return Checked(_named(upload.name, ".pdf"), "application/pdf", content)
    except NotKept as error:
        raise ValidationError(str(error), code="not_kept") from error
    raise ValidationError(OTHER, code="other")


def keep(upload: UploadedFile | Checked, *, region_id: int | None, by: Any, subjects: Iterable[int] = ()) -> Attachment:
    """Keep an upload for good; needs an open door. Raises ValidationError with an Indonesian sentence.

    `region_id` says which kab/kota reaches it, None that it is the province's own. `subjects` are the identities whose
    data it shows: whoever opens the file is written down as having seen them.
    """
    checked = upload if isinstance(upload, Checked) else check(upload)
    return Attachment.objects.create(
        file=Attachment.FILES.write(checked.content),
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=sha256(checked.content),
        region_id=region_id,
        subjects=sorted(set(subjects)),
        by=by,
    )


def _named(given: str | None, suffix: str) -> str:
    """A name that is safe to show and to save under: no folders, no control characters, the suffix of what it is."""
    last = PurePosixPath((given or "").replace("\\", "/")).name
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", last))
    stem = re.sub(r"\.(?:jpe?g|png|webp|pdf)$", "", " ".join(plain.split()), flags=re.IGNORECASE).strip(". ")
    return f"{stem[:LONGEST_NAME] or 'lampiran'}{suffix}"
