"""The same link used twice at the same moment, an answer beside a withdrawal, a referral beside a withdrawal: one truth each."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from clients.consents import ConsentWithdrawal
from monitoring.referrals.links import token_of
from monitoring.referrals.models import Referral, ReferralLink, ReferralStep
from ppks.kit import dates
from tests.factories import ConsentFactory, PersonFactory
from tests.office import OfficeBrowser
from tests.people import OWN_OFFICE, office
from tests.referrals import ReferralFactory, linked

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 6


def at_once(*sendings) -> list:
    """Send these forms in threads of their own that begin together, each with a connection of its own."""
    ready = Barrier(len(sendings))

    def send(sending):
        browser, address, form = sending
        try:
            ready.wait()
            return browser.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sendings)) as threads:
        return list(threads.map(send, sendings))


def test_the_same_link_twice_at_once_is_one_answer(officer):
    for number in range(TIMES):
        link = linked(ReferralFactory(consent=ConsentFactory(person=PersonFactory())))
        address = reverse("referral_answer", args=[token_of(link.key)])
        sendings = (
            (OfficeBrowser(REMOTE_ADDR=f"10.0.{number}.{n}"), address, {"answer": answer, "note": "Sudah penuh."})
            for n, answer in enumerate(("accept", "reject"))
        )
        answers = at_once(*sendings)
        assert sorted(answer.status_code for answer in answers) == [200, 410]
        assert ReferralStep.objects.filter(referral=link.referral_id).count() == 1
        assert ReferralLink.objects.get(pk=link.pk).used_at is not None


def test_an_answer_and_a_withdrawal_at_once_leave_a_referral_that_is_withdrawn(officer, partner):
    form = {"withdrawn_on": dates.long(dates.today()), "reason": "Diminta lewat telepon"}
    for _ in range(TIMES):
        consent = ConsentFactory(person=PersonFactory())
        referral = ReferralFactory(consent=consent)
        answers = at_once(
            (OfficeBrowser(partner), reverse("referral_move", args=[referral.pk, "accept"]), {}),
            (OfficeBrowser(officer), reverse("consent_withdraw", args=[consent.pk]), form),
        )
        assert answers[0].status_code in {302, 404}
        assert answers[1].status_code == 302
        assert ConsentWithdrawal.objects.filter(consent=consent).count() == 1
        assert Referral.objects.get(pk=referral.pk).status == "withdrawn"


def test_no_referral_stays_open_that_was_sent_while_its_consent_was_taken_back(officer, province):
    withdrawal = {"withdrawn_on": dates.long(dates.today()), "reason": "Diminta lewat telepon"}
    place = office(OWN_OFFICE).pk
    for number in range(TIMES):
        consent = ConsentFactory(person=PersonFactory())
        form = {
            "key": f"0192f0c1-0000-7000-8000-00000000f{number:03}",
            "office": place,
            "kind": "work",
            "asked": "Mohon penempatan kerja.",
            "shared": ["name"],
            "step": "store",
        }
        answers = at_once(
            (OfficeBrowser(officer), reverse("referral_send", args=[consent.person_id]), form),
            (OfficeBrowser(province), reverse("consent_withdraw", args=[consent.pk]), withdrawal),
        )
        assert answers[0].status_code in {302, 422}
        assert {row.status for row in Referral.objects.filter(consent=consent)} <= {"withdrawn"}
