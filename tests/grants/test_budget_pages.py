"""The budget's pages: who may change what, checked before it is stored, once however often it is sent."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.models import Allocation, AllocationChange, BudgetBalance, BudgetLine, CeilingChange
from ppks.kit import dates
from tests import granting
from tests.crawling import rows_of_csv
from tests.granting import MILLION, brought_to
from tests.office import door
from tests.people import BOJONEGORO, LAMONGAN, TUBAN, member
from tests.test_figures import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
YEAR = dates.today().year
WHY = {"document": "DPPA 2", "reason": "Perubahan APBD"}


@pytest.fixture
def line():
    """A line of 100 million, 30 of them for Bojonegoro and 20 for Tuban."""
    made = granting.allocation(granting.line()).line
    granting.allocation(made, amount=20 * MILLION, region=TUBAN)
    return made


def of_each(line: BudgetLine) -> dict[int, int]:
    return dict(Allocation.objects.filter(line=line).values_list("region", "balance__ceiling"))


def fields(page: str) -> dict[str, str]:
    """What a form would send as it stands."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" in given and given.get("type") not in {"radio", "checkbox"}:
            found[given["name"]] = given.get("value", "")
    return found


def test_a_year_without_lines_says_what_comes_next(browse, pptk, officer):
    for user in (pptk, officer):
        page = browse(user).get(f"/anggaran/{YEAR}/").content.decode()
        assert "Belum ada mata anggaran untuk tahun ini" in page
    assert browse(pptk).get("/anggaran/")["Location"] == f"/anggaran/{YEAR}/"
    assert browse(pptk).get("/anggaran/1999/").status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "pptk", "bojonegoro", "tuban", "auditor"])
def test_every_sum_is_the_sum_of_the_rows_it_opens(browse, who):
    call = granting.call(granting.allocation(granting.line()).line)
    granting.allocation(call.line, amount=20 * MILLION, region=TUBAN)
    for status in (Status.NOMINATED, Status.DECREED, Status.DISBURSED, Status.CLOSED):
        brought_to(status, call)
    walk = Walk(browse(member(who)))

    for url in (f"/anggaran/{YEAR}/", f"/anggaran/mata/{call.line_id}/", "/anggaran/buku/"):
        walk.check(url)
    asked = walk.check_files("csv", rows_of_csv)

    assert walk.wrong == []
    assert sum(len(page.sums) for page in walk.pages.values()) > (0 if who == "tuban" else 8)
    assert asked > 0 or who == "tuban"


def test_a_region_sees_its_own_allocation_and_no_ceiling(browse, officer, line):
    browser = browse(officer)
    year, detail = (browser.get(url).content.decode() for url in (f"/anggaran/{YEAR}/", f"/anggaran/mata/{line.pk}/"))

    for page in (year, detail):
        assert "Rp30.000.000" in page
        assert "Rp100.000.000" not in page
        assert "Rp20.000.000" not in page
        assert "Tuban" not in page


def test_a_line_that_allocates_nothing_to_a_region_is_not_found_there(browse, officer):
    other = granting.allocation(region=TUBAN).line

    assert browse(officer).get(f"/anggaran/mata/{other.pk}/").status_code == 404


def test_a_new_line_has_its_ceiling_and_is_made_once(browse, pptk):
    programme = granting.programme()
    typed = {"programme": programme.pk, "year": YEAR, "source": "murni", "ceiling": "Rp 90.000.000", **WHY}
    browser = browse(pptk)

    first, second = (browser.post("/anggaran/mata/baru/", typed) for _ in range(2))

    made = BudgetLine.objects.get()
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Mata anggaran ini sudah ada" in second.content.decode()
    assert made.balance.ceiling == 90 * MILLION
    assert CeilingChange.objects.get().by == pptk


def test_a_ceiling_is_checked_then_changed_once(browse, pptk, line):
    url, browser = f"/anggaran/mata/{line.pk}/pagu/", browse(pptk)
    typed = fields(browser.get(url).content.decode()) | {"ceiling": "150.000.000", **WHY}

    check = browser.post(url, typed | {"step": "check"})
    assert not CeilingChange.objects.filter(by=pptk).exists()
    assert "+Rp50.000.000" in check.content.decode()
    for _ in range(2):
        assert browser.post(url, typed).status_code == 302

    assert BudgetBalance.objects.get(line=line).ceiling == 150 * MILLION
    assert CeilingChange.objects.filter(by=pptk).count() == 1


def test_a_ceiling_never_falls_beneath_what_is_allocated(browse, pptk, line):
    answer = browse(pptk).post(
        f"/anggaran/mata/{line.pk}/pagu/", {"ceiling": "49.000.000", "seen": "100.000.000", **WHY}
    )

    assert answer.status_code == 422
    assert "pagu tidak boleh turun di bawahnya" in answer.content.decode()
    assert BudgetBalance.objects.get(line=line).ceiling == 100 * MILLION


def test_a_form_that_somebody_overtook_changes_nothing(browse, pptk, line):
    typed = {"ceiling": "150.000.000", "seen": "90.000.000", **WHY}

    answer = browse(pptk).post(f"/anggaran/mata/{line.pk}/pagu/", typed)

    assert "sudah diubah orang lain" in answer.content.decode()
    assert BudgetBalance.objects.get(line=line).ceiling == 100 * MILLION


def test_many_allocations_change_at_once_or_not_at_all(browse, pptk, line):
    url, browser = f"/anggaran/mata/{line.pk}/alokasi/", browse(pptk)
    typed = fields(browser.get(url).content.decode()) | WHY
    moved = {f"a{BOJONEGORO}": "10.000.000", f"a{TUBAN}": "60.000.000", f"a{LAMONGAN}": "30.000.000"}

    check = browser.post(url, typed | moved | {"step": "check"}).content.decode()
    assert "+Rp50.000.000" in check
    too_much = browser.post(url, typed | moved | {f"a{LAMONGAN}": "30.000.001"})
    assert too_much.status_code == 422
    assert "Kab. Lamongan: Jumlah alokasi tidak boleh melebihi pagu" in too_much.content.decode()
    assert of_each(line) == {BOJONEGORO: 30 * MILLION, TUBAN: 20 * MILLION}
    for _ in range(2):
        assert browser.post(url, typed | moved).status_code == 302

    assert of_each(line) == {BOJONEGORO: 10 * MILLION, TUBAN: 60 * MILLION, LAMONGAN: 30 * MILLION}
    assert AllocationChange.objects.filter(by=pptk).count() == 3


def test_money_moves_between_regions_beneath_a_full_ceiling(browse, pptk):
    line = granting.allocation(granting.line(ceiling=50 * MILLION)).line
    granting.allocation(line, amount=20 * MILLION, region=TUBAN)
    url, browser = f"/anggaran/mata/{line.pk}/alokasi/", browse(pptk)
    typed = fields(browser.get(url).content.decode()) | WHY

    browser.post(url, typed | {f"a{BOJONEGORO}": "35.000.000", f"a{TUBAN}": "15.000.000"})

    assert of_each(line) == {BOJONEGORO: 35 * MILLION, TUBAN: 15 * MILLION}


def test_an_allocation_never_falls_beneath_what_a_decree_has_promised(browse, pptk):
    application = brought_to(Status.DECREED)
    line = application.allocation.line
    url, browser = f"/anggaran/mata/{line.pk}/alokasi/", browse(pptk)
    typed = fields(browser.get(url).content.decode()) | WHY

    answer = browser.post(url, typed | {f"a{BOJONEGORO}": "2.999.999"})

    assert "Kab. Bojonegoro: Sisa alokasi kab/kota ini tidak cukup" in answer.content.decode()


@pytest.mark.parametrize("value", ["-1", "1,5", "sejuta", "9" * 30, "1\x00", "０"])
def test_nonsense_is_answered_with_a_sentence(browse, pptk, line, value):
    answer = browse(pptk).post(f"/anggaran/mata/{line.pk}/pagu/", {"ceiling": value, "seen": "100.000.000", **WHY})

    assert answer.status_code == 422
    assert BudgetBalance.objects.get(line=line).ceiling == 100 * MILLION


@pytest.mark.long
def test_the_ledger_asks_no_more_for_more_rows(browse, pptk):
    call = granting.call(granting.allocation().line)
    brought_to(Status.DECREED, call)
    browser = browse(pptk)
    browser.get("/anggaran/buku/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/anggaran/buku/")
    for _ in range(4):
        brought_to(Status.DISBURSED, call)

    with CaptureQueriesContext(connection) as many:
        page = browser.get("/anggaran/buku/")

    assert page.context["list"].pager.total == 9
    assert len(many) == len(few)


def test_the_waitlist_is_the_need_for_next_year(browse, pptk):
    application = brought_to(Status.VERIFIED)
    with door(pptk, write=True):
        APPLICATION.make("waitlist", application, by=pptk)

    page = browse(pptk).get(f"/anggaran/{YEAR}/").content.decode()

    assert "Bantuan usaha: 1 orang" in page
    assert f"bahan permintaan anggaran {YEAR + 1}" in page
