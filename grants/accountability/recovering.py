"""Asking money back after a finding, taking it in parts, closing when all has come; and letting a debtor apply anew."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from grants.accountability.models import FundReturn, Recovery, Waiver
from grants.applications.models import Application
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from ppks.kit.refusals import refusals


def demand(application: Application, *, finding: str, amount: int, due_on: date, reason: str, by: Any) -> Recovery:
    """So much must come back by that day; what was accounted for wrongly is reversed. Raises ValidationError."""
    with refusals():
        lock_money([application.pk])
        asked = Recovery.objects.create(
            application=application, finding=finding, amount=amount, due_on=due_on, reason=reason, by=by
        )
        APPLICATION.make("recover", application, by=by, note=reason)
    return asked


def take(application: Application, *, amount: int, slip_number: str, paid_on: date, by: Any) -> FundReturn:
    """A part, or all, has been paid back into the treasury. Raises ValidationError."""
    with refusals():
        lock_money([application.pk])
        return FundReturn.objects.create(
            application=application, amount=amount, slip_number=slip_number, paid_on=paid_on, by=by
        )


def settle(application: Application, *, note: str, by: Any) -> None:
    """Close it: every rupiah is accounted for or back. What was never paid out is released. Raises ValidationError."""
    with refusals():
        lock_money([application.pk])
        APPLICATION.make("settle", application, by=by, note=note)


def waive(application: Application, owed: tuple[str, ...], *, reason: str, by: Any) -> Waiver:
    """Let its person be proposed in its year although `owed` reports are overdue. Raises ValidationError."""
    if not owed:
        raise ValidationError("Orang ini tidak punya SPJ lewat waktu; tidak memerlukan pengecualian.")
    with refusals():
        return Waiver.objects.create(identity_id=application.identity_id, year=application.year, reason=reason, by=by)
