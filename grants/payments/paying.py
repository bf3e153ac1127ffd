"""Paying a tranche, and undoing a transfer that came back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from grants.payments.models import Account, Bounce, Disbursement, PaymentOrder
from grants.payments.queue import why_account_unfit
from ppks.kit.refusals import refusals


def next_tranche(application: Application) -> tuple[int, int]:
    """(number, rupiah) of the tranche that comes next; 0 rupiah when everything was paid."""
    paid = application.disbursements.filter(bounce=None).count()
    with connection.cursor() as cursor:
        cursor.execute("select grants_tranche(%s, %s)", [application.pk, paid + 1])
        return paid + 1, cursor.fetchone()[0] or 0


def pay_cash(
    application: Application, *, order: PaymentOrder, account: Account, tranche: int, paid_on: date, by: Any
) -> Disbursement:
    """Hand over the tranche as money; the number is the one the payer saw, so that a second click finds it paid.

    Raises ValidationError.
    """
    if why := why_account_unfit(account, application.person):
        raise ValidationError(why)
    return _pay(application, tranche, by, form="cash", order=order, account=account, paid_on=paid_on)


def pay_goods(
    application: Application, *, minutes_number: str, goods: str, tranche: int, paid_on: date, by: Any
) -> Disbursement:
    """Hand over the tranche as goods, against the minutes (BAST). Raises ValidationError."""
    return _pay(application, tranche, by, form="goods", minutes_number=minutes_number, goods=goods, paid_on=paid_on)


def _pay(application: Application, tranche: int, by: Any, **how: Any) -> Disbursement:
    with refusals():
        lock_money([application.pk])
        amount = next_tranche(application)[1]
        paid = Disbursement.objects.create(application=application, tranche=tranche, amount=amount, by=by, **how)
        APPLICATION.make("disburse", application, by=by, effective_on=how["paid_on"])
    return paid


def bounce(disbursement: Disbursement, *, reason: str, bounced_on: date, by: Any) -> Bounce:
    """The transfer came back: undo it in the ledger, and the first one's move as well. Raises ValidationError."""
    application = disbursement.application
    with refusals():
        lock_money([application.pk])
        undone = Bounce.objects.create(disbursement=disbursement, reason=reason, bounced_on=bounced_on, by=by)
        application.refresh_from_db()
        if application.status == Status.DISBURSED and not application.balance.disbursed:
            APPLICATION.make("undo_disburse", application, by=by, note=reason)
    return undone


def pay_order(
    lines: Mapping[Application, tuple[Account, int]], *, number: str, issued_on: date, by: Any
) -> PaymentOrder:
    """One SP2D with all its transfers, or none: {application: (account, tranche that was seen)}.

    Raises ValidationError that names the application.
    """
    with refusals():
        lock_money(one.pk for one in lines)
        order = PaymentOrder.objects.create(number=number, year=issued_on.year, issued_on=issued_on, by=by)
        for application, (account, tranche) in sorted(lines.items(), key=lambda line: line[0].pk):
            try:
                pay_cash(application, order=order, account=account, tranche=tranche, paid_on=issued_on, by=by)
            except ValidationError as error:
                raise ValidationError(f"{application}: {error.messages[0]}") from error
    return order
