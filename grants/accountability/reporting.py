"""What a report (SPJ) says, whether it balances, and its approval, which accounts for the money."""

from typing import Any

from django.db.models import Sum

from grants.accountability.models import Report
from grants.accountability.workflow import REPORT
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from ppks.kit import rupiah
from ppks.kit.refusals import refusals


def bought(report: Report) -> int:
    """The sum of its receipts, in rupiah."""
    return report.purchases.aggregate(total=Sum("amount"))["total"] or 0


def returned(report: Report) -> int:
    """The sum of what was paid back with it, in rupiah."""
    return report.fund_returns.aggregate(total=Sum("amount"))["total"] or 0


def unexplained(report: Report) -> int:
    """Rupiah received and neither spent nor returned; below zero when the receipts say more than was received."""
    return report.disbursement.amount - bought(report) - returned(report)


def why_not_balanced(report: Report) -> str | None:
    """The sentence that says what is still missing; None when every rupiah is explained."""
    left = unexplained(report)
    if left > 0:
        return f"Masih ada {rupiah.format(left)} tanpa nota. Tambahkan nota, atau catat setoran sisanya."
    if left < 0:
        return f"Nota melebihi uang yang diterima sebesar {rupiah.format(-left)}. Periksa nilai notanya."
    return None


def approve(report: Report, *, by: Any) -> None:
    """Account for the tranche; with the last one the application is accounted for. Raises ValidationError."""
    application = report.application
    with refusals():
        lock_money([application.pk])
        REPORT.make("approve", report, by=by)
        application.refresh_from_db()
        application.balance.refresh_from_db()
        balance = application.balance
        if application.status == Status.DISBURSED and not balance.open and balance.disbursed == balance.committed:
            APPLICATION.make("account", application, by=by)
