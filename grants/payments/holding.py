"""Stopping all money of an application with a reason, and letting it go again with another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from grants.applications.models import Application
from grants.payments.models import Hold
from ppks.kit.refusals import refusals


def hold(application: Application, *, reason: str, by: Any) -> Hold:
    """Stop it. Raises ValidationError, as when it is stopped already."""
    with refusals():
        return Hold.objects.create(application=application, reason=reason.strip(), by=by)


def lift(found: Hold, *, reason: str, by: Any) -> None:
    """Let it go; once. Raises ValidationError."""
    with refusals():
        rows = Hold.objects.visible_to(by).filter(pk=found.pk, lifted_at=None)
        if not rows.update(lifted_by=by, lifted_at=timezone.now(), lift_reason=reason.strip()):
            raise ValidationError("Penahanan ini sudah dilepas.")


def open_hold(application: Application) -> Hold | None:
    """The hold that stops the application's money now."""
    return application.holds.filter(lifted_at=None).first()
