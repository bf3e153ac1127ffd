"""A correction is a new visit that names the one it replaces: the old one stays readable, and figures leave it out."""

from datetime import timedelta
from html import unescape

import pytest

from monitoring.models import Assessment, Business, Visit, VisitObstacle
from monitoring.reference import Obstacle
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, visited
from tests.monitoring.typing import key, typed
from tests.office import door, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(tailoring, officer):
    visited(tailoring, 3_000_000, 3_000_000, 3_600_000, by=officer)
    return Visit.objects.order_by("-visited_on").first()


def correct(browser, visit, **changes):
    return browser.post(f"/kunjungan/{visit.key}/perbaiki/", typed(key=key(50)) | changes)


def test_the_form_begins_with_what_the_visit_said(browse, officer, visit):
    VisitObstacle.objects.create(visit=visit, obstacle=Obstacle.objects.get(code="PASAR"), severity=2, note="sepi")
    page = unescape(browse(officer).get(f"/kunjungan/{visit.key}/perbaiki/").content.decode())
    assert f"Perbaiki kunjungan {dates.long(visit.visited_on)}" in page
    assert 'value="3.600.000"' in page
    assert '<option value="PASAR" selected>' in page
    assert 'value="sepi"' in page


def test_the_correction_stands_in_for_the_visit(browse, officer, visit):
    assert correct(browse(officer), visit, turnover="2.000.000").status_code == 302
    new = Visit.objects.get(replaces=visit)
    assert set(Visit.objects.standing().values_list("turnover", flat=True)) == {3_000_000, 2_000_000}
    assert (Business.objects.get().category, Business.objects.get().last_turnover) == ("steady", 2_000_000)
    assert Visit.objects.get(pk=visit.pk).turnover == 3_600_000
    old_page = unescape(browse(officer).get(f"/kunjungan/{visit.key}/").content.decode())
    assert "Kunjungan ini sudah diganti" in old_page
    assert f"/kunjungan/{new.key}/" in old_page
    assert "Perbaiki kunjungan ini" not in old_page
    new_page = unescape(browse(officer).get(f"/kunjungan/{new.key}/").content.decode())
    assert "Kunjungan ini memperbaiki kunjungan yang dicatat sebelumnya." in new_page


def test_the_page_of_the_business_shows_the_correction_alone(browse, officer, visit, tailoring):
    correct(browse(officer), visit, turnover="2.000.000")
    page = browse(officer).get(f"/usaha/{tailoring.pk}/").content.decode()
    assert "Rp2.000.000" in page
    assert "Rp3.600.000" not in page


@pytest.mark.parametrize("moved", [-200, -30])
def test_a_correction_of_the_day_assesses_both_days_anew(browse, officer, visit, moved):
    day = visit.visited_on + timedelta(days=moved)
    correct(browse(officer), visit, visited_on=dates.long(day))
    last = Assessment.objects.order_by("-on", "-pk").first()
    kept = max(Visit.objects.standing().values_list("visited_on", flat=True))
    assert (last.on, last.last_visit_on) == (visit.visited_on, kept)
    assert Business.objects.get().last_visit_on == kept


def test_a_visit_is_replaced_once(browse, officer, visit):
    correct(browse(officer), visit)
    answer = browse(officer).post(f"/kunjungan/{visit.key}/perbaiki/", typed(key=key(51)), follow=True)
    assert "sudah diganti orang lain" in unescape(answer.content.decode())
    assert Visit.objects.filter(replaces=visit).count() == 1
    assert browse(officer).get(f"/kunjungan/{visit.key}/perbaiki/").url == f"/kunjungan/{visit.key}/"


def test_the_same_correction_sent_twice_is_one(browse, officer, visit):
    correct(browse(officer), visit)
    again = browse(officer).post(f"/kunjungan/{visit.key}/perbaiki/", typed(key=key(50)), follow=True)
    assert "tidak dicatat dua kali" in again.content.decode()
    assert Visit.objects.filter(replaces=visit).count() == 1


def test_a_correction_can_be_corrected(browse, officer, visit):
    correct(browse(officer), visit, turnover="2.000.000")
    new = Visit.objects.get(replaces=visit)
    assert (
        browse(officer).post(f"/kunjungan/{new.key}/perbaiki/", typed(key=key(52), turnover="2.500.000")).status_code
        == 302
    )
    assert Business.objects.get().last_turnover == 2_500_000


def test_the_officer_of_another_region_corrects_nothing(browse, stranger, visit):
    assert browse(stranger).get(f"/kunjungan/{visit.key}/").status_code == 404
    assert browse(stranger).get(f"/kunjungan/{visit.key}/perbaiki/").status_code == 404
    assert correct(browse(stranger), visit).status_code == 404
    assert Visit.objects.count() == 3


def test_a_correction_stays_with_its_business(officer, visit):
    other = BusinessFactory(person=PersonFactory())
    with door(officer, write=True), refused("usaha yang sama"):
        VisitFactory(business=other, replaces=visit, by=officer)


def test_no_role_may_change_or_remove_a_visit(officer, province, visit):
    for user in (officer, province):
        with door(user, write=True), refused("permission denied"):
            Visit.objects.filter(pk=visit.pk).update(turnover=1)
        with door(user, write=True), refused("permission denied"):
            Visit.objects.filter(pk=visit.pk)._raw_delete("default")


def test_the_auditor_reads_figures_and_no_words(browse, auditor, officer, tailoring):
    browse(officer).post(
        f"/usaha/{tailoring.pk}/kunjungan/",
        typed(
            note="sakit parah",
            help_wanted="obat",
            position="-7.15, 111.88",
            obstacle_1="MODAL",
            obstacle_1_severity="1",
        )
        | {"obstacle_1_note": "rentenir"},
    )
    page = unescape(browse(auditor).get(f"/kunjungan/{Visit.objects.get().key}/").content.decode())
    assert "Rp3.600.000" in page
    assert "Kekurangan modal" in page
    for hidden in ("sakit parah", "obat", "rentenir", "111.88", "Ngatini"):
        assert hidden not in page
    assert "Perbaiki" not in page
