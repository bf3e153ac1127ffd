"""A person's step and a visit, a proposal or a decision at the same moment, through real connections: both get done."""

import pytest
from django.db import transaction

from clients.models import Person, PersonStep
from grants.models import Disbursement
from monitoring.independence.models import Graduation, Readiness
from monitoring.models import Visit
from monitoring.plans.models import HelpNeed
from tests import granting
from tests.factories import moved
from tests.faults.test_counts_at_once import differing, together
from tests.faults.test_twice_at_once import at_once
from tests.grants import crowd
from tests.monitoring.independence.making import agreement, household, make_ready, verified
from tests.monitoring.typing import key, typed
from tests.office import OfficeBrowser
from tests.people import BOJONEGORO
from tests.plans.helping import needy, plan_for

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


def test_a_visit_while_a_plan_for_its_business_ends(tailoring, officer, regional_head):
    for number in range(TIMES):
        plan = plan_for(needy(tailoring) if number == 0 else tailoring)
        visit = f"/usaha/{tailoring.pk}/kunjungan/", typed(key=key(number), turnover=f"{number + 1}00.000")
        stop = f"/rencana/{plan.pk}/stop/", {"note": "Tidak berlanjut"}
        answers = at_once((OfficeBrowser(officer), *visit), (OfficeBrowser(regional_head), *stop))
        assert [answer.status_code for answer in answers] == [302, 302], number
        plan.refresh_from_db()
        assert plan.status == "stopped"
        assert Visit.objects.filter(key=key(number)).exists()


def test_a_person_who_leaves_while_a_plan_ends(tailoring, province, regional_head):
    person = tailoring.person
    for number, move in enumerate(there_and_back(TIMES)):
        plan = plan_for(needy(tailoring) if number == 0 else tailoring)
        stop = f"/rencana/{plan.pk}/stop/", {"note": "Tidak berlanjut"}
        step = f"/klien/{person.pk}/langkah/{move}/", WHY
        answers = at_once((OfficeBrowser(regional_head), *stop), (OfficeBrowser(province), *step))
        assert [answer.status_code for answer in answers] == [302, 302], move
        assert HelpNeed.objects.get(business=tailoring).plan_id is None


def test_answers_of_a_household_while_its_person_leaves_and_returns(ngatini, tailoring, province):
    ready = make_ready(ngatini)
    for number, move in enumerate(there_and_back(TIMES)):
        together(
            lambda days=number: household(ready, days=days, size=5),
            lambda days=number: agreement(ready, days=days),
            lambda name=move: moved(Person.objects.get(pk=ready.pk), name),
        )
        is_back = Person.objects.get(pk=ready.pk).status == "former_client"
        assert Readiness.objects.get(person=ready).is_candidate == is_back == (move == "return_as_former")


def test_money_paid_while_its_person_leaves_and_returns():
    with transaction.atomic():
        call = granting.call(granting.allocation(amount=9 * granting.MILLION).line)
        granted = crowd.enacted(crowd.drafted(crowd.nominated(call, 4, [BOJONEGORO])))
    for application, move in zip(granted, ("lose_contact", "move_away", "die", "lose_contact"), strict=True):
        person = Person.objects.get(pk=application.person_id)
        together(lambda one=application: crowd.paid(one), lambda who=person, name=move: moved(who, name))
        assert Disbursement.objects.filter(application=application).count() == 1
        assert PersonStep.objects.filter(person=person, move=move).count() == 1
    assert differing() == {}
