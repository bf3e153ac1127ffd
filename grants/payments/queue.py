"""Whom money is owed to: the next tranche of each, the account it goes to, and what still stands in its way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from clients import names
from clients.models import Person
from grants.accountability.workflow import Status as ReportStatus
from grants.applications.documents import ApplicationDocument, Stage
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.payments.models import Account, Hold
from grants.programmes.models import DocumentType, Form


@dataclass(slots=True)
class Due:
    """One person's next tranche; `blockers` say why it cannot be paid yet."""

    application: Application
    person: Person
    tranche: int
    amount: int
    account: Account | None
    blockers: list[str] = field(default_factory=list)

    @property
    def is_payable(self) -> bool:
        return not self.blockers

    @property
    def account_shown(self) -> str:
        """Bank, masked number and whose it is; for an auditor the bank alone."""
        if self.account is None:
            return "belum ada rekening"
        if "number" not in self.account.__dict__:
            return self.account.bank
        return f"{self.account.bank} {self.account.number.masked}, {self.account.holder}"


def unpaid(user: Any, form: str = Form.CASH) -> QuerySet:
    """Applications with a decree whose money has not all been paid, in this form."""
    rows = Application.objects.visible_to(user).in_status(Status.DECREED, Status.DISBURSED)
    rows = rows.filter(balance__committed__gt=F("balance__disbursed"), call__line__programme__form=form)
    return rows.select_related("balance", "region", "call__line__programme").order_by("region__code", "pk")


def why_account_unfit(account: Account | None, person: Person) -> str | None:
    """Why money must not go to this account; None when it may."""
    if account is None:
        return "Rekening belum dicatat."
    if names.key(account.holder) != names.key(person.name) and not account.guardian_letter.strip():
        return "Rekening atas nama orang lain memerlukan surat kuasa wali."
    return None


def tranche_amount(application: Application, number: int) -> int:
    """What `grants_tranche` in the database says; that has the last word."""
    shares, balance = application.call.line.programme.tranches, application.balance
    if number >= max(len(shares), 1):
        return balance.committed - balance.disbursed
    return balance.committed * shares[number - 1] // 100


def dues(rows: Iterable[Application], user: Any) -> list[Due]:
    """The next tranche of each, in a fixed number of queries. For a role that reads names and accounts."""
    rows = list(rows)
    keys = [one.pk for one in rows]
    people = Person.objects.visible_to(user).in_bulk({one.person_id for one in rows})
    accounts = {
        one.application_id: one for one in Account.objects.visible_to(user).filter(application__in=keys).order_by("pk")
    }
    facts = _Facts(keys)
    return [
        Due(
            one,
            people[one.person_id],
            number := facts.paid[one.pk] + 1,
            tranche_amount(one, number),
            accounts.get(one.pk),
            list(_blockers(one, people[one.person_id], accounts.get(one.pk), facts)),
        )
        for one in rows
    ]


class _Facts:
    """What the database knows about these applications: papers, holds, tranches paid, reports owed."""

    def __init__(self, keys: list[int]):
        self.types = list(DocumentType.objects.current().filter(stage=Stage.PAYMENT, is_required=True))
        self.papers: dict[int, set[int]] = defaultdict(set)
        papers = ApplicationDocument.objects.filter(application__in=keys, type__in=self.types)
        for pk, kind in papers.values_list("application", "type"):
            self.papers[pk].add(kind)
        held = Hold.objects.filter(application__in=keys, lifted_at=None)
        self.holds = dict(held.values_list("application", "reason"))
        self.paid: dict[int, int] = defaultdict(int)
        self.owed: set[int] = set()
        went = Application.objects.filter(pk__in=keys, disbursements__bounce=None, disbursements__isnull=False)
        for pk, status in went.values_list("pk", "disbursements__report__status"):
            self.paid[pk] += 1
            if status != ReportStatus.APPROVED:
                self.owed.add(pk)


def _blockers(application: Application, person: Person, account: Account | None, facts: _Facts) -> Iterator[str]:
    programme = application.call.line.programme
    if application.pk in facts.holds:
        yield f"Ditahan: {facts.holds[application.pk]}"
    if programme.form == Form.CASH and (why := why_account_unfit(account, person)):
        yield why
    there = facts.papers[application.pk]
    yield from (
        f"{kind} belum diunggah." for kind in facts.types if kind.pk not in there and kind.form in {"", programme.form}
    )
    if programme.next_needs_report and application.pk in facts.owed:
        yield "SPJ tahap sebelumnya belum disahkan."


def of_decree(rows: QuerySet, decree: int | None) -> QuerySet:
    """Those whose money that decree promised."""
    return rows.filter(Q(decree_lines__decree=decree)) if decree else rows
