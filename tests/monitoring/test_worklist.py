"""Pantau: who is to be visited, in tabs that count what they list; putting off, undoing, giving to somebody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring import worklist_tabs, workload
from monitoring.models import DueVisit
from ppks.accounts.models import Posting, User
from ppks.kit import dates, prepared
from tests.factories import BusinessFactory, PersonFactory, visited
from tests.people import BOJONEGORO, TUBAN, loaded


def ahead(days: int):
    return dates.today() + timedelta(days=days)


def wait(business, days: int, **fields) -> DueVisit:
    """A visit that is due in so many days, below zero for long ago."""
    return DueVisit.objects.create(business=business, due_on=ahead(days), opens_on=ahead(-200), **fields)


def waiting(days: int, *, region: int | None = None, **fields) -> DueVisit:
    person = PersonFactory(**({"region_id": region} if region else {}))
    return wait(BusinessFactory(person=person), days, **fields)


def tabs(page: str) -> dict[str, int]:
    return {label: int(n) for label, n in re.findall(r'>([\w ]+) <span class="count">(\d+)</span>', page)}


def shown(page: str) -> int:
    return len(re.findall(r'class="name"', page))


@pytest.fixture
def every_age(db):
    return [waiting(days) for days in (8, 7, 1, 0, -7, -8, -30, -31, -90, -91)]


def test_each_tab_counts_what_it_lists(every_age, browse, officer):
    browser = browse(officer)
    assert tabs(browser.get("/pantau/").content.decode()) == {
        "Semua": 10,
        "Hari ini": 2,
        "Terlambat": 5,
        "7 hari ke depan": 2,
        "Belum pernah": 10,
        "Perlu bantuan": 0,
        "Belum diketahui": 10,
    }
    found = {
        code: shown(browser.get("/pantau/", {"jadwal": code}).content.decode())
        for code in ("pekan", "kini", "lewat-8", "lewat-31", "lewat-91", "terlambat", "belum", "bantuan", "unknown")
    }
    assert found == {
        "pekan": 2, "kini": 2, "lewat-8": 2, "lewat-31": 2, "lewat-91": 1,
        "terlambat": 5, "belum": 10, "bantuan": 0, "unknown": 10,
    }  # fmt: skip


@pytest.mark.parametrize("days", [(-8,), (-31,), (-8, -31)])
def test_the_front_page_names_the_longest_overdue_of_each_age(browse, officer, days):
    dues = [waiting(number - more) for number in days for more in (0, 1)]
    page = browse(officer).get("/").content.decode()
    named = [page.find(f'href="/usaha/{due.business_id}/"') for due in sorted(dues, key=lambda due: due.due_on)]
    assert -1 not in named


def test_who_needs_help_has_a_tab(tailoring, browse, officer):
    wait(tailoring, 3)
    visited(tailoring, 1_000_000, 500_000, 400_000)
    page = browse(officer).get("/pantau/?jadwal=bantuan").content.decode()
    assert "Ngatini" in page
    assert "Tidak berkembang" in page


@pytest.mark.parametrize(("filters", "said"), [("", "22"), ("?per={past}", "lebih dari 1.000")])
@pytest.mark.usefixtures("every_age")
def test_a_tab_says_more_only_where_no_count_is_kept(browse, officer, monkeypatch, filters, said):
    for _ in range(12):
        waiting(0)
    monkeypatch.setattr(worklist_tabs, "COUNTED_EXACTLY", 2)
    monkeypatch.setattr(prepared, "_kept", {})  # words with this limit are not for other tests
    page = browse(officer).get(f"/pantau/{filters.format(past=ahead(-10).isoformat())}").content.decode()
    assert f'Semua <span class="count">{said}</span>' in page
    assert 'Belum diketahui <span class="count">lebih dari 1.000</span>' in page


@pytest.mark.parametrize("known", [(3, "3"), (4, "lebih dari 1.000")])
def test_tabs_of_one_officer_are_told_by_what_is_kept(browse, province, officer, monkeypatch, known):
    number, said = known
    for _ in range(number):
        waiting(0)
    DueVisit.objects.filter(closed_on=None).update(officer=officer)
    monkeypatch.setattr(worklist_tabs, "COUNTED_EXACTLY", 3)
    monkeypatch.setattr(prepared, "_kept", {})
    page = browse(province).get(f"/pantau/?petugas={officer.pk}").content.decode()
    assert f'Semua <span class="count">{number}</span>' in page
    assert f'Belum pernah <span class="count">{said}</span>' in page


@pytest.mark.parametrize("filters", ["", "?petugas=tanpa", "?kab=35.22"])
@pytest.mark.parametrize("known", [(3, "3"), (4, "lebih dari 1.000")])
def test_a_state_of_more_than_a_tab_counts_is_told_by_what_is_kept(browse, province, monkeypatch, filters, known):
    number, said = known
    for _ in range(number):
        waiting(0)
    BusinessFactory(person=PersonFactory())  # of the same state, and nobody has to go there
    monkeypatch.setattr(worklist_tabs, "COUNTED_EXACTLY", 3)
    monkeypatch.setattr(prepared, "_kept", {})  # words with this limit are not for other tests
    page = browse(province).get(f"/pantau/{filters}").content.decode()
    assert f'Belum pernah <span class="count">{said}</span>' in page
    assert f'Belum diketahui <span class="count">{said}</span>' in page
    assert f'Semua <span class="count">{number}</span>' in page


def test_each_office_sees_its_own_and_the_province_all(browse, officer, stranger, province):
    waiting(0)
    waiting(0, region=TUBAN)
    assert [shown(browse(user).get("/pantau/").content.decode()) for user in (officer, stranger, province)] == [1, 1, 2]
    assert shown(browse(province).get("/pantau/?kab=35.23").content.decode()) == 1


def test_a_list_of_fifty_asks_no_more_than_a_list_of_one(browse, province, officer):
    browser = browse(province)

    def queries() -> int:
        browser.get("/pantau/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get("/pantau/").status_code == 200
        return len(asked)

    waiting(0, officer=officer)
    one = queries()
    for days in range(49):
        waiting(-days, officer=officer)
    assert queries() == one


def test_a_snooze_moves_the_day_with_a_reason_and_can_be_undone(tailoring, browse, officer):
    due = wait(tailoring, -20)
    browser = browse(officer)
    answer = browser.post(
        f"/pantau/{due.pk}/tunda/", {"until": dates.long(ahead(14)), "reason": "Sedang panen"}, follow=True
    )
    assert "Kunjungan ke Ngatini ditunda sampai" in answer.content.decode()
    assert shown(browser.get("/pantau/?jadwal=terlambat").content.decode()) == 0
    due.refresh_from_db()
    assert (due.due_on, due.expected_on, due.snooze_reason) == (ahead(-20), ahead(14), "Sedang panen")
    browser.post(f"/pantau/{due.pk}/batal-tunda/")
    assert shown(browser.get("/pantau/?jadwal=terlambat").content.decode()) == 1


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [
        (31, "Sedang panen", "Paling lama 30 hari"),
        (0, "Sedang panen", "Pilih hari sesudah hari ini"),
        (2, "Sedang panen", "belum perlu ditunda"),
        (14, "", "Alasan"),
        (14, "x", "Tulis alasannya"),
    ],
)
def test_a_snooze_is_refused_with_a_sentence(browse, officer, days, reason, sentence):
    due = waiting(3)
    answer = browse(officer).post(f"/pantau/{due.pk}/tunda/", {"until": dates.long(ahead(days)), "reason": reason})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    due.refresh_from_db()
    assert due.snoozed_until is None


def test_the_head_gives_a_visit_to_another_officer_of_the_region(tailoring, browse, regional_head, officer):
    second = loaded(User.objects.create_user("petugas.kedua", full_name="Ninik Rahayu", role="officer"))
    Posting.objects.create(user=second, region_id=BOJONEGORO)
    due = wait(tailoring, -20, officer=officer)
    browser = browse(regional_head)
    assert "Yuliana Safitri" not in browser.get(f"/pantau/{due.pk}/petugas/").content.decode()
    answer = browser.post(f"/pantau/{due.pk}/petugas/", {"officer": second.pk}, follow=True)
    assert f"kini tugas {second}" in answer.content.decode()
    browser.post(f"/pantau/{due.pk}/petugas/", {"officer": ""})
    due.refresh_from_db()
    assert due.officer is None


def test_nobody_plans_for_another_office(tailoring, browse, stranger, auditor, head):
    due = wait(tailoring, -20)
    answer = {"until": dates.long(ahead(9)), "reason": "Sedang panen"}
    assert browse(stranger).post(f"/pantau/{due.pk}/tunda/", answer).status_code == 404
    assert [browse(user).post(f"/pantau/{due.pk}/tunda/", answer).status_code for user in (auditor, head)] == [403, 403]


def test_a_load_that_was_visited_a_moment_ago_is_left_out(every_age, browse, province, monkeypatch):
    monkeypatch.setattr(workload, "_oldest", lambda user, whose: [])
    answer = browse(province).get("/pantau/petugas/")
    assert answer.status_code == 200
    assert "Tidak ada kunjungan yang terlambat" in answer.content.decode()


def test_another_offices_officer_is_no_filter(tailoring, browse, officer, stranger):
    wait(tailoring, 20, officer=officer)
    waiting(20, region=TUBAN, officer=stranger)
    for address in ("/pantau/", "/pantau/petugas/"):
        page = browse(officer).get(f"{address}?petugas={stranger.pk}").content.decode()
        assert f"{stranger}" not in page
        assert f"{officer}" in page
        assert browse(officer).get(f"{address}?petugas=7x&kab=99.99").status_code == 200


def test_the_load_of_each_officer_adds_up(every_age, browse, province, officer):
    waiting(-8, officer=officer)
    page = browse(province).get("/pantau/petugas/").content.decode()
    rows = re.findall(r'class="c-name">([^<]+)</td>(.*?)</tr>', page, re.DOTALL)
    numbers = {name.strip(): re.findall(r">(\d+|–)</?", cells) for name, cells in rows}
    assert numbers == {
        "Belum ada petugas, Kab. Bojonegoro": ["10", "2", "2", "5", "1"],
        "Wahyu Pratomo, Kab. Bojonegoro": ["1", "–", "–", "1", "–"],
        "Jumlah": ["11", "2", "2", "6", "1"],
    }
    assert "6 kunjungan terlambat, 5 di antaranya belum ada petugasnya" in page
