"""Random legal and illegal moves, amounts and people: a model in Python says what must happen, and the database agrees."""

import sys
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from grants.accountability.recovering import demand, settle, take
from grants.accountability.reporting import approve
from grants.accountability.workflow import REPORT
from grants.applications.models import Application, ApplicationBalance
from grants.applications.proposing import cover_letter, submit
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget import verifying
from grants.decrees.enacting import enact
from grants.models import (
    Account,
    AllocationBalance,
    AllocationChange,
    BudgetBalance,
    CeilingChange,
    Hold,
    PaymentOrder,
    Purchase,
    Report,
)
from grants.payments.paying import bounce, next_tranche, pay_cash
from ppks.kit import dates
from ppks.kit.refusals import refusals
from ppks.kit.sealed import Sealed
from tests import granting
from tests.granting import MILLION
from tests.office import door
from tests.people import loaded, member

pytestmark = pytest.mark.django_db

TRIED: Counter[tuple[str, bool]] = Counter()  # which moves were really made, and which refused
ACTORS = ("anton", "bekti", "citra", "darma")
MOST = 6  # applications in one example
WHICH = st.integers(0, MOST - 1)
WHO = st.sampled_from(ACTORS)
SHARE = st.one_of(st.just(100), st.integers(1, 100))  # all of it is the one that leads on
PART = st.one_of(st.just(100), st.integers(1, 130))
LATER = [Status.VERIFIED, Status.NOMINATED, Status.DECREED, Status.DISBURSED, Status.RECOVERY]


@dataclass
class Told:
    """What the model believes of one application, in rupiah."""

    pk: int
    status: str = Status.DRAFT
    committed: int = 0
    disbursed: int = 0
    accounted: int = 0
    returned: int = 0
    chain: dict[str, str] = field(default_factory=dict)  # who -> stage
    held: bool = False
    amount: int = 0

    @property
    def balance(self) -> tuple[int, int, int, int]:
        return self.committed, self.disbursed, self.accounted, self.returned


class Machine(RuleBasedStateMachine):
    """One line, one allocation of Bojonegoro, and people who each may come to play any role."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.ceiling, self.share = 40 * MILLION, 9 * MILLION
        self.line = granting.line(granting.programme(tranches=(60, 40)), ceiling=self.ceiling)
        self.allocation = granting.allocation(self.line, amount=self.share)
        self.call = granting.call(self.line)
        self.officer, self.verifier = member("bojonegoro"), member("verifikator")
        self.told: list[Told] = []
        for name in ACTORS:
            actor = type(self.officer).objects.create_user(name, granting.system().username, role="pptk")
            actor.postings.create(region_id=self.officer.reach[0])
        self.letter = cover_letter(self.officer.reach[0], number="460/1", dated_on=dates.today(), by=self.officer)

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def as_role(self, name: str, role: str):
        """The actor, who has come to hold that role."""
        users = type(self.officer).objects
        users.filter(username=name).update(role=role, must_change_password=False)
        return loaded(users.get(username=name))

    def pick(self, which: int) -> tuple[Told, Application]:
        told = self.told[which % len(self.told)]
        return told, granting.again(Application(pk=told.pk))

    def attempt(self, told: Told, allowed: bool, work) -> bool:
        """Do it; the model says whether it must succeed. True when it did."""
        refusal = None
        try:
            with transaction.atomic():
                work()
        except (ValidationError, PermissionDenied) as error:
            refusal = error
        assert (refusal is None) == allowed, f"{told}: {refusal or 'should have been refused'}"
        TRIED[sys._getframe(1).f_code.co_name, allowed] += 1
        return allowed

    def took(self, told: Told, who: str, stage: str) -> bool:
        """Whether the actor holds another stage of this chain already."""
        return told.chain.get(who, stage) != stage

    @property
    def free(self) -> int:
        return self.share - sum(one.committed for one in self.told)

    @rule(millions=st.integers(-45, 45).filter(bool), who=WHO)
    def change_the_ceiling(self, millions, who):
        by, amount = self.as_role(who, "pptk"), millions * MILLION

        def work():
            with door(by, write=True), refusals():
                CeilingChange.objects.create(line=self.line, amount=amount, document="DPPA", reason="Ubah", by=by)

        if self.attempt(Told(0), self.ceiling + amount >= self.share, work):
            self.ceiling += amount

    @rule(millions=st.integers(-10, 10).filter(bool), who=WHO)
    def change_the_allocation(self, millions, who):
        by, amount = self.as_role(who, "pptk"), millions * MILLION
        new = self.share + amount

        def work():
            with door(by, write=True), refusals():
                AllocationChange.objects.create(
                    allocation=self.allocation, amount=amount, document="SK", reason="Ubah", by=by
                )

        if self.attempt(Told(0), 0 <= new <= self.ceiling and self.share - self.free <= new, work):
            self.share = new

    @rule(millions=st.integers(1, 3))
    def draft(self, millions):
        if len(self.told) < MOST:
            made = granting.drafted(self.call, amount=millions * MILLION)
            self.told.append(Told(made.pk, amount=millions * MILLION))

    @rule(status=st.sampled_from(LATER))
    def arrive(self, status):
        """Somebody who came to a later station by other hands, so that the far end is tried as often as the near one."""
        amount = 2 * MILLION
        if len(self.told) >= MOST or amount > self.free:
            return
        made = granting.brought_to(status, self.call, amount=amount)
        kept = made.balance
        self.told.append(Told(made.pk, made.status, kept.committed, kept.disbursed, amount=amount))

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, role=st.sampled_from(["regional_head", "officer", "pptk"]))
    def submit(self, which, who, role):
        told, application = self.pick(which)
        by = self.as_role(who, role)

        def work():
            with door(by, write=True):
                submit(application, letter=self.letter, by=by)

        is_open = told.status in {Status.DRAFT, Status.RETURNED}
        allowed = is_open and role == "regional_head" and not self.took(told, who, "submit")
        if self.attempt(told, allowed, work):
            told.status, told.chain[who] = Status.SUBMITTED, "submit"

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def verify(self, which, who):
        told, application = self.pick(which)
        by = self.as_role(who, "verifier")
        if told.status == Status.SUBMITTED:
            granting.documented(application, "verification", by=self.verifier)

        def work():
            with door(by, write=True), refusals():
                granting.verification(application, by=by)
                APPLICATION.make("verify", application, by=by)

        if self.attempt(told, told.status == Status.SUBMITTED and not self.took(told, who, "verify"), work):
            told.status, told.chain[who] = Status.VERIFIED, "verify"

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, move=st.sampled_from(["return", "revert_to_draft", "revert_to_submitted", "reject"]))
    def send_back(self, which, who, move):
        told, application = self.pick(which)
        by = self.as_role(who, "verifier" if move in {"return", "reject"} else "pptk")
        one = APPLICATION.moves[move]

        def work():
            with door(by, write=True), refusals():
                code = {"code": "other"} if move == "reject" else {}
                APPLICATION.make(move, application, by=by, note="Perlu diperbaiki dulu.", **code)

        if self.attempt(told, told.status in one.sources, work):
            told.status = one.target

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, scorers=st.integers(1, 2))
    def score_and_nominate(self, which, who, scorers):
        told, application = self.pick(which)
        by = self.as_role(who, "pptk")

        def work():
            if told.status == Status.VERIFIED and scorers == 2:
                granting.scored(application)
            with door(by, write=True), refusals():
                APPLICATION.make("nominate", application, by=by)

        judged = application.scores.filter(cycle=application.cycle).exists()
        if self.attempt(told, told.status == Status.VERIFIED and (scorers == 2 or judged), work):
            told.status = Status.NOMINATED

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def decree(self, which, who):
        told, application = self.pick(which)
        if told.status != Status.NOMINATED:
            return
        decree, by = granting.decree_of(application), self.as_role(who, "head")

        def work():
            with door(by, write=True):
                enact(decree, by=by)

        allowed = told.amount <= self.free and not self.took(told, who, "decree") and not told.held
        if self.attempt(told, allowed, work):
            told.status, told.chain[who], told.committed = Status.DECREED, "decree", told.amount

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def pay(self, which, who):
        told, application = self.pick(which)
        if told.status == Status.DECREED:
            granting.documented(application, "payment", by=self.officer)
        by = self.as_role(who, "treasurer")

        def work():
            with door(by, write=True), refusals():
                order = PaymentOrder.objects.create(
                    number=next(granting.numbers), year=2026, issued_on=dates.today(), by=by
                )
                own = {"bank": "Jatim", "number": Sealed("001"), "holder": application.person.name}
                account = Account.objects.create(application=application, by=by, **own)
                number, _ = next_tranche(application)
                pay_cash(application, order=order, account=account, tranche=number, paid_on=dates.today(), by=by)

        open_report = Report.objects.owed().filter(application=application).exists()
        allowed = (
            told.status in {Status.DECREED, Status.DISBURSED}
            and told.disbursed < told.committed
            and not open_report
            and not told.held
            and not self.took(told, who, "disburse")
        )
        if self.attempt(told, allowed, work):
            first = told.disbursed == 0
            told.disbursed = told.committed * 60 // 100 if first else told.committed
            told.status, told.chain[who] = Status.DISBURSED, "disburse"

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def come_back(self, which, who):
        told, application = self.pick(which)
        paid = application.disbursements.filter(bounce=None).last()
        if paid is None:
            return
        by = self.as_role(who, "treasurer")

        def work():
            with door(by, write=True):
                bounce(paid, reason="Rekening tutup", bounced_on=dates.today(), by=by)

        allowed = paid.report.status == "draft" and not told.held and told.status != Status.RECOVERY
        if paid.report.status == "draft" and told.status == Status.RECOVERY:
            return  # money that is being asked back is settled by returns
        if self.attempt(told, allowed, work):
            told.disbursed -= paid.amount
            told.status = Status.DISBURSED if told.disbursed else Status.DECREED

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, share=SHARE, approver=WHO)
    def report(self, which, who, share, approver):
        """A report over some or all of the money, and an approval of it."""
        told, application = self.pick(which)
        owed = application.reports.owed().filter(status="draft").first()
        if owed is None or told.status != Status.DISBURSED:
            return
        granting.documented(application, "report", by=self.officer)
        by = self.as_role(who, "officer")
        spent = owed.disbursement.amount * share // 100 or 1

        def work():
            with door(by, write=True), refusals():
                Purchase.objects.create(
                    report=owed,
                    item=application.items.first(),
                    description="Bahan",
                    seller="Toko",
                    bought_on=dates.today(),
                    amount=spent,
                    by=by,
                )
                REPORT.make("submit", owed, by=by)

        if not self.attempt(told, spent == owed.disbursement.amount and not self.took(told, who, "report"), work):
            return
        told.chain[who] = "report"
        self.approve(told, owed, approver)

    def approve(self, told: Told, owed: Report, approver: str) -> None:
        by = self.as_role(approver, "pptk")

        def work():
            with door(by, write=True):
                approve(Report.objects.get(pk=owed.pk), by=by)

        if self.attempt(told, not told.held and not self.took(told, approver, "approve_report"), work):
            told.chain[approver] = "approve_report"
            told.accounted += owed.disbursement.amount
            if told.accounted == told.committed:
                told.status = Status.ACCOUNTED

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def hold_or_lift(self, which, who):
        told, application = self.pick(which)
        by = self.as_role(who, "head")
        with door(by, write=True):
            if told.held:
                application.holds.filter(lifted_at=None).update(
                    lifted_at=application.made_at, lifted_by=by, lift_reason="Sudah jelas."
                )
            else:
                Hold.objects.create(application=application, reason="Ada laporan.", by=by)
        told.held = not told.held

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, share=PART)
    def ask_back(self, which, who, share):
        told, application = self.pick(which)
        by, amount = self.as_role(who, "head"), max(told.disbursed * share // 100, 1)

        def work():
            with door(by, write=True):
                demand(application, finding="LHP 1", amount=amount, due_on=dates.today(), reason="Temuan", by=by)

        undone = max(amount - (told.disbursed - told.accounted - told.returned), 0)
        allowed = (
            told.status in {Status.DISBURSED, Status.ACCOUNTED}
            and amount <= told.disbursed - told.returned
            and not (undone and told.held)
        )
        if self.attempt(told, allowed, work):
            told.accounted -= undone
            told.status = Status.RECOVERY

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO, share=PART)
    def pay_back(self, which, who, share):
        told, application = self.pick(which)
        owed = told.disbursed - told.accounted - told.returned
        by, amount = self.as_role(who, "treasurer"), max(owed * share // 100, 1)

        def work():
            with door(by, write=True):
                slip = f"STS{next(granting.numbers)}"
                take(application, amount=amount, slip_number=slip, paid_on=dates.today(), by=by)

        if self.attempt(told, told.status == Status.RECOVERY and amount <= owed and not told.held, work):
            told.returned += amount

    @precondition(lambda self: self.told)
    @rule(which=WHICH, who=WHO)
    def settle(self, which, who):
        told, application = self.pick(which)
        by = self.as_role(who, "treasurer")

        def work():
            with door(by, write=True):
                settle(application, note="Lunas menurut STS.", by=by)

        settled = told.status == Status.RECOVERY and told.accounted + told.returned == told.disbursed
        allowed = settled and not (told.committed > told.disbursed and told.held)
        if self.attempt(told, allowed, work):
            told.committed, told.status = told.disbursed, Status.CLOSED

    @invariant()
    def the_database_says_the_same(self):
        balances = {
            one.pk: (one.committed, one.disbursed, one.accounted, one.returned)
            for one in ApplicationBalance.objects.filter(pk__in=[told.pk for told in self.told])
        }
        assert balances == {told.pk: told.balance for told in self.told}
        statuses = dict(Application.objects.filter(pk__in=balances).values_list("pk", "status"))
        assert statuses == {told.pk: told.status for told in self.told}
        kept = AllocationBalance.objects.get(allocation=self.allocation)
        assert (kept.ceiling, kept.committed) == (self.share, self.share - self.free)
        assert kept.disbursed == sum(told.disbursed for told in self.told)
        assert BudgetBalance.objects.get(line=self.line).ceiling == self.ceiling

    @invariant()
    def the_ledger_adds_up(self):
        assert list(verifying.differences()) == []


@pytest.mark.soak
def test_any_sequence_of_thousands_of_moves():
    run(examples=60, steps=80)

    assert {name for name, allowed in TRIED if allowed} >= {"decree", "pay", "approve", "pay_back", "settle"}


@pytest.mark.long
def test_any_sequence_of_moves():
    run(examples=5, steps=50)

    assert {allowed for _, allowed in TRIED} == {True, False}


def run(*, examples: int, steps: int) -> None:
    TRIED.clear()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if examples > 10 else [Phase.generate],
            derandomize=True,
        ),
    )
