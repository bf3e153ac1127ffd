"""Official papers: rendered from plain data, issued once as a file that never changes, revoked when they hold no more."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from ppks.documents import setting
from ppks.documents.codes import new_code
from ppks.documents.files import sha256
from ppks.documents.kinds import KINDS, Kind
from ppks.documents.kinds.shared import printed, shaped
from ppks.documents.letterheads import Letterhead
from ppks.documents.letters import printable
from ppks.documents.models import Paper, Revocation
from ppks.kit import dates

OFFICE = ("government", "office", "address", "contact")
ALREADY = "Surat ini sudah dicabut."
NO_REASON = "Tulis alasan pencabutan."


def read(kind: str, data: dict[str, Any] | Kind) -> Kind:
    """The data as this kind of paper has them. Raises KeyError for an unknown kind, ValueError naming a wrong field."""
    return shaped(KINDS[kind], data)


def sheet(kind: str, data: Kind, letterhead: Letterhead, *, number: str = "", code: str = "") -> dict[str, Any]:
    """All that the templates need for one paper, ready for `setting`; without a code it says that it is a preview."""
    return {
        "kind": kind,
        "number": printable(number),
        "office": {name: printable(getattr(letterhead, name)) for name in OFFICE},
        "place_day": printable(f"{data.place or letterhead.city}, {dates.long(data.day)}"),
        "check": _check(code) if code else None,
        "data": printed(data, type(data)),
    }


def check_url(code: str) -> str:
    """Where anybody can ask whether the paper with this code is valid."""
    return urljoin(settings.PUBLIC_ADDRESS, reverse("paper_check", args=[code]))


def _check(code: str) -> dict[str, str]:
    url = check_url(code)
    return {"code": code, "url": url, "qr": segno.make(url, error="m").svg_inline(border=0)}


def render(
    kind: str, data: dict[str, Any] | Kind, *, region_id: int | None = None, number: str = "", code: str = ""
) -> bytes:
    """The paper as PDF/A under the letterhead of that kab/kota (none: the province); the same data, the same bytes.

    Without a code it is a preview and says so. Needs a database, for the letterhead.
    """
    read_data = read(kind, data)
    paper = sheet(kind, read_data, Letterhead.of(region_id), number=number, code=code)
    return setting.pdf([paper], title=title(kind, number), day=read_data.day)


def title(kind: str, number: str) -> str:
    """What a reader of the file shows as its title; nothing personal."""
    return printable(f"{KINDS[kind].LABEL} {number}".strip())


def issue(
    kind: str,
    data: dict[str, Any] | Kind,
    *,
    region_id: int | None,
    by: Any,
    number: str = "",
    subjects: Iterable[int] = (),
) -> Paper:
    """Issue a paper: rendered and stored once, with its SHA-256 and a code of its own; needs an open door.

    `region_id` says whose letterhead it has and which kab/kota reaches it, None the province. `subjects` are the identities
    it shows: whoever opens it is written down as having seen them.
    """
    return issue_one(
        kind, read(kind, data), Letterhead.of(region_id), region_id=region_id, by=by, number=number, subjects=subjects
    )[0]


def issue_one(
    kind: str, read_data: Kind, letterhead: Letterhead, *, number: str, subjects: Iterable[int], **of: Any
) -> tuple[Paper, dict[str, Any]]:
    """The issued paper, and what the templates were given, so that a package can set it once more with others."""
    code = new_code()
    given = sheet(kind, read_data, letterhead, number=number, code=code)
    content = setting.pdf([given], title=title(kind, number), day=read_data.day)
    paper = Paper.objects.create(
        kind=kind,
        number=number.replace("\x00", ""),
        day=read_data.day,
        office=letterhead.full_name,
        code=code,
        file=Paper.FILES.write(content),
        size=len(content),
        sha256=sha256(content),
        subjects=sorted(set(subjects)),
        **of,
    )
    return paper, given


def revoke(paper: Paper, *, by: Any, reason: str) -> Revocation:
    """Say that the paper holds no more; its public page says so from now on. Raises ValidationError with a sentence."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise ValidationError(NO_REASON)
    try:
        with transaction.atomic():
            return Revocation.objects.create(paper=paper, by=by, reason=reason)
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") == "documents_revocation_paper_id_key":
            raise ValidationError(ALREADY) from error
        raise
