"""A person's step and a visit, a proposal or a decision at the same moment, through real connections: both get done."""

import pytest

from clients.models import PersonStep
from monitoring.independence.models import Graduation
from monitoring.models import Visit
from tests.faults.test_twice_at_once import at_once
from tests.monitoring.independence.making import make_ready, verified
from tests.monitoring.typing import key, typed
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 8
WHY = {"note": "Menurut surat keterangan."}


def there_and_back(times: int) -> list[str]:
    return ["lose_contact", "return_as_former"] * (times // 2)


def test_a_visit_while_its_person_leaves_and_returns(ngatini, tailoring, officer, province):
    ready = make_ready(ngatini)
    for number, move in enumerate(there_and_back(TIMES)):
        visit = f"/usaha/{tailoring.pk}/kunjungan/", typed(key=key(number), turnover=f"{number + 1}00.000")
        step = f"/klien/{ready.pk}/langkah/{move}/", WHY
        answers = at_once((OfficeBrowser(officer), *visit), (OfficeBrowser(province), *step))
        assert [answer.status_code for answer in answers] == [302, 302], move
        assert Visit.objects.filter(key=key(number)).exists()
        assert PersonStep.objects.filter(move=move, person=ready).count() == number // 2 + 1


def test_a_visit_while_its_person_is_decided_to_be_independent(ngatini, tailoring, officer, head):
    graduation = verified(make_ready(ngatini))
    visit = f"/usaha/{tailoring.pk}/kunjungan/", typed(key=key(1), turnover="9.000.000", profit="4.000.000")

    answers = at_once(
        (OfficeBrowser(officer), *visit), (OfficeBrowser(head), f"/mandiri/{graduation.pk}/putusan/", {"number": "1"})
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Visit.objects.filter(key=key(1)).exists()


def test_a_visit_while_its_person_is_proposed_and_verified(ngatini, tailoring, officer, province):
    make_ready(ngatini)
    visit = f"/usaha/{tailoring.pk}/kunjungan/", typed(key=key(1), turnover="9.000.000", profit="4.000.000")

    answers = at_once(
        (OfficeBrowser(province), *visit), (OfficeBrowser(officer), f"/klien/{ngatini.pk}/mandiri/usul/", {})
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Graduation.objects.get().status == "proposed"
