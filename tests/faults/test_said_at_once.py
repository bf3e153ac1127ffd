"""A report, a decision and the end of a meeting, each sent twice at the same moment through real connections: one of each."""

import re
import time

import pytest
from django.core import signing

from monitoring.feedback.models import Feedback
from monitoring.feedback.public_forms import SALT
from monitoring.meetings.models import Decision, Input, Meeting
from tests.faults.test_twice_at_once import at_once
from tests.meetings.making import begun, comer, meeting
from tests.meetings.test_decisions import typed as decision_typed
from tests.meetings.test_inputs import typed as input_typed
from tests.office import OfficeBrowser
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_the_same_report_at_once_is_one_with_one_receipt():
    sent = signing.dumps(["b" * 32, time.time() - 10], salt=SALT)
    form = {"kind": "complaint", "text": "Mesin jahit saya rusak.", "about": "aid", "region": "", "sent": sent}

    answers = at_once(*((OfficeBrowser(), "/pengaduan/", form) for _ in range(3)))

    receipts = {tuple(re.findall(r'<dd class="secret">([^<]+)</dd>', answer.content.decode())) for answer in answers}
    assert [answer.status_code for answer in answers] == [200] * 3
    assert (len(receipts), Feedback.objects.count()) == (1, 1)


def test_the_same_decision_and_the_same_input_at_once_are_one(province, officer):
    of = meeting(BOJONEGORO)
    said = input_typed()
    inputs = at_once(*((OfficeBrowser(officer), f"/rapat/{of.pk}/masukan/", said) for _ in range(2)))
    held, decision = begun(of), decision_typed()
    decisions = at_once(*((OfficeBrowser(province), f"/rapat/{held.pk}/keputusan/", decision) for _ in range(2)))

    assert [answer.status_code for answer in (*inputs, *decisions)] == [302] * 4
    assert (Input.objects.count(), Decision.objects.count()) == (1, 1)


def test_no_input_slips_in_beside_the_closing_of_the_minutes(province, officer):
    of = meeting(BOJONEGORO)
    comer(of, attended=True)
    begun(of)

    at_once(
        (OfficeBrowser(province), f"/rapat/{of.pk}/tutup/", {"step": "close"}),
        (OfficeBrowser(officer), f"/rapat/{of.pk}/masukan/", input_typed()),
    )

    is_closed = Meeting.objects.get(pk=of.pk).status == "minuted"
    assert is_closed != Input.objects.filter(outcome="").exists()
