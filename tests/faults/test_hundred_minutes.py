"""The minutes (BAST) of an order with a hundred receivers: one job by a real worker, which tells how far it is."""

import re

import pytest
from django.db import transaction

from grants.applications.models import Application
from grants.models import Account
from grants.payments.paying import pay_order
from ppks.documents.models import Batch, Paper
from ppks.kit import dates
from ppks.kit.sealed import Sealed
from tests import granting
from tests.faults.workers import wait_until
from tests.grants import crowd
from tests.office import OfficeBrowser, door
from tests.people import BOJONEGORO, member

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
RECEIVERS = 100
PROGRESS = re.compile(r"(\d+) dari 100 surat")


@transaction.atomic
def order_of(receivers: int):
    """One SP2D for so many."""
    line = granting.line(ceiling=receivers * granting.MILLION)
    granting.allocation(line, amount=receivers * granting.MILLION)
    granted = crowd.enacted(crowd.drafted(crowd.nominated(granting.call(line), receivers, [BOJONEGORO])))
    for one in granted:
        granting.documented(one, "payment")
    by, own = member("bendahara"), {"bank": "Bank Jatim", "number": Sealed("0012345678")}
    with door(by, write=True):
        there = Application.objects.select_related("person", "balance").in_bulk([one.pk for one in granted]).values()
        lines = {
            one: (Account.objects.create(application=one, holder=one.person.name, by=by, **own), 1) for one in there
        }
        return pay_order(lines, number="00100/LS", issued_on=dates.today(), by=by)


def test_a_hundred_minutes_are_one_job_with_progress_and_one_file(worker):
    order, browser = order_of(RECEIVERS), OfficeBrowser(member("bendahara"))
    answers = [browser.post(f"/hibah/salur/sp2d/{order.pk}/cetak/bast/") for _ in range(2)]
    place, told = answers[0]["Location"], []

    def is_finished() -> bool:
        told.extend(map(int, PROGRESS.findall(browser.get(place).content.decode())))
        return Batch.objects.get().finished_at is not None

    worker()
    wait_until(is_finished)

    assert answers[1]["Location"] == place
    assert told == sorted(told)
    assert len({number for number in told if 0 < number < RECEIVERS}) > 2
    assert Paper.objects.count() == len(set(Paper.objects.values_list("code", flat=True))) == RECEIVERS
    whole = b"".join(browser.get(f"{place}berkas/").streaming_content)
    assert int(re.search(rb"/Type/Pages/Count (\d+)", whole)[1]) == RECEIVERS
