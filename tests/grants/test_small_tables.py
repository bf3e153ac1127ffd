"""Walks the tables of a decree, a report and a reported deduction as test_table walks a grant's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model, TextChoices

from grants.accountability.reporting import approve
from grants.accountability.workflow import REPORT
from grants.accountability.workflow import Status as ReportStatus
from grants.applications.statuses import Status
from grants.decrees.enacting import enact
from grants.decrees.workflow import DECREE
from grants.decrees.workflow import Status as DecreeStatus
from grants.models import Decree, Deduction, Purchase, Report
from grants.payments.deductions import DEDUCTION
from grants.payments.deductions import Status as DeductionStatus
from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.refusals import refusals
from ppks.kit.workflow import Workflow
from tests import granting
from tests.grants import crowd
from tests.grants.test_table import NOTE, REFUSALS, actors, table, undone
from tests.office import door
from tests.people import BOJONEGORO, member

pytestmark = [pytest.mark.long, pytest.mark.django_db]


def moved(workflow: Workflow, name: str, subject: Any, who: str) -> Any:
    by = member(who)
    with door(by, write=True):
        workflow.make(name, subject, by=by, note=NOTE)
    return subject


def report_being_written() -> Report:
    """Every rupiah is explained, every paper is there."""
    application, by = granting.brought_to(Status.DISBURSED), member("bojonegoro")
    granting.documented(application, "report", by=by)
    report = application.reports.get()
    bought = {"description": "Mesin jahit", "seller": "Toko Maju", "bought_on": dates.today(), "by": by}
    Purchase.objects.create(report=report, item=application.items.get(), amount=report.disbursement.amount, **bought)
    return report


def report_sent() -> Report:
    return moved(REPORT, "submit", report_being_written(), "bojonegoro")


def report_approved() -> Report:
    report = report_sent()
    granting.approved(report.application)
    return report


def decree() -> Decree:
    return granting.decree_of(granting.brought_to(Status.NOMINATED))


def decree_in_force() -> Decree:
    made, by = decree(), member("kepala")
    with door(by, write=True):
        enact(made, by=by)
    return made


def deduction() -> Deduction:
    opened = granting.call(granting.allocation().line)
    return crowd.cut(crowd.paid(crowd.enacted(crowd.drafted(crowd.nominated(opened, 1, [BOJONEGORO])))[0]))


ARRIVE: dict[tuple[str, str], Callable[[], Model]] = {
    ("report", ReportStatus.DRAFT): report_being_written,
    ("report", ReportStatus.SUBMITTED): report_sent,
    ("report", ReportStatus.RETURNED): lambda: moved(REPORT, "return", report_sent(), "pptk"),
    ("report", ReportStatus.APPROVED): report_approved,
    ("decree", DecreeStatus.DRAFT): decree,
    ("decree", DecreeStatus.ENACTED): decree_in_force,
    ("decree", DecreeStatus.DISCARDED): lambda: moved(DECREE, "discard", decree(), "pptk"),
    ("deduction", DeductionStatus.OPEN): deduction,
    ("deduction", DeductionStatus.HANDLED): lambda: moved(DEDUCTION, "handle", deduction(), "pptk"),
}
TABLES: dict[str, tuple[str, Workflow, type[TextChoices]]] = {
    "report": ("A report", REPORT, ReportStatus),
    "decree": ("A decree", DECREE, DecreeStatus),
    "deduction": ("A reported deduction", DEDUCTION, DeductionStatus),
}


def make(workflow: Workflow, name: str, subject: Any, by: User) -> None:
    """The move, with the money that belongs to it."""
    if (workflow, name) == (REPORT, "approve"):
        approve(subject, by=by)
    elif (workflow, name) == (DECREE, "enact"):
        enact(subject, by=by)
    else:
        with refusals():
            workflow.make(name, subject, by=by, note=NOTE)


def is_open(workflow: Workflow, name: str, subject: Model, by: User) -> bool:
    """Try it; what it did is undone."""
    with undone():
        again = type(subject).objects.get(pk=subject.pk)
        try:
            with transaction.atomic(), door(by, write=True):
                make(workflow, name, again, by)
        except REFUSALS:
            return False
        assert type(subject).objects.get(pk=subject.pk).status == workflow.moves[name].target
        return True


@pytest.mark.parametrize(("kind", "state"), ARRIVE)
def test_every_role_can_make_exactly_the_moves_of_the_table(kind, state):
    title, workflow, statuses = TABLES[kind]
    everybody, subject = actors(), ARRIVE[kind, state]()
    assert type(subject).objects.get(pk=subject.pk).status == state

    found = {
        (role, state, name)
        for name in workflow.moves
        for role, user in everybody.items()
        if is_open(workflow, name, subject, user)
    }

    assert found == {told for told in table(title, statuses) if told[1] == state}


def test_every_state_of_each_is_walked():
    assert set(ARRIVE) == {(kind, state) for kind, (_, _, statuses) in TABLES.items() for state in statuses.values}
