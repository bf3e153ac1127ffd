"""Checking before saving, and drafts: what was typed is never lost, and nobody else reads it."""

import os
import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from monitoring.models import Draft, Upload, Visit
from ppks.kit import dates
from tests.monitoring.typing import KEY, key, photo, typed
from tests.office import column, door, refused
from tests.people import PASSWORD, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "foto"


def press(browser, business, step, **changes):
    return browser.post(f"/usaha/{business.pk}/kunjungan/", typed(**changes) | {"step": step})


def opened(browser, business) -> str:
    return unescape(browser.get(f"/usaha/{business.pk}/kunjungan/").content.decode())


def hidden(page: str) -> dict[str, str]:
    """The hidden inputs of the form in the page's middle."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', unescape(page).split('id="isi"')[1]))


def test_the_check_page_tells_what_would_be_stored_and_stores_nothing(browse, officer, tailoring):
    answer = press(browse(officer), tailoring, "check", profit="1.200.000", note="seragam sekolah", men="1", women="3")
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Periksa sebelum disimpan" in page
    for told in (
        "Rp3.600.000",
        "Rp1.200.000",
        "seragam sekolah",
        "4 orang",
        "Orangnya sendiri",
        "atas nama Wahyu Pratomo",
    ):
        assert told in page
    assert not Visit.objects.exists()


def test_the_check_page_carries_everything_on(browse, officer, tailoring):
    browser = browse(officer)
    page = press(browser, tailoring, "check", note="“dua” & <tiga>\nbaris", obstacle_1="MODAL", obstacle_1_severity="3")
    carried = hidden(page.content.decode())
    assert browser.post(f"/usaha/{tailoring.pk}/kunjungan/", carried | {"step": "store"}).status_code == 302
    visit = Visit.objects.get()
    assert visit.note == "“dua” & <tiga>\nbaris"
    assert visit.obstacles.get().obstacle.code == "MODAL"


def test_going_back_from_the_check_page_keeps_all(browse, officer, tailoring):
    page = unescape(press(browse(officer), tailoring, "edit", note="seragam", workers="4").content.decode())
    assert "Periksa dulu" in page
    assert 'value="3.600.000"' in page
    assert "seragam" in page
    assert "Galat" not in page


def test_what_is_odd_is_said_and_not_refused(browse, officer, tailoring):
    page = press(browse(officer), tailoring, "check", costs="2.400.000", profit="900.000", debt="5.000.000")
    said = unescape(page.content.decode())
    assert "Omzet dikurangi biaya Rp1.200.000, tetapi laba ditulis Rp900.000." in said
    assert "Ada utang, tetapi belum diisi kepada siapa." in said


@pytest.mark.parametrize("step", ["draft", "check", "store"])
def test_whatever_is_not_stored_becomes_a_draft(browse, officer, tailoring, step):
    browser = browse(officer)
    press(browser, tailoring, step, met=None, note="setengah jadi")
    draft = Draft.objects.get()
    page = opened(browser, tailoring)
    assert f"Draf {dates.moment(draft.saved_at)} dipulihkan." in page
    assert "setengah jadi" in page
    assert f'value="{KEY}"' in page
    assert "Galat" not in page


def test_a_draft_is_sealed_in_the_database(browse, officer, tailoring):
    press(browse(officer), tailoring, "draft", note="sakit parah")
    assert "sakit" not in column("select typed from monitoring_draft")[0]


def test_a_stored_visit_leaves_no_draft(browse, officer, tailoring):
    browser = browse(officer)
    press(browser, tailoring, "check")
    press(browser, tailoring, "store")
    assert not Draft.objects.exists()
    assert "dipulihkan" not in opened(browser, tailoring)


def test_a_draft_can_be_thrown_away(browse, officer, tailoring):
    browser = browse(officer)
    press(browser, tailoring, "draft")
    press(browser, tailoring, "discard")
    assert "dipulihkan" not in opened(browser, tailoring)


def test_nobody_sees_the_draft_of_another(browse, officer, province, stranger, tailoring):
    press(browse(officer), tailoring, "draft", note="rahasia")
    assert "rahasia" not in opened(browse(province), tailoring)
    for other in (province, stranger):
        with door(other):
            assert not Draft.objects.exists()
    with door(province, write=True), refused("row-level security"):
        Draft.objects.create(user=officer, business=tailoring, typed="{}", saved_at=timezone.now())


def test_drafts_go_after_thirty_days_and_their_photos_with_them(browse, officer, tailoring, own_folder, capsys):
    press(browse(officer), tailoring, "draft", photos=[photo()])
    call_command("tick")
    assert (Draft.objects.count(), Upload.objects.count(), len(list(own_folder.glob("*/*")))) == (1, 1, 1)
    long_ago = timezone.now() - timedelta(days=31)
    Draft.objects.update(saved_at=long_ago)
    Upload.objects.update(saved_at=long_ago)
    for file in own_folder.glob("*/*"):
        os.utime(file, (0, 0))
    capsys.readouterr()
    call_command("tick")
    said = capsys.readouterr().out.splitlines()
    assert "draf: 1 draf kunjungan dan 1 foto yang menunggu dibuang." in said
    assert "foto: 1 berkas foto tanpa catatan dibuang." in said
    assert (Draft.objects.count(), Upload.objects.count(), list(own_folder.glob("*/*"))) == (0, 0, [])


def log_in(browser, username: str):
    page = browser.get("/masuk/")
    browser.post("/masuk/", {"username": username, "password": PASSWORD, "next": f"/usaha/{1}/kunjungan/"})
    return unescape(page.content.decode())


def grow_old(browser) -> None:
    session = browser.session
    session["last_seen_at"] = (timezone.now() - settings.SESSION_IDLE - timedelta(minutes=1)).isoformat()
    session.save()


def lose_the_session(browser) -> None:
    browser.session.delete()


@pytest.mark.parametrize("end", [grow_old, lose_the_session])
@pytest.mark.parametrize("step", ["check", "draft", "store"])
def test_what_was_typed_when_the_session_had_ended_is_there_after_logging_in(browse, officer, tailoring, end, step):
    browser = browse(officer)
    carried = hidden(opened(browser, tailoring)) | {"note": "ditulis lama sekali"}
    end(browser)
    answer = press(browser, tailoring, step, **carried)
    assert (answer.status_code, answer.url) == (302, f"/masuk/?next=/usaha/{tailoring.pk}/kunjungan/")
    assert not Visit.objects.exists()
    assert "Isian formulir Anda tidak hilang" in log_in(browser, "bojonegoro")
    page = opened(browser, tailoring)
    assert "Isian dari sesi yang berakhir dipulihkan." in page
    assert "ditulis lama sekali" in page
    press(browser, tailoring, "store", **hidden(page))
    assert Visit.objects.count() == 1
    assert "dipulihkan" not in opened(browser, tailoring)


def test_another_person_at_the_same_browser_does_not_get_it(browse, officer, tailoring):
    member("provinsi")
    browser = browse(officer)
    carried = hidden(opened(browser, tailoring)) | {"note": "ditulis lama sekali"}
    grow_old(browser)
    press(browser, tailoring, "check", **carried)
    log_in(browser, "provinsi")
    assert "ditulis lama sekali" not in opened(browser, tailoring)


def test_a_form_without_its_pass_is_not_kept(browse, officer, tailoring):
    browser = browse(officer)
    carried = hidden(opened(browser, tailoring))
    browser.session.delete()
    press(browser, tailoring, "check", isian=carried["isian"] + "x", note="palsu")
    log_in(browser, "bojonegoro")
    assert "palsu" not in opened(browser, tailoring)


def test_the_kept_answers_lie_sealed_in_the_session(browse, officer, tailoring):
    browser = browse(officer)
    carried = hidden(opened(browser, tailoring)) | {"note": "sakit parah"}
    grow_old(browser)
    press(browser, tailoring, "check", **carried)
    assert "sakit" not in str(dict(browser.session.items()))


def test_two_drafts_of_two_forms_do_not_meet(browse, officer, tailoring):
    browser = browse(officer)
    press(browser, tailoring, "draft", note="yang pertama")
    press(browser, tailoring, "draft", note="yang kedua", key=key(2))
    assert Draft.objects.count() == 1
    assert "yang kedua" in opened(browser, tailoring)
