"""Every page of every role of the demo: sound at a desk, on a phone and at 320 px, and readable on paper."""

import pytest

from tests.browser.conftest import DESK, PHONE, SMALLEST, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PERSON = ("/klien/1/", "/klien/1/riwayat/", "/klien/1/hibah/", "/klien/1/usaha/", "/klien/1/persetujuan/", "/usaha/1/")
PRINTED = ("/unduh/klien/cetak/?kab=35.22", "/unduh/usaha/cetak/?keadaan=closed", "/usaha/1/?per=2026-06-30")
LISTS = ("/", "/klien/", "/klien/?kab=35.22&keadaan=closed", "/usaha/", "/kab-kota/")
WORK = ("/pantau/", "/pantau/?jadwal=terlambat", "/pantau/petugas/", "/dasbor/", "/dasbor/35.22/", "/?per=2026-06-30")
MEETINGS = ("/rapat/", "/rapat/1/", "/rapat/2/", "/rapat/keputusan/", "/rapat/keputusan/1/", "/rapat/panduan/")
PAPERS = ("/rapat/masukan/", "/rapat/1/notulen/", "/rapat/2/bahan/", "/rapat/2/bahan/cetak/")
HEARD = ("/pengaduan/masuk/", "/pengaduan/masuk/3/", "/pengaduan/masuk/?keadaan=baru")
PLANS = ("/rencana/", "/rencana/perlu/", "/rencana/?tahap=selesai", "/rencana/yang-membantu/", "/rencana/1/")
MONEY = ("/anggaran/", "/anggaran/buku/", "/hibah/sk/", "/hibah/sk/lampiran/", "/hibah/salur/", "/hibah/salur/sp2d/")
RECEIPTS = ("/hibah/terima/", "/hibah/potongan/")
FINDINGS = ("/temuan/", "/temuan/daftar/?temuan=spj-lewat", "/temuan/daftar/?temuan=nik")
REPORTS = ("/hibah/14/spj/", "/hibah/14/spj/3/", "/hibah/12/spj/6/", "/hibah/2/spj/")
GRANTS = ("/hibah/", "/hibah/?menunggu=verifikasi", "/hibah/program/", "/hibah/program/1/", "/hibah/1/", "/hibah/3/")
GRANT = tuple(f"/hibah/3/{part}/" for part in ("syarat", "rencana", "rab", "dokumen", "riwayat"))
DRAFT = tuple(f"/hibah/2/{part}/" for part in ("syarat", "rencana", "rab", "dokumen"))
PAGES = {
    "provinsi": (
        *LISTS,
        *PRINTED,
        *PERSON,
        "/cari/",
        "/klien/2/nik/",
        "/usaha/2/kunjungan/",
        "/sandi/",
        "/?ukuran=terlambat",
        *WORK,
        *PLANS,
        *MEETINGS,
        *PAPERS,
        "/rapat/baru/",
        "/rapat/2/ubah/",
        "/rapat/2/agenda/",
        "/rapat/2/peserta/",
        "/rapat/2/masukan/",
    ),
    "kepala": (
        "/",
        "/klien/",
        *PERSON,
        *HEARD,
        "/pengaduan/masuk/7/",
        "/pengaduan/masuk/7/jawab/",
        "/pengaduan/masuk/7/catatan/",
        "/pengaduan/masuk/7/pelapor/",
        "/pengaduan/masuk/7/penangan/",
        "/pengaduan/poster/",
        *MONEY,
        *RECEIPTS,
        *FINDINGS,
        "/hibah/14/pengembalian/",
        "/hibah/2/pengecualian/",
    ),
    "pptk": (*MONEY, "/anggaran/mata/baru/", "/anggaran/mata/1/alokasi/unggah/", "/hibah/sk/baru/", "/hibah/13/spj/2/"),
    "bendahara": (*MONEY, "/hibah/salur/catat/", "/hibah/salur/cocokkan/", "/hibah/16/pengembalian/setoran/"),
    "bojonegoro": (
        *LISTS,
        *WORK,
        *PERSON,
        "/cari/",
        "/surat/paket/",
        "/usaha/1/kunjungan/",
        "/kotak-masuk/",
        "/rujukan/",
        "/rujukan/1/",
        "/rujukan/kantor/",
        "/klien/1/rujuk/",
        "/klien/1/persetujuan/share/",
        "/persetujuan/teks/share/1/",
        *MEETINGS,
        "/rapat/2/masukan/",
        *GRANTS,
        *DRAFT,
        *REPORTS,
        "/hibah/12/spj/6/nota/",
        "/hibah/12/spj/6/setoran/",
    ),
    "kadinsos.bojonegoro": ("/", "/klien/", *WORK, *GRANTS, "/hibah/ajukan/", "/hibah/2/ajukan/"),
    "upt": ("/", "/klien/", "/cari/"),
    "mitra": ("/", "/rujukan/?keadaan=terlambat", "/rujukan/1/", "/kotak-masuk/"),
    "": ("/masuk/", "/periksa/", "/periksa/7K2QD-0X9VB-M4T1H-Z8RNE/", "/pengaduan/", "/pengaduan/cek/"),
    "auditor": (*LISTS, *WORK, *PERSON, *MEETINGS, *PAPERS, *HEARD, *GRANTS, *GRANT, *FINDINGS, *REPORTS),
}


@pytest.mark.parametrize("size", [DESK, PHONE, SMALLEST], ids=["desk", "phone", "320px"])
@pytest.mark.parametrize("username", PAGES)
def test_pages_are_sound(visit, username, size):
    page = visit(username, size)
    for path in PAGES[username]:
        assert page.goto(path).status == 200, path
        assert_sound(page)


def test_a_page_that_does_not_exist_says_what_to_do(visit):
    page = visit("bojonegoro", PHONE)
    answer = page.goto("/klien/999999/")
    page.complaints.clear()
    assert answer.status == 404
    assert "Halaman ini tidak ditemukan" in page.content()
    assert_sound(page)


def test_the_front_page_prints_on_few_sheets_without_menus(visit):
    page = visit("provinsi", DESK)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Utama", exact=True).is_visible()
    assert page.get_by_text("DATA CONTOH").is_visible()
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    assert 1 <= sheets <= 3


CELLS = """
() => [...document.querySelectorAll("table.list tr")].map(
  row => [...row.cells].filter(cell => cell.checkVisibility()).map(cell => Math.round(cell.getBoundingClientRect().left)).join()
)
"""


@pytest.mark.parametrize("path", ["/klien/", "/usaha/", "/pantau/", "/mandiri/", "/rencana/", "/rencana/perlu/"])
def test_on_paper_every_cell_stands_under_its_heading(visit, path):
    page = visit("provinsi", DESK)
    page.emulate_media(media="print")
    page.goto(path)
    heading, *rows = page.evaluate(CELLS)
    assert rows
    assert set(rows) == {heading}


@pytest.mark.parametrize("username", ["provinsi", "bojonegoro", "auditor", "admin"])
def test_every_page_answers_with_the_strict_policy_and_is_not_kept(visit, username):
    page = visit(username, DESK)
    headers = page.goto("/").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "no-store" in headers["cache-control"]


@pytest.mark.parametrize("path", ["/usaha/?keadaan=closed", "/usaha/?keadaan=declining", "/klien/?kab=35.22"])
def test_on_paper_a_list_has_as_many_rows_as_its_number_says(visit, path):
    page = visit("provinsi")
    page.emulate_media(media="print")
    page.goto(path)
    total = int(page.locator(".pager").get_attribute("data-total"))
    whole = page.get_by_role("link", name="Cetak semua", include_hidden=True).get_attribute("href")
    page.goto(whole)
    assert page.locator("tbody tr:visible").count() == total > 0
    assert not page.locator(".mainnav:visible, .noprint:visible").count()
