"""Referrals that nobody answers come to the agenda of the next meeting of their kab/kota, and open exactly their list."""

import pytest

from monitoring.meetings.agenda import agenda
from ppks.kit import dates
from tests.factories import ConsentFactory, PersonFactory
from tests.meetings.making import begun, meeting
from tests.office import door
from tests.people import BOJONEGORO, TUBAN, member
from tests.referrals import ReferralFactory, sent_ago
from tests.test_figures import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def late():
    member("mitra")
    consent = ConsentFactory(person=PersonFactory(name="Ngatini Permak"), shared=["name"])
    ReferralFactory(consent=consent)
    return sent_ago(ReferralFactory(consent=consent, kind="market"), 20)


def test_an_unanswered_one_is_on_the_agenda_of_its_own_kab_kota(late, province):
    for regions, expected in (((BOJONEGORO,), [f"rujukan-{late.pk}"]), ((TUBAN,), []), ((), [f"rujukan-{late.pk}"])):
        of = meeting(*regions)
        with door(province):
            assert [line.handle for line in agenda(of, province, dates.today())] == expected


def test_page_and_briefing_name_its_person_and_its_number_opens_it(late, browse, province, auditor):
    of = meeting(BOJONEGORO)
    walk = Walk(browse(province))

    walk.check(f"/rapat/{of.pk}/bahan/")
    walk.check(f"/rapat/{of.pk}/bahan/cetak/")
    begun(of)
    page, masked = (browse(who).get(f"/rapat/{of.pk}/").content.decode() for who in (province, auditor))

    assert walk.wrong == []
    assert "Ngatini Permak" in page
    assert "belum dijawab 20 hari" in page
    assert "Ngatini" not in masked


def test_the_front_page_of_its_kab_kota_says_so_and_opens_it(late, browse, officer, stranger):
    walk = Walk(browse(officer))

    walk.check("/")
    own, other = (browse(who).get("/").content.decode() for who in (officer, stranger))

    assert walk.wrong == []
    assert ("Rujukan terlambat dijawab" in own, "Rujukan terlambat dijawab" in other) == (True, False)
