"""Two heads decide one graduation, two officers propose one person, at the same moment, through real connections."""

import pytest

from clients.models import Person, PersonStep
from monitoring.independence.models import Certificate, Graduation, GraduationStep, Proposal
from tests.faults.test_twice_at_once import at_once
from tests.monitoring.independence.making import make_ready, verified
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_two_decisions_at_once_are_one(ngatini, tailoring, head):
    graduation = verified(make_ready(ngatini))
    address = f"/mandiri/{graduation.pk}/putusan/"

    answers = at_once(*((OfficeBrowser(head), address, {"number": "1"}) for _ in range(2)))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert GraduationStep.objects.filter(move="decide").count() == Certificate.objects.count() == 1
    assert PersonStep.objects.filter(move="graduate").count() == 1
    assert Person.objects.get(pk=ngatini.pk).status == "independent"


def test_two_proposals_at_once_are_one(ngatini, tailoring, officer, province):
    make_ready(ngatini)
    address = f"/klien/{ngatini.pk}/mandiri/usul/"

    answers = at_once((OfficeBrowser(officer), address, {}), (OfficeBrowser(province), address, {}))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Graduation.objects.count() == Proposal.objects.count() == 1
