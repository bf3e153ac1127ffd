"""Programmes: a new version of the rules stands beside the old one, and calls open and close."""

from datetime import timedelta

import pytest

from grants.models import Call, RuleSet
from ppks.kit import dates
from tests import granting
from tests.granting import allocation, call

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@pytest.fixture
def opened(db):
    return call(allocation().line, highest_decile=4)


def days(**changes: str) -> dict[str, str]:
    today = dates.today()
    usual = {"opens_on": dates.long(today), "closes_on": dates.long(today + timedelta(30))}
    return {"name": "Tahap II"} | usual | changes


def test_a_new_version_leaves_the_old_one_and_its_calls_alone(browse, pptk, opened):
    url = f"/hibah/program/{opened.line.programme_id}/aturan/"
    browser = browse(pptk)
    shown = browser.get(url).content.decode()

    answer = browser.post(url, {"version": "2", "highest_decile": "5", "kinds": "", "needs_business": "on"})

    assert answer.status_code == 302
    old, new = RuleSet.objects.filter(programme=opened.line.programme_id).order_by("version")
    assert (old.highest_decile, new.highest_decile, new.needs_business) == (4, 5, True)
    assert Call.objects.get().rule_set == old
    assert 'value="4"' in shown


def test_the_same_version_is_not_made_twice(browse, pptk, opened):
    url, sent = f"/hibah/program/{opened.line.programme_id}/aturan/", {"version": "2", "highest_decile": "5"}
    browser = browse(pptk)
    browser.post(url, sent)

    second = browser.post(url, sent)

    assert second.status_code == 422
    assert "Versi aturan ini sudah dibuat. Muat ulang halaman." in second.content.decode()
    assert RuleSet.objects.filter(programme=opened.line.programme_id).count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"youngest": "40", "oldest": "30"}, "Umur paling tua tidak boleh di bawah umur paling muda."),
        ({"kinds": "BUKAN_JENIS"}, "Kode tidak dikenal: BUKAN_JENIS."),
        ({"highest_decile": "0"}, "Desil mulai dari 1."),
    ],
)
def test_rules_that_make_no_sense_are_refused(browse, pptk, opened, sent, sentence):
    answer = browse(pptk).post(f"/hibah/program/{opened.line.programme_id}/aturan/", {"version": "2"} | sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_call_is_opened_once_and_closed_earlier(browse, pptk, opened):
    browser, url = browse(pptk), f"/hibah/program/{opened.line.programme_id}/pembukaan/"
    sent = days(line=str(opened.line_id), rule_set=str(opened.rule_set_id))
    first, second = browser.post(url, sent), browser.post(url, sent)
    made = Call.objects.get(name="Tahap II")

    closed = browser.post(f"/hibah/pembukaan/{made.pk}/", days(closes_on=dates.long(dates.today())))

    assert (first.status_code, second.status_code, closed.status_code) == (302, 422, 302)
    assert Call.objects.get(pk=made.pk).closes_on == dates.today()


def test_a_call_cannot_close_before_it_opens(browse, pptk, opened):
    answer = browse(pptk).post(f"/hibah/pembukaan/{opened.pk}/", days(closes_on="1 Januari 2020"))

    assert answer.status_code == 422
    assert "tidak boleh sebelum tanggal dibuka" in answer.content.decode()


def test_another_programmes_money_is_not_taken_by_its_id(browse, pptk, opened):
    foreign = granting.line()
    sent = days(line=str(foreign.pk), rule_set=str(opened.rule_set_id))

    answer = browse(pptk).post(f"/hibah/program/{opened.line.programme_id}/pembukaan/", sent)

    assert answer.status_code == 422
    assert not Call.objects.filter(line=foreign).exists()
