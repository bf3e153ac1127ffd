"""Reports and outcomes, for each reader: sound at a desk, on a phone and at 320 px; a report on A4; a period closed by hand."""

import pytest
from playwright.sync_api import expect

from monitoring.reports.periods import Period
from monitoring.schedule import add_months
from ppks.kit import dates
from tests.browser.conftest import DESK, PHONE, SMALLEST, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LAST = Period(add_months(dates.today().replace(day=1), -1), 1)  # which the demo closes
EARLIER = Period(add_months(LAST.first, -1), 1)
OUTCOMES = ("/dasbor/hasil/", "/dasbor/hasil/?kab=35.22&per=2026-06-30", "/dasbor/biaya/")
REPORTS = (
    "/laporan/",
    f"/laporan/{LAST.code}/?rinci=1",
    f"/laporan/{LAST.code}/edisi/1/",
    f"/laporan/{LAST.code}/edisi/1/?kab=35.22",
    f"/laporan/{LAST.code}/edisi/1/beda/",
    f"/laporan/baris/?periode={LAST.code}&ukuran=kunjungan_semua&edisi=1",
    f"/laporan/baris/?periode={LAST.first.year}&ukuran=uang_disalurkan",
)


@pytest.mark.parametrize("size", [DESK, PHONE, SMALLEST], ids=["desk", "phone", "320px"])
@pytest.mark.parametrize("username", ["provinsi", "bojonegoro", "auditor"])
def test_pages_are_sound(visit, username, size):
    page = visit(username, size)
    for path in (*OUTCOMES, *REPORTS):
        assert page.goto(path).status == 200, path
        assert_sound(page)


@pytest.mark.parametrize(("query", "most"), [("", 5), ("?kab=35.22", 5), ("?rinci=1", 12)])
def test_a_closed_report_prints_on_a4_with_its_definitions_and_without_buttons(visit, query, most):
    page = visit("provinsi", DESK)
    page.goto(f"/laporan/{LAST.code}/edisi/1/{query}")
    page.emulate_media(media="print")
    assert page.get_by_text("Orang yang pada hari terakhir periode tinggal di UPT.").is_visible()
    assert not page.locator(".noprint:visible, .mainnav:visible").count()
    assert (page.locator(".panel-foot td a:visible").count() > 0) == ("rinci" in query)
    assert 1 <= page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") <= most


@pytest.mark.parametrize("size", [DESK, SMALLEST], ids=["desk", "320px"])
def test_a_month_is_checked_closed_and_revised(visit, size):
    months = 1 if size == DESK else 2  # each size closes its own
    period = Period(add_months(EARLIER.first, -months), 1)
    page = visit("provinsi", size)
    page.goto(f"/laporan/?tahun={period.first.year}")
    page.locator(f'a[href="/laporan/{period.code}/tutup/"]').click()
    assert_sound(page)
    page.get_by_role("button", name="Tutup laporan").click()
    expect(page.get_by_role("status")).to_contain_text("ditutup. Angka dan barisnya tidak berubah lagi.")
    assert_sound(page)
    page.get_by_role("link", name="Buat edisi perbaikan").click()
    page.get_by_role("button", name="Buat edisi perbaikan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis alasan edisi perbaikan.")
    page.complaints.clear()  # a refused form answers 422, which Chromium reports in the console
    assert_sound(page)
    page.get_by_label("Alasan edisi perbaikan").fill("Kunjungan yang terlambat dikirim sudah masuk.")
    page.get_by_role("button", name="Buat edisi perbaikan").click()
    expect(page.get_by_role("link", name="Edisi 1")).to_be_visible()
    assert_sound(page)
