"""A plan from the list of those who have none to a step that is done, sound at every width."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, SMALLEST, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("size", [DESK, PHONE, SMALLEST], ids=["desk", "phone", "320px"])
def test_a_plan_is_made_and_its_step_done(visit, size):
    page = visit("provinsi", size)
    page.goto("/rencana/perlu/")
    page.get_by_role("link", name="Buat rencana").first.click()
    assert_sound(page)
    page.get_by_role("button", name="Simpan rencana").click()
    expect(page.get_by_role("alert")).to_contain_text("Centang atau tulis sedikitnya satu langkah.")
    page.complaints.clear()  # a refused form answers 422, which Chromium reports in the console
    assert_sound(page)
    if not page.get_by_role("group", name="Sebab").get_by_role("checkbox", checked=True).count():
        page.get_by_role("group", name="Sebab").get_by_label("Kekurangan modal").check()
    page.get_by_label("Tujuan").fill("Omzet kembali seperti semula")
    page.get_by_text("Tulis langkah dengan kata sendiri").first.click()
    own = page.get_by_role("group", name="Langkah dengan kata sendiri").first
    own.get_by_label("Langkah", exact=True).fill("Titip jual di koperasi sekolah")
    own.get_by_label("Kantor").fill("Dinas Koperasi dan UKM")
    own.get_by_label("Paling lambat").fill("31 Desember 2027")
    page.get_by_role("button", name="Simpan rencana").click()
    expect(page.get_by_role("status")).to_contain_text("Rencana dibuat dengan 1 langkah.")
    assert_sound(page)
    page.get_by_role("link", name="Ubah Titip jual").click()
    assert_sound(page)
    page.go_back()
    page.get_by_role("link", name="Tandai selesai").click()
    assert_sound(page)
    page.get_by_label("Bagaimana hasilnya").fill("Laku dua puluh bungkus sehari")
    page.get_by_role("button", name="Tandai selesai").click()
    expect(page.get_by_role("heading", level=3).first).to_have_text("1 dari 1 langkah selesai")
    assert_sound(page)


def test_a_plan_prints_without_buttons(visit):
    page = visit("bojonegoro", DESK)
    page.goto("/rencana/?tahap=semua")
    page.locator("a.name").first.click()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Tambah langkah")).to_have_count(0)
    assert not page.get_by_role("heading", name="Tutup atau buka rencana").is_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
