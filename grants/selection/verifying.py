"""Stores what a verifier found, and sets flags aside."""

from typing import Any

from django.core.exceptions import ValidationError

from grants.applications.documents import add_document
from grants.applications.models import Application
from grants.applications.workflow import APPLICATION
from grants.programmes.models import DocumentType
from grants.selection.flags import open_flags
from grants.selection.models import FlagResolution, Verification
from ppks.kit.refusals import refusals

PHOTO = "VISIT_PHOTO"


def record(application: Application, *, photo: Any, pass_it: bool, by: Any, **found: Any) -> None:
    """Keep the visit with its photo; with `pass_it` the application is verified as well. All or nothing.

    Raises ValidationError.
    """
    with refusals():
        if photo:
            add_document(application, DocumentType.objects.get(code=PHOTO), photo, by=by)
        Verification.objects.create(application=application, by=by, **found)
        if pass_it:
            APPLICATION.make("verify", application, by=by)


def set_aside(application: Application, key: str, *, reason: str, by: Any) -> None:
    """Resolve one of the open flags. Raises ValidationError for one that is not open any more."""
    with refusals():
        if key not in {flag.key for flag in open_flags(application)}:
            raise ValidationError("Tanda ini sudah diselesaikan. Muat ulang halaman.")
        FlagResolution.objects.create(application=application, key=key, reason=reason, by=by)
