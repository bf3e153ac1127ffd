"""The thinnest whole path: the province looks, the officer of Bojonegoro visits Ngatini, the province sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def figure(page: Page, label: str) -> int:
    """The number above a label in the strip of figures."""
    link = page.get_by_role("navigation", name="Angka utama").get_by_role("link").filter(has_text=label)
    return int(re.match(r"\D*([\d.]+)", link.inner_text())[1].replace(".", ""))


def waiting_now(page: Page) -> int:
    """The visits due today or in the last seven days, from the picture of ages."""
    return int(page.get_by_role("link", name="Lewat 0–7 hari").get_attribute("data-figure"))


def test_a_visit_to_ngatini_changes_her_page_and_the_front_page_of_the_province(visit):
    province = visit("provinsi", DESK)
    assert (figure(province, "orang penerima"), figure(province, "kab/kota")) == (376, 29)
    before = waiting_now(province)
    sentence = province.get_by_role("heading", level=1).inner_text()
    assert_sound(province)

    officer = visit("bojonegoro", PHONE)
    assert_sound(officer)
    officer.get_by_role("link", name="Ngatini", exact=True).click()
    expect(officer.get_by_role("heading", level=2).first).to_contain_text("belum diketahui")
    assert_sound(officer)

    officer.get_by_role("link", name="Catat kunjungan").click()
    assert_sound(officer)
    officer.get_by_role("button", name="Periksa dulu").click()
    expect(officer.get_by_role("alert")).to_contain_text("Bertemu siapa?")
    expect(officer).to_have_title(re.compile("^Galat: "))
    assert_sound_after_refusal(officer)

    officer.get_by_label("Orangnya sendiri").check()
    officer.get_by_role("group", name="Usaha masih berjalan?").get_by_label("Ya", exact=True).check()
    officer.get_by_label("Omzet sebulan terakhir").fill("Rp 3.600.000")
    officer.get_by_label("Laba bersih").fill("1.200.000")
    officer.get_by_label("Catatan").fill("Menjahit seragam sekolah, 4 karyawan")
    officer.get_by_text("Hambatan dan bantuan").click()
    officer.get_by_label("Hambatan 1", exact=True).select_option(label="Kekurangan modal")
    officer.get_by_label("Seberapa berat hambatan 1").select_option(label="Ringan")
    assert_sound(officer)
    officer.get_by_role("button", name="Periksa dulu").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Periksa sebelum disimpan")
    expect(officer.locator("main")).to_contain_text("Kekurangan modal")
    assert_sound(officer)
    officer.get_by_role("button", name="Simpan kunjungan").click()

    expect(officer.get_by_role("status")).to_contain_text("tersimpan")
    expect(officer.get_by_role("heading", level=2).first).to_contain_text("berkembang")
    expect(officer.locator("main")).to_contain_text("Rp3.600.000")
    assert_sound(officer)
    officer.get_by_role("link", name="Riwayat").click()
    expect(officer.get_by_role("main")).to_contain_text("Menjahit seragam sekolah")
    assert_sound(officer)

    province.reload()
    assert figure(province, "orang penerima") == 376
    assert waiting_now(province) == before - 1
    assert province.get_by_role("heading", level=1).inner_text() != sentence


def assert_sound_after_refusal(page: Page) -> None:
    """A refused form answers 422, which Chromium itself reports in the console."""
    page.complaints.clear()
    assert_sound(page)


def test_a_number_leads_to_exactly_its_rows(visit):
    page = visit("provinsi", DESK)
    for label in ("orang penerima", "perlu bantuan", "kunjungan terlambat"):
        page.goto("/")
        wanted = figure(page, label)
        page.get_by_role("navigation", name="Angka utama").get_by_role("link").filter(has_text=label).click()
        expect(page.get_by_role("navigation", name="Halaman")).to_contain_text(f"dari {wanted}")
        assert_sound(page)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Kabupaten Bojonegoro")).click()
    expect(page.get_by_role("navigation", name="Halaman")).to_contain_text("1–17 dari 17")


def test_the_keyboard_alone_records_nothing_by_accident_and_reaches_everything(visit):
    page = visit("bojonegoro", DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('main') !== null")
    assert focused
