"""Walks the whole table of a grant's moves in docs/workflows.md: for each role, state and move, open or refused as it says."""

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import TextChoices

from grants.accountability.models import Report
from grants.accountability.recovering import demand, settle, take
from grants.accountability.reporting import approve
from grants.applications.models import Application
from grants.applications.proposing import cover_letter, submit
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.decrees.drafting import Changed, amend
from grants.decrees.enacting import enact
from grants.models import Account, Decree, PaymentOrder
from grants.payments.paying import bounce, next_tranche, pay_cash
from ppks.accounts.models import User
from ppks.accounts.roles import ROLES
from ppks.kit import dates
from ppks.kit.refusals import refusals
from ppks.kit.sealed import Sealed
from ppks.kit.workflow import Move
from tests import granting
from tests.factories import AttachmentFactory
from tests.granting import brought_to
from tests.office import door
from tests.people import CAST, ONE_A_ROLE, member

pytestmark = [pytest.mark.long, pytest.mark.django_db]

S = Status
REFUSALS = (PermissionDenied, ValidationError, ObjectDoesNotExist, DatabaseError)
NOTE = "Menurut berita acara."
CODES = {"reject": "other", "cancel": "other"}
Act = Callable[[Application, User], object]


def table(title: str, statuses: type[TextChoices]) -> set[tuple[str, str, str]]:
    """(role, state, move) of everything that the page says is open, under that heading."""
    page = (Path(settings.BASE_DIR) / "docs/workflows.md").read_text()
    section = page.split(f"## {title} (")[1].split("### Role × state\n\n")[1].split("\n\n")[0]
    head, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines()]
    states = [cell.strip("`") for cell in head[1:]]
    assert states == statuses.values
    return {
        (row[0].strip("`"), state, move)
        for row in rows
        for state, cell in zip(states, row[1:], strict=True)
        for move in re.findall(r"`(\w+)`", cell)
    }


def actors() -> dict[str, User]:
    """One user a role."""
    cast = {CAST[name].role: member(name) for name in ONE_A_ROLE}
    return cast | {"clock": User.objects.clock()}


@contextmanager
def undone():
    """What happens in the block is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# How an application comes to each state, ready for every move from there.


def returned() -> Application:
    return moved(brought_to(S.SUBMITTED), "return", "verifikator")


def moved(application: Application, name: str, who: str) -> Application:
    by, code = member(who), {"code": CODES[name]} if name in CODES else {}
    with door(by, write=True):
        APPLICATION.make(name, application, by=by, note=NOTE, **code)
    return granting.again(application)


def seen() -> Application:
    """Sent, and visited."""
    application, by = brought_to(S.SUBMITTED), member("verifikator")
    granting.documented(application, "verification", by=by)
    with door(by, write=True):
        granting.verification(application, by=by)
    return application


def to_be_accounted() -> Application:
    return granting.reported(brought_to(S.DISBURSED))


def half_paid() -> Application:
    """The first of two tranches is paid and accounted for."""
    line = granting.line(granting.programme(tranches=(60, 40)))
    granting.allocation(line)
    return granting.approved(granting.reported(brought_to(S.DISBURSED, granting.call(line))))


def monitored() -> Application:
    """Accounted for, of somebody whose business has its first visit planned."""
    from monitoring.scheduling import schedule_first
    from tests.factories import BusinessFactory

    application = brought_to(S.ACCOUNTED)
    schedule_first([BusinessFactory(person=application.person)], on=dates.today())
    return application


def paid_back() -> Application:
    application, by = brought_to(S.RECOVERY), member("bendahara")
    owed = application.balance.disbursed - application.balance.accounted - application.balance.returned
    with door(by, write=True):
        take(application, amount=owed, slip_number="STS-1", paid_on=dates.today(), by=by)
    return granting.again(application)


ARRIVE: dict[str, Callable[[], Application]] = {
    S.DRAFT: lambda: brought_to(S.DRAFT),
    S.SUBMITTED: seen,
    S.RETURNED: returned,
    S.VERIFIED: lambda: granting.scored(brought_to(S.VERIFIED)),
    S.NOMINATED: lambda: brought_to(S.NOMINATED),
    S.WAITLISTED: lambda: moved(granting.scored(brought_to(S.VERIFIED)), "waitlist", "pptk"),
    S.DECREED: lambda: granting.documented(brought_to(S.DECREED), "payment"),
    S.DISBURSED: lambda: brought_to(S.DISBURSED),
    S.ACCOUNTED: monitored,
    S.CLOSED: lambda: brought_to(S.CLOSED),
    S.INELIGIBLE: lambda: moved(brought_to(S.SUBMITTED), "reject", "verifikator"),
    S.WITHDRAWN: lambda: moved(brought_to(S.DRAFT), "withdraw", "bojonegoro"),
    S.CANCELLED: lambda: moved(brought_to(S.NOMINATED), "cancel", "kepala"),
    S.RECOVERY: paid_back,
}
ARRIVE_FOR = {(S.DISBURSED, "account"): to_be_accounted, (S.DISBURSED, "disburse"): half_paid}


# How the moves are made that rest on a document; what is prepared is the work of others than who makes the move.


def _letter(application: Application) -> Act:
    by = member("kadinsos.bojonegoro")
    letter = cover_letter(application.region_id, number="460/9", dated_on=dates.today(), by=by)
    return lambda one, by: submit(one, letter=letter, by=by)


def _annex(application: Application) -> Act:
    decree = granting.decree_of(application)
    return lambda one, by: enact(decree, by=by)


def _amendment(application: Application) -> Act:
    """After a decree a grant is cancelled by another decree alone."""
    by = member("pptk")
    with door(by, write=True):
        first = Decree.objects.get(lines__application=application)
        made = amend(first, {application.pk: Changed(0, NOTE)}, subject="Perubahan", by=by)
        scan = AttachmentFactory(region_id=None, by=by)
        signed = {"number": "188/9/KPTS", "signed_on": dates.today(), "scan": scan, "stated_total": 0}
        Decree.objects.filter(pk=made.pk).update(**signed)
    return lambda one, by: enact(Decree.objects.get(pk=made.pk), by=by)


def _payment(application: Application) -> Act:
    def pay(one: Application, by: User) -> None:
        with refusals():
            order = PaymentOrder.objects.create(
                number="9/SP2D", year=dates.today().year, issued_on=dates.today(), by=by
            )
            holder = {"bank": "Jatim", "number": Sealed("001"), "holder": one.person.name}
            account = Account.objects.create(application=one, by=by, **holder)
        pay_cash(one, order=order, account=account, tranche=next_tranche(one)[0], paid_on=dates.today(), by=by)

    return pay


def _bounce(application: Application) -> Act:
    return lambda one, by: bounce(one.disbursements.get(), reason=NOTE, bounced_on=dates.today(), by=by)


def _approval(application: Application) -> Act:
    return lambda one, by: approve(Report.objects.get(application=one), by=by)


def _demand(application: Application) -> Act:
    asked = {"finding": "LHP 9", "amount": 1, "due_on": dates.today(), "reason": NOTE}
    return lambda one, by: demand(one, by=by, **asked)


def _settlement(application: Application) -> Act:
    return lambda one, by: settle(one, note=NOTE, by=by)


BY_DOCUMENT: dict[str, Callable[[Application], Act]] = {
    "submit": _letter,
    "decree": _annex,
    "disburse": _payment,
    "undo_disburse": _bounce,
    "account": _approval,
    "recover": _demand,
    "settle": _settlement,
}
AFTER_DECREE = {(S.DECREED, "cancel"): _amendment}


def make(name: str) -> Act:
    """The bare move, with what every move may carry."""

    def act(application: Application, by: User) -> None:
        with refusals():
            code = {"code": CODES[name]} if name in CODES else {}
            APPLICATION.make(name, application, by=by, note=NOTE, **code)

    return act


def is_open(application: Application, act: Act, by: User, target: str) -> bool:
    """Try it; what it did is undone."""
    with undone():
        try:
            with transaction.atomic(), door(by, write=True):
                act(granting.again(application), by)
        except REFUSALS:
            return False
        assert granting.again(application).status == target
        return True


def who_can(move: Move, application: Application, everybody: dict[str, User]) -> list[str]:
    """The roles for which it is open; a move that does not start here is tried as a bare step."""
    state = application.status
    with undone():
        prepare = AFTER_DECREE.get((state, move.name)) or BY_DOCUMENT.get(move.name)
        act = prepare(application) if prepare and state in move.sources else make(move.name)
        return [role for role, user in everybody.items() if is_open(application, act, user, move.target)]


@pytest.mark.parametrize("state", S.values)
def test_every_role_can_make_exactly_the_moves_of_the_table(state):
    everybody, found, ways = actors(), set(), defaultdict(list)
    for move in APPLICATION.moves.values():
        ways[ARRIVE_FOR.get((state, move.name), ARRIVE[state])].append(move)
    for arrive, moves in ways.items():
        with undone():
            application = arrive()
            assert application.status == state
            for move in moves:
                found |= {(role, state, move.name) for role in who_can(move, application, everybody)}

    assert found == {told for told in table("A grant", S) if told[1] == state}


def test_the_table_names_every_role_and_each_move_somewhere():
    told = table("A grant", S)

    assert set(actors()) == set(ROLES)
    assert {move for _, _, move in told} == set(APPLICATION.moves)
