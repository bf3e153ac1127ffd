"""Writes the draft of a decree: from nominees, or as an amendment of one that was enacted."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.decrees.models import Decree, DecreeLine
from ppks.kit.refusals import refusals


@dataclass(frozen=True, slots=True)
class Changed:
    """What an amendment makes of one line: another amount, 0 takes it away."""

    amount: int
    reason: str


def draft(applications: Iterable[Application], *, subject: str, year: int, by: Any) -> Decree:
    """A draft with one line for each nominee, at the recommended amount. Raises ValidationError."""
    with refusals():
        decree = Decree.objects.create(subject=subject, year=year, by=by)
        DecreeLine.objects.bulk_create(_line(decree, one) for one in applications)
    return decree


def _line(decree: Decree, application: Application) -> DecreeLine:
    return DecreeLine(decree=decree, application=application, amount=application.recommended)


def nominees(user: Any, year: int) -> Any:
    """Who may stand in the annex of that year's decree: nominated, with money set aside, in no other draft."""
    drafted = DecreeLine.objects.visible_to(user).filter(decree__status="draft")
    rows = Application.objects.visible_to(user).filter(year=year, status=Status.NOMINATED, allocation__isnull=False)
    return rows.exclude(pk__in=drafted.values("application"))


def pick(decree: Decree, wanted: Iterable[int], *, by: Any) -> tuple[int, int]:
    """Make the new grants of a draft exactly these applications; returns (added, removed). Raises ValidationError."""
    wanted = set(wanted)
    there = set(decree.lines.filter(before=0).values_list("application", flat=True))
    coming = list(nominees(by, decree.year).filter(pk__in=wanted - there))
    if len(coming) < len(wanted - there):
        raise ValidationError("Ada usulan yang tidak lagi dapat dipilih. Muat ulang halaman.")
    with refusals():
        DecreeLine.objects.filter(decree=decree, before=0, application__in=there - wanted).delete()
        DecreeLine.objects.bulk_create(_line(decree, one) for one in coming)
    return len(coming), len(there - wanted)


def in_force(decree: Decree, user: Any) -> Any:
    """The grants of an enacted decree that another one can still change."""
    return (
        Application.objects.visible_to(user)
        .filter(decree_lines__decree=decree, status__in=[Status.DECREED, Status.DISBURSED])
        .filter(Q(balance__committed__gt=0))
        .select_related("balance", "region")
        .order_by("region", "pk")
    )


def amend(decree: Decree, changes: Mapping[int, Changed], *, subject: str, by: Any) -> Decree:
    """A draft that changes these lines of an enacted decree. Raises ValidationError."""
    known = {one.pk: one for one in in_force(decree, by)}
    if unknown := changes.keys() - known.keys():
        raise ValidationError(f"{len(unknown)} usulan tidak dapat diubah dengan SK ini. Muat ulang halaman.")
    if not changes:
        raise ValidationError("Belum ada baris yang diubah.")
    with refusals():
        amendment = Decree.objects.create(subject=subject, year=decree.year, amends=decree, by=by)
        for pk, change in changes.items():
            DecreeLine.objects.create(
                decree=amendment, application=known[pk], amount=change.amount, reason=change.reason
            )
    return amendment


def fingerprint(decree: Decree) -> str:
    """Changes with anything that the head signs: the paper's own data and every line."""
    told = [decree.number, decree.signed_on, decree.subject, decree.stated_total, decree.scan_id]
    told += decree.lines.order_by("application").values_list("application", "before", "amount")
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
