"""Recording what was bought, receipt by receipt, and asking whether a receipt was used before, anywhere in the province."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from grants.accountability.models import FundReturn, Purchase, Report
from ppks.documents.attachments import Checked, keep
from ppks.documents.files import sha256
from ppks.kit import dates, rupiah
from ppks.kit.refusals import refusals

TYPED = ("item", "description", "seller", "receipt_number", "bought_on", "amount")


def why_not_bought_on(day: date, *, paid_on: date, today: date) -> str | None:
    """Why a receipt cannot bear this day."""
    if day > today:
        return "Tanggal nota tidak boleh sesudah hari ini."
    if day < paid_on:
        return f"Tanggal nota tidak boleh sebelum uang diterima, {dates.long(paid_on)}."
    return None


def used_before(report: Report, typed: dict[str, Any], content: Checked | None, *, but: int | None) -> tuple[str, str]:
    """(how, where): `how` is file, number or amount, both empty when the receipt is new. Only the kab/kota is told."""
    marks = [typed[name] for name in ("seller", "receipt_number", "bought_on", "amount")]
    file = sha256(content.content) if content else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "select how, region from grants_receipt_used(%s, %s, %s, grants_receipt_mark(%s, %s, %s, %s), %s)",
            [report.pk, typed["item"].pk, but, *marks, file],
        )
        return cursor.fetchone() or ("", "")


def record(report: Report, typed: dict[str, Any], content: Checked | None, *, by: Any) -> Purchase:
    """Add a receipt with its photo. Raises ValidationError."""
    with refusals():
        return Purchase.objects.create(report=report, by=by, attachment=_kept(report, content, by), **typed)


def change(purchase: Purchase, typed: dict[str, Any], content: Checked | None, *, by: Any) -> None:
    """Mend a receipt while its report is written; without a new photo the old one stays. Raises ValidationError."""
    for name, value in typed.items():
        setattr(purchase, name, value)
    with refusals():
        if content:
            purchase.attachment = _kept(purchase.report, content, by)
        purchase.save()


def _kept(report: Report, content: Checked | None, by: Any) -> Any:
    if content is None:
        return None
    return keep(content, region_id=report.region_id, by=by, subjects=[report.application.identity_id])


def give_back(report: Report, *, amount: int, slip_number: str, paid_on: date, by: Any) -> FundReturn:
    """Money of the tranche that was not spent has gone back to the treasury. Raises ValidationError."""
    left = report.disbursement.amount
    if amount > left:
        raise ValidationError(f"Setoran melebihi uang tahap ini, {rupiah.format(left)}.")
    with refusals():
        return FundReturn.objects.create(
            application=report.application,
            report=report,
            amount=amount,
            slip_number=slip_number,
            paid_on=paid_on,
            by=by,
        )
