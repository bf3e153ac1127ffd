"""Decrees and decisions that race on real connections: never a rupiah too much, never a deadlock, one winner."""

import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget import verifying
from grants.decrees.enacting import enact
from grants.models import AllocationBalance, Decree, Entry
from ppks.kit.refusals import refusals
from tests import granting
from tests.grants import crowd
from tests.office import door
from tests.people import BOJONEGORO, LAMONGAN, TUBAN, member

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

IN_FULL = bool(os.environ.get("SOAK"))
RUNS, RACERS, AFFORDABLE = (20 if IN_FULL else 2), 50, 17
LINES = 376 if IN_FULL else 38


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of this in threads that begin together, each on a connection of its own; a refusal is the answer of its work."""
    ready = Barrier(len(works))

    def do(work):
        try:
            connection.ensure_connection()
            ready.wait()
            return work()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(do, works))


def enacting(decree: Decree, head) -> Callable[[], str]:
    def work() -> str:
        with transaction.atomic(), door(head, write=True):
            enact(decree, by=head)
        return "enacted"

    return work


@pytest.mark.parametrize("run", range(RUNS))
def test_fifty_decrees_race_for_the_last_rupiah(run):
    allocation = granting.allocation(amount=AFFORDABLE * granting.MILLION)
    applications = crowd.nominated(granting.call(allocation.line), RACERS, [BOJONEGORO])
    head = member("kepala")
    decrees = [crowd.drafted([one]) for one in applications]

    answers = at_once(*(enacting(decree, head) for decree in decrees))

    refused = [answer for answer in answers if answer != "enacted"]
    assert len(refused) == RACERS - AFFORDABLE
    said = {message for answer in refused for message in answer.messages}
    assert said == {"Bojonegoro: lampiran memerlukan Rp1.000.000, sedangkan sisa alokasinya Rp0."}
    assert AllocationBalance.objects.get(allocation=allocation).committed == AFFORDABLE * granting.MILLION
    assert Application.objects.filter(status=Status.DECREED).count() == AFFORDABLE
    assert list(verifying.differences()) == []


def test_four_large_decrees_at_once_do_not_deadlock():
    line = granting.line(ceiling=10_000 * granting.MILLION)
    regions = [BOJONEGORO, LAMONGAN, TUBAN]
    for region in regions:
        granting.allocation(line, amount=3_000 * granting.MILLION, region=region)
    applications = crowd.nominated(granting.call(line), 4 * LINES, regions)
    random.Random(4).shuffle(applications)
    decrees = [crowd.drafted(applications[start::4]) for start in range(4)]
    head = member("kepala")

    answers = at_once(*(enacting(decree, head) for decree in decrees))

    assert answers == ["enacted"] * 4
    assert Entry.objects.filter(kind="commit").count() == 4 * LINES
    assert Application.objects.filter(status=Status.DECREED).count() == 4 * LINES
    assert list(verifying.differences()) == []


@pytest.mark.parametrize("run", range(RUNS))
def test_verifying_and_rejecting_at_the_same_instant_have_one_winner(run):
    application = granting.brought_to(Status.SUBMITTED)
    verifier, pptk = member("verifikator"), member("pptk")
    granting.documented(application, "verification", by=verifier)

    def verify() -> str:
        with transaction.atomic(), door(verifier, write=True), refusals():
            granting.verification(application, by=verifier)
            APPLICATION.make("verify", application, by=verifier)
        return Status.VERIFIED

    def reject() -> str:
        with transaction.atomic(), door(pptk, write=True):
            mine = Application.objects.get(pk=application.pk)
            APPLICATION.make("reject", mine, by=pptk, note="Datanya tidak benar.", code="false_data")
        return Status.INELIGIBLE

    answers = at_once(verify, reject)

    assert granting.again(application).status in [answer for answer in answers if isinstance(answer, str)]
    moves = list(application.steps.order_by("version").values_list("move", flat=True))
    assert moves in (["submit", "verify"], ["submit", "reject"], ["submit", "verify", "reject"])
    assert len(moves) == 1 + sum(isinstance(answer, str) for answer in answers)
