"""The pages around a visit: the open form, the check before saving, a draft, a visit, a business with findings, an override."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, SMALLEST, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FORM = "/usaha/4/kunjungan/"


def answer(page: Page) -> None:
    """The least that a visit needs, and every folded group opened."""
    for summary in page.locator("details.group:not([open]) > summary").element_handles():
        summary.click()
    page.get_by_label("Orangnya sendiri").check()
    page.get_by_role("group", name="Usaha masih berjalan?").get_by_label("Ya", exact=True).check()
    page.get_by_label("Omzet sebulan terakhir").fill("1.900.000")


@pytest.mark.parametrize("size", [DESK, PHONE, SMALLEST], ids=["desk", "phone", "320px"])
def test_the_form_its_check_and_its_draft_are_sound(visit, size):
    page = visit("bojonegoro", size)
    page.goto(FORM)
    answer(page)
    assert_sound(page)
    page.get_by_role("button", name="Periksa dulu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum disimpan")
    assert_sound(page)
    page.get_by_role("button", name="Ubah").click()
    expect(page.get_by_label("Omzet sebulan terakhir")).to_have_value("1.900.000")
    page.goto(FORM)
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Draf \d+ \w+ \d\d\.\d\d dipulihkan"))
    assert_sound(page)
    page.get_by_role("button", name="Buang draf, mulai dari awal").click()
    expect(page.get_by_label("Omzet sebulan terakhir")).to_have_value("")


@pytest.mark.parametrize("size", [DESK, PHONE, SMALLEST], ids=["desk", "phone", "320px"])
def test_what_was_found_is_shown_soundly(visit, size):
    page = visit("bojonegoro", size)
    page.goto("/usaha/4/")
    for heading in ("Hambatan yang ditemukan", "Izin", "Barang bantuan", "Sejak kunjungan lalu"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("cell").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Kunjungan")
    assert_sound(page)
    page.get_by_role("link", name="Perbaiki kunjungan ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Perbaiki kunjungan")
    assert_sound(page)
    for path in ("/usaha/4/", "/usaha/4/keadaan/", "/cara-menghitung/"):
        assert page.goto(path).status == 200
        assert_sound(page)


def test_an_override_is_seen_by_the_province(visit):
    officer = visit("bojonegoro", PHONE)
    officer.goto("/usaha/5/keadaan/")
    officer.get_by_label("Berkembang", exact=True).check()
    officer.get_by_label("Alasan").fill("Pesanan seragam sudah masuk untuk tiga bulan.")
    officer.get_by_role("button", name="Tetapkan").click()
    expect(officer.get_by_role("status")).to_contain_text("Keadaan ditetapkan: berkembang")
    assert_sound(officer)
    province = visit("provinsi", DESK)
    province.goto("/cara-menghitung/")
    province.get_by_role("link", name="1 usaha").click()
    expect(province.get_by_role("navigation", name="Halaman")).to_contain_text("1–1 dari 1")
    assert_sound(province)
