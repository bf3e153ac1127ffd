"""Drafts a decree from nominees or as an amendment, and enacts it: all lines or none."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from grants.decrees.models import Decree, DecreeLine
from grants.decrees.workflow import DECREE
from ppks.kit import dates, rupiah
from ppks.kit.refusals import refusals


def draft(applications: Iterable[Application], *, subject: str, year: int, by: Any) -> Decree:
    """A draft with one line for each nominee, at the recommended amount. Raises ValidationError."""
    with refusals():
        decree = Decree.objects.create(subject=subject, year=year, by=by)
        for application in applications:
            DecreeLine.objects.create(decree=decree, application=application, amount=application.recommended)
    return decree


def total(decree: Decree) -> int:
    """The sum of the annex, in rupiah."""
    return decree.lines.aggregate(total=Sum("amount"))["total"] or 0


def why_not_ready(decree: Decree) -> list[str]:
    """What still keeps the decree from being enacted."""
    said = []
    if not decree.number.strip():
        said.append("Nomor SK belum diisi.")
    if decree.signed_on is None:
        said.append("Tanggal SK belum diisi.")
    elif decree.signed_on > dates.today():
        said.append("Tanggal SK tidak boleh sesudah hari ini.")
    annex = total(decree)
    if not decree.lines.exists():
        said.append("Lampiran SK masih kosong.")
    elif decree.stated_total != annex:
        stated = "belum diisi" if decree.stated_total is None else rupiah.format(decree.stated_total)
        said.append(f"Jumlah menurut SK {stated}, sedangkan jumlah lampiran {rupiah.format(annex)}.")
    return said


def enact(decree: Decree, *, by: Any) -> None:
    """Commit and release the money of all lines and move their applications. Raises ValidationError; then nothing happened."""
    lines = list(decree.lines.select_related("application").order_by("application__allocation", "application"))
    with refusals():
        lock_money(line.application_id for line in lines)
        DECREE.make("enact", decree, by=by)
        for line in lines:
            _move(line, by)


def _move(line: DecreeLine, by: Any) -> None:
    """A new grant is decreed, one taken away before anything was paid is cancelled; another amount moves nothing."""
    application = line.application
    if line.before == 0:
        APPLICATION.make("decree", application, by=by)
    elif line.amount == 0 and application.status == Status.DECREED:
        APPLICATION.make("cancel", application, by=by, note=line.reason, code="other")
