"""Lists out: exactly the rows of the list on screen, as much of each person as the role may see, and written down."""

import csv
import io
import os
import re
import shutil
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Person
from ppks.audit.models import Export, Look
from ppks.intake import export_views, exports
from ppks.intake.importing import import_list
from ppks.kit import dates
from tests.factories import BusinessFactory, ListedFigureFactory, PastGrantFactory, PersonFactory, visited
from tests.kit.test_exporting import cells, convert
from tests.office import bare, door
from tests.people import TUBAN, member

pytestmark = pytest.mark.django_db
LIST = "tests/data/penerima-2020.xlsx"
REASON = "Pemutakhiran DTSEN bersama BPS."
TOTAL = re.compile(r"<p class=\"quiet\">([\d.]+) (?:orang|usaha)")
FIGURE = re.compile(r'<a href="([^"]+)" data-figure="(\d+)"><b>')


def table(response, *, head: int = 1) -> list[list[str]]:
    """The rows of a CSV without its headings."""
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[head:]


def workbook(response) -> list[list]:
    """The rows under the headings of an XLSX."""
    rows = cells(b"".join(response))
    return rows[next(number for number, row in enumerate(rows) if row[0] == "NO") + 1 :]


@pytest.fixture
def office(ngatini, marsinah, tailoring, fishery):
    """Two people of two kab/kota, each with a business; one visited."""
    PastGrantFactory(person=ngatini)
    PastGrantFactory(person=marsinah)
    ListedFigureFactory(business=tailoring)
    visited(tailoring, 1_000_000, 1_500_000)


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(("who", "expected"), [("provinsi", 2), ("bojonegoro", 1), ("tuban", 1), ("auditor", 2)])
@pytest.mark.parametrize("name", ["klien", "usaha"])
def test_page_and_files_have_the_same_rows(office, browse, who, expected, name):
    browser = browse(member(who))
    page = browser.get(f"/{name}/").content.decode()
    assert int(TOTAL.search(page)[1]) == expected
    assert len(workbook(browser.get(f"/unduh/{name}.xlsx"))) == expected
    assert len(table(browser.get(f"/unduh/{name}.csv"))) == expected


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro", "auditor"])
def test_every_figure_of_the_front_page_is_the_number_of_rows_of_its_file(office, browse, who):
    browser = browse(member(who))
    followed = 0
    for url, figure in FIGURE.findall(browser.get("/").content.decode()):
        path, _, query = url.replace("&amp;", "&").partition("?")
        if path in ("/klien/", "/usaha/", "/pantau/"):
            rows = table(browser.get(f"/unduh/{path.strip('/')}.csv?{query}"))
            assert len(rows) == int(figure), url
            followed += 1
    assert followed >= 3


def test_files_follow_the_filters_and_say_so(office, browse, province):
    browser = browse(province)
    content = b"".join(browser.get("/unduh/klien.xlsx?kab=35.22&x=y"))
    assert [row[1] for row in cells(content)[7:]] == ["Ngatini"]
    told = [row[0] for row in cells(content, "REKAP")]
    assert "Saringan: Kab/kota: Kab. Bojonegoro" in told
    assert any(str(line).startswith("Dicetak ") and line.endswith("oleh Rahmawati (Staf provinsi)") for line in told)
    page = browser.get("/klien/?kab=35.22").content.decode()
    assert 'href="/unduh/klien.xlsx?kab=35.22"' in page
    assert 'href="/unduh/klien.csv?kab=35.22"' in page


def test_recap_counts_regions_and_states(office, browse, province):
    told = cells(b"".join(browse(province).get("/unduh/klien.xlsx")), "REKAP")
    for line in (["Jumlah baris", 2], ["Kab. Bojonegoro", 1], ["Kab. Tuban", 1], ["Belum diketahui", 1]):
        assert line in told


def test_file_is_complete_and_asks_no_more_for_more_rows(browse, province):
    def asked() -> tuple[int, int]:
        browser = browse(province)
        browser.get("/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            rows = workbook(browser.get("/unduh/klien.xlsx"))
        return len(rows), len(found)

    BusinessFactory()
    few, queries = asked()
    for _ in range(49):
        BusinessFactory()
    assert (few, *asked()) == (1, 50, queries)


def test_auditor_gets_initials_and_nothing_personal(office, browse, auditor, marsinah):
    response = browse(auditor).get("/unduh/klien.csv")
    text = b"".join(response).decode("utf-8-sig")
    heading = text.splitlines()[0].split(",")
    assert "INISIAL" in heading
    assert not {"NAMA", "NIK", "NO. KK", "NO. HP", "ALAMAT", "TEMPAT, TGL LAHIR", "KETERANGAN"} & set(heading)
    for personal in ("Marsinah", "3523", "8123", "0812"):
        assert personal not in text


def test_numbers_are_masked_and_everybody_in_the_file_is_written_down(office, browse, officer, ngatini):
    text = b"".join(browse(officer).get("/unduh/klien.csv")).decode()
    assert "3522********0001" in text
    assert "3522015708720001" not in text
    assert list(Look.objects.values_list("user", "subject", "page")) == [
        (officer.pk, ngatini.identity_id, "sheet_file")
    ]


def test_full_numbers_are_given_for_a_reason_that_is_written_down(office, browse, officer, ngatini):
    browser = browse(officer)
    assert browser.get("/unduh/klien/lengkap/?kab=35.22").status_code == 200
    assert browser.post("/unduh/klien/lengkap/", {"reason": "perlu"}).status_code == 422
    assert not Look.objects.exists()
    (row,) = workbook(browser.post("/unduh/klien/lengkap/?kab=35.22", {"reason": REASON}))
    assert row[2:4] == ["3522015708720001", "3522011203080002"]
    assert list(Look.objects.values_list("subject", "page", "reason")) == [(ngatini.identity_id, "sheet_full", REASON)]


def test_every_row_is_printed_masked_with_its_filters_and_written_down(office, browse, officer, ngatini):
    page = browse(officer).get("/unduh/klien/cetak/?kab=35.22").content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [body.count("<tr>"), body.count("Ngatini")] == [1, 1]
    assert "3522********0001" in body
    assert "3522015708720001" not in page
    assert "Kab/kota: Kab. Bojonegoro" in page
    assert "Dicetak" in page
    assert list(Look.objects.values_list("subject", "page")) == [(ngatini.identity_id, "sheet_print")]


def test_what_is_too_long_for_paper_points_to_the_workbook(office, browse, province, monkeypatch):
    monkeypatch.setattr(export_views, "SMALL", 1)
    page = browse(province).get("/unduh/klien/cetak/").content.decode()
    assert "lebih dari 1 baris" in page
    assert "/unduh/klien.xlsx" in page
    assert "<tbody>" not in page
    assert not Look.objects.exists()


def test_printing_nothing_says_so(office, browse, province):
    assert "Tidak ada yang cocok" in browse(province).get("/unduh/usaha/cetak/?keadaan=closed").content.decode()


@pytest.mark.parametrize(
    ("who", "plain", "full"),
    [
        ("provinsi", 200, 200),
        ("verifikator", 200, 403),
        ("kadinsos.bojonegoro", 200, 403),
        ("upt", 200, 403),
        ("auditor", 200, 403),
        ("mitra", 403, 403),
        ("admin", 403, 403),
    ],
)
def test_who_may_take_a_list_out(db, browse, who, plain, full):
    browser = browse(member(who))
    assert browser.get("/unduh/klien.csv").status_code == plain
    assert browser.get("/unduh/klien/lengkap/").status_code == full
    page = browser.get("/klien/").content.decode()
    assert ("/unduh/klien/lengkap/" in page) == (full == 200 and "/unduh/klien.csv" in page)


def test_lists_that_do_not_exist_or_are_not_shown(db, browse, upt_officer, province):
    assert browse(province).get("/unduh/tidak-ada.xlsx").status_code == 404
    assert browse(province).get("/unduh/klien.pdf").status_code == 404
    assert browse(province).get("/unduh/usaha/lengkap/").status_code == 404
    assert browse(upt_officer).get("/unduh/usaha.xlsx").status_code == 403


def test_text_that_looks_like_a_formula_goes_out_inert_and_comes_back_unchanged(browse, province):
    PersonFactory(name="Sutini", nik="3522015708720001", address='=HYPERLINK("http://x")', note="+62 tanya dulu")
    response = browse(province).post("/unduh/klien/lengkap/", {"reason": REASON})
    content = b"".join(response)
    assert '\'=HYPERLINK("http://x")' in cells(content)[7]
    assert imported(content, province)["same"] == 1


def imported(content: bytes, user) -> dict:
    with door(user):
        return import_list(content, name="kembali.xlsx", by=user, dry_run=True)


@pytest.fixture
def the_list(province):
    """The office's list of 376, and one person whom no list tells of."""
    with open(LIST, "rb") as file, door(province, write=True):
        import_list(file.read(), name="penerima-2020.xlsx", by=province)
    PersonFactory(name="Bukan Penerima", nik="3522015708720001")


@pytest.mark.long
def test_the_workbook_comes_in_again_without_a_change(the_list, browse, province, tmp_path):
    content = b"".join(browse(province).post("/unduh/klien/lengkap/", {"reason": REASON}))
    answer = imported(content, province)
    assert (answer["people"], answer["new"], answer["changed"], answer["same"]) == (377, 0, 0, 377)
    assert answer["list_date"] == "2020-08-26"
    assert not [each for each in answer["problems"] if each["severity"] == "error"]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) tidak terpasang: TIDAK diuji di sini")
def test_the_workbook_saved_by_libreoffice_comes_in_again_without_a_change(the_list, browse, province, tmp_path):
    (tmp_path / "klien.xlsx").write_bytes(b"".join(browse(province).post("/unduh/klien/lengkap/", {"reason": REASON})))
    convert(tmp_path, "klien.xlsx", "ods")
    answer = imported((tmp_path / "klien.ods").read_bytes(), province)
    assert (answer["people"], answer["new"], answer["changed"]) == (377, 0, 0)


def test_masked_workbook_cannot_come_in_by_mistake(office, browse, officer):
    content = b"".join(browse(officer).get("/unduh/klien.xlsx"))
    assert [p["severity"] for p in imported(content, officer)["problems"]] == ["error", "error"]


# Large lists


@pytest.fixture
def large(monkeypatch, files):
    """Two rows are too many to wait for."""
    monkeypatch.setattr(export_views, "SMALL", 1)


def ordered(browser, url: str = "/unduh/klien.xlsx/siapkan/") -> Export:
    answer = browser.post(url)
    assert answer.status_code == 302, answer.content
    return Export.objects.get(pk=int(answer["Location"].split("/")[-2]))


def work(export: Export) -> Export:
    with bare():
        exports.write_export.call(export.by_id, export.pk)
    export.refresh_from_db()
    return export


def test_a_large_list_is_written_by_a_job_and_fetched_later(office, large, browse, province):
    browser = browse(province)
    page = browser.get("/unduh/klien.xlsx").content.decode()
    assert "Unduh 2 baris klien" in page
    export = ordered(browser)
    assert "Menunggu giliran" in browser.get(f"/unduhan/{export.pk}/").content.decode()
    assert browser.get(f"/unduhan/{export.pk}/berkas/").status_code == 302
    assert work(export).count == 2
    assert "Selesai: 2 baris" in browser.get(f"/unduhan/{export.pk}/").content.decode()
    assert not Look.objects.exists()
    response = browser.get(f"/unduhan/{export.pk}/berkas/")
    assert len(workbook(response)) == 2
    assert response["Content-Disposition"].startswith('attachment; filename="klien-')
    assert Look.objects.filter(page="export_file", user=province).count() == 2


def test_a_large_full_list_keeps_its_reason(office, large, browse, province):
    browser = browse(province)
    answer = browser.post("/unduh/klien/lengkap/", {"reason": REASON})
    export = work(Export.objects.get(pk=int(answer["Location"].split("/")[-2])))
    assert (export.is_full, export.reason) == (True, REASON)
    rows = workbook(browser.get(f"/unduhan/{export.pk}/berkas/"))
    assert {row[2] for row in rows} == {"3522015708720001", "3523026304800003"}
    assert set(Look.objects.values_list("reason", flat=True)) == {REASON}


def test_only_the_owner_sees_and_fetches_a_file(office, large, browse, verifier):
    export = work(ordered(browse(member("provinsi"))))
    for other in (verifier, member("auditor")):
        assert browse(other).get(f"/unduhan/{export.pk}/").status_code == 404
        assert browse(other).get(f"/unduhan/{export.pk}/berkas/").status_code == 404
        assert f"/unduhan/{export.pk}/" not in browse(other).get("/unduhan/").content.decode()
    with door(verifier):
        assert not Export.objects.filter(pk=export.pk).exists()


def test_a_file_is_refused_when_somebody_in_it_is_out_of_reach_now(office, large, browse, officer, ngatini):
    PersonFactory(name="Orang Kedua")
    export = work(ordered(browse(officer)))
    Person.objects.filter(pk=ngatini.pk).update(region=TUBAN, district=None)
    answer = browse(officer).get(f"/unduhan/{export.pk}/berkas/", follow=True)
    assert "Jangkauan Anda sudah berubah" in answer.content.decode()
    assert "sudah dihapus" in answer.content.decode()
    assert not exports.path_of(export).exists()
    assert not Look.objects.exists()


def test_a_job_does_what_its_user_may_do_now(office, large, browse, province):
    answer = browse(province).post("/unduh/klien/lengkap/", {"reason": REASON})
    export = Export.objects.get(pk=int(answer["Location"].split("/")[-2]))
    member("provinsi", role="verifier")
    with pytest.raises(PermissionDenied), bare():
        exports.write_export.call(export.by_id, export.pk)
    assert not exports.path_of(export).exists()


def test_files_are_gone_after_a_day(office, large, browse, province):
    export = work(ordered(browse(province)))
    old = time.time() - timedelta(days=1, minutes=1).total_seconds()
    for suffix in ("", ".ids", ".progress"):
        os.utime(exports.path_of(export, suffix), (old, old))
    assert exports.forget_old() == 3
    assert "sudah dihapus" in browse(province).get(f"/unduhan/{export.pk}/").content.decode()


def test_a_job_that_fell_silent_is_called_broken(office, large, browse, province):
    export = ordered(browse(province))
    beside = exports.path_of(export, ".progress")
    beside.write_text("1 2")
    assert "1 dari 2 baris" in browse(province).get(f"/unduhan/{export.pk}/").content.decode()
    old = time.time() - 600
    os.utime(beside, (old, old))
    assert "terhenti" in browse(province).get(f"/unduhan/{export.pk}/").content.decode()


# Pictures and the table of kab/kota


@pytest.mark.parametrize("who", ["provinsi", "auditor"])
def test_map_and_table_of_regions_say_what_the_page_says(office, browse, who):
    browser = browse(member(who))
    map_rows = dict(table(browser.get("/gambar/peta.csv?ukuran=keadaan")))
    assert map_rows["Kabupaten Tuban"] == "1"
    assert sum(map(int, map_rows.values())) == len(table(browser.get("/unduh/usaha.csv?keadaan=unknown")))
    regions = {row[0]: row[1:] for row in table(browser.get("/kab-kota.csv"))}
    assert len(regions) == 38
    assert regions["Kab. Bojonegoro"] == ["1", "0", "0", "0"]
    assert regions["Kab. Tuban"] == ["1", "0", "0", "1"]


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro", "auditor"])
def test_states_of_businesses_add_up_to_the_list(office, browse, who):
    browser = browse(member(who))
    states = table(browser.get("/gambar/keadaan.csv"))
    assert sum(int(row[2]) for row in states if row[2]) == len(table(browser.get("/unduh/usaha.csv")))
    assert browser.get("/gambar/keadaan.xlsx").status_code == 200
    assert browser.get("/gambar/lain.csv").status_code == 404
    assert "/gambar/keadaan.xlsx" in browser.get("/").content.decode()


def test_days_in_names_of_files(office, browse, province):
    answer = browse(province).get("/unduh/usaha.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="usaha-{dates.today():%Y-%m-%d}.csv"'
